"""Makes the shipped fonts from their sources: OpenType/CFF to TrueType, and cuts to the characters that are needed.

    python convert.py --fandol FOLDER --serif FOLDER --sans FOLDER --names FOLDER --out FOLDER [--only NAME …]

``--fandol`` holds the FandolXxx-Regular.otf files, ``--serif`` and ``--sans`` hold NotoSerifSC_*.ttf and NotoSansSC_*.ttf, ``--names``
HanaMinB.ttf and BabelStoneHan.ttf (any depth). The same sources and the same fontTools give the same bytes. Needs fontTools (extra ``dev``).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent
FANDOL = {"FandolFang-Regular": "FandolFang", "FandolKai-Regular": "FandolKai", "FandolHei-Regular": "FandolHei"}
MAX_ERROR = 1.0  # per 1000 em, of the quadratic outlines against the cubic ones: below what 600 dpi can show
ZERO_MAXP = ["maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth"]
PUNCTUATION = set(range(0x20, 0x7F)) | {0xA0, 0xA5, 0xA7, 0xB0, 0xB1, 0xB7, 0xD7, 0xF7, 0x2013, 0x2014, 0x2212, 0x33A1}
BLOCKS = {  # of characters beyond the Basic Multilingual Plane, as Unicode names them: one file a block
    "HanaMin-ExtB": (0x20000, 0x2A6DF), "HanaMin-ExtC": (0x2A700, 0x2B73F), "HanaMin-ExtD": (0x2B740, 0x2B81F),
    "HanaMin-ExtE": (0x2B820, 0x2CEAF), "HanaMin-ExtF": (0x2CEB0, 0x2EBEF),
    "BabelStoneHan-ExtG": (0x30000, 0x3134F), "BabelStoneHan-ExtH": (0x31350, 0x323AF),
}  # fmt: skip
RANGES = ((0x2010, 0x2030), (0x2190, 0x2199), (0x2460, 0x2473), (0x25A0, 0x25FF), (0x3000, 0x301F), (0xFF01, 0xFF5E))


def gb2312() -> set[int]:
    """All characters of GB 2312-80."""
    rows = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return {ord(c) for c in (row.decode("gb2312", "ignore") for row in rows) if c}


def listed(name: str) -> set[int]:
    """The characters of a list beside this script."""
    return {ord(c) for c in (HERE / name).read_text("utf-8") if not c.isspace()}


def common() -> set[int]:
    """GB 2312, the rest of the 通用规范汉字表, rare characters of names, punctuation."""
    spans = {code for first, last in RANGES for code in range(first, last + 1)}
    return gb2312() | listed("characters.txt") | PUNCTUATION | spans


def to_truetype(source: Path, target: Path, family: str) -> None:
    """Writes ``source`` (CFF outlines) as a TrueType file whose family name tells that it was converted."""
    font = TTFont(source, recalcTimestamp=False)
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    drawn: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR * font["head"].unitsPerEm / 1000, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, drawn
    fit_tables(font, order)
    for name in order:
        drawn[name].recalcBounds(glyf)
        left = getattr(drawn[name], "xMin", 0) if drawn[name].numberOfContours else 0
        font["hmtx"][name] = (font["hmtx"][name][0], left)
    rename(font, family)
    font.save(target, reorderTables=True)


def fit_tables(font: TTFont, order: list[str]) -> None:
    """Gives the tables that depend on the kind of outline the shape TrueType wants."""
    font["hmtx"]  # read while the CFF table is still there
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x10000, len(order)
    for name in ZERO_MAXP:
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, order
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\0\1\0\0"


def rename(font: TTFont, family: str) -> None:
    """A converted font carries a name of its own, so that it is never taken for the original (GPL section 5a)."""
    names = {1: f"{family} TT", 2: "Regular", 3: f"{family}-TT converted", 4: f"{family} TT", 6: f"{family}-TT"}
    table = font["name"]
    table.names = [n for n in table.names if n.nameID not in names and n.nameID not in (16, 17, 18)]
    for name_id, text in names.items():
        table.setName(text, name_id, 3, 1, 0x409)
        table.setName(text, name_id, 1, 0, 0)


def cut(source: Path, target: Path, wanted: set[int]) -> None:
    """Writes ``source`` with only the ``wanted`` characters, without layout features that our pages never use."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG", "STAT"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def cut_block(source: Path, target: Path, first: int, last: int) -> None:
    """Writes the characters ``first`` … ``last`` of ``source`` as a font named as the file, so that files of one source stand side by side."""
    cut(source, target, set(range(first, last + 1)))
    font = TTFont(target, recalcTimestamp=False)
    rename(font, target.stem)
    font.save(target, reorderTables=True)


def find(folder: Path, name: str) -> Path:
    """The one file of that name below ``folder``."""
    return next(iter(sorted(folder.rglob(name))))


def make(out: Path, fandol: Path, serif: Path, sans: Path, names: Path, only: set[str]) -> None:
    """Writes all fonts, or those of ``only`` by file name without ending."""
    def want(name: str) -> bool:
        return not only or name in only

    for source, family in FANDOL.items():
        if want(family):
            to_truetype(find(fandol, f"{source}.otf"), out / f"{family}.ttf", family)
    if want("NotoSerifSC-Title"):
        cut(find(serif, "NotoSerifSC_600SemiBold.ttf"), out / "NotoSerifSC-Title.ttf", gb2312() | PUNCTUATION | listed("courts.txt"))
    if want("NotoSerifSC-Rare"):
        body = set(TTFont(find(fandol, "FandolFang-Regular.otf")).getBestCmap())
        light = find(serif, "NotoSerifSC_300Light.ttf")
        cut(light, out / "NotoSerifSC-Rare.ttf", (set(TTFont(light).getBestCmap()) - body) | PUNCTUATION)
    for weight, name in (("400Regular", "Regular"), ("500Medium", "Medium"), ("700Bold", "Bold")):
        if want(f"NotoSansSC-{name}"):
            cut(find(sans, f"NotoSansSC_{weight}.ttf"), out / f"NotoSansSC-{name}.ttf", common())
    for file, (first, last) in BLOCKS.items():
        if want(file):
            cut_block(find(names, "HanaMinB.ttf" if file.startswith("HanaMin") else "BabelStoneHan.ttf"), out / f"{file}.ttf", first, last)


def main() -> None:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("fandol", "serif", "sans", "names", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    make(given.out, given.fandol, given.serif, given.sans, given.names, set(given.only))


if __name__ == "__main__":
    main()
