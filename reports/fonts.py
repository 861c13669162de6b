"""The fonts of the pages: chains with a fallback for rare characters, loaded once per process.

Body text is FangSong, titles are a bold Song; a character that a face lacks comes from the light Song at 94 %, on the same
pitch. A character that no face has is never dropped silently: :meth:`FontBook.missing` names it.
"""

from __future__ import annotations

import io
import threading
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Literal

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont as Outlines
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

Style = Literal["body", "kai", "hei", "title", "number"]

FILES = {
    "fang": "FandolFang.ttf",
    "kai": "FandolKai.ttf",
    "hei": "FandolHei.ttf",
    "title": "NotoSerifSC-Title.ttf",
    "rare": "NotoSerifSC-Rare.ttf",
}
CHAINS: dict[Style, tuple[str, ...]] = {
    "body": ("fang", "rare"),
    "kai": ("kai", "rare", "fang"),
    "hei": ("hei", "rare", "fang"),
    "title": ("title", "rare", "fang"),
    "number": ("rare", "title", "fang"),
}
BLOCKS: tuple[tuple[str, str, int, int], ...] = (  # characters of names beyond the Basic Multilingual Plane; each file is opened at need
    ("extb", "HanaMin-ExtB.ttf", 0x20000, 0x2A6DF), ("extc", "HanaMin-ExtC.ttf", 0x2A700, 0x2B73F),
    ("extd", "HanaMin-ExtD.ttf", 0x2B740, 0x2B81F), ("exte", "HanaMin-ExtE.ttf", 0x2B820, 0x2CEAF),
    ("extf", "HanaMin-ExtF.ttf", 0x2CEB0, 0x2EBEF), ("extg", "BabelStoneHan-ExtG.ttf", 0x30000, 0x3134F),
    ("exth", "BabelStoneHan-ExtH.ttf", 0x31350, 0x323AF),
)  # fmt: skip
_FILE_OF = {**FILES, **{key: file for key, file, _, _ in BLOCKS}}
SUBSTITUTE = "〓"  # what a draft shows for a character that no font has
FALLBACK_SCALE = 0.94  # the light Song has a larger face than FangSong: at 94 % a rare name blends in
CENTRES: dict[Style, float] = {"body": 0.31, "kai": 0.31, "hei": 0.31, "title": 0.38, "number": 0.38}
RARE_CENTRE = 0.384  # em from the baseline up to the middle of hanzi: above in the first face of a chain, here in the fallback


@dataclass(frozen=True, slots=True)
class Face:
    """One character in one chain: font to use, advance in em, scale and rise (em) of the glyph."""

    font: str
    width: float
    scale: float = 1.0
    rise: float = 0.0
    known: bool = True


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """The ToUnicode CMap of a subset; code points above U+FFFF as UTF-16 pairs, at most 100 entries per block."""
    rows = [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in enumerate(subset) if point]
    out = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo", f"<< /Registry ({name})",
        f"/Ordering ({name})", "/Supplement 0", ">> def", f"/CMapName /{name} def", "/CMapType 2 def",
        "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
    ]  # fmt: skip
    for first in range(0, len(rows), 100):
        block = rows[first : first + 100]
        out += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*out, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


# ReportLab writes the bare code point as four hex digits, so that names beyond U+FFFF copy out as other characters.
ttfonts.makeToUnicodeCMap = to_unicode


_OPENING = threading.Lock()  # a page and a check of another thread may want the same file at once
rl_config.useA85 = 0  # binary streams: smaller and quicker


def compressed(_filter: Any, text: str | bytes) -> bytes:
    """A stream as PDF keeps it, at the quickest level: a twentieth larger than at ReportLab's, in less than half the time."""
    return zlib.compress(text.encode("utf-8") if isinstance(text, str) else text, 1)


pdfdoc.PDFStreamFilterZCompress.encode = compressed


def share_glyphs(face: Any) -> None:
    """Lets a subset read the glyph table in place; ReportLab copies its megabytes for every subset of every document."""
    data, plain = memoryview(face._ttf_data), face.get_table

    def get_table(tag: str) -> Any:
        if tag != "glyf":
            return plain(tag)
        start, length = face.get_table_pos(tag)
        return data[start : start + length]

    face.get_table = get_table


class PageFont(ttfonts.TTFont):
    """A font that tells its widths as one text; ReportLab formats each of some hundred numbers by itself."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        """Adds the subsets to a document."""
        super().addObjects(doc)
        for font in doc.idToObject["BasicFonts"].dict.values():
            if isinstance(getattr(font, "Widths", None), pdfdoc.PDFArray):
                font.Widths = f"[ {' '.join(f'{width:g}' for width in font.Widths.sequence)} ]"


class Faces(dict[str, Face]):
    """The faces of one chain by character; one that was not yet asked for is found then."""

    def __init__(self, find: Callable[[str], Face]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, char: str) -> Face:
        self[char] = found = self._find(char)
        return found


class Widths(dict[str, float]):
    """Advances of one chain in em by character."""

    def __init__(self, faces: Faces) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, char: str) -> float:
        self[char] = found = self._faces[char].width
        return found


class FontBook:
    """The faces of one folder, with the chains over them, and behind every chain the blocks of rare names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._glyphs: dict[str, dict[int, int]] = {}
        self._widths: dict[str, dict[int, float]] = {}
        self._faces: dict[Style, Faces] = {style: Faces(partial(self._find, style)) for style in CHAINS}
        self._advances: dict[Style, Widths] = {style: Widths(faces) for style, faces in self._faces.items()}
        self._own: dict[str, bytes] = {}  # fonts of one character that a court keeps, by key
        for key in FILES:
            self._open(key)

    def _open(self, key: str) -> None:
        with _OPENING:
            if key in self._glyphs:
                return
            source = io.BytesIO(self._own[key]) if key in self._own else str(self.folder / _FILE_OF[key])
            font = PageFont(self.name(key), source, asciiReadable=0)  # else every subset carries all of ASCII
            share_glyphs(font.face)
            pdfmetrics.registerFont(font)
            self._widths[key] = font.face.charWidths
            self._glyphs[key] = font.face.charToGlyph

    def with_own(self, own: Mapping[str, tuple[str, bytes]]) -> FontBook:
        """This book with glyphs of a court's own before all chains: by character the name of a font of it alone, and its bytes."""
        keys = {character: f"own-{name}" for character, (name, _) in own.items()}
        for character, (_, data) in own.items():
            self._own.setdefault(keys[character], data)
            self._open(keys[character])
        return OwnBook(self, keys) if keys else self

    def name(self, key: str) -> str:
        """The name under which ReportLab knows a face."""
        return f"xd-{key}"

    def face(self, style: Style, char: str) -> Face:
        """Font, advance and scale of one character; an unknown one gets the advance and glyph of 〓."""
        return self._faces[style][char]

    def advance(self, style: Style) -> Callable[[str], float]:
        """What tells the advance of a character of a chain in em."""
        return self._advances[style].__getitem__

    def faces(self, style: Style) -> Callable[[str], Face]:
        """What tells the face of a character of a chain."""
        return self._faces[style].__getitem__

    def _find(self, style: Style, char: str) -> Face:
        code = ord(char)
        for place, key in enumerate(CHAINS[style]):
            if code not in self._glyphs[key]:
                continue
            if place and key == "rare":
                return self._smaller(key, code, style)
            return Face(self.name(key), self._widths[key][code] / 1000)
        for key, _, first, last in BLOCKS:
            if first <= code <= last:
                self._open(key)
                if code in self._glyphs[key]:
                    return self._smaller(key, code, style)
        return Face(self.name("fang"), 1.0, known=False)

    def _smaller(self, key: str, code: int, style: Style) -> Face:
        """A fallback's glyph on the pitch of its neighbours, its middle on theirs."""
        full = self._widths[key][code] / 1000 * FALLBACK_SCALE + (1 - FALLBACK_SCALE)
        return Face(self.name(key), full, FALLBACK_SCALE, CENTRES[style] - RARE_CENTRE * FALLBACK_SCALE)

    def missing(self, text: str, style: Style = "body") -> list[str]:
        """Characters of ``text`` that no font of the chain has, in order, each once."""
        return list(dict.fromkeys(c for c in text if not c.isspace() and not self.face(style, c).known))

    def width(self, text: str, style: Style, size: float, space: float = 0.0) -> float:
        """Natural width in points, with ``space`` after every character but the last."""
        return sum(map(self._advances[style].__getitem__, text)) * size + space * max(0, len(text) - 1)

    @lru_cache(maxsize=512)  # noqa: B019 - a book lives as long as the process
    def outline(self, key: str, char: str) -> tuple[tuple[str, tuple[tuple[float, float], ...]], ...]:
        """The outline of a glyph as pen segments in units of 1/1000 em (for drawing it as a path), empty if unknown."""
        font = self._outlines(key)
        glyph = font.getBestCmap().get(ord(char))
        if glyph is None:
            return ()
        glyphs = font.getGlyphSet()
        pen = DecomposingRecordingPen(glyphs)
        glyphs[glyph].draw(pen)
        scale = 1000 / font["head"].unitsPerEm
        return tuple((op, tuple((x * scale, y * scale) for x, y in points)) for op, points in pen.value)

    @lru_cache(maxsize=8)  # noqa: B019
    def _outlines(self, key: str) -> Outlines:
        return Outlines(io.BytesIO(self._own[key]) if key in self._own else self.folder / _FILE_OF[key], lazy=True)


class OwnBook(FontBook):
    """A book over another, which shares all it has opened: some characters have a glyph of the court's own."""

    def __init__(self, base: FontBook, keys: Mapping[str, str]) -> None:
        self.folder, self._base, self._keys = base.folder, base, dict(keys)
        self._glyphs, self._widths, self._own = base._glyphs, base._widths, base._own
        self._faces = {style: Faces(partial(self._find, style)) for style in CHAINS}
        self._advances = {style: Widths(faces) for style, faces in self._faces.items()}

    def _find(self, style: Style, char: str) -> Face:
        key = self._keys.get(char)
        return self._base.face(style, char) if key is None else self._smaller(key, ord(char), style)


@lru_cache(maxsize=4)
def load_fonts(folder: Path) -> FontBook:
    """The font book of a folder; loaded once (about 0.3 s), then shared by the whole process."""
    return FontBook(folder)


def runs(book: FontBook, style: Style, text: str) -> Iterable[tuple[Face, str]]:
    """``text`` cut where the font changes; unknown characters come out as 〓."""
    start = 0
    faces = list(map(book.faces(style), text))
    shown = "".join(c if f.known or c.isspace() else SUBSTITUTE for c, f in zip(text, faces, strict=True))
    for i in range(1, len(text) + 1):
        if i == len(text) or (faces[i].font, faces[i].scale) != (faces[start].font, faces[start].scale):
            yield faces[start], shown[start:i]
            start = i
