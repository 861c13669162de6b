"""From lines to rows: the state of a fact is the set of its writes that no other write had seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def row_state(table: str, row: str, entries: Iterable[Entry]) -> RowState:
    """Fold the lines that touch a row, in the total order.

    The shown value of a fact is that of its greatest write, so all desks that hold the same lines show the same.
    """
    state = RowState(table, row)
    model = BY_NAME[table]
    for entry in sorted(entries, key=lambda e: e.order):
        mine = [c for c in entry.changes if c.table == table and c.row == row]
        for change in mine:
            _fold(state, model, entry, change)
        if mine:
            state.entries.append(entry)
    return state


def _fold(state: RowState, model: type[Journaled], entry: Entry, change: Change) -> None:
    if change.new:
        state.writes[""] = entry.ref
    state.values.update(change.values)
    for fact in {model.fact_of(name) for name in change.values}:
        if not change.new:
            state.writes[fact] = entry.ref
        values = tuple((n, change.values.get(n)) for n in model.members(fact))
        still_open = [w for w in state.open_writes.get(fact, []) if not entry.knew(w.line)]
        state.open_writes[fact] = [*still_open, Write(entry, values, change.new)]


def strikes_against(parent: RowState, others: Sequence[RowState]) -> list[tuple[Write, Entry]]:
    """Strikes of a row that had not seen a change of the row itself or of a row that belongs to it, nor been seen by it."""
    found = []
    strikes = [w for w in parent.open_writes.get("struck", []) if dict(w.values).get("struck") is not None]
    for strike in strikes:
        for state in (parent, *others):
            found += [
                (strike, e)
                for e in state.entries
                if e is not strike.line and e.ref != strike.line.ref and not strike.line.knew(e) and not e.knew(strike.line)
            ]
    return found
