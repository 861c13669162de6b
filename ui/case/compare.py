"""Any two versions of the papers of one request beside each other."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from execdesk.reads.paperversions import PaperVersion
from execdesk.reads.texts import Difference
from ui.admin.differenceview import DifferenceView
from ui.dialogs import Dialog
from ui.link import Link
from ui.notices import Notices
from ui.widgets import Button, Card, column, label, row, secondary


class CompareDialog(Dialog):
    """Two pickers and the difference; it opens on the last two versions."""

    def __init__(self, link: Link, document: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(f"对照：{title}", parent, "screen:draft")
        self.link = link
        self.says = Notices()
        self.old, self.new = QComboBox(), QComboBox()  # two versions to lay beside each other, nothing is filled in
        for box, name in ((self.old, "原稿"), (self.new, "新稿")):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.activated.connect(self.compare)
        self.count = secondary()
        self.view = DifferenceView()
        self.copy = Button("复制", icon="copy", act=self.view.copy_difference)
        card = Card(
            label(f"对照：{title}", "page-title"), row(secondary("原"), self.old, secondary("新"), self.new, gap=8), self.says, self.view,
            row(self.count, None, self.copy, Button("关闭", "primary", act=self.close), gap=8), gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(3, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(760, 520)
        self.old.setFocus()
        link.read(self, lambda reads: reads.paper_versions(document), done=self._arrived, failed=self.says.show_error)

    def _arrived(self, found: tuple[PaperVersion, ...]) -> None:
        for box in (self.old, self.new):
            for one in found:
                box.addItem(one.words, one.key)
        self.old.setCurrentIndex(max(0, len(found) - 2))
        self.new.setCurrentIndex(len(found) - 1)
        self.compare()

    def compare(self) -> None:
        """Show what differs between the two that are chosen."""
        old, new = str(self.old.currentData() or ""), str(self.new.currentData() or "")
        if old and new:
            self.link.read(self, lambda reads: (old, new, reads.paper_difference(old, new)), done=self._compared, failed=self.says.show_error)

    def _compared(self, found: tuple[str, str, Difference]) -> None:
        if found[:2] == (self.old.currentData(), self.new.currentData()):
            self.view.show_difference(found[2])
            self.count.setText(found[2].words)
