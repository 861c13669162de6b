"""The facts over which the gates of 终结本次执行程序 are checked: values only, each with its day, its person and its answer.

A :data:`Dated` fact is the day it happened, ``False`` where it is known not to have happened, ``None`` where nothing is recorded;
a :data:`Known` fact is yes, no, or not recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Dated = date | bool | None
Known = bool | None


@dataclass(frozen=True)
class Punishment:
    """A sanction against a breach: ``fine``, ``detention`` or ``listing``; annulled by the upper court or withdrawn."""

    kind: str
    made_on: date
    annulled: bool = False


@dataclass(frozen=True)
class Report:
    """What came of the order to report property. ``result``: true, incomplete, false, late, refused.

    ``good_reason`` is why a breach went unpunished, recorded by the judge.
    """

    checked_on: Dated = None
    result: str = ""
    punishments: tuple[Punishment, ...] | None = None
    good_reason: str = ""


@dataclass(frozen=True)
class Query:
    """One request to the network about one head of property, for the holder of ``id_no``."""

    head: str
    id_no: str
    request_no: str
    sent_on: date
    answered_on: Dated = None


@dataclass(frozen=True)
class Obstruction:
    """One act of obstruction and what followed it."""

    on: date
    punishments: tuple[Punishment, ...] | None = None


@dataclass(frozen=True)
class Debtor:
    """What is recorded about one debtor. ``id_no`` is his checked number; ``likely`` are heads where money is likely to be.

    ``spot`` says per head when it was inquired about on the spot; ``site_inquired_on`` is the inquiry at his seat or dwelling.
    """

    name: str
    id_no: str = ""
    notice_served_on: Dated = None
    order_served_on: Dated = None
    report: Report = Report()
    restricted_on: Dated = None
    eligible: Known = None
    listed_on: Dated = None
    not_listed_reason: str = ""
    queries: tuple[Query, ...] = ()
    likely: frozenset[str] = frozenset()
    spot: tuple[tuple[str, date], ...] = ()
    site_inquired_on: Dated = None
    books_hidden: Known = None
    searched_on: Dated = None
    missing: Known = None
    looked_for_on: Dated = None
    obstructions: tuple[Obstruction, ...] | None = None
    crime_suspected: Known = None
    crime_referred_on: Dated = None


@dataclass(frozen=True)
class Clue:
    """A clue to property and when it was checked."""

    words: str
    checked_on: Dated = None


@dataclass(frozen=True)
class TnrProperty:
    """Something found: whether it can be disposed of, and why not."""

    words: str
    disposable: Known = None
    reason: str = ""


@dataclass(frozen=True)
class AskedFor:
    """A written application for an audit or a reward, and the decision on it."""

    words: str
    decided_on: Dated = None


@dataclass(frozen=True)
class Heard:
    """An applicant, or in his place who transferred the case or a victim.

    ``told`` names what he was told of: measures, findings, consequence. His opinion stands in a ``record``, a signed ``paper``,
    or a work ``note``, then in his own words. ``signed_on`` is his signature under the closing itself.
    """

    name: str
    role: str = "applicant"
    told_on: Dated = None
    told: frozenset[str] = frozenset()
    opinion_on: Dated = None
    opinion_form: str = ""
    opinion_words: str = ""
    signed_on: Dated = None


@dataclass(frozen=True)
class Held:
    """Money of the case not yet where it belongs, in fen: cash slips, unclaimed, unallocated, ready, sent without a result."""

    slips: int = 0
    unclaimed: int = 0
    unallocated: int = 0
    ready: int = 0
    sent: int = 0


@dataclass(frozen=True)
class TnrFacts:
    """All of a case that the gates ask for. ``kind`` as the case has it: money, act_delivery, criminal_property, admin_nonlit, transferred."""

    kind: str
    filed_on: Dated = None
    debtors: tuple[Debtor, ...] = ()
    clues: tuple[Clue, ...] | None = None
    properties: tuple[TnrProperty, ...] | None = None
    asked_for: tuple[AskedFor, ...] = ()
    heard: tuple[Heard, ...] = ()
    held: Held | None = None
    panel_on: Dated = None
    president_on: Dated = None
    approved_on: Dated = None
