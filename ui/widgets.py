"""The few building blocks every page is made of: cards, words, buttons, chips, lines, empty states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.buttons import Button as Button
from ui.buttons import MenuButton as MenuButton
from ui.buttons import MenuItems as MenuItems
from ui.buttons import fill_menu as fill_menu
from ui.theme import current, px

Item = QWidget | QLayout | int | None
"""In :func:`row` and :func:`column`: a widget, a layout, a gap in px at 100 %, or ``None`` for stretching room."""


def _fill(layout: QBoxLayout, items: Iterable[Item], gap: float, margins: Sequence[float]) -> None:
    layout.setSpacing(px(gap))
    layout.setContentsMargins(*(px(side) for side in margins))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(px(item))
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)


def row(*items: Item, gap: float = 8, margins: Sequence[float] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Items side by side; lengths at 100 %."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def empty(box: QLayout) -> None:
    """Take everything out of a layout, also what lies in layouts within it."""
    while (item := box.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            empty(inner)
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def column(*items: Item, gap: float = 8, margins: Sequence[float] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Items one below the other; lengths at 100 %."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def holder(layout: QLayout, kind: str = "plain") -> QWidget:
    """A bare widget around a layout."""
    widget = QWidget()
    widget.setProperty("kind", kind)
    widget.setLayout(layout)
    return widget


class Card(QFrame):
    """A white card with a line and round corners; ``tone`` ``amber`` or ``navy`` for the two tinted kinds."""

    def __init__(self, *items: Item, gap: float = 8, margins: Sequence[float] = (14, 12, 14, 12), tone: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setProperty("tone", tone)
        self.setLayout(column(*items, gap=gap, margins=margins))

    @property
    def box(self) -> QVBoxLayout:
        """The card's own column."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout


class CardHead(QWidget):
    """The first line of a card: title, a secondary word beside it, actions at the right, a line below."""

    def __init__(self, title: str, aside: str = "", *actions: QWidget, kind: str = "card-title", lined: bool = True) -> None:
        super().__init__()
        self.title = Elided(title, kind)  # a long one ends in …, and shows itself in full on pointing
        self.aside = secondary(aside)
        head = row(self.title, self.aside, None, *actions, gap=8, margins=(14, 8, 12, 8))
        self.setLayout(column(head, *([line()] if lined else []), gap=0))
        self.setMinimumHeight(px(44))


def line(kind: str = "line") -> QFrame:
    """A line across: ``line``, or the lighter ``hairline``; ``upright`` stands between things side by side."""
    frame = QFrame()
    frame.setProperty("kind", kind)
    return frame


def label(text: str = "", kind: str = "", tone: str = "") -> QLabel:
    """Words in one of the kinds of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    if tone:
        made.setProperty("tone", tone)
    return made


def secondary(text: str = "", tone: str = "") -> QLabel:
    """Secondary words."""
    return label(text, "secondary", tone)


def hint(text: str = "") -> QLabel:
    """A hint or shortcut, on white only."""
    return label(text, "hint")


def wrapped(text: str = "", kind: str = "", tone: str = "") -> QLabel:
    """Words that break into several lines."""
    made = label(text, kind, tone)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def selectable(text: str) -> QLabel:
    """Words that can be marked and copied."""
    made = wrapped(text, "strong")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    return made


def chip(text: str, tone: str = "") -> QLabel:
    """A small state in a frame: ``soon`` amber, ``late`` red, ``navy``; grey without a tone."""
    made = label(text, "chip", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def restyle(widget: QWidget, **properties: str) -> None:
    """Set style properties on a widget that is already shown."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class Elided(QLabel):
    """A line of words that ends in … where room is short and shows itself in full on pointing.

    ``middle``: the … stands in the middle, where the end tells one thing from another (the last digits of an account).
    """

    def __init__(self, text: str = "", kind: str = "", tone: str = "", *, middle: bool = False) -> None:
        super().__init__()
        self.full, self.mode = "", Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        if kind:
            self.setProperty("kind", kind)
        if tone:
            self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        self.full = text
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self.fontMetrics().horizontalAdvance(self.full) + px(4), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(24), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.full, self.mode, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
        self.setToolTip("" if shown == self.full else self.full)


def icon_label(name: str, tone: str = "secondary", size: float = 14) -> QLabel:
    """An icon standing among words."""
    made = QLabel()
    made.setPixmap(current().pixmap(name, tone, size))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return made


class FactLines(QWidget):
    """Lines of 「name  value」 in two aligned columns."""

    def __init__(self, pairs: Sequence[tuple[str, str | QWidget]] = (), name_width: float = 84) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnMinimumWidth(0, px(name_width))
        self._grid.setColumnStretch(1, 1)
        self.fill(pairs)

    def fill(self, pairs: Sequence[tuple[str, str | QWidget]]) -> None:
        """Show other lines instead."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for number, (name, value) in enumerate(pairs):
            self._grid.addWidget(secondary(name), number, 0, top)
            self._grid.addWidget(wrapped(value) if isinstance(value, str) else value, number, 1)


class EmptyState(QWidget):
    """Says why a list is empty and what to do next: a sentence, a second one, and up to two buttons."""

    def __init__(self, text: str = "", more: str = "", actions: Sequence[QPushButton] = ()) -> None:
        super().__init__()
        self._text, self._more = label(text, "strong"), wrapped(more, "secondary")
        for part in (self._text, self._more):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = row(None, *actions, None, gap=6)
        self.setLayout(column(None, self._text, self._more, 4, self._buttons, None, None, gap=6, margins=(24, 24, 24, 24)))
        self.say(text, more)

    def say(self, text: str, more: str = "") -> None:
        """Change the words."""
        self._text.setText(text)
        self._more.setText(more)
        self._more.setVisible(bool(more))


def steady(area: QScrollArea) -> None:
    """Let the bar that comes and goes take its room from the margin beside, so that nothing in the area moves sideways."""
    inside, bar = area.widget(), area.verticalScrollBar()
    layout = inside.layout() if inside is not None else None
    assert layout is not None
    margins = layout.contentsMargins()

    def give(least: int, most: int) -> None:
        taken = bar.sizeHint().width() if most > least else 0
        layout.setContentsMargins(margins.left(), margins.top(), max(margins.right() - taken, 0), margins.bottom())

    bar.rangeChanged.connect(give)


def scrolled(widget: QWidget, stops: bool = True) -> QScrollArea:
    """The widget in a scroll area that grows with it; ``stops`` where the keyboard must be able to rest on it to read on."""
    area = QScrollArea()
    if not stops:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    widget.setProperty("kind", "plain")
    area.setWidget(widget)
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area
