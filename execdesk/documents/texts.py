"""What a document type and a text of it are: frozen values as the data files say them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

from execdesk.documents.events import EffectRule
from execdesk.documents.template import Scope, Template

KINDS = (
    "ruling", "decision", "order", "warrant", "summons", "announcement", "notice", "record", "list", "receipt",
    "letter", "form",
)  # fmt: skip
FORMS = ("ruling", "order", "notice", "letter", "red_head", "table", "record", "list", "voucher", "label")  # how it is set: reports.style
WAYS = ("issued", "by_hand", "sheet", "received")  # how a paper comes about
BLOCKS = ("judge", "panel", "president", "seal_only", "judge_clerk_table", "officers", "approval", "none")
SLOT_TYPES = (
    "text", "long", "names", "cause", "number", "date", "money", "capitals", "months", "count", "count_words", "choice",
    "flag", "list", "article", "citations", "own_number",
)  # fmt: skip
PLACES = ("body", "slip", "contact")
ALIGNS = ("left", "center", "right")
PART_KINDS = ("paragraph", "parties", "items", "table", "cut", "lines")
ROLES = ("addressee", "body", "item", "remedy", "closing", "heading", "note", "foot")
_MARK = 16  # hexadecimal digits of a digest
_TERM = re.compile(r"(!?)([a-z][a-z0-9_]*)(?:=(.+))?")


@dataclass(frozen=True)
class Slot:
    """A place to fill: how it prints (``type``), what it is called on the drafting page, where its value comes from; ``place``, where it
    stands in the data.

    ``options`` are alternatives of a choice as they stand in the text, ``labels`` their words on the page; ``text`` is the
    optional text a flag switches on; ``token`` the citation behind an article number.
    """

    name: str
    type: str
    label: str
    source: str
    required: bool = True
    help: str = ""
    checks: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    default: str = ""
    token: str = ""
    text: str = ""
    columns: tuple[str, ...] = ()
    place: str = field(default="", compare=False)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The alternatives of a choice with their words on the page."""
        return tuple(zip(self.options, self.labels or self.options, strict=False))

    @property
    def by_hand(self) -> bool:
        """Whether a person fills it on the drafting page."""
        return self.source == "input"


@dataclass(frozen=True)
class TemplateTest:
    """One test: the slot has a value, or has this one; turned round by ``negate``."""

    name: str
    value: str
    negate: bool


@dataclass(frozen=True)
class TemplateCondition:
    """All terms must hold; no terms always hold."""

    raw: str = ""
    terms: tuple[TemplateTest, ...] = ()

    def holds(self, scope: Scope) -> bool:
        """Whether the part is printed."""
        for term in self.terms:
            found = scope.choice(term.name) == term.value if term.value else scope.has(term.name)
            if found == term.negate:
                return False
        return True

    @staticmethod
    def parse(text: str) -> TemplateCondition:
        """``a & !b & c=值``; raises ``ValueError`` for anything else."""
        terms = []
        for part in filter(None, (part.strip() for part in text.split("&"))):
            found = _TERM.fullmatch(part)
            if not found:
                raise ValueError(part)
            terms.append(TemplateTest(found[2], found[3] or "", bool(found[1])))
        return TemplateCondition(text, tuple(terms))


@dataclass(frozen=True)
class CellText:
    """A cell of a table form."""

    text: Template
    label: bool = False
    span: int = 1
    align: str = "left"


@dataclass(frozen=True)
class RowText:
    """A row, repeated for ``each`` element of a list."""

    cells: tuple[CellText, ...]
    when: TemplateCondition
    each: str
    height: float


@dataclass(frozen=True)
class ItemText:
    """One item of the operative part, repeated for ``each`` element of a list."""

    text: Template
    when: TemplateCondition
    each: str


@dataclass(frozen=True)
class TextPart:
    """A piece of the document in printing order."""

    kind: str
    into: str
    section: str
    role: str
    when: TemplateCondition
    each: str = ""
    text: Template | None = None
    keep: bool = False
    roles: tuple[str, ...] = ()
    who: str = ""
    items: tuple[ItemText, ...] = ()
    widths: tuple[float, ...] = ()
    rows: tuple[RowText, ...] = ()
    pages: int = 0  # of lines to write on, beyond the page where they begin
    place: str = field(default="", compare=False)

    def templates(self) -> Iterator[Template]:
        """Every text in it."""
        if self.text is not None:
            yield self.text
        yield from (item.text for item in self.items)
        yield from (cell.text for row in self.rows for cell in row.cells)

    def conditions(self) -> Iterator[TemplateCondition]:
        """Every condition in it."""
        yield self.when
        yield from (item.when for item in self.items)
        yield from (row.when for row in self.rows)

    def lists(self) -> Iterator[str]:
        """Every list it runs through."""
        found = (self.each, *(item.each for item in self.items), *(row.each for row in self.rows))
        yield from (each for each in found if each)


@dataclass(frozen=True)
class Cite:
    """A citation by concept, used when the condition holds."""

    token: str
    when: TemplateCondition
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Wording:
    """What all documents share: lines of the party block, how a cause ends, phrases by group and name, common slots, claims."""

    parties: Mapping[str, Template]
    parties_source: str
    parties_confirmed: bool
    cause_suffix: str
    cause_without: tuple[str, ...]
    phrases: Mapping[str, str]
    slots: Mapping[str, Slot]
    claims: Mapping[str, str] = field(default_factory=dict)  # what sentences may claim, by name, and what it is called


@dataclass(frozen=True)
class TextVersion:
    """The text of a document type for signing days in ``valid_from`` … ``valid_to``."""

    type_id: str
    valid_from: date
    valid_to: date | None
    source: str
    confirmed: bool
    note: str
    title: Template
    subject: Template
    cite: tuple[Cite, ...]
    attachments: tuple[Template, ...]
    signature: str
    parts: tuple[TextPart, ...]
    slots: Mapping[str, Slot]
    wording: Wording
    known: Mapping[str, Slot] = field(default_factory=dict, compare=False, repr=False)  # every slot its file may use
    written: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)  # as the data say it, phrases put in, without days and source
    claims: Mapping[str, str] = field(default_factory=dict, compare=False)  # what its sentences may claim, and where each stands in the data

    @property
    def owed_claims(self) -> frozenset[str]:
        """What it claims wherever it is printed at all, not only where the case records it."""
        return frozenset(name for part in self.parts for template in part.templates() for name in template.claims(optional=False))

    @property
    def id(self) -> str:
        """Type and first day: ``ruling_freeze@2016-08-01``."""
        return f"{self.type_id}@{self.valid_from}"

    @cached_property
    def version(self) -> str:
        """The text as it reads, at most 64 characters: its :attr:`id` and a :func:`digest <digest_of>` of every word, slot and rule in it."""
        return f"{self.id[: 63 - _MARK]}#{digest_of(self)}"

    def in_force(self, on: date) -> bool:
        """Whether it may be used for a document signed on ``on``."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class BlockRule:
    """Which signature block the type bears in a span of days, and why."""

    block: str
    source: str
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it rules on ``on``."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


@dataclass(frozen=True)
class DocType:
    """A kind of document the bureau issues, fills in or receives.

    ``way`` is how it comes about, ``way_when`` another under that matter; ``matters`` is empty where it needs no approval of its own.
    ``addressee`` is the role of whom it is sent to, ``target`` of whom it aims at, ``awaits_answer`` whether the addressee owes one;
    ``traits`` are what actions and lists look for; ``corrects`` the kinds it sets right;
    ``effects`` what it does.
    """

    id: str
    title: str
    kind: str
    way: str
    way_when: Mapping[str, str]
    form: str
    series: str
    signature: tuple[BlockRule, ...]
    signature_national: str
    matters: tuple[str, ...]
    parties: tuple[str, ...]
    cite: tuple[str, ...]
    attachments: tuple[str, ...]
    copies: str
    receipt: bool
    served_on: tuple[str, ...]
    style_2009: str
    style_2016: str
    confirmed: bool
    addressee: str = ""
    target: str = ""
    awaits_answer: bool = False
    traits: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    effects: tuple[EffectRule, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)  # where what it names stands in the data, by key
    variants: tuple[str, ...] = ()  # what a draft of it chooses: what its title leaves open, else as its data say

    def effects_of(self, event: str, role: str = "", result: str = "", variant: str = "") -> tuple[str, ...]:
        """The names of the effects that run, in the order of the data."""
        return tuple(dict.fromkeys(name for rule in self.effects if rule.holds(event, role, result, variant) for name in rule.run))

    def is_issued(self, matter: str) -> bool:
        """Whether it serves a matter as a paper that the court issues, not as one filled in by hand, printed of an approval or received."""
        return matter in self.matters and self.way_when.get(matter, self.way) == "issued"

    @property
    def judicial(self) -> bool:
        """Rulings and decisions: bear the responsible judge, and the place of 本件与原本核对无异."""
        return self.kind in ("ruling", "decision")


@dataclass(frozen=True)
class Series:
    """A run of numbers shared by ``groups`` of types. ``form``: suffix, entered (给号由立案庭) or yearly (one ``desk`` only).

    Where it ``leads``, other papers of one submission print its number and are issued after it.
    """

    id: str
    name: str
    groups: tuple[str, ...]
    form: str
    valid_from: date | None
    valid_to: date | None
    source: str
    confirmed: bool
    pattern: str = ""
    desk: str = ""
    type_code: str = ""
    leads: bool = False

    def in_force(self, on: date) -> bool:
        """Whether numbers are taken from it on ``on``."""
        return (self.valid_from or date.min) <= on <= (self.valid_to or date.max)


def digest_of(text: TextVersion) -> str:
    """What tells one text from another: its words, slots and rules, whatever days it holds for and wherever it stands in its file."""
    said = {key: value for key, value in _said(text).items() if key not in ("valid_from", "valid_to")}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()[:_MARK]


def _said(value: Any) -> Any:
    """What a value says: fields left at their default say nothing, so that a later program reads the same; nor does where it stands."""
    if isinstance(value, Template):
        return value.raw
    if is_dataclass(value):
        return {f.name: _said(getattr(value, f.name)) for f in fields(value) if f.compare and getattr(value, f.name) != f.default}
    if isinstance(value, Mapping):
        return {str(key): _said(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_said(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
