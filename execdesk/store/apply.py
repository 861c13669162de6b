"""Bringing rows up to date with lines just taken in: at once where nothing is concurrent, else refolded from their lines.

A line that had seen every line here that touches a row stands after all of them in the total order, so its values simply
replace what is there. Only rows with something concurrent, or in dispute, are folded anew, once, at the end. A line in breach
changes nothing, and a row that only such a line made is not there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import Database, IntegrityError

from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled
from execdesk.records.journal import IN_BREACH, Line, Touch
from execdesk.records.tables import BY_NAME, parents_of
from execdesk.store import clashes, rows
from execdesk.store.chains import entry_of
from execdesk.store.clashes import Lines, Pair
from execdesk.store.follower import Touched
from execdesk.store.line import Change, Entry, filled_names
from execdesk.store.primed import places_in_breach


@dataclass(slots=True)
class _Row:
    """A row while a run of lines is applied: the last line of every chain that touched it, and what is to be written."""

    known: dict[str, int]
    values: dict[str, Any]
    writes: dict[str, str]
    parents: Mapping[str, str | None]
    new: bool = False

    def seen_by(self, entry: Entry) -> bool:
        """Whether the writer of a line had every line that touched the row before him."""
        return all(chain == entry.chain or entry.seen.get(chain, 0) >= number for chain, number in self.known.items())

    def take(self, entry: Entry, change: Change, model: type[Journaled]) -> None:
        """Let a change that had seen all others replace what is there."""
        self.known[entry.chain] = entry.number
        if self.new:
            self.values = dict(self.values)  # not the line's own
        self.values.update(change.values)
        self.writes.update((model.fact_of(name), entry.ref) for name in change.values)


_Fast = dict[str, dict[str, _Row]]  # what is written at once, by table and row
_Fresh = dict[str, dict[str, tuple[dict[str, Any], str, Entry]]]  # rows that one line alone touched, which made them: by far the most; with their ``writes``


@dataclass
class Applier:
    """Applies runs of lines, in the order they are taken in; :meth:`finish` folds what was concurrent."""

    base: Database
    follow: Callable[[Touched], None] = lambda touched: None
    first: int = 0  # the place of the first line of them all
    last: int = 0
    slow: set[Pair] = field(default_factory=set)
    strikes: set[Pair] = field(default_factory=set)
    _made_in_breach: set[Pair] | None = None

    def run(self, entries: Sequence[Entry], places: Sequence[int], breaches: Container[str] = ()) -> None:
        """Apply lines that have just been written down at ``places``; notes what they touch. Those in ``breaches`` have no effect."""
        touched = []
        for e, place in zip(entries, places, strict=True):
            touched += [(*IN_BREACH, place)] if breaches and e.ref in breaches else [(table, row, place) for table, row, _, _, _ in e.changes]
        if breaches:
            self._made_in_breach = None
            entries = [e for e in entries if e.ref not in breaches]
        found, fresh = self._load(entries), _Fresh()
        rows.touch(self.base, touched)
        for entry in entries:
            writes = rows.writes_text({"": entry.ref})
            for change in entry.changes:
                table, row_id, values, _, new = change
                made = fresh.get(table)
                if made is None:
                    made = fresh[table] = {}
                if new and values["struck"] is None and not self.slow and row_id not in made and (table, row_id) not in found:
                    made[row_id] = values, writes, entry
                    continue
                if row_id in made:
                    values, _, by = made.pop(row_id)
                    found[table, row_id] = _Row({by.chain: by.number}, values, {"": by.ref}, {}, new=True)
                self._apply(entry, change, found)
        fast: _Fast = {}
        for pair, row in found.items():
            if row.values and pair not in self.slow:
                fast.setdefault(pair[0], {})[pair[1]] = row
        self._write(fast, fresh)
        self._note_struck_parents(fast, fresh)
        self._follow(places, fast, fresh)

    def finish(self) -> None:
        """Fold what was concurrent, and list the clashes anew where they may have changed."""
        lines = Lines()
        parents: set[Pair] = set()
        for table, row in sorted(self.slow):
            state = clashes.refresh_row(self.base, table, row, lines)
            parents |= clashes.parents_ever(state)
        for table, row in sorted(self.slow | self.strikes | clashes.struck_among(self.base, parents)):
            clashes.refresh_clashes(table, row, lines)
        if self.slow:
            self.follow(Touched(self.first, self.last, {}, frozenset(self.slow), frozenset(self.slow)))

    def _follow(self, places: Sequence[int], fast: _Fast, fresh: _Fresh) -> None:
        """Let what is derived follow what was written at once; what is concurrent is told when it is folded."""
        if not places:
            return
        self.first, self.last = self.first or places[0], places[-1]
        made = {table: {row_id: values for row_id, (values, _, _) in some.items()} for table, some in fresh.items() if some}
        for table, some in fast.items():
            made.setdefault(table, {}).update((row_id, row.values) for row_id, row in some.items() if row.new)
        for table, row_id in self.slow:  # another desk made it under the same id
            made.get(table, {}).pop(row_id, None)
        changed = frozenset((table, row_id) for table, some in fast.items() for row_id, row in some.items() if not row.new)
        self.follow(Touched(self.first, self.last, {table: new for table, new in made.items() if new}, changed))

    def _apply(self, entry: Entry, change: Change, found: dict[Pair, _Row]) -> None:
        pair = (change.table, change.row)
        if change.values.get("struck") is not None:
            self.strikes.add(pair)
        if self.slow and pair in self.slow:
            return
        row = found.get(pair)
        if row is None and change.new:
            found[pair] = _Row({entry.chain: entry.number}, change.values, {"": entry.ref}, {}, new=True)
            return
        if row is None or not (change.new or row.writes):
            if not self._was_made_in_breach(pair):
                raise Refusal(f"{entry.ref} 改动了不存在的记录，整件不接收，本机数据未动。", code="exchange.malformed")
            return
        model = BY_NAME[change.table]
        moved = not change.new and any(name in change.values for name, _ in parents_of(model))
        if moved or change.new or not row.seen_by(entry):
            self.slow.add(pair)
            return
        row.take(entry, change, model)

    def _was_made_in_breach(self, pair: Pair) -> bool:
        """Whether a line that is kept without effect made the row: what builds on it has no effect either."""
        if self._made_in_breach is None:
            places = sorted(places_in_breach())
            lines = [entry_of(line) for line in Line.select().where(Line.taken.in_(places))]
            self._made_in_breach = {(c.table, c.row) for entry in lines for c in entry.changes if c.new}
        return pair in self._made_in_breach

    def _load(self, entries: Sequence[Entry]) -> dict[Pair, _Row]:
        """What is known of the rows these lines touch, before they are applied; of those that they make, nothing."""
        wanted = {(table, row) for entry in entries for table, row, _, _, new in entry.changes if not new}
        found: dict[Pair, _Row] = {}
        by_table: dict[str, list[str]] = {}
        for table, row in sorted(wanted):
            by_table.setdefault(table, []).append(row)
        for table, ids in by_table.items():
            for some in rows.batches(ids):
                self._load_some(table, some, found)
        if clashes.any_open():
            self.slow |= clashes.disputed_among((change.table, change.row) for entry in entries for change in entry.changes)
        return found

    def _load_some(self, table: str, ids: Sequence[str], found: dict[Pair, _Row]) -> None:
        model, names = BY_NAME[table], [name for name, _ in parents_of(BY_NAME[table])]
        marks = ", ".join([self.base.param] * len(ids))
        columns = ", ".join(f'"{model._meta.fields[n].column_name}"' for n in ("id", "writes", *names))
        stored = self.base.execute_sql(
            f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "id" IN ({marks})', ids
        ).fetchall()
        if not stored:
            return
        for row, writes, *parents in stored:
            found[table, row] = _Row({}, {}, json.loads(writes), dict(zip(names, parents, strict=True)))
        known = self.base.execute_sql(
            f'SELECT t."row", l."site", l."incarnation", MAX(l."number") FROM "{Touch._meta.table_name}" t '
            f'JOIN "{Line._meta.table_name}" l ON l."taken" = t."line" '
            f'WHERE t."tbl" = {self.base.param} AND t."row" IN ({marks}) GROUP BY t."row", l."site", l."incarnation"',
            [table, *ids],
        ).fetchall()
        for row, site, incarnation, number in known:
            found.setdefault((table, row), _Row({}, {}, {}, {})).known[f"{site}.{incarnation}"] = number

    def _write(self, fast: _Fast, fresh: _Fresh) -> None:
        batches = {table: [[*values.values(), writes, row_id] for row_id, (values, writes, _) in some.items()] for table, some in fresh.items()}
        changes: dict[tuple[str, tuple[str, ...]], list[list[Any]]] = {}
        for table, rows_there in fast.items():
            for row_id, row in rows_there.items():
                values = [*row.values.values(), rows.writes_text(row.writes), row_id]
                (batches.setdefault(table, []) if row.new else changes.setdefault((table, tuple(row.values)), [])).append(values)
        for table, made in batches.items():
            if made:
                self._insert(BY_NAME[table], filled_names(table), made)
        for (table, names), batch in changes.items():
            rows.update_plain(self.base, BY_NAME[table], names, batch)

    def _insert(self, model: type[Journaled], names: tuple[str, ...], batch: list[list[Any]]) -> None:
        """Insert rows; one that another desk made under the same id is folded from all its lines."""
        try:
            with self.base.atomic():
                rows.insert_plain(self.base, model, names, batch)
            return
        except IntegrityError:
            found: set[str] = set()
        column: Any = model.id
        for some in rows.batches([values[-1] for values in batch]):
            found |= {record.id for record in model.select(column).where(column.in_(some))}
        self.slow |= {(model.__name__, row) for row in found}
        rows.insert_plain(self.base, model, names, [values for values in batch if values[-1] not in found])

    def _note_struck_parents(self, fast: _Fast, fresh: _Fresh) -> None:
        """A change of a row may clash with a strike of the row it belongs to; a strike in this very run is noted by itself."""
        new = {table: fresh.get(table, {}).keys() | {row_id for row_id, row in fast.get(table, {}).items() if row.new} for table in {*fast, *fresh}}
        parents: set[Pair] = set()
        for table in new:
            for name, model in parents_of(BY_NAME[table]):
                named = {values[name] for values, _, _ in fresh[table].values()} if table in fresh else set()
                named |= {row.values.get(name) if row.new else row.parents.get(name) for row in fast.get(table, {}).values()}
                parents |= {(model.__name__, parent) for parent in named - new.get(model.__name__, set()) if parent}
        self.strikes |= clashes.struck_among(self.base, parents)
