"""The fields of the drafting page: what a person fills, and what the case brought in with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.documents.assemble import assembled, scope_of
from execdesk.documents.facts import Facts
from execdesk.documents.slots import ORIGINS
from execdesk.documents.texts import DocType, Slot, TextVersion
from execdesk.law.book import LawBook

_COMPUTED = ("citations", "article", "own_number")


@dataclass(frozen=True)
class Field:
    """One slot the text turned to: its printed value, where that came from, whether a person fills it, whether it is due."""

    slot: Slot
    value: str
    origin: str
    to_fill: bool
    missing: bool


def fields_of(doc_type: DocType, text: TextVersion, facts: Facts, book: LawBook, on: date) -> tuple[Field, ...]:
    """The fields of a draft in the order of the text; only those its present choices lead to.

    ``to_fill`` are those the case does not know; the others are changed where they come from. Raises as ``assemble``.
    """
    scope = scope_of(text, facts, book, on)
    assembled(doc_type, text, scope)
    found = []
    for slot in text.slots.values():
        if slot.name not in scope.filled.asked or slot.type in _COMPUTED or slot.source.startswith("item."):
            continue
        fact = scope.filled.values.get(slot.name, {})
        origin = fact.get("source", "")
        missing = slot.name in scope.filled.missing
        to_fill = slot.by_hand or missing or origin == ORIGINS["input"]
        if to_fill or fact:
            found.append(Field(slot, fact.get("value", ""), origin, to_fill, missing))
    return tuple(found)
