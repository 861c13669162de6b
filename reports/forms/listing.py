"""Lists of property or evidence (清单): the heads of the columns on every page, rows to fill in where the list ends, who signs on every page."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from execdesk.documents.content import Block, Content, ContentTable, PageMarks, TableCell
from reports.fonts import FontBook
from reports.forms.signed import SignedPages
from reports.paginate import PagePlan, PageUnit
from reports.style import FormStyle


class ListForm(SignedPages):
    """A table whose first row, of labels, names its columns."""

    def __init__(self, book: FontBook, content: Content, marks: PageMarks, style: FormStyle) -> None:
        super().__init__(book, content, marks, style)
        self.heads = [self.tables.units(ContentTable(table.widths, table.rows[:1]))[0] for table in self._listed()[:1]]
        self.over = sum(unit.height for unit in self.heads)
        self.line = ceil((style.mm("row") - 0.5) / self.strip)

    def _listed(self) -> list[ContentTable]:
        """The tables with heads of columns."""
        tables = (block for block in self.content.body if isinstance(block, ContentTable))
        return [table for table in tables if len(table.rows[0]) > 1 and all(cell.label for cell in table.rows[0])]

    def _pages(self, units: list[PageUnit], found: PagePlan, head: int) -> None:
        super()._pages(units, found, head)
        for page in self.out.pages[1:]:
            for unit in self.heads:
                unit.paint(page, self.area.top, True, False)

    def lined(self, before: tuple[Block, ...], count: int) -> list[PageUnit]:
        """Empty rows at the end of the list, numbered on."""
        listed = self._listed()[0]
        known, rest = len(listed.rows), ("",) * (len(listed.widths) - 1)
        empty = tuple(
            tuple(TableCell(text, height_mm=self.style.figures["row"], align="center") for text in (str(number), *rest))
            for number in range(known, known + count)
        )
        longer = replace(listed, rows=(*listed.rows, *empty))
        return self.units(tuple(longer if block is listed else block for block in before), slip=False)
