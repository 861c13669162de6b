"""Where each measure stands on the line of ends: lanes by group and judge, one mark a measure, marks of a day on each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from execdesk.reads.lists.measures import NEAR, SPAN, ExpiryRow

NOBODY = "未定"
LAPSED_ACROSS = 3


@dataclass(frozen=True)
class Sizes:
    """Lengths in pixels now: the column of names, the columns before today and after the span, one mark with its room, a lane's least height."""

    names: int
    lapsed: int
    far: int
    step: int
    lane: int
    band: int
    foot: int


@dataclass(frozen=True)
class RadarMark:
    """One measure on the line: its middle."""

    row: ExpiryRow
    x: int
    y: int
    lane: int


@dataclass
class Lane:
    """The measures of one judge in one group, the nearest end first."""

    group: str
    judge: str
    rows: list[ExpiryRow] = field(default_factory=list)
    top: int = 0
    height: int = 0
    far: int = 0

    @property
    def soon(self) -> int:
        """How many end soon."""
        return sum(row.urgency == "soon" for row in self.rows)

    @property
    def lapsed(self) -> int:
        """How many have ended."""
        return sum(row.urgency == "lapsed" for row in self.rows)


@dataclass(frozen=True)
class RadarPlan:
    """Everything placed: lanes, the band of each group with its count within the span, marks, the height of all."""

    lanes: tuple[Lane, ...]
    bands: tuple[tuple[int, str, int], ...]
    marks: tuple[RadarMark, ...]
    left: int
    today: int
    right: int
    height: int

    def x_of(self, days: int) -> int:
        """Where a day so many after today stands."""
        return self.today + round((self.right - self.today) * days / SPAN)


def lanes_of(rows: Sequence[ExpiryRow], groups: Sequence[str] = ()) -> list[Lane]:
    """Lanes by group in the order named and by judge; those without either stand last. Measures without a known end have no place."""
    found: dict[tuple[str, str], Lane] = {}
    for row in rows:
        if row.days_left is not None:
            key = (row.group, row.judge or NOBODY)
            found.setdefault(key, Lane(*key)).rows.append(row)
    first = {group: number for number, group in enumerate(dict.fromkeys((*groups, *sorted({row.group for row in rows}))))}
    return [found[key] for key in sorted(found, key=lambda k: (not k[0], first[k[0]], k[1] == NOBODY, k[1]))]


def plan(rows: Sequence[ExpiryRow], width: int, room: int, sizes: Sizes, groups: Sequence[str] = ()) -> RadarPlan:
    """Place the rows in ``width``; lanes share the ``room`` left over, and grow beyond it where marks pile up."""
    lanes = lanes_of(rows, groups)
    left, right = sizes.names, max(width - sizes.far, sizes.names + sizes.lapsed + 60)
    frame = RadarPlan(tuple(lanes), (), (), left, left + sizes.lapsed, right, 0)
    piles = [_piles(lane, frame, sizes) for lane in lanes]
    spare = (room - sizes.band * len({lane.group for lane in lanes})) // len(lanes) if lanes else 0
    y = 0
    bands: list[tuple[int, str, int]] = []
    marks: list[RadarMark] = []
    for number, (lane, places) in enumerate(zip(lanes, piles, strict=True)):
        if number == 0 or lanes[number - 1].group != lane.group:
            inside = sum(1 for one in lanes if one.group == lane.group for row in one.rows if 0 <= (row.days_left or 0) <= SPAN)
            bands.append((y, lane.group or "未定组", inside))
            y += sizes.band
        tallest = max((level for _row, _x, level in places), default=0) + 1
        lane.top, lane.height = y, max(sizes.lane, tallest * sizes.step + sizes.foot + sizes.step, min(spare, sizes.lane * 2))
        base = y + lane.height - sizes.foot
        marks += [RadarMark(row, x, base - level * sizes.step, number) for row, x, level in places]
        y += lane.height
    return RadarPlan(tuple(lanes), tuple(bands), tuple(marks), left, left + sizes.lapsed, right, y)


def _piles(lane: Lane, frame: RadarPlan, sizes: Sizes) -> list[tuple[ExpiryRow, int, int]]:
    """Each row of a lane with its x and its level above the base: days too near for two marks share a pile."""
    each = max(1, -(-sizes.step * SPAN // max(frame.right - frame.today, 1)))
    levels: dict[int, int] = defaultdict(int)
    found = []
    lapsed = 0
    first = frame.left + (sizes.lapsed - (min(lane.lapsed, LAPSED_ACROSS) - 1) * sizes.step) // 2
    for row in lane.rows:
        days = row.days_left or 0
        if days < 0:
            found.append((row, first + lapsed % LAPSED_ACROSS * sizes.step, lapsed // LAPSED_ACROSS))
            lapsed += 1
        elif days > SPAN:
            lane.far += 1
        else:
            pile = days // each
            found.append((row, frame.x_of(min(pile * each + each // 2, SPAN)), levels[pile]))
            levels[pile] += 1
    return found


def months(day: date) -> list[tuple[int, str, bool]]:
    """The first days of the months of the span: days after ``day``, words, whether a year begins."""
    found = []
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    while (first - day).days <= SPAN:
        year = first.month == 1
        found.append(((first - day).days, str(first.year) if year else f"{first.month} 月", year))
        first = (first + timedelta(days=32)).replace(day=1)
    return found


def tone_of(row: ExpiryRow) -> str:
    """The colour of a mark."""
    if row.urgency in ("lapsed", "soon"):
        return {"lapsed": "red", "soon": "amber_mark"}[row.urgency]
    return "navy" if (row.days_left or 0) <= NEAR else "navy_far"
