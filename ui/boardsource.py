"""The lists of the board in the one table: their columns, and where their rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import QObject

from execdesk.desk import Desk
from execdesk.reads.listcolumns import ListColumn
from execdesk.reads.listing import BoardList, ListWanted
from ui.jobs import Runner
from ui.settings import Settings
from ui.table import through
from ui.table_source import Column, Slice, Wish, page_holding
from ui.table_view import Table
from ui.widgets import EmptyState


def columns_of(columns: Iterable[ListColumn[Any]]) -> tuple[Column, ...]:
    """Columns as the table paints them."""
    return tuple(
        Column(
            one.title, one.text, sort=one.name if one.order else "", align=one.align, tone=one.tone, width=one.width, grow=one.grow, whole=one.whole,
            tip=one.tip, shown=one.shown, cell=one.cell,
        )
        for one in columns
    )


class HasDesk(Protocol):
    """Whoever knows the desk: a page, or the window's link."""

    @property
    def desk(self) -> Desk: ...


class BoardSource:
    """Pages of a list of the board, read from the store."""

    def __init__(self, link: HasDesk, wanted: ListWanted) -> None:
        self._link, self.wanted = link, wanted

    def read(self, wish: Wish) -> Slice:
        """Rows, count and sums under the wish."""
        wanted, reads = replace(self.wanted, needle=wish.needle), self._link.desk.reads
        if wish.holding is not None:
            return page_holding(wish, reads.list_place(wanted, wish.sort, wish.descending, str(wish.holding)), self.read)
        found = reads.list_page(wanted, wish.sort, wish.descending, wish.first, wish.count, wish.totals)
        return Slice(found.rows, found.total, sums=found.sums)


def board_table(
    of: BoardList[Any], jobs: Runner, owner: QObject, *, name: str = "", settings: Settings | None = None, titled: Callable[[], str] | None = None,
) -> Table:
    """The table of a list, read in the background for as long as ``owner`` lives, its file called as ``titled`` says or as the list is. Under ``name``
    widths, order and columns are remembered."""
    return Table(
        columns_of(of.columns), key=lambda row: row.id, name=name, settings=settings, unit=of.unit, sort=of.sort, descending=of.descending,
        empty=EmptyState(*of.empty), reader=through(jobs, owner), titled=titled or (lambda: of.title),
    )
