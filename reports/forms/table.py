"""Table forms (审批表, 送达回证): the number stands in a cell, paragraphs are notes under the table."""

from __future__ import annotations

from reports.grid import Composer


class TableForm(Composer):
    """Court 小二, name of the form 二号, then the table."""

    half = 2
    form = True

    def head_rows(self) -> int:
        """A row for the court, two strips for each line of the name, half a row free."""
        return 2 + 2 * len(self._title_lines(self.content.title)) + 1

    def head(self) -> None:
        """Court and name of the form."""
        page = self._new_page()
        self._centred(page, self.content.court, self.area.top, self.row, self.style.court)
        for number, line in enumerate(self._title_lines(self.content.title)):
            self._centred(page, line, self.area.top - (number + 1.1) * self.row, self.row, self.style.title)
