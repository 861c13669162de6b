"""What a bank, a registry or an employer answered: whether and how much it holds, to which day, in which rank."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.casefile.recovered import same_receipt
from execdesk.casework.control.effects import note
from execdesk.casework.control.facts import line_of
from execdesk.issue.effects import happened, variant_of
from execdesk.law.refusal import Refusal
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.money import BANK
from execdesk.records.papers import Document, DocumentState
from execdesk.store.act import Act

OUTCOMES = {"held": "已办理控制", "waiting": "轮候", "no_object": "查无此户（此物、此人）", "refused": "拒绝协助"}  # what a person chooses
RESULT_WORDS = {
    "full": "足额", "partial": "不足额", "zero_registered": "零余额登记", "no_object": "查无", "waiting": "轮候", "transferred": "划款到账", "refused": "拒绝协助",
}


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
    """Refusal ``reply.known`` for a number told before of the measure; money that was wholly reversed counts no more."""
    same = AssistReply.select().where(AssistReply.measure == measure.id, AssistReply.receipt_no == receipt_no, AssistReply.struck.is_null())
    if receipt_no and any(row.result != "transferred" or same_receipt(BANK, receipt_no) for row in same):
        raise Refusal(f"回执 {receipt_no} 在本措施上已经登记过，请核对。确系另一份同号回执的，请在号码前加写单位简称。", code="reply.known", field="receipt_no")
