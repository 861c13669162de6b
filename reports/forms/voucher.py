"""Vouchers (传票, 收据): the parts of one sheet, each with its head, divided by lines to cut along."""

from __future__ import annotations

from execdesk.documents.content import Block, Content, CutLine, Paragraph, Signatory
from reports.block import LABEL, NAME, UNSEALED, BlockPainter, PlacedBlock, spread
from reports.fonts import FontBook
from reports.forms.table import TableForm
from reports.page import BODY_SIZE, PITCH, PdfPage, Text, baseline
from reports.paginate import PageUnit
from reports.style import TypeArea

DATE_ROW = 4  # of the block: above it is room for the seal


class VoucherForm(TableForm):
    """Every part has court and name of the voucher at its head, and its mark （存根） beside the name."""

    @property
    def least(self) -> float:  # type: ignore[override]
        """Rows of a voucher are lower than those of a sheet."""
        return self.style.figures["least_row"]

    def block(self) -> BlockPainter:
        """Who signs stands left, date and seal right."""
        return VoucherBlock(self.book, self.content, self.area)

    def head_rows(self) -> int:
        """Every part has its own head."""
        return 0

    def head(self) -> None:
        """A page without a head of its own."""
        self._new_page()

    def units(self, blocks: tuple[Block, ...], *, slip: bool) -> list[PageUnit]:
        """The parts one under the other, each under its head."""
        out: list[PageUnit] = []
        for part in parts(blocks) if blocks else ():
            mark = next((block.text for block in part if isinstance(block, Paragraph) and block.role == "heading"), "")
            rest = tuple(block for block in part if not (isinstance(block, Paragraph) and block.role == "heading"))
            cut = [block for block in rest if isinstance(block, CutLine)]
            out += super().units(tuple(cut), slip=slip)
            out.append(self._part_head(mark))
            out += super().units(tuple(block for block in rest if block not in cut), slip=slip)
        return out

    def _part_head(self, mark: str) -> PageUnit:
        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            self._centred(page, self.content.court, top, 0.85 * self.row, self.style.court)
            for number, line in enumerate(self._title_lines(self.content.title)):
                self._centred(page, line, top - (number + 0.85) * self.row, self.row, self.style.title)
            if mark:
                wide = self.book.width(mark, "kai", self.style.court)
                y = baseline(top - 0.85 * self.row, self.row, self.style.court, "kai")
                page.add(Text(self.area.right - wide, y, mark, "kai", self.style.court))

        return PageUnit(2 + 2 * len(self._title_lines(self.content.title)), 0, 1, paint, sticky=True)


def parts(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """The blocks by part: a line to cut along begins a new one."""
    out: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, CutLine):
            out.append([])
        out[-1].append(block)
    return out


class VoucherBlock(BlockPainter):
    """Judge and clerk left, one under the other; the date right, its seal beside them, so that it touches neither."""

    def __init__(self, book: FontBook, content: Content, area: TypeArea) -> None:
        super().__init__(book, content, area)
        given = content.signature
        if given.kind in UNSEALED:
            self.block = PlacedBlock(gaps=(0, 0))
            return
        lines = [*given.signatories, *([Signatory("书记员", given.clerk, "", "")] if given.clerk else [])]
        first = DATE_ROW - len(lines)
        self.block = PlacedBlock(
            DATE_ROW + 1, DATE_ROW, (0, 1), [(first + n, one.label, one.name, one.field) for n, one in enumerate(lines)], given.seal
        )

    def paint(self, page: PdfPage, top: float) -> None:
        """Draws the names, then the date."""
        for row, label, name, field_name in self.block.lines:
            y = baseline(top - row * self.row, self.row, BODY_SIZE)
            cells = max(LABEL, len(label))
            x = self.area.left + (cells + 2) * PITCH
            page.add(spread(self.area.left, y, label, cells), spread(x, y, name, NAME))
            if field_name:
                self.places[field_name] = (x, y - 4, x + max(NAME, len(name)) * PITCH, y + BODY_SIZE)
        if self.block.date_row is not None:
            self.draw_date(page, top - self.block.date_row * self.row)
