"""终结本次执行程序: what the rows of a case and its file tell of the six conditions, judged by :mod:`execdesk.law.tnr`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.fileitems import file_items
from execdesk.casefile.lookup import parties_of, rows_of
from execdesk.casefile.premises import Lack, PremiseAsked, premise
from execdesk.casefile.same import rows_of_things, things_among
from execdesk.casework.course.inquiries import QUERIED, inquiries
from execdesk.casework.course.served import NOTICE, NOTICE_SERVED, ORDER_SERVED, REPORT_ORDER, reached
from execdesk.law.refusal import Clause, Refusal, WayOn
from execdesk.law.tnr import TOLD, tnr_readiness
from execdesk.law.tnrfacts import Clue, Debtor, Heard, Obstruction, Punishment, Query, Report, TnrFacts, TnrProperty
from execdesk.law.tnrrules import MET
from execdesk.records.cases import Case, Party
from execdesk.records.fileentries import FileEntry
from execdesk.records.measures import Measure, MeasureState
from execdesk.records.papers import SIGNED, Document
from execdesk.records.sanctions import ObstructionAct
from execdesk.records.search import ClueCheck, ClueState, PropertyClue, PropertyDeclaration
from execdesk.store.look import seen

RESTRICTING, LISTING, DETAINING = ("issue_consumption_order",), ("list_dishonest", "list_dishonest_special"), ("detention", "urgent_detention_ratify")
_REPORTS = {"report_true": "true", "report_incomplete": "incomplete", "report_false": "false", "report_late": "late", "report_refused": "refused"}
_OPINIONS = {"opinion_record": "record", "opinion_paper": "paper", "opinion_note": "note"}
_DONE_WITH = (MeasureState.RELEASED, MeasureState.TRANSFERRED, MeasureState.VOID)


def recorded(case: str) -> list[FileEntry]:
    """What has been entered of the file of a case."""
    return rows_of(FileEntry, case)


class _File:
    """The entries of one case, by item and party."""

    def __init__(self, case: str) -> None:
        self.rows = sorted(recorded(case), key=lambda row: (row.on, row.id))

    def of(self, item: str, party: str | None = None) -> list[FileEntry]:
        return [row for row in self.rows if row.item == item and row.party == party]

    def day(self, item: str, party: str | None = None) -> date | None:
        """The first day of an item."""
        return next((row.on for row in self.of(item, party)), None)

    def either(self, yes: str, no: str, party: str) -> bool | None:
        """What the latest entry of two that contradict each other says; ``None`` where there is none."""
        found = [row for row in self.rows if row.item in (yes, no) and row.party == party]
        return found[-1].item == yes if found else None

    def latest(self, items: Iterable[str], party: str) -> FileEntry | None:
        known = set(items)
        return next((row for row in reversed(self.rows) if row.item in known and row.party == party), None)


def tnr_facts(session: Session, case: Case, on: date) -> TnrFacts:
    """What is known of a case on a day, by its papers, their service, recorded acts, and entries of its file; what has no row stays unknown."""
    return seen(("tnr", case.id, on), lambda: _facts(session, case, on))


def _facts(session: Session, case: Case, on: date) -> TnrFacts:
    file, parties = _File(case.id), parties_of(case.id)
    return TnrFacts(
        kind=case.kind, filed_on=case.filed_on,
        debtors=tuple(_debtor(session, case, file, party, on) for party in parties if party.side == "debtor"),
        clues=_clues(case, file), properties=_properties(case, file, [party for party in parties if party.side == "debtor"], on),
        heard=tuple(_heard(file, party) for party in parties if party.side == "applicant"),
    )


def _debtor(session: Session, case: Case, file: _File, party: Party, on: date) -> Debtor:
    notice = reached(session, case, party, NOTICE, NOTICE_SERVED)
    order = reached(session, case, party, REPORT_ORDER, ORDER_SERVED)
    punished = _punishments(session, case, file, party)
    missing = file.either("missing", "whereabouts_known", party.id)
    return Debtor(
        party.name, party.id_no or "", notice.on if notice else None, order.on if order else None, _report(case, file, party, punished),
        _made(session, case, party, RESTRICTING) or file.day("restricted", party.id), False if file.of("not_listed", party.id) else None,
        _made(session, case, party, LISTING) or file.day("listed", party.id), "；".join(row.words or "" for row in file.of("not_listed", party.id)),
        tuple(Query(one.head, party.id_no or "", one.number, one.sent_on, one.answered[0] if one.answered else None) for one in inquiries(session, case.id, party.id, on)),
        spot=tuple((row.head or "", row.on) for row in file.of("asked_on_the_spot", party.id)),
        site_inquired_on=file.day("site_inquired", party.id), books_hidden=file.either("books_hidden", "books_open", party.id),
        searched_on=file.day("searched", party.id), missing=missing, looked_for_on=file.day("looked_for", party.id),
        obstructions=_obstructions(case, file, party, punished), crime_suspected=file.either("crime_suspected", "no_crime", party.id),
        crime_referred_on=file.day("crime_referred", party.id),
    )


def _made(session: Session, case: Case, party: Party, matters: tuple[str, ...]) -> date | None:
    """The first day on which a paper of one of these matters was signed against a party."""
    types = {kind.id for kind in session.catalogue.types if set(matters) & set(kind.matters)}
    papers = (row for row in rows_of(Document, case.id) if row.type_id in types and row.state in SIGNED)
    return min((row.signed_on for row in papers if (row.inputs or {}).get("target") == party.id or row.addressee == party.name), default=None)


def _punishments(session: Session, case: Case, file: _File, party: Party) -> tuple[Punishment, ...] | None:
    """Fines and detentions of a party; ``None`` where nothing is recorded."""
    found = [Punishment(kind, row.on) for item, kind in (("fined", "fine"), ("detained", "detention")) for row in file.of(item, party.id)]
    detained = _made(session, case, party, DETAINING)
    return tuple([*found, Punishment("detention", detained)] if detained else found) or None


def _report(case: Case, file: _File, party: Party, punished: tuple[Punishment, ...] | None) -> Report:
    """What the judge found of the latest report, here or by the file."""
    excuse = "；".join(one.words or "" for one in file.of("report_excused", party.id))
    own = [row for row in rows_of(PropertyDeclaration, case.id) if row.party == party.id and row.result and row.checked_on is not None]
    if own:
        last = max(own, key=lambda row: (row.checked_on, row.id))
        return Report(last.checked_on, str(last.result), punished, excuse)
    row = file.latest(_REPORTS, party.id)
    return Report(row.on, _REPORTS[row.item], punished, excuse) if row is not None else Report()


def _obstructions(case: Case, file: _File, party: Party, punished: tuple[Punishment, ...] | None) -> tuple[Obstruction, ...] | None:
    found = tuple(Obstruction(row.on, punished) for row in rows_of(ObstructionAct, case.id) if row.party == party.id)
    return found or (() if file.of("not_obstructing", party.id) else None)


def _clues(case: Case, file: _File) -> tuple[Clue, ...] | None:
    """The clues entered here with the day on which the judge was satisfied, and those that the file shows as looked into."""
    given = rows_of(PropertyClue, case.id)
    checks: dict[str, date] = {}
    for row in ClueCheck.select().where(ClueCheck.clue.in_([clue.id for clue in given]), ClueCheck.struck.is_null()) if given else ():
        checks[row.clue] = max(row.done_on, checks.get(row.clue, row.done_on))
    own = [Clue(clue.text, checks.get(clue.id) if clue.state == ClueState.VERIFIED else _closed(clue)) for clue in given]
    found = (*own, *(Clue(row.words or "", row.on) for row in file.of("clue_checked")))
    return found or (() if file.of("no_clue") else None)


def _closed(clue: PropertyClue) -> date | None:
    """A clue that the judge has closed asks for nothing more from the day it was given; one that waits has no day."""
    day: date = clue.given_on
    return day if clue.state == ClueState.REFUSED else None


def _properties(case: Case, file: _File, debtors: list[Party], on: date) -> tuple[TnrProperty, ...] | None:
    """What debtors own, found by the day, and is not sent or set free, each with why it cannot be disposed of; none where the file says that none was found."""
    measures = rows_of(Measure, case.id)
    over = {row.property for row in measures if row.state in _DONE_WITH} - {row.property for row in measures if row.state not in _DONE_WITH}
    things = things_among(row for row in rows_of_things((party.id for party in debtors), (row.property for row in measures)) if row.struck is None and row.found_on <= on)
    why = {row.property: row.words or "" for row in file.of("not_disposable")}
    found = tuple(_thing({row.id for row in one.rows}, one.rows[0].words, why) for one in things if not {row.id for row in one.rows} & over)
    return found or (() if file.of("no_property") or things else None)


def _thing(rows: set[str], words: str, why: dict[str | None, str]) -> TnrProperty:
    reason = next((text for row, text in why.items() if row in rows), "")
    return TnrProperty(words, False if reason else None, reason)


def _heard(file: _File, party: Party) -> Heard:
    told, opinion = file.day("told", party.id), file.latest(_OPINIONS, party.id)
    return Heard(
        party.name, party.side, told, frozenset(TOLD) if told else frozenset(), opinion.on if opinion else None,
        _OPINIONS[opinion.item] if opinion else "", (opinion.words or "") if opinion else "",
    )


@premise("tnr_gates")
def tnr_gates(asked: PremiseAsked) -> Iterator[Lack]:
    """Each of the six conditions stands on the day."""
    way = WayOn("登记卷内材料", f"file.enter:{asked.case.id}")
    try:
        readiness = tnr_readiness(asked.session.law, tnr_facts(asked.session, asked.case, asked.on), asked.on)
    except Refusal as refusal:
        yield Lack(refusal.text.rstrip("。"), (), refusal.clauses)
        return
    for gate in (gate for gate in readiness.gates if gate.verdict != MET):
        shown = "、".join(gate.names[:_SHOWN]) + (f"等 {len(gate.names)} 项" if len(gate.names) > _SHOWN else "")
        yield Lack(f"{gate.title}——{gate.verdict}（{shown}）", (way,), (Clause(gate.title, gate.source),))


_SHOWN = 4


@premise("listed")
def listed(asked: PremiseAsked) -> Iterator[Lack]:
    """The debtor has been put on the list of dishonest debtors."""
    file = _File(asked.case.id)
    for party in [asked.party] if asked.party is not None else parties_of(asked.case.id, "debtor"):
        day = _made(asked.session, asked.case, party, LISTING) or file.day("listed", party.id)
        if day is None or day > asked.on:
            yield Lack(f"{party.name}没有纳入失信名单")


def wanted_entries(session: Session, case: Case) -> Iterator[tuple[str, str | None, str | None]]:
    """What the examination asks of the file and nobody has entered: item, party, sort of property; what a paper here shows is not asked again."""
    file, facts = _File(case.id), tnr_facts(session, case, session.day)
    heads = session.law.value("tnr.query_heads", session.day).value
    parties: dict[str, list[Any]] = {"case": [None], **{side: list(parties_of(case.id, side)) for side in ("debtor", "applicant")}}
    shown = {party.id: debtor for party, debtor in zip(parties["debtor"], facts.debtors, strict=True)}
    items = list(file_items(session.resources).values())
    for item in (one for one in items if one.wanted):
        group = {one.id for one in items if one.group == item.group}
        for party in parties[item.of]:
            row = party.id if party is not None else None
            have = [one for one in file.rows if one.item in group and one.party == row]
            if "head" in item.asks:
                asked = {query.head for query in shown[row or ""].queries} if item.id == QUERIED else {one.head for one in have}
                yield from ((item.id, row, head) for head in heads if head not in asked)
            elif not have and not _known(item.id, facts, shown.get(row or "")):
                yield item.id, row, None


def _known(item: str, facts: TnrFacts, debtor: Any) -> bool:
    """Whether rows of this program show it already."""
    if debtor is None:
        return bool({"no_clue": facts.clues, "no_property": facts.properties}.get(item))
    told = {
        NOTICE_SERVED: lambda: debtor.notice_served_on, ORDER_SERVED: lambda: debtor.order_served_on, "report_true": lambda: debtor.report.result, "restricted": lambda: debtor.restricted_on,
        "not_listed": lambda: debtor.listed_on, "not_obstructing": lambda: debtor.obstructions,
    }
    return bool(told.get(item, lambda: None)())
