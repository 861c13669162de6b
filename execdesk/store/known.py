"""Rows as the writer of a line knew them: told by the lines with effect that he had before him, never by the tables.

Lines are judged in runs. What a run needs is read from the lines here when the run begins, in bulk, and what is asked beyond that when
it is asked; nothing is kept between runs, so that a judge may begin anywhere along the lines.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from execdesk.records.journal import IN_BREACH, Line, Touch
from execdesk.records.tables import BY_NAME
from execdesk.store import rows
from execdesk.store.chains import entry_of
from execdesk.store.line import Entry

Pair = tuple[str, str]
Values = dict[str, Any]
Named = tuple[str, str, str]  # table, column, the row that stands in it
# Rows that are found by a row they name, for good: in columns that no act gives another value. Each has its index.
_BY_OWNER = (
    ("Assignment", "case"), ("Claiming", "reverses"), ("Measure", "property"), ("MoneyReceipt", "reverses"), ("PropertyOwner", "property"), ("PropertyTie", "other"),
    ("PropertyTie", "property"), ("TeamMember", "person"), ("TeamMember", "team"),
)
_COLUMNS = {table: tuple(column for name, column in _BY_OWNER if name == table) for table, _ in _BY_OWNER}


class Told(NamedTuple):
    """What a line wrote of a row."""

    order: tuple[int, str, int, int]
    chain: str
    number: int
    act: str
    new: bool
    values: Values


class KnownRows:
    """What lines with effect tell of rows: :meth:`begin` a run, then :meth:`learn` each line that has effect."""

    def __init__(self) -> None:
        self.void: Container[str] = ()  # lines that were found to be without effect, though they are not marked so here
        self._here: dict[Pair, list[Told]] = {}
        self._run: dict[Pair, list[Told]] = {}
        self._whole = True
        self._below: dict[Named, list[str]] = {}  # rows made in this run
        self._found: dict[Named, list[str]] = {}  # rows that were here as it began

    def begin(self, wanted: Iterable[Pair], *, whole: bool = True) -> None:
        """Begin a run of lines about some rows. Of a ``whole`` run no line is left out, so that of a row made in it no other line tells."""
        self._here, self._run, self._below, self._found, self._whole = {}, {}, {}, {}, whole
        self._load(set(wanted))

    def learn(self, entry: Entry) -> None:
        """Take what a line with effect writes."""
        act = entry.data["act"]
        for table, row, new, values, _ in entry.data["changes"]:
            self._run.setdefault((table, row), []).append(Told(entry.order, entry.chain, entry.number, act, bool(new), values))
            for column in _COLUMNS.get(table, ()) if new else ():
                self._below.setdefault((table, column, values.get(column) or ""), []).append(row)

    def in_run(self, table: str, row: str) -> bool:
        """Whether a line of this run wrote a row."""
        return (table, row) in self._run

    def told(self, entry: Entry, table: str, row: str) -> list[Told]:
        """What was written of a row by lines with effect that the writer of a line had before him, in the total order."""
        pair = (table, row)
        here, run = self._here.get(pair), self._run.get(pair, ())
        if here is None:
            if not self._made_in_run(table, row):
                self._load({pair})
            here = self._here.setdefault(pair, [])
        seen, own, number = entry.seen, entry.chain, entry.number
        found = {
            (told.order): told for told in (*here, *run)
            if (told.number < number if told.chain == own else seen.get(told.chain, 0) >= told.number) and f"{told.chain}:{told.number}" not in self.void
        }
        return [found[order] for order in sorted(found)]

    def row(self, entry: Entry, table: str, row: str) -> Values:
        """A row as the writer of a line knew it; nothing where no line with effect made it."""
        values: Values = {}
        made = False
        for told in self.told(entry, table, row):
            made = made or told.new
            values.update(told.values)
        return values if made else {}

    def below(self, entry: Entry, table: str, column: str, owner: str) -> Iterator[tuple[str, Values]]:
        """The rows of a table that name a row in a column, as the writer of a line knew them."""
        above = BY_NAME[table]._meta.fields[column].target
        made = entry.by_row.get((above, owner), ())  # of what the line itself makes its writer knew nothing
        new = (made and made[0].new) or self._made_in_run(above, owner)
        ids = dict.fromkeys((*(() if new else self._named(table, column, owner)), *self._below.get((table, column, owner), ())))
        unread = {(table, row) for row in ids if (table, row) not in self._here and not self._made_in_run(table, row)}
        if unread:
            self._load(unread)
        for row in ids:
            values = self.row(entry, table, row)
            if values.get(column) == owner:
                yield row, values

    def _named(self, table: str, column: str, owner: str) -> list[str]:
        """The rows here that name a row; read once in a run."""
        found = self._found.get((table, column, owner))
        if found is None:
            model: Any = BY_NAME[table]
            found = [row for (row,) in model.select(model.id).where(model._meta.fields[column] == owner).tuples()]
            self._found[table, column, owner] = found
        return found

    def _made_in_run(self, table: str, row: str) -> bool:
        run = self._run.get((table, row))
        return bool(self._whole and run and run[0].new)

    def _load(self, wanted: set[Pair]) -> None:
        """Read what the lines here tell of rows."""
        by_table: dict[str, list[str]] = {}
        for table, row in wanted:
            self._here[table, row] = []
            by_table.setdefault(table, []).append(row)
        places: set[int] = set()
        for table, found in by_table.items():
            for some in rows.batches(sorted(found)):
                query: Any = Touch.select(Touch.line).where(Touch.table == table, Touch.row.in_(some)).tuples()
                places.update(place for (place,) in query)
        for entry in _effective(sorted(places)):
            act = entry.data["act"]
            for table, row, new, values, _ in entry.data["changes"]:
                kept = self._here.get((table, row))
                if kept is not None and (table, row) in wanted:
                    kept.append(Told(entry.order, entry.chain, entry.number, act, bool(new), values))


def _effective(places: Sequence[int]) -> Iterator[Entry]:
    void = Touch.select(Touch.line).where(Touch.table == IN_BREACH[0], Touch.row == IN_BREACH[1])
    for some in rows.batches(places):
        for line in Line.select(Line.body, Line.hash, Line.signature, Line.cosignature).where(Line.taken.in_(some), Line.taken.not_in(void)):
            yield entry_of(line)


__all__ = ["KnownRows", "Pair", "Told", "Values"]
