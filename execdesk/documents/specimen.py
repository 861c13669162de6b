"""A text as pages of its own, in no case: every piece printed, each slot by its label, so that its wording can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from execdesk.documents.assemble import assembled, scope_of
from execdesk.documents.content import Content
from execdesk.documents.facts import Facts
from execdesk.documents.slots import FactScope, Filled
from execdesk.documents.texts import DocType, TemplateCondition, TextPart, TextVersion
from execdesk.law.book import LawBook

ALWAYS = TemplateCondition()


class _Labels(FactScope):
    """What a text asks of the facts, answered with what it is called."""

    def within(self, element: Any, place: int) -> FactScope:
        """The same inside an element of a list."""
        return _Labels(self.facts, self.text_version, self.book, self.on, self.filled, element, place)

    def has(self, name: str) -> bool:
        """Everything is there."""
        return True

    def choice(self, name: str) -> str | None:
        """The first of the alternatives."""
        options = self.text_version.slots[name].options
        return options[0] if options else None

    def text(self, name: str) -> str:
        """The label of a slot; a citation as it reads on the day."""
        slot = self.text_version.slots[name]
        if slot.type in ("citations", "article"):
            return super().text(name)
        if slot.source.startswith("item.") and isinstance(self.element, dict):
            return str(self.element.get(slot.source.partition(".")[2], slot.label))
        return f"（{slot.label}）"

    def claim(self, claim: str) -> str:
        """Nothing: in no case nothing is recorded or lacking."""
        return ""

    def holds(self, claim: str) -> bool:
        """Everything is so."""
        return True

    def elements(self, each: str) -> Sequence[Any]:
        """What the law lists, else one element."""
        return super().elements(each) if each.startswith("law.") else (None,)


def specimen(kind: DocType, text: TextVersion, facts: Facts, book: LawBook, on: date) -> Content:
    """Pages of a text on a day, whoever and whatever they will be about. Raises Refusal where the law has no article for the day."""
    bare = replace(text, parts=tuple(_always(part) for part in text.parts), cite=tuple(replace(cite, when=ALWAYS) for cite in text.cite))
    plain = scope_of(bare, facts, book, on)
    made = assembled(kind, bare, _Labels(plain.facts, bare, book, on, Filled()))
    return replace(made, number="（文号）" if made.number else "", signed_on=on)


def _always(part: TextPart) -> TextPart:
    return replace(
        part, when=ALWAYS, items=tuple(replace(item, when=ALWAYS) for item in part.items), rows=tuple(replace(row, when=ALWAYS) for row in part.rows),
    )
