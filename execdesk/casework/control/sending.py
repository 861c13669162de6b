"""What rulings have ordered to be sent to the court (划拨, 提取) from a measure and those it renews, in fen."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.casefile.recovered import sent_fen
from execdesk.casework.control.facts import controlled_now, line_of
from execdesk.casework.control.views import measure_title
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_list
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, DocumentState


def sending_rulings(session: Session, measure: Measure, word: str) -> list[Document]:
    """The rulings on the sending of a measure's money, drafted or signed and not void, the first signed first."""
    rows = Document.select().where(
        Document.measure.in_([row.id for row in line_of(measure)]), Document.state != DocumentState.VOID, Document.struck.is_null(),
        Document.type_id.in_([doc.id for doc in session.catalogue.bearing("orders_transfer")]),
    )
    found = [row for row in rows if (row.inputs or {}).get("action") == word]
    return sorted(found, key=lambda row: (row.signed_on is None, row.signed_on or session.day, row.id))


def unsent_fen(measure: Measure, rulings: list[Document]) -> int:
    """What some rulings order to be sent and has not come in."""
    ordered = sum(int(row.inputs.get("amount_fen", 0)) for row in rulings)
    return max(ordered - sent_fen(row.id for row in line_of(measure)), 0)


def require_ruled_sum(measure: Measure, rulings: list[Document], amount: int, word: str) -> None:
    """Refusal ``transfer.ruled`` for more than issued rulings order and has not come in."""
    left = unsent_fen(measure, rulings)
    if amount > left:
        raise Refusal(
            f"到账 {amount_in_list(amount)} 元超过签发的{word}裁定尚未到账的 {amount_in_list(left)} 元。请核对金额；"
            f"确系多划的，请先就超出部分提出{word}并签发裁定，再登记。", code="transfer.ruled", ways=(WayOn(f"提出{word}", "measure.deduct"),),
        )


def require_unordered(session: Session, measure: Measure, amount: int, word: str) -> None:
    """Refusal ``measure.ordered`` for more than is under control and no ruling, drafted or issued, orders to be sent yet."""
    held, under_way = controlled_now(measure), unsent_fen(measure, sending_rulings(session, measure, word))
    if held is None or amount <= (left := max(held - under_way, 0)):
        return
    raise Refusal(
        f"{measure_title(measure)}已控制 {amount_in_list(held)} 元，其中 {amount_in_list(under_way)} 元已提出{word}、尚未到账，"
        f"至多再{word} {amount_in_list(left)} 元。要重新提出的，请先作废在办的{word}申请；已签发的，请等款项到账。", code="measure.ordered",
    )
