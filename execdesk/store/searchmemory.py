"""The searchable texts in memory: long strings, so that any part of any text is found in a few milliseconds, whatever the database."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

CHUNK = 25_000  # texts in one string: adding to it takes no time anybody feels


class _Chunk:
    """Texts in one string, each after a NUL; where each begins, its row in the index, its case by place among the cases."""

    def __init__(self) -> None:
        self.whole = "\0"
        self.starts, self.ids, self.cases = array("Q"), array("Q"), array("L")

    def add(self, found: Iterable[tuple[int, int, str]]) -> None:
        at, parts = len(self.whole) - 1, [self.whole]
        for row, case, text in found:
            self.starts.append(at)
            self.ids.append(row)
            self.cases.append(case)
            parts += (text, "\0")
            at += len(text) + 1
        self.whole = "".join(parts)

    def places(self, needle: str, lead: int, begin: int) -> Iterator[int]:
        """Which texts hold ``needle``, each once, from a position on; ``lead`` is 1 where it begins with the NUL before a text."""
        at = self.whole.find(needle, begin)
        while at >= 0:
            place = bisect_right(self.starts, at if lead else at - 1) - 1
            yield place
            following = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.whole)
            at = self.whole.find(needle, following)


class Memory:
    """The texts of the index up to the row ``upto``. Texts of a case that was indexed anew count from its mark on only.

    Who indexed it, here or on another PC with the same database, does not matter: the rows of a case follow each other without a
    gap, and new ones of it stand after a gap.
    """

    def __init__(self) -> None:
        self.upto = 0
        self._chunks: list[_Chunk] = []
        self._cases: list[str] = []
        self._places: dict[str, int] = {}
        self._marks: dict[int, int] = {}
        self._lasts = array("Q")  # by place among the cases: the last row of each

    def add(self, found: list[tuple[int, str, str]]) -> None:
        """Take rows of the index: (row, case, text), in the order of their rows, all later than ``upto``."""
        for begin in range(0, len(found), CHUNK):
            if not self._chunks or len(self._chunks[-1].ids) >= CHUNK:
                self._chunks.append(_Chunk())
            self._chunks[-1].add((row, self._place(case, row), text) for row, case, text in found[begin:begin + CHUNK])
        if found:
            self.upto = found[-1][0]

    def renewed(self, cases: Iterable[str], after: int) -> None:
        """These cases have been indexed anew, in rows later than ``after``."""
        for case in cases:
            if case in self._places:
                self._marks[self._places[case]] = after

    def find(self, wanted: str, limit: int) -> dict[str, int]:
        """Cases in which a text occurs, with the row of the index; texts that begin with it first."""
        hits: dict[str, int] = {}
        begins: dict[int, int] = {}  # by chunk, where the text first occurs: what occurs nowhere is looked for once
        for needle, lead in (("\0" + wanted, 1), (wanted, 0)):
            for number, chunk in enumerate(self._chunks):
                if number not in begins:
                    begins[number] = chunk.whole.find(wanted)
                if begins[number] < 0:
                    continue
                for place in chunk.places(needle, lead, begins[number] - lead):
                    case, row = chunk.cases[place], chunk.ids[place]
                    if row > self._marks.get(case, 0):
                        hits.setdefault(self._cases[case], row)
                    if len(hits) == limit:
                        return hits
        return hits

    def _place(self, case: str, row: int) -> int:
        """The place of a case among the cases, with this row as its last."""
        place = self._places.setdefault(case, len(self._cases))
        if place == len(self._cases):
            self._cases.append(case)
            self._lasts.append(row)
        elif self._lasts[place] + 1 != row:
            self._marks[place] = row - 1
        self._lasts[place] = row
        return place
