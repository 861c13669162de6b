"""What is derived of the rows and kept beside them follows the lines: told within the transaction that writes them, so that it never
disagrees with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Pair = tuple[str, str]


@dataclass(frozen=True)
class Touched:
    """What lines written down together have touched: ``run`` is the place of the first, ``last`` that of the last.

    ``made`` holds new rows by table and id with their values as the journal writes them, ``changed`` rows that were there before;
    those in ``moved`` may have belonged to another row.
    """

    run: int
    last: int
    made: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    changed: frozenset[Pair] = frozenset()
    moved: frozenset[Pair] = frozenset()

    @property
    def tables(self) -> set[str]:
        """The tables with a row that was touched."""
        return {*self.made, *(table for table, _ in self.changed)}


class Follower(Protocol):
    """Derives something of the rows."""

    def follow(self, touched: Touched) -> None:
        """Bring up to date what follows from the rows touched; rows and lines are written, the transaction is open. In bulk where
        lines of another desk are taken in: then called several times for one run."""

    def mend(self, cases: Iterable[str]) -> None:
        """Make anew what is derived of some cases and of records that are of none; of what is neither nothing stays."""
