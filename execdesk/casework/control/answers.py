"""What the bank or registry answered: how much it holds and to which day, what it sent to the court."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from execdesk.access.actions import Fen, action
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.casework.control.effects import note_held
from execdesk.casework.control.facts import line_of, remaining_fen
from execdesk.casework.control.measures import measure_of
from execdesk.issue.effects import happened, variant_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.measures import BankReceipt, Measure
from execdesk.records.papers import Document
from execdesk.store.act import Act, Changes


@action(
    "bank.receipt", "登记银行回执",
    Field("measure", "措施", "choice", options="measures", start="measure"),
    Field("received_on", "收到日期", "day", start="today"),
    Field("controlled", "实际控制金额", "amount", required=False, hint="未控制到的填 0 并写明原因", beside=True),
    Field("ends_on", "回执载明的到期日", "day", required=False, most="+10y"),
    Field("handler", "银行经办人", required=False, most=64),
    Field("receipt_no", "回执号", required=False, most=64, beside=True),
    Field("reason", "未足额控制的原因", required=False, hint="如余额不足、查无此户"), button="登记回执",
)
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
    require_new_answer(row, receipt_no)
    result = "none" if not controlled else "full" if controlled == ordered else "partial"
    if result != "full" and not (reason or "").strip():
        raise Refusal("未足额控制的，请写明银行所说的原因（如余额不足、查无此户）。", code="receipt.reason")
    with session.act("bank.receipt", case=row.case) as act:
        answered(session, act, BankReceipt(
            measure=row.id, received_on=received_on, result=result, controlled_fen=controlled or 0, ends_on=ends_on, handler=handler,
            receipt_no=receipt_no, reason=reason,
        ), note_held)
    return _done(act)


def answered(session: Session, act: Act, answer: BankReceipt, by_paper: Callable[[Act, Measure, BankReceipt], None]) -> None:
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


def require_new_answer(measure: Measure, receipt_no: str | None) -> None:
    same = receipt_no and BankReceipt.get_or_none(
        BankReceipt.measure == measure.id, BankReceipt.receipt_no == receipt_no, BankReceipt.struck.is_null()
    )
    if same:
        raise Refusal(f"回执 {receipt_no} 已经登记过。", code="receipt.known")


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
