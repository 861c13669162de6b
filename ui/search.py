"""The search field of the top bar: Ctrl+K from anywhere, hits in a list below it, Enter opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from ui.theme import BODY, SECONDARY, colour, current, px
from ui.widgets import label

ROWS_SHOWN = 10
WAIT_MS = 60


@dataclass(frozen=True)
class HitShown:
    """One thing found: its kind (案件, 当事人, 财产, 文书…), words, words beside, and what to open."""

    kind: str
    title: str
    detail: str
    target: str


Search = Callable[[str, Callable[[Sequence[HitShown]], None]], None]
"""Looks for a text and hands the hits back in the window's thread, at once or later."""


class HitList(QFrame):
    """The hits under the field. The keyboard stays in the field, which moves the mark here."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.hits: list[HitShown] = []
        self.marked = 0
        self.setMouseTracking(True)
        self.words = label("", "secondary")
        self.words.setWordWrap(True)
        self.words.setParent(self)
        self.hide()

    def show_hits(self, hits: Sequence[HitShown], needle: str, note: str = "") -> None:
        """Show what was found for ``needle``, or that nothing was; ``note`` below, where not everything could be looked for."""
        self.hits = list(hits)[:ROWS_SHOWN]
        self.marked = 0
        nothing = f"没有找到「{needle}」。" + ("" if note else "可按案号、姓名、拼音首字母、车牌、账号尾号查找。")
        self.words.setText("\n".join(part for part in ("" if self.hits else nothing, note) if part))
        self.words.setVisible(bool(self.words.text()))
        self.words.setFixedWidth(self.width() - px(24))
        self.words.adjustSize()
        above = len(self.hits) * current().row_height
        self.words.move(px(12), px(6) + above)
        below = max(self.words.height() + px(4), current().row_height) if self.words.text() else 0
        self.setFixedHeight(above + below + px(8))
        self.setAccessibleName("；".join([*(hit.title for hit in self.hits), *([note] if note else [])]))
        self.show()
        self.raise_()
        self.update()

    def step(self, by: int) -> None:
        """Move the mark."""
        if self.hits:
            self.marked = (self.marked + by) % len(self.hits)
            self.update()

    def choose(self) -> None:
        """Open the marked hit."""
        if self.hits:
            self.opened.emit(self.hits[self.marked])

    def _at(self, point: QPoint) -> int:
        number = (point.y() - px(4)) // current().row_height
        return number if 0 <= number < len(self.hits) else -1

    def mouseMoveEvent(self, event: object) -> None:  # noqa: N802
        if (number := self._at(event.position().toPoint())) >= 0:  # type: ignore[attr-defined]
            self.marked = number
            self.update()

    def mousePressEvent(self, event: object) -> None:  # noqa: N802
        if (number := self._at(event.position().toPoint())) >= 0:  # type: ignore[attr-defined]
            self.marked = number
            self.choose()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        for number, hit in enumerate(self.hits):
            box = QRect(px(4), px(4) + number * theme.row_height, self.width() - px(8), theme.row_height)
            if number == self.marked:
                painter.fillRect(box, colour("selection"))
                painter.fillRect(box.left(), box.top(), px(3), box.height(), colour("navy"))
            box.adjust(px(10), 0, -px(8), 0)
            painter.setFont(theme.font(SECONDARY))
            painter.setPen(colour("ink" if number == self.marked else "secondary"))
            painter.drawText(box, middle, hit.kind)
            box.setLeft(box.left() + px(52))
            bold, small = theme.metrics(BODY, True), theme.metrics(SECONDARY)
            painter.setFont(theme.font(BODY, True))
            painter.setPen(colour("ink"))
            painter.drawText(box, middle, bold.elidedText(hit.title, Qt.TextElideMode.ElideRight, box.width()))
            box.setLeft(box.left() + int(bold.horizontalAdvance(hit.title)) + px(10))
            painter.setFont(theme.font(SECONDARY))
            painter.setPen(colour("ink" if number == self.marked else "secondary"))
            if box.width() > px(20):
                painter.drawText(box, middle, small.elidedText(hit.detail, Qt.TextElideMode.ElideRight, box.width()))
        painter.end()


class SearchField(QLineEdit):
    """The field itself. ``chosen(Hit)`` when one is opened; Esc empties it and gives the focus back."""

    chosen = Signal(object)

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        self.note: Callable[[], str] = str  # what to say below the hits last handed over
        self._asked = 0
        self._back: QWidget | None = None
        self._list: HitList | None = None
        self.setProperty("kind", "search")
        self.setPlaceholderText("案号、姓名、拼音首字母、车牌、账号尾号")
        self.setAccessibleName("查找")
        self.setMinimumWidth(px(110))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.key_cap = label("Ctrl+K", "keycap")
        self.key_cap.setParent(self)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.look)
        self.textEdited.connect(lambda _text: self._timer.start())

    @property
    def hits(self) -> HitList:
        """The list, a child of the window so that nothing cuts it off."""
        if self._list is None:
            self._list = HitList(self.window())
            self._list.opened.connect(self._open)
        return self._list

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(318), super().sizeHint().height())

    def begin(self) -> None:
        """Take the focus from anywhere, remembering where it was."""
        focus = self.window().focusWidget()
        self._back = focus if focus is not self else self._back
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def look(self) -> None:
        needle = self.text().strip()
        if not needle:
            self.hits.hide()
            return
        self._asked += 1
        number = self._asked
        self._search(needle, lambda found: self._found(number, needle, found))

    def _found(self, number: int, needle: str, found: Sequence[HitShown]) -> None:
        if number != self._asked or not self.hasFocus():
            return
        corner = self.mapTo(self.window(), QPoint(0, self.height() + px(4)))
        self.hits.setFixedWidth(max(self.width(), px(460)))
        self.hits.move(min(corner.x(), self.window().width() - self.hits.width() - px(12)), corner.y())
        self.hits.show_hits(found, needle, self.note())

    def _open(self, hit: HitShown) -> None:
        self.clear()
        self.hits.hide()
        self.chosen.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        steps: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps and self.hits.isVisible():
            self.hits.step(steps[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.hits.isVisible():
                self.hits.choose()
            else:
                self.look()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        self.clear()
        self.hits.hide()
        if self._back is not None and shiboken6.isValid(self._back) and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if self._list is not None:
            self._list.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.key_cap.adjustSize()
        self.key_cap.move(self.width() - self.key_cap.width() - px(6), (self.height() - self.key_cap.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        picture = current().pixmap("search")
        painter.drawPixmap(px(9), (self.height() - picture.height()) // 2, picture)
        painter.end()


class FilterField(QLineEdit):
    """A small field that filters one list; ``asked(text)`` after a short rest. Esc empties it, Enter and ↓ go on to the list (``left``)."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, words: str = "筛选") -> None:
        super().__init__()
        self.setProperty("kind", "filter")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(lambda: self.asked.emit(self.text()))
        self.textChanged.connect(lambda _text: self._timer.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._timer.stop()
            self.asked.emit(self.text())
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        painter = QPainter(self)
        picture = current().pixmap("search", size=12)
        painter.drawPixmap(px(8), (self.height() - picture.height()) // 2, picture)
        painter.end()
