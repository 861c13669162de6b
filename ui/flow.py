"""A line of widgets that goes on in a next line where there is no more room: formulae, chips, counts in large type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px


class Flow(QWidget):
    """Widgets one after another, each at its own size, in as many lines as the width needs.

    ``last`` stand together at the right end of the last line where they fit there, else on lines of their own.
    """

    def __init__(self, *widgets: QWidget, gap: float = 8, last: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._last = tuple(last)
        self.widgets: list[QWidget] = []
        self._gap = px(gap)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.fill(*widgets)

    def fill(self, *widgets: QWidget) -> None:
        """Show these widgets instead of those before."""
        for old in self.widgets:
            old.hide()
            old.deleteLater()
        self.widgets = list(widgets)
        for widget in (*widgets, *self._last):
            if widget.parentWidget() is not self:
                hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
                widget.setParent(self)
                widget.setVisible(not hidden)
        self._rearrange()

    def sizeHint(self) -> QSize:  # noqa: N802
        return self._place(max(self.width(), self.minimumSizeHint().width()), move=False)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        sizes = [widget.sizeHint() for widget in (*self.widgets, *self._last) if not widget.isHidden()]
        return QSize(max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._place(width, move=False).height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._rearrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # words or looks of a widget changed
            self._rearrange()
        return super().event(event)

    def _rearrange(self) -> None:
        self._place(self.width(), move=True)
        self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> QSize:
        lines: list[list[tuple[QWidget, int, QSize]]] = [[]]
        x = 0
        last = [widget for widget in self._last if not widget.isHidden()]
        together = sum(widget.sizeHint().width() for widget in last) + self._gap * (len(last) - 1)
        for widget in (*(one for one in self.widgets if not one.isHidden()), *last):
            size = widget.sizeHint()
            if last and widget is last[0]:
                if x + together <= width:
                    x = width - together
                elif lines[-1]:
                    lines.append([])
                    x = 0
            if lines[-1] and x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((widget, x, QSize(min(size.width(), max(width, 1)), size.height())))
            x += size.width() + self._gap
        y = 0
        for number, line in enumerate(lines):
            height = max((size.height() for _widget, _x, size in line), default=0)
            y += self._gap // 2 if number else 0
            for widget, left, size in line if move else ():
                widget.setGeometry(QRect(QPoint(left, y + (height - size.height()) // 2), size))
            y += height
        return QSize(width, y)
