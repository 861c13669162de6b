"""A table of the plan to write and paste into: cells as in a workbook, what is wrong marked in its cell and said below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from execdesk.opening import TABLES, PlanFault
from ui.cellgrid import SPARE, CellTable
from ui.theme import current, px
from ui.widgets import Button, column, label, row, secondary, wrapped


class PlanGrid(QWidget):
    """One table of the plan with its title. ``changed`` when a cell is another."""

    changed = Signal()

    def __init__(self, table: str, words: str = "", rows: int = 0) -> None:
        super().__init__()
        self.table = table
        self.cells = CellTable(TABLES[table].columns, TABLES[table].title)
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
                self.cells.tint(at, place, mine.get((at, place), ""))
        self.cells.blockSignals(False)
        first = next((one for one in faults if one.table == self.table), None)
        self.says.setVisible(first is not None)
        if first is not None:
            more = f"（共 {len(mine)} 处）" if len(mine) > 1 else ""
            self.says.setText(f"第 {first.row + 1} 行「{dict(self.cells.columns)[first.column]}」：{first.text}{more}")
        return bool(mine)

    def go_to(self, fault: PlanFault) -> None:
        """Put the cursor where something is wrong."""
        self.cells.setCurrentCell(fault.row, [name for name, _words in self.cells.columns].index(fault.column))
        self.cells.setFocus()
