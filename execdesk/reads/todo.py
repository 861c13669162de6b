"""What waits for the person signed in: drafts and returns to submit, approvals to issue, notices to serve, answers to enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.records.approvals import Request
from execdesk.records.cases import Assignment
from execdesk.records.measures import BankReceipt, Measure
from execdesk.records.papers import Document, Service

REQUEST_WORDS = {"draft": "待提交", "returned": "被退回", "lapsed": "批准失效", "approved": "待签发"}


@dataclass(frozen=True)
class Waiting:
    """Why a case is on the list: the words for its node, how many things wait."""

    words: str
    count: int


def waiting_for(session: Session) -> dict[str, Waiting]:
    """Cases in which something waits for the person signed in, by case."""
    may = duties(session)
    found: dict[str, list[str]] = {}
    mine = _own_cases(session)
    for case, state, applicant in _requests():
        if case in mine or applicant == session.me.id:
            found.setdefault(case, []).append(REQUEST_WORDS[state])
    if "seal" in may:
        for case in _documents("to_seal"):
            found.setdefault(case, []).append("待盖章")
    if "register_service" in may:
        for case in _unserved():
            if case in mine or "register_case" in may:
                found.setdefault(case, []).append("待送达")
    if "record_receipt" in may:
        for case in _unanswered():
            if case in mine or "register_case" in may:
                found.setdefault(case, []).append("待回执")
    return {case: Waiting(words[0], len(words)) for case, words in found.items()}


def _own_cases(session: Session) -> frozenset[str]:
    query: Any = Assignment.select(Assignment.case).where(
        Assignment.person == session.me.id, Assignment.struck.is_null(), Assignment.starts_on <= session.day,
        Assignment.ends_on.is_null() | (Assignment.ends_on >= session.day),
    ).tuples()
    return frozenset(case for case, in query)


def _requests() -> list[tuple[str, str, str]]:
    query: Any = Request.select(Request.case, Request.state, Request.applicant).where(
        Request.state.in_(tuple(REQUEST_WORDS)), Request.struck.is_null()
    ).order_by(Request.id).tuples()
    return list(query)


def _documents(state: str) -> list[str]:
    query: Any = Document.select(Document.case).where(Document.state == state, Document.struck.is_null()).order_by(Document.id).tuples()
    return [case for case, in query]


def _unserved() -> list[str]:
    served = Service.select(Service.document).where(Service.struck.is_null())
    query: Any = Document.select(Document.case).where(
        Document.state == "issued", Document.struck.is_null(), Document.id.not_in(served)
    ).order_by(Document.id).tuples()
    return [case for case, in query]


def _unanswered() -> list[str]:
    answered = BankReceipt.select(BankReceipt.measure).where(BankReceipt.struck.is_null())
    query: Any = Measure.select(Measure.case).where(
        Measure.served_on.is_null(False), Measure.state == "live", Measure.struck.is_null(), Measure.id.not_in(answered)
    ).order_by(Measure.id).tuples()
    return [case for case, in query]
