"""A line of widgets that goes on in a next line where there is no more room: formulae, chips, counts in large type."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import px


class Flow(QLayout):
    """Widgets one after another, each at its own size, in as many lines as the width needs."""

    def __init__(self, *widgets: QWidget, gap: float = 8, margins: tuple[float, float, float, float] = (0, 0, 0, 0)) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(px(gap))
        self.setContentsMargins(*(px(side) for side in margins))
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, number: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802
        return self._items[number] if 0 <= number < len(self._items) else None

    def takeAt(self, number: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802
        return self._items.pop(number) if 0 <= number < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        edge = self.contentsMargins()
        sizes = [item.minimumSize() for item in self._items]
        widest, tallest = max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0)
        return QSize(widest + edge.left() + edge.right(), tallest + edge.top() + edge.bottom())

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        edge, gap = self.contentsMargins(), self.spacing()
        inner = rect.adjusted(edge.left(), edge.top(), -edge.right(), -edge.bottom())
        x, y = inner.left(), inner.top()
        line: list[tuple[QLayoutItem, int, QSize]] = []
        height = 0

        def settle() -> None:
            for item, left, size in line if move else ():
                item.setGeometry(QRect(QPoint(left, y + (height - size.height()) // 2), size))

        for item in self._items:
            size = item.sizeHint()
            if line and x + size.width() > inner.right() + 1:
                settle()
                y, x, line, height = y + height + gap // 2, inner.left(), [], 0
            size = QSize(min(size.width(), max(inner.width(), 1)), size.height())
            line.append((item, x, size))
            x += size.width() + gap
            height = max(height, size.height())
        settle()
        return y + height - rect.top() + edge.bottom()
