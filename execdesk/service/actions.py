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
from execdesk.records.papers import Document, Service
from execdesk.store.act import Changes

METHODS = {
    "direct": "直接送达", "lien": "留置送达", "post": "邮寄送达", "electronic": "电子送达", "entrusted": "委托送达",
    "forwarded": "转交送达", "public": "公告送达",
}


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

    Raises Refusal ``service.recipient`` for somebody unknown to case and paper without a note that says how he stands to whom it is for,
    ``service.repeat`` for what is recorded already. What an effect has to say (a renewal that came too late renewed nothing) stands in the record beside the person's own note.
    """
    row = document_of(document)
    require_may(session, "register_service", "登记送达")
    require_possible(row, "service.record", f"《{row.title}》", "service.state", "未盖章的请先盖章")
    if served_on < row.signed_on:
        raise Refusal(f"送达日期 {served_on} 早于签发日 {row.signed_on}，请核对。", code="service.day")
    if method == "lien" and not (note or "").strip():
        raise Refusal("留置送达须写明拒收事由和见证人或拍照情况。", code="service.witness")
    whom = recipient.strip()
    if not whom:
        raise Refusal("请填写受送达人。", code="service.recipient")
    if whom not in _known_to(row) and not (note or "").strip():
        raise Refusal(
            f"{whom}不是本件的受文者，也不是本案当事人或其代表人、代理人；请在说明中写明签收人与受送达人的关系（如同住成年家属、单位收发人员）。",
            code="service.recipient",
        )
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
    agents = [name for party in parties for name in re.split("[、，,；;]", party.agent or "")]
    found = [document.addressee, *agents, *(name for party in parties for name in (party.name, party.representative))]
    return {name.strip() for name in found if name}


def _require_new(document: Document, whom: str, served_on: date) -> None:
    same = Service.select().where(
        Service.document == document.id, Service.recipient == whom, Service.served_on == served_on, Service.struck.is_null()
    )
    if same.exists():
        raise Refusal(f"{served_on} 向{whom}送达《{document.title}》已经登记过；确有另一次送达的，请核对受送达人和日期。", code="service.repeat")
