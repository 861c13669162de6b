"""Listens to what is done at a desk and tells which moves of which records were made by it, as the journal has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import pytest

from execdesk import rooms
from execdesk.desk import Desk
from execdesk.records.base import Journaled, RowField
from execdesk.records.journal import Line
from execdesk.records.moves import ANY, NEW, Moves
from execdesk.records.tables import BY_NAME, JOURNALED
from execdesk.store.chains import entry_of
from execdesk.store.store import Store

rooms.enter()
Row = tuple[str, str]
Walked = tuple[str, str, str, str]  # record, from, to, act
TABLES: dict[str, Moves] = {model.__name__: model.MOVES for model in JOURNALED if model.MOVES is not None}
DECLARED: frozenset[Walked] = frozenset((name, move.start, move.to, move.act) for name, table in TABLES.items() for move in table.rows)
LISTED: dict[str, frozenset[Walked]] = {}


def walks(**listed: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Say which moves a journey makes: by record, ``act from>to from>to`` on lines of their own; nothing before > is a new row."""

    told = frozenset(one for record, text in listed.items() for one in _read(record, text))

    def keep(journey: Callable[..., None]) -> Callable[..., None]:
        @wraps(journey)
        def walked(**given: Any) -> None:
            journey(**given)
            missed = sorted(told - given["walk"].made)
            assert not missed, f"listed, but not walked: {missed}"

        assert journey.__name__ not in LISTED, "two journeys of one name"
        LISTED[journey.__name__] = told
        return walked

    return keep


def _read(record: str, text: str) -> Iterator[Walked]:
    for line in filter(None, map(str.strip, text.splitlines())):
        act, *pairs = line.split()
        for pair in pairs:
            start, _, to = pair.partition(">")
            yield record, start, to, act


@dataclass
class Walk:
    """The moves made so far at the desks of a test; each store is heard from its first line on."""

    made: set[Walked] = field(default_factory=set)
    _heard: dict[str, int] = field(default_factory=dict)
    _states: dict[str, dict[Row, str]] = field(default_factory=dict)

    def hear(self, store: Store) -> list[str]:
        """Read the lines written since; the acts among them that were done here."""
        place = str(store.folder)
        states, last = self._states.setdefault(place, {}), self._heard.get(place, 0)
        acts = []
        for line in Line.select().where(Line.taken > last).order_by(Line.taken):
            entry = entry_of(line)
            own, self._heard[place] = entry.chain == store.chain or last == 0, line.taken
            for table, row, new, values, _ in entry.data["changes"]:
                if table in TABLES and (new or "state" in values):
                    self._moved(own, table, states.get((table, row), NEW), values["state"], line.act)
                    states[table, row] = values["state"] if own else BY_NAME[table].get_by_id(row).state
            acts += [line.act] if own else []
        return acts

    def _moved(self, own: bool, table: str, start: str, to: str, act: str) -> None:
        if own and start != to:
            self.made.add((table, start, to, act if (table, start, to, act) in DECLARED else ANY))

    def stayed(self, store: Store, act: str, rows: set[Row], before: dict[Row, str]) -> None:
        """Rows an act was about, and rows those name, that are in the state they were in before."""
        now = self._states[str(store.folder)]
        for row in rows | {named for one in rows for named in _named(*one)}:
            if row in before and before[row] == now[row]:
                self.made.add((row[0], now[row], now[row], act))


def _named(table: str, row: str) -> Iterator[Row]:
    model: type[Journaled] = BY_NAME[table]
    found = model.get_or_none(model.id == row)
    for column in model._meta.sorted_fields if found is not None else ():
        if isinstance(column, RowField) and column.target in TABLES and (value := found.__data__[column.name]):
            yield column.target, value


@contextmanager
def listening(patch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """Hear whatever is done at any desk, refused or not."""
    walk, done = Walk(), Desk.do

    def do(self: Desk, verb: str, /, **values: Any) -> Any:
        store = self.session.store
        with store.reading():
            walk.hear(store)
            given = {value for value in values.values() if isinstance(value, str)}
            rows = {row for row in walk._states[str(store.folder)] if row[1] in given}
        before = dict(walk._states[str(store.folder)])
        try:
            changes = done(self, verb, **values)
        finally:
            with store.reading():
                walk.hear(store)
        with store.reading():
            walk.stayed(store, verb, rows | set(changes.rows if changes is not None else ()), before)
        return changes

    patch.setattr(Desk, "do", do)
    yield walk
