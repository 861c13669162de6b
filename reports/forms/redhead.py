"""Red-head letters (信函格式 of GB/T 9704): red name of the court and red double rules, number right, Arabic date under the organ's name."""

from __future__ import annotations

from execdesk.documents.content import Block, Content, Paragraph
from execdesk.documents.slots import body_date
from reports import slots
from reports.block import SEAL, SEAL_FIELD, BlockPainter, PlacedBlock
from reports.fonts import FontBook
from reports.grid import Composer
from reports.page import AMBER, BLACK, BODY_SIZE, MM, PITCH, RED, PdfPage, RuledLine, Text, baseline
from reports.paginate import PageUnit
from reports.slots import SHOWN
from reports.style import TypeArea
from reports.typography import Breaker

INK = 0.86  # em of a hanzi above its baseline
SIDE = 1 * MM  # the paper's middle lies that far from the type area's
BETWEEN = 1.2  # points between the thick and the thin rule
NUMBER_ROWS = 2  # rows of the type area beside which the red name and the number stand
ORGAN_ROWS = 2  # rows before the organ's name, for the upper part of the seal
LOW = 6 * MM  # the middle of the seal lies this far above the middle of name and date


class RedHeadForm(Composer):
    """The head stands above the type area and in its first rows; 抄送 in the last rows of the last page."""

    closes_up = False  # the seal reaches below the date

    def block(self) -> BlockPainter:
        """The organ's name over the date."""
        return OrganBlock(self.book, self.content, self.area, self.style.figures["date_edge"])

    def body(self) -> tuple[Block, ...]:
        """The text, then what is enclosed, which stands before the signature."""
        enclosed = tuple(Paragraph(text.replace("附：", "附件：", 1)) for text in self.content.attachments)
        return (*super().body(), *((Paragraph(""), *enclosed) if enclosed else ()))

    def units(self, blocks: tuple[Block, ...], *, slip: bool) -> list[PageUnit]:
        """As of a letter; the empty row before what is enclosed goes with it."""
        out: list[PageUnit] = []
        for block in blocks:
            if isinstance(block, Paragraph) and not block.text:
                out.append(PageUnit(1, 0, 1, lambda *_: None, sticky=True))
            else:
                out += super().units((block,), slip=slip)
        return out

    def following(self) -> list[PageUnit]:
        """附注: whom to ask, in brackets; then the rows that 抄送 takes."""
        asked = "；".join(self.content.contact)
        out = self.units((Paragraph(f"（{asked}）"),), slip=False) if asked else []
        lines = len(self._copied())
        rows = -(-int(lines * self.style.figures["foot_lead"]) // int(self.area.row))
        return out + [PageUnit(1, 0, 1, lambda *_: None) for _ in range(rows)]

    def head_rows(self) -> int:
        """Beside the red head, two rows free, the title, one row free."""
        return NUMBER_ROWS + int(self.style.figures["title_rows"]) + len(self._title_lines(self.content.title)) + 1

    def head(self) -> None:
        """Red name, rules, number and title on page one."""
        page, area = self._new_page(), self.area
        size = min(self.style.court, (area.width - 2 * SIDE) / len(self.content.court))
        wide = self.book.width(self.content.court, "title", size)
        y = area.paper[1] - self.style.mm("mark_top") - INK * size
        page.add(Text((area.paper[0] - wide) / 2, y, self.content.court, "title", size, colour=RED))
        under = y - (1 - INK) * size - self.style.mm("rule_gap")
        self._rules(page, under, thick_above=True)
        self._rules(page, self.style.mm("rule_foot"), thick_above=False)
        number, spans = slots.shown(self.content.number)
        x = area.right - self.book.width(number, "body", BODY_SIZE)
        page.add(Text(x, under - (self.style.figures["number_gap"] + INK) * BODY_SIZE, number, spans=spans))
        first = NUMBER_ROWS + int(self.style.figures["title_rows"])
        for row, line in enumerate(self._title_lines(self.content.title), first):
            self._centred(page, line, area.top - row * self.row, self.row, self.style.title)

    def _rules(self, page: PdfPage, y: float, *, thick_above: bool) -> None:
        wide = self.style.mm("rule_length")
        left = (self.area.paper[0] - wide) / 2
        thick, thin = self.style.figures["rule_thick"], self.style.figures["rule_thin"]
        first, second = (thick, thin) if thick_above else (thin, thick)
        below = y - (first + second) / 2 - BETWEEN
        page.add(RuledLine(left, y, left + wide, y, first, colour=RED), RuledLine(left, below, left + wide, below, second, colour=RED))

    def _copied(self) -> list[Text]:
        """抄送 in 四号, one character from either edge, lines after the first under the first name."""
        size, out = self.style.figures["foot_size"], []
        for text in self.at_foot:
            label, colon, names = text.partition("：")
            hang = self.book.width(label + colon, "body", size) if colon else 0.0
            breaker = Breaker(self.book.advance("body"), size, justify=False)
            for number, line in enumerate(breaker.lines(names or label, self.area.width - 2 * size - hang)):
                words = f"{label}{colon}{line.text}" if number == 0 and colon else line.text
                out.append(Text(self.area.left + size + (hang if number else 0.0), 0.0, words, "body", size))
        return out

    def finish(self) -> None:
        """抄送 at the foot of the last page."""
        lead = self.style.figures["foot_lead"]
        for number, line in enumerate(reversed(self._copied())):
            y = baseline(self.area.bottom + (number + 1) * lead, lead, line.size)
            self.out.pages[-1].add(Text(line.x, y, line.text, "body", line.size))


class OrganBlock(BlockPainter):
    """The organ's name centred on the Arabic date, the seal on both."""

    def __init__(self, book: FontBook, content: Content, area: TypeArea, edge: float) -> None:
        super().__init__(book, content, area)
        self.edge = edge
        self.block = PlacedBlock(ORGAN_ROWS + 2, ORGAN_ROWS + 1, (0, 0), [], content.signature.seal)

    def paint(self, page: PdfPage, top: float) -> None:
        """Draws name and date below ``top``."""
        day = self.content.signed_on
        text, colour = (body_date(day), BLACK) if day else (SHOWN["signed_on"], AMBER)
        space = PITCH - BODY_SIZE
        wide = self.book.width(text, "body", BODY_SIZE, space)
        x = self.area.right - self.edge * PITCH - wide
        upper, lower = (top - (ORGAN_ROWS + row) * self.row for row in range(2))
        page.add(Text(x, baseline(lower, self.row, BODY_SIZE), text, space=space, colour=colour))
        name = self.content.court
        broad = self.book.width(name, "body", BODY_SIZE, space)
        left = min(x + wide / 2 - broad / 2, self.area.right - broad)
        page.add(Text(left, baseline(upper, self.row, BODY_SIZE), name, space=space))
        if self.block.seal:
            middle, centre = x + wide / 2, lower + LOW
            self.places[SEAL_FIELD] = (middle - SEAL / 2, centre - SEAL / 2, middle + SEAL / 2, centre + SEAL / 2)
