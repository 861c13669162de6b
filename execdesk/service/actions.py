"""Service: how, when and by whom a paper reached somebody, and what that brings about."""

from __future__ import annotations

from datetime import date

from execdesk.access.duty import require_may
from execdesk.access.lookup import person_of
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.casefile.lookup import parties_of
from execdesk.casefile.persons import speakers_of
from execdesk.drafting.drafts import document_of
from execdesk.issue.effects import happened, role_of
from execdesk.law.articles import cite
from execdesk.law.days import add_days
from execdesk.law.fields import Field
from execdesk.law.refusal import Clause, Refusal
from execdesk.records.papers import Document, Service
from execdesk.service.methods import Method, methods
from execdesk.store.act import Changes

_SIDES = {"applicant": "申请执行人", "debtor": "被执行人", "third": "第三人"}


@action(
    "service.record", "登记送达",
    Field("document", "文书", "choice", options="servable", start="document", leads=True),
    Field("recipient", "受送达人", "name", start="recipient"),
    Field("method", "送达方式", "choice", options="service_methods", default="direct"),
    Field("served_on", "送达日期", "day", start="today", most="today", beside=True),
    Field("announced_on", "公告日期", "day", required=False, most="today", rare=True, hint="公告送达的填写；送达日期填公告期满之日"),
    Field("served_by", "送达人", "choice", required=False, options="staff", start="me"),
    Field("note", "说明", "long", required=False, hint="留置的写拒收事由和见证人或拍照情况，公告的写在何处公告；不是本人签收的写签收人和关系"),
)
def record_service(
    session: Session, *, document: str, recipient: str, method: str, served_on: date, announced_on: date | None = None, served_by: str | None = None,
    note: str | None = None,
) -> Changes:
    """Record one service, and let the paper do what its type's data say it does to somebody served in that role.

    Raises Refusal ``service.recipient`` for somebody unknown to case and paper, or whom the paper does not concern, without a note that says
    how he stands to whom it is for, ``service.method`` for a way that does not reach him, ``service.witness`` where the law asks for more to be said of the way, ``service.day`` for a
    day before the signature or within the term of an announcement. That the same is not recorded twice, :mod:`execdesk.service.same` sees to. What an effect has to say (a renewal that came too late renewed nothing) stands in the record beside the person's own note.
    """
    row = document_of(document)
    require_may(session, "register_service", "登记送达")
    require_possible(row, "service.record", f"《{row.title}》", "service.state", "未盖章的请先盖章")
    if served_on < row.signed_on:
        raise Refusal(f"送达日期 {served_on} 早于签发日 {row.signed_on}，请核对。", code="service.day", field="served_on")
    way, said = methods(session.resources)[method], (note or "").strip()
    whom = recipient.strip()
    if not whom:
        raise Refusal("请填写受送达人。", code="service.recipient", field="recipient")
    if whom not in _known_to(row) and not said:
        raise Refusal(
            f"{whom}不是本件的受文者，也不是本案当事人或其代表人、代理人。代为签收的（如同住成年家属、单位收发人员），受送达人仍填受文者，在说明中写明签收人与受送达人的关系；另行交给他一份的，在说明中写明原因，不发生向受文者送达的效果。",
            code="service.recipient", field="recipient",
        )
    if not said:
        _require_concerned(session, row, whom)
    _require_reaching(session, row, whom, way, served_on)
    _require_told(session, row, whom, way, said)
    _require_waited(session, way, announced_on, served_on)
    person = person_of(served_by) if served_by else session.me
    with session.act("service.record", case=row.case) as act:
        effects = happened(session, act, row, "served", served_on, role=role_of(session, row, whom))
        told = "；".join(part for part in (f"公告于 {announced_on}" if announced_on and way.waits else "", said, *effects) if part) or None
        act.add(Service(document=row.id, recipient=whom, method=method, served_on=served_on, served_by=person.id, note=told))
    return act.changes


def _known_to(document: Document) -> set[str]:
    """Who may be served without a word: the addressee, the parties, those who speak for them."""
    parties = parties_of(document.case)
    return {name.strip() for name in (document.addressee, *(party.name for party in parties)) if name}.union(*map(speakers_of, parties))


def _require_concerned(session: Session, document: Document, whom: str) -> None:
    """Refusal ``service.recipient`` where a paper that is addressed to one is handed to another, who is no recipient of such papers either."""
    if not document.addressee or whom == document.addressee:
        return
    parties = parties_of(document.case)
    of = next((party for party in parties if whom == party.name or whom in speakers_of(party)), None)
    told = session.catalogue.type(document.type_id).served_on
    if of is None or of.name == document.addressee or any(_SIDES[of.side] in words or "当事人" in words for words in told):
        return
    raise Refusal(
        f"《{document.title}》的受文者是{document.addressee}，不是{whom}；登记给{whom}，不发生向{document.addressee}送达的效果（期限、控制都不由此起算）。"
        "写错的请改受送达人；确实交给了他的，请在说明中写明原因。", code="service.recipient", field="recipient",
    )


def _require_reaching(session: Session, document: Document, whom: str, method: Method, served_on: date) -> None:
    """Refusal ``service.method`` for a way that does not reach somebody by law: a unit that is no party, a kind of party, a kind of paper of the day."""
    parties = parties_of(document.case)
    party = next((one for one in parties if whom == one.name or whom in speakers_of(one)), None)
    unit = party is None and whom == document.addressee
    able = [one for one in methods(session.resources).values() if ("unit" if unit else "party") in one.to and (party is None or not one.only or party.kind in one.only)]
    if method not in able:
        who = f"{whom}是协助单位，不是当事人" if unit else f"{whom}不是自然人"
        raise Refusal(f"{who}，不能以{method.name}送达。可以{'、'.join(one.name for one in able)}。", code="service.method", field="method")
    if session.catalogue.type(document.type_id).kind in method.not_for and served_on <= method.until:
        raise Refusal(
            f"{method.until}以前{method.name}不适用于裁定书。请直接、邮寄或者以其他方式送达《{document.title}》。", code="service.method", field="method",
            clauses=(Clause(method.name, cite(session.law, [method.article], served_on)),),
        )


def _require_told(session: Session, document: Document, whom: str, method: Method, note: str) -> None:
    """Refusal ``service.witness`` where the law asks more of a way than its day, and nobody has said it."""
    parties = parties_of(document.case)
    of_party = any(whom == one.name or whom in speakers_of(one) for one in parties)
    wanted = method.says or (method.party_says if of_party else "")
    if wanted and not note:
        raise Refusal(
            f"{method.name}须在说明中写明{wanted}。", code="service.witness", field="note",
            clauses=(Clause(method.name, cite(session.law, [method.article], session.day)),),
        )


def _require_waited(session: Session, method: Method, announced_on: date | None, served_on: date) -> None:
    """Refusal ``service.day`` for what was announced and has not been for as long as the law asks; the day counted is the last of the term."""
    if not method.waits:
        return
    if announced_on is None:
        raise Refusal(f"{method.name}请填写公告日期：自公告之日起满法定期间，才视为送达。", code="service.day", field="announced_on")
    term = session.law.value(method.waits, announced_on)
    due = add_days(announced_on, int(term.value))
    if served_on < due:
        raise Refusal(
            f"公告 {announced_on} 刊登（张贴），满 {term.value} 日视为送达，最早为 {due}；送达日期请填 {due}，到那一日再登记。", code="service.day", field="served_on",
            clauses=(Clause(f"{term.name} {term.value} 日", term.source),),
        )
