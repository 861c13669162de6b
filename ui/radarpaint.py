"""How the line of ends is painted: ground with bands and lanes, marks, months on top, words of the chosen mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from execdesk.reads.casewords import narrow
from execdesk.reads.lists.measures import SPAN, ExpiryRow, left_words
from execdesk.reads.measures import Expiry
from ui.radarplan import LAPSED_ACROSS, RadarMark, RadarPlan, months, tone_of
from ui.theme import BODY, SECONDARY, colour, current, px

SHAPES = (("freeze", "冻结"), ("impound", "扣押"), ("seize", "查封"))
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
CENTER = int(Qt.AlignmentFlag.AlignCenter)
AXIS, MARK = 34, 9


@dataclass(frozen=True)
class RadarDrawing:
    """One painting of a plan on ground of a size, scrolled down so far; ``picture`` hands over the mark of an action in a tone."""

    painter: QPainter
    plan: RadarPlan
    shown: Expiry
    size: QSize
    scrolled: int
    picture: Callable[[str, str], QPixmap]

    def marks(self) -> None:
        """The ground with the marks in sight on it."""
        self.painter.save()
        self.painter.setClipRect(QRect(0, px(AXIS), self.size.width(), self.size.height()))
        self.painter.translate(0, px(AXIS) - self.scrolled)
        self._ground()
        half, first = px(MARK) // 2, self.scrolled - px(MARK)
        last = first + self.size.height() + px(MARK)
        for mark in self.plan.marks:
            if first <= mark.y <= last:
                self.painter.drawPixmap(mark.x - half, mark.y - half, self.picture(mark.row.control, tone_of(mark.row)))
        self.painter.restore()

    def _ground(self) -> None:
        plan_, width = self.plan, self.size.width()
        height = plan_.height
        self.painter.fillRect(plan_.left, 0, plan_.today - plan_.left, height, colour("red_ground"))
        self.painter.fillRect(plan_.today, 0, plan_.x_of(self.shown.soon_days) - plan_.today, height, colour("amber_ground"))
        self.painter.setPen(colour("line"))
        for days, _text, _year in months(self.shown.day) if self.shown.rows else ():
            self.painter.drawLine(plan_.x_of(days), 0, plan_.x_of(days), height)
        self.painter.fillRect(plan_.today - px(1), 0, px(2), height, colour("navy"))
        for top, name, count in plan_.bands:
            box = QRect(0, top, width, px(27))
            self.painter.fillRect(box, colour("head"))
            self.text(box.adjusted(px(14), 0, 0, 0), name, bold=True)
            aside = px(14) + int(current().metrics(BODY, True).horizontalAdvance(name)) + px(8)
            self.text(box.adjusted(aside, 0, 0, 0), f"{SPAN} 日内 {count:,} 项", ink="secondary", size=SECONDARY)
        for lane in plan_.lanes:
            self._lane(lane.judge, lane.top, lane.height, len(lane.rows), lane.soon, lane.lapsed, lane.far)

    def _lane(self, judge: str, top: int, height: int, total: int, soon: int, lapsed: int, far: int) -> None:
        width, base = self.size.width(), top + height - px(10)
        self.painter.setPen(colour("hairline"))
        self.painter.drawLine(0, top + height, width, top + height)
        self.painter.setPen(colour("line"))
        self.painter.drawLine(self.plan.left, base, self.plan.right, base)
        middle = top + height // 2
        self.text(QRect(px(14), middle - px(22), self.plan.left - px(18), px(20)), judge, bold=True, elide=True)
        words, small = f"{total:,} 项", current().metrics(SECONDARY)
        below = QRect(px(14), middle, self.plan.left - px(16), px(20))
        self.text(below, words, ink="secondary", size=SECONDARY)
        if soon:
            below.setLeft(below.left() + int(small.horizontalAdvance(words)) + px(8))
            self.text(below, f"{self.shown.soon_days} 日内 {soon:,}", ink="amber", size=SECONDARY, bold=True, elide=True)
        if lapsed:
            tallest = -(-lapsed // LAPSED_ACROSS)
            box = QRect(self.plan.left, base - px(8) - tallest * px(MARK + 2) - px(14), self.plan.today - self.plan.left, px(16))
            self.text(box, f"{lapsed:,}", ink="red", size=SECONDARY, bold=True, align=CENTER)
        if far:
            box = QRect(self.plan.right, base - px(18), width - self.plan.right, px(20))
            self.text(box, f"{far:,}", ink="secondary", align=CENTER)

    def axis(self) -> None:
        """The strip on top: shapes with their names, months."""
        plan_, width, height = self.plan, self.size.width(), px(AXIS)
        self.painter.fillRect(0, 0, width, height, colour("card"))
        x = px(14)
        for action, words in SHAPES:
            self.painter.drawPixmap(x, (height - px(MARK)) // 2, self.picture(action, "navy"))
            self.text(QRect(x + px(12), 0, px(40), height), words, ink="secondary", size=SECONDARY)
            x += px(42)
        self.text(QRect(plan_.left, 0, plan_.today - plan_.left, height), "已失效", ink="red", size=SECONDARY, align=CENTER)
        last = plan_.today
        for days, text, year in months(self.shown.day) if self.shown.rows else ():
            room = current().metrics(SECONDARY, year).horizontalAdvance(text) / 2
            middle = plan_.x_of(days)
            if middle - room > last + px(6) and middle + room < plan_.right:
                box = QRect(middle - px(30), 0, px(60), height)
                self.text(box, text, ink="ink" if year else "secondary", size=SECONDARY, bold=year, align=CENTER)
                last = middle + round(room)
        self.text(QRect(plan_.right, 0, width - plan_.right, height), f"{SPAN} 日外", ink="secondary", size=SECONDARY, align=CENTER)

    def callout(self, mark: RadarMark) -> None:
        """What the chosen mark is, beside it."""
        x, y = mark.x, mark.y + px(AXIS) - self.scrolled
        if y < px(AXIS):
            return
        title, below = words_of(mark.row)
        wide = max(current().metrics(SECONDARY, True).horizontalAdvance(title), current().metrics(SECONDARY).horizontalAdvance(below))
        box = QRect(0, 0, min(round(wide) + px(22), self.size.width() - px(8)), px(44))
        box.moveTo(min(x + px(22), self.size.width() - box.width() - px(4)), y - px(20) - box.height())
        if box.top() < px(AXIS):
            box.moveTop(y + px(20))
        self.painter.setPen(QPen(colour("field_line"), 1))
        self.painter.drawLine(QPointF(x, y), QPointF(box.left() + px(10), box.bottom() if box.top() < y else box.top()))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(colour("navy"), 1.5 * current().scale))
        self.painter.drawEllipse(QPoint(x, y), px(9), px(9))
        self.painter.setBrush(colour("card"))
        self.painter.setPen(QPen(colour("field_line"), 1))
        self.painter.drawRoundedRect(QRectF(box), px(5), px(5))
        inner = box.adjusted(px(10), px(4), -px(8), -px(4))
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        self.text(upper, title, size=SECONDARY, bold=True, elide=True)
        ink = {"lapsed": "red", "soon": "amber"}.get(mark.row.urgency, "secondary")
        self.text(upper.translated(0, inner.height() // 2), below, ink=ink, size=SECONDARY, elide=True)

    def text(
        self, box: QRect, text: str, *, ink: str = "ink", size: float = BODY, bold: bool = False, align: int = MIDDLE, elide: bool = False,
    ) -> None:
        """Words in a box."""
        self.painter.setFont(current().font(size, bold))
        self.painter.setPen(colour(ink))
        words = current().metrics(size, bold).elidedText(text, Qt.TextElideMode.ElideRight, box.width()) if elide else text
        self.painter.drawText(box, align, words)


def words_of(row: ExpiryRow) -> tuple[str, str]:
    """A measure in a line and one below."""
    return row.title, f"{row.ends_on}，{left_words(row)} · {narrow(row.number)}"


def mark_picture(action: str, tone: str, ratio: float) -> QPixmap:
    """The mark of an action in a tone."""
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
