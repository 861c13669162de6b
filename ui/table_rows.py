"""The bare rows of a table: whole-row selection, keyboard, lazy pages, widths by content and growth, the first column pinned."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip

from ui.table import TableModel, tsv
from ui.table_paint import PAD, RowPainter, TableHeading
from ui.table_source import TableSection
from ui.theme import colour, current, px

SIDEWAYS, SIDE_STEP = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}, 60  # pixels at 100 %, as far as a short column is wide


class RowView(QTableView):
    """The bare table view: whole rows, keyboard, lazy pages, widths by content and growth.

    The first column says which row it is: it stays at the left while the others scroll sideways.
    """

    opened = Signal(object)

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self.rows = model
        self.painter_ = RowPainter()
        self.heading = TableHeading(lambda: model.columns, self)
        self.chosen_widths: dict[int, int] = {}
        self._fitting = False
        self.setHorizontalHeader(self.heading)
        self.setModel(model)
        self._set_up()
        self.wait = QTimer(self, singleShot=True, interval=0)
        self.wait.timeout.connect(self._ensure_seen)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.wait.start())
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._scrolled_sideways())
        self.activated.connect(lambda index: self._open(index))
        self.heading.sectionResized.connect(self._resized)
        model.restarted.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.viewport().update())  # the outline is wider than its cells

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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self.viewport()) as painter:  # ends even where the words of a row fail: a painter kept by a traceback ends the process
            self._paint_rows(painter, event.rect())
            if self.hasFocus():
                painter.setPen(QPen(colour("navy"), 1.5 * current().scale))
                painter.drawRect(QRectF(self._focused()).adjusted(1, 1, -1, -1))

    def _paint_rows(self, painter: QPainter, exposed: QRect) -> None:
        first, last = self.rowAt(max(exposed.top(), 0)), self.rowAt(exposed.bottom())
        if first < 0:
            return
        cells = [(column, self.columnViewportPosition(n), self.columnWidth(n)) for n, column in enumerate(self.rows.columns)]
        left, width = cells[0][1], sum(cell[2] for cell in cells)
        chosen = self.selectionModel()
        top, height, pinned = self.rowViewportPosition(first), self.rowHeight(first), self.heading.pinned
        for number in range(first, (last if last >= 0 else self.rows.total - 1) + 1):
            row, selected = self.rows.row(number), chosen.isRowSelected(number)
            line = QRect(left, top + (number - first) * height, width, height)
            self.painter_.paint_row(painter, line, row, cells, selected)
            if pinned:
                self.painter_.paint_pinned(painter, QRect(0, line.top(), pinned, height), row, cells[0][0], selected)

    def _scrolled_sideways(self) -> None:
        """What stays was moved along with the picture of the rest: paint both anew."""
        self.viewport().update()
        self.heading.viewport().update()

    def _focused(self) -> QRect:
        """Where the keyboard stands: its row, or the whole list where none is chosen."""
        number = self.currentIndex().row()
        if number < 0:
            return self.viewport().rect()
        width = sum(self.columnWidth(n) for n in range(len(self.rows.columns)))
        return QRect(0, self.rowViewportPosition(number), max(width, self.viewport().width()), self.rowHeight(number))

    def span(self) -> tuple[int, int]:
        """First and last row in sight."""
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        return max(first, 0), last if last >= 0 else self.rows.total - 1

    def whole_span(self) -> tuple[int, int]:
        """First and last row that are in sight whole."""
        first, last = self.span()
        if self.rowViewportPosition(first) < 0:
            first += 1
        if self.rowViewportPosition(last) + self.rowHeight(last) > self.viewport().height():
            last -= 1
        return first, max(first, last)

    def _ensure_seen(self) -> None:
        self.rows.ensure(*self.span())

    def _open(self, index: QModelIndex) -> None:
        found = self.rows.row(index.row())
        if found is not None and not isinstance(found, TableSection):
            self.opened.emit(found)

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:  # noqa: N802
        """Bring a row into sight; never sideways, a row is chosen whole."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        bar.setValue(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if (way := SIDEWAYS.get(event.key())) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + way * px(SIDE_STEP))
        elif event.matches(QKeySequence.StandardKey.Copy):
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
        if found is None or isinstance(found, TableSection):
            QToolTip.hideText()
            return
        number = 0 if at.x() < self.heading.pinned else index.column()
        column = self.rows.columns[number]
        text = column.tip(found) if column.tip else ""
        if not text and self.painter_.advance(column.text(found)) > self.columnWidth(number) - 2 * px(PAD):
            text = column.text(found)
        QToolTip.showText(where, text, self.viewport())

    # widths
    def fit(self) -> None:
        """Give each column its width: whole columns what their words need, the rest what is left, never less than their heading."""
        width = self.viewport().width()
        if width < px(40):
            return
        sizes = [self.chosen_widths.get(number) or self._natural(number) for number in range(len(self.rows.columns))]
        free = [number for number in range(len(sizes)) if number not in self.chosen_widths]
        if sum(sizes) <= width:
            self._widen(sizes, [number for number in free if self.rows.columns[number].grow], width)
        else:
            self._narrow(sizes, [number for number in free if self.rows.columns[number].elides], width)
        self._fitting = True
        for number, size in enumerate(sizes):
            self.setColumnWidth(number, size)
        self._fitting = False

    def _widen(self, sizes: list[int], growing: list[int], width: int) -> None:
        share = sum(self.rows.columns[number].grow for number in growing)
        spare = width - sum(sizes)
        for number in growing:
            sizes[number] += spare * self.rows.columns[number].grow // share
        if growing:
            sizes[growing[-1]] += width - sum(sizes)

    def _narrow(self, sizes: list[int], giving: list[int], width: int) -> None:
        least = {number: max(self._heading_room(number), px(44)) for number in giving}
        while giving and sum(sizes) > width:
            part = -(-(sum(sizes) - width) // len(giving))
            for number in giving:
                sizes[number] = max(sizes[number] - min(part, max(sum(sizes) - width, 0)), least[number])
            giving = [number for number in giving if sizes[number] > least[number]]

    def _heading_room(self, number: int) -> int:
        column = self.rows.columns[number]
        return self.heading.advance(column.title, bool(column.sort)) + 2 * px(PAD)

    def _natural(self, number: int) -> int:
        column = self.rows.columns[number]
        least = self._heading_room(number)
        if not column.whole:
            return max(px(column.width), least)
        rows = [self.rows.row(place) for place in range(min(self.rows.total, 200))]
        real = [one for one in rows if one is not None and not isinstance(one, TableSection)]
        bold = column.tone is not None
        widest = max((self.painter_.advance(column.text(one), bold) for one in real), default=0)
        return max(widest + 2 * px(PAD) + px(2), least, px(column.width))

    def _resized(self, number: int, _old: int, new: int) -> None:
        if not self._fitting:
            self.chosen_widths[number] = new

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.fit()
        self.wait.start()
