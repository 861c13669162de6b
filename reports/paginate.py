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
    for extra in (tail.trailing, 0):
        found = _with_block(units, starts, tail.rows + extra, tail.gapped and tail.rows > 0, first, rows)
        if found is not None:
            return Plan(found[0], found[1], trailing_apart=bool(tail.trailing) and not extra)
    raise AssertionError("the block is higher than a page")


def _with_block(
    units: Sequence[Unit], starts: list[int], block: int, gapped: bool, first: int, rows: int
) -> tuple[tuple[int, ...], int] | None:
    begin = starts[-1]
    room = first if len(starts) == 1 else rows
    spare = room - height(units[begin:]) - block
    enough = len(starts) == 1 or height(units[begin:]) >= MIN_TOGETHER or not block
    least = MIN_GAP if gapped else 0
    if spare >= least and enough:
        return tuple(starts), min(GAP, spare) if gapped else 0
    return _moved(units, starts, block, least, gapped, rows)


def _moved(
    units: Sequence[Unit], starts: list[int], block: int, least: int, gapped: bool, rows: int
) -> tuple[tuple[int, ...], int] | None:
    """The block moves over with as few rows of text as the rules allow."""
    legal = [n for n in range(len(units) - 1, 0, -1) if may_break(units, n)]
    anywhere = list(range(len(units) - 1, 0, -1))
    for begin, fewest in [(n, MIN_TOGETHER) for n in [*legal, *anywhere]] + [(n, 1) for n in anywhere]:
        size = height(units[begin:])
        if size < fewest or size + block + least > rows:
            continue
        kept = [n for n in starts if n < begin]
        spare = rows - size - block
        return (*kept, begin), min(GAP, spare) if gapped else 0
    return None
