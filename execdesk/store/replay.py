"""The journal as the truth: feed an empty store, compare row by row, hash the state, show a past moment."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from datetime import datetime
from typing import Any

from execdesk.records.base import canonical, moment_text
from execdesk.records.journal import Line
from execdesk.records.tables import BY_NAME, JOURNALED
from execdesk.store import rows
from execdesk.store.chains import place_at
from execdesk.store.database import streamed
from execdesk.store.findings import row_fault
from execdesk.store.line import Entry
from execdesk.store.primed import places_in_breach
from execdesk.store.store import Store, on_store

Rows = dict[tuple[str, str], dict[str, Any]]
_TRAVELLING = (Line.body, Line.hash, Line.signature, Line.cosignature)


def all_entries(store: Store) -> Iterator[Entry]:
    """Every line here in the total order. Other stores may be used while it is read."""
    if store.base.is_closed():
        store.base.connect()
    yield from _entries(store, Line.select(*_TRAVELLING))


def _entries(store: Store, lines: Any) -> Iterator[Entry]:
    """Some lines in the total order, without building a record of each."""
    ordered = lines.order_by(Line.height, Line.site, Line.incarnation, Line.number)
    for body, hash_, signature, cosignature in streamed(store.base, ordered):
        yield Entry(bytes(body), hash_, bytes(signature), None if cosignature is None else bytes(cosignature))


def fold(entries: Iterable[Entry], breaches: Container[str] = ()) -> Rows:
    """The rows that lines in the total order say there are; the last write of a field is the greatest.

    Lines in ``breaches`` have no effect, and what was made by none but them is not there.
    """
    found: Rows = {}
    for entry in entries:
        for change in entry.changes if entry.ref not in breaches else ():
            key = (change.table, change.row)
            if change.new or key in found:
                found.setdefault(key, {}).update(change.values)
    return found


@on_store
def refs_in_breach(store: Store) -> frozenset[str]:
    """The lines that are kept here without effect."""
    query = Line.select(Line.site, Line.incarnation, Line.number).where(Line.taken.in_(sorted(places_in_breach())))
    return frozenset(line.ref for line in query)


@on_store
def stored_rows(store: Store) -> Rows:
    """The rows of all journaled tables as they stand in the database."""
    found: Rows = {}
    for model in JOURNALED:
        for row, values in rows.stored(store.base, model).items():
            found[model.__name__, row] = values
    return found


def state_hash(found: Rows) -> str:
    """One hash over all rows; equal on all desks that hold the same lines."""
    digest = hashlib.sha256()
    for key in sorted(found):
        digest.update(canonical([*key, found[key]]).encode())
    return digest.hexdigest()


def differences(expected: Rows, actual: Rows) -> list[str]:
    """Where the database differs from the journal, one sentence for each row, naming table, row and fields."""
    faults = [row_fault(*key, expected.get(key), actual.get(key)) for key in sorted(expected.keys() | actual.keys())]
    return [fault.text for fault in faults if fault is not None]


@on_store
def as_known(store: Store, moment: datetime) -> Rows:
    """The rows as they were known at this desk at a past moment: lines that arrived later do not count."""
    last = place_at(store.base, moment_text(moment))
    return fold(_entries(store, Line.select(*_TRAVELLING).where(Line.taken <= last)), refs_in_breach(store))


@on_store
def feed(store: Store, entries: Iterable[Entry], breaches: Container[str] = ()) -> None:
    """Write the rows of folded lines into an empty store (lines themselves are taken in by ``merge``)."""
    values: Rows = defaultdict(dict)
    writes: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for entry in entries:
        for change in entry.changes if entry.ref not in breaches else ():
            key, model = (change.table, change.row), BY_NAME[change.table]
            values[key].update(change.values)
            writes[key].update({"" if change.new else model.fact_of(name): entry.ref for name in change.values})
    with store.transaction():
        for (table, row), found in values.items():
            if "" in writes[table, row]:
                rows.put(store.base, BY_NAME[table], row, found, writes[table, row])
