"""Half-filled forms of a person: kept on this PC beside the records, back after a lock or a crash, never journaled."""

from __future__ import annotations

from typing import Any

from execdesk.access.session import Session
from execdesk.records.journal import Draft
from execdesk.store.dberrors import database_errors_as_refusals


def keep(session: Session, place: str, values: dict[str, Any]) -> None:
    """Keep ``values`` at ``place`` for the person signed in; empty values forget what was kept.

    Raises:
        Refusal: ``store.full``, ``store.device``, ``store.busy``; what was kept before stays.
    """
    person = session.me.id
    if not values:
        with database_errors_as_refusals():
            Draft.delete().where(Draft.person == person, Draft.place == place).execute()
        return
    at = session.store.clock.now()
    with database_errors_as_refusals():
        Draft.insert(person=person, place=place, values=values, at=at).on_conflict(
            conflict_target=[Draft.person, Draft.place], update={Draft.values: values, Draft.at: at}
        ).execute()


def kept(session: Session, place: str) -> dict[str, Any]:
    """What was kept at ``place``; empty where nothing was."""
    found = Draft.get_or_none(Draft.person == session.me.id, Draft.place == place)
    return dict(found.values) if found else {}
