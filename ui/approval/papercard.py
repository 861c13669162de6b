"""The right side of the approval tab: the pages to be approved and the checks below them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from execdesk.reads.requestpage import PageOf
from ui.pdfview import FIT_TEXT, PdfCard
from ui.theme import px
from ui.widgets import Button, column, holder, icon_label, line, row, secondary, wrapped

SIGNS = {"ok": ("check", "navy", ""), "warn": ("warning", "amber_mark", "soon"), "stop": ("cross", "red", "late")}


class PaperCard(PdfCard):
    """Pages of one of several papers; ``wanted(number)`` when another is asked for."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__("文书草稿", FIT_TEXT)
        self.papers: tuple[PageOf, ...] = ()
        self.at = 0
        self.before = Button(kind="bare-icon", icon="chevron-left", tip="上一件文书", act=lambda: self._go(-1))
        self.after = Button(kind="bare-icon", icon="chevron-right", tip="下一件文书", act=lambda: self._go(1))
        self.which = secondary("")
        self._lines = column(gap=2)
        foot = row(self._lines, self.which, self.before, self.after, gap=4, margins=(16, 8, 8, 8))
        foot.setStretch(0, 1)
        box = self.layout()
        assert box is not None
        box.addWidget(line())
        box.addWidget(holder(foot))
        self.show_papers((), ())

    def show_papers(self, papers: Sequence[PageOf], checks: Sequence[tuple[str, str]]) -> None:
        """Offer these papers, the first in front, with these lines below."""
        self.papers, self.at = tuple(papers), 0
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for state, words in checks:
            icon, tone, colour = SIGNS[state]
            text = wrapped(words, "secondary", colour)
            text.setMinimumWidth(px(120))
            line_row = row(icon_label(icon, tone), text, gap=6)
            line_row.setStretch(1, 1)
            self._lines.addWidget(holder(line_row))
        self._tell_which()

    def say_title(self, title: str) -> None:
        """What the pages are."""
        self.title.setText(title)

    def _go(self, step: int) -> None:
        if 0 <= self.at + step < len(self.papers):
            self.at += step
            self._tell_which()
            self.wanted.emit(self.at)

    def _tell_which(self) -> None:
        several = len(self.papers) > 1
        for part in (self.before, self.after, self.which):
            part.setVisible(several)
        self.which.setText(f"第 {self.at + 1} 件，共 {len(self.papers)} 件")
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at < len(self.papers) - 1)
        self.enlarge.setVisible(bool(self.papers) or self.view.pages.count > 0)
