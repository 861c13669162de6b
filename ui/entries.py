"""Entries of two lines with a chip, between headings, as a painted list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.lists import item_of
from ui.table import Index, TableModel
from ui.table_source import TableSection
from ui.theme import SECONDARY, colour, current, px


@dataclass(frozen=True)
class ListEntry:
    """Two lines: title with a chip at the right, words below with words at their right."""

    key: str
    title: str
    chip: str = ""
    tone: str = ""
    below: str = ""
    below_right: str = ""
    icon: str = ""


@dataclass(frozen=True)
class ListHeading(TableSection):
    """A heading between entries: words, count, words at the right."""

    aside: str = ""


class EntryPainter(QStyledItemDelegate):
    """Paints entries and their headings."""

    def __init__(self) -> None:
        super().__init__()
        theme = current()
        self._fonts = {(small, bold): theme.font(SECONDARY if small else 1.0, bold) for small in (False, True) for bold in (False, True)}
        self._measures = {key: QFontMetrics(font) for key, font in self._fonts.items()}

    def item(self, index: Index) -> Any:
        """What stands there; ``None`` while it has not been read."""
        model = index.model()
        return model.row(index.row()) if isinstance(model, TableModel) else item_of(index)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        item = self.item(index)
        if item is None:
            return QSize(px(120), px(50))
        height = 40 if isinstance(item, ListHeading) else 50 if item.below or item.below_right else 28
        return QSize(px(120), px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = self.item(index)
        if item is None:
            return
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(item, ListHeading):
            self._line(painter, box.adjusted(px(14), 0, -px(14), 0), item.text, "ink", bold=True, right=item.aside, after=item.count)
        else:
            self._entry(painter, box, item, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _entry(self, painter: QPainter, box: QRect, item: ListEntry, chosen: bool) -> None:
        if chosen:
            painter.fillRect(box, colour("selection"))
            painter.fillRect(box.left(), box.top(), px(3), box.height(), colour("navy"))
        else:
            painter.fillRect(box.left() + px(14), box.bottom(), box.width() - px(28), 1, colour("hairline"))
        inner = box.adjusted(px(14), 0, -px(14), 0)
        if item.icon:
            tone = {"soon": "amber_mark", "late": "red"}.get(item.tone, "navy")
            picture = current().pixmap(item.icon, tone)
            painter.drawPixmap(inner.left(), inner.top() + px(8), picture)
            inner.setLeft(inner.left() + px(22))
        two = bool(item.below or item.below_right)
        first = QRect(inner.left(), inner.top() + (px(5) if two else 0), inner.width(), px(22) if two else inner.height())
        room = self._chip(painter, first, item) if item.chip else 0
        tone = "red" if item.tone == "late" and not item.chip else "ink"
        self._line(painter, first.adjusted(0, 0, -room, 0), item.title, tone, bold=chosen or bool(item.icon))
        if two:
            below = QRect(inner.left(), first.bottom(), inner.width(), px(20))
            self._line(painter, below, item.below, "ink" if chosen else "secondary", small=True, right=item.below_right)

    def _chip(self, painter: QPainter, line: QRect, item: ListEntry) -> int:
        if item.tone == "plain":
            painter.setFont(self._fonts[(True, False)])
            painter.setPen(colour("secondary"))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), item.chip)
            return self._measures[(True, False)].horizontalAdvance(item.chip) + px(8)
        ground, edge, ink = {
            "soon": ("amber_ground", "amber_line", "amber"), "late": ("red_ground", "red_line", "red"), "navy": ("navy_soft", "navy_line", "navy"),
        }.get(item.tone, ("grey_chip", "line", "secondary"))
        width = self._measures[(True, False)].horizontalAdvance(item.chip) + px(12)
        box = QRectF(line.right() - width, line.center().y() - px(9), width, px(18))
        painter.setPen(colour(edge))
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(box, px(4), px(4))
        painter.setPen(colour(ink))
        painter.setFont(self._fonts[(True, False)])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), item.chip)
        return width + px(8)

    def _line(
        self, painter: QPainter, box: QRect, text: str, ink: str, *, small: bool = False, bold: bool = False, right: str = "", after: str = "",
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        aside = self._measures[(True, False)].horizontalAdvance(right) + px(8) if right else 0
        if right:
            painter.setFont(self._fonts[(True, False)])
            painter.setPen(colour("secondary" if ink != "ink" or not small else "ink"))
            painter.drawText(box, int(middle | Qt.AlignmentFlag.AlignRight), right)
        measure = self._measures[(small, bold)]
        painter.setFont(self._fonts[(small, bold)])
        painter.setPen(colour(ink))
        painter.drawText(box, int(middle), measure.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - aside))
        if after:
            painter.setFont(self._fonts[(False, False)])
            painter.setPen(colour("secondary"))
            painter.drawText(box.adjusted(measure.horizontalAdvance(text) + px(8), 0, 0, 0), int(middle), after)
