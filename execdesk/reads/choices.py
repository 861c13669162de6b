"""Closed lists for forms, and what the status bar says of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.sitting import Sitting, holders_of
from execdesk.records.organisation import Group, Person
from execdesk.store.clock import COURT_TIME
from execdesk.work.service import METHODS

Pair = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """(value, words) pairs. ``staff`` are all who are entered, ``judges`` and ``clerks`` those who hold the post today."""

    judges: tuple[Pair, ...]
    clerks: tuple[Pair, ...]
    staff: tuple[Pair, ...]
    signers: tuple[Pair, ...]
    groups: tuple[Pair, ...]
    subjects: tuple[Pair, ...]
    matters: tuple[Pair, ...]
    methods: tuple[Pair, ...]
    grounds: tuple[Pair, ...]
    release_grounds: tuple[Pair, ...]
    series: tuple[Pair, ...]
    longest_deposit: int


@dataclass(frozen=True)
class StoreFacts:
    """``site`` in words; ``demo_day`` the day of a demonstration store; ``fault`` a sentence where the store is closed."""

    site: str
    demo_day: date | None
    ages: tuple[str, ...]
    fault: str


def choices(sitting: Sitting) -> Choices:
    """The lists as they stand today."""
    sitting.store.activate()
    day = sitting.day
    people = tuple((p.account or p.id, p.name) for p in Person.select().where(Person.struck.is_null()).order_by(Person.name))
    data = sitting.authority.data
    return Choices(
        judges=_holders("judge", day), clerks=(*_holders("clerk", day), *_holders("assistant", day)), staff=people,
        signers=(*_holders("president", day), *_holders("vice_president", day)),
        groups=tuple((g.code, g.name) for g in Group.select().where(Group.struck.is_null()).order_by(Group.code)),
        subjects=tuple((s.id, s.name) for s in data.subjects.values() if s.special),
        matters=tuple((m.id, m.name) for m in sitting.authority.choosable()), methods=tuple(METHODS.items()),
        grounds=_slot(sitting, "decision_detention", "ground"), release_grounds=_slot(sitting, "ruling_release_control", "ground"),
        series=_series(sitting), longest_deposit=_longest(sitting),
    )


def _holders(post: str, day: date) -> tuple[Pair, ...]:
    return tuple((p.account or p.id, p.name) for p in holders_of(post, day))


def _slot(sitting: Sitting, type_id: str, name: str) -> tuple[Pair, ...]:
    slot = sitting.tools.catalogue.text(type_id, sitting.day).slots[name]
    return tuple(zip(slot.options, slot.labels or slot.options, strict=False))


def _series(sitting: Sitting) -> tuple[Pair, ...]:
    found: dict[str, str] = {}
    for kind in sitting.tools.catalogue.types:
        series = sitting.tools.catalogue.series(kind.id, sitting.day)
        if series is not None and series.form == "suffix":
            found.setdefault(series.id, series.name)
    return tuple(found.items())


def _longest(sitting: Sitting) -> int:
    from execdesk.law.control import longest_term

    return int(longest_term(sitting.law, "bank_deposit", sitting.day).value)


def store_facts(sitting: Sitting) -> StoreFacts:
    """Where this desk is, its day, how old the other desk's data are."""
    sitting.store.activate()
    own = sitting.store.site
    ages = []
    for chain, head in sitting.store.ends().items():
        site = chain.partition(".")[0]
        if site != own and head.at is not None:
            at = head.at.astimezone(COURT_TIME)
            days = (sitting.day - at.date()).days
            ages.append(f"{site} 数据截至 {at:%Y-%m-%d %H:%M}（{'今天' if days <= 0 else f'{days} 天前'}）")
    fault = f"留痕链有缺损：{sitting.store.closed_reason}" if sitting.store.closed_reason else ""
    return StoreFacts(sitting.site_name, sitting.day if sitting.demo else None, tuple(ages), fault)
