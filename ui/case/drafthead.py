"""The head of the drafting page: number to be taken, signing day, signers, citations, pages; and articles that changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from execdesk.law.refusal import Refusal
from execdesk.reads.casewords import narrow
from execdesk.reads.drafting import DraftShown
from execdesk.reads.states import TO_CHANGE
from ui.fields import DateField
from ui.theme import px
from ui.widgets import Button, Card, Elided, column, icon_label, label, line, row, secondary


class HeadCard(Card):
    """``day_chosen(date)`` when another signing day is to be tried."""

    day_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(margins=(14, 7, 14, 7))
        self.day = DateField("signed_on", "签署日", required=True)  # tries the draft on another day
        self.day.title_label.hide()
        self.day.input.setFixedSize(px(104), px(25))
        self.day.input.setStyleSheet(f"min-height: {px(20)}px")
        self.day.line.returnPressed.connect(self._choose)
        self.day.line.editingFinished.connect(self._choose)
        self.before = secondary("")
        self._cells: dict[str, tuple[QLabel, QLabel]] = {}
        self._names: list[QLabel] = []
        cells = row(gap=14)
        for number, name in enumerate(("将取文号", "签署日", "署名", "引用", "篇幅")):
            if number:
                cells.addWidget(line("upright"))
            self._names.append(secondary(name))
            if name == "签署日":
                cells.addLayout(column(self._names[-1], row(self.day, self.before, None, gap=6), gap=0))
            else:
                main, note = (Elided if name == "署名" else label)("", "strong"), Elided("", "secondary")
                self._cells[name] = (main, note)
                main.setAccessibleName(name)
                cells.addLayout(column(self._names[-1], row(main, note, None, gap=8), gap=2), 0 if name == "篇幅" else 1)
        self.box.addLayout(cells)
        self._shown: date | None = None

    def slim(self, on: bool) -> None:
        """One line only, where there is little height."""
        for part in (*self._names, *(note for _main, note in self._cells.values())):
            part.setVisible(not on)
        self.box.setContentsMargins(px(14), px(2 if on else 7), px(14), px(2 if on else 7))

    def show_draft(self, shown: DraftShown) -> None:
        """Show the facts of a draft."""
        self._tell("将取文号" , narrow(shown.number), shown.number_note)
        self._tell("署名", shown.signers, "")
        self._tell("引用", shown.citations, "按签署日解析")
        self._tell("篇幅", f"{shown.page_count} 页", "")
        self._shown = shown.signed_on
        self.day.setEnabled(shown.request_state in ("", *TO_CHANGE))  # from submission on the day belongs to what is approved
        if not self.day.input.hasFocus():
            self.day.set_value(shown.signed_on)
        self.before.setText(f"原 {shown.accepted_on}" if shown.accepted_on != shown.signed_on else "签发当日为准")

    def _tell(self, name: str, main: str, note: str) -> None:
        first, second = self._cells[name]
        first.setText(main)
        second.setText(note)

    def _choose(self) -> None:
        try:
            chosen = self.day.value
        except Refusal:
            return
        if chosen != self._shown:
            self._shown = chosen
            self.day_chosen.emit(chosen)


class ChangesCard(Card):
    """Article numbers that read otherwise on the new day, old and new. ``confirmed`` or ``undone``."""

    confirmed = Signal()
    undone = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(14, 9, 12, 9), tone="amber")
        self.title = label("", "strong", "soon")
        self._lines = column(gap=3)
        self.undo = Button("改回原签署日", act=self.undone.emit)
        self.confirm = Button("确认新条号", "primary", act=self.confirmed.emit)
        words = column(self.title, self._lines, gap=4)
        box = row(icon_label("warning", "amber_mark", 16), words, None, self.undo, self.confirm, gap=10)
        self.box.addLayout(box)
        self.hide()

    def show_changes(self, shown: DraftShown) -> None:
        """Show what changed; nothing hides the card."""
        self.setVisible(bool(shown.changes))
        while (item := self._lines.takeAt(0)) is not None:
            if (parts := item.layout()) is not None:
                while (part := parts.takeAt(0)) is not None:
                    if (old := part.widget()) is not None:
                        old.hide()
                        old.deleteLater()
        self.title.setText(f"签署日改为 {shown.signed_on} 后，{len(shown.changes)} 处条号变了，请确认后再提交")
        for change in shown.changes:
            old_number = label(change.old or "（无此条）", "", "muted")
            font = old_number.font()
            font.setStrikeOut(True)
            old_number.setFont(font)
            self._lines.addLayout(row(label(change.statute), old_number, label("→", "", "soon"), label(change.new or "（无此条）", "strong"), None, gap=8))
