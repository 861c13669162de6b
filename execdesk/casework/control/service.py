"""After issue: service on each recipient, and what the bank or registry answered."""

from __future__ import annotations

from datetime import date

from execdesk.access.actions import Fen, action
from execdesk.access.duty import require_may
from execdesk.access.lookup import person_of
from execdesk.access.session import Session
from execdesk.casework.control.measures import (
    GONE,
    RELEASE_NOTICE,
    controlled_now,
    measure_of,
    require_held,
    require_within,
    view_of,
)
from execdesk.drafting.drafts import document_of
from execdesk.drafting.measurefacts import TRANSFERRED, line_of, remaining_fen
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Case
from execdesk.records.measures import BankReceipt, Measure
from execdesk.records.papers import Document, Service
from execdesk.store.act import Act, Changes

METHODS = {
    "direct": "直接送达", "lien": "留置送达", "post": "邮寄送达", "electronic": "电子送达", "entrusted": "委托送达",
    "forwarded": "转交送达", "public": "公告送达",
}


@action("service.record", "登记送达", document="文书", recipient="受送达人", method="送达方式", served_on="送达日期", served_by="送达人", note="说明")
def record_service(
    session: Session, *, document: str, recipient: str, method: str, served_on: date, served_by: str | None = None, note: str | None = None
) -> Changes:
    """Record one service. Service of the notice on the bank puts a measure into effect (查扣冻规定第1条).

    A renewal takes effect only if served on or before the old end (convention.renewal_start); later the service is recorded, with a
    sentence that it renewed nothing.
    """
    row = document_of(document)
    require_may(session, "register_service", "登记送达")
    way = method if method in METHODS else next((k for k, v in METHODS.items() if v == method), "")
    if not way:
        raise Refusal(f"送达方式可选：{'、'.join(METHODS.values())}。", code="service.method")
    if row.signed_on is None or row.state != "issued":
        raise Refusal(f"《{row.title}》尚未印发，不能登记送达。未盖章的请先盖章。", code="service.state")
    if served_on < row.signed_on or served_on > session.day:
        raise Refusal(f"送达日期应在签发日 {row.signed_on} 与今天 {session.day} 之间，请核对。", code="service.day")
    if way == "lien" and not (note or "").strip():
        raise Refusal("留置送达须写明拒收事由和见证人或拍照情况。", code="service.witness")
    if not recipient.strip():
        raise Refusal("请填写受送达人。", code="service.recipient")
    person = person_of(served_by) if served_by else session.me
    with session.act("service.record", case=row.case) as act:
        late = _take_effect(session, act, row, recipient.strip(), served_on)
        told = "；".join(part for part in ((note or "").strip(), late) if part) or None
        act.add(Service(document=row.id, recipient=recipient.strip(), method=way, served_on=served_on, served_by=person.id, note=told))
    return _done(act)


def _take_effect(session: Session, act: Act, document: Document, recipient: str, served_on: date) -> str:
    """What service on the bank does to the measure; a sentence where it comes too late for a renewal."""
    if document.type_id != "notice_assist_deposit" or not document.measure or recipient != document.addressee:
        return ""
    measure = act.get(Measure, document.measure)
    action = (document.inputs or {}).get("action")
    if action == RELEASE_NOTICE:
        act.change(measure, state="released", released_on=min(served_on, measure.released_on or served_on))
    elif action == "冻结" and (measure.served_on is None or served_on < measure.served_on):
        # the first service counts; a second one changes nothing
        if measure.renewed_from:
            return _renew(session, act, measure, served_on)
        effective = None if measure.rank > 1 else served_on
        act.change(measure, state="live" if effective else "ordered", served_on=served_on, effective_on=effective)
    return ""


def _renew(session: Session, act: Act, measure: Measure, served_on: date) -> str:
    """Service of a renewal: in time the old measure goes over into the new one, else the new one has no effect."""
    if measure.state == "live":  # served before already; an earlier day only makes it begin to count earlier
        act.change(measure, served_on=served_on, effective_on=served_on)
        return ""
    old = act.get(Measure, measure.renewed_from)
    ends_on = view_of(session, old, served_on).state.ends_on
    if old.state in GONE or (ends_on is not None and served_on > ends_on):
        act.change(measure, state="late", served_on=served_on, effective_on=None)
        why = f"原措施已于 {ends_on} 届满" if old.state not in GONE else "原措施已不在控制中"
        return f"{why}，{served_on} 送达的续行不生效，请重新采取措施并核对顺位"
    waits = measure.rank > 1 and old.effective_on is None
    act.change(
        measure, state="ordered" if waits else "live", served_on=served_on, effective_on=None if waits else served_on,
        controlled_fen=old.controlled_fen,
    )
    act.change(old, state="renewed")
    return ""


@action("bank.receipt", "登记银行回执", measure="措施", received_on="收到日期", controlled="实际控制金额", ends_on="到期日", handler="经办人",
      receipt_no="回执号", reason="未能控制原因")
def record_receipt(
    session: Session, *, measure: str, received_on: date, controlled: Fen | None = None, ends_on: date | None = None,
    handler: str | None = None, receipt_no: str | None = None, reason: str | None = None,
) -> Changes:
    """Record what the bank answered: the amount under control and its own end date, which rules if it is the earlier."""
    row = measure_of(measure)
    require_may(session, "record_receipt", "登记银行回执")
    if row.served_on is None:
        raise Refusal("协助执行通知书尚未登记送达银行，请先登记送达。", code="receipt.order")
    if received_on < row.served_on or received_on > session.day:
        raise Refusal(f"收到日期应在送达日 {row.served_on} 与今天 {session.day} 之间。", code="receipt.day")
    if ends_on is not None and ends_on < row.served_on:
        raise Refusal(f"回执的到期日 {ends_on} 早于送达日 {row.served_on}，请核对回执。", code="receipt.end")
    ordered = remaining_fen(row)
    if controlled is not None and ordered is not None and controlled > ordered:
        raise Refusal(f"实控 {amount_in_list(controlled)} 元超过裁定的 {amount_in_list(ordered)} 元，请核对回执。", code="receipt.amount")
    _require_new(row, receipt_no)
    result = "none" if not controlled else "full" if controlled == ordered else "partial"
    if result != "full" and not (reason or "").strip():
        raise Refusal("未足额控制的，请写明银行所说的原因（如余额不足、查无此户）。", code="receipt.reason")
    with session.act("bank.receipt", case=row.case) as act:
        act.add(BankReceipt(
            measure=row.id, received_on=received_on, result=result, controlled_fen=controlled or 0, ends_on=ends_on, handler=handler,
            receipt_no=receipt_no, reason=reason,
        ))
        told = [day for day in (row.end_receipt, ends_on) if day is not None]  # the earliest end rules, whoever told it
        act.change(act.get(Measure, row.id), controlled_fen=controlled or 0, end_receipt=min(told, default=None))
    return _done(act)


def _require_new(measure: Measure, receipt_no: str | None) -> None:
    same = receipt_no and BankReceipt.get_or_none(
        BankReceipt.measure == measure.id, BankReceipt.receipt_no == receipt_no, BankReceipt.struck.is_null()
    )
    if same:
        raise Refusal(f"回执 {receipt_no} 已经登记过。", code="receipt.known")


@action("bank.transfer", "登记划款到账", measure="措施", amount="到账金额", on="到账日期", receipt_no="回执号")
def record_transfer(session: Session, *, measure: str, amount: Fen, on: date, receipt_no: str) -> Changes:
    """Record money the bank sent to the court under a ruling of 划拨: less stays controlled, more has come in, in fen.

    When nothing ordered is left the measure is 已划拨. Raises Refusal ``measure.amount`` above what is controlled, ``transfer.order``
    without an issued ruling, ``transfer.unknown`` where nobody has entered what came in before, ``transfer.day``, ``receipt.known``.
    """
    row = measure_of(measure)
    require_may(session, "record_receipt", "登记划款到账")
    require_held(session, row, "登记划款")
    _require_ruled(session, row, on)
    if amount <= 0 or not receipt_no.strip():
        raise Refusal("到账金额须大于零，并请填写回执号。", code="transfer.amount")
    require_within(row, amount)
    _require_new(row, receipt_no.strip())
    with session.act("bank.transfer", case=row.case) as act:
        case, fresh = act.get(Case, row.case), act.get(Measure, row.id)
        if case.recovered_fen is None:
            raise Refusal(
                "本案此前的到位金额未查，不能累加。请先登记不含本笔的累计到位金额。", code="transfer.unknown",
                ways=(WayOn("登记到位金额", "case.recovered"),),
            )
        held = controlled_now(fresh)
        act.add(BankReceipt(measure=row.id, received_on=on, result=TRANSFERRED, controlled_fen=amount, receipt_no=receipt_no.strip()))
        act.change(case, recovered_fen=case.recovered_fen + amount)
        left = remaining_fen(fresh)
        gone = left == 0 if left is not None else held == amount
        values = {"state": "transferred", "disposed_on": on} if gone else {}
        act.change(fresh, controlled_fen=max(held - amount, 0) if held is not None else None, **values)
    return _done(act)


def _require_ruled(session: Session, measure: Measure, on: date) -> None:
    """Money comes after the ruling that orders the transfer; of a measure from a ledger the ruling stands on paper."""
    if on > session.day:
        raise Refusal(f"到账日期 {on} 在今天 {session.day} 之后，请核对。", code="transfer.day")
    if measure.origin == "ledger":
        return
    ruling = Document.select().where(
        Document.measure.in_([row.id for row in line_of(measure)]), Document.type_id == "ruling_deduct", Document.signed_on.is_null(False),
        Document.state != "void", Document.struck.is_null(),
    ).order_by(Document.signed_on).first()
    if ruling is None:
        raise Refusal("本措施还没有签发的划拨裁定，不能登记划款。请先提出划拨并签发。", code="transfer.order")
    if on < ruling.signed_on:
        raise Refusal(f"到账日期 {on} 早于划拨裁定的签发日 {ruling.signed_on}，请核对。", code="transfer.day")


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
