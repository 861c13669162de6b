"""Closed lists for forms, and what the status bar says of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.session import Session, holders_of
from execdesk.casefile.settings import bureau_settings
from execdesk.casework.money.actions import KINDS as MONEY_KINDS
from execdesk.records.court import Group
from execdesk.records.people import Person
from execdesk.service.actions import METHODS
from execdesk.store.clock import COURT_TIME

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
    money_kinds: tuple[Pair, ...]
    series: tuple[Pair, ...]
    longest_deposit: int
    kinds: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class StoreFacts:
    """``site`` in words; ``demo_day`` the day of a demonstration store; ``fault`` a sentence where the store is closed."""

    site: str
    demo_day: date | None
    ages: tuple[str, ...]
    fault: str


def choices(session: Session) -> Choices:
    """The lists as they stand today."""
    day = session.day
    people = tuple((p.account or p.id, p.name) for p in Person.select().where(Person.struck.is_null()).order_by(Person.name))
    data = session.authority.data
    return Choices(
        judges=_holders("judge", day), clerks=(*_holders("clerk", day), *_holders("assistant", day)), staff=people,
        signers=(*_holders("president", day), *_holders("vice_president", day)),
        groups=tuple((g.code, g.name) for g in Group.select().where(Group.struck.is_null()).order_by(Group.code)),
        subjects=tuple((s.id, s.name) for s in data.subjects.values() if s.special),
        matters=tuple((m.id, m.name) for m in session.authority.choosable()), methods=tuple(METHODS.items()),
        grounds=_slot(session, "ground", matter="detention"), release_grounds=_slot(session, "ground", trait="releases_control"),
        money_kinds=tuple(MONEY_KINDS.items()),
        series=_series(session), longest_deposit=_longest(session),
        kinds=tuple((kind.id, kind.name) for kind in bureau_settings(session.resources).kinds),
    )


def _holders(post: str, day: date) -> tuple[Pair, ...]:
    return tuple((p.account or p.id, p.name) for p in holders_of(post, day))


def _slot(session: Session, name: str, **wanted: str) -> tuple[Pair, ...]:
    catalogue = session.tools.catalogue
    slot = catalogue.text(catalogue.draftable(session.day, **wanted).id, session.day).slots[name]
    return tuple(zip(slot.options, slot.labels or slot.options, strict=False))


def _series(session: Session) -> tuple[Pair, ...]:
    found: dict[str, str] = {}
    for kind in session.tools.catalogue.types:
        series = session.tools.catalogue.series(kind.id, session.day)
        if series is not None and series.form == "suffix":
            found.setdefault(series.id, series.name)
    return tuple(found.items())


def _longest(session: Session) -> int:
    from execdesk.law.control import longest_term

    return int(longest_term(session.law, "bank_deposit", session.day).value)


def store_facts(session: Session) -> StoreFacts:
    """Where this desk is, its day, how old the other desk's data are."""
    own = session.store.site
    ages = []
    for chain, head in session.store.ends().items():
        site = chain.partition(".")[0]
        if site != own and head.at is not None:
            at = head.at.astimezone(COURT_TIME)
            days = (session.day - at.date()).days
            ages.append(f"{site} 数据截至 {at:%Y-%m-%d %H:%M}（{'今天' if days <= 0 else f'{days} 天前'}）")
    fault = f"留痕链有缺损：{session.store.closed_reason}" if session.store.closed_reason else ""
    return StoreFacts(session.site_name, session.day if session.demo else None, tuple(ages), fault)
