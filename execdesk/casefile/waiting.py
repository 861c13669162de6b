"""The register of what waits for somebody: declared once, in the room whose business it is.

To-dos are derived: a thing waits as long as the rows of its case say so. The list 待办 and the next steps of a case read the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from execdesk.casefile.dossier import Dossier, DossierRow, reads
from execdesk.casefile.terms import TermRules
from execdesk.records.base import Journaled


class Waits(NamedTuple):
    """A row that waits. ``words`` say for what; ``person`` is one for whom it waits besides those who work on the case."""

    row: DossierRow
    words: str
    person: str = ""


@dataclass(frozen=True)
class WaitingKind:
    """A kind of waiting by name, which is the action that ends it.

    It waits for whoever holds ``duty`` (anyone where empty) and works on the case, and for holders of ``widely`` in every case.
    ``place`` orders the kinds among the next steps: the first names the case in the list. ``step`` titles the next step about a row
    (of none where its room offers it otherwise), ``who`` says whose it is, of one's own and of others.
    """

    name: str
    place: int
    duty: str
    widely: str
    of: str  # the table whose rows wait
    find: Callable[[Dossier, TermRules], Iterable[Waits]]
    step: Callable[[Any], str] | None
    who: tuple[str, str]


class WaitingItem(NamedTuple):
    """A thing that waits in a case."""

    kind: WaitingKind
    row: str
    words: str
    person: str


KINDS: dict[str, WaitingKind] = {}


def waiting(
    name: str, *, place: int, find: Callable[[Dossier, TermRules], Iterable[Waits]], tables: tuple[type[Journaled], ...],
    step: Callable[[Any], str] | None = None, who: tuple[str, str] = ("您可登记", "办案人员登记"), duty: str = "", widely: str = "",
) -> WaitingKind:
    """Declare a kind of waiting; ``tables`` are those ``find`` looks at besides the case, first the one whose rows wait."""
    if name in KINDS:
        raise ValueError(f"{name} is declared twice")
    reads(*tables)
    KINDS[name] = WaitingKind(name, place, duty, widely, tables[0].__name__, find, step, who)
    return KINDS[name]


def waits_in(dossier: Dossier, rules: TermRules) -> Iterator[WaitingItem]:
    """What waits in a case, in the order of kinds and rows."""
    there = dossier.tables
    for kind in _ordered(len(KINDS)):
        for found in kind.find(dossier, rules) if kind.of in there else ():
            yield WaitingItem(kind, found.row.id, found.words, found.person)


@cache
def _ordered(_number: int) -> list[WaitingKind]:
    return sorted(KINDS.values(), key=lambda kind: kind.place)
