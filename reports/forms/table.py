"""Table forms (审批表, 送达回证): the number stands in a cell, paragraphs are notes under the table."""

from __future__ import annotations

from reports.grid import Composer
from reports.page import GREY, Text


class TableForm(Composer):
    """Court 小二, name of the form 二号, then the table."""

    half = 2
    form = True

    def finish(self) -> None:
        """What only a check asks for, as hashes: one small line under the type area of the last page, smaller where it would not fit."""
        words = "　".join(self.at_foot)
        if not words:
            return
        size = self.style.figures["foot_size"]
        size = min(size, size * self.area.width / self.book.width(words, "number", size))
        self.out.pages[-1].add(Text(self.area.left, self.area.bottom - self.style.mm("foot_gap"), words, "number", size, colour=GREY))

    def head_rows(self) -> int:
        """A row for the court, two strips for each line of the name, half a row free."""
        return 2 + 2 * len(self._title_lines(self.content.title)) + 1

    def head(self) -> None:
        """Court and name of the form."""
        page = self._new_page()
        self._centred(page, self.content.court, self.area.top, self.row, self.style.court)
        for number, line in enumerate(self._title_lines(self.content.title)):
            self._centred(page, line, self.area.top - (number + 1.1) * self.row, self.row, self.style.title)
