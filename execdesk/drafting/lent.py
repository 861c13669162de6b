"""What rooms lend to documents: each the facts of its own business, under the name by which a text asks for them.

A room registers functions; drafting asks for what a text prints and knows no business. :func:`fact` tells one value, which a text prints
with the source ``fact.NAME``, or ``fact.NAME.PART`` where the value has parts; :func:`lends` fills a field of :class:`execdesk.documents.facts.Facts` whose parts the engine knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple, TypeVar

from execdesk.access.session import Session
from execdesk.documents.facts import Facts
from execdesk.law.refusal import WayOn
from execdesk.records.cases import Case
from execdesk.records.papers import Document


@dataclass(frozen=True)
class FactsWanted:
    """For which document facts are wanted: of this case, filled so far with these inputs, to be signed on this day."""

    session: Session
    document: Document
    case: Case
    inputs: Mapping[str, Any]
    on: date


ROOT = "fact."
L = TypeVar("L", bound=Callable[[FactsWanted], Any])


class RecordedBy(NamedTuple):
    """The action that records a value, its words, and who knows the row it must be about; empty where it is about the case."""

    action: str
    words: str
    about: Callable[[FactsWanted], str] = lambda _wanted: ""

    def on(self, wanted: FactsWanted) -> WayOn:
        """The way for a document."""
        row = self.about(wanted)
        return WayOn(self.words, f"{self.action}:{wanted.case.id}{f',{row}' if row else ''}")


@dataclass(frozen=True)
class _Lender:
    make: Callable[[FactsWanted], Any]
    sources: Mapping[str, str]
    ways: Mapping[str, RecordedBy]


LENDERS: dict[str, _Lender] = {}
FACTS: dict[str, _Lender] = {}


def fact(name: str, words: str, way: RecordedBy | None = None) -> Callable[[L], L]:
    """Register a function ``f(wanted)`` that tells one value, ``None`` where there is none; ``words`` say where it comes from, ``way`` the
    action that records it with its words.

    Raises:
        ValueError: that name is taken.
    """

    def register(function: L) -> L:
        if name in FACTS:
            raise ValueError(f"fact {name} is told twice")
        FACTS[name] = _Lender(function, {f"{ROOT}{name}": words}, {f"{ROOT}{name}": way} if way else {})
        return function

    return register


def told(wanted: FactsWanted, sources: Iterable[str]) -> dict[str, Any]:
    """The values that slots with these sources print, by name."""
    names = {source.removeprefix(ROOT).partition(".")[0] for source in sources if source.startswith(ROOT)}
    return {name: FACTS[name].make(wanted) for name in sorted(names)}


def lends(name: str, sources: Mapping[str, str], ways: Mapping[str, RecordedBy] | None = None) -> Callable[[L], L]:
    """Register a function ``f(wanted)`` that makes the facts of this name; ``sources`` say where a value of a slot comes from, ``ways`` which
    action records it, with its words.

    Raises:
        ValueError: another room lends it already, or documents know no facts of this name.
    """

    def register(function: L) -> L:
        if name in LENDERS or name not in {field.name for field in fields(Facts)}:
            raise ValueError(f"facts {name} are lent twice or asked for by no text")
        LENDERS[name] = _Lender(function, sources, ways or {})
        return function

    return register


def lent(wanted: FactsWanted) -> dict[str, Any]:
    """The facts of all rooms, by name."""
    return {name: lender.make(wanted) for name, lender in LENDERS.items()}


def lent_sources() -> dict[str, str]:
    """Where the values of all rooms come from, by slot."""
    return {slot: where for lender in (*LENDERS.values(), *FACTS.values()) for slot, where in lender.sources.items()}


def ways_lent(wanted: FactsWanted) -> dict[str, WayOn]:
    """The way to what records each value of the rooms, by slot."""
    return {slot: way.on(wanted) for lender in (*LENDERS.values(), *FACTS.values()) for slot, way in lender.ways.items()}
