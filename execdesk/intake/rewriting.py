"""Letting a ledger change a case that is already in the store, field by field, as a person decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.access.sitting import Sitting
from execdesk.intake.report import LedgerCase
from execdesk.records.cases import Assignment, Case, Party
from execdesk.store.act import Act
from execdesk.work.assignment import end_role

_PEOPLE = {"judge_id": "judge", "clerk_id": "clerk"}
_SIDES = {"applicants": "applicant", "debtors": "debtor"}


def rewrite_known(sitting: Sitting, act: Act, told: LedgerCase) -> None:
    """Write the decided fields of a known case; parties that changed are struck and entered anew."""
    case = Case.get(Case.number == told.number, Case.struck.is_null())
    values: dict[str, Any] = {}
    for name, _, _ in told.changes:
        if name in _PEOPLE:
            _person(act, case, _PEOPLE[name], getattr(told, name), told.filed_on)
        elif name in _SIDES:
            _parties(act, case, _SIDES[name], told)
        else:
            values[name] = getattr(told, name) or None
    if "closed_on" in values or "closing_mode" in values:
        values |= {"state": told.state, "closing_source": told.closing_source or None}
    if values:
        act.change(act.get(Case, case.id), **values)


def _person(act: Act, case: Case, role: str, person: str, day: date) -> None:
    end_role(act, case.id, role, act.day)
    act.add(Assignment(case=case.id, person=person, role=role, starts_on=max(day, act.day), reason="台账更正", rule="ledger"))


def _parties(act: Act, case: Case, side: str, told: LedgerCase) -> None:
    from execdesk.intake.importing import _party

    wanted = told.applicants if side == "applicant" else told.debtors
    for row in Party.select().where(Party.case == case.id, Party.side == side, Party.struck.is_null()):
        act.strike(act.get(Party, row.id), "台账更正当事人")
    act.add_many(_party(case, p) for p in wanted)
