"""Lists of property or evidence (清单): the heads of the columns on every page, rows to fill in where the list ends, who signs on every page."""

from __future__ import annotations

from collections.abc import Sequence

from execdesk.documents.content import Block, Content, ContentTable, PageMarks, TableCell
from reports.fonts import FontBook
from reports.forms.signed import SignedPages
from reports.paginate import PagePlan, PageUnit, Painter
from reports.style import FormStyle


class ListForm(SignedPages):
    """A table whose first row, of labels, names its columns."""

    def __init__(self, book: FontBook, content: Content, marks: PageMarks, style: FormStyle) -> None:
        super().__init__(book, content, marks, style)
        self.heads = [self.tables.units(ContentTable(table.widths, table.rows[:1]))[0] for table in self._listed()[:1]]
        self.over = sum(unit.height for unit in self.heads)
        self.line = -(-int(style.mm("row")) // int(self.strip))

    def _listed(self) -> list[ContentTable]:
        """The tables with heads of columns."""
        tables = (block for block in self.content.body if isinstance(block, ContentTable))
        return [table for table in tables if len(table.rows[0]) > 1 and all(cell.label for cell in table.rows[0])]

    def _pages(self, units: list[PageUnit], found: PagePlan, head: int) -> None:
        super()._pages(units, found, head)
        for page in self.out.pages[1:]:
            for unit in self.heads:
                unit.paint(page, self.area.top, True, False)

    def ruled(self, before: Sequence[Block], number: int) -> Painter:
        """An empty row with the columns of the list, its number in the first."""
        table = self._listed()[0]
        known = len(table.rows) - 1
        cells = tuple(TableCell(str(known + number + 1) if place == 0 else "", align="center") for place in range(len(table.widths)))
        laid = self.tables.cells_of(table, cells)
        return self.tables.whole(laid, self.line, False, False)
