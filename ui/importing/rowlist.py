"""The four lists of a check in one: heads that open and close, kinds of questions, the rows below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from ui.lists import PaintedList
from ui.table import Index
from ui.theme import SECONDARY, TONES, colour, current, px

MIDDLE = Qt.AlignmentFlag.AlignVCenter
LINE = int(MIDDLE | Qt.TextFlag.TextSingleLine)
RIGHT = int(MIDDLE | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)
HEADS = ("行", "案号", "列", "原值", "问题")
LONGEST = "(2017)琼9027执恢999号"


@dataclass(frozen=True)
class ListHead:
    """The head of one list: title, count, words at the right; ``shut`` where its rows are folded away."""

    key: str
    text: str
    count: str
    aside: str = ""
    tone: str = ""
    shut: bool = False


@dataclass(frozen=True)
class KindHead:
    """A kind of question with its number of rows; with ``columns`` it is the line of column heads."""

    text: str
    count: str = ""
    columns: bool = False
    key: str = ""


@dataclass(frozen=True)
class RowLine:
    """One row of the ledger. ``wide`` words take the room of column and value as well; ``done`` marks it decided."""

    key: str
    number: str
    case_no: str
    heading: str = ""
    value: str = ""
    text: str = ""
    tone: str = ""
    done: bool = False
    wide: bool = False


class _RowPainter(QStyledItemDelegate):
    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self._plain, self._bold, self._small = theme.font(), theme.font(bold=True), theme.font(SECONDARY)
        self._title = theme.font(bold=True)
        self._number = QFontMetrics(self._bold).horizontalAdvance(LONGEST)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        item = index.model().items[index.row()]  # type: ignore[attr-defined]
        return QSize(px(120), px(32 if isinstance(item, ListHead) else 26 if isinstance(item, RowLine) or item.columns else 27))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.model().items[index.row()]  # type: ignore[attr-defined]
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if isinstance(item, ListHead):
            self._paint_list(painter, box, item, chosen and option.widget is not None and option.widget.hasFocus())
        elif isinstance(item, KindHead):
            self._paint_kind(painter, box, item)
        else:
            self._paint_row(painter, box, item, chosen)
        painter.restore()

    def _paint_list(self, painter: QPainter, box: QRect, item: ListHead, focused: bool) -> None:
        painter.fillRect(box, colour("head"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, colour("line"))
        mark = current().pixmap("chevron-right" if item.shut else "chevron-down", "secondary", 12)
        painter.drawPixmap(box.left() + px(12), box.center().y() - mark.height() // 2 + 1, mark)
        inner = box.adjusted(px(31), 0, -px(14), 0)
        ink = TONES[item.tone]
        used = _write(painter, inner, item.text, self._title, "ink" if ink == "navy" else ink)
        used += _write(painter, inner.adjusted(used + px(8), 0, 0, 0), item.count, self._title, ink) + px(20)
        _write(painter, inner.adjusted(used, 0, 0, 0), item.aside, self._small, "secondary", RIGHT)
        if focused:
            painter.setPen(QPen(colour("navy"), 1.5 * current().scale))
            painter.drawRect(box.adjusted(px(2), px(2), -px(3), -px(3)))

    def _paint_kind(self, painter: QPainter, box: QRect, item: KindHead) -> None:
        if item.columns:
            for words, span in zip(HEADS, self.spans(box), strict=True):
                _write(painter, span, words if span.width() > 0 else "", self._small, "secondary", RIGHT if words == "行" else LINE)
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, colour("line"))
            return
        inner = box.adjusted(px(14), px(2), -px(14), 0)
        used = _write(painter, inner, item.text, self._bold, "ink")
        _write(painter, inner.adjusted(used + px(7), 0, 0, 0), item.count, self._plain, "secondary")
        painter.fillRect(inner.left(), box.bottom(), inner.width(), 1, colour("hairline"))

    def _paint_row(self, painter: QPainter, box: QRect, item: RowLine, chosen: bool) -> None:
        if chosen:
            painter.fillRect(box, colour("selection"))
            painter.fillRect(box.left(), box.top(), px(3), box.height(), colour("navy"))
        quiet = "ink" if chosen else "secondary"
        ink = "ink" if chosen or not item.done else "secondary"
        number, case_no, heading, value, words = self.spans(box)
        _write(painter, number, item.number, self._plain, quiet, RIGHT)
        _write(painter, case_no, item.case_no, self._bold if chosen else self._plain, ink)
        tone = "ink" if chosen and item.tone in ("muted", "") else "secondary" if item.done else TONES[item.tone]
        if item.wide:
            _write(painter, words.united(heading) if heading.width() > 0 else words, item.text, self._plain, tone)
        else:
            _write(painter, heading, item.heading, self._plain, ink)
            _write(painter, value, item.value, self._plain, ink)
            _write(painter, words, item.text, self._plain, tone)
        if item.done:
            mark = current().pixmap("check", "navy", 13)
            painter.drawPixmap(box.right() - px(14) - mark.width(), box.center().y() - mark.height() // 2 + 1, mark)

    def spans(self, box: QRect) -> tuple[QRect, QRect, QRect, QRect, QRect]:
        """Where the five parts of a row stand; the heading gives way where room is short."""
        top, height = box.top(), box.height()
        number = QRect(box.left() + px(10), top, px(30), height)
        case_no = QRect(number.right() + px(13), top, self._number, height)
        left = case_no.right() + px(13)
        room = max(box.right() - px(31) - left, 0)
        shares = (0.24, 0.30) if room >= px(270) else (0.0, 0.0)  # the words alone where room is short
        heading = QRect(left, top, round(room * shares[0]) - (px(10) if shares[0] else 0), height)
        first = left + round(room * shares[0])
        value = QRect(first, top, max(round(room * shares[1]) - px(10), 0), height)
        second = first + round(room * shares[1])
        return number, case_no, heading, value, QRect(second, top, left + room - second, height)


def _write(painter: QPainter, box: QRect, text: str, font: QFont, ink: str, flags: int = LINE) -> int:
    if not text or box.width() <= 0:
        return 0
    painter.setFont(font)
    painter.setPen(colour(ink))
    measures = painter.fontMetrics()
    shown = measures.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, flags, shown)
    return int(measures.horizontalAdvance(shown))


class RowList(PaintedList):
    """``chosen(key)`` for rows and heads alike; ``folded(key)`` when a head is to open or close."""

    folded = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_RowPainter(), name)
        self.setParent(parent)
        self.clicked.connect(self._clicked)

    def _clicked(self, index: QModelIndex) -> None:
        item = self.items_.items[index.row()]
        if isinstance(item, ListHead):
            self.folded.emit(item.key)

    @property
    def row_keys(self) -> list[str]:
        """The keys of the rows now listed, in order."""
        return [item.key for item in self.items_.items if isinstance(item, RowLine)]

    def show_lines(self, items: Sequence[ListHead | KindHead | RowLine]) -> None:
        """Show other lines; mark and place on screen stay."""
        place = self.verticalScrollBar().value()
        self.show_items(items)
        self.verticalScrollBar().setValue(place)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            item = self.items_.items[index.row()] if index.isValid() else None
            said = " · ".join(part for part in (item.heading, item.value, item.text) if part) if isinstance(item, RowLine) else ""
            QToolTip.showText(event.globalPos(), said, self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        item = next((one for one in self.items_.items if getattr(one, "key", "") == self.current_key), None) if self.current_key else None
        wanted = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}.get(Qt.Key(event.key()))
        if isinstance(item, ListHead) and wanted is not None:
            if item.shut == wanted:
                self.folded.emit(item.key)
        else:
            super().keyPressEvent(event)
