"""Records of inquiries, searches, seizures (笔录): ruled lines, signed at the foot of every page, an interpreter among those who sign."""

from __future__ import annotations

from collections.abc import Sequence

from execdesk.documents.content import Block
from reports.forms.signed import SignedPages
from reports.page import PdfPage, RuledLine
from reports.paginate import Painter


class RecordForm(SignedPages):
    """The name of the record, its head fields, then lines to write on."""

    def ruled(self, before: Sequence[Block], number: int) -> Painter:
        """A rule at the foot of the row."""

        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            y = top - self.line * self.strip
            page.add(RuledLine(self.area.left, y, self.area.right, y, self.style.figures["rule"]))

        return paint
