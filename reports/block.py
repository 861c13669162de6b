"""The signature block: 审判长 审判员 … date … 书记员, columns and rows as the printing rule of 2016 counts them.

The left half between date and 书记员 stays free: there 正本 and 副本 get the stamp 本件与原本核对无异, which 原本 never bears.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from execdesk.documents.content import Content, FieldPlace, Signatory
from execdesk.law.numerals import date_in_words
from reports.fonts import FontBook
from reports.page import AMBER, BLACK, BODY_SIZE, JUDICIAL, MM, PITCH, PdfPage, Text, baseline
from reports.paginate import GAPS
from reports.slots import SHOWN
from reports.style import TypeArea

SEAL = 42 * MM
SEAL_ROWS = 5  # empty rows between the last judge line and the date: the 42 mm seal takes 4.1
ARC = 1.6 * MM  # the seal's lower edge lies this far below the middle of the date: its arc rides 年 and presses 月
AFTER_DATE = 1  # empty rows between date and 书记员
EDGE, LABEL, NAME = 2, 7, 3  # cells: to the right edge, of a label, of a name
BETWEEN = 3  # cells between label and name
BELOW = ("法官助理", "书记员")  # lines that stand after the date
SEAL_FIELD = "CourtSeal"
UNSEALED = ("officers", "approval", "none")


@dataclass
class PlacedBlock:
    """Rows of the block (offset from its top, painter), its height, and the fields once it is painted."""

    rows: int = 0
    date_row: int | None = None
    gaps: tuple[int, int] = GAPS
    lines: list[tuple[int, str, str, str]] = field(default_factory=list)  # row, label, name, field
    seal: bool = False


def lay(content: Content) -> PlacedBlock:
    """The rows of the block of a document."""
    given = content.signature
    out = PlacedBlock(seal=given.seal and given.kind not in UNSEALED)
    if given.kind in ("none", "approval"):
        return out
    before = [s for s in given.signatories if s.label not in BELOW]
    after = [s for s in given.signatories if s.label in BELOW]
    clerk = [Signatory("书记员", given.clerk, "", "")] if given.clerk else []
    for line in before:
        out.lines.append((out.rows, line.label, line.name, line.field))
        out.rows += 1
    if given.kind != "officers" or content.signed_on:
        alone = out.seal and not before  # nobody is printed: the seal may come within a row of the text
        out.gaps = (0, 1) if alone else GAPS
        out.rows += SEAL_ROWS - alone if before or out.seal else 0
        out.date_row, out.rows = out.rows, out.rows + 1
    if after or clerk:
        out.rows += AFTER_DATE
    for line in [*after, *clerk]:
        out.lines.append((out.rows, line.label, line.name, line.field))
        out.rows += 1
    return out


class BlockPainter:
    """Paints a block and collects where its signature fields lie."""

    def __init__(self, book: FontBook, content: Content, area: TypeArea = JUDICIAL) -> None:
        self.book = book
        self.content = content
        self.area = area
        self.block = lay(content)
        self.row = area.row
        self.places: dict[str, tuple[float, float, float, float]] = {}

    def paint(self, page: PdfPage, top: float) -> None:
        """Draws the block with its first row below ``top``."""
        widest = max((len(name) for _, _, name, _ in self.block.lines), default=NAME)
        after = EDGE + max(NAME + BETWEEN, max(NAME, widest) + 1) + LABEL  # cells from the label to the right edge
        day = self.block.date_row
        for row, label, name, field_name in self.block.lines:
            if day is not None and row > day:
                self.draw_date(page, top - day * self.row)
                day = None
            self._line(page, top - row * self.row, label, name, field_name, after)
        if day is not None:
            self.draw_date(page, top - day * self.row)

    def _line(self, page: PdfPage, top: float, label: str, name: str, field_name: str, after: int) -> None:
        y = baseline(top, self.row, BODY_SIZE)
        page.add(spread(self.area.right - after * PITCH, y, label, LABEL))
        cells = max(NAME, len(name))
        x = self.area.right - (EDGE + cells) * PITCH
        page.add(spread(x, y, name, NAME))
        if field_name:
            self.places[field_name] = (x, y - 4, x + cells * PITCH, y + BODY_SIZE)

    def draw_date(self, page: PdfPage, top: float) -> None:
        """The date in words in the row below ``top``, and where the seal goes."""
        day = self.content.signed_on
        text, colour = (date_in_words(day), BLACK) if day else (SHOWN["signed_on"], AMBER)
        wide = len(text) * PITCH
        x, y = self.area.right - EDGE * PITCH - wide, baseline(top, self.row, BODY_SIZE)
        page.add(Text(x, y, text, space=PITCH - BODY_SIZE, colour=colour))
        middle, bottom = x + wide / 2, top - self.row / 2 - ARC
        if self.block.seal:
            self.places[SEAL_FIELD] = (middle - SEAL / 2, bottom, middle + SEAL / 2, bottom + SEAL)

    def signers(self) -> tuple[str, ...]:
        """Names of the fields that people sign, without the seal."""
        return tuple(f.name for f in self.fields(0) if f.name != SEAL_FIELD)

    def fields(self, page: int) -> tuple[FieldPlace, ...]:
        """All fields: printed signers, invisible signers, the seal last."""
        signers = [s.field for s in self.content.signature.signatories if s.field]
        unseen = [s.field for s in self.content.signature.invisible if s.field]
        seal = [SEAL_FIELD] if SEAL_FIELD in self.places else []
        return tuple(FieldPlace(n, page, self.places.get(n, (0, 0, 0, 0))) for n in [*signers, *unseen, *seal])


def spread(x: float, y: float, text: str, cells: int) -> Text:
    """A text fitted into ``cells`` grid cells, first and last character on their edges; a longer one keeps its width."""
    step = PITCH
    if 1 < len(text) < cells:
        step = (cells - 1) * PITCH / (len(text) - 1)
    return Text(x, y, text, space=step - BODY_SIZE, whole=True)

