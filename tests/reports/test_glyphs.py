"""A glyph of a court's own, cut out of a font from outside by a helper; what is no such font is refused in a sentence."""

from __future__ import annotations

import hashlib
import io
import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from execdesk.documents.characters import may_be_drawn
from execdesk.documents.content import OwnGlyph, PageMarks, Paragraph
from execdesk.documents.wire import dump, load
from execdesk.law.refusal import Refusal
from reports.glyphs import MOST_KEPT, cut, cut_again
from reports.pdfservice import ReportLabPdf
from tests.glyphfonts import LIKE, UNKNOWN, collection, font_bytes
from tests.reports import samples
from tests.tries import PROOF

OTHER = "\U00030ede"
BREAKS = {"": 150, "bounded": 800, "unbounded": 5_000}[PROOF]


@pytest.fixture(scope="module")
def service() -> ReportLabPdf:
    return ReportLabPdf(samples.FONTS)


@pytest.fixture(scope="module")
def kept() -> bytes:
    return cut(font_bytes(), UNKNOWN)


def own(data: bytes, character: str = UNKNOWN) -> OwnGlyph:
    return OwnGlyph(character, hashlib.sha256(data).hexdigest(), "01J00000000000000000000000")


@pytest.mark.parametrize("made", [
    font_bytes(), font_bytes(em=1000), font_bytes(cubic=True), font_bytes({UNKNOWN: LIKE, "a": OTHER, "罚": OTHER}), collection(font_bytes({"罚": OTHER}), font_bytes()),
    font_bytes(fpgm=b"\xb0\x01" * 40, GSUB=b"\0" * 64),
])
def test_only_the_one_character_is_kept(made: bytes) -> None:
    found = cut(made, UNKNOWN)
    font = TTFont(io.BytesIO(found))
    assert font.getBestCmap().keys() == {ord(UNKNOWN)} and font["maxp"].numGlyphs == 2 and "fpgm" not in font and "GSUB" not in font
    assert len(found) < MOST_KEPT
    assert cut_again(found, UNKNOWN) == found, "the same outline gives the same bytes"
    assert font["hmtx"][font.getBestCmap()[ord(UNKNOWN)]][0] == font["head"].unitsPerEm == 1000


def refused(call: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(("data", "code", "words"), [
    (b"", "glyph.not_font", "不是字体文件"),
    (b"%PDF-1.7 not a font", "glyph.not_font", "不是字体文件"),
    (font_bytes({"罚": OTHER}), "glyph.absent", f"里没有「{UNKNOWN}」（U+2EBF0）"),
    (collection(font_bytes({"罚": OTHER})), "glyph.absent", "里没有"),
    (font_bytes()[:600], "glyph.broken", "已损坏"),
    (b"\0\1\0\0" + b"\xff" * 4000, "glyph.broken", "已损坏"),
    (b"ttcf\0\1\0\0\xff\xff\xff\xff" + b"\0" * 64, "glyph.broken", "已损坏"),
])
def test_what_is_no_font_of_the_character_is_refused(service: ReportLabPdf, data: bytes, code: str, words: str) -> None:
    refusal = refused(lambda: service.cut_glyph(data, "补字.ttf", UNKNOWN))
    assert refusal.code == code and words in refusal.text and "补字.ttf" in refusal.text and refusal.text.endswith("请另选字体文件。"), refusal.text


@pytest.mark.parametrize(("scale", "code"), [(0.2, "glyph.shape"), (1.6, "glyph.shape")])
def test_a_glyph_that_is_no_hanzi_in_size_is_refused(scale: float, code: str) -> None:
    font = TTFont(io.BytesIO(font_bytes()))
    glyph = font["glyf"][font.getBestCmap()[ord(UNKNOWN)]]
    glyph.coordinates.scale((scale, scale))
    out = io.BytesIO()
    font.save(out)
    assert refused(lambda: cut(out.getvalue(), UNKNOWN)).code == code


def test_a_blank_glyph_is_refused() -> None:
    font = TTFont(io.BytesIO(font_bytes()))
    font["glyf"][font.getBestCmap()[ord(UNKNOWN)]] = type(font["glyf"][".notdef"])()
    out = io.BytesIO()
    font.save(out)
    assert refused(lambda: cut(out.getvalue(), UNKNOWN)).code == "glyph.blank"


@pytest.mark.attack("8.2")
@pytest.mark.parametrize(("data", "words"), [
    (font_bytes({UNKNOWN: LIKE, "罚": OTHER}), "除「𮯰」外还有别的字，如「罚」"),
    (font_bytes(fpgm=b"\xb0\x01" * 40), "夹带了字形以外的内容（fpgm）"),
    (font_bytes() + b"\0" * MOST_KEPT, "一个字的字形不会超过 64 KB"),
    (collection(font_bytes()), "不是一个字的字形文件"),
    (b"\0\1\0\0" + b"\xff" * 400, "已损坏"),
])
def test_a_kept_file_that_holds_anything_else_is_not_drawn_with(service: ReportLabPdf, data: bytes, words: str) -> None:
    """What came from another desk's modified program names it, and says who sets it right."""
    refusal = refused(lambda: service.window_font(own(data), data))
    assert words in refusal.text and UNKNOWN in refusal.text and refusal.text.endswith("请系统管理员重新登记这个字的字形，由局长批准。"), refusal.text


@pytest.mark.fuzz
def test_a_font_broken_anywhere_is_cut_or_refused(kept: bytes) -> None:
    """Whatever a byte says: a font of the one character, or a refusal."""
    chance, whole = random.Random(2018), font_bytes()
    for turn in range(BREAKS):
        data = bytearray(kept if turn % 2 else whole)
        for _ in range(chance.choice((1, 1, 4, 30))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            found = (cut_again if turn % 2 else cut)(bytes(data), UNKNOWN)
        except Refusal as refusal:
            assert refusal.code.startswith("glyph.")
        else:
            assert TTFont(io.BytesIO(found)).getBestCmap().keys() == {ord(UNKNOWN)}


def test_a_document_names_the_glyph_and_is_printed_with_it(service: ReportLabPdf, kept: bytes) -> None:
    plain = samples.ruling((Paragraph(f"被执行人：符{UNKNOWN}，男。"),))
    content = replace(plain, glyphs=(own(kept),))
    assert content.hash != plain.hash and replace(content, glyphs=(own(kept + b" "),)).hash != content.hash
    assert load(dump(content)) == content and "glyphs" not in dump(plain), "what names none reads as before"
    with pytest.raises(Refusal, match="字库里没有这些字：「𮯰」（U\\+2EBF0）.*登记本院补字"):
        service.render(plain, PageMarks())
    pages = service.render(content, PageMarks(), {content.glyphs[0].sha256: kept})
    assert pages.warnings == () and f"符{UNKNOWN}，男" in re.sub(r"\s", "", service.text(service.archive(pages)))
    assert service.render(content, PageMarks(), {content.glyphs[0].sha256: kept}).pdf == pages.pdf
    with pytest.raises(Refusal, match="字库里没有"):
        service.render(plain, PageMarks())  # a glyph is of the content that names it, not of all


def test_the_specimen_shows_the_glyph_between_its_neighbours(service: ReportLabPdf, kept: bytes) -> None:
    assert re.sub(r"\s", "", service.text(service.specimen(f"符{UNKNOWN}明", own(kept), kept))) == f"符{UNKNOWN}明" * 2


@pytest.mark.parametrize(("text", "right"), [
    ("堃", True), (UNKNOWN, True), ("\ue816", True), ("\U000f0001", True), ("a", False), ("，", False), ("", False), ("符号", False), ("\ud800", False), ("\U0010ffff", False),
    ("\U0002ffff", False), ("\U00010000", False), ("😀", False),
])
def test_what_a_court_may_draw(text: str, right: bool) -> None:
    assert may_be_drawn(text) is right
