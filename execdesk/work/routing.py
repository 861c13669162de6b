"""Which group serves a case: the rule with its reason, or the queue 未列明 with a proposal and a person's choice."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.duty import require_may
from execdesk.access.routing import Leads, route
from execdesk.access.sitting import Sitting
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, Party
from execdesk.records.organisation import Group
from execdesk.store.act import Changes
from execdesk.work.assignment import assign_by_rule, related_case
from execdesk.work.lookup import case_of, open_for_bureau
from execdesk.work.verbs import verb


@dataclass(frozen=True)
class GroupChoice:
    """The group's row and why; without a group, the proposal waits for a person."""

    group: str | None
    reason: str
    town: str | None
    proposal: str = ""
    proposal_reason: str = ""


def group_for(sitting: Sitting, case: Case, parties: list[Party]) -> GroupChoice:
    """Route a case by its debtors' addresses on the day it was filed."""
    addresses = [p.address for p in parties if p.side == "debtor" and p.address]
    related = related_case(parties, case.id)
    companion = Group.get_or_none(Group.id == related.group) if related is not None and related.group else None
    found = route(addresses, sitting.organisation, max(case.filed_on, sitting.organisation.court.plan_from),
                  Leads(companion_group=companion.code if companion else None))
    row = Group.get_or_none(Group.code == found.group) if found.group else None
    proposal = found.proposal
    return GroupChoice(
        row.id if row else None, found.reason, found.town, proposal.group if proposal else "", proposal.reason if proposal else ""
    )


@verb("case.route", "定组", case="案件", group="执行组", reason="理由")
def choose_group(sitting: Sitting, *, case: str, group: str, reason: str) -> Changes:
    """A person decides the group of a case the plan does not place, or 局长 moves one that it does; then it is assigned."""
    found = open_for_bureau(case_of(case))
    row = Group.get_or_none((Group.code == group) | (Group.name == group) | (Group.id == group))
    if row is None:
        raise Refusal(f"没有「{group}」这个组，请选择沿海组或山区组。", code="route.group")
    if not reason.strip():
        raise Refusal("定组须写明理由。", code="route.reason")
    require_may(sitting, ("override_assignment",) if found.group else ("register_case", "assign", "undertake"), "改定执行组" if found.group else "定组")
    with sitting.act("case.route", case=found.id, reason=reason) as act:
        case_row = act.get(Case, found.id)
        first = case_row.group is None
        act.change(case_row, group=row.id, group_reason=f"{sitting.me.name}定：{reason.strip()}")
        if first:
            parties = list(Party.select().where(Party.case == found.id, Party.struck.is_null()))
            assign_by_rule(sitting, act, case_row, parties)
    assert act.changes is not None
    return act.changes
