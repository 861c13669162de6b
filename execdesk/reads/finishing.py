"""What is approved and not yet carried out: for whom it waits, and how it comes to its end."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.approval.deciding import has_signature
from execdesk.approval.standing import ruling_for
from execdesk.casefile.lookup import assigned
from execdesk.documents.content import Signatory
from execdesk.drafting.drafts import frozen
from execdesk.drafting.replacing import to_replace
from execdesk.issue.keeping import signers
from execdesk.law.units import LEVELS
from execdesk.reads.lists.requests import InboxRow, day_of
from execdesk.records.approvals import Request, RequestState
from execdesk.records.base import moment_text
from execdesk.records.cases import Assignment, Case
from execdesk.records.papers import UNSIGNED, Document, DocumentState
from execdesk.records.people import Person

FINISH = "finish"  # the group of what is approved and waits for this person
ORDERS = {"sign_order", "sign_order_delegated"}  # duties of posts that sign papers of other people's cases


def issuer(request: Request) -> Signatory | None:
    """Who issues the submitted documents, the first to sign: the judge in charge, or 院长 where the type bears him; ``None`` without documents."""
    paper = Document.get_or_none(Document.request == request.id, Document.struck.is_null(), Document.state == DocumentState.SUBMITTED)
    found = signers(frozen(paper)) if paper is not None else ()
    return found[0] if found else None


def whose(session: Session, request: Request, case: str) -> set[str]:
    """For whom it is what becomes of a request: who put it forward, and the judge in charge."""
    judge = assigned(case, "judge", session.day)
    return {request.applicant, *([judge.id] if judge else [])}


def papers_of(request: str) -> list[Document]:
    """All papers of a request, void ones too, in the order drafted."""
    return list(Document.select().where(Document.request == request, Document.struck.is_null()).order_by(Document.id))


def to_finish(session: Session) -> tuple[InboxRow, ...]:
    """What is approved and waits for the person signed in: papers to sign, void ones to replace, matters without paper to end; the oldest first."""
    rows = Request.select().where(Request.state == RequestState.APPROVED, Request.struck.is_null())
    if not ORDERS & duties(session):
        held = Assignment.select(Assignment.case).where(Assignment.person == session.me.id, Assignment.role == "judge", Assignment.struck.is_null())
        rows = rows.where((Request.applicant == session.me.id) | Request.case.in_(held))
    return tuple(_rows(session, list(rows.order_by(Request.id))))


def _rows(session: Session, requests: list[Request]) -> Iterator[InboxRow]:
    cases = {one.id: one.number for one in Case.select().where(Case.id.in_({row.case for row in requests}))}
    for row in requests:
        if words := _waits_for_me(session, row):
            at = day_of(moment_text(row.submitted_at)) if row.submitted_at else None
            yield InboxRow(row.id, row.title, cases[row.case], Person.get_by_id(row.applicant).name, at, row.state, FINISH, words, "navy", None)


def signature_awaited(session: Session, request: Request) -> str:
    """Who has still to sign an approved matter by statute, in words; empty where nobody has."""
    signer = ruling_for(session, request, session.day).statute_signer
    return "" if not signer or has_signature(request) else LEVELS[signer]


def awaited(session: Session, request: Request) -> str:
    """What an approved matter waits for from others before its papers are issued (待院长签发); empty where the next step is of the person signed in."""
    if signer := signature_awaited(session, request):
        return f"待{signer}签发"
    signs = issuer(request)
    return f"待{signs.name}签发文书" if signs is not None and signs.person != session.me.id else ""


def _waits_for_me(session: Session, request: Request) -> str:
    if signature_awaited(session, request):
        return ""
    signs = issuer(request)
    if signs is not None:
        return "待您签发" if signs.person == session.me.id else ""
    if session.me.id not in whose(session, request, request.case):
        return ""
    papers = papers_of(request.id)
    if to_replace(papers):
        return "待您重制"
    return "" if any(paper.state in UNSIGNED for paper in papers) else "待您登记办结"
