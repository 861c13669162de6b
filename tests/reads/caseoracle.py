"""What a list should say of a case, worked out from its records one by one, without the board and its register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from execdesk.casework.control.views import view_of
from execdesk.desk import Desk
from execdesk.law.closing import closing_due
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.court import Group
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from execdesk.records.people import Person


@dataclass
class Expected:
    """The row of a case on a day."""

    state: str
    applicant: str
    debtor: str
    due_on: date | None
    node: str
    judge: str
    judge_id: str
    group_name: str
    control: date | None  # the nearest end of a measure that has not passed


def expected(desk: Desk, case: Case, day: date) -> Expected:
    """By hand."""
    control = min(((v.state.ends_on, v.title.split(" ")[0]) for v in _views(desk, case, day)), default=(None, ""))
    days = [(control[0], 0, control[1])] if control[0] else []
    if case.state == "open":
        days.append((closing_due(desk.law, case.kind, case.filed_on), 1, "执限"))
        if case.origin == "registered" and not _noticed(case):
            days.append(((case.received_on or case.filed_on) + timedelta(days=10), 2, "通知"))
            ordered = [m.ordered_on for m in Measure.select().where(Measure.case == case.id, Measure.origin == "ordered", Measure.ordered_on.is_null(False))]
            days += [(min(ordered) + timedelta(days=3), 3, "补通知")] if ordered else []
    due = min(days, default=(None, 0, "—")) if case.state == "open" else (None, 0, "—")
    judge = (
        Assignment.select().where(
            Assignment.case == case.id, Assignment.role == "judge", Assignment.struck.is_null(), Assignment.starts_on <= day,
            Assignment.ends_on.is_null() | (Assignment.ends_on >= day),
        ).order_by(Assignment.starts_on.desc(), Assignment.id.desc()).first()
    )
    group = Group.get_or_none(Group.id == case.group)
    return Expected(
        case.state, _side(case, "applicant"), _side(case, "debtor"), due[0], due[2], Person.get_by_id(judge.person).name if judge else "",
        judge.person if judge else "", group.name if group else "未定组", control[0],
    )


def _views(desk: Desk, case: Case, day: date):  # type: ignore[no-untyped-def]
    renewed = {m.renewed_from for m in Measure.select().where(Measure.case == case.id, Measure.state == "live")}
    for measure in Measure.select().where(Measure.case == case.id, Measure.struck.is_null(), Measure.state.in_(["ordered", "live"])):
        view = view_of(desk.session, measure, day)
        if view.state.ends_on and view.state.state not in ("released", "disposed", "lapsed") and measure.id not in renewed:
            yield view


def _noticed(case: Case) -> bool:
    return bool(
        Document.select().where(
            Document.case == case.id, Document.type_id == "notice_execution", Document.struck.is_null(), Document.state.in_(["to_cosign", "to_seal", "issued"])
        ).exists()
    )


def names_of(case: Case, side: str) -> tuple[str, ...]:
    """All parties of a side in their order."""
    return tuple(p.name for p in Party.select().where(Party.case == case.id, Party.side == side, Party.struck.is_null()).order_by(Party.position))


def _side(case: Case, side: str) -> str:
    names = names_of(case, side)
    return "—" if not names else names[0] if len(names) == 1 else f"{names[0]}等 {len(names)} 人"
