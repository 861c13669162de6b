"""The fields of the drafting page: what a person fills, and what the case brought in with its source."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.documents.slots import FactScope
from execdesk.documents.texts import Slot
from execdesk.law.refusal import WayOn

_COMPUTED = ("citations", "article", "own_number")


@dataclass(frozen=True)
class DocumentField:
    """One slot the text turned to: its printed value, where that came from, whether a person fills it, whether it is due."""

    slot: Slot
    value: str
    origin: str
    to_fill: bool
    missing: bool
    way: WayOn | None = None  # where the value is recorded and changed


def fields_of(scope: FactScope) -> tuple[DocumentField, ...]:
    """The fields of a draft in the order of the text; only those its present choices lead to. Its content was assembled through ``scope``.

    ``to_fill`` are what a person decides or finds; the others are recorded and changed where they come from.
    """
    found = []
    for slot in scope.text_version.slots.values():
        if slot.name not in scope.filled.asked or slot.type in _COMPUTED or slot.source.startswith("item."):
            continue
        fact = scope.filled.values.get(slot.name, {})
        origin = fact.get("source", "")
        missing = slot.name in scope.filled.missing
        if slot.by_hand or fact:
            way = None if slot.by_hand else scope.facts.way_to(slot.source)
            found.append(DocumentField(slot, fact.get("value", ""), origin, slot.by_hand, missing, way))
    return tuple(found)
