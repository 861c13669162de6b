"""The rules of a line's writer, owner rules, moves and what the desk's key may sign, judged together for runs of lines."""

from __future__ import annotations

from collections.abc import Container, Sequence

from execdesk.records.journal import Line, Touch
from execdesk.records.words import TABLES
from execdesk.store import rows
from execdesk.store.deskverifier import DeskVerifier
from execdesk.store.known import KnownRows, Pair
from execdesk.store.line import Entry
from execdesk.store.moveverifier import MoveVerifier
from execdesk.store.ownerverifier import Duties, OwnerVerifier, wanted_of
from execdesk.store.shapes import shape_fault


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
        made = {(table, row) for entry in entries for table, row, new, _, _ in entry.data["changes"] if new}
        first = _place_of(entries[0]) if entries and written else None
        whole = first is None or _place_of(entries[-1]) == first + len(entries) - 1  # else lines between them may have written what they made
        self._there = _there_before(first, made)
        self._known.begin((wanted_of(entries) - made if whole else wanted_of(entries)) | self._there, whole=whole)
        self._moves.begin(entries)

    def learn(self, entry: Entry) -> None:
        """Take what a line with effect writes."""
        self._known.learn(entry)
        self._moves.learn(entry)

    def breach(self, entry: Entry) -> str | None:
        """Why a line has no effect, as the end of a sentence."""
        return shape_fault(entry) or self._made_twice(entry) or self._moves.breach(entry) or self._desk.breach(entry) or self._owners.breach(entry)

    def _made_twice(self, entry: Entry) -> str | None:
        for table, row, new, _, _ in entry.data["changes"]:
            if new and ((table, row) in self._there or self._known.in_run(table, row)) and self._known.row(entry, table, row):
                return f"重复登记同一条{TABLES[table]}"
        return None


def _place_of(entry: Entry) -> int | None:
    """The place of a line that is here; ``None`` for one that is only being taken in or written."""
    data = entry.data
    found: int | None = Line.select(Line.taken).where(
        Line.site == data["site"], Line.incarnation == data["incarnation"], Line.number == entry.number, Line.hash == entry.hash
    ).scalar()
    return found


def _there_before(place: int | None, made: set[Pair]) -> set[Pair]:
    """Those of some rows that a line touched which was taken in before a place, at which a run begins."""
    by_table: dict[str, list[str]] = {}
    for table, row in made:
        by_table.setdefault(table, []).append(row)
    found: set[Pair] = set()
    base, until = Touch._meta.database, "" if place is None else f' AND "line" < {int(place)}'
    for table, ids in by_table.items():
        for some in rows.batches(ids, 800):
            query = f'SELECT "row" FROM "{Touch._meta.table_name}" WHERE "tbl" = {base.param} AND "row" IN ({", ".join([base.param] * len(some))}){until}'
            found.update((table, row) for (row,) in base.execute_sql(query, [table, *some]).fetchall())
    return found
