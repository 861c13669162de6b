"""Money that a bank or an employer sends under a ruling: a receipt of its own, and an answer that leaves less under control."""

from __future__ import annotations

from datetime import date

from execdesk.access.actions import Fen, action
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.casework.control.answers import answered, require_new_answer
from execdesk.casework.control.effects import note_transferred
from execdesk.casework.control.facts import TRANSFERRED, line_of
from execdesk.casework.control.measures import measure_of, require_held, require_within
from execdesk.casework.money.booking import book, require_new
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.measures import BankReceipt, Measure
from execdesk.records.papers import Document
from execdesk.store.act import Act, Changes


@action(
    "bank.transfer", "登记划款到账",
    Field("measure", "措施", "choice", options="measures", start="measure"),
    Field("amount", "到账金额", "amount", start="controlled_amount", hint="不得超过已控制的金额；累加到到位金额"),
    Field("on", "到账日期", "day", start="today", beside=True), Field("receipt_no", "回执号", most=64), button="登记到账",
)
def record_transfer(session: Session, *, measure: str, amount: Fen, on: date, receipt_no: str) -> Changes:
    """Record money the bank sent to the court under a ruling of 划拨: less stays controlled, more has come in, in fen.

    When nothing ordered is left the measure is 已划拨. Raises Refusal ``measure.amount`` above what is controlled, ``transfer.order``
    without an issued ruling, ``transfer.day``, ``receipt.known``.
    """
    row = measure_of(measure)
    require_may(session, "record_receipt", "登记划款到账")
    require_held(session, row, "bank.transfer", "登记划款")
    _require_ruled(session, row, on)
    if amount <= 0 or not receipt_no.strip():
        raise Refusal("到账金额须大于零，并请填写回执号。", code="transfer.amount")
    require_within(row, amount)
    require_new_answer(row, receipt_no.strip())
    require_new(receipt_no.strip())
    with session.act("bank.transfer", case=row.case) as act:
        sent = BankReceipt(measure=row.id, received_on=on, result=TRANSFERRED, controlled_fen=amount, receipt_no=receipt_no.strip())
        book(session, act, row.case, bank_ref=receipt_no.strip(), amount=amount, received_on=on, medium="deduction", kind="deduction", measure=row.id)
        answered(session, act, sent, note_transferred)
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
