"""Buttons whose words say what is done, menus below them, and the outline of the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ui.theme import colour, current, px


class Button(QPushButton):
    """A button whose words say what is done; keyboard focus shows as a 1.5 px navy outline.

    ``kind`` is ``""`` (secondary), ``primary``, ``link``, ``plain``, ``icon`` or ``bare-icon``.
    """

    def __init__(self, text: str = "", kind: str = "", *, icon: str = "", tip: str = "", act: Callable[[], object] | None = None) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        if icon:
            tone = "white" if kind == "primary" else "navy" if kind == "link" else "secondary"
            self.setIcon(current().icon(icon, tone))
            self.setIconSize(current().icon_size())
        if tip:
            self.setToolTip(tip)
            self.setAccessibleName(text or tip)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if act is not None:
            self.clicked.connect(lambda *_: act())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self.hasFocus():
            draw_focus(self, inner=self.property("kind") == "primary")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


MenuItems = Sequence[tuple[str, "Callable[[], object] | MenuItems"] | None]
"""Lines of a menu: words with what is done or with a menu of their own, or ``None`` for a line between them."""


class MenuButton(Button):
    """A button that opens a menu, the mark at its right."""

    def __init__(self, text: str, items: MenuItems, kind: str = "") -> None:
        super().__init__("", kind, icon="chevron-down", act=self.open)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # only puts the mark behind the words
        self.setIconSize(current().icon_size(12))
        self.menu_ = QMenu(self)
        self.menu_.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.fill(items)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        super().setText(f"{text}\u00a0" if text else "")
        self.setAccessibleName(text)

    def text(self) -> str:
        return super().text().strip()

    def fill(self, items: MenuItems) -> None:
        """Replace the menu's items."""
        self.menu_.clear()
        fill_menu(self.menu_, items)

    def open(self) -> None:
        """Open the menu below the button."""
        self.menu_.popup(self.mapToGlobal(QPoint(0, self.height() + px(2))))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Down:
            self.open()
        else:
            super().keyPressEvent(event)


def fill_menu(menu: QMenu, items: MenuItems) -> None:
    """Add lines to a menu."""
    for item in items:
        if item is None:
            menu.addSeparator()
        elif callable(item[1]):
            action = QAction(item[0], menu)
            action.triggered.connect(lambda _on=False, run=item[1]: run())
            menu.addAction(action)
        else:
            fill_menu(menu.addMenu(item[0]), item[1])


def draw_focus(widget: QWidget, inner: bool = False) -> None:
    """Draw the 1.5 px navy outline of the focus along a widget's edge; ``inner`` sets it off on a navy ground."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 1.5 * current().scale
    box = QRectF(widget.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(QPen(colour("navy"), width))
    painter.drawRoundedRect(box, px(6), px(6))
    if inner:
        painter.setPen(QPen(colour("white"), width))
        box.adjust(width, width, -width, -width)
        painter.drawRoundedRect(box, px(5), px(5))
    painter.end()
