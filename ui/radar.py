"""The line of ends: one mark a measure, shape by kind, colour by urgency, what has lapsed left of today.

Colour is never alone: what has lapsed stands before the line of today under its heading, what is near within the tinted
days, and every mark says in words what it is, on pointing and when chosen.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from execdesk.reads.measures import Expiry
from ui.radarpaint import AXIS, CENTER, MARK, RadarDrawing, mark_picture, words_of
from ui.radarplan import RadarMark, RadarPlan, Sizes, plan
from ui.theme import colour, current, px


def sizes() -> Sizes:
    return Sizes(names=px(142), lapsed=px(48), far=px(58), step=px(MARK + 2), lane=px(58), band=px(27), foot=px(18))


class Radar(QAbstractScrollArea):
    """The marks of all rows shown. ``chosen(row)`` when the mark moves, ``opened(row)`` on Enter or double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = Expiry((), 0, date.min)
        self.plan: RadarPlan = plan((), px(400), 0, sizes())
        self.mark: RadarMark | None = None
        self._pictures: dict[tuple[str, str], QPixmap] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("到期线")
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(px(30))

    # what is shown
    def show_expiry(self, shown: Expiry) -> None:
        """Show the measures as of a day; the chosen one stays chosen."""
        kept = self.mark.row.id if self.mark else ""
        self._shown = shown
        self.arrange()
        self.select(kept)

    def select(self, row_id: str) -> bool:
        """Choose the mark of a row without telling; ``False`` where it has none: beyond the span, or no end known."""
        self.mark = next((mark for mark in self.plan.marks if mark.row.id == row_id), None)
        if self.mark is not None:
            self.bring(self.mark)
        self._tell_name()
        self.viewport().update()
        return self.mark is not None

    def arrange(self) -> None:
        kept = self.mark.row.id if self.mark else ""
        room = self.viewport().height() - px(AXIS)
        self.plan = self._planned(room)
        self.mark = next((mark for mark in self.plan.marks if mark.row.id == kept), None)
        self.verticalScrollBar().setPageStep(max(room, 1))
        self.verticalScrollBar().setRange(0, max(self.plan.height - room, 0))
        self.viewport().update()

    def _planned(self, room: int) -> RadarPlan:
        """Whether there is a bar is decided by the width without one: a narrower plan may be lower, and were the width at hand to
        decide, bar and plan would call each other up and off without end."""
        width = self.maximumViewportSize().width()
        found = plan(self._shown.rows, width, room, sizes(), self._shown.groups)
        if found.height > room:
            found = plan(self._shown.rows, width - self.verticalScrollBar().sizeHint().width(), room, sizes(), self._shown.groups)
        return found

    def bring(self, mark: RadarMark) -> None:
        lane, bar, room = self.plan.lanes[mark.lane], self.verticalScrollBar(), self.viewport().height() - px(AXIS)
        top, low = min(mark.y - px(12), lane.top), max(mark.y + px(12), lane.top + lane.height)
        if bar.value() > top:
            bar.setValue(top)
        elif bar.value() + room < low:
            bar.setValue(min(low - room, mark.y - px(12)))

    def _tell_name(self) -> None:
        self.setAccessibleDescription("，".join(words_of(self.mark.row)) if self.mark else "没有选中")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.arrange()
        if self.mark is not None:
            self.bring(self.mark)

    # keyboard and mouse
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.mark is not None:
                self.opened.emit(self.mark.row)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(self._next(Qt.Key(key)))
        else:
            super().keyPressEvent(event)

    def _next(self, key: Qt.Key) -> RadarMark | None:
        marks, now = self.plan.marks, self.mark
        if not marks or now is None:
            return marks[0] if marks else None
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = 1 if key == Qt.Key.Key_Down else -1
            filled = sorted({mark.lane for mark in marks if (mark.lane - now.lane) * by > 0}, reverse=by < 0)
            lane = [mark for mark in marks if filled and mark.lane == filled[0]]
            return min(lane, key=lambda mark: (abs(mark.x - now.x), -mark.y), default=now)
        lane = [mark for mark in marks if mark.lane == now.lane]
        at = lane.index(now)
        return lane[{Qt.Key.Key_Left: max(at - 1, 0), Qt.Key.Key_Right: min(at + 1, len(lane) - 1), Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}[key]]

    def go(self, mark: RadarMark | None) -> None:
        if mark is not None and mark is not self.mark:
            self.mark = mark
            self.bring(mark)
            self._tell_name()
            self.viewport().update()
            self.chosen.emit(mark.row)

    def mark_at(self, point: QPoint) -> RadarMark | None:
        """The mark nearest to a point of the viewport, within reach."""
        if point.y() < px(AXIS):
            return None
        x, y, reach = point.x(), point.y() - px(AXIS) + self.verticalScrollBar().value(), px(MARK)
        near = [mark for mark in self.plan.marks if abs(mark.x - x) <= reach and abs(mark.y - y) <= reach]
        return min(near, key=lambda mark: (mark.x - x) ** 2 + (mark.y - y) ** 2, default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.go(self.mark_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if (mark := self.mark_at(event.position().toPoint())) is not None:
            self.go(mark)
            self.opened.emit(mark.row)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos())
            QToolTip.showText(event.globalPos(), "\n".join(words_of(mark.row)) if mark else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        ground = self.viewport().rect()
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawing = RadarDrawing(painter, self.plan, self._shown, ground.size(), self.verticalScrollBar().value(), self._picture)
            drawing.marks()
            drawing.axis()
            if not self.plan.marks:
                drawing.text(ground, "没有末日可知的在控措施。" if self._shown.rows else "没有在控的措施。", ink="secondary", align=CENTER)
            if self.mark is not None:
                drawing.callout(self.mark)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("navy"), 1.5 * current().scale))
                painter.drawRect(QRectF(ground).adjusted(1, 1, -1, -1))

    def _picture(self, action: str, tone: str) -> QPixmap:
        if (action, tone) not in self._pictures:
            self._pictures[action, tone] = mark_picture(action, tone, self.devicePixelRatioF())
        return self._pictures[action, tone]
