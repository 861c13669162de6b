"""The gates before issue: a whole history, approval, statutory signature, panel, permits, order within the submission."""

from __future__ import annotations

from datetime import date

from execdesk.access.session import Session
from execdesk.approval.proof import require_proven
from execdesk.approval.requests import current_subject, documents_of, live_decisions, pending_permits, request_hash
from execdesk.approval.standing import person_facts, ruling_for
from execdesk.casefile.lookup import open_for_bureau
from execdesk.drafting.drafts import content_hash, frozen
from execdesk.drafting.fitting import require_fitting
from execdesk.drafting.replacing import to_replace
from execdesk.integrity.history import require_whole
from execdesk.law.authority import Ruling
from execdesk.law.permission import may_sign
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.units import LEVELS
from execdesk.records.approvals import Decision, Panel, PanelState, Request, RequestState
from execdesk.records.cases import Case
from execdesk.records.papers import Document, DocumentState
from execdesk.store.restore import restored_from


def require_open(session: Session, case: Case) -> None:
    """Refuse any issue while the store is a restored copy not yet cleared, or the history of the case does not hold."""
    if restored_from(session.store) is not None:
        raise Refusal(
            "本库是从备份恢复的，尚未登记纸上最后的文号，暂不能签发。请由局长核对后登记。",
            code="store.restored",
            ways=(WayOn("登记文号", "store.clear_restored"),),
        )
    require_whole(session, case)


def require_gates(session: Session, row: Document, request: Request | None, case: Case) -> None:
    """Refuse issue unless every gate is open; says which one is not and what to do."""
    open_for_bureau(case)
    if request is None:
        raise Refusal(f"《{row.title}》没有经过报批。请先提交。", code="document.no_request")
    if request.state != RequestState.APPROVED or request.struck is not None:
        raise Refusal(
            f"《{row.title}》的报批{request.state_words}，不能签发。",
            code="document.not_approved",
            ways=(WayOn("看报批", f"request:{request.id}"),),
        )
    _require_same(session, row, request, case)
    ruling = require_decided(session, f"《{row.title}》", "签发", request, case)
    require_fitting(session, row, {request.matter, ruling.matter})
    _require_leading_first(session, row)


def _require_same(session: Session, row: Document, request: Request, case: Case) -> None:
    """What lies before the signer is what was submitted: this case, this subject, these documents, byte for byte."""
    documents = documents_of(request.id)
    whole = (
        row.case == request.case == case.id
        and request.submitted_at is not None
        and all(d.content is not None and content_hash(frozen(d)) == d.content_hash for d in documents)
        and request_hash(request, [d.content_hash or "" for d in documents], request.submitted_at) == request.content_hash
    )
    if void := to_replace(Document.select().where(Document.request == request.id, Document.struck.is_null())):
        raise Refusal(
            f"同一报批的《{void[0].title}》已作废，批准的内容缺了一份，《{row.title}》不能签发。请先重制《{void[0].title}》。", code="document.replace",
            ways=(WayOn("重制文书", f"document.replace:{row.case},{void[0].id}"),),
        )
    if not whole:
        raise Refusal(f"《{row.title}》与提交报批时的内容不是同一份，不能签发。请重新提交报批。", code="document.changed")
    if current_subject(session, request, case) != request.subject:
        raise Refusal(f"「{request.title}」对象的特殊主体身份有变化，请重新提交报批。", code="request.subject")


def require_decided(session: Session, what: str, end: str, request: Request, case: Case) -> Ruling:
    """The ruling of the day of decision, once every word it asks for has been given and proves to be what it says, the panel has sat and
    no permit is awaited. ``what`` comes to its ``end`` (签发, 办结) by it, in the words of a refusal.

    Raises:
        Refusal: ``document.not_approved``, ``document.not_signed``, ``request.panel``, ``document.permit``.
    """
    ruling = _require_words(session, what, end, request, case)
    if ruling.panel == "required" and not _concluded(request):
        raise Refusal(f"{ruling.name}须先经合议庭评议。", code="request.panel")
    if pending := pending_permits(request.id):
        raise Refusal(f"尚未取得：{'、'.join(p.text for p in pending)}。取得后登记，再{end}。", code="document.permit")
    return ruling


def _require_words(session: Session, what: str, end: str, request: Request, case: Case) -> Ruling:
    decisions = live_decisions(request)
    approvals = [d for d in decisions if d.kind == "approve"]
    if not approvals:
        raise Refusal("没有对现有内容的批准记录，请重新报批。", code="document.not_approved")
    last: Decision = approvals[-1]
    ruling = ruling_for(session, request, last.on)
    if ruling.ladder and last.on_paper is None and len(approvals) < len(ruling.path):
        raise Refusal(f"{what}逐级审批尚缺 {len(ruling.path) - len(approvals)} 级，不能{end}。", code="document.not_approved")
    for step, decision in enumerate(approvals):
        require_proven(session, decision, request, case, min(step, max(len(ruling.path) - 1, 0)))
    signed = [d for d in decisions if d.kind == "sign_issue"]
    if ruling.statute_signer and not signed:
        raise Refusal(
            f"{ruling.name}依法须{LEVELS[ruling.statute_signer]}签发，审批之外还差这一道。请送签。",
            code="document.not_signed",
            clauses=ruling.clauses,
            ways=(WayOn("送签发", f"request.sign:{request.id}"),),
        )
    for decision in signed:
        require_proven(session, decision, request, case)
    return ruling


def _concluded(request: Request) -> bool:
    return bool(
        Panel.select().where(Panel.request == request.id, Panel.state == PanelState.CONCLUDED, Panel.struck.is_null()).exists()
    )


def require_standing_signer(session: Session, row: Document, request: Request, case: Case, day: date) -> None:
    """Whoever issues a paper of 院长 is 院长 on that day, or a vice-president whose letter reaches the matter on that day.

    Raises:
        Refusal: as :func:`execdesk.law.permission.may_sign`.
    """
    if not any(s.field == "President" for s in frozen(row).signature.signatories):
        return
    ruling = ruling_for(session, request, day)
    if ruling.statute_signer:
        may_sign(session.authority, ruling, person_facts(session.me, request, case, day))


def _require_leading_first(session: Session, row: Document) -> None:
    """A notice that names the ruling of the same submission waits for the ruling's number."""
    leading = session.catalogue.leading
    if row.series in leading or not row.request:
        return
    waiting = Document.get_or_none(
        Document.request == row.request,
        Document.series.in_(leading),
        Document.number.is_null(),
        Document.struck.is_null(),
        Document.state != DocumentState.VOID,
    )
    if waiting is not None:
        raise Refusal(f"《{row.title}》要写裁定书的文号，请先签发《{waiting.title}》。", code="document.order")
