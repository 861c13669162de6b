"""The register of what waits for somebody: declared once, in the ``steps.py`` of the room whose business it is.

To-dos are derived: a thing waits as long as the rows of its case say so. The list 待办 and the next steps of a case read the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from execdesk.casefile.dossier import Dossier, Row, reads
from execdesk.records.base import Journaled


class Waits(NamedTuple):
    """A row that waits. ``words`` say for what; ``person`` is one for whom it waits besides those who work on the case."""

    row: Row
    words: str
    person: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of waiting by name, which is the action that ends it.

    It waits for whoever holds ``duty`` (anyone where empty) and works on the case, and for holders of ``widely`` in every case.
    ``place`` orders the kinds: the first names the case in the list.
    """

    name: str
    place: int
    duty: str
    widely: str
    find: Callable[[Dossier], Iterable[Waits]]


class Waiting(NamedTuple):
    """A thing that waits in a case."""

    kind: Kind
    row: str
    words: str
    person: str


KINDS: dict[str, Kind] = {}


def waiting(
    name: str, *, place: int, find: Callable[[Dossier], Iterable[Waits]], duty: str = "", widely: str = "", tables: tuple[type[Journaled], ...] = (),
) -> Kind:
    """Declare a kind of waiting; ``tables`` are those ``find`` looks at besides the case."""
    if name in KINDS:
        raise ValueError(f"{name} is declared twice")
    reads(*tables)
    KINDS[name] = Kind(name, place, duty, widely, find)
    return KINDS[name]


def waits_in(dossier: Dossier) -> Iterator[Waiting]:
    """What waits in a case, in the order of kinds and rows."""
    for kind in _ordered(len(KINDS)):
        for found in kind.find(dossier):
            yield Waiting(kind, found.row.id, found.words, found.person)


@cache
def _ordered(_number: int) -> list[Kind]:
    return sorted(KINDS.values(), key=lambda kind: kind.place)
