"""Which group serves a case: the rule with its reason, or the queue 未列明 with a proposal and a person's choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import fn

from execdesk.access.routing import BY_TURNS, Leads, route, words_of
from execdesk.access.session import Session
from execdesk.casefile.assignment import RESUMED, same_basis
from execdesk.records.cases import Case, CaseState, Party
from execdesk.records.court import Group


@dataclass(frozen=True)
class GroupChoice:
    """The group's row and why; without a group, the proposal waits for a person."""

    group: str | None
    reason: str
    town: str | None
    proposal: str = ""
    proposal_reason: str = ""


def group_for(session: Session, case: Case, parties: list[Party]) -> GroupChoice:
    """Route a case by its debtors' addresses on the day it was filed."""
    debtors = [p for p in parties if p.side == "debtor"]
    numbers = [p.id_no for p in debtors if p.id_no]
    day = max(case.filed_on, session.organisation.court.plan_from)
    addresses = [p.address for p in debtors if p.address]
    found = route(addresses, session.organisation, day)
    if not found.group:
        leads = leads_of(case.type_code, case.basis_no or "", numbers, turns_taken(case.id), case.id)
        found = route(addresses, session.organisation, day, leads)
    row = Group.get_or_none(Group.code == found.group) if found.group else None
    proposal = found.proposal
    return GroupChoice(
        row.id if row else None, words_of(found, session.organisation), found.town, proposal.group if proposal else "",
        proposal.reason if proposal else "",
    )


def leads_of(kind: str, basis_no: str, numbers: Sequence[str], turns: int, exclude: str = "") -> Leads:
    """What the store knows of a case the plan does not place (T10): companion cases of its debtors, the group that closed the
    case which is now resumed, and with it the turn: how many such cases came before, as :func:`turns_taken` counts them."""
    return Leads(
        companion_group=_companion(numbers, exclude), former_group=_former(basis_no, numbers) if kind == RESUMED else None,
        turns=turns,
    )


def _companion(numbers: Sequence[str], exclude: str) -> str | None:
    """The group of the earliest open case with one of these debtors."""
    return _group_of(numbers, [Case.state == CaseState.OPEN, Case.id != exclude], (Case.filed_on, Case.id))


def _former(basis_no: str, numbers: Sequence[str]) -> str | None:
    """The group of the last closed case with one of these debtors on the same basis, as far as both name one."""
    return _group_of(numbers, [Case.state == CaseState.CLOSED, same_basis(basis_no)], (Case.closed_on.desc(), Case.id.desc()))


def _group_of(numbers: Sequence[str], which: list[object], order: tuple[object, ...]) -> str | None:
    if not numbers:
        return None
    found = (
        Group.select(Group.code).join(Case, on=(Case.group == Group.id)).join(Party, on=(Party.case == Case.id))
        .where(Party.id_no.in_(numbers), Party.side == "debtor", Party.struck.is_null(), Case.struck.is_null(), *which)
        .order_by(*order).first()
    )
    return None if found is None else str(found.code)


def turns_taken(before: str = "") -> int:
    """How many cases, in all or before one of them, were placed by turns or wait with that proposal."""
    query = Case.select(fn.COUNT(Case.id)).where(Case.group_reason.contains(BY_TURNS), Case.struck.is_null())
    return int((query.where(Case.id < before) if before else query).scalar() or 0)
