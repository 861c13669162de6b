"""留痕: the lines of the case, newest first; a line can be copied with its place and hash."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from execdesk.reads import Step
from execdesk.reads.cases import CasePage
from execdesk.reads.casewords import narrow
from execdesk.reads.standing import PersonShown
from execdesk.reads.trail import TrailRow
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.widgets import Button, Elided, EmptyState, column, line, row, wrapped

COLUMNS = (
    Column("时间", lambda r: r.at[2:], sort="at", whole=True),
    Column("经办人", lambda r: r.person, sort="person", width=64),
    Column("事项", lambda r: r.act, sort="act", width=96, grow=1),
    Column("涉及", lambda r: r.touched, width=90, grow=1, tone=lambda r: "muted"),
)


class TrailPart(QWidget):
    """The journal's lines of one case."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._case = ""
        self.table = Table(COLUMNS, key=lambda row: row.line, unit="条", empty=EmptyState("尚无留痕。"), titled=lambda: f"留痕 {self._case}")
        self.table.chosen.connect(self._show)
        self._what, self._line = wrapped("", "secondary"), Elided("", "secondary")
        self.copy = Button("复制", "link", icon="copy", tip="连同校验值，供核对", act=self._copy)
        foot = row(self._line, self.copy, gap=8)
        foot.setStretch(0, 1)
        self.setLayout(column(self.table, line("hairline"), column(self._what, foot, gap=3, margins=(14, 6, 14, 8)), gap=0))

    def show_case(self, page: CasePage, steps: tuple[Step, ...], person: PersonShown) -> None:
        """Show a case's lines."""
        del steps, person
        self._case = narrow(page.case.number)
        self.table.show_source(ListSource(page.trail, COLUMNS))
        if page.trail:
            self.table.select(page.trail[0].line)

    def _show(self, row: TrailRow | None) -> None:
        self._what.setText((f"理由：{row.reason}" if row.reason else f"{row.act}，{row.touched}") if row else "")
        self._line.setText(f"留痕第 {row.line.rpartition(':')[2]} 条" if row else "")
        self.copy.setEnabled(row is not None)

    def _copy(self) -> None:
        row = self.table.current
        if row is not None:
            text = "\n".join((f"{row.at} {row.person} {row.act}", row.touched, row.reason, f"{row.line} {row.hash}"))
            QGuiApplication.clipboard().setText(text)
            self.copy.setText("已复制")


