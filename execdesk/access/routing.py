"""Which group a case belongs to by the address of those who owe (方案第3条, T10): only what the plan lists is decided here.

A town of the plan decides by itself. Units the plan does not list, other counties, several towns and addresses without a
town wait for a person, with a proposal: the judge a ledger names, former handler of a resumed case, companion cases, first
debtor's domicile, place of the property, else by turns. A town is read only where a town stands in an address, never inside a road's or
school's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from execdesk.access.organisation import AreaData, Organisation

BY_TURNS = "无地域依据，按轮流分配"
_SPLIT = re.compile(r"[,，;；。、\n()（）]")
_BLANK = re.compile(r"[\s\u200b\ufeff\u3000]")
_PREFIX = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:省|自治区|特别行政区|自治州|自治县|地区|市|县|区|盟|旗)")
_ENDINGS = "省市县区旗盟"
_BEFORE_PREFIX = re.compile(r"[镇乡村路街道巷号组队场]")


@dataclass(frozen=True)
class AddressPlace:
    """What one address says: ``town``, ``unit``, ``outside`` (another county), ``unclear``; the area if one is named.

    ``area`` of an ``unclear`` place is a town whose name begins the address without being surely meant.
    """

    kind: str
    area: AreaData | None = None
    text: str = ""


@dataclass(frozen=True)
class Proposal:
    """A group for a person to confirm, and why; ``by_turns`` where nothing but the turn speaks for it."""

    group: str
    reason: str
    by_turns: bool = False


@dataclass(frozen=True)
class Leads:
    """What else is known of a case: places of its property, group of companion cases and of the former handler, how many
    undecidable cases were dealt out before (for taking turns), and the judge a ledger names, with his group."""

    property_at: Sequence[str] = ()
    companion_group: str | None = None
    former_group: str | None = None
    turns: int = 0
    handler_group: str | None = None
    handler: str = ""


@dataclass(frozen=True)
class Route:
    """The group, or None with a proposal; ``reason`` is shown as it stands. ``kind`` is ``listed``, ``unlisted``, ``outside``,
    ``several``, ``unclear`` or ``not_in_force``; ``town`` is the name of the deciding area."""

    group: str | None
    reason: str
    kind: str
    town: str | None = None
    proposal: Proposal | None = None


def route(addresses: Sequence[str], organisation: Organisation, day: date, leads: Leads | None = None) -> Route:
    """The group for debtors at ``addresses`` (in their order in the case; towns alone will do) on ``day``."""
    leads = leads or Leads()
    places = [place for address in addresses for place in read_places(address, organisation)]
    clear = [place for place in places if place.kind != "unclear"]
    proposal = _proposal(places, organisation, leads)
    kind, reason = _why_not(clear, organisation, day)
    if kind:
        return Route(None, f"{reason}，请由人决定。", kind, _town_name(clear), proposal)
    area = clear[0].area
    assert area is not None and area.group is not None
    group = organisation.groups[area.group]
    return Route(group.code, f"被执行人住所地在{area.name}，属{group.name}（{group.source}）。", "listed", area.name)


def words_of(found: Route, organisation: Organisation) -> str:
    """What stands beside the group, or in the queue where there is none yet: the reason with the proposal."""
    if found.group or found.proposal is None:
        return found.reason
    group = organisation.groups[found.proposal.group].name
    return f"未列明，待定组：{found.reason}建议归{group}（{found.proposal.reason}）。"


def _why_not(clear: Sequence[AddressPlace], organisation: Organisation, day: date) -> tuple[str, str]:
    """Why the plan does not decide; empty if it does."""
    if not clear:
        return "unclear", "住址中看不出所在的镇"
    spots = {place.area.name if place.area else "县外" for place in clear}
    if len(spots) > 1:
        return "several", f"被执行人住所地涉及{'、'.join(sorted(spots))}，不止一处"
    first = clear[0]
    if first.kind == "outside":
        return "outside", f"被执行人住所地在县外（{first.text}），方案第3条未列明"
    assert first.area is not None
    if first.area.group is None:
        return "unlisted", f"{first.area.name}未列明于方案第3条"
    group = organisation.groups[first.area.group]
    if not group.in_force(day):
        return "not_in_force", f"{group.name}自 {group.valid_from} 起设立，{day} 不适用分组"
    return "", ""


def _proposal(places: Sequence[AddressPlace], organisation: Organisation, leads: Leads) -> Proposal:
    if leads.handler_group:
        return Proposal(leads.handler_group, f"台账载明承办人{leads.handler}，归其所在组")
    if leads.former_group:
        return Proposal(leads.former_group, "恢复执行案件，归原承办组")
    if leads.companion_group:
        return Proposal(leads.companion_group, "同一被执行人的关联案件在该组，一并办理")
    sources = [("首列被执行人住所地", places[:1]), ("财产所在地", _all(leads.property_at, organisation)), ("其他被执行人住所地", places[1:])]
    for label, candidates in sources:
        for place in candidates:
            town = _town_of(place, organisation)
            if town is not None and town.group is not None:
                return Proposal(town.group, f"{label}{'在' if place.kind == 'town' else '近'}{town.name}")
    order = sorted(organisation.groups)
    return Proposal(order[leads.turns % len(order)], BY_TURNS, by_turns=True)


def _town_of(place: AddressPlace, organisation: Organisation) -> AreaData | None:
    """The town a place lies in, or the one a unit is named after."""
    if place.area is not None and place.area.near:
        return organisation.area(place.area.near)
    return place.area


def _all(addresses: Sequence[str], organisation: Organisation) -> list[AddressPlace]:
    return [place for address in addresses for place in read_places(address, organisation)]


def _town_name(clear: Sequence[AddressPlace]) -> str | None:
    names = {place.area.name for place in clear if place.area}
    return names.pop() if len(names) == 1 and all(place.area for place in clear) else None


def read_places(address: str, organisation: Organisation) -> list[AddressPlace]:
    """The places an address names, each once; one ``unclear`` place if it names none; none for a blank address."""
    text = _BLANK.sub("", unicodedata.normalize("NFKC", address))
    parts = [part for part in _SPLIT.split(text) if part]
    found: list[AddressPlace] = []
    for part in parts:
        place = read_place(part, organisation)
        if all((place.kind, place.area) != (other.kind, other.area) for other in found):
            found.append(place)
    known = [place for place in found if place.kind != "unclear"]
    return known or found[:1]


def read_place(text: str, organisation: Organisation) -> AddressPlace:
    """The place that one address without punctuation begins with."""
    rest = _strip_label(text, organisation)
    while rest:
        area = _area_at(rest, organisation)
        if area is not None:
            return area
        prefix = next((name for name in organisation.home if rest.startswith(name) and not _longer(name, rest)), "")
        if not prefix:
            break
        rest = rest[len(prefix) :]
    outside = rest.startswith(organisation.words.outside) or _other_county(rest)
    return AddressPlace("outside" if outside else "unclear", text=text)


def _longer(name: str, rest: str) -> bool:
    """Whether a short name goes on into that of another unit: 荆州 in 荆州区."""
    return name[-1] not in _ENDINGS and rest[len(name) :][:1] in tuple(_ENDINGS)


def _strip_label(text: str, organisation: Organisation) -> str:
    for label in sorted(organisation.words.labels, key=len, reverse=True):
        if text.startswith(label):
            return text[len(label) :].lstrip(":：在于")
    return text


def _other_county(rest: str) -> bool:
    found = _PREFIX.match(rest)
    return found is not None and not _BEFORE_PREFIX.search(found[0])


def _area_at(rest: str, organisation: Organisation) -> AddressPlace | None:
    """The area whose name ``rest`` begins with; units first, for some are named after a town."""
    for area in organisation.areas:
        if area.kind == "unit" and rest.startswith((area.name, *area.names)):
            return AddressPlace("unit", area, rest)
    for area in organisation.areas:
        if area.kind == "town" and rest.startswith(area.name):
            return AddressPlace("town", area, rest)
    for area in organisation.areas:
        for name in area.names if area.kind == "town" else ():
            if rest.startswith(name):
                return _bare(rest, name, area, organisation)
    return None


def _bare(rest: str, name: str, area: AreaData, organisation: Organisation) -> AddressPlace | None:
    """A town's name without 「镇」: meant as the town if nothing or a village follows; a road or school is not the town."""
    after, words = rest[len(name) :], organisation.words
    if not after:
        return AddressPlace("town", area, rest)
    if after.startswith(words.not_town):
        return None
    village = min((after.find(word) for word in words.village if word in after), default=-1)
    before = after[:village] if village > 0 else ""
    if before and not any(word in before for word in words.not_town):
        return AddressPlace("town", area, rest)
    return AddressPlace("unclear", area, rest)
