"""Whether the history of one case holds: every row of it against the lines behind it, every line against its writer.

Approval and issue ask this of the case they touch; the walk over the whole store (:mod:`check`) asks it of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from peewee import Database

from execdesk.records.base import Journaled
from execdesk.records.journal import Line, Touch
from execdesk.records.people import Certificate, Delegation, Post
from execdesk.records.tables import JOURNALED, children_of, parents_of
from execdesk.store import rows
from execdesk.store.checklines import breach_fault, line_fault
from execdesk.store.facts import row_values
from execdesk.store.findings import Fault, row_fault
from execdesk.store.line import Entry
from execdesk.store.signatures import LineVerifier

Row = tuple[str, str]
_AUTHORITY: tuple[type[Journaled], ...] = (Post, Delegation, Certificate)


def case_faults(base: Database, judge: LineVerifier, case: str) -> list[Fault]:
    """The faults in the history of a case. ``judge`` knows the keys told by all lines here."""
    named = set(_rows_of(case))
    entries, places = _behind(base, {row for _, row in named} | _touched_in(case))
    concerned = named | {key for key in places if _of_case(key, case, places, entries)}
    return _faults(base, judge, concerned, entries, places)


def authority_faults(base: Database, judge: LineVerifier) -> list[Fault]:
    """The faults in what says who may approve and sign: posts, letters, certificates, with the lines behind them."""
    named = {(model.__name__, row.id) for model in _AUTHORITY for row in model.select(model.id)}
    query: Any = Touch.select(Touch.table, Touch.row).where(Touch.table.in_(sorted(m.__name__ for m in _AUTHORITY))).tuples()
    return row_faults(base, judge, named | set(query))


def row_faults(base: Database, judge: LineVerifier, named: set[Row]) -> list[Fault]:
    """The faults in some rows and the lines behind them."""
    entries, places = _behind(base, {row for _, row in named})
    return _faults(base, judge, named, entries, places)


def _behind(base: Database, touched: set[str]) -> tuple[dict[int, Entry], dict[Row, list[int]]]:
    """The lines behind rows by place, and the places of each row."""
    entries: dict[int, Entry] = {}
    places: dict[Row, list[int]] = {}
    for some in rows.batches(sorted(touched)):
        query: Any = Touch.select(Touch.table, Touch.row, Touch.line).where(Touch.row.in_(some)).tuples()
        for table, row, place in query:
            places.setdefault((table, row), []).append(place)
    _load(base, entries, {place for found in places.values() for place in found})
    return entries, places


def _faults(
    base: Database, judge: LineVerifier, named: set[Row], entries: dict[int, Entry], places: dict[Row, list[int]]
) -> list[Fault]:
    bad, faults = _judge_lines(judge, entries)
    for table, row in sorted(named):
        behind = places.get((table, row), [])
        if bad.isdisjoint(behind):
            fault = _row_fault(base, table, row, [entries[place] for place in behind if place in entries])
            if fault is not None:
                faults.append(fault)
    return faults


def _rows_of(case: str) -> Iterator[Row]:
    """The rows that say of themselves, or through a row they belong to, that they are of the case; and what is of no case itself
    but has such a row below it: a property under control here, a receipt that counts here, with all that belongs to it."""
    known: dict[type[Journaled], set[str]] = {}
    for model in _parents_first():
        query = model.select(model.id)
        if model.__name__ == "Case":
            found = {case}
        elif "case" in model._meta.fields:
            found = {row.id for row in query.where(model.case == case)}  # type: ignore[attr-defined]
        else:
            found = set()
            for name, parent in parents_of(model):
                for some in rows.batches(sorted(known.get(parent, ()))):
                    found |= {row.id for row in query.where(model._meta.fields[name].in_(some))}
        known[model] = found
        yield from ((model.__name__, row) for row in found)
    yield from _beside(known)


def _beside(known: dict[type[Journaled], set[str]]) -> Iterator[Row]:
    for parent in (model for model in JOURNALED if model.OF_CHILDREN):
        named: set[str] = set()
        for child, name in children_of(parent):
            for some in rows.batches(sorted(known[child])):
                query: Any = child.select(child._meta.fields[name]).where(child.id.in_(some)).tuples()
                named |= {row for (row,) in query}
        yield from ((parent.__name__, row) for row in named)
        for child, name in children_of(parent):
            for some in rows.batches(sorted(named)):
                yield from ((child.__name__, row.id) for row in child.select(child.id).where(child._meta.fields[name].in_(some)))


def _parents_first() -> list[type[Journaled]]:
    ordered: list[type[Journaled]] = []

    def put(model: type[Journaled]) -> None:
        for _, parent in parents_of(model):
            if parent is not model and parent not in ordered:
                put(parent)
        if model not in ordered:
            ordered.append(model)

    for model in JOURNALED:
        put(model)
    return ordered


def _touched_in(case: str) -> set[str]:
    """Rows that lines about the case touched: also those that are no longer there."""
    query: Any = Touch.select(Touch.row).join(Line, on=(Touch.line == Line.taken)).where(Line.case_id == case).tuples()
    return {row for (row,) in query}


def _of_case(key: Row, case: str, places: dict[Row, list[int]], entries: dict[int, Entry]) -> bool:
    """Whether some line about the case touched the row."""
    return any(entries[place].data["case"] == case for place in places[key] if place in entries and entries[place].intact)


def _load(base: Database, entries: dict[int, Entry], places: Iterable[int]) -> None:
    for some in rows.batches(sorted(places)):
        marks = ", ".join([base.param] * len(some))
        cursor = base.execute_sql(
            f'SELECT "taken", "body", "hash", "signature", "cosignature" FROM "{Line._meta.table_name}" WHERE "taken" IN ({marks})', some
        )
        for place, body, hash_, signature, co in cursor.fetchall():
            entries[place] = Entry(bytes(body), hash_, bytes(signature), None if co is None else bytes(co))


def _judge_lines(judge: LineVerifier, entries: dict[int, Entry]) -> tuple[set[int], list[Fault]]:
    bad: set[int] = set()
    faults = []
    ordered = sorted(entries)
    for place, wrong in zip(ordered, judge.many([entries[place] for place in ordered]), strict=True):
        if wrong:
            entry = entries[place]
            bad.add(place)
            name = entry.ref if entry.intact else f"第 {place} 位"
            faults.append(line_fault(name, entry.data["act"] if entry.intact else "？", wrong))
        elif (breach := judge.breaches.get(entries[place].ref)) is not None:
            bad.add(place)
            faults.append(breach_fault(entries[place].ref, entries[place], breach))
    return bad, faults


def _row_fault(base: Database, table: str, row: str, entries: list[Entry]) -> Fault | None:
    model = next(m for m in JOURNALED if m.__name__ == table)
    stored = rows.stored(base, model, f'WHERE "id" = {base.param}', (row,))
    return row_fault(table, row, row_values(table, row, entries), stored.get(row))
