"""Cells to write and paste into as in a workbook: what is wrong is marked in its cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from ui.theme import colour, current, px

SPARE = 1  # blank rows at the end, to go on writing
Columns = Sequence[tuple[str, str]]  # name and words

_BEGIN = QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.EditKeyPressed


class _CellPainter(QStyledItemDelegate):
    """Cells with a hairline below, amber where something is wrong; what is pasted while one is written goes into the table."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.matches(QKeySequence.StandardKey.Paste):
            text, table = QGuiApplication.clipboard().text(), self.parent()
            if isinstance(table, CellTable) and ("\t" in text or "\n" in text.strip()):
                self.closeEditor.emit(editor)
                table.paste(text)
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.data(Qt.ItemDataRole.ToolTipRole):
            painter.fillRect(option.rect, colour("amber_ground"))
        super().paint(painter, option, index)
        painter.setPen(colour("hairline"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


class CellTable(QTableWidget):
    """Cells that are written into at once; a paste of several cells fills them to the right and downwards, below a heading by its words."""

    pasted = Signal(int)

    def __init__(self, columns: Columns, title: str, rows: int = SPARE) -> None:
        self.columns = columns
        super().__init__(rows, len(self.columns))
        self.setHorizontalHeaderLabels([words for _name, words in self.columns])
        self.setAccessibleName(title)
        self.setEditTriggers(_BEGIN)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(True)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.verticalHeader().setDefaultSectionSize(current().row_height)
        self.verticalHeader().setMinimumWidth(px(28))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setItemDelegate(_CellPainter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for item in self.selectedItems():
                item.setText("")
        else:
            super().keyPressEvent(event)

    def paste(self, text: str) -> None:
        """Put the cells of a workbook in, from the present cell on; with headings in the first line they are the whole table, each under its own."""
        lines = [line.split("\t") for line in text.replace("\r", "").split("\n") if line.strip()]
        if not lines:
            return
        words = [words for _name, words in self.columns]
        headed = {place: words.index(cell.strip()) for place, cell in enumerate(lines[0]) if cell.strip() in words}
        at, left = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        if len(headed) > 1:  # a whole table, with its headings: what stood here goes
            lines, at = lines[1:], 0
            self.clearContents()
            self.setRowCount(0)
        else:
            headed = {place: left + place for place in range(len(words) - left)}
        self.blockSignals(True)
        self.setRowCount(max(self.rowCount(), at + len(lines) + SPARE))
        for number, cells in enumerate(lines):
            for place, cell in enumerate(cells):
                if place in headed:
                    self.write(at + number, headed[place], cell.strip())
        self.blockSignals(False)
        self.pasted.emit(len(lines))

    def text(self, at: int, place: int) -> str:
        """What stands in a cell."""
        item = self.item(at, place)
        return item.text().strip() if item is not None else ""

    def write(self, at: int, place: int, text: str) -> None:
        """Put text into a cell."""
        if (item := self.item(at, place)) is None:
            self.setItem(at, place, item := QTableWidgetItem())
        item.setText(text)

    def tint(self, at: int, place: int, text: str) -> None:
        """Say what is wrong in a cell; nothing where ``text`` is empty."""
        item = self.item(at, place)
        if item is None:
            if not text:
                return
            self.setItem(at, place, item := QTableWidgetItem())
        item.setToolTip(text)
