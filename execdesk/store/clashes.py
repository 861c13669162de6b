"""Rows refolded from their lines, and the list of clashes that follows from the lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import Database

from execdesk.records.base import Journaled
from execdesk.records.journal import Clash, Line, Touch
from execdesk.records.tables import BY_NAME, children_of, parents_of
from execdesk.store import rows
from execdesk.store.chains import entries_at
from execdesk.store.facts import RowState, disputes, row_state
from execdesk.store.line import Change, Entry

Pair = tuple[str, str]


class Lines:
    """Lines by their place, parsed once while several rows are refolded; keeps only the latest few hundred."""

    def __init__(self, limit: int = 256) -> None:
        self._limit = limit
        self._kept: dict[int, Entry] = {}

    def touching(self, table: str, row: str) -> list[Entry]:
        """All lines here that touch a row."""
        base: Database = Touch._meta.database
        query = f'SELECT DISTINCT "line" FROM "{Touch._meta.table_name}" WHERE "tbl" = {base.param} AND "row" = {base.param} ORDER BY "line"'
        return [self.at(place) for place, in base.execute_sql(query, (table, row)).fetchall()]

    def at(self, place: int) -> Entry:
        """The line at a place in the order of taking in."""
        entry = self._kept.pop(place, None) or entries_at(Line._meta.database, [place])[place]
        self._kept[place] = entry
        if len(self._kept) > self._limit:
            self._kept.pop(next(iter(self._kept)))
        return entry


def state_of(table: str, row: str, lines: Lines | None = None) -> RowState:
    """A row folded from its lines."""
    return row_state(table, row, (lines or Lines()).touching(table, row))


def refresh_row(base: Database, table: str, row: str, lines: Lines) -> RowState:
    """Write a row as its lines say; its clashes are listed by :func:`refresh_clashes`."""
    state = state_of(table, row, lines)
    if state.values:
        rows.put(base, BY_NAME[table], row, state.values, state.writes)
    return state


def refresh_clashes(table: str, row: str, lines: Lines) -> None:
    """List anew the clashes of a row, those of its strike with its children among them."""
    state = state_of(table, row, lines)
    children = _children(BY_NAME[table], row, lines) if state.strikes() else []
    Clash.delete().where(Clash.table == table, Clash.row == row).execute()
    for found in disputes(state, children):
        Clash.insert(
            table=table, row=row, fact=found.fact, lines=list(found.lines), values=list(found.values)
        ).execute()


def _children(model: type[Journaled], row: str, lines: Lines) -> list[RowState]:
    return [
        state_of(child.__name__, found.id, lines)
        for child, name in children_of(model)
        for found in child.select(child.id).where(getattr(child, name) == row).order_by(child.id)
    ]


def parents_ever(state: RowState) -> set[Pair]:
    """The rows that a row belongs to or once belonged to."""
    return {pair for entry in state.entries for change in state.changes_of(entry) for pair in parents_named(change)}


def parents_named(change: Change) -> set[Pair]:
    """The rows to which a change says that its row belongs."""
    return {(model.__name__, change.values[name]) for name, model in parents_of(BY_NAME[change.table]) if change.values.get(name)}


def struck_among(base: Database, pairs: Iterable[Pair]) -> set[Pair]:
    """Those of the rows that are struck, or whose strike is in dispute."""
    by_table: dict[str, list[str]] = {}
    for table, row in pairs:
        by_table.setdefault(table, []).append(row)
    found: set[Pair] = set()
    for table, ids in by_table.items():
        model: Any = BY_NAME[table]
        for some in rows.batches(ids):
            found.update((table, r.id) for r in model.select(model.id).where(model.id.in_(some), model.struck.is_null(False)))
            disputed = Clash.select(Clash.row).where(Clash.table == table, Clash.fact == "struck", Clash.row.in_(some))
            found.update((table, c.row) for c in disputed)
    return found


def disputed_among(pairs: Iterable[Pair]) -> set[Pair]:
    """Those of the rows that have a clash."""
    query: Any = Clash.select(Clash.table, Clash.row).tuples()
    return set(query) & set(pairs)


def any_open() -> bool:
    """Whether anything is in dispute here."""
    return bool(Clash.select().exists())


def clash_lines(table: str, row: str) -> dict[str, list[str]]:
    """The disputed facts of a row with the lines behind each."""
    return {c.fact: c.lines for c in Clash.select().where(Clash.table == table, Clash.row == row)}


def forget(table: str, row: str, facts: Iterable[str]) -> None:
    """Take facts off the list once a line has settled them."""
    Clash.delete().where(Clash.table == table, Clash.row == row, Clash.fact.in_(sorted(facts))).execute()


def refresh_parents(moved: Iterable[Pair]) -> None:
    """After own lines moved rows from one parent to another: what clashed with a strike of either may have changed."""
    lines = Lines()
    parents: set[Pair] = set()
    for table, row in moved:
        parents |= parents_ever(state_of(table, row, lines))
    for table, row in sorted(parents):
        refresh_clashes(table, row, lines)
