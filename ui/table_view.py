"""The one table: view, filter, foot with order, count and sums, empty state, copy, export, remembered widths."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ui.settings import Settings
from ui.table import Column, Reader, Section, Source, TableModel, tsv
from ui.table_paint import PAD, Heading, RowPainter
from ui.theme import current, px
from ui.widgets import EmptyState, line, row, secondary


class RowView(QTableView):
    """The bare table view: whole rows, keyboard, lazy pages, widths by content and growth."""

    opened = Signal(object)

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self.rows = model
        self.painter_ = RowPainter(self)
        self.heading = Heading(model.columns, self)
        self.chosen_widths: dict[int, int] = {}
        self._fitting = False
        self.setHorizontalHeader(self.heading)
        self.setModel(model)
        self.setItemDelegate(self.painter_)
        self.painter_.last_column = len(model.columns) - 1
        self._set_up()
        self._wait = QTimer(self, singleShot=True, interval=0)
        self._wait.timeout.connect(self._ensure_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._wait.start())
        self.activated.connect(lambda index: self._open(index))
        self.heading.sectionResized.connect(self._resized)
        model.restarted.connect(self.fit)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        upright = self.verticalHeader()
        upright.hide()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(1)
        upright.setDefaultSectionSize(current().row_height)
        self.verticalScrollBar().setSingleStep(current().row_height)

    def span(self) -> tuple[int, int]:
        """First and last row in sight."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return max(first, 0), last if last >= 0 else self.rows.total - 1

    def _ensure_seen(self) -> None:
        first, last = self.span()
        self.rows.ensure(first - 40, last + 40)

    def _open(self, index: QModelIndex) -> None:
        found = self.rows.row(index.row())
        if found is not None and not isinstance(found, Section):
            self.opened.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard as tab-separated lines under their headings."""
        rows = [self.rows.row(index.row()) for index in self.selectionModel().selectedRows()]
        found = [one for one in rows if one is not None]
        if found:
            QGuiApplication.clipboard().setText(tsv(self.rows.columns, found))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def _tell(self, at: QPoint, where: QPoint) -> None:
        index = self.indexAt(at)
        found = self.rows.row(index.row()) if index.isValid() else None
        if found is None or isinstance(found, Section):
            QToolTip.hideText()
            return
        column = self.rows.columns[index.column()]
        text = column.tip(found) if column.tip else ""
        if not text and self.painter_.advance(column.text(found)) > self.columnWidth(index.column()) - 2 * px(PAD):
            text = column.text(found)
        QToolTip.showText(where, text, self.viewport())

    # widths
    def fit(self) -> None:
        """Give each column its width: whole columns what their words need, the rest what is left by growth."""
        width = self.viewport().width()
        if width < px(40):
            return
        sizes = [self.chosen_widths.get(number) or self._natural(number) for number in range(len(self.rows.columns))]
        spare = width - sum(sizes)
        growing = [(n, c.grow) for n, c in enumerate(self.rows.columns) if n not in self.chosen_widths and (c.grow if spare > 0 else not c.whole)]
        share = sum(grow or 1 for _, grow in growing)
        for number, grow in growing:
            sizes[number] = max(sizes[number] + spare * (grow or 1) // share, px(48))
        if growing and spare > 0:
            sizes[growing[-1][0]] += width - sum(sizes)
        self._fitting = True
        for number, size in enumerate(sizes):
            self.setColumnWidth(number, size)
        self._fitting = False

    def _natural(self, number: int) -> int:
        column = self.rows.columns[number]
        least = self.heading.advance(column.title, bool(column.sort)) + 2 * px(PAD)
        if not column.whole:
            return max(px(column.width), least)
        rows = [self.rows.row(place) for place in range(min(self.rows.total, 200))]
        real = [one for one in rows if one is not None and not isinstance(one, Section)]
        bold = column.tone is not None
        widest = max((self.painter_.advance(column.text(one), bold) for one in real), default=0)
        return max(widest + 2 * px(PAD) + px(2), least, px(column.width))

    def _resized(self, number: int, _old: int, new: int) -> None:
        if not self._fitting:
            self.chosen_widths[number] = new

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.fit()
        self._wait.start()


class Table(QWidget):
    """A table with everything a list owes its reader.

    ``opened(row)`` on Enter or double click; ``chosen(row or None)`` when the selection moves. ``name`` is where widths
    and order are remembered; ``order_words`` names each sort in the foot (「按期限排序」).
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, columns: Sequence[Column], *, key: Callable[[Any], Hashable], name: str = "", settings: Settings | None = None,
        empty: EmptyState | None = None, unit: str = "件", sort: str = "", descending: bool = False, foot: bool = True,
        reader: Reader | None = None,
    ) -> None:
        super().__init__()
        self.model = TableModel(columns, key, self)
        if reader is not None:
            self.model.reader = reader
        self.view = RowView(self.model)
        self.empty = empty or EmptyState("没有内容。")
        self.nothing_found = EmptyState("没有符合筛选的内容。", "放宽或清除筛选条件后再看。")
        self._name, self._settings, self._unit = name, settings, unit
        self._kept: Hashable | None = None
        self._order_text, self._sums = secondary(), row(gap=14)
        self._lay_out(foot)
        self._recall(sort, descending)
        self.view.opened.connect(self.opened)
        self.view.heading.sectionClicked.connect(self._head_clicked)
        self.view.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_order())
        self.view.selectionModel().currentRowChanged.connect(lambda new, _old: self._moved(new))
        self.model.restarted.connect(self._restarted)
        self.view.heading.sectionResized.connect(lambda *_: self._remember())

    def _lay_out(self, foot: bool) -> None:
        self._pile = QStackedLayout()
        for part in (self.view, self.empty, self.nothing_found):
            self._pile.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._pile, 1)
        self.foot = QWidget()
        self.foot.setFixedHeight(px(30))
        self.foot.setLayout(row(self._order_text, None, self._sums, margins=(14, 0, 14, 0)))
        self._foot_line = line()
        box.addWidget(self._foot_line)
        box.addWidget(self.foot)
        self.foot.setVisible(foot)
        self._foot_line.setVisible(foot)

    # rows
    def show_source(self, source: Source) -> None:
        """Show the rows of a source from the first one."""
        self.model.source = source
        self.model.restart()

    def refresh(self) -> None:
        """Read again; the selection and the place on screen stay."""
        self.model.restart()

    def filter(self, needle: str) -> None:
        """Show the rows that hold every word of ``needle``."""
        if needle.strip() != self.model.wish.needle:
            self.model.restart(needle=needle.strip())

    @property
    def current(self) -> Any | None:
        """The row the keyboard stands on, ``None`` where there is none."""
        index = self.view.currentIndex()
        found = self.model.row(index.row()) if index.isValid() else None
        return None if isinstance(found, Section) else found

    @property
    def selected(self) -> list[Any]:
        """The selected rows in the order shown."""
        places = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [found for found in map(self.model.row, places) if found is not None]

    def select(self, key: Hashable) -> bool:
        """Select the row with that key; ``False`` where it is not among the rows read."""
        place = self.model.place(key)
        self._kept = key
        if place < 0:
            return False
        index = self.model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index)
        return True

    def _moved(self, index: QModelIndex) -> None:
        found = self.model.row(index.row()) if index.isValid() else None
        if found is not None and not isinstance(found, Section):
            self._kept = self.model.key(found)
            self.chosen.emit(found)

    def _restarted(self) -> None:
        if self.model.total:
            self._pile.setCurrentWidget(self.view)
        else:
            self._pile.setCurrentWidget(self.nothing_found if self.model.wish.needle else self.empty)
        self.view.heading.sorted_by, self.view.heading.descending = self.model.wish.sort, self.model.wish.descending
        self.view.heading.viewport().update()
        if self._kept is None or not self.select(self._kept):
            self.chosen.emit(None)
        self._tell_sums()
        QTimer.singleShot(0, self, self._tell_order)

    # the foot
    def _tell_order(self) -> None:
        first, last = self.view.span()
        title = next((c.title for c in self.model.columns if c.sort and c.sort == self.model.wish.sort), "")
        parts = [f"按{title.split('（')[0]}{'从大到小' if self.model.wish.descending else ''}排序"] if title else []
        total = self.model.total
        shown = f"第 {first + 1}–{min(last, total - 1) + 1:,} {self._unit}，" if total and last - first + 1 < total else ""
        parts.append(f"{shown}共 {total:,} {self._unit}")
        if self.model.wish.needle:
            parts.append(f"筛选「{self.model.wish.needle}」")
        self._order_text.setText(" · ".join(parts))

    def _tell_sums(self) -> None:
        while (item := self._sums.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for name, value in self.model.sums:
            words = secondary(f"{name} {value}")
            words.setStyleSheet("color: " + "#1d2733")
            self._sums.addWidget(words)

    # order and memory
    def _head_clicked(self, number: int) -> None:
        column = self.model.columns[number]
        if column.sort:
            same = column.sort == self.model.wish.sort
            self.sort_by(column.sort, descending=same and not self.model.wish.descending)

    def sort_by(self, name: str, descending: bool = False) -> None:
        """Order by the column whose ``sort`` is ``name``."""
        self.model.restart(sort=name, descending=descending)
        self._remember()

    def _recall(self, sort: str, descending: bool) -> None:
        known = {column.sort for column in self.model.columns if column.sort}
        kept = self._settings.get(f"table.{self._name}", {}) if self._settings and self._name else {}
        if kept.get("sort") in known:
            sort, descending = kept["sort"], bool(kept.get("descending"))
        widths = kept.get("widths")
        if isinstance(widths, dict):
            titles = {column.title: number for number, column in enumerate(self.model.columns)}
            self.view.chosen_widths = {titles[t]: px(w) for t, w in widths.items() if t in titles and isinstance(w, int)}
        self.model.restart(sort=sort, descending=descending)

    def _remember(self) -> None:
        if self._settings is None or not self._name:
            return
        scale = current().scale
        widths = {self.model.columns[n].title: round(w / scale) for n, w in self.view.chosen_widths.items()}
        wish = self.model.wish
        self._settings.put(f"table.{self._name}", {"sort": wish.sort, "descending": wish.descending, "widths": widths})
