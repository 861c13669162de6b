"""Search over cases: numbers, names, pinyin initials, plates, accounts. A local index, rebuilt at will.

The texts stand in a local table and, laid out, in memory. The index follows the journal: it looks at the rows that lines touched
since it last looked, own lines or foreign ones. All of it goes in slices, so that it can be made beside a person's work and goes on
where it stopped.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from execdesk.records.cases import Case, Party
from execdesk.records.journal import SearchEntry, Touch
from execdesk.store import rows
from execdesk.store.act import Changes
from execdesk.store.searchmemory import Memory
from execdesk.store.searchtexts import WATCHED, cases_touched, entries_of, initials, normal, texts_of
from execdesk.store.store import Store

_POSITION = "search.touched"
TOUCHES, TEXTS = 400, 4_000  # rows touched, and texts laid out, in one slice: some 20 ms
AT_ONCE = 5  # slices that an act makes, or a question lays out, by itself rather than leave them
_RUN = 2_000  # rows touched at a time where nobody waits


@dataclass(frozen=True)
class Hit:
    """A case that was found: by which kind of text, and the text as people write it."""

    case: str
    kind: str
    shown: str


@dataclass(frozen=True)
class Remaining:
    """How far the index is: rows touched by lines and not looked at, of how many; texts not laid out, of how many."""

    touches: int
    all_touches: int
    texts: int
    all_texts: int

    @property
    def little(self) -> bool:
        """Whether all is in the index, and laying it out a matter of a moment."""
        return not self.touches and self.texts <= AT_ONCE * TEXTS

    @property
    def percent(self) -> int:
        """How much is done; making the index takes some ten times as long as laying it out."""
        index = 1 - self.touches / (self.all_touches or 1)
        memory = 1 - self.texts / (self.all_texts or 1)
        return min(int(index * 90 + memory * index * 10), 99)


@dataclass(frozen=True)
class IndexPart:
    """A slice of the index as it is to be written: from which place of the touched rows to which, and the rows of each case."""

    after: int
    upto: int
    made: list[tuple[list[str], list[tuple[str, str, str, str]]]]


class Search:
    """The search of one store. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.RLock()
        self._memory = Memory()

    def listen(self) -> None:
        """Follow the acts of the store from now on."""
        self.store.listeners.append(self._heard)

    def _heard(self, changes: Changes) -> None:
        if any(changes.ids(table) for table in WATCHED) and self.remaining().touches <= AT_ONCE * TOUCHES:
            self.catch_up()

    # -- making ----------------------------------------------------------------------------------------------------------

    def remaining(self) -> Remaining:
        """What is left to do."""
        after, last, texts = self._position(), self._last(Touch), self._last(SearchEntry)
        return Remaining(max(last - after, 0), last, max(texts - self._memory.upto, 0), texts)

    def look(self, count: int = 0) -> IndexPart | None:
        """The first half of a slice, beside the writing: what the next touched rows make of the index; ``None`` where none is left."""
        base, mark, after = self.store.base, self.store.base.param, self._position()
        statement = f'SELECT "id", "tbl", "row" FROM "{Touch._meta.table_name}" WHERE "id" > {mark} ORDER BY "id" LIMIT {count or TOUCHES}'
        touched = base.execute_sql(statement, (after,)).fetchall()
        if not touched:
            return None
        cases = sorted(cases_touched(base, {(table, row) for _, table, row in touched if table in WATCHED}))
        return IndexPart(after, touched[-1][0], [(some, entries_of(base, some)) for some in rows.batches(cases)])

    def write(self, part: IndexPart) -> None:
        """The second half, where all writing is done. A part that was overtaken by a later look is dropped: that one saw more."""
        with self._lock, self.store.transaction():
            if self._position() == part.after:
                for some, entries in part.made:
                    self._put(some, entries)
                self.store.set_meta(_POSITION, str(part.upto))

    def lay_out(self) -> bool:
        """A slice of laying the index out in memory, which writes nothing; whether there was anything to do."""
        with self._lock, self.store.reading():
            return self._load_some(TEXTS)

    def load(self) -> None:
        """Lay the index out in memory as it stands."""
        with self._lock, self.store.reading():
            while self._load_some(TEXTS):
                pass

    def catch_up(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Bring the index up to the journal in one go; returns how many cases were indexed anew."""
        with self._lock, self.store.reading():
            done = 0
            while (part := self.look(_RUN)) is not None:
                self.write(part)
                done += sum(len(cases) for cases, _ in part.made)
                progress(done)
            return done

    def rebuild(self) -> int:
        """Make the index anew from the rows."""
        with self._lock, self.store.reading():
            SearchEntry.delete().execute()
            self.store.set_meta(_POSITION, "0")
            self._memory = Memory()
            return self.catch_up()

    def _position(self) -> int:
        return int(self.store.meta(_POSITION) or "0")

    def _put(self, cases: list[str], entries: list[tuple[str, str, str, str]]) -> None:
        """Write the texts of cases in new rows, later than any memory has seen and after a gap, in place of their old ones."""
        last = max(self._last(SearchEntry), self._memory.upto) + 1
        SearchEntry.delete().where(SearchEntry.case_id.in_(cases)).execute()
        rows.many(self.store.base, _insertion(self.store.base.param), [(last + n, *entry) for n, entry in enumerate(entries, 1)])
        self._memory.renewed(cases, last)

    def _load_some(self, count: int) -> bool:
        mark = self.store.base.param
        statement = f'SELECT "id", "case_id", "text" FROM "{SearchEntry._meta.table_name}" WHERE "id" > {mark} ORDER BY "id" LIMIT {count}'
        found = self.store.base.execute_sql(statement, (self._memory.upto,)).fetchall()
        self._memory.add(found)
        return bool(found)

    def _last(self, table: type[Any]) -> int:
        return int(self.store.base.execute_sql(f'SELECT MAX("id") FROM "{table._meta.table_name}"').fetchone()[0] or 0)

    # -- searching -------------------------------------------------------------------------------------------------------

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """The cases in which a text occurs, at most ``limit``; texts that begin with it first. Nothing for an empty text.

        What is not yet in the index is taken in first, however much it is.
        """
        if not (wanted := normal(text)):
            return []
        with self._lock, self.store.reading():
            self.catch_up()
            self.load()
            return self._shown(self._memory.find(wanted, limit))

    def find_at_once(self, text: str, limit: int = 20) -> tuple[list[Hit], Remaining]:
        """As :meth:`find`, but writing nothing and without waiting for an index that is still being made: then numbers and names
        are looked for in the rows themselves as well, and what remains is more than little."""
        remaining = self.remaining()
        if not (wanted := normal(text)):
            return [], remaining
        with self._lock, self.store.reading():
            if remaining.little:
                self.load()
            hits = {hit.case: hit for hit in self._shown(self._memory.find(wanted, limit))}
        if not remaining.little:
            for look in (partial(_numbers, wanted, limit), partial(_names, text, limit)):
                for hit in look() if len(hits) < limit else ():
                    hits.setdefault(hit.case, hit)
        return list(hits.values())[:limit], remaining

    def _shown(self, hits: dict[str, int]) -> list[Hit]:
        found = {entry.id: entry for entry in SearchEntry.select().where(SearchEntry.id.in_(list(hits.values())))}
        return [Hit(case, found[place].kind, found[place].shown) for case, place in hits.items() if place in found]


def _insertion(mark: str) -> str:
    columns = '"id", "case_id", "kind", "text", "shown"'
    return f'INSERT INTO "{SearchEntry._meta.table_name}" ({columns}) VALUES ({", ".join([mark] * 5)})'


def _numbers(wanted: str, limit: int) -> list[Hit]:
    """Cases whose number holds what was typed, whatever brackets stand between."""
    pattern = "%".join(_PARTS.findall(wanted.replace("%", "")))
    query: Any = Case.select(Case.id, Case.number).where(Case.number ** f"%{pattern}%", Case.struck.is_null()).limit(limit).tuples()
    return [Hit(case, "number", number) for case, number in query] if pattern else []


def _names(text: str, limit: int) -> list[Hit]:
    """Cases with a party in whose name what was typed stands."""
    query: Any = Party.select(Party.case, Party.name).where(Party.name.contains("".join(text.split())), Party.struck.is_null()).limit(limit).tuples()
    return [Hit(case, "name", name) for case, name in query]


_PARTS = re.compile(r"\d+|[^\d\W]+")

__all__ = ["Hit", "IndexPart", "Remaining", "Search", "initials", "normal", "texts_of"]
