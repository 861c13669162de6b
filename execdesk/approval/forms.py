"""What requests lend to forms: who may sit on a panel, who sits."""

from __future__ import annotations

from typing import Any

from execdesk.access.choices import row_called
from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.access.session import holders_of
from execdesk.approval.panel import panel_of
from execdesk.records.people import Person

ON_A_PANEL = ("judge", "deputy_director", "director", "vice_president", "president")


@options("panel_judges", within="people")
def panel_judges(context: FormContext) -> Pairs:
    """Who may sit on a panel today, with their post."""
    found: dict[str, str] = {}
    posts = context.session.organisation.posts
    for post in ON_A_PANEL:
        for person in holders_of(post, context.session.day):
            found.setdefault(person.id, f"{person.name}（{posts[post].name}）")
    return tuple(found.items())


def _members(context: FormContext) -> list[str]:
    panel = panel_of(str(context.given.get("request", "")))
    return list(panel.members) if panel is not None else []


@options("panel_members", spelt=row_called)
def panel_members(context: FormContext) -> Pairs:
    """The members of the panel of the request, the presiding judge first."""
    return [(row, f"{Person.get_by_id(row).name}{'' if number else '（审判长）'}") for number, row in enumerate(_members(context))]


@start("panel_minutes")
def panel_minutes(context: FormContext) -> list[dict[str, Any]]:
    """An entry for each member."""
    return [{"member": row} for row in _members(context)]
