"""Service: how, when and by whom a paper reached somebody, and what that brings about."""

from __future__ import annotations

import re
from datetime import date

from execdesk.access.duty import require_may
from execdesk.access.lookup import person_of
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.casefile.lookup import parties_of
from execdesk.drafting.drafts import document_of
from execdesk.issue.effects import happened, role_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Party
from execdesk.records.papers import Document, Service
from execdesk.store.act import Changes

METHODS = {
    "direct": "直接送达", "lien": "留置送达", "post": "邮寄送达", "electronic": "电子送达", "entrusted": "委托送达",
    "forwarded": "转交送达", "public": "公告送达",
}
_FOR_PARTIES = frozenset({"lien", "forwarded", "public"})
_SIDES = {"applicant": "申请执行人", "debtor": "被执行人", "third": "第三人"}


@action(
    "service.record", "登记送达",
    Field("document", "文书", "choice", options="issued", start="document"),
    Field("recipient", "受送达人", "name", start="recipient"),
    Field("method", "送达方式", "choice", options=tuple(METHODS.items()), default="direct"),
    Field("served_on", "送达日期", "day", start="today", most="today", beside=True),
    Field("served_by", "送达人", "choice", required=False, options="staff", start="me"),
    Field("note", "说明", "long", required=False, hint="留置送达须写明拒收事由和见证人或拍照情况"),
)
def record_service(
    session: Session, *, document: str, recipient: str, method: str, served_on: date, served_by: str | None = None, note: str | None = None
) -> Changes:
    """Record one service, and let the paper do what its type's data say it does to somebody served in that role.

    Raises Refusal ``service.recipient`` for somebody unknown to case and paper, or whom the paper does not concern, without a note that says
    how he stands to whom it is for, ``service.method`` for a way that does not reach him, ``service.repeat`` for what is recorded already. What an effect has to say (a renewal that came too late renewed nothing) stands in the record beside the person's own note.
    """
    row = document_of(document)
    require_may(session, "register_service", "登记送达")
    require_possible(row, "service.record", f"《{row.title}》", "service.state", "未盖章的请先盖章")
    if served_on < row.signed_on:
        raise Refusal(f"送达日期 {served_on} 早于签发日 {row.signed_on}，请核对。", code="service.day", field="served_on")
    if method == "lien" and not (note or "").strip():
        raise Refusal("留置送达须写明拒收事由和见证人或拍照情况。", code="service.witness", field="note")
    whom = recipient.strip()
    if not whom:
        raise Refusal("请填写受送达人。", code="service.recipient", field="recipient")
    if whom not in _known_to(row) and not (note or "").strip():
        raise Refusal(
            f"{whom}不是本件的受文者，也不是本案当事人或其代表人、代理人；请在说明中写明签收人与受送达人的关系（如同住成年家属、单位收发人员）。",
            code="service.recipient", field="recipient",
        )
    if not (note or "").strip():
        _require_concerned(session, row, whom)
    _require_reaching(row, whom, method)
    _require_new(row, whom, served_on)
    person = person_of(served_by) if served_by else session.me
    with session.act("service.record", case=row.case) as act:
        effects = happened(session, act, row, "served", served_on, role=role_of(session, row, whom))
        told = "；".join(part for part in ((note or "").strip(), *effects) if part) or None
        act.add(Service(document=row.id, recipient=whom, method=method, served_on=served_on, served_by=person.id, note=told))
    return act.changes


def _known_to(document: Document) -> set[str]:
    """Who may be served without a word: the addressee, the parties, those who speak for them."""
    parties = parties_of(document.case)
    return {name.strip() for name in (document.addressee, *(party.name for party in parties)) if name}.union(*map(_speakers, parties))


def _require_concerned(session: Session, document: Document, whom: str) -> None:
    """Refusal ``service.recipient`` where a paper that is addressed to one is handed to another, who is no recipient of such papers either."""
    if not document.addressee or whom == document.addressee:
        return
    parties = parties_of(document.case)
    of = next((party for party in parties if whom == party.name or whom in _speakers(party)), None)
    told = session.catalogue.type(document.type_id).served_on
    if of is None or of.name == document.addressee or any(_SIDES[of.side] in words or "当事人" in words for words in told):
        return
    raise Refusal(
        f"《{document.title}》的受文者是{document.addressee}，不是{whom}；登记给{whom}，不发生向{document.addressee}送达的效果（期限、控制都不由此起算）。"
        "写错的请改受送达人；确实交给了他的，请在说明中写明原因。", code="service.recipient", field="recipient",
    )


def _require_reaching(document: Document, whom: str, method: str) -> None:
    """Refusal ``service.method`` for 留置, 转交 and 公告 to a unit that is no party: they are for parties who refuse, are held or cannot be found."""
    if method in _FOR_PARTIES and whom == document.addressee and all(whom != party.name for party in parties_of(document.case)):
        raise Refusal(f"{whom}是协助单位，不是当事人，不能以{METHODS[method]}送达。请当面、邮寄、电子或者委托送达，并取回执。", code="service.method", field="method")


def _speakers(party: Party) -> set[str]:
    """Who speaks for a party."""
    return {name.strip() for name in (party.representative or "", *re.split("[、，,；;]", party.agent or "")) if name.strip()}


def _require_new(document: Document, whom: str, served_on: date) -> None:
    same = Service.select().where(
        Service.document == document.id, Service.recipient == whom, Service.served_on == served_on, Service.struck.is_null()
    )
    if same.exists():
        raise Refusal(f"{served_on} 向{whom}送达《{document.title}》已经登记过；确有另一次送达的，请核对受送达人和日期。", code="service.repeat", field="served_on")
