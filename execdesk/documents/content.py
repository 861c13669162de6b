"""What stands in a document, before it becomes pages: plain frozen values.

Text may hold slots ``⟦name⟧``: ``⟦own_number⟧``, ``⟦signed_on⟧``, ``⟦signed_on+12m-1d⟧`` (days counted from the signing
date) and ``⟦number:KEY⟧`` (another document of the same submission). Everything else is a value. What is approved is the
hash of the content with its slots unfilled.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

Role = Literal["party", "addressee", "body", "item", "remedy", "closing", "heading", "contact", "note", "foot"]
GRID = ("ruling", "order", "notice", "letter")  # forms of one grid, which were one form before and are one in what was approved
FORMER = "text"
BlockKind = Literal["judge", "panel", "president", "seal_only", "officers", "approval", "none"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; ``addressee`` stands flush left, all others are indented by two characters.

    ``foot`` stands at the foot: of every page of a record or a list (who signs there), of the last of a red-head letter (抄送).
    """

    text: str
    role: Role = "body"
    keep_with_next: bool = False
    source: str = ""  # where a prefilled value came from, for the drafting page; never printed


@dataclass(frozen=True)
class TableCell:
    """One cell of a table form; ``span`` columns wide, at least ``height_mm`` high."""

    text: str
    label: bool = False
    span: int = 1
    height_mm: float = 10.0
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class ContentTable:
    """Rows of cells; ``widths`` are shares of the type area and sum to 1."""

    widths: tuple[float, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class WritingLines:
    """Ruled lines to write on: to the foot of the page, and ``pages`` further pages of them."""

    pages: int = 0
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True)
class CutLine:
    """A dashed line across the page (stub, return slip) with the words on it."""

    text: str = ""
    kind: Literal["cut"] = "cut"


Block = Paragraph | ContentTable | CutLine | WritingLines


@dataclass(frozen=True)
class Signatory:
    """A printed line of the block (``审判员``, ``某某``) and the signature field behind it."""

    label: str
    name: str
    person: str  # row id of the person
    field: str  # name of the PDF signature field, e.g. ``Judge1``


@dataclass(frozen=True)
class SignatureBlock:
    """Who is printed, who signs invisibly, whether the seal goes on the date and its copies get the 核对 stamp (never printed)."""

    kind: BlockKind
    signatories: tuple[Signatory, ...] = ()
    clerk: str = ""
    invisible: tuple[Signatory, ...] = ()
    seal: bool = True
    check_mark: bool = False


@dataclass(frozen=True)
class OwnGlyph:
    """A character that is drawn with a glyph of the court's own: the SHA-256 of its font file, and the row of the act that keeps it."""

    character: str
    sha256: str
    glyph: str


@dataclass(frozen=True)
class Content:
    """One document as content. ``number`` and ``signed_on`` are slots until issue.

    ``form`` is how it is set, one of :data:`execdesk.documents.texts.FORMS`.
    ``subject`` is a short description for lists. ``facts`` are the values that were filled, by name, with their source. ``glyphs`` are
    the court's own among the characters, in their order; where there are none, the content is what it was before there could be any.
    """

    type_id: str
    form: str
    court: str
    title: str
    body: tuple[Block, ...]
    signature: SignatureBlock
    number: str = "⟦own_number⟧"
    signed_on: date | None = None
    slip: tuple[Block, ...] = ()  # 回执, on a page of its own
    contact: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    subject: str = ""
    text_version: str = ""  # which text it was assembled from: type, first day, hash of its words: ``ruling_freeze@2016-08-01#0123456789abcdef``
    facts: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)
    glyphs: tuple[OwnGlyph, ...] = ()

    def canonical(self) -> bytes:
        """The bytes that are hashed for approval: all values, own number and signing date as slots."""
        data: dict[str, Any] = asdict(self)
        data.pop("facts")
        if not self.glyphs:
            data.pop("glyphs")
        data["number"], data["signed_on"] = "⟦own_number⟧", "⟦signed_on⟧"
        data["form"] = FORMER if self.form in GRID else self.form
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def hash(self) -> str:
        """SHA-256 over :meth:`canonical`, hexadecimal."""
        return hashlib.sha256(self.canonical()).hexdigest()


@dataclass(frozen=True)
class PageMarks:
    """How a rendering is marked: draft pages show neither seal nor signature; demonstration stores print 样本."""

    draft: bool = False
    sample: bool = False
    seal: bool = True
    seal_text: str = ""  # ring text of the court seal, with （样） in a demonstration store
    foot: str = ""  # e.g. 「第2次打印」 on a reprint


@dataclass(frozen=True)
class FieldPlace:
    """Where a signature field goes: page from 0, rectangle in points (x0, y0, x1, y1); all zero = invisible."""

    name: str
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Rendered:
    """Pages as PDF bytes, their count, the fields to create (signatures first, the seal last), notes for the log."""

    pdf: bytes
    pages: int
    fields: tuple[FieldPlace, ...]
    warnings: tuple[str, ...] = ()
