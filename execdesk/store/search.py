"""Search over cases: numbers, names, pinyin initials, plates, accounts. A local index, rebuilt at will.

The texts stand in a local table; in memory they are one long string, so any part of any text is found in a few milliseconds,
whatever the database. The index follows the journal: :meth:`Search.catch_up` looks at the rows that lines touched since it last
looked, own lines or foreign ones.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product
from typing import Any

from pypinyin import Style, pinyin

from execdesk.records.cases import Case, Party
from execdesk.records.journal import SearchEntry, Touch
from execdesk.records.papers import Measure
from execdesk.records.tables import BY_NAME
from execdesk.store import rows
from execdesk.store.act import Changes
from execdesk.store.clashes import parents_ever, state_of
from execdesk.store.store import Store

_POSITION = "search.touched"
_WATCHED = ("Case", "Party", "Measure")
_OVERLAY = 500  # cases changed since loading, beyond which memory is laid out anew
_LONGEST = 128
_READINGS = 8
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][a-z0-9]{5,6}")
_NUMBER = re.compile(r"(\d{4})\D*?\d*(\D+?\d+)号?")
_DROP = dict.fromkeys(map(ord, "()[]〔〕【】〈〉·•-—_.,、:'\" \t\r\n\x00"))


@dataclass(frozen=True)
class Hit:
    """A case that was found: by which kind of text, and the text as people write it."""

    case: str
    kind: str
    shown: str


def normal(text: str) -> str:
    """The one spelling in which texts are compared: full width and case made equal, brackets and spaces gone."""
    return unicodedata.normalize("NFKC", text).lower().translate(_DROP)


@lru_cache(maxsize=8192)
def initials(name: str) -> tuple[str, ...]:
    """The pinyin initials of a name, in several readings: 单 is shàn as a surname and dān elsewhere."""
    readings = pinyin(name, style=Style.FIRST_LETTER, heteronym=True)
    surname = pinyin(name[:1], style=Style.FIRST_LETTER, heteronym=True)  # alone: in a phrase it has but one reading
    letters = [tuple(dict.fromkeys(r[:1] for r in some if r)) for some in readings]
    if surname and letters and len(readings[0][0]) == 1:
        letters[0] = tuple(dict.fromkeys([*letters[0], *(r[:1] for r in surname[0])]))
    combinations = islice(product(*reversed(letters)), _READINGS)  # the surname's readings vary first
    return tuple(dict.fromkeys("".join(reversed(combination)) for combination in combinations))


# -- what is searched --------------------------------------------------------------------------------------------------


def texts_of(case: Any, parties: Iterable[Any], measures: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    """The searchable texts of a case: (kind, text, as shown)."""
    yield "number", case.number, case.number
    short = _NUMBER.fullmatch(normal(case.number))
    if short:
        yield "number", short[1] + short[2], case.number
    yield "number", str(case.sequence), case.number
    for party in parties:
        yield "name", party.name, party.name
        for letters in initials(party.name):
            yield "initials", letters, party.name
        if party.id_no:
            yield "identity", party.id_no, f"{party.name} {party.id_no}"
    for measure in measures:
        if measure.account_no:
            yield "account", measure.account_no, f"{measure.institution or ''} {measure.account_no}".strip()
        for plate in _PLATE.findall(normal(f"{measure.property} {measure.account_no or ''}")):
            yield "plate", plate, plate.upper()


def _insertion(mark: str) -> str:
    return (
        f'INSERT INTO "{SearchEntry._meta.table_name}" ("case_id", "kind", "text", "shown") '
        f"VALUES ({', '.join([mark] * 4)})"
    )


def _entries_of(cases: list[str]) -> list[tuple[str, str, str, str]]:
    """Index rows of some cases: case, kind, text, as shown. Struck rows are not searched."""
    of: dict[str, tuple[Any, list[Any], list[Any]]] = {
        case.id: (case, [], []) for case in Case.select().where(Case.id.in_(cases), Case.struck.is_null())
    }
    for place, model in ((1, Party), (2, Measure)):
        found: Any = model.select().where(model.case.in_(cases), model.struck.is_null()).order_by(model.id)
        for record in found:
            if record.case in of:
                of[record.case][place].append(record)
    made = []
    for case, parts in of.items():
        told = {(kind, normal(text)[:_LONGEST]): shown[:_LONGEST] for kind, text, shown in texts_of(*parts)}
        made += [(case, kind, text, shown) for (kind, text), shown in told.items() if text]
    return made


# -- searching ---------------------------------------------------------------------------------------------------------


@dataclass
class _Texts:
    """Texts in one string, each after a NUL; where each begins, and its row in the index."""

    whole: str = ""
    starts: array[int] = field(default_factory=lambda: array("Q"))
    ids: array[int] = field(default_factory=lambda: array("Q"))
    cases: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, found: Iterable[tuple[int, str, str]]) -> _Texts:
        made, parts, at, known = cls(), [], 0, dict[str, str]()
        for place, case, text in found:
            parts.append(text)
            made.starts.append(at)
            made.ids.append(place)
            made.cases.append(known.setdefault(case, case))
            at += len(text) + 1
        made.whole = "\0" + "\0".join(parts) + "\0"
        return made

    def places(self, wanted: str) -> Iterator[int]:
        """Which texts hold ``wanted``: those that begin with it first."""
        for needle, step in (("\0" + wanted, 1), (wanted, 0)):
            at = self.whole.find(needle)
            while at >= 0:
                place = bisect_right(self.starts, at if step else at - 1) - 1
                yield place
                following = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.whole)
                at = self.whole.find(needle, following)


class Search:
    """The search of one store. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.RLock()
        self._texts: _Texts | None = None
        self._fresh = _Texts()
        self._changed: set[str] = set()

    def listen(self) -> None:
        """Follow the acts of the store from now on."""
        self.store.listeners.append(self._heard)

    def _heard(self, changes: Changes) -> None:
        if any(changes.ids(table) for table in _WATCHED):
            self.catch_up()

    def load(self) -> None:
        """Lay the index out in memory (about a second for 100,000 cases): off the window's thread, after :meth:`catch_up`."""
        with self._lock:
            self.store.activate()
            self._texts = _Texts.of(_stored())
            self._fresh, self._changed = _Texts(), set()

    def catch_up(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Bring the index up to the journal; returns how many cases were indexed anew."""
        with self._lock:
            self.store.activate()
            after, done = int(self.store.meta(_POSITION) or "0"), 0
            while True:
                query: Any = Touch.select(Touch.id, Touch.table, Touch.row).where(Touch.id > after).order_by(Touch.id).limit(2000)
                touched = list(query.tuples())
                if not touched:
                    break
                after = touched[-1][0]
                cases = _cases_touched({(table, row) for _, table, row in touched if table in _WATCHED})
                self._index(sorted(cases), after)
                done += len(cases)
                progress(done)
            return done

    def rebuild(self) -> int:
        """Make the index anew from the rows."""
        with self._lock:
            self.store.activate()
            SearchEntry.delete().execute()
            self.store.set_meta(_POSITION, "0")
            self._texts = None
            return self.catch_up()

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """The cases in which a text occurs, at most ``limit``; texts that begin with it first. Nothing for an empty text."""
        wanted = normal(text)
        if not wanted:
            return []
        with self._lock:
            if self._texts is None:
                self.catch_up()
                self.load()
            assert self._texts is not None
            hits: dict[str, int] = {}
            for texts, skip in ((self._fresh, frozenset[str]()), (self._texts, self._changed)):
                for place in texts.places(wanted):
                    case = texts.cases[place]
                    if case not in skip:
                        hits.setdefault(case, texts.ids[place])
                    if len(hits) == limit:
                        break
            return self._shown(hits)

    def _shown(self, hits: dict[str, int]) -> list[Hit]:
        self.store.activate()
        found = {entry.id: entry for entry in SearchEntry.select().where(SearchEntry.id.in_(list(hits.values())))}
        return [Hit(case, found[place].kind, found[place].shown) for case, place in hits.items() if place in found]

    def _index(self, cases: list[str], upto: int) -> None:
        with self.store.transaction():
            for some in rows.batches(cases):
                SearchEntry.delete().where(SearchEntry.case_id.in_(some)).execute()
                rows.many(self.store.base, _insertion(self.store.base.param), _entries_of(some))
            self.store.set_meta(_POSITION, str(upto))
        if self._texts is None:
            return
        self._changed.update(cases)
        if len(self._changed) > _OVERLAY:
            self._texts = None  # laid out anew when next asked
        else:
            self._fresh = _Texts.of(_stored_of(sorted(self._changed)))


def _stored() -> Iterator[tuple[int, str, str]]:
    query: Any = SearchEntry.select(SearchEntry.id, SearchEntry.case_id, SearchEntry.text).order_by(SearchEntry.id)
    yield from query.tuples().iterator()


def _stored_of(cases: list[str]) -> Iterator[tuple[int, str, str]]:
    for some in rows.batches(cases):
        query: Any = SearchEntry.select(SearchEntry.id, SearchEntry.case_id, SearchEntry.text).where(SearchEntry.case_id.in_(some))
        yield from query.order_by(SearchEntry.id).tuples()


def _cases_touched(touched: set[tuple[str, str]]) -> set[str]:
    """The cases whose texts may have changed, the former case of a party that moved among them."""
    cases = {row for table, row in touched if table == "Case"}
    for table in ("Party", "Measure"):
        model: Any = BY_NAME[table]
        for some in rows.batches(sorted(row for name, row in touched if name == table)):
            for record in model.select(model.id, model.case, model.version).where(model.id.in_(some)):
                cases.add(record.case)
                if record.version > 1:
                    cases |= {row for name, row in parents_ever(state_of(table, record.id)) if name == "Case"}
    return cases


__all__ = ["Hit", "Search", "initials", "normal", "texts_of"]
