"""From a content to pages: what all forms have in common, and the 28 × 22 grid of rulings, orders, notices and letters.

A page never says 此页无正文: the block always stands with text. Where it spares a page or a hole at a page's foot, all pages of
a document are set a little closer than 22 rows, or wider. The other forms (:mod:`reports.forms`) say what they do otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from execdesk.documents.content import (
    Block,
    Content,
    ContentTable,
    CutLine,
    FieldPlace,
    PageMarks,
    Paragraph,
)
from reports import slots
from reports.block import BlockPainter
from reports.fonts import FontBook, Style
from reports.page import (
    BODY_SIZE,
    PITCH,
    ROW,
    ROWS,
    SMALL_SIZE,
    TITLE_SIZE,
    PdfPage,
    RuledLine,
    Text,
    baseline,
)  # fmt: skip
from reports.paginate import PagePlan, PageUnit, Painter, Tail, height, pace, plan, splitting
from reports.style import FormStyle
from reports.tables import LEAST, TableLayout
from reports.typography import Breaker, TextLine

EDGE = 2  # cells between what stands right and the right edge
EASES = (1.0, 0.8, 0.6)  # how much of their wanted height the fields of a form keep


@dataclass
class Composition:
    """Pages with their things, and the signature fields."""

    pages: list[PdfPage] = field(default_factory=list)
    fields: tuple[FieldPlace, ...] = ()


class Composer:
    """Composes one content; ``rows`` strips of ``strip`` points make a page.

    A form of its own says what stands in the head (:meth:`head_rows`, :meth:`head`) and what differs besides.
    """

    half = 1  # strips to a row: forms with cells are laid on half rows
    form = False  # whether paragraphs are those of a form (notes small, who signs right)
    least = LEAST  # millimetres a row of a table is high at least
    closes_up = True  # whether what follows the block may stand in the row below it
    over = 0  # strips taken at the head of every page but the first

    def __init__(self, book: FontBook, content: Content, marks: PageMarks, style: FormStyle) -> None:
        self.book = book
        self.content = content
        self.marks = marks
        self.style = style
        self.area = style.area
        self.rows, self.row, self.strip = self.area.rows * self.half, self.area.row, self.area.row / self.half
        self.out = Composition()
        self.tables = TableLayout(book, self.strip, slots.shown, self.area, self.least)

    def compose(self) -> Composition:
        """The whole document: text, block, what follows it, and the return slip on a page of its own."""
        block = self.block()
        follow = self.following()
        tail = Tail(block.block.rows * self.half, block.block.gaps, height(follow) + self.half if follow else 0, self.half if follow and self.closes_up else 0)
        head = self.head_rows()
        if self.form or any(isinstance(part, ContentTable) for part in self.content.body):
            units, found = self._eased(self.body(), slip=False, first=self.rows - head, tail=tail)
        else:
            units = self.units(self.body(), slip=False)
            self.rows, found = pace(units, tail, head)
            self.row = self.strip = block.row = self.area.height / self.rows
        self.head()
        self._pages(units, found, head)
        top = self._block(units, found, head, block)
        if follow:
            self._follow(follow, top, found)
        self.finish()
        if not self.marks.draft:
            self._fields(block, found)
        if self.content.slip:
            self._slip()
        return self.out

    def finish(self) -> None:
        """What a form draws when its pages are known."""

    def block(self) -> BlockPainter:
        """What is signed and sealed."""
        return BlockPainter(self.book, self.content, self.area)

    def body(self) -> tuple[Block, ...]:
        """What is paged: all but what stands at the foot."""
        return tuple(part for part in self.content.body if not (isinstance(part, Paragraph) and part.role == "foot"))

    @property
    def at_foot(self) -> list[str]:
        """What stands at the foot of every page, or of the last."""
        return [part.text for part in self.content.body if isinstance(part, Paragraph) and part.role == "foot"]

    def _eased(
        self, blocks: tuple[Block, ...], *, slip: bool, first: int, tail: Tail | None = None
    ) -> tuple[list[PageUnit], PagePlan]:
        """A form with its fields as high as wanted, or lower if that spares it a page."""
        made = []
        for ease in EASES:
            self.tables.ease = ease
            units, found = self._laid(blocks, slip, first, tail or Tail())
            while over := splitting(units, found, first, self.rows - self.over):
                self.tables.run_over.update(over)
                units, found = self._laid(blocks, slip, first, tail or Tail())
            made.append((units, found))
        return min(made, key=lambda one: len(one[1].starts))

    def _laid(self, blocks: tuple[Block, ...], slip: bool, first: int, tail: Tail) -> tuple[list[PageUnit], PagePlan]:
        units = self.units(blocks, slip=slip)
        return units, plan(units, tail, first, self.rows - self.over)

    def head_rows(self) -> int:
        """The strips that the head takes on page one."""
        titles = len(self._title_lines(self.content.title))
        return self.blank_rows + len(self._title_lines(self.content.court)) + titles + (3 if self.content.number else 1)

    @property
    def blank_rows(self) -> int:
        """Empty rows above the court's name."""
        return int(self.style.figures["blank_rows"])

    def head(self) -> None:
        """Court, name of the document, number: draws them on page one."""
        page = self._new_page()
        row = self.blank_rows
        for text in (self.content.court, self.content.title):
            for line in self._title_lines(text):
                self._centred(page, line, self.area.top - row * self.row + (4 if text == self.content.court else -3), self.row, self.style.title)
                row += 1
        number, spans = slots.shown(self.content.number)
        wide = self.book.width(number, "body", BODY_SIZE, PITCH - BODY_SIZE)
        y = baseline(self.area.top - (row + 1) * self.row, self.row, BODY_SIZE)
        page.add(Text(self.area.right - self.style.figures["number_edge"] * PITCH - wide, y, number, space=PITCH - BODY_SIZE, spans=spans))

    def _title_lines(self, text: str) -> list[str]:
        """A title on one line if it fits, else on as many even lines as it needs; two characters are spread by a blank."""
        if len(text) == 2:
            return [f"{text[0]}　{text[1]}"]
        wide = self.book.width(text, "title", self.style.title)
        count = int(wide // self.area.width) + 1
        size = -(-len(text) // count)
        return [text[i : i + size] for i in range(0, len(text), size)]

    def _centred(self, page: PdfPage, text: str, top: float, high: float, size: float, style: Style = "title") -> None:
        shown, spans = slots.shown(text)
        x = self.area.left + (self.area.width - self.book.width(shown, style, size)) / 2
        page.add(Text(x, baseline(top, high, size, style), shown, style, size, spans=spans))

    def units(self, blocks: tuple[Block, ...], *, slip: bool) -> list[PageUnit]:
        """The rows of paragraphs and tables."""
        out: list[PageUnit] = []
        form = slip or self.form
        for before, block in zip((None, *blocks), blocks, strict=False):
            if form and isinstance(before, ContentTable) and isinstance(block, Paragraph) and block.role == "closing":
                out.append(PageUnit(self.half, 0, 1, lambda *_: None, sticky=True))  # room between a table and who signs it
            if isinstance(block, ContentTable):
                out += self.tables.units(block)
            elif isinstance(block, CutLine):
                out.append(PageUnit(self.half, 0, 1, self._cut(block.text), sticky=True))
            elif isinstance(block, Paragraph):
                out += self._paragraph(block, form)
        return out

    def _paragraph(self, given: Paragraph, form: bool) -> list[PageUnit]:
        text, spans = slots.shown(given.text)
        if form and given.role == "heading":
            return [self._heading(given.text)]
        style, size = self._style(given, form)
        flush = given.role == "addressee" or (form and given.role in ("contact", "note", "closing"))
        pitch = self.area.pitch * size / self.style.body
        breaker = Breaker(self.book.advance(style), size, pitch=pitch)
        lines = breaker.lines(text, self.area.width, 0.0 if flush else 2 * pitch)
        right = form and given.role == "closing"
        sticky = given.keep_with_next or given.role == "heading" or text.endswith(("如下：", "如下:"))
        return [
            PageUnit(self.half, number, len(lines), self._row(line, style, size, spans, right), sticky=sticky)
            for number, line in enumerate(lines)
        ]

    def _heading(self, text: str) -> PageUnit:
        """The name of a form or slip; a part mark （存根） is smaller."""
        rows, size = (1, BODY_SIZE) if text.startswith("（") else (2, TITLE_SIZE)

        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            self._centred(page, text, top, rows * self.row, size)

        return PageUnit(rows * self.half, 0, 1, paint, sticky=True)

    def _style(self, given: Paragraph, form: bool) -> tuple[Style, float]:
        if given.role == "heading":
            return ("kai" if given.text.startswith("（") else "hei"), self.style.body
        return "body", min(SMALL_SIZE, self.style.body) if form and given.role == "note" else self.style.body

    def _row(self, line: TextLine, style: Style, size: float, spans: tuple[tuple[int, int], ...], right: bool) -> Painter:
        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            x = self.area.left + line.x
            if right:
                x = self.area.right - EDGE * PITCH - self.book.width(line.text, style, size, line.space)
            here = tuple((a - line.start, b - line.start) for a, b in spans)
            page.add(Text(x, baseline(top, self.row, size, style), line.text, style, size, line.space, spans=here))

        return paint

    def _cut(self, text: str) -> Painter:
        def paint(page: PdfPage, top: float, first: bool, last: bool) -> None:
            shown, _ = slots.shown(text)
            wide = self.book.width(shown, "body", SMALL_SIZE) + 12 if shown else 0.0
            left, right = self.area.left, self.area.right
            y, middle = top - self.row / 2, (left + right) / 2
            if not shown:
                page.add(RuledLine(left, y, right, y, 0.6, (4, 3)))
            else:
                page.add(RuledLine(left, y, middle - wide / 2, y, 0.6, (4, 3)), RuledLine(middle + wide / 2, y, right, y, 0.6, (4, 3)))
                page.add(Text(middle - wide / 2 + 6, baseline(top, self.row, SMALL_SIZE), shown, "body", SMALL_SIZE))

        return paint

    def following(self) -> list[PageUnit]:
        """What stands under the block: attachments, then the contact lines."""
        blocks = [Paragraph(text, "body") for text in self.content.attachments]
        blocks += [Paragraph(text, "contact") for text in self.content.contact]
        return self.units(tuple(blocks), slip=False)

    def _new_page(self) -> PdfPage:
        self.out.pages.append(PdfPage(area=self.area))
        return self.out.pages[-1]

    def _pages(self, units: list[PageUnit], found: PagePlan, head: int) -> None:
        ends = [*found.starts[1:], len(units)]
        for number, (begin, end) in enumerate(zip(found.starts, ends, strict=True)):
            page = self.out.pages[0] if number == 0 else self._new_page()
            self._paint(page, units[begin:end], head if number == 0 else self.over)

    def _paint(self, page: PdfPage, units: list[PageUnit], row: int) -> int:
        for number, unit in enumerate(units):
            unit.paint(page, self.area.top - row * self.strip, number == 0, number == len(units) - 1)
            row += unit.height
        return row

    def _block(self, units: list[PageUnit], found: PagePlan, head: int, block: BlockPainter) -> int:
        """Paints the block under the text; answers the row below it."""
        row = (head if len(found.starts) == 1 else self.over) + height(units[found.starts[-1] :]) + found.gap
        block.paint(self.out.pages[-1], self.area.top - row * self.strip)
        return row + block.block.rows * self.half

    def _follow(self, follow: list[PageUnit], row: int, found: PagePlan) -> None:
        if not found.trailing_apart:
            self._paint(self.out.pages[-1], follow, row + (0 if found.closed_up else self.half))
            return
        for begin in range(0, len(follow), self.rows):
            self._paint(self._new_page(), follow[begin : begin + self.rows], 0)

    def _fields(self, block: BlockPainter, found: PagePlan) -> None:
        page = len(found.starts) - 1
        wanted = block.fields(page)
        self.out.fields = wanted if self.marks.seal else tuple(f for f in wanted if f.name in block.signers())

    def _slip(self) -> None:
        """The return slip on a leaf of its own: printed on both sides it must not stand on the back of what its receiver keeps."""
        self.rows, self.row, self.strip = ROWS, ROW, ROW  # a form of its own, always on the grid
        if len(self.out.pages) % 2:
            self._new_page()
        units, found = self._eased(self.content.slip, slip=True, first=self.rows)
        for begin, end in zip(found.starts, [*found.starts[1:], len(units)], strict=True):
            self._paint(self._new_page(), units[begin:end], 0)
