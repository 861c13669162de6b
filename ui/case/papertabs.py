"""The papers of one submission as tabs above the drafting page."""

from __future__ import annotations

from execdesk.reads.drafting import DraftShown
from ui.cardtabs import CardTabs


class PaperTabs(CardTabs):
    """One tab for each paper, with its state; out of sight where there is but one."""

    def show_papers(self, shown: DraftShown) -> None:
        """The papers of a submission as they stand, the open one chosen."""
        while self.count():
            self.removeTab(0)
        for number, paper in enumerate(shown.papers):
            self.addTab(f"{paper.title}　{paper.state_words}")
            if paper.document == shown.document:
                self.setCurrentIndex(number)
        self.setVisible(len(shown.papers) > 1)
