"""Putting a matter forward: draft, submit, withdraw, void; and what re-opens it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from execdesk.access.session import Session
from execdesk.approval.premises import require_premises
from execdesk.approval.standing import ruling_for
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import responsible_judge
from execdesk.drafting.drafts import freeze_content
from execdesk.drafting.replacing import to_replace
from execdesk.law.authority import Ruling
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.approvals import (
    Decision,
    Panel,
    PanelState,
    PaperApproval,
    PaperState,
    Permit,
    Request,
    RequestState,
)
from execdesk.records.base import moment_text
from execdesk.records.cases import Case, Party
from execdesk.records.charge import APPLYING
from execdesk.records.papers import Document, DocumentState
from execdesk.store.act import Act


def request_of(row: str) -> Request:
    """A request by row id.

    Raises:
        Refusal: ``request.missing``.
    """
    found = Request.get_or_none(Request.id == row)
    if found is None:
        raise Refusal("找不到该报批事项，请刷新后再试。", code="request.missing")
    request: Request = found
    return request


def open_request(
    session: Session, act: Act, case: Case, matter: str, title: str, *, target: Party | None = None,
    circumstances: Iterable[str] = (), upward: bool = False, note: str | None = None,
) -> Request:
    """Add a draft request inside an open act; the table must know the matter on this day (unlisted = declared conflict)."""
    responsible_judge(case, act.day)
    request = Request(
        case=case.id, matter=matter, title=title[:128], subject=subject_of(session, case, target), circumstances=sorted(circumstances),
        applicant=session.me.id, party=target.id if target else None, state=RequestState.DRAFT, upward=upward, note=note,
    )
    require_referrer(session, case, upward)
    ruling = ruling_for(session, request, act.day)
    if ruling.level == "review_office":
        raise Refusal(
            f"{ruling.name}属审判事务管理办公室审查和办理，执行局不能报批。请将材料移送审管办，移送情况可以记入工作记录。",
            code="request.review_office", clauses=ruling.clauses, ways=(WayOn("记工作记录", "note.record"),),
        )
    _require_one_decides(session, ruling)
    request.level = ruling.level
    act.add(request)
    return request


def _require_one_decides(session: Session, ruling: Ruling) -> None:
    """What a body decides, or each for himself, nobody approves here: put forward, it would wait for ever."""
    level = session.authority.data.levels[ruling.level]
    if not level.posts:
        raise Refusal(
            f"{ruling.name}由{level.name}{level.verb}，不由一人批准，不能在这里报批。请按{level.name}的程序办理，结果可以记入工作记录。", code="request.body",
            clauses=ruling.clauses, ways=(WayOn("记工作记录", "note.record"),),
        )


def subject_of(session: Session, case: Case, target: Party | None = None) -> str:
    """The kind of subject a request concerns: that of its target, else the first flagged debtor, else ordinary."""
    debtors = Party.select().where(Party.case == case.id, Party.side == "debtor", Party.struck.is_null()).order_by(Party.position)
    return subject_among([target] if target is not None else debtors)


def subject_among(parties: Iterable[Party]) -> str:
    """The first kind flagged on these parties, else ordinary."""
    for party in parties:
        for kind in party.special or []:
            return str(kind)
    return "ordinary"


def put_forward(session: Session, act: Act, request: Request, case: Case, upward: bool = False) -> None:
    """Freeze the drafts of a request and put it, with what is already issued of it, before the level that decides it today.

    A submission is one round: what was said in an earlier one does not count in it, be the content the same or not.
    """
    require_premises(session, request, act.day)
    _require_paper(session, request)
    before = sorted(d.content_hash or "" for d in documents_of(request.id))
    subject, grounds = current_subject(session, request, case), grounds_of(request) or None
    act.change(request, subject=subject)
    hashes = [freeze_content(session, act, d) if d.state == DocumentState.DRAFT else d.content_hash or "" for d in documents_of(request.id)]
    ruling = session.authority.decide(request.matter, subject=subject, on=act.day, circumstances=frozenset(request.circumstances))
    act.change(
        request, state=RequestState.SUBMITTED, content_hash=request_hash(request, hashes, act.at), level=ruling.level, step=0, submitted_at=act.at,
        upward=upward or request.upward, note=grounds,
    )
    _ask_permits(act, request, ruling)
    if before != sorted(hashes):
        sit_again(act, request)


def _require_paper(session: Session, request: Request) -> None:
    """A matter whose paper is void is not put forward without it: neither its only one, nor the ruling whose number the others bear."""
    void = to_replace(Document.select().where(Document.request == request.id, Document.struck.is_null()))
    if void and (not documents_of(request.id) or any(paper.series in session.catalogue.leading for paper in void)):
        raise Refusal(
            f"「{request.title}」的《{void[-1].title}》已作废，请先重制，再提交。不再办理的，作废本报批。", code="document.replace",
            ways=(WayOn("重制文书", f"document.replace:{request.case},{void[-1].id}"),),
        )


def require_mine(session: Session, request: Request, case: Case, what: str) -> None:
    """What becomes of a request is for who put it forward, or the judge in charge, while he works on the case.

    Raises:
        Refusal: ``request.not_mine``, those of :func:`require_in_charge`.
    """
    if session.me.id not in (request.applicant, responsible_judge(case, session.day).id):
        raise Refusal(f"只有提出人或承办法官可以{what}。", code="request.not_mine")
    require_in_charge(session, case, APPLYING, what)


def require_referrer(session: Session, case: Case, upward: bool) -> None:
    """Only the judge in charge asks a higher level although his own would do (层报)."""
    if upward and responsible_judge(case, session.day).id != session.me.id:
        raise Refusal("层报由承办法官提出。", code="authority.refer")


def _ask_permits(act: Act, request: Request, ruling: Ruling) -> None:
    """Note the permits from outside the court that the table demands for these facts; issue waits for them."""
    known = {row.kind for row in Permit.select().where(Permit.request == request.id, Permit.struck.is_null())}
    for text in ruling.permits:
        kind = permit_kind(text)
        if kind not in known:
            act.add(Permit(request=request.id, kind=kind, text=text))


def pending_permits(request: str) -> list[Permit]:
    """The permits from outside the court that a request still waits for."""
    return list(Permit.select().where(Permit.request == request, Permit.granted_on.is_null(), Permit.struck.is_null()))


def permit_kind(text: str) -> str:
    """A short name for a permit that the table demands in so many words."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sit_again(act: Act, request: Request) -> None:
    """A panel that has concluded on other content sits again."""
    for row in Panel.select().where(Panel.request == request.id, Panel.struck.is_null(), Panel.state == PanelState.CONCLUDED):
        act.change(row, state=PanelState.DESIGNATED)


def current_subject(session: Session, request: Request, case: Case) -> str:
    """The subject as parties are flagged now: that of the party the request aims at, else the first flagged debtor's."""
    return subject_of(session, case, Party.get_or_none(Party.id == request.party) if request.party else None)


def documents_of(request: str) -> list[Document]:
    """The documents of a request, in the order drafted."""
    return list(
        Document.select().where(Document.request == request, Document.struck.is_null(), Document.state != DocumentState.VOID).order_by(Document.id)
    )


def request_hash(request: Request, hashes: Iterable[str], at: datetime) -> str:
    """One hash over what is approved: matter, subject, circumstances, the content of every document, and the submission."""
    text = "\n".join([request.id, request.matter, request.subject, *request.circumstances, *sorted(hashes), moment_text(at)])
    return hashlib.sha256(text.encode()).hexdigest()


def issued_of(request: str) -> list[Document]:
    """The documents of a request that are already issued."""
    return [document for document in documents_of(request) if document.signed_on is not None]


def require_unused(request: Request) -> None:
    """Refuse to take back what has already become paper: that is set right by a document of its own, or declared void."""
    issued = issued_of(request.id)
    if issued:
        raise Refusal(
            f"「{request.title}」已签发《{issued[0].title}》（{issued[0].number or '无文号'}），不能撤回、退回或作废。"
            "文书有误的，请办理补正或作废文书。", code="request.used",
        )


def reopen(act: Act, request: Request, why: str) -> None:
    """Send a submitted or approved request back to its drafter: what was approved is no longer what stands."""
    fresh = act.get(Request, request.id)
    act.change(fresh, state=RequestState.LAPSED if fresh.state == RequestState.APPROVED else RequestState.RETURNED, note=with_grounds(fresh, why))
    for document in documents_of(request.id):
        if document.state == DocumentState.SUBMITTED:
            act.change(act.get(Document, document.id), state=DocumentState.DRAFT)


_GROUNDS = "\n报批理由："  # what a request was put forward for stands below why it came back
_CAME_BACK = (RequestState.RETURNED, RequestState.LAPSED, RequestState.WITHDRAWN, RequestState.VOID)


def grounds_of(request: Request) -> str:
    """Why a request was put forward, in the words of who did; empty if he gave none."""
    note = request.note or ""
    return note.partition(_GROUNDS)[2] if request.state in _CAME_BACK else note


def with_grounds(request: Request, why: str) -> str:
    """A note why a request came back that keeps why it was put forward, for its next round."""
    grounds = grounds_of(request)
    return f"{why}{_GROUNDS}{grounds}" if grounds else why


def live_decisions(request: Request) -> list[Decision]:
    """Decisions on the content as it stands now: those before a return or change of content no longer count, nor those on paper that were denied."""
    rows = Decision.select().where(Decision.request == request.id, Decision.struck.is_null()).order_by(Decision.at, Decision.id)
    found = [row for row in rows if row.content_hash == request.content_hash]
    void = _denied({row.paper_approval for row in found if row.paper_approval})
    return [row for row in found if row.paper_approval not in void]


def _denied(papers: set[str]) -> set[str]:
    """Of some approvals on paper, those that their approver has denied."""
    if not papers:
        return set()
    return {row.id for row in PaperApproval.select(PaperApproval.id).where(PaperApproval.id.in_(sorted(papers)), PaperApproval.state == PaperState.DENIED)}


def needs(ruling: Ruling) -> str:
    """Who decides, for a button: 执行局局长批准."""
    return f"{ruling.level_name}批准"
