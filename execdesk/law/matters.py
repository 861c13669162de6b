"""The rows of the approval table as values, and the ruling that comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from execdesk.law.refusal import Clause

PRESIDENT, NAMED_LETTER = "president", "letter_naming_matter"


@dataclass(frozen=True)
class PlanHead:
    """The document the table comes from, and the days it rules."""

    title: str
    doc_no: str
    issued: date
    effective: date
    court: str
    upper_court: str
    high_court: str


@dataclass(frozen=True)
class Level:
    """A deciding level (``rank`` 1–3) or a kind of body or staff (``rank`` 0, neither higher nor lower)."""

    id: str
    name: str
    verb: str
    posts: tuple[str, ...]
    rank: int
    plan_label: str = ""
    elsewhere: str = ""  # what to do where the bureau does not decide at all


@dataclass(frozen=True)
class Rule:
    """One rule of reading (R1 … R10)."""

    id: str
    name: str
    text: str


@dataclass(frozen=True)
class Subject:
    """A kind of party; ``special`` is 特殊主体."""

    id: str
    name: str
    special: bool


@dataclass(frozen=True)
class Matter:
    """One matter with its level and the plan's own words."""

    id: str
    name: str
    level: str
    plan_article: str
    plan_phrase: str
    documents: tuple[str, ...]
    panel: str
    basis: tuple[str, ...]
    via: str = ""
    statute_signer: str = ""
    special_variant: str = ""
    variant_of: str = ""
    derived: str = ""
    added: str = ""
    approver: str = ""
    catch_all: bool = False
    urgent_variant: bool = False
    not_on_paper: bool = False  # decided at a desk only: an approval by hand on paper (凭纸批) is no way
    names: tuple[str, ...] = ()  # what people call it besides
    duty: tuple[str, ...] = ()  # the grounds on which nothing is weighed (circumstance ``duty``)
    discretion: tuple[str, ...] = ()  # the grounds that are weighed
    delegate: str = ""
    convention: str = ""  # in no list of the plan; agreed in the court from ``valid_from``
    valid_from: date | None = None
    confirmed: bool = True
    notes: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_reserved(self) -> bool:
        """Whether a delegate needs a letter that names it: where statute keeps it for 院长, or the court agreed so."""
        return self.delegate == NAMED_LETTER or self.statute_signer == PRESIDENT


@dataclass(frozen=True)
class Variant:
    """How one circumstance moves a matter: to another, or (``to`` itself) to another level or signer."""

    matter: str
    when: str
    to: str
    level: str
    extra: str = ""
    added: str = ""
    permit: str = ""  # a permit from outside the court that must be there before issue
    signer: str = ""  # who signs by statute in these circumstances, ``none`` for nobody; empty: as the matter says


@dataclass(frozen=True)
class MatterWording:
    """Words that may be left out before and after the name of a matter, and verbs shared by the members of a list."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ladder:
    """The steps that each had to approve until ``valid_to``."""

    valid_to: date
    steps: tuple[str, ...]
    confirmed: bool
    note: str


@dataclass(frozen=True)
class Ambiguity:
    """A place where the plan can be read in two ways, and the reading taken."""

    id: str
    issue: str
    recommended: str


@dataclass(frozen=True)
class Ruling:
    """Who decides one matter on one day, and why; exactly one level, marked ``conflict`` where two clauses claim it.

    ``path``: before 2017-08-01 the steps that must each approve, the last being the level; from that day the
    comment-only ``stops``. ``statute_signer``: who must sign for issue besides. ``reserved``: a delegate needs a
    letter that names the matter. ``clauses`` quote the plan, ``basis`` names statute topics and figures (``p:``).
    """

    matter: str
    name: str
    level: str
    level_name: str
    path: tuple[str, ...]
    article: str
    phrase: str
    reason: str
    statute_signer: str
    panel: str
    conflict: bool
    documents: tuple[str, ...]
    basis: tuple[str, ...]
    extra: str
    stops: tuple[str, ...]
    rule_id: str
    data_hash: str
    confirmed: bool
    on: date
    asked: str
    subject: str
    circumstances: frozenset[str]
    clauses: tuple[Clause, ...]
    reserved: bool
    approver: str = ""
    plan_article: str = ""  # the number behind ``article``: 6.3
    permits: tuple[str, ...] = ()  # permits from outside the court that must be there before issue

    @property
    def ladder(self) -> bool:
        """Whether every step of ``path`` must approve (before 2017-08-01)."""
        return bool(self.path) and self.path[-1] == self.level
