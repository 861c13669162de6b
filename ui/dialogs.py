"""What all dialogs share: a title, closing for good, a size that fits the screen, F1 for the clause behind them, and Ctrl+Enter for what they are for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from ui.buttons import Button
from ui.theme import current, px

EDGE = 32
SPARE = 12  # px below the last field


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

    def fit_to(self, area: QScrollArea, width: float, more: float = 0) -> None:
        """Be as high as what scrolls in ``area`` needs, and ``more`` (both at 100 %); never more than the screen has."""
        self.ensurePolished()
        whole, inside = self.layout(), area.widget()
        assert whole is not None and inside is not None
        room = px(width) - sum(_sides(one) for one in _around(area, self))
        asked = inside.layout()
        need = asked.totalHeightForWidth(room) if asked is not None and asked.hasHeightForWidth() else inside.sizeHint().height()
        frame = (whole.totalHeightForWidth(px(width)) if whole.hasHeightForWidth() else whole.totalSizeHint().height()) - area.sizeHint().height()
        self.fit(width, (frame + need) / current().scale + SPARE + more)

    def _ask_clause(self) -> None:
        window = self.parentWidget()
        while window is not None:
            if (ask := getattr(window, "ask_clause", None)) is not None:
                ask()
                return
            window = window.parentWidget()


def _around(inner: QWidget, outer: QWidget) -> list[QWidget]:
    """What stands around a widget up to another, that one included."""
    found, one = [], inner.parentWidget()
    while one is not None and one is not outer:
        found.append(one)
        one = one.parentWidget()
    return [*found, outer]


def _sides(widget: QWidget) -> int:
    """What the margins of a layout take of the width."""
    layout = widget.layout()
    margins = layout.contentsMargins() if layout is not None else None
    return margins.left() + margins.right() if margins is not None else 0
