"""What the board says of a case: its rows, worked out from the dossier and the law. Other rooms add tables of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from execdesk.casefile.dossier import Dossier, DossierRow, reads
from execdesk.casefile.recovered import recovered_in
from execdesk.casefile.terms import Running, TermRules, nearest, running
from execdesk.casefile.waiting import waits_in
from execdesk.records.base import Journaled
from execdesk.records.board import LAST_DAY, BoardCase, BoardRow, BoardTerm, BoardWaiting, BoardWorker
from execdesk.records.cases import Assignment, Case, CaseState, Party

TNR = "终结本次执行程序"
CLOSING = "closing"
BoardValues = tuple[Any, ...]
Make = Callable[[Dossier, Sequence[Running], TermRules], Iterable[BoardValues]]

TABLES: dict[type[BoardRow], Make] = {}
ALONE: dict[type[BoardRow], frozenset[str]] = {}  # what of the tables of the board turns on few tables alone, and on which


OF: dict[type[BoardRow], str] = {}  # of the rows of which table such a row is made


def board_table(model: type[BoardRow], make: Make, *tables: type[Journaled], of: type[Journaled] | None = None, alone: bool = False) -> None:
    """Fill a table of the board: ``make`` tells the values of its columns (:meth:`BoardRow.value_columns`), a tuple a row, of ``tables`` and the case.

    ``of``: the table whose rows each is made of: a case without any says nothing here, and is not asked.
    ``alone``: of these alone, neither of terms nor of the law, so that an act that touches none of them costs nothing here.
    """
    if model in TABLES:
        raise ValueError(f"{model.__name__} is filled twice")
    reads(*tables, always=not alone)
    TABLES[model] = make
    if of is not None:
        OF[model] = of.__name__
    if alone:
        ALONE[model] = frozenset({Case.__name__, *(each.__name__ for each in tables)})


def turning_on(touched: Collection[str]) -> dict[type[BoardRow], Make]:
    """The tables of the board that may say something else once these tables were touched."""
    return {model: make for model, make in TABLES.items() if model not in ALONE or not ALONE[model].isdisjoint(touched)}


def rows_of(dossier: Dossier | None, rules: TermRules, models: Mapping[type[BoardRow], Make] = TABLES) -> dict[type[BoardRow], list[BoardValues]]:
    """All rows of a case, or those of some tables; none for one that is not there."""
    if dossier is None:
        return {model: [] for model in models}
    found, there = running(dossier, rules), dossier.tables
    return {model: list(make(dossier, found, rules)) if model not in OF or OF[model] in there else [] for model, make in models.items()}


_SIDES = {"applicant": 0, "debtor": 1}
_ALIKE = itemgetter("number", "year", "sequence", "type_code")
_DAYS = itemgetter("filed_on", "closed_on", "closing_mode")


def _case(dossier: Dossier, found: Sequence[Running], _rules: TermRules) -> Iterator[BoardValues]:
    values = dossier.case.values
    shown = (*_ALIKE(values), *_sides(dossier), values["claim_fen"], recovered_in(dossier), values["group"] or None, values["town"], _state(values), *_DAYS(values))
    term = next((_text(each.due_on) for each in found if each.term.name == CLOSING), None)
    for first, last in _spans(found):
        near = nearest(found, first)
        due = (_text(near.due_on), near.term.name, near.words, near.term.kind) if near else (None, None, None, None)
        yield (_text(first), _text(last), *shown, *due, term)


def _sides(dossier: Dossier) -> BoardValues:
    """The first of each side with how many there are, and all names: those who apply, those who owe, then others."""
    parties = [party.values for party in dossier.of(Party)]
    parties.sort(key=lambda party: (_SIDES.get(party["side"], len(_SIDES)), party["position"]))
    applicants = [party["name"] for party in parties if party["side"] == "applicant"]
    debtors = [party["name"] for party in parties if party["side"] == "debtor"]
    names = "\n".join([party["name"] for party in parties])
    return applicants[0] if applicants else None, len(applicants), debtors[0] if debtors else None, len(debtors), names


def _state(values: Mapping[str, Any]) -> str:
    state = values["state"]
    return "tnr" if state == CaseState.CLOSED and values["closing_mode"] == TNR else str(state)


def _spans(found: Sequence[Running]) -> Iterator[tuple[date, date]]:
    """Spans of days in which the nearest day is the same: an end that passes makes room for the next."""
    ends = sorted({each.due_on for each in found if each.term.lapses and each.due_on is not None})
    if not ends:
        yield date.min, date.max
        return
    stay = min((each.due_on for each in found if not each.term.lapses and each.due_on is not None), default=date.max)
    first = date.min
    for end in ends:
        if end > stay:
            break
        yield first, end
        first = end + timedelta(days=1)
    yield first, date.max


@lru_cache(maxsize=4096)
def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _terms(_dossier: Dossier, found: Sequence[Running], _rules: TermRules) -> Iterator[BoardValues]:
    for each in found:
        term = each.term
        yield term.name, each.row, each.node, each.words, term.kind, term.owner, _text(each.from_on), _text(each.due_on), each.told_by


def _waiting(dossier: Dossier, _found: Sequence[Running], rules: TermRules) -> Iterator[BoardValues]:
    for each in waits_in(dossier, rules):
        kind = each.kind
        yield kind.place, kind.name, each.row, each.words, kind.duty, kind.widely, each.person


def _workers(dossier: Dossier, _found: Sequence[Running], _rules: TermRules) -> Iterator[BoardValues]:
    return (_worker(row) for row in dossier.of(Assignment))


def _worker(row: DossierRow) -> BoardValues:
    values = row.values
    return values["person"], values["role"], values["starts_on"], values["ends_on"] or LAST_DAY, row.id


board_table(BoardCase, _case, Party)
board_table(BoardTerm, _terms)
board_table(BoardWaiting, _waiting)
board_table(BoardWorker, _workers, Assignment, of=Assignment)
