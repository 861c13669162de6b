"""Table forms: cells that wrap and grow, shrink from 四号 to 小四 before they grow, and are never clipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from execdesk.documents.content import ContentTable, TableCell
from reports.fonts import FontBook, Style
from reports.page import JUDICIAL, MM, PdfPage, RuledLine, Text, baseline
from reports.paginate import PageUnit, Painter
from reports.style import TypeArea
from reports.typography import Breaker, TextLine, torn

OUTER, INNER = 1.25, 0.5  # rules in points
SIZES = ((14.0, 19.0), (12.0, 16.5))  # 四号 and 小四 with their leading
SMALL = ((10.5, 14.5), (9.0, 12.5))  # 五号 and 小五, where a number would be torn otherwise
PAD_X, PAD_Y = 5.0, 3.5
LEAST = 10.0  # millimetres a row is high at least
TALL = 320.0  # a row higher than this (points, half a page) may run over a page end
PART = 58.0  # about the height of one part of such a row

Shown = Callable[[str], tuple[str, tuple[tuple[int, int], ...]]]


@dataclass(frozen=True)
class Laid:
    """A cell with its lines: left edge, width, size, leading."""

    cell: TableCell
    x: float
    width: float
    size: float
    lead: float
    lines: tuple[TextLine, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def style(self) -> Style:
        """Labels stand in 楷体, values in 仿宋."""
        return "kai" if self.cell.label else "body"

    @property
    def need(self) -> float:
        """The height that shows all lines."""
        return len(self.lines) * self.lead + 2 * PAD_Y


class TableLayout:
    """Lays tables on a grid of strips ``strip`` points high."""

    def __init__(self, book: FontBook, strip: float, shown: Shown, area: TypeArea = JUDICIAL, least: float = LEAST) -> None:
        self.book = book
        self.strip = strip
        self.shown = shown
        self.area = area
        self.least = least  # millimetres a row is high at least
        self.run_over: set[tuple[TableCell, ...]] = set()  # rows that may run over a page end though they are lower than most that do
        self.ease = 1.0  # how much of its wanted height a field keeps, where the form must be shorter

    def units(self, table: ContentTable) -> list[PageUnit]:
        """One unit per row; a very high row comes as several, so that it can run over a page end."""
        out: list[PageUnit] = []
        total = len(table.rows)
        headed = all(cell.label for cell in table.rows[0])  # a row of column heads does not end a page
        for number, row in enumerate(table.rows):
            cells = self.cells_of(table, row)
            least = self._least(row)
            rows = ceil((max(least, max(c.need for c in cells)) - 0.5) / self.strip)
            if rows * self.strip <= TALL and row not in self.run_over:
                painter = self.whole(cells, rows, number == 0, number == total - 1)
                splits = row if rows * self.strip >= 2 * PART else None
                out.append(PageUnit(rows, number, total, painter, free=not (headed and number == 1), splits=splits))
            else:
                out += self._parts(cells, rows, number, total)
        return out

    def _least(self, row: tuple[TableCell, ...]) -> float:
        """The height a row has at least: as wanted, eased, never under what a pen needs."""
        return max(self.least, max(cell.height_mm for cell in row) * self.ease) * MM

    def cells_of(self, table: ContentTable, row: tuple[TableCell, ...]) -> list[Laid]:
        least = self._least(row)
        out, column, x = [], 0, self.area.left
        for cell in row:
            wide = sum(table.widths[column : column + cell.span]) * self.area.width
            out.append(self._cell(cell, x, wide, least))
            column, x = column + cell.span, x + wide
        return out

    def _cell(self, cell: TableCell, x: float, width: float, least: float) -> Laid:
        text, spans = self.shown(cell.text)
        style: Style = "kai" if cell.label else "body"

        def at(size: float, lead: float) -> Laid:
            breaker = Breaker(self.book.advance(style), size, justify=False)
            return Laid(cell, x, width, size, lead, tuple(breaker.lines(text, width - 2 * PAD_X)) if text else (), spans)

        for size, lead in SIZES:
            laid = at(size, lead)
            if laid.need <= least:
                break
        if not torn(text, laid.lines):
            return laid
        return next((small for small in (at(*one) for one in (*SIZES[1:], *SMALL)) if not torn(text, small.lines)), laid)

    def whole(self, cells: list[Laid], rows: int, head: bool, foot: bool) -> Painter:
        """What draws a row ``rows`` strips high; ``head`` and ``foot``: the table begins or ends with it."""
        high = rows * self.strip

        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            for cell in cells:
                block = len(cell.lines) * cell.lead
                start = top - (high - block) / 2
                if not cell.cell.label and len(cell.lines) > 1 and block < high / 2:
                    start = top - 2 * PAD_Y  # a few lines in a large field begin at its head
                self._lines(page, cell, cell.lines, start)
            rules(page, cells, top, top - high, head or first, foot or last, True)

        return paint

    def _parts(self, cells: list[Laid], rows: int, number: int, total: int) -> list[PageUnit]:
        strips = round(PART / self.strip)
        high = strips * self.strip
        per = {id(c): int(high / c.lead) for c in cells}
        count = max([ceil(rows / strips), *(ceil(len(c.lines) / per[id(c)]) for c in cells)])
        out = []
        for part in range(count):
            foot = number == total - 1 and part == count - 1
            pieces = [(c, c.lines[part * per[id(c)] : (part + 1) * per[id(c)]], high / per[id(c)]) for c in cells]
            painter = self._part(cells, pieces, high, (number == 0, foot, part == 0))
            out.append(PageUnit(strips, number or part, total, painter, free=True))
        return out

    def _part(
        self, cells: list[Laid], pieces: list[tuple[Laid, tuple[TextLine, ...], float]], high: float, edges: tuple[bool, bool, bool]
    ) -> Painter:
        table_head, foot, begins = edges

        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            for cell, lines, lead in pieces:
                self._lines(page, replace(cell, lead=lead), lines, top)
            rules(page, cells, top, top - high, (table_head and begins) or first, foot or last, begins)

        return paint

    def _lines(self, page: PdfPage, cell: Laid, lines: tuple[TextLine, ...], top: float) -> None:
        align = "center" if cell.cell.label else cell.cell.align
        for number, line in enumerate(lines):
            y = baseline(top - number * cell.lead, cell.lead, cell.size, cell.style)
            wide = self.book.width(line.text, cell.style, cell.size)
            room = max(0.0, cell.width - 2 * PAD_X - wide)
            x = cell.x + PAD_X + {"left": 0.0, "center": room / 2, "right": room}[align]
            spans = tuple((a - line.start, b - line.start) for a, b in cell.spans)
            page.add(Text(x, y, line.text, cell.style, cell.size, line.space, spans=spans))


def rules(page: PdfPage, cells: list[Laid], top: float, bottom: float, head: bool, foot: bool, begins: bool) -> None:
    """The rules of one row: thick where the table or the page begins or ends, thin inside."""
    left, right = cells[0].x, cells[-1].x + cells[-1].width
    if head or begins:
        page.add(RuledLine(left, top, right, top, OUTER if head else INNER))
    if foot:
        page.add(RuledLine(left, bottom, right, bottom, OUTER))
    for cell in cells[1:]:
        page.add(RuledLine(cell.x, top, cell.x, bottom, INNER))
    page.add(RuledLine(left, top, left, bottom, OUTER), RuledLine(right, top, right, bottom, OUTER))
