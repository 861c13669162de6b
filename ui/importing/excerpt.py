"""The cell a question is about, among its neighbours as the file shows them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from execdesk.reads.imports import Excerpt
from ui.theme import SECONDARY, colour, current, px

ROW, HEAD, NUMBER = 26, 25, 40
LEAST, MOST, ASKED = 98, 170, 260
LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine)


class CellGrid(QWidget):
    """Heads with their letters, the rows above and below; the cell asked about is framed. As many columns as have room."""

    def __init__(self) -> None:
        super().__init__()
        self.excerpt: Excerpt | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_excerpt(self, excerpt: Excerpt | None) -> None:
        """Show other cells."""
        self.excerpt = excerpt
        if excerpt is not None:
            rows = [f"第 {number} 行：" + "，".join(cell.text for cell in cells if cell.text) for number, cells in excerpt.rows]
            self.setAccessibleName("；".join((excerpt.place, *rows)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        rows = len(self.excerpt.rows) if self.excerpt is not None else 0
        return QSize(px(320), px(HEAD) + rows * px(ROW) + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(200), self.sizeHint().height())

    def shown_columns(self, room: int) -> range:
        """Which columns fit, the one asked about in the middle where it can be."""
        assert self.excerpt is not None
        every = len(self.excerpt.headings)
        asked = next((n for _, cells in self.excerpt.rows for n, cell in enumerate(cells) if cell.asked), 0)
        fitting = max(1, min(every, 1 + (room - self._asked_width(room)) // px(LEAST)))
        first = max(0, min(asked - fitting // 2, every - fitting))
        return range(first, first + fitting)

    def _asked_width(self, room: int) -> int:
        """Room for the words of the cell asked about, whole where it can be."""
        assert self.excerpt is not None
        texts = [cell.text for _, cells in self.excerpt.rows for cell in cells if cell.asked]
        need = int(max((current().metrics(bold=True).horizontalAdvance(text) for text in texts), default=0)) + px(20)
        return max(px(LEAST), min(need, px(ASKED), round(room * 0.55)))

    def _widths(self, columns: range, room: int) -> list[int]:
        assert self.excerpt is not None
        measure, needs = current().metrics(), []
        for n in columns:
            texts = [self.excerpt.headings[n], *(cells[n].text for _, cells in self.excerpt.rows)]
            own = any(cells[n].asked for _, cells in self.excerpt.rows)
            wanted = min(max(int(max(measure.horizontalAdvance(t) for t in texts)) + px(20), px(LEAST)), px(MOST))
            needs.append(max(self._asked_width(room), wanted) if own else wanted)
        least = [self._asked_width(room) if any(cells[n].asked for _, cells in self.excerpt.rows) else px(LEAST) for n in columns]
        spare, giving = room - sum(needs), [need - low for need, low in zip(needs, least, strict=True)]
        if spare < 0:
            over = sum(giving) or 1
            needs = [need + spare * part // over for need, part in zip(needs, giving, strict=True)]
        else:
            needs = [need + spare // len(needs) for need in needs]
        needs[-1] += room - sum(needs)
        return needs

    def _figures(self, column: int) -> bool:
        """Whether a column holds numbers, which stand at the right with their head."""
        assert self.excerpt is not None
        cells = [cells[column] for _, cells in self.excerpt.rows if cells[column].text]
        return bool(cells) and all(cell.figure for cell in cells)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        if self.excerpt is None:
            return
        painter = QPainter(self)
        columns = self.shown_columns(self.width() - px(NUMBER))
        widths = self._widths(columns, self.width() - px(NUMBER) - 1)
        painter.fillRect(0, 0, self.width(), px(HEAD), colour("track"))
        painter.fillRect(0, px(HEAD), px(NUMBER), self.height() - px(HEAD), colour("head"))
        x = px(NUMBER)
        frame = QRect()
        for n, width in zip(columns, widths, strict=True):
            flags = RIGHT if self._figures(n) else LINE
            self._text(painter, QRect(x + px(8), 0, width - px(16), px(HEAD)), self.excerpt.headings[n], "secondary", SECONDARY, flags=flags)
            for line, (_, cells) in enumerate(self.excerpt.rows):
                box = QRect(x, px(HEAD) + line * px(ROW), width, px(ROW))
                if cells[n].asked:
                    frame = box.adjusted(1, 1, -1, -1)
                    painter.fillRect(frame, colour("amber_ground"))
                words = cells[n].text or ("（空）" if cells[n].asked else "")
                ink = "amber" if cells[n].asked else "ink"
                self._text(painter, box.adjusted(px(8), 0, -px(8), 0), words, ink, bold=cells[n].asked, flags=flags)
            x += width
        self._rows(painter)
        if not frame.isNull():
            painter.setPen(QPen(colour("amber_mark"), 1.5 * current().scale))
            painter.drawRect(frame)
        painter.end()

    def _rows(self, painter: QPainter) -> None:
        assert self.excerpt is not None
        for line, (number, _) in enumerate(self.excerpt.rows):
            top = px(HEAD) + line * px(ROW)
            self._text(painter, QRect(0, top, px(NUMBER) - px(9), px(ROW)), str(number), "secondary", flags=RIGHT)
            if line:
                painter.fillRect(px(NUMBER), top, self.width() - px(NUMBER), 1, colour("hairline"))
        painter.setPen(colour("line"))
        painter.drawRect(0, 0, self.width() - 1, self.height() - 1)

    def _text(self, painter: QPainter, box: QRect, text: str, ink: str, ratio: float = 1.0, *, bold: bool = False, flags: int = LINE) -> None:
        painter.setFont(current().font(ratio, bold))
        painter.setPen(colour(ink))
        painter.drawText(box, flags, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width()))
