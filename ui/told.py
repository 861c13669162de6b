"""What an action has to say once it is done, where it is more than a line: to read, to mark, to copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.dialogs import Dialog
from ui.widgets import Button, Card, column, holder, label, row, scrolled, selectable

LINE = 22  # pixels at 100 %


class ToldDialog(Dialog):
    """The words under their title; one button, which closes."""

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.words = selectable(words)
        body = column(self.words)
        body.addStretch(1)
        close = Button("知道了", "primary", act=self.accept)
        card = Card(label(title, "page-title"), scrolled(holder(body)), row(None, close), gap=10, margins=(18, 14, 18, 14))
        card.box.setStretch(1, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(620, 190 + LINE * min(sum(1 + len(one) // 40 for one in words.split("\n")), 16))
        close.setFocus()
