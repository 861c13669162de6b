"""One character cut out of a font file from outside, as a font of its own: what a court keeps of a glyph that no shipped font has.

Runs in the helper that reads files from outside. What it answers is built anew from the outline alone, so that whoever draws with it never
parses what came from outside: no program of hinting, no layout, no second character.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Any

from execdesk.law.refusal import Refusal

EM = 1000
CHARACTER, NOTHING = "own", ".notdef"
MOST_KEPT = 64 * 1024  # bytes of a font of one character
MOST_FACES = 16  # of a collection
MOST_POINTS = 4_000
MADE = 3_597_609_600  # seconds since 1904: a day that says nothing, so that the bytes hang on the outline alone
MAX_ERROR = 1.0  # per 1000 em, of quadratic outlines against cubic ones: below what 600 dpi can show
BOX = (-150, -350, 1150, 1150)  # a hanzi stands in 0 … 1000 across, about -120 … 880 up; strokes may reach a little over
LEAST = 300  # the longer side of its ink
WIDEST = 1.15  # em
TABLES = frozenset({"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2", "post"})
_KINDS = {b"\0\1\0\0": 1, b"true": 1, b"OTTO": 1, b"ttcf": MOST_FACES}


def cut(data: bytes, character: str) -> bytes:
    """A font of this character alone, from a TrueType or OpenType file or a collection of them; the same outline gives the same bytes.

    Raises:
        Refusal: ``glyph.not_font``, ``glyph.broken``, ``glyph.absent``, ``glyph.blank``, ``glyph.shape``.
    """
    faces = _KINDS.get(data[:4])
    if faces is None:
        raise Refusal("不是字体文件（.ttf、.otf、.ttc）。", code="glyph.not_font")
    return _built(_outline(data, faces, character), character)


def cut_again(data: bytes, character: str) -> bytes:
    """The same from a file that a court keeps, which must be what :func:`cut` gives: nothing but the one character.

    Raises:
        Refusal: as :func:`cut`; ``glyph.strange`` naming what stands there beside.
    """
    if len(data) > MOST_KEPT:
        raise Refusal(f"有 {len(data) / 1024:,.0f} KB，一个字的字形不会超过 {MOST_KEPT // 1024} KB。", code="glyph.strange")
    if data[:4] != b"\0\1\0\0":
        raise Refusal("不是一个字的字形文件。", code="glyph.not_font")
    _require_alone(data, character)
    return cut(data, character)


def _require_alone(data: bytes, character: str) -> None:
    def asked() -> tuple[set[str], set[int], int]:
        font = _opened(data, -1)
        return set(font.keys()) - {"GlyphOrder"}, {code for table in font["cmap"].tables for code in table.cmap}, font["maxp"].numGlyphs

    tables, codes, glyphs = _understood(asked)
    if others := sorted(tables - TABLES):
        raise Refusal(f"夹带了字形以外的内容（{'、'.join(tag.strip() for tag in others[:5])}）。", code="glyph.strange")
    if codes != {ord(character)} or glyphs != 2:
        more = sorted(codes - {ord(character)})
        named = f"，如「{chr(more[0])}」" if more else ""
        raise Refusal(f"除「{character}」外还有别的字{named}。", code="glyph.strange")


def _understood(ask: Any) -> Any:
    """What ``ask`` makes of a font; whatever a library stumbles over in a broken one, the file is broken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ask()
    except (Refusal, MemoryError):
        raise
    except Exception as error:
        raise Refusal("字体文件已损坏，读不出来。", code="glyph.broken") from error


def _opened(data: bytes, number: int) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(data), fontNumber=number, lazy=True, recalcTimestamp=False)


def _outline(data: bytes, faces: int, character: str) -> Any:
    """The glyph of a character in quadratic curves on an em of 1000, centred in it; of a collection that of the first face that has it."""
    absent = Refusal(f"里没有「{character}」（U+{ord(character):04X}）这个字。", code="glyph.absent")
    for number in range(faces):
        font = _understood(lambda number=number: _face(data, number, faces))
        if font is None:
            break
        name = _understood(lambda font=font: (font.getBestCmap() or {}).get(ord(character)))
        if name is not None:
            glyph, advance = _understood(lambda font=font, name=name: _drawn(font, name))
            return _fitting(glyph, advance, character)
    raise absent


def _face(data: bytes, number: int, faces: int) -> Any:
    """A face of a file; nothing where a collection has no more."""
    from fontTools.ttLib import TTLibError

    if faces == 1:
        return _opened(data, -1)
    try:
        return _opened(data, number)
    except TTLibError:
        if number == 0:
            raise
        return None


def _drawn(font: Any, name: str) -> tuple[Any, float]:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs, scale = font.getGlyphSet(), EM / font["head"].unitsPerEm
    recorded = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(recorded)
    if sum(len(points) for _, points in recorded.value) > MOST_POINTS:
        raise Refusal(f"的字形有 {MOST_POINTS:,} 个以上的点，不像一个字。", code="glyph.shape")
    advance = float(glyphs[name].width) * scale
    pen = TTGlyphPen(None)
    placed = TransformPen(Cu2QuPen(pen, MAX_ERROR, reverse_direction="glyf" not in font), (scale, 0, 0, scale, (EM - advance) / 2, 0))
    recorded.replay(placed)
    return pen.glyph(), advance / EM


def _fitting(glyph: Any, advance: float, character: str) -> Any:
    """The glyph, if it is one that a page can show as a hanzi."""
    if glyph.numberOfContours == 0:
        raise Refusal(f"里的「{character}」是空白的，没有笔画。", code="glyph.blank")
    glyph.recalcBounds(None)
    box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
    over = any(side < least for side, least in zip(box[:2], BOX[:2], strict=True)) or any(side > most for side, most in zip(box[2:], BOX[2:], strict=True))
    if over or not 0 < advance <= WIDEST or max(box[2] - box[0], box[3] - box[1]) < LEAST:
        raise Refusal(f"里的「{character}」大小不像一个汉字（应占满一个字格，不出格）。", code="glyph.shape")
    return glyph


def _built(glyph: Any, character: str) -> bytes:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Outline

    def built() -> bytes:
        mark = hashlib.sha256(repr((list(glyph.coordinates), list(glyph.flags), list(glyph.endPtsOfContours))).encode()).hexdigest()[:12]
        name = f"Court Glyph {ord(character):04X} {mark}"  # two of one character stand side by side
        font = FontBuilder(EM, isTTF=True)
        font.setupGlyphOrder([NOTHING, CHARACTER])
        font.setupCharacterMap({ord(character): CHARACTER})
        font.setupGlyf({NOTHING: Outline(), CHARACTER: glyph})
        font.setupHorizontalMetrics({NOTHING: (EM, 0), CHARACTER: (EM, glyph.xMin)})
        font.setupHorizontalHeader(ascent=880, descent=-120)
        font.setupNameTable({"familyName": name, "styleName": "Regular", "uniqueFontIdentifier": name, "fullName": name, "psName": name.replace(" ", "-"), "version": "Version 1.0"})
        font.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=1150, usWinDescent=350, sxHeight=500, sCapHeight=700)
        font.setupPost(keepGlyphNames=False)
        font.font["head"].created = font.font["head"].modified = MADE
        font.font.recalcTimestamp = False
        out = io.BytesIO()
        font.font.save(out, reorderTables=True)
        return out.getvalue()

    found: bytes = _understood(built)
    if len(found) > MOST_KEPT:
        raise Refusal(f"的「{character}」有 {len(found) / 1024:,.0f} KB，超过上限 {MOST_KEPT // 1024} KB。", code="glyph.shape")
    return found
