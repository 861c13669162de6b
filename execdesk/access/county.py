"""How addresses write a court's own county: told by the names of the court and of the court above it and by its code, never by a data file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_UNIT = re.compile(r"[\u4e00-\u9fff]+?(?P<ending>自治县|自治州|自治区|自治旗|特别行政区|地区|林区|特区|省|市(?![区县]|市$)|县|区|旗|盟)")
_SHORT = {"自治县": "县", "自治州": "州", "自治旗": "旗"}
_COURT = re.compile(r"(?:最高|高级|中级|基层)?人民法院")


def own_county(court: str) -> str:
    """The county, city or district whose court it is: 乐东黎族自治县 of 海南省乐东黎族自治县人民法院; empty where the name tells none."""
    units = [unit for unit, _ in _units(court)]
    return units[-1] if units else ""


def own_places(court: str, above: str, code: str, provinces: Sequence[str], peoples: Sequence[str]) -> tuple[str, ...]:
    """What an address of the court's own county may begin with, longest first: province, prefecture and county, each in full and in short.

    ``provinces`` are their marks in case numbers, each with the name behind it (琼海南省), ``peoples`` those that names of autonomous places
    hold (乐东黎族自治县 is also 乐东县 and 乐东).
    """
    found = [*_units(court), *_units(above)]
    found += [unit for one in provinces if one[:1] == code[:1] for unit in _units(one[1:])]
    names = {name for unit, ending in found for name in (unit, *_shorter(unit, ending, peoples))}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _units(court: str) -> Iterator[tuple[str, str]]:
    """The units that a name begins with, the greatest first, each with its ending."""
    rest = _COURT.split("".join(court.split()))[0]
    while found := _UNIT.match(rest):
        yield found[0], found["ending"]
        rest = rest[found.end() :]


def _shorter(unit: str, ending: str, peoples: Sequence[str]) -> Iterator[str]:
    """The unit as people write it; nothing of one character, which any word may begin with."""
    base = unit.removesuffix(ending)
    if ending.startswith("自治"):
        named = "|".join(sorted((re.escape(one) for one in peoples), key=len, reverse=True))
        base = re.sub(f"(?<=..)(?:{named})+$", "", base) if named else base
        if ending in _SHORT:
            yield f"{base}{_SHORT[ending]}"
    if len(base) > 1:
        yield base
