"""The execution notices of a case: to whom each went out, on which day, and what texts say and claim of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from execdesk.access.session import Session
from execdesk.casefile.lookup import parties_of
from execdesk.casefile.premises import PREMISES, PremiseAsked
from execdesk.casework.course.served import NOTICE, NOTICE_SERVED, REPORT_ORDER, entries_of, reached
from execdesk.documents.slots import body_date
from execdesk.drafting.around import CaseDocument, papers_of_case
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted, RecordedBy, fact
from execdesk.law.refusal import WayOn
from execdesk.records.cases import Party
from execdesk.records.papers import DocumentState

WAY = RecordedBy("notice.execution", "发出执行通知书")


@dataclass(frozen=True)
class Sent:
    """A notice that went out to a debtor: signed and sealed on ``on``; one on paper, before the program, is known by its service."""

    to: str
    on: date
    verb: str = "发出"


def _papers(session: Session, case: str, trait: str) -> Iterator[CaseDocument]:
    types = {kind.id for kind in session.catalogue.bearing(trait)}
    yield from (paper for paper in papers_of_case(case) if paper.type_id in types and paper.state != DocumentState.VOID)


def sent_to(session: Session, case: str, name: str, by: date) -> Sent | None:
    """The first notice that went out to somebody until a day; ``None`` while none did, though one be drafted or signed. Whose name was put
    right since is still the same."""
    of_name = [party.id for party in parties_of(case, "debtor") if party.name == name]
    found = [
        Sent(name, paper.signed_on) for paper in _papers(session, case, NOTICE)
        if _is_to(paper, name, of_name) and paper.state == DocumentState.ISSUED and paper.signed_on is not None and paper.signed_on <= by
    ]
    found += [Sent(name, row.on, "送达") for party in of_name for row in entries_of(case, NOTICE_SERVED, party) if row.on <= by]
    return min(found, key=lambda one: one.on, default=None)


def _is_to(paper: CaseDocument, name: str, parties: list[str]) -> bool:
    return paper.addressee == name or (paper.inputs or {}).get("target") in parties


def _sent(wanted: FactsWanted) -> tuple[list[Sent], list[Party]]:
    """The notices to the debtors of the case, and the debtors to whom none went out."""
    found, lacking = [], []
    for party in parties_of(wanted.case.id, "debtor"):
        one = sent_to(wanted.session, wanted.case.id, party.name, wanted.on)
        if one is None:
            lacking.append(party)
        else:
            found.append(one)
    return found, lacking


@fact("notices_sent", "执行通知书", WAY)
def notices_sent(wanted: FactsWanted) -> str:
    """When a notice went out to whom, as the opening of a ruling says it: 于2018年1月2日向被执行人某甲、某乙发出; one on paper 送达; nothing while none did."""
    by_day: dict[tuple[date, str], list[str]] = {}
    for one in sorted(_sent(wanted)[0], key=lambda one: one.on):
        by_day.setdefault((one.on, one.verb), []).append(one.to)
    told = [f"于{body_date(on)}向被执行人{'、'.join(names)}{verb}" for (on, verb), names in by_day.items()]
    return "，".join(told)


@fact("notice_days", "执行通知书", WAY)
def notice_days(wanted: FactsWanted) -> str:
    """The days on which notices went out, and how many debtors had none; nothing while none did."""
    found, lacking = _sent(wanted)
    days = "、".join(body_date(on) for on in sorted({one.on for one in found}))
    return f"{days}（另有{len(lacking)}名被执行人未发）" if days and lacking else days


@fact("notice_sent_to_on", "执行通知书", WAY)
def notice_sent_to_on(wanted: FactsWanted) -> date | None:
    """The day on which a notice went out to the addressee of the paper."""
    found = sent_to(wanted.session, wanted.case.id, wanted.document.addressee or "", wanted.on)
    return found.on if found else None


@claim("notice_sent", lasting=True)
def to_every_debtor(wanted: FactsWanted) -> Proof | Lacking:
    """That a notice went out to every debtor whom the opening names."""
    found, lacking = _sent(wanted)
    if not lacking:
        return Proof(_words(found))
    return _none(wanted, lacking, "紧急须先行控制的，改选「未发执行通知即采取措施」")


@claim("notice_sent_to", lasting=True)
def to_addressee(wanted: FactsWanted) -> Proof | Lacking:
    """That a notice went out to the addressee."""
    name = wanted.document.addressee or ""
    found = sent_to(wanted.session, wanted.case.id, name, wanted.on)
    if found is not None:
        return Proof(_words([found]))
    return _none(wanted, [party for party in parties_of(wanted.case.id, "debtor") if party.name == name], "")


def _words(found: list[Sent]) -> str:
    return "、".join(f"{one.on}向{one.to}{one.verb}执行通知书" for one in found)


def _none(wanted: FactsWanted, parties: list[Party], otherwise: str) -> Lacking:
    """What to say where no notice went out to these: of one drafted that it is not out yet, with the way to it."""
    words, ways = [f"截至签署日尚未向{'、'.join(party.name for party in parties) or '受文者'}发出执行通知书"], []
    for party in parties:
        drafted = next((p for p in _papers(wanted.session, wanted.case.id, NOTICE) if _is_to(p, party.name, [party.id])), None)
        if drafted is None:
            ways += [WayOn(WAY.words, f"{WAY.action}:{wanted.case.id},{party.id}"), WayOn("登记卷内材料", f"file.enter:{wanted.case.id}")]
        elif drafted.state != DocumentState.ISSUED:
            ways.append(WayOn("打开执行通知书", f"document.draft:{drafted.id}"))
            words.append(f"向{party.name}的一份还没有签发、盖章")
    return Lacking("；".join([*words, *([otherwise] if otherwise else [])]), tuple(ways[:3]))


@claim("notice_run", lasting=True)
def notice_run(wanted: FactsWanted) -> Proof | Lacking:
    """That the notice reached the addressee and the term it set has run out, as the matter asks for it."""
    party = next((one for one in parties_of(wanted.case.id, "debtor") if one.name == wanted.document.addressee), None)
    found = reached(wanted.session, wanted.case, party, NOTICE, NOTICE_SERVED) if party is not None else None
    lacks = list(PREMISES["notice_over"](PremiseAsked(wanted.session, wanted.case, party, wanted.on))) if party is not None else []
    if party is None or found is None or lacks:
        words = "；".join(one.text for one in lacks) or f"还没有向{wanted.document.addressee or '受文者'}送达执行通知书"
        return Lacking(words, tuple(dict.fromkeys(way for one in lacks for way in one.ways)))
    return Proof(f"执行通知书 {found.on} 送达{party.name}，所定期间 {found.over} 届满")


@claim("listed")
def listed(wanted: FactsWanted) -> Proof | Lacking:
    """That the addressee is on the list of dishonest debtors."""
    party = next((one for one in parties_of(wanted.case.id, "debtor") if one.name == wanted.document.addressee), None)
    if party is not None and not list(PREMISES["listed"](PremiseAsked(wanted.session, wanted.case, party, wanted.on))):
        return Proof(f"{party.name}已纳入失信被执行人名单")
    name = party.name if party else wanted.document.addressee or "受文者"
    return Lacking(f"没有{name}纳入失信被执行人名单的记录", (WayOn("登记卷内材料", f"file.enter:{wanted.case.id}"),))


@claim("report_order_along")
def report_order_along(wanted: FactsWanted) -> Proof | Lacking:
    """That an order to report property to the same addressee is on its way or out, so that it can lie with the notice."""
    name = wanted.document.addressee
    found = next((p for p in _papers(wanted.session, wanted.case.id, REPORT_ORDER) if p.addressee == name and p.state != DocumentState.DRAFT), None)
    if found is not None:
        return Proof(f"向{name}的报告财产令{found.number or '已提交'}")
    return Lacking(f"没有同时向{name}发出报告财产令", (WayOn("发出报告财产令", f"order.property_report:{wanted.case.id}"),))
