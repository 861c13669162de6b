"""Tabs inside a card; the one with the keyboard carries the outline of the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar

from ui.theme import colour, current, px


class CardTabs(QTabBar):
    """A bar of plain words with a line below the chosen one."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setDrawBase(False)
        self.setExpanding(False)
        for text in words:
            self.addTab(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex() >= 0:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("navy"), 1.5 * current().scale))
            box = QRectF(self.tabRect(self.currentIndex())).adjusted(1, 1, -px(22) + px(4), -1)
            painter.drawRoundedRect(box, px(4), px(4))
            painter.end()
