"""Rows onto pages: what stays together, where a page may end, how the signature page comes about.

Pure arithmetic over heights; nothing here knows fonts or drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Painter = Callable[[Any, float, bool, bool], None]  # (page, top, first on the page, last on the page)

MIN_TOGETHER = 2  # rows of a paragraph on either side of a page break, and rows of text on the signature page
ENOUGH = 3  # rows of one paragraph that are more than a short sentence on the page of the block
GAPS = (1, 2)  # empty rows between the text and the first signature line: at least, and where there is room
PACES = {22: 0, 23: 1, 24: 2, 21: 3}  # rows a page may be set in, and how unwelcome each is (24 rows are 26.6 points apart, 26 is the least)
EXTRA_PAGE, FREE_ROWS = 8, 1  # how unwelcome a further page is; empty rows at a page's foot that nobody notices


@dataclass(frozen=True)
class PageUnit:
    """A strip of ``height`` rows: row ``index`` of ``count`` in its paragraph. ``paint`` draws it.

    ``sticky``: the paragraph stays with the beginning of the next. ``free``: may stand alone (rows of a table). ``splits``: the row of a
    table that might be laid in parts, so that it runs over a page end.
    """

    height: int
    index: int
    count: int
    paint: Painter
    sticky: bool = False
    free: bool = False
    splits: Any = None


@dataclass(frozen=True)
class Tail:
    """The block after the text: rows it needs, the least and the wanted gap before it, and rows that may follow elsewhere, of which the
    first ``spare`` are empty and given up where that spares a page."""

    rows: int = 0
    gaps: tuple[int, int] = GAPS
    trailing: int = 0
    spare: int = 0


@dataclass(frozen=True)
class PagePlan:
    """Where pages begin (indexes of units), the gap before the block, whether the trailing rows got a page of their own, and whether
    their empty rows were given up."""

    starts: tuple[int, ...]
    gap: int
    trailing_apart: bool = False
    closed_up: bool = False


def may_break(units: Sequence[PageUnit], at: int) -> bool:
    """Whether a page may begin with unit ``at``."""
    unit = units[at]
    if unit.index:
        return unit.free or (unit.index >= MIN_TOGETHER and unit.count - unit.index >= MIN_TOGETHER)
    return not units[at - 1].sticky


def height(units: Sequence[PageUnit]) -> int:
    """Rows that the units take."""
    return sum(unit.height for unit in units)


def fill(units: Sequence[PageUnit], first: int, rows: int) -> list[int]:
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


def plan(units: Sequence[PageUnit], tail: Tail, first: int, rows: int) -> PagePlan:
    """Page starts and gap such that the block stands whole on a page that also bears text (two rows at least)."""
    starts = fill(units, first, rows)
    if starts[-1] == len(units) and len(units):
        starts.pop()
    legal = [n for n in range(1, len(units)) if may_break(units, n)]
    anywhere = list(range(1, len(units)))
    gaps = tail.gaps if tail.rows else (0, 0)
    for places, fewest in ((legal, ENOUGH), (legal, MIN_TOGETHER), (anywhere, MIN_TOGETHER), (anywhere, 1)):
        made = []
        for extra in (tail.trailing, tail.trailing - tail.spare) if tail.spare else (tail.trailing,):
            found = Ending(tail.rows + extra, gaps, fewest).placed(units, starts, places, first, rows)
            if found is not None:
                made.append(PagePlan(*found, closed_up=extra < tail.trailing))
        if made:
            return min(made, key=lambda one: len(one.starts))
        found = Ending(tail.rows, gaps, fewest).placed(units, starts, places, first, rows)
        if found is not None:
            return PagePlan(*found, trailing_apart=bool(tail.trailing))
    raise AssertionError("the block is higher than a page")


def pace(units: Sequence[PageUnit], tail: Tail, head: int) -> tuple[int, PagePlan]:
    """How many rows to set a page in, all pages alike, and the plan for them; ``head`` rows of page one are taken.

    The grid of 22 rows stands unless another pace saves a page or leaves plainly less white at the foot of a page.
    """
    plans = {rows: plan(units, tail, rows - head, rows) for rows in PACES}
    rows = min(PACES, key=lambda n: (PACES[n] + _white(units, plans[n], n - head, n), PACES[n]))
    return rows, plans[rows]


def splitting(units: Sequence[PageUnit], found: PagePlan, first: int, rows: int) -> list[Any]:
    """The rows of tables that stand at the head of a page though the page before is white for a fifth, and might run over its end."""
    pages = zip(found.starts, found.starts[1:], strict=False)
    white = {end: (rows if number else first) - height(units[begin:end]) for number, (begin, end) in enumerate(pages)}
    return [units[end].splits for end, left in white.items() if left > rows / 5 and end < len(units) and units[end].splits is not None]


def _white(units: Sequence[PageUnit], found: PagePlan, first: int, rows: int) -> int:
    """How unwelcome a plan is: its pages, and the empty rows at the foot of all but the last."""
    pages = zip(found.starts, found.starts[1:], strict=False)
    holes = [(rows if number else first) - height(units[begin:end]) for number, (begin, end) in enumerate(pages)]
    return sum(max(0, hole - FREE_ROWS) for hole in holes) + EXTRA_PAGE * (len(found.starts) + found.trailing_apart)


@dataclass(frozen=True)
class Ending:
    """The rows under the text, and how much text must stand with them if they move to another page: of :data:`ENOUGH` rows that many,
    or two paragraphs, so that no page bears a single sentence."""

    rows: int
    gaps: tuple[int, int]
    fewest: int

    def _gap(self, spare: int) -> int | None:
        least, wanted = self.gaps
        return None if spare < least else min(wanted, spare)

    def _bears(self, text: Sequence[PageUnit]) -> bool:
        rows = height(text)
        ended = sum(unit.index == unit.count - 1 for unit in text)
        return rows >= self.fewest or (self.fewest == ENOUGH and rows >= MIN_TOGETHER and ended > 1)

    def placed(
        self, units: Sequence[PageUnit], starts: list[int], places: list[int], first: int, rows: int
    ) -> tuple[tuple[int, ...], int] | None:
        """Page starts and gap with the block under the text where it ends, or else moved over with a little text."""
        text, one_page = height(units[starts[-1] :]), len(starts) == 1
        gap = self._gap((first if one_page else rows) - text - self.rows)
        if gap is not None and (one_page or self._bears(units[starts[-1] :]) or not self.rows):
            return tuple(starts), gap
        for begin in reversed(places):
            text = height(units[begin:])
            gap = self._gap(rows - text - self.rows)
            if self._bears(units[begin:]) and gap is not None:
                return (*(n for n in starts if n < begin), begin), gap
        return None
