"""What rooms lend to documents: each the facts of its own business, under the name by which a text asks for them.

A room has a ``facts.py`` in which a function is registered with :func:`lends`; drafting asks for all of them and knows no business.
The name is that of the field of :class:`execdesk.documents.facts.Facts` it fills.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from execdesk.access.session import Session
from execdesk.documents.facts import Facts
from execdesk.records.cases import Case
from execdesk.records.papers import Document


@dataclass(frozen=True)
class Wanted:
    """For which document facts are wanted: of this case, filled so far with these inputs, to be signed on this day."""

    session: Session
    document: Document
    case: Case
    inputs: Mapping[str, Any]
    on: date


L = TypeVar("L", bound=Callable[[Wanted], Any])


@dataclass(frozen=True)
class _Lender:
    make: Callable[[Wanted], Any]
    sources: Mapping[str, str]


LENDERS: dict[str, _Lender] = {}


def lends(name: str, sources: Mapping[str, str]) -> Callable[[L], L]:
    """Register a function ``f(wanted)`` that makes the facts of this name; ``sources`` say where a value of a slot comes from.

    Raises:
        ValueError: another room lends it already, or documents know no facts of this name.
    """

    def register(function: L) -> L:
        if name in LENDERS or name not in {field.name for field in fields(Facts)}:
            raise ValueError(f"facts {name} are lent twice or asked for by no text")
        LENDERS[name] = _Lender(function, sources)
        return function

    return register


def lent(wanted: Wanted) -> dict[str, Any]:
    """The facts of all rooms, by name."""
    return {name: lender.make(wanted) for name, lender in LENDERS.items()}


def lent_sources() -> dict[str, str]:
    """Where the values of all rooms come from, by slot."""
    return {slot: where for lender in LENDERS.values() for slot, where in lender.sources.items()}
