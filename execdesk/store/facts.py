"""From lines to rows: the state of a fact is the set of its writes that no other write had seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from execdesk.records.base import Journaled
from execdesk.records.tables import BY_NAME
from execdesk.store.line import Change, Entry


@dataclass(frozen=True)
class Write:
    """One line's value for one fact of a row."""

    line: Entry
    values: tuple[tuple[str, Any], ...]
    new: bool


@dataclass(frozen=True)
class Dispute:
    """One fact of a row that several lines wrote without having seen each other; values stand beside their lines."""

    fact: str
    lines: tuple[str, ...]
    values: tuple[dict[str, Any], ...]


@dataclass
class RowState:
    """A row as the lines that touch it say: shown values, the line behind each fact, the open writes of each fact."""

    table: str
    row: str
    values: dict[str, Any] = field(default_factory=dict)
    writes: dict[str, str] = field(default_factory=dict)
    open_writes: dict[str, list[Write]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def clashes(self) -> dict[str, list[Write]]:
        """Facts with several open writes whose values differ."""
        return {
            fact: writes
            for fact, writes in self.open_writes.items()
            if len(writes) > 1 and len({write.values for write in writes}) > 1
        }

    def strikes(self) -> list[Write]:
        """Open writes that strike the row."""
        return [w for w in self.open_writes.get("struck", []) if w.values[0][1] is not None]

    def changes_of(self, entry: Entry) -> list[Change]:
        """What a line did to this row."""
        return entry.by_row.get((self.table, self.row), [])


def row_state(table: str, row: str, entries: Iterable[Entry]) -> RowState:
    """Fold the lines that touch a row, in the total order.

    The shown value of a fact is that of its greatest write, so all desks that hold the same lines show the same.
    """
    state = RowState(table, row)
    model = BY_NAME[table]
    for entry in sorted(entries, key=lambda e: e.order):
        mine = state.changes_of(entry)
        for change in mine:
            _fold(state, model, entry, change)
        if mine:
            state.entries.append(entry)
    if "" not in state.writes:  # only a line in breach made it, if any: there is no such row
        return RowState(table, row)
    return state


def row_values(table: str, row: str, entries: Iterable[Entry]) -> dict[str, Any] | None:
    """The shown values of a row by the lines that touch it; ``None`` where none of them made it."""
    found: dict[str, Any] = {}
    made = False
    for entry in sorted(entries, key=lambda e: e.order):
        for change in entry.by_row.get((table, row), ()):
            made = made or change.new
            found.update(change.values)
    return found if made else None


def row_writes(table: str, row: str, entries: Sequence[Entry]) -> dict[str, str]:
    """Which line wrote each fact of a row last; the one that made it under the empty name."""
    if len(entries) == 1 and len(entries[0].by_row.get((table, row), ())) == 1:
        return {"": entries[0].ref}  # as it was made: by far the most
    return row_state(table, row, entries).writes


def _fold(state: RowState, model: type[Journaled], entry: Entry, change: Change) -> None:
    if change.new:
        state.writes[""] = entry.ref
    state.values.update(change.values)
    for fact in sorted({model.fact_of(name) for name in change.values}):
        if not change.new:
            state.writes[fact] = entry.ref
        values = tuple((n, change.values.get(n)) for n in model.fields_of(fact))
        still_open = [w for w in state.open_writes.get(fact, []) if w.line != entry and not entry.knew(w.line)]
        state.open_writes[fact] = [*still_open, Write(entry, values, change.new)]


def disputes(state: RowState, children: Sequence[RowState] = ()) -> list[Dispute]:
    """All clashes of a row, facts in order; ``children`` are the rows that belong to it, needed only if it is struck."""
    found = {
        fact: {w.line: dict(w.values) for w in writes} for fact, writes in state.clashes().items()
    }
    for strike, entry, written in _against_strikes(state, children):
        disputed = found.setdefault("struck", {})
        disputed.setdefault(strike.line, dict(strike.values))
        disputed.setdefault(entry, {}).update(written)
    return [_dispute(fact, found[fact]) for fact in sorted(found)]


def _dispute(fact: str, writes: dict[Entry, dict[str, Any]]) -> Dispute:
    ordered = sorted(writes, key=lambda e: e.order)
    return Dispute(fact, tuple(e.ref for e in ordered), tuple(writes[e] for e in ordered))


def _against_strikes(state: RowState, children: Sequence[RowState]) -> Iterator[tuple[Write, Entry, dict[str, Any]]]:
    """Strikes of a row that had not seen a change of it or of a row that belongs to it, nor were seen by that change."""
    for strike in state.strikes():
        for each in (state, *children):
            for entry in each.entries:
                if entry == strike.line or strike.line.knew(entry) or entry.knew(strike.line):
                    continue
                written = _beyond_strike(each, entry)
                if written:
                    yield strike, entry, written


def _beyond_strike(state: RowState, entry: Entry) -> dict[str, Any]:
    """What a line wrote in a row, if it did more than strike it too: two desks that both struck do not disagree."""
    written: dict[str, Any] = {}
    for change in state.changes_of(entry):
        written.update(change.values)
    only_struck = written.keys() == {"struck"} and written["struck"] is not None
    return {} if only_struck else written
