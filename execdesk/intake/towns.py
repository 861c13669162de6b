"""Which town an address lies in; read from the address's own order, never from a word inside a road's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from execdesk.intake.cells import compact

TownState = Literal["town", "unlisted", "outside", "several", "missing"]
_COUNTY = re.compile(r"^(?:中国)?(?:海南省?)?(?:省直辖(?:县级行政区划)?)?(乐东黎族自治县|乐东县|乐东)")
_ROAD = re.compile(r"^[东西南北中新老横前后上下一二三四五六七八九十]{0,2}(?:路|街|大道|大街|巷|道|桥|高速|线)")
_OTHER_SORT = re.compile(r"^(?:市|县|区(?!域)|省|自治)")
_VILLAGE = re.compile(r"村|居委|社区|居民|[一二三四五六七八九十\d]+[队组]|生产队")
_OUTSIDE = re.compile(r"^(?:海南省?)?[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|自治县|市|县|区|旗|盟)")


@dataclass(frozen=True)
class Town:
    """A listed town (``kind`` town, with its group) or a unit the plan does not list (``kind`` unit)."""

    name: str
    group: str
    kind: str


@dataclass(frozen=True)
class TownFinding:
    """``town`` and ``group`` are set only for state ``town``; ``proposal`` names a group or unit a person may confirm."""

    state: TownState
    town: str = ""
    group: str = ""
    ground: str = ""
    proposal: str = ""
    names: tuple[str, ...] = ()


def find_town(address: str, towns: Sequence[Town], county: str = "乐东") -> TownFinding:
    """The town of ``address`` (several addresses divided by ；or line ends may give several)."""
    parts = [compact(part) for part in re.split(r"[\n;；]", address) if compact(part)]
    if not parts:
        return TownFinding("missing", ground="没有写住址")
    findings = [_find(part, towns) for part in parts]
    names = tuple(dict.fromkeys(name for finding in findings for name in finding.names))
    if len(names) > 1:
        return TownFinding("several", ground=f"住址涉及{'、'.join(names)}", names=names)
    return max(findings, key=lambda finding: finding.state == "town") if len(findings) > 1 else findings[0]


def _find(address: str, towns: Sequence[Town]) -> TownFinding:
    county = _COUNTY.match(address)
    rest = address[county.end() :] if county else address.removeprefix("海南省")
    first = next(((form, town) for form, town in _all_forms(tuple(towns)) if rest.startswith(form)), None)
    if first is not None:
        found = _leading(first[0], first[1], rest, inside=bool(county))
        if found is not None:
            return _with_later(found, first, rest, towns)
    if not county and _OUTSIDE.match(rest):
        return TownFinding("outside", ground=f"「{address}」不在本县")
    mentioned = _full_names(rest, towns)
    if len(mentioned) == 1 and county:
        town = mentioned[0]
        return TownFinding("unlisted", ground=f"「{address}」中间写有{town.name}，不能确定", proposal=town.group, names=(town.name,))
    return TownFinding("unlisted", ground=f"「{address}」没有写明所列乡镇")


def _leading(form: str, town: Town, rest: str, *, inside: bool) -> TownFinding | None:
    tail = rest[len(form) :]
    if town.kind != "town":
        return TownFinding("unlisted", ground=f"住址在{town.name}，方案未列明", proposal=town.group, names=(town.name,))
    if form == town.name:
        if _ROAD.match(tail):
            return None
        return TownFinding("town", town.name, town.group, f"住址写明{town.name}", names=(town.name,))
    if _ROAD.match(tail) or _OTHER_SORT.match(tail):
        return None
    if not tail or _VILLAGE.search(tail):
        return TownFinding("town", town.name, town.group, f"住址以「{form}」开头，属{town.name}", names=(town.name,))
    ground = f"住址以「{form}」开头，但没有写镇，也没有写村"
    return TownFinding("unlisted", ground=ground, proposal=town.group, names=(town.name,)) if inside else None


def _with_later(found: TownFinding, first: tuple[str, Town], rest: str, towns: Sequence[Town]) -> TownFinding:
    later = [town for town in _full_names(rest[len(first[0]) :], towns) if town.name != first[1].name]
    if found.state != "town" or not later:
        return found
    names = (first[1].name, *(town.name for town in later))
    return TownFinding("several", ground=f"住址写有{'、'.join(names)}", names=names)


def _full_names(text: str, towns: Sequence[Town]) -> list[Town]:
    """Towns written out with 镇 and not as part of a road's name."""
    found = []
    for town in towns:
        at = text.find(town.name) if town.kind == "town" else -1
        if at >= 0 and not _ROAD.match(text[at + len(town.name) :]):
            found.append(town)
    return found


@lru_cache(maxsize=8)
def _all_forms(towns: tuple[Town, ...]) -> tuple[tuple[str, Town], ...]:
    pairs = [(form, town) for town in towns for form in _forms(town)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _forms(town: Town) -> tuple[str, ...]:
    """How the beginning of an address may write the town or unit."""
    if town.kind == "town":
        return (town.name, town.name.removesuffix("镇").removesuffix("乡"))
    bare = town.name.removeprefix("国营")
    short = bare.removesuffix("公司")
    shorter = (short.removesuffix("林业"),) if short.endswith("林业") else ()
    return tuple(dict.fromkeys((town.name, bare, short, *shorter)))
