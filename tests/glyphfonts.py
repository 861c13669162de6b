"""Font files as an administrator brings them: characters that no shipped font has, drawn like others that one has."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

import main

UNKNOWN = "𮯰"  # U+2EBF0, of Extension I: no shipped font has it
DRAWN = main.RESOURCES / "fonts" / "BabelStoneHan-ExtG.ttf"
LIKE = "\U00030ede"  # what it is drawn like here


def font_bytes(like: Mapping[str, str] | None = None, *, cubic: bool = False, em: int = 2048, **tables: bytes) -> bytes:
    """A font with some characters, each drawn like one that :data:`DRAWN` has; ``tables`` are put beside as they are."""
    wanted = like or {UNKNOWN: LIKE}
    source = TTFont(DRAWN, lazy=True)
    glyphs, known, scale = source.getGlyphSet(), source.getBestCmap(), em / source["head"].unitsPerEm
    names = {character: f"u{ord(character):X}" for character in wanted}
    font = FontBuilder(em, isTTF=not cubic)
    font.setupGlyphOrder([".notdef", *names.values()])
    font.setupCharacterMap({ord(character): name for character, name in names.items()})
    drawn = {names[character]: _recorded(glyphs, known[ord(other)], scale) for character, other in wanted.items()}
    if cubic:
        font.setupCFF("Made", {}, {".notdef": T2CharStringPen(em, None).getCharString(), **{name: _cubic(pen, em) for name, pen in drawn.items()}}, {})
    else:
        font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **{name: _quadratic(pen) for name, pen in drawn.items()}})
    font.setupHorizontalMetrics(dict.fromkeys(font.font.getGlyphOrder(), (em, 0)))
    font.setupHorizontalHeader(ascent=em, descent=0)
    font.setupNameTable({"familyName": "Made", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    for tag, data in tables.items():
        font.font[tag] = _plain(tag, data)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def collection(*fonts: bytes) -> bytes:
    """Fonts in one file."""
    made, out = TTCollection(), io.BytesIO()
    made.fonts = [TTFont(io.BytesIO(data)) for data in fonts]
    made.save(out)
    return out.getvalue()


def font_file(folder: Path, like: Mapping[str, str] | None = None, name: str = "补字.ttf") -> str:
    """The path of such a font on disk."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(font_bytes(like))
    return str(folder / name)


def _plain(tag: str, data: bytes) -> Any:
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    table = DefaultTable(tag)
    table.data = data
    return table


def _recorded(glyphs: Any, name: str, scale: float) -> list[tuple[str, Any]]:
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return [(op, tuple((x * scale, y * scale) for x, y in points)) for op, points in pen.value]


def _quadratic(drawn: list[tuple[str, Any]]) -> Any:
    pen = TTGlyphPen(None)
    for op, points in drawn:
        getattr(pen, op)(*points)
    return pen.glyph()


def _cubic(drawn: list[tuple[str, Any]], em: int) -> Any:
    pen = T2CharStringPen(em, None)
    for op, points in drawn:
        getattr(pen, op)(*points)
    return pen.getCharString()
