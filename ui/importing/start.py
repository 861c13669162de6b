"""The first step: choose a file; earlier imports with their undo; the tray."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from execdesk.desk import Desk
from execdesk.reads.listing import BoardList, ListWanted
from execdesk.reads.lists.imports import IMPORTS, RunRow
from execdesk.reads.lists.tray import TRAY
from execdesk.reads.states import ImportState
from ui.boardsource import BoardSource, board_table
from ui.columns import Columns, SidePanel
from ui.importing.choosing import FileDrop
from ui.jobs import Runner
from ui.table import AT_FIRST
from ui.table_view import Table
from ui.theme import px
from ui.widgets import Button, Card, CardHead, column, holder


class StartStep(QWidget):
    """Choosing what to import: ``file.chosen(Path)``, ``tray_asked(run)``, ``undo_asked(RunRow)``, ``drop_asked(rows)``."""

    tray_asked = Signal(str)
    undo_asked = Signal(object)
    drop_asked = Signal(object)

    def __init__(self, desk: Desk, jobs: Runner) -> None:
        super().__init__()
        self.desk = desk
        self.file = FileDrop()
        self.file.setFixedHeight(px(150))
        self.undo = Button("撤销这次导入…", act=self._undo)
        self.decide = Button("逐行决定", act=self._decide)
        self.drop = Button("弃去选中的行…", act=self._drop)
        self.runs, self.tray = board_table(IMPORTS, jobs, self), board_table(TRAY, jobs, self)
        self.runs.chosen.connect(self._run_chosen)
        self.tray.model.restarted.connect(self._tell_tray)
        self.runs.offers, self.tray.offers = lambda: (self.undo,), lambda: (self.decide, self.drop)
        left = Card(CardHead("以前的导入", "", self.undo, lined=False), self.runs, gap=0, margins=(0, 0, 0, 0))
        right = Card(CardHead("待决定的行", "一行不丢", self.decide, self.drop, lined=False), self.tray, gap=0, margins=(0, 0, 0, 0))
        below = Columns(SidePanel("以前的导入", left, 500, 5), SidePanel("待决定的行", right, 520, 6), top=12)
        box = column(holder(column(self.file, margins=(12, 2, 12, 0))), below, gap=0)
        box.setStretch(1, 1)
        self.setLayout(box)

    def reload(self) -> None:
        """Read earlier imports and the tray anew."""
        for table, of in ((self.runs, IMPORTS), (self.tray, TRAY)):
            self._show(table, of)

    def _show(self, table: Table, of: BoardList[Any]) -> None:
        if table.model.source is None:
            table.show_source(BoardSource(self, ListWanted(of.name)))
        else:
            table.refresh()

    def _run_chosen(self, run: RunRow | None) -> None:
        """The import to be undone: where none is chosen, the last that stands."""
        self.undo.setEnabled(run is not None and run.state == ImportState.DONE)
        if run is None:
            last = next((each for each in map(self.runs.model.row, range(min(self.runs.model.total, AT_FIRST))) if each and each.state == ImportState.DONE), None)
            if last is not None:
                self.runs.select(last.id)

    def _tell_tray(self) -> None:
        waiting = self.tray.model.total
        for button in (self.decide, self.drop):
            button.setEnabled(bool(waiting))
        self.decide.setText(f"逐行决定 {waiting:,} 行" if waiting else "逐行决定")

    def _decide(self) -> None:
        row = self.tray.current or self.tray.model.row(0)
        if row is not None:
            self.tray_asked.emit(row.run)

    def _undo(self) -> None:
        if self.runs.current is not None:
            self.undo_asked.emit(self.runs.current)

    def _drop(self) -> None:
        if self.tray.selected:
            self.drop_asked.emit([r.id for r in self.tray.selected])
