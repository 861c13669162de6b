"""What a bank, a registry or an employer answered: whether and how much it holds, to which day, in which rank."""

from __future__ import annotations

from datetime import date

from execdesk.access.actions import Fen, action
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.casework.control.actions import kind_of
from execdesk.casework.control.effects import note
from execdesk.casework.control.facts import line_of, remaining_fen
from execdesk.casework.control.views import measure_of
from execdesk.issue.effects import happened, variant_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document, DocumentState
from execdesk.store.act import Act, Changes

OUTCOMES = {"held": "已办理控制", "waiting": "轮候", "no_object": "查无此户（此物、此人）", "refused": "拒绝协助"}  # what a person chooses
RESULT_WORDS = {
    "full": "足额", "partial": "不足额", "zero_registered": "零余额登记", "no_object": "查无", "waiting": "轮候", "transferred": "划款到账", "refused": "拒绝协助",
}


@action(
    "measure.reply", "登记协助回执",
    Field("measure", "措施", "choice", options="measures", start="measure"), Field("received_on", "收到日期", "day", start="today"),
    Field("outcome", "办理结果", "choice", default="held", required=False, options="outcomes", beside=True),
    Field("controlled", "实际控制金额", "amount", required=False, hint="按金额控制的填写；未控制到的填 0 并写明原因"),
    Field("rank", "轮候序位", "count", required=False, least=2, most=99, hint="回执载明轮候的填写", beside=True),
    Field("ends_on", "回执载明的到期日", "day", required=False, most="+10y"), Field("receipt_no", "回执号", required=False, most=64, beside=True),
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
    ``reply.known``.
    """
    row = measure_of(measure)
    require_may(session, "record_receipt", "登记协助回执")
    if row.served_on is None:
        raise Refusal(f"协助执行通知书尚未登记送达{row.assisting_unit or '协助单位'}，请先登记送达。", code="reply.order")
    if received_on < row.served_on or received_on > session.day:
        raise Refusal(f"收到日期应在送达日 {row.served_on} 与今天 {session.day} 之间。", code="reply.day")
    if ends_on is not None and ends_on < row.served_on:
        raise Refusal(f"回执的到期日 {ends_on} 早于送达日 {row.served_on}，请核对回执。", code="reply.end")
    require_new_answer(row, receipt_no)
    result, held = _result(session, row, outcome, controlled, rank)
    if result != "full" and not (reason or "").strip():
        raise Refusal("未足额控制的，请写明协助单位所说的原因（如余额不足、查无此户、在先查封）。", code="reply.reason")
    with session.act("measure.reply", case=row.case) as act:
        answered(session, act, AssistReply(
            measure=row.id, received_on=received_on, result=result, controlled_fen=held, rank=rank, ends_on=ends_on, handler=handler,
            receipt_no=receipt_no, reason=reason,
        ))
    return act.changes


def _result(session: Session, measure: Measure, outcome: str, controlled: int | None, rank: int | None) -> tuple[str, int | None]:
    """The result that the record keeps, and what is held of money; ``None`` where no sum was ordered."""
    if outcome not in OUTCOMES:
        raise Refusal(f"办理结果可选：{'、'.join(OUTCOMES.values())}。", code="reply.outcome")
    if (outcome == "waiting") != (rank is not None) or (rank is not None and rank < 2):
        raise Refusal("轮候的请填写回执载明的序位（从 2 起）；其他结果不填序位。", code="reply.rank")
    if outcome == "waiting" and not kind_of(session, measure).waiting:
        raise Refusal("这种措施没有轮候，请核对回执。", code="reply.rank")
    if outcome != "held":
        return outcome, None if measure.amount_fen is None else 0
    ordered = remaining_fen(measure)
    if ordered is None:
        return "full", None
    if controlled is not None and controlled > ordered:
        raise Refusal(f"实控 {amount_in_list(controlled)} 元超过裁定的 {amount_in_list(ordered)} 元，请核对回执。", code="reply.amount")
    return "zero_registered" if not controlled else "full" if controlled == ordered else "partial", controlled or 0


def answered(session: Session, act: Act, answer: AssistReply) -> None:
    """Keep an answer and let it take effect: by what the type of the paper it answers says, as such answers do where that paper went out
    before there was this program."""
    measure = act.get(Measure, answer.measure)
    asked = _asked(session, measure, answer.result)
    answer.document = asked.id if asked else None
    act.add(answer)
    if asked is None:
        note(act, measure, answer)
    else:
        role = session.catalogue.type(asked.type_id).addressee
        happened(session, act, asked, "answered", answer.received_on, role=role, result=answer.result, answer=answer)


def _asked(session: Session, measure: Measure, result: str) -> Document | None:
    """The last paper sent out for a measure, or one it renews, whose addressee owes an answer with such a result."""
    catalogue = session.catalogue
    rows = Document.select().where(
        Document.measure.in_([row.id for row in line_of(measure)]), Document.type_id.in_([doc.id for doc in catalogue.types if doc.awaits_answer]),
        Document.signed_on.is_null(False), Document.state != DocumentState.VOID, Document.struck.is_null(),
    ).order_by(Document.signed_on.desc(), Document.id.desc())
    for row in rows:
        kind = catalogue.type(row.type_id)
        if kind.effects_of("answered", kind.addressee, result, variant_of(row)):
            found: Document = row
            return found
    return None


def require_new_answer(measure: Measure, receipt_no: str | None) -> None:
    same = receipt_no and AssistReply.get_or_none(
        AssistReply.measure == measure.id, AssistReply.receipt_no == receipt_no, AssistReply.struck.is_null()
    )
    if same:
        raise Refusal(f"回执 {receipt_no} 已经登记过。", code="reply.known")
