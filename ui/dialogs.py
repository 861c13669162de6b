"""What all dialogs share: a title, closing for good, a size that fits the screen, F1 for the clause behind them, and Ctrl+Enter for what they are for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from ui.buttons import Button
from ui.theme import px

EDGE = 32


class Dialog(QDialog):
    """A dialog over the window. ``clause`` is what F1 opens here; without one it is that of the page below."""

    def __init__(self, title: str, parent: QWidget | None = None, clause: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("clause", clause)
        QShortcut(QKeySequence("F1"), self).activated.connect(self._ask_clause)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.go_on)

    def go_on(self) -> None:
        """Ctrl+Enter: what the primary button in sight does, if it is open; without one, what the only button would, which is to close."""
        buttons = [button for button in self.findChildren(Button) if button.isVisible()]
        primary = [button for button in buttons if button.property("kind") == "primary"]
        for button in primary[:1] or (buttons if len(buttons) == 1 else []):
            button.click()

    def fit(self, width: float, height: float) -> None:
        """Take a size given at 100 %, but never more than the screen has."""
        parent = self.parentWidget()
        room = self.screen().availableSize()
        if parent is not None:
            room = room.expandedTo(parent.window().size())
        self.resize(QSize(px(width), px(height)).boundedTo(room - QSize(EDGE, EDGE)))

    def _ask_clause(self) -> None:
        window = self.parentWidget()
        while window is not None:
            if (ask := getattr(window, "ask_clause", None)) is not None:
                ask()
                return
            window = window.parentWidget()
