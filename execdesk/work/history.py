"""Before somebody approves or issues: the history of the case he touches must hold, and no fault may stand open against it."""

from __future__ import annotations

from execdesk.access.desk_keys import trust_of
from execdesk.access.sitting import Sitting
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Case
from execdesk.records.journal import Line, Touch
from execdesk.records.papers import Incident
from execdesk.store.casehistory import case_faults
from execdesk.store.chains import entry_of
from execdesk.store.findings import Fault, Verdict
from execdesk.store.signatures import TEACHING, LineJudge

TAMPER = "tamper"


def require_whole(sitting: Sitting, case: Case) -> None:
    """Refuse where a check found the journal or this case damaged; checks the case's own rows and lines anew.

    Raises:
        Refusal: ``journal.incident`` naming the place. A fault found here first is recorded as an incident.
    """
    known = open_incident(case.id)
    if known is None:
        faults = case_faults(sitting.store.base, _judge(sitting), case.id)
        known = _record(sitting, case, faults) if faults else None
    if known is not None:
        raise Refusal(
            f"{known.text.rstrip('。')}。查清之前，有关案件不能批准和签发。", code="journal.incident", ways=(WayOn("看事件", "incidents"),)
        )


def open_incident(case: str) -> Incident | None:
    """The fault that stands open against the case, or against everything."""
    found: Incident | None = Incident.get_or_none(
        Incident.kind == TAMPER, Incident.state == "open", Incident.struck.is_null(), (Incident.case == case) | Incident.case.is_null()
    )
    return found


def _record(sitting: Sitting, case: Case, faults: list[Fault]) -> Incident:
    """Open incidents for faults found here; what a check has closed before stays closed."""
    from execdesk.work.incidents import record_faults

    closed = sitting.store.closed_reason
    new = record_faults(sitting, Verdict(faults=faults))
    sitting.store.closed_reason = sitting.store.closed_reason or closed
    found = open_incident(case.id) or next(iter(new), None)
    return found or Incident(kind=TAMPER, place=faults[0].place, text=faults[0].text, case=case.id, state="open")


def _judge(sitting: Sitting) -> LineJudge:
    """A judge that knows all keys told here; kept for the sitting and taught what came since."""
    kept: tuple[LineJudge, int] = sitting.memory.get("line_judge") or (trust_of(sitting.store).judge(), 0)
    judge, upto = kept
    places = Touch.select(Touch.line).where(Touch.table.in_(sorted(TEACHING)), Touch.line > upto)
    for line in Line.select().where(Line.taken.in_(places)).order_by(Line.taken):
        judge.learn(entry_of(line))
        upto = line.taken
    sitting.memory["line_judge"] = judge, upto
    return judge
