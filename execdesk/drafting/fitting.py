"""Whether a document may go forward at all: with a matter it serves, and of a type the court has adopted."""

from __future__ import annotations

from datetime import date

from execdesk.access.session import Session
from execdesk.court.adopting import adoption_of, unconfirmed_of
from execdesk.documents.events import TRAITS
from execdesk.documents.texts import DocType
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Case
from execdesk.records.papers import SIGNED, Document


def require_fitting(session: Session, document: Document, matters: set[str]) -> None:
    """A document goes only with a matter it serves, and once what it rests on is signed, so that nobody has a decision of 院长 approved as a freeze of his own."""
    kind = session.catalogue.type(document.type_id)
    _require_premises(session, document, kind)
    if not matters & set(kind.matters):
        raise Refusal(
            f"《{document.title}》不是本报批事项的文书，不能随它报批和签发。请按其自身的事项提出报批。", code="document.matter"
        )


def _require_premises(session: Session, document: Document, kind: DocType) -> None:
    """What rests on another paper waits for it, whatever the paper: a case from a ledger may have it on paper."""
    if not kind.needs or Case.get_by_id(document.case).origin != "registered":
        return
    for trait in kind.needs:
        types = {one.id for one in session.catalogue.bearing(trait)}
        papers = Document.select().where(Document.case == document.case, Document.type_id.in_(types), Document.state.in_(SIGNED), Document.struck.is_null())
        if not any(document.addressee in (None, "", one.addressee) or one.addressee is None for one in papers):
            whom = f"向{document.addressee}" if document.addressee else ""
            raise Refusal(f"《{document.title}》以{TRAITS[trait]}为前提，本案还没有{whom}签发《{TRAITS[trait]}》。请先签发，再提交本件。", code="document.premise")


def require_adopted(session: Session, type_id: str, on: date) -> None:
    """In a real store a type whose text or figures are unconfirmed must have been adopted by the court."""
    if session.demo or adoption_of(session, type_id, on) is not None or not unconfirmed_of(session, type_id, on):
        return
    raise Refusal(
        f"《{session.catalogue.type(type_id).title}》的文本和所用数据中有未经核实之处，本院尚未采用，只能拟稿和打印样稿。"
        "请系统管理员准备、局长批准采用后再提交。",
        code="document.not_adopted",
        ways=(WayOn("准备采用", f"adoption.prepare:{type_id}"),),
    )
