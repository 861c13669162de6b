"""Lists answered by the board, each declared once in a module of :mod:`execdesk.reads.lists`: sorted, searched, counted, a page at a time,
today or as it was known when a past day ended.

A module there makes one :class:`BoardList`; the window's table, its export, the counts beside it and the page of past days read it from
there. The list of cases has more than these (sums kept beside the board, several ways to come by its rows) and is asked by
:mod:`execdesk.reads.caselist`; order and pages are the same.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, Generic, NamedTuple, TypeVar

from execdesk.access.session import Session
from execdesk.reads.boarding import board_of
from execdesk.reads.boardsql import Asked, Where, asked_on, like, marks, pattern
from execdesk.reads.listcolumns import ListColumn, Spoken
from execdesk.reads.listorder import ListOrder, before, entries, key_of
from execdesk.store.rows import batches

Row = TypeVar("Row")
ALL = 2**31 - 1  # more than any list holds


class ListTables(NamedTuple):
    """Where rows come from: tables of the board joined, what is read of each row, and when one is in the list at all."""

    tables: str
    fields: tuple[str, ...]
    where: Where


Condition = Callable[[Session, Asked], Where]


@dataclass(frozen=True)
class ListView:
    """A part of a list, with its title; without a condition it is the whole. ``tone`` is that of its count where there are any."""

    title: str | Callable[[Session], str]
    where: Condition | None = None
    tone: str = ""

    def words(self, session: Session) -> str:
        """Its title for the bureau as it is set."""
        return self.title if isinstance(self.title, str) else self.title(session)


class ListSum(NamedTuple):
    """A sum in the foot: its name, what is added up, and how it is said. Left out where nothing is known."""

    title: str
    sql: str
    words: Callable[[int], str]


@dataclass(frozen=True)
class BoardList(Generic[Row]):
    """One list. ``key`` is SQL that tells a row (its ``id``), ``source`` where rows come from, ``rows`` makes them of what is read of each.

    ``sort`` and ``descending`` are the order before a person says otherwise; ``empty`` what an empty list says, and what next.
    """

    name: str
    title: str
    unit: str
    columns: tuple[ListColumn[Row], ...]
    views: Mapping[str, ListView]
    sort: str
    key: str
    source: Callable[[Session, Asked], ListTables]
    rows: Callable[[Session, Asked, Sequence[tuple[Any, ...]]], list[Row]]
    empty: tuple[str, str]
    sums: tuple[ListSum, ...] = ()
    descending: bool = False

    def order(self, name: str, asked: Asked) -> ListOrder:
        """How it is sorted by a column. Raises KeyError for one it is not sorted by."""
        for column in self.columns:
            if column.name == (name or self.sort) and column.order is not None:
                return column.order(asked).with_key(self.key)
        raise KeyError(name)


@dataclass(frozen=True)
class ListWanted:
    """What is wanted of a list: the view, words that must all stand in it, ``known_on`` a past day for what was known at its end."""

    name: str
    view: str = "all"
    needle: str = ""
    known_on: date | None = None


@dataclass(frozen=True)
class BoardPage(Generic[Row]):
    """Rows of one page, how many there are in all, and the sums in words; ``percent`` how far the board is made anew, ``None`` where it is whole."""

    rows: tuple[Row, ...]
    total: int
    sums: tuple[tuple[str, str], ...] = ()
    percent: int | None = None


class ViewCount(NamedTuple):
    """How many rows a view holds."""

    view: str
    title: str
    number: int
    tone: str


@cache
def lists() -> dict[str, BoardList[Any]]:
    """All lists by name, found by a look through their folder."""
    room = import_module("execdesk.reads.lists")
    found: dict[str, BoardList[Any]] = {}
    for info in pkgutil.iter_modules(room.__path__):
        for value in vars(import_module(f"{room.__name__}.{info.name}")).values():
            if isinstance(value, BoardList) and found.setdefault(value.name, value) is not value:
                raise ValueError(f"{value.name} is declared twice")
    return dict(sorted(found.items()))


def list_page(session: Session, wanted: ListWanted, sort: str = "", descending: bool = False, first: int = 0, count: int = 200, totals: bool = True) -> BoardPage[Any]:
    """One page of a list, in its own order where no column is named. Without ``totals`` the number is -1: it costs a look over the whole list."""
    of, asked, source = _asked(session, wanted)
    base, where = session.store.base, source.where
    if not sort:
        descending = of.descending
    found = entries(base, ", ".join(source.fields), source.tables, where, of.order(sort, asked), descending, first, count)
    total, *added = base.execute_sql(f"SELECT {', '.join(('COUNT(*)', *(f'SUM({each.sql})' for each in of.sums)))} FROM {source.tables} WHERE {where.text}", where.values).fetchone() if totals else (-1,)
    sums = tuple((each.title, each.words(int(value))) for each, value in zip(of.sums, added, strict=False) if value is not None)
    return BoardPage(tuple(of.rows(session, asked, found)), int(total), sums, board_of(session).percent())


def list_place(session: Session, wanted: ListWanted, sort: str, descending: bool, key: str) -> int:
    """Where in a list the row with this id stands; -1 where it does not."""
    of, asked, source = _asked(session, wanted)
    base, order = session.store.base, of.order(sort, asked)
    one = Where([*source.where.parts], [*source.where.values])
    one.add(f"{of.key} = {base.param}", key)
    found = key_of(base, source.tables, one, order)
    return -1 if found is None else before(base, source.tables, source.where, order, descending if sort else of.descending, found)


def list_counts(session: Session, name: str, known_on: date | None = None) -> tuple[ViewCount, ...]:
    """How many rows each view of a list holds, in one look over it."""
    of, asked, source = _asked(session, ListWanted(name, known_on=known_on))
    columns, values = [], list[Any]()
    for view in of.views.values():
        where = view.where(session, asked) if view.where is not None else Where(["1 = 1"])
        columns.append(f"SUM(CASE WHEN {where.text} THEN 1 ELSE 0 END)")
        values += where.values
    found = session.store.base.execute_sql(f"SELECT {', '.join(columns)} FROM {source.tables} WHERE {source.where.text}", [*values, *source.where.values]).fetchone()
    return tuple(ViewCount(key, view.words(session), int(number or 0), view.tone) for (key, view), number in zip(of.views.items(), found, strict=True))


def _asked(session: Session, wanted: ListWanted) -> tuple[BoardList[Any], Asked, ListTables]:
    """The list, the day, and its source under view and words."""
    board_of(session)
    of, asked = lists()[wanted.name], asked_on(session, wanted.known_on)
    source = of.source(session, asked)
    if (view := of.views.get(wanted.view)) is not None and view.where is not None:
        more = view.where(session, asked)
        source.where.add(more.text, *more.values)
    for word in wanted.needle.split():
        _holds(session, of, asked, source, word)
    return of, asked, source


def _holds(session: Session, of: BoardList[Any], asked: Asked, source: ListTables, word: str) -> None:
    """A word stands in one of the columns, with narrow or wide brackets."""
    base, either = session.store.base, Where()
    spelled = dict.fromkeys((word, word.replace("（", "(").replace("）", ")"), word.replace("(", "（").replace(")", "）")))
    for find in (column.find for column in of.columns if column.find):
        if isinstance(find, str):
            for each in spelled:
                either.add(like(base, find), pattern(each))
            continue
        query = f"SELECT DISTINCT {find.sql} FROM {source.tables} WHERE {source.where.text}"
        found = [value for value, in base.execute_sql(query, source.where.values).fetchall() if value is not None and _said(find, session, asked, value, spelled)]
        for some in batches(found):
            either.add(f"{find.sql} IN ({marks(base.param, some)})", *some)
    source.where.add(f"({' OR '.join(either.parts)})" if either.parts else "1 = 0", *either.values)


def _said(find: Spoken, session: Session, asked: Asked, value: Any, spelled: Mapping[str, None]) -> bool:
    words = find.words(session, asked, value).lower()
    return any(each.lower() in words for each in spelled)
