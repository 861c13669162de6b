"""The nearest day of an open case: the closing term, the end of a measure, or the notice of execution not yet sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.terms import Rules
from execdesk.law.closing import closing_node
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.papers import Document

NOTICE, TERM = "通知", "执限"
SENT = ("to_cosign", "to_seal", "issued")


def nearest(closing: date | None, control: tuple[date, str] | None, notice: date | None) -> tuple[date | None, str, str]:
    """The day, what it is, and its kind (``control`` or ``procedure``); of equal days the end of a measure goes first."""
    due, node, kind = (closing, TERM, "procedure") if closing else (None, "—", "")
    if control is not None and (due is None or control[0] <= due):
        due, node, kind = control[0], control[1], "control"
    if notice is not None and (due is None or notice < due):
        due, node, kind = notice, NOTICE, "procedure"
    return due, node, kind


def closing_terms(session: Session) -> Callable[[str, date], date | None]:
    """The last day of the closing term by kind of case and day of filing, as the register of terms has it."""
    rules = Rules(session.law, session.calendar, session.tools.catalogue)

    def of(kind: str, filed_on: date) -> date | None:
        try:
            return rules.due(closing_node(session.law, kind, filed_on), filed_on)
        except Refusal:
            return None

    return of


def notice_terms(session: Session, ids: list[str] | None = None) -> dict[str, date]:
    """By when the notice of execution is due in open cases that have none; cases from a ledger may have theirs on paper."""
    notices = [kind.id for kind in session.tools.catalogue.bearing("execution_notice")]
    sent = Document.select(Document.case).where(Document.type_id.in_(notices), Document.state.in_(SENT), Document.struck.is_null())
    query = Case.select(Case.id, Case.received_on, Case.filed_on).where(
        Case.state == "open", Case.origin == "registered", Case.struck.is_null(), Case.id.not_in(sent)
    )
    if ids is not None:
        query = query.where(Case.id.in_(ids))
    rows: Any = query.tuples()
    terms: dict[date, date | None] = {}
    found = {}
    for case, received, filed in rows:
        start = received or filed
        if start not in terms:
            terms[start] = _term(session, start)
        if (due := terms[start]) is not None:
            found[case] = due
    return found


def _term(session: Session, start: date) -> date | None:
    try:
        days = session.law.value("deadline.execution_notice.statutory", start).value
    except Refusal:
        return None
    return start + timedelta(days=int(days))
