"""After issue: service on each recipient, and what the bank or registry answered."""

from __future__ import annotations

from datetime import date

from execdesk.access.duty import require_may
from execdesk.access.sitting import Sitting
from execdesk.documents.drafting import document_of
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.papers import BankReceipt, Document, Measure, Service
from execdesk.store.act import Act, Changes
from execdesk.work.lookup import person_of
from execdesk.work.measures import RELEASE_NOTICE, measure_of
from execdesk.work.verbs import Fen, verb

METHODS = {
    "direct": "直接送达", "lien": "留置送达", "post": "邮寄送达", "electronic": "电子送达", "entrusted": "委托送达",
    "forwarded": "转交送达", "public": "公告送达",
}


@verb("service.record", "登记送达", document="文书", recipient="受送达人", method="送达方式", served_on="送达日期", served_by="送达人", note="说明")
def record_service(
    sitting: Sitting, *, document: str, recipient: str, method: str, served_on: date, served_by: str | None = None, note: str | None = None
) -> Changes:
    """Record one service. Service of the notice on the bank puts a measure into effect (查扣冻规定第1条)."""
    row = document_of(document)
    require_may(sitting, "register_service", "登记送达")
    way = method if method in METHODS else next((k for k, v in METHODS.items() if v == method), "")
    if not way:
        raise Refusal(f"送达方式可选：{'、'.join(METHODS.values())}。", code="service.method")
    if row.signed_on is None or row.state != "issued":
        raise Refusal(f"《{row.title}》尚未印发，不能登记送达。未盖章的请先盖章。", code="service.state")
    if served_on < row.signed_on or served_on > sitting.day:
        raise Refusal(f"送达日期应在签发日 {row.signed_on} 与今天 {sitting.day} 之间，请核对。", code="service.day")
    if way == "lien" and not (note or "").strip():
        raise Refusal("留置送达须写明拒收事由和见证人或拍照情况。", code="service.witness")
    if not recipient.strip():
        raise Refusal("请填写受送达人。", code="service.recipient")
    person = person_of(served_by) if served_by else sitting.me
    with sitting.act("service.record", case=row.case) as act:
        act.add(Service(document=row.id, recipient=recipient.strip(), method=way, served_on=served_on, served_by=person.id, note=note))
        _take_effect(act, row, recipient.strip(), served_on)
    return _done(act)


def _take_effect(act: Act, document: Document, recipient: str, served_on: date) -> None:
    if document.type_id != "notice_assist_deposit" or not document.measure or recipient != document.addressee:
        return
    measure = act.get(Measure, document.measure)
    action = (document.inputs or {}).get("action")
    if action == RELEASE_NOTICE:
        act.change(measure, state="released", released_on=min(served_on, measure.released_on or served_on))
    elif action == "冻结" and (measure.served_on is None or served_on < measure.served_on):
        effective = None if measure.rank > 1 else served_on  # the first service counts; a second one changes nothing
        act.change(measure, state="live" if effective else "ordered", served_on=served_on, effective_on=effective)


@verb("bank.receipt", "登记银行回执", measure="措施", received_on="收到日期", controlled="实际控制金额", ends_on="到期日", handler="经办人",
      receipt_no="回执号", reason="未能控制原因")
def record_receipt(
    sitting: Sitting, *, measure: str, received_on: date, controlled: Fen | None = None, ends_on: date | None = None,
    handler: str | None = None, receipt_no: str | None = None, reason: str | None = None,
) -> Changes:
    """Record what the bank answered: the amount under control and its own end date, which rules if it is the earlier."""
    row = measure_of(measure)
    require_may(sitting, "record_receipt", "登记银行回执")
    if row.served_on is None:
        raise Refusal("协助执行通知书尚未登记送达银行，请先登记送达。", code="receipt.order")
    if received_on < row.served_on or received_on > sitting.day:
        raise Refusal(f"收到日期应在送达日 {row.served_on} 与今天 {sitting.day} 之间。", code="receipt.day")
    if ends_on is not None and ends_on < row.served_on:
        raise Refusal(f"回执的到期日 {ends_on} 早于送达日 {row.served_on}，请核对回执。", code="receipt.end")
    if controlled is not None and row.amount_fen is not None and controlled > row.amount_fen:
        raise Refusal(f"实控 {amount_in_list(controlled)} 元超过裁定的 {amount_in_list(row.amount_fen)} 元，请核对回执。", code="receipt.amount")
    same = receipt_no and BankReceipt.get_or_none(
        BankReceipt.measure == row.id, BankReceipt.receipt_no == receipt_no, BankReceipt.struck.is_null()
    )
    if same:
        raise Refusal(f"回执 {receipt_no} 已经登记过。", code="receipt.known")
    result = "none" if not controlled else "full" if controlled == row.amount_fen else "partial"
    if result != "full" and not (reason or "").strip():
        raise Refusal("未足额控制的，请写明银行所说的原因（如余额不足、查无此户）。", code="receipt.reason")
    with sitting.act("bank.receipt", case=row.case) as act:
        act.add(BankReceipt(
            measure=row.id, received_on=received_on, result=result, controlled_fen=controlled or 0, ends_on=ends_on, handler=handler,
            receipt_no=receipt_no, reason=reason,
        ))
        told = [day for day in (row.end_receipt, ends_on) if day is not None]  # the earliest end rules, whoever told it
        act.change(act.get(Measure, row.id), controlled_fen=controlled or 0, end_receipt=min(told, default=None))
    return _done(act)


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
