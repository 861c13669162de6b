"""What must hold over the rows, told once: an act that would break it is refused, and where two desks together broke it, the merged state says so.

A room declares one with the tables whose rows can break it. Nothing is written when it is found broken after a merge: it follows from the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from execdesk.law.refusal import Clause, Refusal, WayOn
from execdesk.records.base import Journaled


@dataclass(frozen=True)
class Broken:
    """Rows that cannot stand together: their ids, the case concerned if it is of one, what is wrong and what to do; with the steps to
    take and the clauses that ask for it, where there are any."""

    rows: tuple[str, ...]
    text: str
    case: str | None = None
    ways: tuple[WayOn, ...] = ()
    clauses: tuple[Clause, ...] = ()


Finder = Callable[[Any, "frozenset[str] | None"], Iterable[Broken]]


@dataclass(frozen=True)
class Invariant:
    """What must hold: ``find`` looks (with the session) at what the rows written concern, or at everything where none are named."""

    name: str
    tables: tuple[str, ...]
    find: Finder


INVARIANTS: dict[str, Invariant] = {}


def invariant(name: str, *tables: type[Journaled]) -> Callable[[Finder], Finder]:
    """Declare what must hold, under the code with which an act that breaks it is refused; rows of ``tables`` can break it."""

    def declare(find: Finder) -> Finder:
        if name in INVARIANTS:
            raise ValueError(f"invariant {name} is declared twice")
        INVARIANTS[name] = Invariant(name, tuple(table.__name__ for table in tables), find)
        return find

    return declare


def require_invariants(session: object, written: Iterable[tuple[str, str]]) -> None:
    """Return if the rows written by an act, by table, break nothing; what was broken before and lies elsewhere bars nobody.

    Raises:
        Refusal: under the name of the first that they break.
    """
    by_table: dict[str, set[str]] = {}
    for table, row in written:
        by_table.setdefault(table, set()).add(row)
    for one in INVARIANTS.values():
        rows = frozenset().union(*(by_table.get(table, ()) for table in one.tables))
        for broken in one.find(session, rows) if rows else ():
            if rows & set(broken.rows):
                raise Refusal(broken.text, code=one.name, clauses=broken.clauses, ways=broken.ways)


def all_broken(session: object) -> list[tuple[str, Broken]]:
    """Everything that does not hold, with its name, sorted by name and rows."""
    found = [(one.name, broken) for one in INVARIANTS.values() for broken in one.find(session, None)]
    return sorted(found, key=lambda pair: (pair[0], pair[1].rows))
