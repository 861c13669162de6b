"""The rules of a line's writer, owner rules, moves and what the desk's key may sign, judged together for runs of lines."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator, Sequence

from peewee import Database

from execdesk.records.journal import Line, Touch
from execdesk.records.words import TABLES
from execdesk.store import rows
from execdesk.store.deskverifier import DeskVerifier
from execdesk.store.known import KnownRows, Pair
from execdesk.store.line import Entry
from execdesk.store.moveverifier import MoveVerifier
from execdesk.store.ownerverifier import Duties, OwnerVerifier, made_and_wanted
from execdesk.store.shapes import shape_fault

_ONE_BY_ONE = 3  # so few rows are looked up as quickly one by one


class LineRules:
    """Judges lines in their order: :meth:`begin` a run, then for each line :meth:`breach`, and :meth:`learn` where it has effect."""

    def __init__(self, people: Duties) -> None:
        self._known = KnownRows()
        self._moves, self._owners = MoveVerifier(self._known), OwnerVerifier(self._known, people)
        self._desk = DeskVerifier(self._known)
        self._there: set[Pair] = set()  # rows that a line of this run makes, and that were there before it

    def begin(self, entries: Sequence[Entry], void: Container[str], *, written: bool = True) -> None:
        """Read what must be known to judge some lines; those in ``void`` were found to be without effect before. Not ``written``: lines of
        an act that is not yet done, which are surely not here."""
        self._known.void = void
        made, wanted = made_and_wanted(entries)
        first = _place_of(entries[0]) if entries and written else None
        whole = first is None or _place_of(entries[-1]) == first + len(entries) - 1  # else lines between them may have written what they made
        self._there = _there_before(first, made)
        self._known.begin((wanted - made if whole else wanted) | self._there, whole=whole)
        self._moves.begin(entries)

    def learn(self, entry: Entry) -> None:
        """Take what a line with effect writes."""
        self._known.learn(entry)
        self._moves.learn(entry)

    def breach(self, entry: Entry) -> str | None:
        """Why a line has no effect, as the end of a sentence."""
        return shape_fault(entry) or self._made_twice(entry) or self._moves.breach(entry) or self._desk.breach(entry) or self._owners.breach(entry)

    def _made_twice(self, entry: Entry) -> str | None:
        if entry.touched.isdisjoint(self._there) and self._known.untouched_in_run(entry):  # by far the most
            return None
        for table, row, new, _, _ in entry.data["changes"]:
            if new and ((pair := (table, row)) in self._there or self._known.in_run(pair)) and self._known.row(entry, table, row):
                return f"重复登记同一条{TABLES[table]}"
        return None


def _place_of(entry: Entry) -> int | None:
    """The place of a line that is here; ``None`` for one that is only being taken in or written."""
    data, base = entry.data, Line._meta.database
    query = f'SELECT "taken" FROM "{Line._meta.table_name}" WHERE "site" = % AND "incarnation" = % AND "number" = % AND "hash" = %'
    found = base.execute_sql(query.replace("%", base.param), (data["site"], data["incarnation"], entry.number, entry.hash)).fetchone()
    return None if found is None else int(found[0])


def _there_before(place: int | None, made: set[Pair]) -> set[Pair]:
    """Those of some rows that a line touched which was taken in before a place, at which a run begins."""
    by_table: dict[str, list[str]] = {}
    for table, row in made:
        by_table.setdefault(table, []).append(row)
    base: Database = Touch._meta.database
    before = sys.maxsize if place is None else place
    found: set[Pair] = set()
    for table, ids in by_table.items():
        found.update((table, row) for row, line in _touches(base, table, ids) if line < before)
    return found


def _touches(base: Database, table: str, ids: list[str]) -> Iterator[tuple[str, int]]:
    """The lines that touched some rows of a table. Rows made at one time have ids that follow each other, so that one look at what lies
    between the first and the last tells of them all; where far more lies there, each is looked up."""
    query = f'SELECT "row", "line" FROM "{Touch._meta.table_name}" WHERE "tbl" = {base.param} AND "row" '
    most = 2 * len(ids) + 8
    if len(ids) > _ONE_BY_ONE and set(map(type, ids)) == {str} and not rows.on_server(base):  # a server may order texts otherwise
        wanted = set(ids)
        between = base.execute_sql(f"{query} BETWEEN {base.param} AND {base.param} LIMIT {most}", (table, min(ids), max(ids))).fetchall()
        if len(between) < most:
            yield from (each for each in between if each[0] in wanted)
            return
    for some in rows.batches(ids, 800):
        yield from base.execute_sql(f"{query} IN ({', '.join([base.param] * len(some))})", (table, *some)).fetchall()
