"""What the bank or registry answered: how much it holds and to which day, what it sent to the court."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from execdesk.access.actions import Fen, action
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.casework.control.effects import note_held, note_transferred
from execdesk.casework.control.measures import measure_of, require_held, require_within
from execdesk.drafting.measurefacts import TRANSFERRED, line_of, remaining_fen
from execdesk.issue.effects import happened, variant_of
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Case
from execdesk.records.measures import BankReceipt, Measure
from execdesk.records.papers import Document
from execdesk.store.act import Act, Changes


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
        _answered(session, act, BankReceipt(
            measure=row.id, received_on=received_on, result=result, controlled_fen=controlled or 0, ends_on=ends_on, handler=handler,
            receipt_no=receipt_no, reason=reason,
        ), note_held)
    return _done(act)


def _answered(session: Session, act: Act, answer: BankReceipt, by_paper: Callable[[Act, Measure, BankReceipt], None]) -> None:
    """Keep an answer and let it take effect: by what the type of the paper it answers says, ``by_paper`` where that one went out before
    there was this program."""
    measure = act.get(Measure, answer.measure)
    asked = _asked(session, measure, answer.result)
    answer.document = asked.id if asked else None
    act.add(answer)
    if asked is None:
        by_paper(act, measure, answer)
    else:
        role = session.tools.catalogue.type(asked.type_id).addressee
        happened(session, act, asked, "answered", answer.received_on, role=role, result=answer.result, answer=answer)


def _asked(session: Session, measure: Measure, result: str) -> Document | None:
    """The last paper sent out for a measure, or one it renews, whose addressee owes an answer with such a result."""
    catalogue = session.tools.catalogue
    rows = Document.select().where(
        Document.measure.in_([row.id for row in line_of(measure)]), Document.type_id.in_([doc.id for doc in catalogue.types if doc.awaits_answer]),
        Document.signed_on.is_null(False), Document.state != "void", Document.struck.is_null(),
    ).order_by(Document.signed_on.desc(), Document.id.desc())
    for row in rows:
        kind = catalogue.type(row.type_id)
        if kind.effects_of("answered", kind.addressee, result, variant_of(row)):
            found: Document = row
            return found
    return None


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
        case = act.get(Case, row.case)
        if case.recovered_fen is None:
            raise Refusal(
                "本案此前的到位金额未查，不能累加。请先登记不含本笔的累计到位金额。", code="transfer.unknown",
                ways=(WayOn("登记到位金额", "case.recovered"),),
            )
        sent = BankReceipt(measure=row.id, received_on=on, result=TRANSFERRED, controlled_fen=amount, receipt_no=receipt_no.strip())
        act.change(case, recovered_fen=case.recovered_fen + amount)
        _answered(session, act, sent, note_transferred)
    return _done(act)


def _require_ruled(session: Session, measure: Measure, on: date) -> None:
    """Money comes after the ruling that orders the transfer; of a measure from a ledger the ruling stands on paper."""
    if on > session.day:
        raise Refusal(f"到账日期 {on} 在今天 {session.day} 之后，请核对。", code="transfer.day")
    if measure.origin == "ledger":
        return
    ruling = Document.select().where(
        Document.measure.in_([row.id for row in line_of(measure)]), Document.signed_on.is_null(False),
        Document.type_id.in_([doc.id for doc in session.tools.catalogue.bearing("orders_transfer")]),
        Document.state != "void", Document.struck.is_null(),
    ).order_by(Document.signed_on).first()
    if ruling is None:
        raise Refusal("本措施还没有签发的划拨裁定，不能登记划款。请先提出划拨并签发。", code="transfer.order")
    if on < ruling.signed_on:
        raise Refusal(f"到账日期 {on} 早于划拨裁定的签发日 {ruling.signed_on}，请核对。", code="transfer.day")


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
