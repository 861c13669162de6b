"""When a paper reached somebody: by its service, or as the file on paper shows; and when the term it set had run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from execdesk.access.session import Session
from execdesk.casefile.lookup import parties_of, rows_of
from execdesk.casefile.persons import speakers_of
from execdesk.casefile.premises import Lack, PremiseAsked, premise
from execdesk.law.periods import period_end
from execdesk.law.refusal import WayOn
from execdesk.records.cases import Case, Party
from execdesk.records.fileentries import FileEntry
from execdesk.records.papers import SIGNED, Document, Service
from execdesk.store.look import seen

NOTICE, REPORT_ORDER = "execution_notice", "property_report"  # traits of papers
NOTICE_SERVED, ORDER_SERVED = "notice_served", "report_order_served"  # what the file shows of them


@dataclass(frozen=True)
class Reached:
    """A paper that reached a party on a day; ``over`` is the last day of the term it sets, the day itself where it sets none."""

    on: date
    over: date


def signed_papers(session: Session, case: str, trait: str, party: Party) -> list[Document]:
    """The signed papers of a trait that are addressed to a party, or aim at him."""
    types = {kind.id for kind in session.catalogue.bearing(trait)}
    papers = (row for row in rows_of(Document, case) if row.type_id in types and row.state in SIGNED)
    return [row for row in papers if row.addressee == party.name or (row.inputs or {}).get("target") == party.id]


def entries_of(case: str, item: str, party: str | None = None) -> list[FileEntry]:
    """What the file on paper shows of an item, of a party where one is named, the earliest first."""
    return sorted((row for row in rows_of(FileEntry, case) if row.item == item and row.party == party), key=lambda row: (row.on, row.id))


def reached(session: Session, case: Case, party: Party, trait: str, item: str) -> Reached | None:
    """When a paper of a trait first reached a party, by service on him or who speaks for him, or as the file shows."""
    found = [*_by_service(session, case, party, trait), *(Reached(row.on, row.ended_on or row.on) for row in entries_of(case.id, item, party.id))]
    return min(found, key=lambda one: (one.over, one.on), default=None)


def _by_service(session: Session, case: Case, party: Party, trait: str) -> Iterator[Reached]:
    papers = {row.id: row for row in signed_papers(session, case.id, trait, party)}
    if not papers:
        return
    whom = {party.name, *speakers_of(party)}
    ids = sorted(papers)
    for row in seen(("services", *ids), lambda: list(Service.select().where(Service.document.in_(ids), Service.struck.is_null()))):
        if row.recipient in whom:
            yield Reached(row.served_on, _over(session, papers[row.document], row.served_on))


def _over(session: Session, paper: Document, served_on: date) -> date:
    """The last day of the term that a paper sets from its service; that day itself where he is to perform at once."""
    inputs = paper.inputs or {}
    days = inputs.get("n") if "{n}" in str(inputs.get("deadline", "")) else None
    return period_end(served_on, int(days), "day", session.calendar).due if days else served_on


@premise("notice_over")
def notice_over(asked: PremiseAsked) -> Iterator[Lack]:
    """A notice of execution has reached the debtor, and the term it set has run out."""
    for party in whom(asked):
        found = reached(asked.session, asked.case, party, NOTICE, NOTICE_SERVED)
        if found is None or found.on > asked.on:
            yield _not_reached(asked, party)
        elif found.over > found.on and asked.on <= found.over:
            yield Lack(f"{party.name}的执行通知书 {found.on} 送达，所定履行期间 {found.over} 届满，次日起才能提出")


def _not_reached(asked: PremiseAsked, party: Party) -> Lack:
    papers = signed_papers(asked.session, asked.case.id, NOTICE, party)
    paper_on_file = WayOn("登记卷内材料", f"file.enter:{asked.case.id}")
    if papers:
        serving = WayOn("登记送达", f"service.record:{party.case},{papers[-1].id}")
        return Lack(f"{party.name}的执行通知书（{papers[-1].number or '未编号'}）还没有登记送达", (serving, paper_on_file))
    text = f"还没有向{party.name}发出并送达执行通知书；以前在纸上办过的，登记卷内材料"
    return Lack(text, (WayOn("发出执行通知书", f"notice.execution:{party.case},{party.id}"), paper_on_file))


def whom(asked: PremiseAsked) -> list[Party]:
    """Of whom a fact must hold: the party aimed at, else every debtor."""
    return [asked.party] if asked.party is not None else parties_of(asked.case.id, "debtor")
