"""Money that a bank or an employer sends under a ruling: a receipt of its own, and an answer that leaves less under control."""

from __future__ import annotations

from datetime import date

from execdesk.access.actions import Fen, action
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.casework.control.actions import kind_of
from execdesk.casework.control.answers import answered, require_new_answer
from execdesk.casework.control.facts import line_of
from execdesk.casework.control.views import measure_of, measure_title, require_held, require_within
from execdesk.casework.money.actions import require_day
from execdesk.casework.money.booking import book, require_new
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document, DocumentState
from execdesk.store.act import Changes


@action(
    "receipt.deducted", "登记划款到账", Field("measure", "措施", "choice", options="measures", start="measure"),
    Field("amount", "到账金额", "amount", start="held_amount", hint="不得超过已控制的金额"), Field("on", "到账日期", "day", start="today", beside=True),
    Field("receipt_no", "流水号或回执号", most=64), Field("deducted_on", "扣划日期", "day", required=False, hint="利息计到扣划之日；不填即到账日期", beside=True),
    button="登记到账",
)
def record_deducted(session: Session, *, measure: str, amount: Fen, on: date, receipt_no: str, deducted_on: date | None = None) -> Changes:
    """Record money that a bank or employer sent to the court under a ruling (划拨, 提取): less stays controlled, more has come in, in fen.

    Interest stops on ``deducted_on``, else on the day received. When nothing ordered is left the measure is 已划拨. Raises Refusal
    ``measure.kind``, ``measure.amount`` above what is controlled, ``transfer.order`` without an issued ruling, ``transfer.day``,
    ``receipt.known``.
    """
    row = measure_of(measure)
    require_may(session, "record_receipt", "登记划款到账")
    pays = kind_of(session, row).pays
    if pays is None:
        raise Refusal(f"{measure_title(row)}不能划款；其他财产的变价款请登记到账。", code="measure.kind")
    require_held(session, row, "receipt.deducted", "登记划款")
    _require_ruled(session, row, on, pays.word)
    require_day(session, on, deducted_on)
    if amount <= 0 or not receipt_no.strip():
        raise Refusal("到账金额须大于零，并请填写回执号。", code="transfer.amount")
    require_within(row, amount, pays.word)
    require_new(receipt_no.strip())
    require_new_answer(row, receipt_no.strip())
    with session.act("receipt.deducted", case=row.case) as act:
        book(
            session, act, row.case, bank_ref=receipt_no.strip(), amount=amount, received_on=on, medium="deduction", kind=pays.claimed_as, stop_on=deducted_on,
            payer_name=row.assisting_unit, by_debtor=row.party, measure=row.id,
        )
        answered(session, act, AssistReply(measure=row.id, received_on=on, result="transferred", controlled_fen=amount, receipt_no=receipt_no.strip()))
    return act.changes


def _require_ruled(session: Session, measure: Measure, on: date, word: str) -> None:
    """Money comes after the ruling that orders it to be sent; of a measure from a ledger the ruling stands on paper."""
    if on > session.day:
        raise Refusal(f"到账日期 {on} 在今天 {session.day} 之后，请核对。", code="transfer.day")
    if measure.origin == "ledger":
        return
    rulings = Document.select().where(
        Document.measure.in_([row.id for row in line_of(measure)]), Document.signed_on.is_null(False),
        Document.type_id.in_([doc.id for doc in session.catalogue.bearing("orders_transfer")]),
        Document.state != DocumentState.VOID, Document.struck.is_null(),
    ).order_by(Document.signed_on)
    ruling = next((row for row in rulings if (row.inputs or {}).get("action") == word), None)
    if ruling is None:
        raise Refusal(f"本措施还没有签发的{word}裁定，不能登记划款。请先提出{word}并签发。", code="transfer.order")
    if on < ruling.signed_on:
        raise Refusal(f"到账日期 {on} 早于{word}裁定的签发日 {ruling.signed_on}，请核对。", code="transfer.day")
