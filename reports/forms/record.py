"""Records of inquiries, searches, seizures (笔录): ruled lines, signed at the foot of every page, an interpreter among those who sign."""

from __future__ import annotations

from execdesk.documents.content import Block
from reports.forms.signed import SignedPages
from reports.page import PdfPage, RuledLine
from reports.paginate import PageUnit


class RecordForm(SignedPages):
    """The name of the record, its head fields, then lines to write on."""

    def lined(self, before: tuple[Block, ...], count: int) -> list[PageUnit]:
        """Rules to write on, one a row."""

        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            y = top - self.line * self.strip
            page.add(RuledLine(self.area.left, y, self.area.right, y, self.style.figures["rule"]))

        return [*self.units(before, slip=False), *(PageUnit(self.line, 0, 1, paint) for _ in range(count))]
