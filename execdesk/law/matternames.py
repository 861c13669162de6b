"""Finding matters by the words people use: their names, everyday names, the plan's own sentences and parts of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from execdesk.law.matters import Matter, MatterWording

_DROPPED = re.compile(r"[\W_的]")
_ASIDE = re.compile(r"（[^）]*）")
_BETWEEN = re.compile(r"[、，,；;/]|以及|及|或者|或|和")


def name_key(text: str) -> str:
    """What remains of ``text`` for comparing: no width, spaces, marks or 的."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class NameIndex:
    """Matters by the key of each of their names."""

    own: Mapping[str, tuple[Matter, ...]]
    also: Mapping[str, tuple[Matter, ...]]
    wording: MatterWording

    def find(self, text: str) -> tuple[Matter, ...]:
        """The matters ``text`` means, several where it names several (冻结; 暂缓执行、中止执行); empty where none is meant."""
        return self._whole(text) or self._parts(text)

    def near(self) -> tuple[tuple[str, Matter], ...]:
        """Every name with its matter, for looking for names alike."""
        return tuple((name, row) for names in (self.own, self.also) for name, rows in names.items() for row in rows if not row.catch_all)

    def _whole(self, text: str) -> tuple[Matter, ...]:
        for key in self._stripped(name_key(text)):
            if found := self.own.get(key) or self.also.get(key):
                return found
        return ()

    def _parts(self, text: str) -> tuple[Matter, ...]:
        """A list of matters, or one with a mark left over: every part must be one; 解除查封、扣押 is 解除 of both."""
        parts = [part for part in _BETWEEN.split(text) if name_key(part)]
        shared = next((verb for verb in self.wording.shared if parts and parts[0].startswith(verb)), "")
        found: list[Matter] = []
        for part in parts:
            here = self._whole(part if part.startswith(shared) else shared + part)
            if not here:
                return ()
            found += [row for row in here if row not in found]
        return tuple(found)

    def _stripped(self, key: str) -> Iterator[str]:
        """``key``, then what is left of it without words that may be left out, the longest first."""
        waiting, seen = [key], {key}
        while waiting:
            yield from waiting
            shorter = {rest for each in waiting for rest in self._without(each)} - seen - {""}
            seen |= shorter
            waiting = sorted(shorter, key=lambda rest: (-len(rest), rest))

    def _without(self, key: str) -> Iterator[str]:
        yield from (key.removeprefix(word) for word in map(name_key, self.wording.before) if key.startswith(word))
        yield from (key.removesuffix(word) for word in map(name_key, self.wording.after) if key.endswith(word))


def index_names(matters: Iterable[Matter], wording: MatterWording) -> NameIndex:
    """The index over ``matters``: own names first, then everyday names, then the sentences of the plan."""
    rows = tuple(matters)
    own: dict[str, tuple[Matter, ...]] = {}
    also: dict[str, tuple[Matter, ...]] = {}
    for row in rows:
        _add(own, row.name, row)
    for row in rows:
        for name in (_ASIDE.sub("", row.name), *row.names):
            _add(also, name, row)
    for row in rows:
        if not (row.via or row.derived or row.added or row.urgent_variant) and not (row.catch_all and name_key(row.plan_phrase) in also):
            _add(also, row.plan_phrase, row)
    return NameIndex(own, also, wording)


def _add(names: dict[str, tuple[Matter, ...]], name: str, row: Matter) -> None:
    known = names.get(name_key(name), ())
    if row not in known:
        names[name_key(name)] = (*known, row)
