"""From facts to printed values: where each slot takes its value, how it is written, what is left for the signing day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from execdesk.documents.citations import article_words, citation_words
from execdesk.documents.facts import Facts, MeasureFacts, Official, SigningDay
from execdesk.documents.texts import Slot, TextVersion, Wording
from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal
from execdesk.law.words import (
    amount_in_ruling,
    amount_in_words,
    number_in_words,
    parse_amount,
    parse_day,
)

OWN_NUMBER = "⟦own_number⟧"
FACT_LISTS = ("measures", "held", "parties")  # lists of the facts that a text may run through
SLOT_LISTS = ("input.", "fact.")  # before the name of a slot that is a list: filled on the page, or told by a room
PLACE = "place"  # of an element in its list, from 1
CLAIM, CLAIMED = "@", "须有记录："  # before the name of a claim among the facts of a content, before what it is called in a text to edit
ORIGINS = {
    "case": "立案登记", "basis": "执行依据", "money": "案款", "measure": "措施", "court": "本院资料", "names": "当事人",
    "addressee": "受文者", "person": "承办团队", "target": "当事人", "approval": "审批", "service": "送达",
    "document": "文书", "item": "清单", "law": "法规参数", "fact": "案件", "input": "本页填写",
}  # fmt: skip


def blank_mark(name: str) -> str:
    """What stands in the content where a required value is missing."""
    return f"⟦blank:{name}⟧"


def body_date(day: date) -> str:
    """A day inside a text: 2017年8月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def term_in_words(months: int) -> str:
    """A term: 12 → 一年, 6 → 六个月, 18 → 十八个月."""
    if months % 12 == 0:
        return f"{number_in_words(months // 12)}年"
    return f"{number_in_words(months)}个月"


def cause_in_text(cause: str, wording: Wording) -> str:
    """案由 as the opening says it, with 纠纷 at its end unless it is no dispute."""
    if not cause or cause.endswith(wording.cause_without):
        return cause
    return cause + wording.cause_suffix


def coerce(slot: Slot, value: Any) -> Any:
    """A value as typed or as stored, in the type the slot needs; Refusal ``document.input`` naming the slot."""
    if value is None or value == "":
        return slot.default or None
    try:
        return _coerced(slot, value)
    except Refusal as refusal:
        raise Refusal(f"「{slot.label}」：{refusal.text}", code="document.input") from refusal
    except (AttributeError, TypeError, ValueError):
        raise Refusal(f"「{slot.label}」写作「{value}」，不能识别，请重新填写。", code="document.input") from None


def _coerced(slot: Slot, value: Any) -> Any:
    kind = slot.type
    if kind == "date":
        return value if isinstance(value, (date, SigningDay)) else parse_day(str(value))
    if kind in ("money", "capitals"):
        return _at_least(0, value if isinstance(value, int) else parse_amount(str(value)))
    if kind in ("months", "count", "count_words"):
        return _at_least(1, int(value))
    if kind == "flag":
        return bool(value)
    if kind == "choice":
        if value not in slot.options:
            raise ValueError(value)
        return value
    if kind == "list":
        return tuple({column: str(entry.get(column) or "").strip() for column in slot.columns} for entry in value)
    if kind == "names":
        return tuple(value)
    text = value.name if isinstance(value, Official) else str(value).strip()
    return text.rstrip("。；;") if kind == "long" else text


def _at_least(least: int, number: int) -> int:
    if number < least:
        raise Refusal(f"不能是{number}，应为不小于{least}的数，请重新填写。", code="document.input")
    return number


def printed(slot: Slot, value: Any, wording: Wording) -> str:
    """``value`` as the slot's type prints it."""
    kind = slot.type
    if kind == "date":
        return value.mark if isinstance(value, SigningDay) else body_date(value)
    if kind == "money":
        return amount_in_ruling(value).removesuffix("元")
    if kind == "capitals":
        return amount_in_words(value)
    if kind == "months":
        return term_in_words(value)
    if kind == "count_words":
        return number_in_words(value)
    if kind == "names":
        return "、".join(value)
    if kind == "cause":
        return cause_in_text(value, wording)
    return str(value)


@dataclass
class Filled:
    """What was filled while a document was assembled, and what a person still has to give."""

    values: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)  # slots the text turned to, printed or not

    def note(self, key: str, slot: Slot, value: str, origin: str) -> None:
        """Keep a printed value with its label and source."""
        self.values[key] = {"value": value, "label": slot.label, "source": origin, "path": slot.source}

    def claim(self, name: str, label: str, proof: str) -> None:
        """Keep what a printed sentence claims with what proves it; empty where nothing does."""
        self.values[CLAIM + name] = {"value": proof, "label": label, "source": "案件记录", "path": f"claim.{name}"}


@dataclass(frozen=True)
class FactScope:
    """The facts as one text sees them, perhaps inside one element of a list."""

    facts: Facts
    text_version: TextVersion
    book: LawBook
    on: date
    filled: Filled
    element: Any = None
    place: int = 0

    def within(self, element: Any, place: int) -> FactScope:
        """The same facts inside ``element``, the ``place``-th of its list from 0."""
        return FactScope(self.facts, self.text_version, self.book, self.on, self.filled, element, place)

    def value(self, name: str) -> Any:
        """The value in the slot's type, ``None`` if nobody knows it."""
        slot = self.text_version.slots[name]
        self.filled.asked.add(name)
        found = coerce(slot, self._from_source(slot))
        return None if _absent(found) else found

    def has(self, name: str) -> bool:
        """Whether the slot has a value."""
        return self.value(name) is not None

    def choice(self, name: str) -> str | None:
        """The chosen alternative; a missing one that is required is noted for the person."""
        slot = self.text_version.slots[name]
        value = self.value(name)
        if value is None and slot.required and slot.type == "choice":
            self.filled.missing[name] = slot.label
        if value is not None:
            self._note(slot, slot.labels[slot.options.index(value)] if slot.labels else str(value))
        return None if value is None else str(value)

    def text(self, name: str) -> str:
        """The printed value; a missing required one leaves its mark, an optional one nothing."""
        slot = self.text_version.slots[name]
        value = self.value(name)
        if value is None:
            return self.blank(name) if slot.required else ""
        words = printed(slot, value, self.text_version.wording)
        self._note(slot, words)
        return words

    def blank(self, name: str) -> str:
        """The mark for a missing value."""
        self.filled.missing[name] = self.text_version.slots[name].label
        return blank_mark(name)

    def holds(self, claim: str) -> bool:
        """Whether the case records what a sentence claims."""
        found = self.facts.claims.get(claim)
        return found is not None and bool(found.proof)

    def claim(self, claim: str) -> str:
        """A printed sentence claims this: the content keeps it with its proof, and where there is none a mark stands behind it."""
        found = self.facts.claims.get(claim)
        self.filled.claim(claim, self.text_version.wording.claims[claim], found.proof if found else "")
        return "" if self.holds(claim) else blank_mark(CLAIM + claim)

    def elements(self, each: str) -> Sequence[Any]:
        """The elements of a list named in a text."""
        root, _, rest = each.partition(".")
        if each in FACT_LISTS:
            found: Sequence[Any] = getattr(self.facts, each)
            return found
        if each == "approval.decisions":
            return self.facts.approval.decisions if self.facts.approval else ()
        if root == "law":
            return numbered(self.book.value(rest, self.on).value)
        return self.value(rest) or ()

    def _note(self, slot: Slot, words: str) -> None:
        key = f"{slot.name}#{self.place + 1}" if self.place else slot.name
        origin = self.facts.sources.get(slot.source, ORIGINS[slot.source.partition(".")[0]])
        self.filled.note(key, slot, words, origin)

    def _from_source(self, slot: Slot) -> Any:
        root, _, rest = slot.source.partition(".")
        if root == "input":
            return self.facts.inputs.get(slot.name)
        if root == "law":
            return self._from_law(slot)
        if root == "names":
            return self.facts.names(rest)
        if root == "document":
            return self.facts.documents.get(rest)
        if root == "fact":
            return _part(self.facts.told, rest)
        if root == "item":
            if rest == PLACE:
                return str(self.place + 1)
            return self.element.get(rest) if isinstance(self.element, Mapping) else getattr(self.element, rest, None)
        owner = self._measure() if root == "measure" else getattr(self.facts, "staff" if root == "person" else root)
        first, _, key = rest.partition(".")
        found = getattr(owner, first, None)
        return found.get(key) if key and isinstance(found, Mapping) else found

    def _from_law(self, slot: Slot) -> str:
        if slot.type == "own_number":
            return OWN_NUMBER
        if slot.type == "article":
            return article_words(self.book, slot.token, self.on)
        return citation_words(self.book, self.tokens(), self.on)

    def tokens(self) -> tuple[str, ...]:
        """The citation tokens that hold for these facts."""
        each = [self.within(measure, place) for place, measure in enumerate(self.facts.measures)] or [self]
        return tuple(cite.token for cite in self.text_version.cite if any(cite.when.holds(scope) for scope in each))

    def _measure(self) -> MeasureFacts | None:
        if isinstance(self.element, MeasureFacts):
            return self.element
        return self.facts.measures[0] if self.facts.measures else None


def _part(told: Mapping[str, Any], name: str) -> Any:
    """A value that a room tells, or a part of it after a dot."""
    first, dot, part = name.partition(".")
    found = told.get(first)
    return found.get(part) if dot and isinstance(found, Mapping) else found


def _absent(value: Any) -> bool:
    """No value; zero is one."""
    return value is None or value is False or value == "" or value == ()


def numbered(entries: Sequence[str]) -> tuple[dict[str, str], ...]:
    """A list of the law as elements: Chinese number, words, and the stop that follows (； but 。 after the last)."""
    last = len(entries)
    return tuple(
        {"no": number_in_words(number), "text": entry, "stop": "。" if number == last else "；"}
        for number, entry in enumerate(entries, 1)
    )
