"""Rows as the writer of a line knew them: told by the lines with effect that he had before him, never by the tables.

Lines are judged in runs. What a run needs is read from the lines here when the run begins, in bulk, and what is asked beyond that when
it is asked; nothing is kept between runs, so that a judge may begin anywhere along the lines.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from peewee import Database

from execdesk.records.journal import IN_BREACH, Touch
from execdesk.records.tables import BY_NAME
from execdesk.store import rows
from execdesk.store.chains import entries_at
from execdesk.store.line import Entry

Pair = tuple[str, str]
Values = dict[str, Any]
Named = tuple[str, str, str]  # table, column, the row that stands in it
# Rows that are found by a row they name, for good: in columns that no act gives another value. Each has its index.
_BY_OWNER = (
    ("Assignment", "case"), ("Claiming", "reverses"), ("Decision", "request"), ("Document", "request"), ("KeptFile", "document"), ("Measure", "property"),
    ("Measure", "renewed_from"), ("MoneyReceipt", "reverses"), ("Party", "case"), ("PropertyOwner", "property"), ("PropertyTie", "other"),
    ("PropertyTie", "property"), ("Service", "document"), ("TeamMember", "person"), ("TeamMember", "team"),
)
_COLUMNS = {table: tuple(column for name, column in _BY_OWNER if name == table) for table, _ in _BY_OWNER}
_TOUCH = Touch._meta.table_name


class Told(NamedTuple):
    """What a line wrote of a row."""

    entry: Entry
    new: bool
    values: Values

    @property
    def act(self) -> str:
        return str(self.entry.data["act"])


class KnownRows:
    """What lines with effect tell of rows: :meth:`begin` a run, then :meth:`learn` each line that has effect."""

    def __init__(self) -> None:
        self.void: Container[str] = ()  # lines that were found to be without effect, though they are not marked so here
        self._here: dict[Pair, list[Told]] = {}
        self._learnt: list[Entry] = []  # the lines of this run
        self._written: set[Pair] = set()  # the rows they wrote
        self._run: dict[Pair, list[Told]] = {}  # what they wrote, as far as somebody asked
        self._indexed = 0
        self._whole = True
        self._below: dict[Named, list[str]] = {}  # rows made in this run
        self._found: dict[Named, list[str]] = {}  # rows that were here as it began

    def begin(self, wanted: Iterable[Pair], *, whole: bool = True) -> None:
        """Begin a run of lines about some rows. Of a ``whole`` run no line is left out, so that of a row made in it no other line tells."""
        self._here, self._run, self._below, self._found, self._whole = {}, {}, {}, {}, whole
        self._learnt, self._written, self._indexed = [], set(), 0
        self._load(set(wanted))

    def learn(self, entry: Entry) -> None:
        """Take what a line with effect writes."""
        self._learnt.append(entry)
        self._written |= entry.touched
        if not entry.tables.isdisjoint(_COLUMNS):
            for table, row, new, values, _ in entry.data["changes"]:
                for column in _COLUMNS.get(table, ()) if new else ():
                    self._below.setdefault((table, column, values.get(column) or ""), []).append(row)

    def in_run(self, pair: Pair) -> bool:
        """Whether a line of this run wrote a row."""
        return pair in self._written

    def untouched_in_run(self, entry: Entry) -> bool:
        """Whether no line of this run wrote any of the rows that a line touches."""
        return self._written.isdisjoint(entry.touched)

    def _of_run(self, pair: Pair) -> Sequence[Told]:
        """What the lines of this run wrote of a row. Most rows are written once and never asked about: what they wrote is laid out when one is."""
        if pair not in self._written:
            return ()
        run = self._run
        for entry in self._learnt[self._indexed:]:
            for table, row, new, values, _ in entry.data["changes"]:
                run.setdefault((table, row), []).append(Told(entry, bool(new), values))
        self._indexed = len(self._learnt)
        return run[pair]

    def told(self, entry: Entry, table: str, row: str) -> list[Told]:
        """What was written of a row by lines with effect that the writer of a line had before him, in the total order."""
        pair = (table, row)
        here, run = self._here.get(pair), self._of_run(pair)
        if here is None:
            if not self._made_in_run(table, row):
                self._load({pair})
            here = self._here.setdefault(pair, [])
        void, seen, own, number = self.void, entry.seen, entry.chain, entry.number
        found: dict[tuple[int, str, int, int], Told] = {}
        for told in (*here, *run):
            line = told.entry
            if (line.number < number if line.chain == own else seen.get(line.chain, 0) >= line.number) and not (void and line.ref in void):
                found[line.order] = told
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
        self._load(unread)
        for row in ids:
            values = self.row(entry, table, row)
            if values.get(column) == owner:
                yield row, values

    def _named(self, table: str, column: str, owner: str) -> list[str]:
        """The rows here that name a row; read once in a run."""
        found = self._found.get((table, column, owner))
        if found is None:
            model = BY_NAME[table]
            base: Database = model._meta.database
            query = f'SELECT "id" FROM "{model._meta.table_name}" WHERE "{model._meta.fields[column].column_name}" = {base.param}'
            found = self._found[table, column, owner] = [row for row, in base.execute_sql(query, (owner,)).fetchall()]
        return found

    def _made_in_run(self, table: str, row: str) -> bool:
        run = self._of_run((table, row)) if self._whole else ()
        return bool(run and run[0].new)

    def _load(self, wanted: set[Pair]) -> None:
        """Read what the lines here tell of rows."""
        if not wanted:
            return
        here = self._here
        for pair in wanted:
            here[pair] = []
        for entry in _effective(Touch._meta.database, wanted):
            written = entry.written
            for pair in written.keys() & wanted:
                here[pair] += [Told(entry, bool(new), values) for _, _, new, values, _ in written[pair]]


def places_of(base: Database, pairs: Iterable[Pair]) -> dict[Pair, list[int]]:
    """The places of the lines that touched some rows."""
    by_table: dict[str, list[str]] = {}
    for table, row in pairs:
        by_table.setdefault(table, []).append(row)
    found: dict[Pair, list[int]] = {}
    for table, ids in by_table.items():
        for some in rows.batches(ids):
            query = f'SELECT "row", "line" FROM "{_TOUCH}" WHERE "tbl" = {base.param} AND "row" IN ({", ".join([base.param] * len(some))})'
            for row, place in base.execute_sql(query, (table, *some)).fetchall():
                found.setdefault((table, row), []).append(place)
    return found


def _effective(base: Database, wanted: set[Pair]) -> Iterable[Entry]:
    places = {place for found in places_of(base, wanted).values() for place in found}
    with_effect = f' AND "taken" NOT IN (SELECT "line" FROM "{_TOUCH}" WHERE "tbl" = {base.param} AND "row" = {base.param})'
    return entries_at(base, places, with_effect, IN_BREACH).values() if places else ()


__all__ = ["KnownRows", "Pair", "Told", "Values", "places_of"]
