"""The gates before issue: approval, statutory signature, panel, permits, order within the submission, a whole history."""

from __future__ import annotations

from execdesk.access.sitting import Sitting
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.approvals import Decision, Panel, Permit, Request
from execdesk.records.cases import Case
from execdesk.records.papers import Document, Incident


def require_gates(sitting: Sitting, row: Document, request: Request | None, case: Case) -> None:
    """Refuse issue unless every gate is open; says which one is not and what to do."""
    _require_whole(sitting, case)
    if case.state != "open":
        raise Refusal(f"{case.number} 不在办理中，不能签发文书。", code="case.closed")
    if request is None:
        raise Refusal(f"《{row.title}》没有经过报批。请先提交。", code="document.no_request")
    if request.state not in ("approved", "used"):
        raise Refusal(
            f"《{row.title}》尚未批准，不能签发。",
            code="document.not_approved",
            ways=(WayOn("看报批", f"request:{request.id}"),),
        )
    decisions = list(
        Decision.select().where(
            Decision.request == request.id, Decision.content_hash == request.content_hash, Decision.struck.is_null()
        )
    )
    if not any(d.kind == "approve" for d in decisions):
        raise Refusal("没有对现有内容的批准记录，请重新报批。", code="document.not_approved")
    ruling = sitting.authority.decide(
        request.matter, subject=request.subject, on=sitting.day, circumstances=frozenset(request.circumstances)
    )
    if ruling.statute_signer and not any(d.kind == "sign_issue" for d in decisions):
        raise Refusal(
            f"{ruling.name}依法须{_signer_words(ruling.statute_signer)}签发，审批之外还差这一道。请送签。",
            code="document.not_signed",
            clauses=ruling.clauses,
            ways=(WayOn("送签发", f"request.sign:{request.id}"),),
        )
    if (
        ruling.panel == "required"
        and not Panel.select().where(Panel.request == request.id, Panel.state == "concluded").exists()
    ):
        raise Refusal(f"{ruling.name}须先经合议庭评议。", code="request.panel")
    pending = [
        p for p in Permit.select().where(Permit.request == request.id, Permit.struck.is_null()) if p.granted_on is None
    ]
    if pending:
        raise Refusal(f"尚未取得：{'、'.join(p.text for p in pending)}。取得后登记，再签发。", code="document.permit")
    _require_ruling_first(row)


def _signer_words(signer: str) -> str:
    return "院长" if signer == "president" else "局长或主管院领导"


def _require_ruling_first(row: Document) -> None:
    """A notice that names the ruling of the same submission waits for the ruling's number."""
    if row.series == "ruling" or not row.request:
        return
    waiting = Document.get_or_none(
        Document.request == row.request,
        Document.series == "ruling",
        Document.number.is_null(),
        Document.struck.is_null(),
        Document.state != "void",
    )
    if waiting is not None:
        raise Refusal(f"《{row.title}》要写裁定书的文号，请先签发《{waiting.title}》。", code="document.order")


def _require_whole(sitting: Sitting, case: Case) -> None:
    """Issue is closed where a check has found the journal or this case's rows damaged, or a restored store is not cleared."""
    if sitting.store.meta("restored"):
        raise Refusal(
            "本库是从备份恢复的，尚未登记纸上最后的文号，暂不能签发。请由局长核对后登记。",
            code="store.restored",
            ways=(WayOn("登记文号", "store.clear_restored"),),
        )
    fault = Incident.get_or_none(
        Incident.kind == "tamper", Incident.state == "open", (Incident.case == case.id) | Incident.case.is_null()
    )
    if fault is not None:
        raise Refusal(
            f"{fault.text}。查清之前，有关案件不能签发文书。",
            code="journal.incident",
            ways=(WayOn("看事件", "incidents"),),
        )
