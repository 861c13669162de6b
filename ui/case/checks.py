"""The checks below the drafting page; F8 goes from one unsettled check to the next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from execdesk.reads.drafting import DraftCheck, DraftShown
from ui.panels import CheckLine
from ui.theme import px
from ui.widgets import Button, Card, Elided, column, hint, holder, label, line, row, secondary

ACROSS = 4
GO = {"blanks": "去填写", "citations": "去确认", "parties": "去核对", "glyphs": "登记补字"}


class ChecksCard(Card):
    """``asked(field)`` for the field where a check is settled, ``way_asked(way)`` for the step that records what it lacks. Folded, only the sum
    and the first unsettled check are told."""

    asked, way_asked = Signal(str), Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.sum = secondary("")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(px(14), px(3), px(14), px(5))
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(0)
        for number in range(ACROSS):
            self._grid.setColumnStretch(number, 1)
        self._open: list[DraftCheck] = []
        self._at = -1
        self._first = Elided("", "secondary", "soon")
        self._hints = (hint("上一项 Shift+F8"), hint("下一项 F8"))
        self.unfold = Button("", "link", act=lambda: self.fold(not self.folded, by_hand=True))
        head = row(label("签发前检查", "strong"), self.sum, self._first, None, *self._hints, self.unfold, gap=12, margins=(14, 5, 14, 5))
        head.setStretchFactor(self._first, 100)
        self._all = holder(column(line("hairline"), self._grid, gap=0))
        self.box.addLayout(column(head, self._all, gap=0))
        self.folded, self._chosen = True, False
        self.fold(False)

    def fold(self, folded: bool, by_hand: bool = False) -> None:
        """Show one line or all checks; what a person chose stays so."""
        if self._chosen and not by_hand:
            return
        self._chosen = by_hand
        self.folded = folded
        self._all.setVisible(not folded)
        self._first.setVisible(folded)
        self.unfold.setText("全部检查" if folded else "收起")

    def show_checks(self, shown: DraftShown) -> None:
        """Show the checks, unsettled ones first."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        order = {"stop": 0, "warn": 1, "ok": 2}
        checks = sorted(shown.checks, key=lambda check: order[check.state])
        waiting = next((check for check in checks if check.state != "ok"), None)
        self._first.setText(f"{waiting.label} {waiting.sentence}" if waiting else "")
        self._open = [check for check in checks if check.state != "ok" and (check.field or check.ways)]
        for number, check in enumerate(checks):
            made = CheckLine(check.state == "ok", check.label, check.sentence, _link(check) if check in self._open else "")
            made.asked.connect(partial(self.settle, check))
            self._grid.addWidget(made, number // ACROSS, number % ACROSS)
        counted = {state: sum(check.state == state for check in checks) for state in order}
        words = (f"{counted['stop']} 项须处理" if counted["stop"] else "", f"{counted['warn']} 项须留意" if counted["warn"] else "", f"{counted['ok']} 项通过")
        self.sum.setText("，".join(word for word in words if word))

    def step(self, by: int) -> None:
        """Go to the next unsettled check, round and round."""
        if self._open:
            self._at = (self._at + by) % len(self._open)
            self.settle(self._open[self._at])

    def settle(self, check: DraftCheck) -> None:
        """Go where a check is settled: to the step that records what it lacks, else to its field."""
        if check.ways:
            self.way_asked.emit(check.ways[0])
        else:
            self.asked.emit(check.field)


def _link(check: DraftCheck) -> str:
    return check.ways[0].label if check.ways else GO.get(check.key, "去处理")


