"""How a list of the board is sorted and cut into pages: what is not known stands last either way, rows alike by their number.

A question is told in its parts: what is selected, of which tables (``source``), under which conditions, in which order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Database

from execdesk.reads.boardsql import Asked, Where, marks

NUMBERED = ('b."year"', 'b."sequence"')


@dataclass(frozen=True)
class ListOrder:
    """How a list is sorted: what must be known (empty: it always is), the columns, and how many of the last of them tell alike rows apart."""

    known: str
    columns: tuple[str, ...]
    ties: int = 1

    def with_key(self, key: str) -> ListOrder:
        """The same with the key of the rows as the last word."""
        return ListOrder(self.known, (*self.columns, key), self.ties + 1)


Sorting = Callable[[Asked], ListOrder]


def by(column: str, ties: Sequence[str] = NUMBERED) -> Sorting:
    """By one column, where it is known, then by others that always are: the number of the case where nothing else is said."""
    return lambda _asked: ListOrder(column, (column, *ties), len(ties))


def always(*columns: str) -> Sorting:
    """By columns that are always known."""
    return lambda _asked: ListOrder("", columns, len(columns))


def entries(
    base: Database, what: str, source: str, where: Where, order: ListOrder, descending: bool, first: int, count: int,
) -> list[tuple[Any, ...]]:
    """The rows from ``first`` on, ``count`` at most. Those in which what is sorted by is unknown stand last, the newest first."""
    way = " DESC" if descending else ""
    told = f" AND {order.known} IS NOT NULL" if order.known else ""
    columns = ", ".join(f"{column}{way}" for column in order.columns)
    asked = f"FROM {source} WHERE {where.text}"
    found: list[tuple[Any, ...]] = base.execute_sql(f"SELECT {what} {asked}{told} ORDER BY {columns} LIMIT {int(count)} OFFSET {int(first)}", where.values).fetchall()
    if order.known and len(found) < count:
        before = 0 if found or not first else counted(base, f"{source} WHERE {where.text}{told}", where)
        last = ", ".join(f"{column} DESC" for column in order.columns[-order.ties:])
        query = f"SELECT {what} {asked} AND {order.known} IS NULL ORDER BY {last} LIMIT {int(count) - len(found)} OFFSET {0 if found else max(int(first) - before, 0)}"
        found = [*found, *base.execute_sql(query, where.values).fetchall()]
    return found


def key_of(base: Database, source: str, one: Where, order: ListOrder) -> tuple[Any, ...] | None:
    """What a row says to the order: whether what is sorted by is known there, then its columns; none where the list lacks it."""
    found: tuple[Any, ...] | None = base.execute_sql(f"SELECT {', '.join((order.known or '0', *order.columns))} FROM {source} WHERE {one.text}", one.values).fetchone()
    return found


def before(base: Database, source: str, where: Where, order: ListOrder, descending: bool, key: Sequence[Any]) -> int:
    """How many rows of a list stand before the one with this key (:func:`key_of`)."""
    known, *said = key
    asked, told = f"{source} WHERE {where.text}", f" AND {order.known} IS NOT NULL" if order.known else ""
    if known is None:
        last, values = order.columns[-order.ties:], said[-order.ties:]
        later = f" AND {order.known} IS NULL AND ({', '.join(last)}) > ({marks(base.param, last)})"
        return counted(base, asked + told, where) + counted(base, asked + later, where, values)
    return counted(base, f"{asked}{told} AND ({', '.join(order.columns)}) {'>' if descending else '<'} ({marks(base.param, said)})", where, said)


def counted(base: Database, asked: str, where: Where, more: Sequence[Any] = ()) -> int:
    """How many rows a question has."""
    return int(base.execute_sql(f"SELECT COUNT(*) FROM {asked}", [*where.values, *more]).fetchone()[0])
