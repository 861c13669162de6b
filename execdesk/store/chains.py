"""The chains a store holds: where each ends, how a line is written down and read back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from peewee import Database

from execdesk.records.journal import Line
from execdesk.store import rows
from execdesk.store.clock import CLOCK_CORRECTION
from execdesk.store.line import GENESIS, Entry
from execdesk.store.renaming import ever

_TABLE = Line._meta.table_name
_COLUMNS = (
    "taken_at", "run", "site", "incarnation", "number", "format", "height", "act", "person", "at", "case_id", "body", "hash",
    "signature", "cosignature",
)


class Head(NamedTuple):
    """The end of a chain: number, hash, height, moment of its last line."""

    number: int
    hash: str
    height: int
    at: datetime | None


EMPTY = Head(0, GENESIS, 0, None)


def ends(base: Database) -> dict[str, Head]:
    """The end of every chain here; as many look-ups as there are chains, however long these are."""
    found: dict[str, Head] = {}
    where = ""
    params: tuple[Any, ...] = ()
    while True:
        row = base.execute_sql(
            f'SELECT "site", "incarnation", "number", "hash", "height", "at" FROM "{_TABLE}" {where} '
            'ORDER BY "site" DESC, "incarnation" DESC, "number" DESC LIMIT 1',
            params,
        ).fetchone()
        if row is None:
            return found
        site, incarnation, number, hash_, height, at = row
        found[f"{site}.{incarnation}"] = Head(number, hash_, height, datetime.fromisoformat(at))
        where, params = f'WHERE ("site", "incarnation") < ({base.param}, {base.param})', (site, incarnation)


def line_hash(base: Database, chain: str, number: int) -> str | None:
    """The hash of one line, if it is here."""
    found = _one(base, "hash", chain, number)
    return None if found is None else str(found)


def line_height(base: Database, chain: str, number: int) -> int:
    """The height of a line that is here."""
    return int(_one(base, "height", chain, number))


def highest_of(base: Database, act: str) -> int:
    """The greatest height of the lines of an act; 0 if there is none. Every act asks this, so no query is built for it."""
    found = base.execute_sql(f'SELECT MAX("height") FROM "{_TABLE}" WHERE "act" IN ({", ".join([base.param] * len(ever(act)))})', ever(act)).fetchone()
    return int(found[0] or 0)


def line_seen(base: Database, chain: str, number: int) -> Mapping[str, int]:
    """What the writer of a line that is here had seen; nothing where it is not here."""
    body = _one(base, "body", chain, number)
    seen: Mapping[str, int] = json.loads(bytes(body))["seen"] if body is not None else {}
    return seen


def line_rules(base: Database, chain: str, number: int) -> int:
    """The rule set by which a line that is here was written; 0 where it is not here. Every act asks this, so no query is built for it."""
    body = _one(base, "body", chain, number)
    return int(json.loads(bytes(body))["rules"]) if body is not None else 0


def _one(base: Database, column: str, chain: str, number: int) -> Any:
    site, incarnation = chain.rsplit(".", 1)
    row = base.execute_sql(
        f'SELECT "{column}" FROM "{_TABLE}" WHERE "site" = {base.param} AND "incarnation" = {base.param} '
        f'AND "number" = {base.param}',
        (site, int(incarnation), number),
    ).fetchone()
    return None if row is None else row[0]


def before_first(site: str, incarnation: int, seen: Mapping[str, int]) -> tuple[str, int] | None:
    """The line of an earlier incarnation that a new one goes on from: the last it had when it was opened, if any."""
    for older in range(incarnation - 1, 0, -1):
        number = seen.get(f"{site}.{older}", 0)
        if number:
            return f"{site}.{older}", number
    return None


def first_previous(base: Database, site: str, incarnation: int, seen: Mapping[str, int]) -> str:
    """What ``previous`` of an incarnation's first line must be."""
    before = before_first(site, incarnation, seen)
    return (line_hash(base, *before) if before else None) or GENESIS


def keep_lines(base: Database, entries: Sequence[Entry], taken_at: str, run: int | None = None, *, corrects: bool = False) -> range:
    """Write lines as they are; returns their places in the order of taking in. ``run`` is the first place of those written before in the
    same transaction.

    The time of taking in never goes back, unless the lines set a wrong day right (``corrects``): else what was known at a moment
    would be no beginning of the order.
    """
    if not entries:
        return range(0)
    last, last_at = _last(base)
    places = range(last + 1, last + len(entries) + 1)
    if rows.on_server(base):
        base.execute_sql(f"SELECT setval(pg_get_serial_sequence('\"{_TABLE}\"', 'taken'), %s)", (places[-1],))
    at, first = taken_at if corrects else max(taken_at, last_at), places[0] if run is None else run
    columns = ", ".join(f'"{c}"' for c in ("taken", *_COLUMNS))
    marks = ", ".join([base.param] * (len(_COLUMNS) + 1))
    rows.insert(
        base, f'INSERT INTO "{_TABLE}" ({columns}) VALUES ({marks})',
        [(place, *_values(e, at, first)) for place, e in zip(places, entries, strict=True)],
    )
    return places


def _values(entry: Entry, taken_at: str, run: int) -> tuple[object, ...]:
    d = entry.told
    return (
        taken_at, run, d["site"], d["incarnation"], d["number"], d["format"], d["height"], d["act"], d["person"], d["at"],
        d["case"], entry.body, entry.hash, entry.signature, entry.cosignature,
    )


def _last(base: Database) -> tuple[int, str]:
    """The last place and its time; the write lock is held, so the next places are consecutive."""
    found: Any = base.execute_sql(f'SELECT "taken", "taken_at" FROM "{_TABLE}" ORDER BY "taken" DESC LIMIT 1').fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def place_at(base: Database, moment: str) -> int:
    """The last place taken in up to a moment (as the lines write it); 0 if there is none. What came up to there was known then.

    Times grow along the places, but for the lines that set a wrong day right: between these the place is found by halving.
    """
    marks = ", ".join([base.param] * len(ever(CLOCK_CORRECTION)))
    corrections = base.execute_sql(f'SELECT "taken" FROM "{_TABLE}" WHERE "act" IN ({marks}) ORDER BY "taken"', ever(CLOCK_CORRECTION)).fetchall()
    end, begins = _last(base)[0], [*(int(place) for place, in reversed(corrections)), 1]
    for begin in begins:
        low, high = begin - 1, end
        while low < high:
            middle = (low + high + 1) // 2
            row = base.execute_sql(f'SELECT "taken_at" FROM "{_TABLE}" WHERE "taken" = {base.param}', (middle,)).fetchone()
            low, high = (middle, high) if row is not None and row[0] <= moment else (low, middle - 1)
        if low >= begin:
            return low
        end = begin - 1
    return 0


def line_at(chain: str, number: int) -> Entry | None:
    """A line of the store in context by chain and number."""
    site, _, incarnation = chain.rpartition(".")
    found = Line.get_or_none(Line.site == site, Line.incarnation == int(incarnation), Line.number == number)
    return None if found is None else entry_of(found)


def entry_of(line: Line) -> Entry:
    """The travelling form of a stored line."""
    return Entry(
        bytes(line.body), line.hash, bytes(line.signature), None if line.cosignature is None else bytes(line.cosignature)
    )


class _Lately:
    """Lines read lately, so that one asked for with every act of a case is parsed once; up to so many bytes of them.

    What is kept follows from the bytes alone: a line whose bytes are others is another one, whatever hash it is kept under.
    """

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: dict[str, Entry] = {}
        self._lock = threading.Lock()

    def entry(self, body: bytes, hash_: str, signature: bytes, cosignature: bytes | None) -> Entry:
        with self._lock:
            found = self._kept.pop(hash_, None)
            if found is not None and (found.body, found.signature, found.cosignature) != (body, signature, cosignature):
                self._size -= len(found.body)
                found = None
            if found is None:
                found = Entry(body, hash_, signature, cosignature)
                self._size += len(body)
            self._kept[hash_] = found
            while self._size > self._most and len(self._kept) > 1:
                self._size -= len(self._kept.pop(next(iter(self._kept))).body)
        return found


_LATELY = _Lately(4 * 2**20)  # parsed some 20 MB: the lines of a case, or a dozen of a ledger


def entries_at(base: Database, places: Iterable[int], more: str = "", params: Sequence[Any] = ()) -> dict[int, Entry]:
    """The lines at some places, by place in their order; of these only those for which ``more`` (SQL) holds."""
    found: dict[int, Entry] = {}
    for some in rows.batches(sorted(places)):
        query = (
            f'SELECT "taken", "body", "hash", "signature", "cosignature" FROM "{_TABLE}" '
            f'WHERE "taken" IN ({", ".join([base.param] * len(some))}){more} ORDER BY "taken"'
        )
        for place, body, hash_, signature, co in base.execute_sql(query, (*some, *params)).fetchall():
            found[place] = _LATELY.entry(bytes(body), hash_, bytes(signature), None if co is None else bytes(co))
    return found
