"""A content becomes PDF pages: the same content and marks give the same bytes.

The pages carry neither seal nor signature: the seal is the appearance of the seal's signature (:mod:`reports.signing`), so a
copy for wet sealing is the frozen pages without it. Drafts get no signature fields at all.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from execdesk.documents.content import Content, PageMarks, Rendered
from execdesk.law.refusal import Refusal, WayOn
from reports import slots
from reports.fonts import Face, FontBook, Style, load_fonts, runs
from reports.forms import compose
from reports.page import AMBER, GREY, MM, NUMBER_SIZE, SMALL_SIZE, PdfPage, RuledLine, Text
from reports.style import keywords_of, style_of

DRAFT_OVER, DRAFT_EDGE = 10 * MM, 12 * MM  # the mark of a draft: above the type area, and at least that far from the paper's edge
NUMBER_DROP = 7 * MM  # from the type area down to the dash beside the page number
WATERMARK, WATER_GREY, WATER_SIZE, WATER_TILT = "样　本", 0.91, 120.0, 36.0
VERSO = "（本页空白。回执另用一张纸，从下页起，由收件人填写后退回）"  # on the back of what its receiver keeps
CREATOR = "执行工作台"
UNDATED = date(2000, 1, 1)

_ONE_AT_A_TIME = threading.Lock()  # ReportLab's font objects are shared and not made for threads


class PdfRenderer:
    """Renders contents with the fonts of one folder; loading them takes about 0.3 s once per process."""

    def __init__(self, fonts: Path) -> None:
        self.book: FontBook = load_fonts(fonts)

    def missing(self, content: Content, book: FontBook | None = None) -> list[str]:
        """The characters of a content that no font has, each once, in order."""
        words = "".join(slots.shown(text)[0] for text in slots.printed(content))
        return (book or self.book).missing(words)

    def render(self, content: Content, marks: PageMarks | None = None, own: Mapping[str, tuple[str, bytes]] | None = None) -> Rendered:
        """The pages and the places of the signature fields (signers first, the seal last). ``own`` are glyphs of the court's own, as
        :meth:`FontBook.with_own` takes them.

        Raises Refusal ``document.unfilled`` (a slot, ×× or …… left, no date) or ``document.glyph`` (a character that no font
        has) unless ``marks.draft``; a draft shows open slots in amber and unknown characters as 〓.
        """
        given = marks or PageMarks()
        book = self.book.with_own(own) if own else self.book
        unknown = self.missing(content, book)
        if not given.draft:
            slots.check_filled(content)
            check_glyphs(unknown)
        with _ONE_AT_A_TIME:
            composed = compose(book, content, given)
            pdf = PageDrawing(book, content, given).pdf(composed.pages)
        warnings = [f"字库缺字：{c}（U+{ord(c):04X}）" for c in unknown]
        return Rendered(pdf, len(composed.pages), composed.fields, tuple(warnings))


def check_glyphs(unknown: list[str]) -> None:
    """Refuses (``document.glyph``) characters that no font has, naming them."""
    if unknown:
        named = "、".join(f"「{c}」（U+{ord(c):04X}）" for c in unknown)
        raise Refusal(
            f"字库里没有这些字：{named}，文书不能成文。请核对是否录入有误；确是这个字的，请系统管理员登记本院补字，经局长批准即可印制。",
            code="document.glyph",
            ways=(WayOn("登记本院补字", "glyph.prepare"),),
        )


class PageDrawing:
    """Draws composed pages onto one ReportLab canvas."""

    def __init__(self, book: FontBook, content: Content, marks: PageMarks) -> None:
        self.book = book
        self.content = content
        self.marks = marks
        self.style = style_of(content.form)
        self.out = io.BytesIO()
        self.canvas = Canvas(
            self.out, pagesize=self.style.area.paper, invariant=1, pageCompression=1, initialFontName=book.name("fang"), lang="zh-CN"
        )
        self._describe()

    def _describe(self) -> None:
        day = self.content.signed_on or UNDATED
        stamp = self.canvas._doc._timeStamp
        stamp.YMDhms, stamp.dhh, stamp.dmm = (day.year, day.month, day.day, 0, 0, 0), 8, 0
        number = slots.shown(self.content.number)[0] if slots.numbered(self.content) else ""
        self.canvas.setTitle(f"{number}{self.content.title}")
        self.canvas.setAuthor(self.content.court)
        self.canvas.setSubject(self.content.subject or self.content.title)
        self.canvas.setCreator(CREATOR)
        if words := keywords_of(self.style):  # so that a view knows what of the page to show
            self.canvas.setKeywords(words)

    def pdf(self, pages: Sequence[PdfPage]) -> bytes:
        """All pages as one file."""
        for number, page in enumerate(pages, 1):
            self._under()
            for thing in page.things:
                if isinstance(thing, Text):
                    self._text(thing)
                else:
                    self._rule(thing)
            if page.things:
                self._foot(number, len(pages))
            else:
                self._verso()
            self.canvas.showPage()
        self.canvas.save()
        return self.out.getvalue()

    def _text(self, thing: Text) -> None:
        if not thing.text.strip():
            return
        if thing.whole:
            self._whole(thing)
            return
        out = self.canvas.beginText(thing.x, thing.y)
        x = thing.x
        for piece, amber in pieces(thing):
            out.setFillColorRGB(*(AMBER if amber else thing.colour))
            for face, run in runs(self.book, thing.style, piece):
                self._run(out, x, face, run, thing)
                x += self.book.width(run, thing.style, thing.size) + len(run) * thing.space
        self.canvas.drawText(out)

    def _run(self, out: Any, x: float, face: Face, run: str, thing: Text) -> None:
        small = thing.size * (1 - face.scale)  # a glyph made smaller keeps its pitch and stands in the middle of it
        out.setTextOrigin(x + small / 2, thing.y)
        out.setFont(face.font, thing.size * face.scale)
        out.setCharSpace(thing.space + small)
        out.setRise(thing.size * face.rise)
        out.textOut(run)

    def _rule(self, thing: RuledLine) -> None:
        self.canvas.setStrokeColorRGB(*thing.colour)
        self.canvas.setLineWidth(thing.width)
        self.canvas.setDash(list(thing.dash) or [])
        self.canvas.line(thing.x0, thing.y0, thing.x1, thing.y1)

    def _artifact(self, thing: Text) -> None:
        """Marks what belongs to the page, not to the document, so that reading tools may pass it over."""
        self.canvas._code.append("/Artifact BMC")
        self._text(replace(thing, whole=True))
        self.canvas._code.append("EMC")

    def _whole(self, thing: Text) -> None:
        """Spread letters that copy out as one word, blanks left out."""
        actual = "FEFF" + "".join(thing.text.split("　")).encode("utf-16-be").hex().upper()
        self.canvas._code.append(f"/Span <</ActualText <{actual}>>> BDC")
        self._text(replace(thing, whole=False))
        self.canvas._code.append("EMC")

    def _under(self) -> None:
        wide_page, high_page = self.style.area.paper
        if self.marks.sample:
            self.canvas.saveState()
            self.canvas.translate(wide_page / 2, high_page / 2)
            self.canvas.rotate(WATER_TILT)
            wide = self.book.width(WATERMARK, "title", WATER_SIZE)
            grey = (WATER_GREY, WATER_GREY, WATER_GREY)
            self._artifact(Text(-wide / 2, -WATER_SIZE * 0.38, WATERMARK, "title", WATER_SIZE, colour=grey))
            self.canvas.restoreState()
        if self.marks.draft:
            right, over = self.style.area.right, high_page - self.style.area.top
            top = self.style.area.top + min(DRAFT_OVER, over - DRAFT_EDGE)  # above what the form prints, within what a printer reaches
            self._artifact(Text(right - 3 * NUMBER_SIZE, top, "草　稿", "hei", NUMBER_SIZE, colour=AMBER))

    def _verso(self) -> None:
        """A blank back says why it is blank, and bears no number."""
        area = self.style.area
        wide = self.book.width(VERSO, "body", SMALL_SIZE)
        self._artifact(Text(area.left + (area.width - wide) / 2, area.bottom + area.height / 2, VERSO, "body", SMALL_SIZE, colour=GREY))

    def _foot(self, number: int, total: int) -> None:
        """The number of the page as its form has it, and the mark of a reprint."""
        area = self.style.area
        y = area.bottom - NUMBER_DROP - 0.3 * NUMBER_SIZE
        if self.style.numbering == "total":
            y = area.bottom - self.style.mm("foot_gap") - 1.8 * NUMBER_SIZE
            text = f"第{number}页　共{total}页"
            wide = self.book.width(text, "body", SMALL_SIZE)
            self._artifact(Text(area.left + (area.width - wide) / 2, y, text, "body", SMALL_SIZE))
        elif self.style.numbering == "sides" or (self.style.numbering == "later" and number > 1):
            text = f"— {number} —"
            wide = self.book.width(text, "number", NUMBER_SIZE)
            x = area.right - NUMBER_SIZE - wide if number % 2 else area.left + NUMBER_SIZE
            self._artifact(Text(x, y, text, "number", NUMBER_SIZE))
        if self.marks.foot:
            style: Style = "body"
            middle = area.left + (area.width - self.book.width(self.marks.foot, style, 9)) / 2
            below = y if self.style.numbering != "total" else y - 1.2 * NUMBER_SIZE
            self._artifact(Text(middle, below, self.marks.foot, style, 9, colour=GREY))


def pieces(thing: Text) -> Iterable[tuple[str, bool]]:
    """A text cut into plain and amber pieces."""
    last = 0
    for begin, end in thing.spans:
        low, high = max(begin, last, 0), min(end, len(thing.text))
        if low < high:
            if low > last:
                yield thing.text[last:low], False
            yield thing.text[low:high], True
            last = high
    if last < len(thing.text):
        yield thing.text[last:], False
