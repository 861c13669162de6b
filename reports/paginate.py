"""Rows onto pages: what stays together, where a page may end, how the signature page comes about.

Pure arithmetic over heights; nothing here knows fonts or drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Painter = Callable[[Any, float, bool, bool], None]  # (page, top, first on the page, last on the page)

MIN_TOGETHER = 2  # rows of a paragraph on either side of a page break, and rows of text on the signature page
GAP, MIN_GAP = 2, 1  # empty rows between the text and the first signature line


@dataclass(frozen=True)
class Unit:
    """A strip of ``height`` rows: row ``index`` of ``count`` in its paragraph. ``paint`` draws it.

    ``sticky``: the paragraph stays with the beginning of the next. ``free``: may stand alone (rows of a table).
    """

    height: int
    index: int
    count: int
    paint: Painter
    sticky: bool = False
    free: bool = False


@dataclass(frozen=True)
class Tail:
    """The block after the text: rows it needs, with or without a gap before it, and rows that may follow elsewhere."""

    rows: int = 0
    gapped: bool = True
    trailing: int = 0


@dataclass(frozen=True)
class Plan:
    """Where pages begin (indexes of units), the gap before the block, whether the trailing rows got a page of their own."""

    starts: tuple[int, ...]
    gap: int
    trailing_apart: bool = False


def may_break(units: Sequence[Unit], at: int) -> bool:
    """Whether a page may begin with unit ``at``."""
    unit = units[at]
    if unit.index:
        return unit.free or (unit.index >= MIN_TOGETHER and unit.count - unit.index >= MIN_TOGETHER)
    return not units[at - 1].sticky


def height(units: Sequence[Unit]) -> int:
    """Rows that the units take."""
    return sum(unit.height for unit in units)


def fill(units: Sequence[Unit], first: int, rows: int) -> list[int]:
    """Page starts with every page as full as the rules allow; ``first`` rows are free on page one."""
    starts, begin, room = [0], 0, first
    while height(units[begin:]) > room:
        end, used = begin, 0
        while used + units[end].height <= room:
            used += units[end].height
            end += 1
        legal = next((n for n in range(end, begin, -1) if may_break(units, n)), 0)
        if not legal:
            legal = max(end, begin + 1)
        starts.append(legal)
        begin, room = legal, rows
        if begin == len(units):
            break
    return starts


def plan(units: Sequence[Unit], tail: Tail, first: int, rows: int) -> Plan:
    """Page starts and gap such that the block stands whole on a page that also bears text (two rows at least)."""
    starts = fill(units, first, rows)
    if starts[-1] == len(units) and len(units):
        starts.pop()
    legal = [n for n in range(1, len(units)) if may_break(units, n)]
    anywhere = list(range(1, len(units)))
    for places, fewest in ((legal, MIN_TOGETHER), (anywhere, MIN_TOGETHER), (anywhere, 1)):
        for extra in (tail.trailing, 0):
            block = _Block(tail.rows + extra, tail.gapped and tail.rows > 0, fewest)
            found = block.placed(units, starts, places, first, rows)
            if found is not None:
                return Plan(found[0], found[1], trailing_apart=bool(tail.trailing) and not extra)
    raise AssertionError("the block is higher than a page")


@dataclass(frozen=True)
class _Block:
    """The rows under the text, and how much text must stand with them if they move to another page."""

    rows: int
    gapped: bool
    fewest: int

    def _gap(self, spare: int) -> int | None:
        least = MIN_GAP if self.gapped else 0
        return None if spare < least else min(GAP, spare) if self.gapped else 0

    def placed(
        self, units: Sequence[Unit], starts: list[int], places: list[int], first: int, rows: int
    ) -> tuple[tuple[int, ...], int] | None:
        """Page starts and gap with the block under the text where it ends, or else moved over with a little text."""
        text, one_page = height(units[starts[-1] :]), len(starts) == 1
        gap = self._gap((first if one_page else rows) - text - self.rows)
        if gap is not None and (one_page or text >= self.fewest or not self.rows):
            return tuple(starts), gap
        for begin in reversed(places):
            text = height(units[begin:])
            gap = self._gap(rows - text - self.rows)
            if text >= self.fewest and gap is not None:
                return (*(n for n in starts if n < begin), begin), gap
        return None
