"""Recording what the unit that assists a measure answered."""

from __future__ import annotations

from datetime import date

from execdesk.access.register import Fen, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of
from execdesk.casework.control.answers import OUTCOMES, answered, require_new_answer
from execdesk.casework.control.facts import remaining_fen
from execdesk.casework.control.views import kind_of, measure_of, measure_title
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.charge import ANSWERING
from execdesk.records.measures import MEASURE_MOVES, AssistReply, Measure, MeasureState
from execdesk.store.act import Changes


@action(
    "measure.reply", "登记协助回执",
    Field("measure", "措施", "choice", options="measures", start="measure"), Field("received_on", "收到日期", "day", start="today", most="today"),
    Field("outcome", "办理结果", "choice", default="held", required=False, options="outcomes", beside=True),
    Field("controlled", "实际控制金额", "amount", required=False, hint="按金额控制的填写；未控制到的填 0 并写明原因"),
    Field("rank", "轮候序位", "count", required=False, least=2, most=99, hint="回执载明轮候的填写", beside=True),
    Field("ends_on", "回执载明的到期日", "day", required=False, most="+10y"), Field("receipt_no", "回执号", "reference", required=False, most=64, beside=True),
    Field("handler", "经办人", required=False, most=64), Field("reason", "未足额控制的原因", required=False, hint="如余额不足、查无此户、在先查封"),
    button="登记回执",
)
def record_reply(
    session: Session, *, measure: str, received_on: date, outcome: str = "held", controlled: Fen | None = None, rank: int | None = None,
    ends_on: date | None = None, handler: str | None = None, receipt_no: str | None = None, reason: str | None = None,
) -> Changes:
    """Record what the assisting unit answered: what it holds and its own end date, which rules if it is the earlier; or that it waits
    behind another's measure, found nothing, or refused.

    Raises Refusal ``reply.order`` before service, ``reply.day``, ``reply.end``, ``reply.amount``, ``reply.rank``, ``reply.reason``,
    ``reply.known``, ``reply.ended`` where the measure is over and the outcome would change what became of it.
    """
    row = measure_of(measure)
    require_in_charge(session, case_of(row.case), ANSWERING, "登记协助回执")
    if row.served_on is None:
        raise Refusal(f"协助执行通知书尚未登记送达{row.assisting_unit or '协助单位'}，请先登记送达。", code="reply.order")
    if received_on < row.served_on:
        raise Refusal(f"收到日期 {received_on} 早于送达日 {row.served_on}，请核对。", code="reply.day", field="received_on")
    if ends_on is not None and ends_on < row.served_on:
        raise Refusal(f"回执的到期日 {ends_on} 早于送达日 {row.served_on}，请核对回执。", code="reply.end", field="ends_on")
    require_new_answer(row, receipt_no)
    result, held = _result(session, row, outcome, controlled, rank)
    _require_telling(row, outcome)
    if result != "full" and not (reason or "").strip():
        raise Refusal("未足额控制的，请写明协助单位所说的原因（如余额不足、查无此户、在先查封）。", code="reply.reason", field="reason")
    with session.act("measure.reply", case=row.case) as act:
        answered(session, act, AssistReply(
            measure=row.id, received_on=received_on, result=result, controlled_fen=held, rank=rank, ends_on=ends_on, handler=handler,
            receipt_no=receipt_no, reason=reason,
        ))
    return act.changes


def _require_telling(measure: Measure, outcome: str) -> None:
    """What became of a measure that is over is not changed by an answer that it waits, caught nothing or was refused."""
    to = {"waiting": MeasureState.ORDERED, "no_object": MeasureState.VOID, "refused": MeasureState.VOID}.get(outcome, measure.state)
    if not MEASURE_MOVES.allows(measure.state, to, "measure.reply"):
        raise Refusal(
            f"{measure_title(measure)}现为「{measure.state_words}」，不能再登记为「{OUTCOMES[outcome]}」。已续行的请在续行后的措施上登记；"
            f"其他的，办理结果请选「{OUTCOMES['held']}」，实控金额填 0，在原因中写明回执所载。", code="reply.ended",
        )


def _result(session: Session, measure: Measure, outcome: str, controlled: int | None, rank: int | None) -> tuple[str, int | None]:
    """The result that the record keeps, and what is held of money; ``None`` where no sum was ordered."""
    if (outcome == "waiting") != (rank is not None) or (rank is not None and rank < 2):
        raise Refusal("轮候的请填写回执载明的序位（从 2 起）；其他结果不填序位。", code="reply.rank", field="rank")
    if outcome == "waiting" and not kind_of(session, measure).waiting:
        raise Refusal("这种措施没有轮候，请核对回执。", code="reply.rank", field="rank")
    if outcome != "held":
        return outcome, None if measure.amount_fen is None else 0
    ordered = remaining_fen(measure)
    if ordered is None:
        return "full", None
    if controlled is not None and controlled > ordered:
        raise Refusal(f"实控 {amount_in_list(controlled)} 元超过裁定的 {amount_in_list(ordered)} 元，请核对回执。", code="reply.amount", field="controlled")
    return "zero_registered" if not controlled else "full" if controlled == ordered else "partial", controlled or 0
