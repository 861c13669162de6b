"""Whether a document may go forward at all: with a matter it serves, and of a type the court has adopted."""

from __future__ import annotations

from datetime import date

from execdesk.access.session import Session
from execdesk.court.adopting import adoption_of, unconfirmed_of
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.papers import Document


def require_fitting(session: Session, document: Document, matters: set[str]) -> None:
    """A document goes only with a matter it serves, so that nobody has a decision of 院长 approved as a freeze of his own."""
    kind = session.catalogue.type(document.type_id)
    if not matters & set(kind.matters):
        raise Refusal(
            f"《{document.title}》不是本报批事项的文书，不能随它报批和签发。请按其自身的事项提出报批。", code="document.matter"
        )


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
