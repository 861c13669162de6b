"""The papers of one submission as tabs above the drafting page."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar

from execdesk.reads.drafting import DraftShown


class PaperTabs(QTabBar):
    """One tab for each paper, with its state; out of sight where there is but one."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setDrawBase(False)
        self.setExpanding(False)

    def show_papers(self, shown: DraftShown) -> None:
        """The papers of a submission as they stand, the open one chosen."""
        while self.count():
            self.removeTab(0)
        for number, paper in enumerate(shown.papers):
            self.addTab(f"{paper.title}　{paper.state_words}")
            if paper.document == shown.document:
                self.setCurrentIndex(number)
        self.setVisible(len(shown.papers) > 1)
