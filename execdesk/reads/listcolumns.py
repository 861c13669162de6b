"""A column of a list, said once: the window, the export and the commands show it, the list is sorted and searched by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from execdesk.access.session import Session
from execdesk.reads.boardsql import Asked
from execdesk.reads.listorder import Sorting

if TYPE_CHECKING:
    from execdesk.intake.write import Field

Row = TypeVar("Row")


@dataclass(frozen=True)
class Spoken:
    """What a column says of a value in the database, on a day: a word typed is looked for in ``words`` of every value that there is."""

    sql: str
    words: Callable[[Session, Asked, Any], str]


@dataclass(frozen=True)
class ListColumn(Generic[Row]):
    """One column. ``name`` is what sorting and commands call it, ``text`` what is painted, copied, exported and printed.

    ``order`` tells how the list is sorted by it on a day (none: it is not); ``find`` in what a word typed is looked for, SQL that holds the
    words or a value that is spoken (none: not there); ``shown`` whether it is there before a person says otherwise; ``cell`` what a file holds in
    place of the words: an amount, a count, a day (``None``: the words after all); the rest is how the window paints it (:class:`ui.table_source.Column`).
    """

    name: str
    title: str
    text: Callable[[Row], str]
    order: Sorting | None = None
    find: str | Spoken = ""
    shown: bool = True
    align: Literal["left", "right", "center"] = "left"
    width: float = 80
    grow: int = 0
    whole: bool = False
    tone: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None
    cell: Callable[[Row], Field] | None = None
