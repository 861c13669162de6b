"""The line of ends: one mark a measure, shape by kind, colour by urgency, what has lapsed left of today.

Colour is never alone: what has lapsed stands before the line of today under its heading, what is near within the tinted
days, and every mark says in words what it is, on pointing and when chosen.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from execdesk.reads.measures import Expiry, ExpiryRow
from ui.case.words import narrow
from ui.radarplan import SPAN, Mark, Plan, Sizes, left_words, months, plan, tone_of
from ui.theme import BODY, SECONDARY, colour, current, px

SHAPES = (("freeze", "冻结"), ("impound", "扣押"), ("seize", "查封"))
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
CENTER = int(Qt.AlignmentFlag.AlignCenter)
AXIS, MARK = 34, 9


def _sizes() -> Sizes:
    return Sizes(names=px(142), lapsed=px(48), far=px(58), step=px(MARK + 2), lane=px(58), band=px(27), foot=px(18))


class Radar(QAbstractScrollArea):
    """The marks of all rows shown. ``chosen(row)`` when the mark moves, ``opened(row)`` on Enter or double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown = Expiry((), 0, date.min)
        self.plan: Plan = plan((), px(400), 0, _sizes())
        self.mark: Mark | None = None
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
        self._arrange()
        self.select(kept)

    def select(self, row_id: str) -> bool:
        """Choose the mark of a row without telling; ``False`` where it has none: beyond the span, or no end known."""
        self.mark = next((mark for mark in self.plan.marks if mark.row.id == row_id), None)
        if self.mark is not None:
            self._bring(self.mark)
        self._tell_name()
        self.viewport().update()
        return self.mark is not None

    def _arrange(self) -> None:
        kept = self.mark.row.id if self.mark else ""
        room = self.viewport().height() - px(AXIS)
        self.plan = plan(self._shown.rows, self.viewport().width(), room, _sizes(), self._shown.groups)
        self.mark = next((mark for mark in self.plan.marks if mark.row.id == kept), None)
        self.verticalScrollBar().setPageStep(max(room, 1))
        self.verticalScrollBar().setRange(0, max(self.plan.height - room, 0))
        self.viewport().update()

    def _bring(self, mark: Mark) -> None:
        lane, bar, room = self.plan.lanes[mark.lane], self.verticalScrollBar(), self.viewport().height() - px(AXIS)
        top, low = min(mark.y - px(12), lane.top), max(mark.y + px(12), lane.top + lane.height)
        if bar.value() > top:
            bar.setValue(top)
        elif bar.value() + room < low:
            bar.setValue(min(low - room, mark.y - px(12)))

    def _tell_name(self) -> None:
        self.setAccessibleDescription("，".join(_words(self.mark.row)) if self.mark else "没有选中")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._arrange()
        if self.mark is not None:
            self._bring(self.mark)

    # keyboard and mouse
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.mark is not None:
                self.opened.emit(self.mark.row)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._next(Qt.Key(key)))
        else:
            super().keyPressEvent(event)

    def _next(self, key: Qt.Key) -> Mark | None:
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

    def _go(self, mark: Mark | None) -> None:
        if mark is not None and mark is not self.mark:
            self.mark = mark
            self._bring(mark)
            self._tell_name()
            self.viewport().update()
            self.chosen.emit(mark.row)

    def mark_at(self, point: QPoint) -> Mark | None:
        """The mark nearest to a point of the viewport, within reach."""
        if point.y() < px(AXIS):
            return None
        x, y, reach = point.x(), point.y() - px(AXIS) + self.verticalScrollBar().value(), px(MARK)
        near = [mark for mark in self.plan.marks if abs(mark.x - x) <= reach and abs(mark.y - y) <= reach]
        return min(near, key=lambda mark: (mark.x - x) ** 2 + (mark.y - y) ** 2, default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self.mark_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if (mark := self.mark_at(event.position().toPoint())) is not None:
            self._go(mark)
            self.opened.emit(mark.row)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos())
            QToolTip.showText(event.globalPos(), "\n".join(_words(mark.row)) if mark else "", self.viewport())
            return True
        return super().viewportEvent(event)

    # painting
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._marks(painter)
            self._axis(painter)
            if not self.plan.marks:
                words = "没有末日可知的在控措施。" if self._shown.rows else "没有在控的措施。"
                self._text(painter, self.viewport().rect(), words, ink="secondary", align=CENTER)
            if self.mark is not None:
                self._callout(painter, self.mark)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour("navy"), 1.5 * current().scale))
                painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def _marks(self, painter: QPainter) -> None:
        """The ground with the marks in sight on it, as far as it is scrolled."""
        painter.save()
        painter.setClipRect(QRect(0, px(AXIS), self.viewport().width(), self.viewport().height()))
        painter.translate(0, px(AXIS) - self.verticalScrollBar().value())
        self._ground(painter)
        half, first = px(MARK) // 2, self.verticalScrollBar().value() - px(MARK)
        last = first + self.viewport().height() + px(MARK)
        for mark in self.plan.marks:
            if first <= mark.y <= last:
                painter.drawPixmap(mark.x - half, mark.y - half, self._picture(mark.row.action, tone_of(mark.row)))
        painter.restore()

    def _ground(self, painter: QPainter) -> None:
        plan_, width = self.plan, self.viewport().width()
        height = plan_.height
        painter.fillRect(plan_.left, 0, plan_.today - plan_.left, height, colour("red_ground"))
        painter.fillRect(plan_.today, 0, plan_.x_of(self._shown.soon_days) - plan_.today, height, colour("amber_ground"))
        painter.setPen(colour("line"))
        for days, _text, _year in months(self._shown.day) if self._shown.rows else ():
            painter.drawLine(plan_.x_of(days), 0, plan_.x_of(days), height)
        painter.fillRect(plan_.today - px(1), 0, px(2), height, colour("navy"))
        for top, name, count in plan_.bands:
            box = QRect(0, top, width, px(27))
            painter.fillRect(box, colour("head"))
            self._text(painter, box.adjusted(px(14), 0, 0, 0), name, bold=True)
            aside = px(14) + int(current().metrics(BODY, True).horizontalAdvance(name)) + px(8)
            self._text(painter, box.adjusted(aside, 0, 0, 0), f"{SPAN} 日内 {count:,} 项", ink="secondary", size=SECONDARY)
        for lane in plan_.lanes:
            self._lane(painter, lane.judge, lane.top, lane.height, len(lane.rows), lane.soon, lane.lapsed, lane.far)

    def _lane(self, painter: QPainter, judge: str, top: int, height: int, total: int, soon: int, lapsed: int, far: int) -> None:
        width, base = self.viewport().width(), top + height - px(10)
        painter.setPen(colour("hairline"))
        painter.drawLine(0, top + height, width, top + height)
        painter.setPen(colour("line"))
        painter.drawLine(self.plan.left, base, self.plan.right, base)
        middle = top + height // 2
        self._text(painter, QRect(px(14), middle - px(22), self.plan.left - px(18), px(20)), judge, bold=True, elide=True)
        words, small = f"{total:,} 项", current().metrics(SECONDARY)
        below = QRect(px(14), middle, self.plan.left - px(16), px(20))
        self._text(painter, below, words, ink="secondary", size=SECONDARY)
        if soon:
            below.setLeft(below.left() + int(small.horizontalAdvance(words)) + px(8))
            self._text(painter, below, f"{self._shown.soon_days} 日内 {soon:,}", ink="amber", size=SECONDARY, bold=True, elide=True)
        if lapsed:
            tallest = -(-lapsed // 3)
            box = QRect(self.plan.left, base - px(8) - tallest * px(MARK + 2) - px(14), self.plan.today - self.plan.left, px(16))
            self._text(painter, box, f"{lapsed:,}", ink="red", size=SECONDARY, bold=True, align=CENTER)
        if far:
            box = QRect(self.plan.right, base - px(18), width - self.plan.right, px(20))
            self._text(painter, box, f"{far:,}", ink="secondary", align=CENTER)

    def _axis(self, painter: QPainter) -> None:
        plan_, width, height = self.plan, self.viewport().width(), px(AXIS)
        painter.fillRect(0, 0, width, height, colour("card"))
        x = px(14)
        for action, words in SHAPES:
            painter.drawPixmap(x, (height - px(MARK)) // 2, self._picture(action, "navy"))
            self._text(painter, QRect(x + px(12), 0, px(40), height), words, ink="secondary", size=SECONDARY)
            x += px(42)
        self._text(painter, QRect(plan_.left, 0, plan_.today - plan_.left, height), "已失效", ink="red", size=SECONDARY, align=CENTER)
        last = plan_.today
        for days, text, year in months(self._shown.day) if self._shown.rows else ():
            room = current().metrics(SECONDARY, year).horizontalAdvance(text) / 2
            middle = plan_.x_of(days)
            if middle - room > last + px(6) and middle + room < plan_.right:
                box = QRect(middle - px(30), 0, px(60), height)
                self._text(painter, box, text, ink="ink" if year else "secondary", size=SECONDARY, bold=year, align=CENTER)
                last = middle + round(room)
        self._text(painter, QRect(plan_.right, 0, width - plan_.right, height), f"{SPAN} 日外", ink="secondary", size=SECONDARY, align=CENTER)

    def _callout(self, painter: QPainter, mark: Mark) -> None:
        x, y = mark.x, mark.y + px(AXIS) - self.verticalScrollBar().value()
        if y < px(AXIS):
            return
        title, below = _words(mark.row)
        wide = max(current().metrics(SECONDARY, True).horizontalAdvance(title), current().metrics(SECONDARY).horizontalAdvance(below))
        box = QRect(0, 0, min(round(wide) + px(22), self.viewport().width() - px(8)), px(44))
        box.moveTo(min(x + px(22), self.viewport().width() - box.width() - px(4)), y - px(20) - box.height())
        if box.top() < px(AXIS):
            box.moveTop(y + px(20))
        painter.setPen(QPen(colour("field_line"), 1))
        painter.drawLine(QPointF(x, y), QPointF(box.left() + px(10), box.bottom() if box.top() < y else box.top()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("navy"), 1.5 * current().scale))
        painter.drawEllipse(QPoint(x, y), px(9), px(9))
        painter.setBrush(colour("card"))
        painter.setPen(QPen(colour("field_line"), 1))
        painter.drawRoundedRect(QRectF(box), px(5), px(5))
        inner = box.adjusted(px(10), px(4), -px(8), -px(4))
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        self._text(painter, upper, title, size=SECONDARY, bold=True, elide=True)
        ink = {"lapsed": "red", "soon": "amber"}.get(mark.row.urgency, "secondary")
        self._text(painter, upper.translated(0, inner.height() // 2), below, ink=ink, size=SECONDARY, elide=True)

    @staticmethod
    def _text(
        painter: QPainter, box: QRect, text: str, *, ink: str = "ink", size: float = BODY, bold: bool = False, align: int = MIDDLE, elide: bool = False,
    ) -> None:
        painter.setFont(current().font(size, bold))
        painter.setPen(colour(ink))
        words = current().metrics(size, bold).elidedText(text, Qt.TextElideMode.ElideRight, box.width()) if elide else text
        painter.drawText(box, align, words)

    def _picture(self, action: str, tone: str) -> QPixmap:
        if (action, tone) not in self._pictures:
            self._pictures[action, tone] = _draw(action, tone, self.devicePixelRatioF())
        return self._pictures[action, tone]


def _words(row: ExpiryRow) -> tuple[str, str]:
    return row.title, f"{row.ends_on}，{left_words(row)} · {narrow(row.number)}"


def _draw(action: str, tone: str, ratio: float) -> QPixmap:
    side = px(MARK)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tone))
    half = side / 2
    if action == "impound":
        painter.drawRect(QRectF(0.5, 0.5, side - 1, side - 1))
    elif action == "seize":
        painter.drawPolygon(QPolygonF([QPointF(half, 0), QPointF(side, half), QPointF(half, side), QPointF(0, half)]))
    else:
        painter.drawEllipse(QRectF(0, 0, side, side))
    painter.end()
    return picture
