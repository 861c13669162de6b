"""The first step: choose a file; earlier imports with their undo; the tray."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from execdesk.reads.importruns import RunRow, WaitingRow
from execdesk.reads.states import ImportState
from ui.approval.words import narrow
from ui.columns import Columns, SidePanel
from ui.importing.choosing import FileDrop
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.theme import px
from ui.widgets import Button, Card, CardHead, EmptyState, column, holder

RUNS = (
    Column("时间", lambda r: r.at, sort="at", whole=True), Column("文件", lambda r: r.file, sort="file", width=110, grow=2),
    Column("办理人", lambda r: r.person, whole=True, tone=lambda _r: "muted"), Column("导入", lambda r: f"{r.imported:,}", align="right", whole=True),
    Column("待定", lambda r: f"{r.waiting:,}" if r.waiting else "—", align="right", whole=True, tone=lambda r: "!soon" if r.waiting else "muted"),
    Column("状态", lambda r: r.state_words, whole=True, tone=lambda _r: "muted"),
)
TRAY = (
    Column("文件", lambda r: r.file, sort="file", width=120, grow=1, tone=lambda _r: "muted"), Column("行", lambda r: str(r.row), align="right", value=lambda r: r.row, sort="row", width=44),
    Column("案号", lambda r: narrow(r.case_no) or "—", sort="case", width=150, whole=True),
    Column("类别", lambda r: r.kind, sort="kind", whole=True, tone=lambda r: "!soon" if r.kind == "需您决定" else "late"),
    Column("问题", lambda r: r.text, width=200, grow=3),
)


class StartStep(QWidget):
    """Choosing what to import: ``file.chosen(Path)``, ``tray_asked(run)``, ``undo_asked(RunRow)``, ``drop_asked(rows)``."""

    tray_asked = Signal(str)
    undo_asked = Signal(object)
    drop_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.file = FileDrop()
        self.file.setFixedHeight(px(150))
        self.undo = Button("撤销这次导入…", act=self._undo)
        self.decide = Button("逐行决定", act=self._decide)
        self.drop = Button("弃去选中的行…", act=self._drop)
        self.runs = Table(RUNS, key=lambda r: r.id, unit="次", empty=EmptyState("还没有导入过台账。", "选择一份 .xlsx、.xls 或 .csv 台账开始。"))
        self.tray = Table(TRAY, key=lambda r: r.id, unit="行", empty=EmptyState("没有待定的行。", "导入时没有决定的行会留在这里，一行不丢。"))
        self.runs.chosen.connect(lambda run: self.undo.setEnabled(run is not None and run.state == ImportState.DONE))
        left = Card(CardHead("以前的导入", "", self.undo, lined=False), self.runs, gap=0, margins=(0, 0, 0, 0))
        right = Card(CardHead("待决定的行", "一行不丢", self.decide, self.drop, lined=False), self.tray, gap=0, margins=(0, 0, 0, 0))
        below = Columns(SidePanel("以前的导入", left, 500, 5), SidePanel("待决定的行", right, 520, 6), top=12)
        box = column(holder(column(self.file, margins=(12, 2, 12, 0))), below, gap=0)
        box.setStretch(1, 1)
        self.setLayout(box)

    def show_rows(self, runs: Sequence[RunRow], tray: Sequence[WaitingRow]) -> None:
        """Show earlier imports and the tray."""
        self.runs.show_source(ListSource(list(runs), RUNS))
        self.tray.show_source(ListSource(list(tray), TRAY))
        self.undo.setEnabled(False)
        first = next((run for run in runs if run.state == ImportState.DONE), None)
        if first is not None:
            self.runs.select(first.id)
        for button in (self.decide, self.drop):
            button.setEnabled(bool(tray))
        self.decide.setText(f"逐行决定 {len(tray)} 行" if tray else "逐行决定")

    def _decide(self) -> None:
        row = self.tray.current or next(iter(self.tray.model.everything()), None)
        if row is not None:
            self.tray_asked.emit(row.run)

    def _undo(self) -> None:
        if self.runs.current is not None:
            self.undo_asked.emit(self.runs.current)

    def _drop(self) -> None:
        if self.tray.selected:
            self.drop_asked.emit([r.id for r in self.tray.selected])
