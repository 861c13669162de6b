"""Values of the organisation as the data files give them: they seed a store at set-up, then its dated records hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from execdesk.access.county import own_places

ATTENDING = frozenset({"issue_certificates", "witness"})  # the duties of those of whom two issue a certificate


@dataclass(frozen=True)
class CourtData:
    """The court: name as printed, short name in the plan, code in case numbers, courts above, the plan and its first day; where it is
    reached and paid, which no data file tells and each court enters of itself."""

    code: str
    name: str
    short: str
    upper: str
    high: str
    letters: str
    plan: str
    plan_from: date
    address: str = ""
    telephone: str = ""
    hotline: str = ""
    account_name: str = ""
    account_bank: str = ""
    account_no: str = ""


@dataclass(frozen=True)
class SiteData:
    """A desk: HQ or HL."""

    code: str
    name: str


@dataclass(frozen=True)
class GroupData:
    """沿海组 or 山区组, from a day."""

    code: str
    name: str
    seat: str
    site: str
    valid_from: date
    valid_to: date | None
    source: str

    def in_force(self, day: date) -> bool:
        """Whether the group exists on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class AreaData:
    """A town with its group, or a unit the plan does not list (``group`` None; ``near`` the town it is named after, if any)."""

    code: str
    name: str
    names: tuple[str, ...]
    kind: str
    group: str | None
    near: str | None


@dataclass(frozen=True)
class AddressWords:
    """How an address is read: words between province and county that name no place, the provinces behind their marks in case numbers, peoples
    in names of autonomous places, short names of the province's counties, labels in front, words that make a name no town."""

    level: tuple[str, ...]
    provinces: tuple[str, ...]
    peoples: tuple[str, ...]
    outside: tuple[str, ...]
    labels: tuple[str, ...]
    not_town: tuple[str, ...]
    village: tuple[str, ...]


@dataclass(frozen=True)
class StaffingData:
    """编制: its name, what an officer of it is called, whether he may lead an act (方案第4条)."""

    code: str
    name: str
    officer: str
    leads: bool


@dataclass(frozen=True)
class PostData:
    """A post: approval level if it has one, what it may do, its place in a team, whether it must be countersigned. ``succession``:
    only the former holder countersigns, or the appointment with root and envelope brings it about. ``deciding`` are those of its duties
    that decide, sign or seal: a certificate that waits for 院长 serves for the others only."""

    code: str
    name: str
    level: str | None
    may: frozenset[str]
    team: str | None
    police: bool
    countersign: bool
    single: bool
    succession: bool
    deciding: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Holder:
    """An office-holder named by the plan: the default name of a post in a real store."""

    post: str
    name: str
    source: str


@dataclass(frozen=True)
class Organisation:
    """Everything in ``ledong.toml``, by code; ``local_words`` are those that nobody here makes a password of, ``common_passwords``
    is the file of those that everybody tries first, ``sitting_minutes`` how long two holders of shares may sit for several certificates."""

    court: CourtData
    sites: Mapping[str, SiteData]
    groups: Mapping[str, GroupData]
    areas: tuple[AreaData, ...]
    words: AddressWords
    staffings: Mapping[str, StaffingData]
    posts: Mapping[str, PostData]
    holders: tuple[Holder, ...]
    local_words: tuple[str, ...]
    common_passwords: Path
    sitting_minutes: int

    @cached_property
    def home(self) -> tuple[str, ...]:
        """How an address of the court's own county may begin, longest first; by what the court's record says of it."""
        court, words = self.court, self.words
        own = own_places(court.name, court.upper, court.code, words.provinces, words.peoples)
        return tuple(sorted((*own, *words.level), key=len, reverse=True))

    def area(self, code: str) -> AreaData:
        """The area with a GB/T 2260 code."""
        return next(area for area in self.areas if area.code == code)


@dataclass(frozen=True)
class DemoPerson:
    """A fictional person; ``account`` is empty if he does not sign in."""

    account: str
    name: str
    staffing: str
    posts: tuple[str, ...]
    group: str | None
    site: str


@dataclass(frozen=True)
class NewTeam:
    """1+N by names."""

    name: str
    group: str
    judge: str
    officers: tuple[str, ...]


@dataclass(frozen=True)
class DemoDelegation:
    """A letter of 院长 to a vice-president."""

    name: str
    letter: str
    matters: tuple[str, ...]
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class DemoPeople:
    """The people of a demonstration store, and what its court says of itself: address, telephone, account, by the names of :class:`CourtData`."""

    people: tuple[DemoPerson, ...]
    teams: tuple[NewTeam, ...]
    delegations: tuple[DemoDelegation, ...]
    court: Mapping[str, Any] = field(default_factory=dict)
