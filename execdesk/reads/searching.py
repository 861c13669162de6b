"""The search for property in a case as its page shows it: clues, reports of debtors, queries and what became of each head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.casefile.charge import refused_to
from execdesk.casefile.terms import running
from execdesk.casefile.view import CaseView
from execdesk.casework.search.clues import CLUE_DUE, GIVEN_BY, RESULTS
from execdesk.casework.search.declarations import declaration_words, last_day, name_of
from execdesk.casework.search.queries import answered_heads
from execdesk.records.search import (
    AnswerState,
    ClueCheck,
    ClueState,
    DeclarationState,
    NetworkQuery,
    PropertyClue,
    PropertyDeclaration,
    QueryAnswer,
)


@dataclass(frozen=True)
class ClueRow:
    """A clue: who gave it and when, its words and state, the last day to look into it (``None`` where none runs), what was found."""

    id: str
    given_on: date
    given_by: str
    text: str
    state: str
    state_words: str
    due_on: date | None
    found: str
    urgent: bool
    clear: bool


@dataclass(frozen=True)
class ReportRow:
    """A report of property: whose, its state, the last day while it is waited for, what it told and what the judge made of it."""

    id: str
    debtor: str
    state: str
    state_words: str
    submitted_on: date | None
    due_on: date | None
    lines: tuple[str, ...]
    result: str
    words: str


@dataclass(frozen=True)
class AnswerRow:
    """An answer to a query that says something, with its state."""

    id: str
    words: str
    state: str
    state_words: str


@dataclass(frozen=True)
class QueryRow:
    """A query: of whom, when, its number, each head with what became of it, the answers that say something, whether any came with a file."""

    id: str
    debtor: str
    sent_on: date
    request_no: str
    heads: tuple[tuple[str, str], ...]
    answers: tuple[AnswerRow, ...]
    from_file: bool


@dataclass(frozen=True)
class Searched:
    """What was searched in a case; ``refused`` are the acts that the person signed in may not do to any of it."""

    clues: tuple[ClueRow, ...] = ()
    reports: tuple[ReportRow, ...] = ()
    queries: tuple[QueryRow, ...] = ()
    refused: frozenset[str] = frozenset()


def searched_in(view: CaseView) -> Searched:
    """The search of a case, the newest first."""
    refused = refused_to(view.session, view.case, (PropertyClue, PropertyDeclaration, QueryAnswer))
    return Searched(_clues(view), _reports(view), _queries(view), refused)


def _clues(view: CaseView) -> tuple[ClueRow, ...]:
    rows = view.rows(PropertyClue)
    if not rows:
        return ()
    due = {one.row: one.due_on for one in running(view.dossier, view.rules) if one.term is CLUE_DUE}
    checks = {row.clue: row for row in view.rows(ClueCheck)}
    return tuple(
        ClueRow(
            row.id, row.given_on, f"{GIVEN_BY[row.given_by]}{f' {row.person}' if row.person else ''}", row.text, row.state, row.state_words, due.get(row.id),
            _found(row, checks.get(row.id)), row.urgent, row.clear,
        )
        for row in sorted(rows, key=lambda one: (one.given_on, one.id), reverse=True)
    )


def _found(clue: PropertyClue, check: ClueCheck | None) -> str:
    if clue.state == ClueState.REFUSED:
        return clue.outcome or ""
    return f"{check.done_on} {check.by}：{RESULTS[check.result]}。{check.words}" if check else ""


def _reports(view: CaseView) -> tuple[ReportRow, ...]:
    words = declaration_words(view.session.resources)

    def told(row: PropertyDeclaration) -> tuple[str, ...]:
        owned = (one["words"] + (f"（{one['burden']}）" if one.get("burden") else "") for one in row.lines or ())
        return (*owned, *(f"{words.changes[one['kind']]}：{one['words']}" for one in row.changes or ()))

    return tuple(
        ReportRow(
            row.id, name_of(view, row), row.state, row.state_words, row.submitted_on, last_day(view, row) if row.state == DeclarationState.ASKED else None,
            told(row), words.results.get(row.result or "", ""), row.words or "",
        )
        for row in view.rows(PropertyDeclaration)[::-1]
    )


def _queries(view: CaseView) -> tuple[QueryRow, ...]:
    found, rows = [], view.rows(NetworkQuery)
    for query in sorted(rows, key=lambda one: (one.sent_on, one.id), reverse=True):
        party = view.party(query.party)
        of = [row for row in view.rows(QueryAnswer) if row.query == query.id]
        answers = tuple(AnswerRow(row.id, row.words, row.state, row.state_words) for row in of if row.state != AnswerState.NOTHING)
        found.append(QueryRow(query.id, party.name if party else "", query.sent_on, query.request_no, tuple(answered_heads(view, query).items()), answers, any(row.batch for row in of)))
    return tuple(found)
