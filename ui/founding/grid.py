"""A table of the plan to write and paste into: cells as in a workbook, what is wrong marked in its cell and said below."""

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
    QWidget,
)

from execdesk.opening import TABLES, PlanFault
from ui.theme import colour, current, px
from ui.widgets import Button, column, label, row, secondary, wrapped

SPARE = 1  # blank rows at the end, to go on writing


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

    def __init__(self, table: str) -> None:
        self.columns = TABLES[table].columns
        super().__init__(SPARE, len(self.columns))
        self.setHorizontalHeaderLabels([words for _name, words in self.columns])
        self.setAccessibleName(TABLES[table].title)
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


class PlanGrid(QWidget):
    """One table of the plan with its title. ``changed`` when a cell is another."""

    changed = Signal()

    def __init__(self, table: str, words: str = "", rows: int = 0) -> None:
        super().__init__()
        self.table = table
        self.cells = CellTable(table)
        if rows:
            self.cells.setFixedHeight(px(30) + current().row_height * rows)
        self.add = Button("加一行", "link", icon="plus", act=self.add_row)
        self.drop = Button("删去这一行", "link", act=self.drop_row)
        self.says = wrapped("", "secondary", "soon")
        self.says.hide()
        self.tools = row(label(TABLES[table].title, "strong"), secondary(words), None, self.add, self.drop, gap=10)
        self.setLayout(column(self.tools, self.cells, self.says, gap=4))
        self.cells.itemChanged.connect(lambda _item: self._edited())
        self.cells.pasted.connect(lambda _number: self._edited())

    def _edited(self) -> None:
        self._keep_spare()
        self.changed.emit()

    def _keep_spare(self) -> None:
        if self.cells.rowCount() == 0 or any(self.cells.text(self.cells.rowCount() - 1, place) for place in range(self.cells.columnCount())):
            self.cells.setRowCount(self.cells.rowCount() + SPARE)

    def add_row(self) -> None:
        """Put the cursor into the blank row at the end."""
        self._keep_spare()
        self.cells.setCurrentCell(self.cells.rowCount() - 1, 0)
        self.cells.setFocus()

    def drop_row(self) -> None:
        """Take the present row out."""
        if self.cells.currentRow() >= 0:
            self.cells.removeRow(self.cells.currentRow())
            self._edited()

    def show_rows(self, rows: Sequence[dict[str, str]]) -> None:
        """Show what the plan has."""
        self.cells.blockSignals(True)
        self.cells.clearContents()
        self.cells.setRowCount(len(rows) + SPARE)
        for at, cells in enumerate(rows):
            for place, (name, _words) in enumerate(self.cells.columns):
                self.cells.write(at, place, cells.get(name, ""))
        self.cells.blockSignals(False)

    @property
    def rows(self) -> list[dict[str, str]]:
        """What is written, without the rows that are blank at the end."""
        found = [{name: self.cells.text(at, place) for place, (name, _words) in enumerate(self.cells.columns)} for at in range(self.cells.rowCount())]
        while found and not any(found[-1].values()):
            found.pop()
        return found

    def mark(self, faults: Sequence[PlanFault]) -> bool:
        """Mark the cells that are wrong and say the first; whether there are any."""
        places = {name: place for place, (name, _words) in enumerate(self.cells.columns)}
        mine = {(one.row, places[one.column]): one.text for one in reversed(faults) if one.table == self.table}
        self.cells.blockSignals(True)
        for at in range(self.cells.rowCount()):
            for place in places.values():
                self._tint(at, place, mine.get((at, place), ""))
        self.cells.blockSignals(False)
        first = next((one for one in faults if one.table == self.table), None)
        self.says.setVisible(first is not None)
        if first is not None:
            more = f"（共 {len(mine)} 处）" if len(mine) > 1 else ""
            self.says.setText(f"第 {first.row + 1} 行「{dict(self.cells.columns)[first.column]}」：{first.text}{more}")
        return bool(mine)

    def _tint(self, at: int, place: int, text: str) -> None:
        item = self.cells.item(at, place)
        if item is None:
            if not text:
                return
            self.cells.setItem(at, place, item := QTableWidgetItem())
        item.setToolTip(text)

    def go_to(self, fault: PlanFault) -> None:
        """Put the cursor where something is wrong."""
        self.cells.setCurrentCell(fault.row, [name for name, _words in self.cells.columns].index(fault.column))
        self.cells.setFocus()
