"""Whether the history of one case holds: every row of it against the lines behind it, every line against its writer.

Approval and issue ask this of the case they touch; the walk over the whole store (:mod:`check`) asks it of everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from peewee import Database

from execdesk.records.base import Journaled
from execdesk.records.journal import IN_BREACH, Line, Touch
from execdesk.records.people import Certificate, Delegation, Post
from execdesk.records.tables import BY_NAME, JOURNALED, children_of, parents_of
from execdesk.store import rows
from execdesk.store.chains import entries_at
from execdesk.store.checklines import breach_fault, line_fault
from execdesk.store.facts import row_values
from execdesk.store.findings import Fault, row_fault
from execdesk.store.known import places_of
from execdesk.store.line import Entry
from execdesk.store.signatures import LineVerifier

Row = tuple[str, str]
_TOUCH = Touch._meta.table_name
_AUTHORITY: tuple[type[Journaled], ...] = (Post, Delegation, Certificate)


def case_faults(base: Database, judge: LineVerifier, case: str) -> list[Fault]:
    """The faults in the history of a case. ``judge`` knows the keys told by all lines here."""
    named, about = set(_rows_of(base, case)), _about(base, case)
    entries, places = _behind(base, named.union(*map(_touched_by, about.values())))
    concerned = named | {key for key in places if _of_case(key, case, places, entries)}
    return _faults(base, judge, concerned, {**about, **entries}, places)


def authority_faults(base: Database, judge: LineVerifier) -> list[Fault]:
    """The faults in what says who may approve and sign: posts, letters, certificates, with the lines behind them."""
    named: set[Row] = set()
    for model in _AUTHORITY:
        name = model.__name__
        named |= {(name, row) for row, in base.execute_sql(f'SELECT "id" FROM "{model._meta.table_name}"').fetchall()}
        named |= {(name, row) for row, in base.execute_sql(f'SELECT "row" FROM "{_TOUCH}" WHERE "tbl" = {base.param}', (name,)).fetchall()}
    return row_faults(base, judge, named)


def row_faults(base: Database, judge: LineVerifier, named: set[Row]) -> list[Fault]:
    """The faults in some rows and the lines behind them."""
    entries, places = _behind(base, named)
    return _faults(base, judge, named, entries, places)


def _behind(base: Database, touched: set[Row]) -> tuple[dict[int, Entry], dict[Row, list[int]]]:
    """The lines behind rows by place, and the places of each row."""
    places = places_of(base, touched)
    return entries_at(base, {place for found in places.values() for place in found}), places


def _faults(
    base: Database, judge: LineVerifier, named: set[Row], entries: dict[int, Entry], places: dict[Row, list[int]]
) -> list[Fault]:
    bad, faults = _judge_lines(judge, entries)
    for table, some in groupby(sorted(row for row in named if bad.isdisjoint(places.get(row, ()))), itemgetter(0)):
        ids = [row for _, row in some]
        stored = _stored(base, table, ids)
        for row in ids:
            behind = [entries[place] for place in places.get((table, row), ()) if place in entries]
            fault = row_fault(table, row, row_values(table, row, behind), stored.get(row))
            if fault is not None:
                faults.append(fault)
    return faults


def _stored(base: Database, table: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for some in rows.batches(ids):
        found |= rows.stored(base, BY_NAME[table], f'WHERE "id" IN ({", ".join([base.param] * len(some))})', some)
    return found


def _rows_of(base: Database, case: str) -> Iterator[Row]:
    """The rows that say of themselves, or through a row they belong to, that they are of the case; and what is of no case itself
    but has such a row below it: a property under control here, a receipt that counts here, with all that belongs to it."""
    known: dict[type[Journaled], set[str]] = {}
    for model in _parents_first():
        if model.__name__ == "Case":
            found = {case}
        elif "case" in model._meta.fields:
            found = _named(base, model, "id", "case", (case,))
        else:
            found = set[str]().union(*(_named(base, model, "id", name, known.get(parent, ())) for name, parent in parents_of(model)))
        known[model] = found
        yield from ((model.__name__, row) for row in found)
    yield from _beside(base, known)


def _beside(base: Database, known: dict[type[Journaled], set[str]]) -> Iterator[Row]:
    for parent in (model for model in JOURNALED if model.OF_CHILDREN):
        named = set[str]().union(*(_named(base, child, name, "id", known[child]) for child, name in children_of(parent)))
        yield from ((parent.__name__, row) for row in named)
        for child, name in children_of(parent):
            yield from ((child.__name__, row) for row in _named(base, child, "id", name, named))


def _named(base: Database, model: type[Journaled], wanted: str, field: str, among: Iterable[str]) -> set[str]:
    """What a field holds in the rows of a table in which another one is ``among`` some ids."""
    fields, found = model._meta.fields, set[str]()
    for some in rows.batches(sorted(among)):
        query = (
            f'SELECT "{fields[wanted].column_name}" FROM "{model._meta.table_name}" '
            f'WHERE "{fields[field].column_name}" IN ({", ".join([base.param] * len(some))})'
        )
        found |= {row for row, in base.execute_sql(query, some).fetchall()}
    return found


@cache
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


def _about(base: Database, case: str) -> dict[int, Entry]:
    """The lines about the case, those without effect left out: they may have touched rows that are no longer there."""
    query = (
        f'SELECT "taken" FROM "{Line._meta.table_name}" WHERE "case_id" = {base.param} AND "taken" NOT IN '
        f'(SELECT "line" FROM "{_TOUCH}" WHERE "tbl" = {base.param} AND "row" = {base.param})'
    )
    return entries_at(base, [place for place, in base.execute_sql(query, (case, *IN_BREACH)).fetchall()])


def _touched_by(entry: Entry) -> frozenset[Row]:
    """What a line says it touched; nothing where it is no line, as its judgement will tell."""
    try:
        return entry.touched if entry.intact else frozenset()
    except (ValueError, TypeError):
        return frozenset()


def _of_case(key: Row, case: str, places: dict[Row, list[int]], entries: dict[int, Entry]) -> bool:
    """Whether some line about the case touched the row."""
    return any(entries[place].data["case"] == case for place in places[key] if place in entries and entries[place].intact)


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
