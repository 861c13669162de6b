"""Lines that stand here with effect though their writer had not the authority, taken out of the rows as every desk left them out that took
them in.

Where somebody writes lines with a program of his own at his own desk, nobody judges them before their rows stand. From the first of them on
every line is judged anew, those that built on them among them, and the index, rows, clashes and lists are made what the lines say: the
same as on every other desk. The lines themselves stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Database

from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.journal import IN_BREACH, Clash, Line, SearchEntry, Touch
from execdesk.records.tables import BY_NAME
from execdesk.store import clashes, rows
from execdesk.store.chains import entry_of
from execdesk.store.clashes import Lines, Pair
from execdesk.store.findings import cases_of
from execdesk.store.line import Entry
from execdesk.store.primed import places_in_breach
from execdesk.store.signatures import LineVerifier
from execdesk.store.store import Store

Values = Mapping[str, Any]
_CHUNK = 500


@dataclass(frozen=True)
class RowChange:
    """What becomes of a row: its values as the journal writes them, ``None`` where it is not there."""

    table: str
    row: str
    before: Values | None
    after: Values | None


@dataclass(frozen=True)
class Rejudged:
    """What judging anew has come to: lines that lose their effect, lines that were wrongly without any, and the rows that follow."""

    lost: tuple[tuple[Entry, str], ...]  # each with the end of a sentence that says why
    regained: tuple[Entry, ...]
    rows: tuple[RowChange, ...]


def strike_out(store: Store, first: int, judge_from: Callable[[int], LineVerifier]) -> Rejudged:
    """Judge all lines from a place on anew and let the rows follow; inside a transaction, which the caller may undo to have looked only.

    ``judge_from`` gives a judge that has learnt the lines before a place.

    Raises:
        Refusal: ``journal.incident`` where a line is not what it says; ``store.server`` where a server lets no row be taken out.
    """
    base = store.base
    marked = frozenset(place for place in places_in_breach() if place >= first)
    if marked:
        _index_anew(base, first, frozenset())  # what is judged by the lines is not to be told by marks
    judge = judge_from(first)
    without: dict[int, str] = {}
    changed: dict[int, Entry] = {}
    for some in _from(first):
        for (place, entry), fault in zip(some, judge.many([entry for _, entry in some]), strict=True):
            if fault is not None:
                raise _damaged(entry, fault)
            if entry.ref in judge.breaches:
                without[place] = judge.breaches[entry.ref]
            if (place in without) != (place in marked):
                changed[place] = entry
    _index_anew(base, first, frozenset(without))
    lost = tuple((entry, without[place]) for place, entry in sorted(changed.items()) if place in without)
    regained = tuple(entry for place, entry in sorted(changed.items()) if place not in without)
    return Rejudged(lost, regained, _fold_anew(store, list(changed.values())))


def _from(first: int) -> Iterator[list[tuple[int, Entry]]]:
    after = first - 1
    while lines := list(Line.select().where(Line.taken > after).order_by(Line.taken).limit(_CHUNK)):
        after = lines[-1].taken
        yield [(line.taken, entry_of(line)) for line in lines]


def _damaged(entry: Entry, fault: str) -> Refusal:
    return Refusal(f"留痕 {entry.ref} {fault}，要先查清，不能在它之后重新核验。", code="journal.incident", ways=(WayOn("看事件", "incidents"),))


def _index_anew(base: Database, first: int, without: frozenset[int]) -> None:
    """Write which rows the lines from a place on touched, in their order."""
    base.execute_sql(f'DELETE FROM "{Touch._meta.table_name}" WHERE "line" >= {base.param}', (first,))
    for some in _from(first):
        touched = []
        for place, entry in some:
            touched += [(*IN_BREACH, place)] if place in without else [(change.table, change.row, place) for change in entry.changes]
        rows.touch(base, touched)


def _fold_anew(store: Store, changed: list[Entry]) -> tuple[RowChange, ...]:
    """Make the rows that some lines wrote what the lines with effect say, and all that follows from them."""
    pairs = sorted({pair for entry in changed for pair in entry.by_row})
    before = _stored(store.base, pairs)
    concerned = _cases(pairs)
    lines, parents, gone = Lines(), set[Pair](), list[Pair]()
    for table, row in pairs:
        state = clashes.refresh_row(store.base, table, row, lines)
        parents |= clashes.parents_ever(state)
        if not state.values:
            gone.append((table, row))
    _take_out(store.base, gone)
    after = _stored(store.base, pairs)
    for table, row in sorted({*pairs, *parents, *_named_parents(changed)}):
        clashes.refresh_clashes(table, row, lines)
    concerned |= _cases(pairs)
    for follower in store.followers:
        follower.mend({*concerned, *(row for _, row in pairs)})
    SearchEntry.delete().where(SearchEntry.case_id.in_([row for table, row in gone if table == "Case"])).execute()
    return tuple(RowChange(*pair, before.get(pair), after.get(pair)) for pair in pairs if before.get(pair) != after.get(pair))


def _stored(base: Database, pairs: list[Pair]) -> dict[Pair, Values]:
    found: dict[Pair, Values] = {}
    for table in sorted({table for table, _ in pairs}):
        for some in rows.batches(row for of, row in pairs if of == table):
            marks = ", ".join([base.param] * len(some))
            found.update({(table, row): values for row, values in rows.stored(base, BY_NAME[table], f'WHERE "id" IN ({marks})', some).items()})
    return found


def _cases(pairs: list[Pair]) -> set[str]:
    return {case for table, row in pairs for case in cases_of(BY_NAME[table], row)}


def _named_parents(changed: list[Entry]) -> set[Pair]:
    """The rows that rows now gone belonged to."""
    return {pair for entry in changed for change in entry.changes for pair in clashes.parents_named(change)}


def _take_out(base: Database, gone: list[Pair]) -> None:
    """Rows that no line with effect made."""
    for table, row in gone:
        Clash.delete().where(Clash.table == table, Clash.row == row).execute()
        rows.take_out(base, BY_NAME[table], row)
