"""How a table is painted: rows with hairlines, tones, elided names, a selection edge; headings with the sort mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.table_source import Column, TableSection
from ui.theme import SECONDARY, TONES, colour, current, px

ALIGN = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
BOLD = ("strong", "soon", "late")
PAD = 8


class RowPainter:
    """Paints the rows in sight in one go from the model's rows in memory; knows nothing of any source.

    One loop over the rows is several times faster than a delegate asked for each cell, which keeps a scrolled frame
    well below 16 ms.
    """

    def __init__(self) -> None:
        theme = current()
        self._fonts = {False: theme.font(), True: theme.font(bold=True)}
        self._measures = {bold: QFontMetrics(font) for bold, font in self._fonts.items()}
        self._colours = {tone: colour(name) for tone, name in TONES.items()}
        self._hair, self._selection = colour("hairline"), colour("selection")
        self._card, self._line = colour("card"), colour("line")
        self._edge, self._head, self._ink = colour("navy"), colour("head"), colour("ink")
        self._pad, self._edge_width = px(PAD), px(3)
        self._elided: dict[tuple[str, int, bool], str] = {}
        single = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self._flags = {name: int(flag | single) for name, flag in ALIGN.items()}

    def advance(self, text: str, bold: bool = False) -> int:
        """Width of the words in a cell."""
        return self._measures[bold].horizontalAdvance(text)

    def paint_row(self, painter: QPainter, line: QRect, row: Any, cells: Sequence[tuple[Column, int, int]], selected: bool) -> None:
        """Paint one row: ``line`` is its whole box, ``cells`` are (column, left, width); ``row`` may not be read yet."""
        if isinstance(row, TableSection):
            self._paint_section(painter, line, row)
            return
        if selected:
            painter.fillRect(line, self._selection)
            painter.fillRect(line.left(), line.top(), self._edge_width, line.height(), self._edge)
        else:
            painter.fillRect(line.left() + self._pad, line.bottom(), line.width() - 2 * self._pad, 1, self._hair)
        if row is not None:
            for column, left, width in cells:
                self._paint_words(painter, QRect(left + self._pad, line.top(), width - 2 * self._pad, line.height()), column, row, selected)

    def paint_pinned(self, painter: QPainter, box: QRect, row: Any, column: Column, selected: bool) -> None:
        """Paint the first cell of a row over what has gone by below it: ``box`` is where it stays."""
        if isinstance(row, TableSection):
            return
        painter.fillRect(box, self._selection if selected else self._card)
        if selected:
            painter.fillRect(box.left(), box.top(), self._edge_width, box.height(), self._edge)
        else:
            painter.fillRect(box.left() + self._pad, box.bottom(), box.width() - self._pad, 1, self._hair)
        painter.fillRect(box.right(), box.top(), 1, box.height(), self._line)
        if row is not None:
            self._paint_words(painter, box.adjusted(self._pad, 0, -self._pad, 0), column, row, selected)

    def _paint_words(self, painter: QPainter, box: QRect, column: Column, row: Any, selected: bool) -> None:
        tone = column.tone(row) if column.tone is not None else ""
        bold, tone = tone in BOLD, tone.lstrip("!")
        if column.icon is not None and (name := column.icon(row)):
            picture = current().pixmap(name, TONES.get(tone, "navy") if tone else "navy")
            painter.drawPixmap(box.left(), box.center().y() - picture.height() // 2 + 1, picture)
            box.setLeft(box.left() + picture.width() + px(6))
        text = column.text(row)
        if not text:
            return
        if column.elides:
            text = self._fit(text, box.width(), bold)
        painter.setFont(self._fonts[bold])
        painter.setPen(self._ink if selected and tone in ("muted", "hint") else self._colours[tone])
        painter.drawText(box, self._flags[column.align], text)

    def _fit(self, text: str, width: int, bold: bool) -> str:
        key = (text, width, bold)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > 20_000:
                self._elided.clear()
            found = self._elided[key] = self._shorten(text, width, self._measures[bold])
        return found

    @staticmethod
    def _shorten(text: str, width: int, measures: QFontMetrics) -> str:
        """Words with their end left out; how many there are (甲等 3 人) stays, the name gives way."""
        name, several, number = text.rpartition("等 ")
        if not several or measures.horizontalAdvance(text) <= width:
            return measures.elidedText(text, Qt.TextElideMode.ElideRight, width)
        tail = several + number
        return measures.elidedText(name, Qt.TextElideMode.ElideRight, max(width - measures.horizontalAdvance(tail), 0)) + tail

    def _paint_section(self, painter: QPainter, line: QRect, section: TableSection) -> None:
        painter.fillRect(line, self._head)
        box = line.adjusted(self._pad, 0, -self._pad, 0)
        box.setLeft(max(box.left(), self._pad))  # however far the rows are scrolled sideways
        painter.setFont(self._fonts[True])
        painter.setPen(self._colours[section.tone])
        painter.drawText(box, self._flags["left"], section.text)
        box.setLeft(box.left() + self.advance(section.text, True) + px(8))
        painter.setFont(self._fonts[False])
        painter.setPen(self._colours["muted"])
        painter.drawText(box, self._flags["left"], section.count)


class TableHeading(QHeaderView):
    """Headings aligned as their columns, the sort marked beside the words; the first one stays while the others scroll sideways."""

    def __init__(self, columns: Callable[[], tuple[Column, ...]], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._font: QFont = current().font(SECONDARY)
        self._measures = QFontMetrics(self._font)
        self.sorted_by, self.descending, self._on_pinned = "", False, False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(px(28))
        self.setMinimumSectionSize(px(28))

    @property
    def pinned(self) -> int:
        """How wide the first column stands over those that scroll by; 0 while it stands where it belongs, or would leave them no room."""
        wide = self.sectionSize(0) if self.count() > 1 else 0
        return wide if wide and self.sectionViewportPosition(0) < 0 and wide <= self.viewport().width() // 2 else 0

    def advance(self, title: str, sortable: bool) -> int:
        """Room the heading needs, with its mark where it can be sorted."""
        return self._measures.horizontalAdvance(title) + (px(18) if sortable else 0)

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:  # noqa: N802
        column = self._columns()[number]
        painter.save()
        painter.fillRect(rect, colour("head"))
        painter.setPen(QPen(colour("line")))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = rect.adjusted(px(PAD), 0, -px(PAD), 0)
        marked = bool(column.sort) and column.sort == self.sorted_by
        painter.setFont(self._font)
        painter.setPen(colour("ink" if marked else "secondary"))
        words = self._measures.horizontalAdvance(column.title)
        left = {"left": box.left(), "right": box.right() - words, "center": box.center().x() - words // 2}[column.align]
        painter.drawText(QRectF(left, box.top(), words + px(4), box.height()), int(Qt.AlignmentFlag.AlignVCenter), column.title)
        if marked:
            picture = current().pixmap("chevron-up" if not self.descending else "chevron-down", "navy", 11)
            x = left - picture.width() - px(5) if column.align == "right" else left + words + px(5)
            painter.drawPixmap(x, box.center().y() - picture.height() // 2 + 1, picture)
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("head"))
        painter.setPen(QPen(colour("line")))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
        super().paintEvent(event)
        if wide := self.pinned:
            with QPainter(self.viewport()) as over:
                self.paintSection(over, QRect(0, 0, wide, self.height()), 0)
                over.fillRect(wide - 1, 0, 1, self.height(), colour("line"))

    # the mouse over the first heading where it stays is meant for it, not for those that have gone by below
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mousePressEvent(self._meant(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseMoveEvent(self._meant(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseReleaseEvent(self._meant(event))
        self._on_pinned = False

    def _meant(self, event: QMouseEvent) -> QMouseEvent:
        if event.type() == QEvent.Type.MouseButtonPress or event.buttons() == Qt.MouseButton.NoButton:
            self._on_pinned = event.position().x() < self.pinned
        if not self._on_pinned:
            return event
        at = event.position() + QPointF(self.sectionViewportPosition(0), 0)
        return QMouseEvent(event.type(), at, event.globalPosition(), event.button(), event.buttons(), event.modifiers(), event.pointingDevice())
