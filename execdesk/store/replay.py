"""The journal as the truth: feed an empty store, compare row by row, hash the state, show a past moment."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from execdesk.records.base import canonical
from execdesk.records.journal import Line
from execdesk.records.tables import BY_NAME, JOURNALED
from execdesk.store import rows
from execdesk.store.line import Entry
from execdesk.store.store import Store, entry_of

Rows = dict[tuple[str, str], dict[str, Any]]


def all_entries(store: Store) -> Iterator[Entry]:
    """Every line here in the total order."""
    store.activate()
    query = Line.select().order_by(Line.height, Line.site, Line.incarnation, Line.number)
    for line in query.iterator():
        yield entry_of(line)


def fold(entries: Iterable[Entry]) -> Rows:
    """The rows that lines in the total order say there are; the last write of a field is the greatest."""
    found: Rows = defaultdict(dict)
    for entry in entries:
        for change in entry.changes:
            found[change.table, change.row].update(change.values)
    return dict(found)


def stored_rows(store: Store) -> Rows:
    """The rows of all journaled tables as they stand in the database."""
    store.activate()
    found: Rows = {}
    for model in JOURNALED:
        for raw in rows.raw_rows(store.base, model):
            found[model.__name__, raw["id"]] = rows.stored(raw, model)
    return found


def state_hash(found: Rows) -> str:
    """One hash over all rows; equal on all desks that hold the same lines."""
    digest = hashlib.sha256()
    for key in sorted(found):
        digest.update(canonical([*key, found[key]]).encode())
    return digest.hexdigest()


def differences(expected: Rows, actual: Rows) -> list[str]:
    """Where the database differs from the journal, one sentence each, naming table, row and field."""
    found = []
    for key in sorted(expected.keys() | actual.keys()):
        table, row = key
        if key not in actual:
            found.append(f"表 {table} 缺少记录 {row}（留痕中有）")
        elif key not in expected:
            found.append(f"表 {table} 多出记录 {row}（留痕中没有）")
        else:
            found += [
                f"表 {table} 记录 {row} 的 {name}：留痕为 {expected[key].get(name)!r}，库中为 {actual[key].get(name)!r}"
                for name in sorted(expected[key].keys() | actual[key].keys())
                if expected[key].get(name) != actual[key].get(name)
            ]
    return found


def as_known(store: Store, moment: datetime) -> Rows:
    """The rows as they were known here at a past moment."""
    limit = moment.timestamp()
    return fold(e for e in all_entries(store) if datetime.fromisoformat(e.data["at"]).timestamp() <= limit)


def feed(store: Store, entries: Iterable[Entry]) -> None:
    """Write the rows of folded lines into an empty store (lines themselves are taken in by ``merge``)."""
    with store.transaction():
        for (table, row), values in fold(entries).items():
            rows.put(store.base, BY_NAME[table], row, values, {})
