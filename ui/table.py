"""The one table model: frozen rows read a page at a time, sorting and filtering by the source.

Painting asks only rows already in memory: a row not yet read is painted empty and asked for afterwards.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.jobs import Runner
from ui.table_source import PAGE, Column, RowSource, Slice, TableSection, Wish

AT_FIRST = 4 * PAGE  # rows of the first reading: the widths of columns are measured on them
AHEAD = 3 * PAGE  # rows read along in the direction of scrolling
MARGIN = 40  # rows around those in sight that are to be here before they come into sight
AT_ONCE = 500  # rows of one reading for an export
PAGES_KEPT = 240

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()

Reader = Callable[[Callable[[], Slice], Callable[[Slice], None]], None]
"""Runs a read and hands its result back in the window's thread."""


def at_once(work: Callable[[], Slice], done: Callable[[Slice], None]) -> None:
    """The reader for rows that are in memory anyway."""
    done(work())


def through(jobs: Runner, owner: QObject) -> Reader:
    """The reader for rows of the store: in the reading pool, for as long as ``owner`` lives."""
    return lambda work, done: jobs.read(owner, work, done=done)


class TableModel(QAbstractTableModel):
    """Rows of one source behind columns. ``ensure`` asks for rows about to be seen; ``arrived`` tells that they came."""

    arrived = Signal()
    restarted = Signal()

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], Hashable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.source: RowSource | None = None
        self.reader: Reader = at_once
        self.wish = Wish()
        self.total = self.count = 0
        self.sums: tuple[tuple[str, str], ...] = ()
        self.loaded = False
        self._pages: dict[int, tuple[Any, ...]] = {}
        self._seen = (0, 0)
        self._step = 1
        self._asking = False
        self._generation = itertools.count(1)
        self._current = 0

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    # what Qt asks
    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if row is None:
            return ""
        if isinstance(row, TableSection):
            return row.text if index.column() == 0 else ""
        return self.columns[index.column()].text(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.row(index.row()), TableSection):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # rows
    def row(self, number: int) -> Any | None:
        """The row at that place, ``None`` while it has not been read."""
        page = self._pages.get(number // PAGE)
        offset = number % PAGE
        return page[offset] if page is not None and offset < len(page) else None

    def place(self, key: Hashable) -> int:
        """Where the row with that key stands among the rows read so far; -1 where unknown."""
        for page, rows in self._pages.items():
            for offset, row in enumerate(rows):
                if not isinstance(row, TableSection) and self.key(row) == key:
                    return page * PAGE + offset
        return -1

    def seek(self, key: Hashable, done: Callable[[int], object]) -> None:
        """Where the row with that key stands, be its page read or not: ``done(place)``, -1 if the list lacks it."""
        place = self.place(key)
        if place >= 0 or self.source is None or self.total <= AT_FIRST:
            done(place)
            return
        source, generation = self.source, self._current
        wish = Wish(0, PAGE, self.wish.sort, self.wish.descending, self.wish.needle, totals=False, holding=key, keyed=self.key)

        def found(page: Slice) -> None:
            if generation == self._current:
                if page.first >= 0:
                    self._arrive(page.first // PAGE, page, generation)
                done(self.place(key))

        self.reader(lambda: source.read(wish), found)

    def restart(self, **changes: Any) -> None:
        """Read anew from the first page, with changes to the wish (``sort``, ``descending``, ``needle``).

        The old rows stay until the new ones are here.
        """
        values = {"sort": self.wish.sort, "descending": self.wish.descending, "needle": self.wish.needle, **changes}
        self.wish = Wish(0, AT_FIRST, **values)
        self._current = next(self._generation)
        if self.source is None:
            return
        source, wish, generation = self.source, self.wish, self._current
        self.reader(lambda: source.read(wish), lambda found: self._begin(found, generation))

    def ensure(self, first: int, last: int) -> None:
        """Rows ``first`` to ``last`` are in sight: ask for those that are missing there and around, and for some in the direction of scrolling.

        One reading at a time, so that rows which have gone by meanwhile are never read, and painting waits for none.
        """
        if first != self._seen[0]:
            self._step = 1 if first > self._seen[0] else -1
        self._seen = (max(first, 0), last)
        self._ask()

    def everything(self) -> Iterator[Any]:
        """Every row under the filter in the order shown, read part by part: for export. Reads where it is called."""
        if self.source is None:
            return
        for first in range(0, max(self.total, 1), AT_ONCE):
            wish = Wish(first, AT_ONCE, self.wish.sort, self.wish.descending, self.wish.needle, totals=False)
            yield from (row for row in self.source.read(wish).rows if not isinstance(row, TableSection))

    def _missing(self) -> tuple[int, int] | None:
        """First and last of the pages to be read next: once one in sight or near it is missing, with those ahead."""
        first, last = self._seen
        if all(page in self._pages for page in self._pages_of(first - MARGIN, last + MARGIN)):
            return None
        span = self._pages_of(first - MARGIN, last + AHEAD) if self._step > 0 else self._pages_of(first - AHEAD, last + MARGIN)
        missing = [page for page in span if page not in self._pages]
        return missing[0], missing[-1]

    def _pages_of(self, first: int, last: int) -> range:
        return range(max(first, 0) // PAGE, min(last, self.total - 1) // PAGE + 1)

    def _ask(self) -> None:
        source, missing = self.source, self._missing()
        if source is None or not self.loaded or self._asking or missing is None:
            return
        first, last = missing
        wish = Wish(first * PAGE, (last - first + 1) * PAGE, self.wish.sort, self.wish.descending, self.wish.needle, totals=False)
        generation, self._asking = self._current, True
        self.reader(lambda: self._read(source, wish), lambda found: self._arrive(first, found, generation))

    def _read(self, source: RowSource, wish: Wish) -> Slice:
        """Off the window's thread: a reading that fails must not keep later ones from being asked for."""
        try:
            return source.read(wish)
        except BaseException:
            self._asking = False
            raise

    def _begin(self, found: Slice, generation: int) -> None:
        if generation != self._current:
            return
        self.beginResetModel()
        self._pages, self._asking = {}, False
        self._keep(0, found.rows)
        self.total = found.total if found.total >= 0 else len(found.rows)
        self.count = found.count if found.count >= 0 else self.total
        self.sums = found.sums
        self.loaded = True
        self.endResetModel()
        self.restarted.emit()
        self._ask()

    def _keep(self, first: int, rows: tuple[Any, ...]) -> None:
        """Keep rows that came, beginning with page ``first``; the pages kept longest go."""
        for begin in range(0, len(rows), PAGE):
            self._pages.pop(first + begin // PAGE, None)
            self._pages[first + begin // PAGE] = rows[begin:begin + PAGE]
        for page in list(self._pages)[:-PAGES_KEPT]:
            del self._pages[page]

    def _arrive(self, first: int, found: Slice, generation: int) -> None:
        self._asking = False
        if generation != self._current:
            return
        self._keep(first, found.rows)
        last = min(first * PAGE + len(found.rows), self.total) - 1
        self.dataChanged.emit(self.index(first * PAGE, 0), self.index(last, len(self.columns) - 1))
        self.arrived.emit()
        if found.rows:
            self._ask()


def tsv(columns: Sequence[Column], rows: Sequence[Any]) -> str:
    """Rows as tab-separated lines under their headings; tabs and breaks inside a cell become spaces."""
    def plain(text: str) -> str:
        return " ".join(text.split())

    lines = ["\t".join(column.title for column in columns)]
    lines += ["\t".join(plain(column.text(row)) for column in columns) for row in rows]
    return "\n".join(lines)
