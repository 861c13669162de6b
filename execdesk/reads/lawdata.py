"""Corrections of law data for the window: what waits for 局长, what rules, and which documents a figure reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.corrections import dated_value, named_like, shipped_law
from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.court.actions.lawdata import PROPOSING
from execdesk.documents.adoption import keys_of
from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal
from execdesk.law.ruletexts import figure_of
from execdesk.law.uses import used_in
from execdesk.law.values import DatedValue
from execdesk.records.court import LawCorrection, ProposalState
from execdesk.records.people import Person


@dataclass(frozen=True)
class CorrectionRow:
    """A correction: the figure now and then in words, who proposed and decided it; ``mine`` where nobody may approve his own."""

    id: str
    key: str
    name: str
    before: str
    after: str
    valid_from: date
    source: str
    reason: str
    proposed_by: str
    state: str
    state_words: str
    decided: str
    mine: bool


@dataclass(frozen=True)
class LawDesk:
    """The page 法规参数: the book as it stands here, corrections, what the person signed in may do."""

    book: LawBook
    corrections: tuple[CorrectionRow, ...]
    may_propose: bool
    may_approve: bool
    used_in: dict[str, tuple[str, ...]]


def law_desk(session: Session) -> LawDesk:
    """Everything the page shows."""
    may = duties(session)
    return LawDesk(session.law, corrections(session), bool(may & set(PROPOSING)), "correct_law" in may, _used_in(session))


def corrections(session: Session) -> tuple[CorrectionRow, ...]:
    """All corrections: those that wait first, then the newest."""
    people = {p.id: p.name for p in Person.select(Person.id, Person.name)}
    rows = LawCorrection.select().where(LawCorrection.struck.is_null()).order_by(LawCorrection.id.desc())
    return tuple(_row(session, row, people) for row in sorted(rows, key=lambda r: r.state != ProposalState.PROPOSED))


def _row(session: Session, row: LawCorrection, people: dict[str, str]) -> CorrectionRow:
    try:
        shown = named_like(session.law, dated_value(row, "待批"))
        before = _before(session, row)
        name, after = shown.name or row.key, figure_of(shown)
    except Refusal:  # the figure is gone from a newer program's data
        name, before, after = row.key, "—", str(row.value)
    decided = f"{people.get(row.approved_by, '')} {row.approved_on}" if row.approved_by else ""
    return CorrectionRow(
        row.id, row.key, name, before, after, row.valid_from, row.source, row.reason, people.get(row.proposed_by, ""), row.state,
        row.state_words, decided, row.proposed_by == session.me.id,
    )


def _before(session: Session, row: LawCorrection) -> str:
    """What stood on that day before: by the present book while it waits, by the shipped one afterwards."""
    book = session.law if row.state == ProposalState.PROPOSED else shipped_law(session)
    try:
        found: DatedValue = book.value(row.key, row.valid_from)
    except Refusal:
        return "当日没有数值"
    return figure_of(found)


def _used_in(session: Session) -> dict[str, tuple[str, ...]]:
    """What uses a figure: calculators and rules, and the documents that print it as they read today."""
    catalogue, found = session.catalogue, {key: list(used_in(session.law, key)) for key in session.law.values}
    for kind in catalogue.types:
        try:
            text = catalogue.text(kind.id, session.day)
        except Refusal:
            continue
        for key in keys_of(text):
            found.setdefault(key, []).append(f"文书：{kind.title}")
    return {key: tuple(dict.fromkeys(titles)) for key, titles in found.items()}
