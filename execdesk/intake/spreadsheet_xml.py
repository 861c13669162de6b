"""What the XML of a workbook tells beside its values: used area, formulas, errors, hidden sheets, rows and columns.

The values are read by calamine (4,000 rows of 18 cells in 0.06 s of computing), which tells none of these; this scan takes 0.21 s. openpyxl,
which tells them, needs 0.9 s twice (once for values, once for formulas) of the four that 4,000 rows may take to the journal, and opens none
of the 19 workbooks of the field's ledgers, whose styles it refuses. Its translator needs 0.64 s for 20,000 shared formulas, :func:`shift`
0.08 s.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from execdesk.intake.limits import MAX_FORMULAS, refuse
from execdesk.intake.workbook import SheetFacts, letter, position

Handler = Callable[[str, dict[str, str]], None]
_PREFIXED = re.compile(rb"<[^\s<>!?/:]+:")
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")


def parse(content: bytes, start: Handler, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Walk ``content``; handlers get names without namespace. Raises Refusal where it is not well-formed XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if _PREFIXED.search(content):
        parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise refuse("文件的内部结构已损坏，读不完整。", "damaged") from error


@dataclass
class SheetScan:
    """One worksheet part, scanned without its values."""

    rows: int = 0
    columns: int = 0
    facts: SheetFacts = field(default_factory=SheetFacts)


class _SheetScanner:
    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.formulas: dict[tuple[int, int], str] = {}
        self.shown_empty: set[tuple[int, int]] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._shared: dict[str, tuple[tuple[int, int], str]] = {}
        self._written_out = 0
        self._row = self._column = -1
        self._type = ""
        self._inside = ""
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = attributes.get("r")
            self._type = attributes.get("t", "")
            if reference:
                self._row, self._column = _place(reference)
            else:
                self._column += 1
        elif name in ("v", "f", "is"):
            self.rows = max(self.rows, self._row + 1)
            self.columns = max(self.columns, self._column + 1)
            self._inside, self._attributes, self._text = name, attributes, []
        elif name == "row":
            self._row = _row(attributes.get("r"), self._row + 1)
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _row(attributes.get("min"), 0), _row(attributes.get("max"), 0)
            self.hidden_columns.update(range(first, min(last + 1, first + 16_384)))

    def end(self, name: str) -> None:
        if name != self._inside:
            return
        place, text = (self._row, self._column), "".join(self._text)
        if name == "f":
            self._formula(place, text)
        elif name == "v" and self._type == "e":
            self.errors[place] = text
        elif name == "v" and self._type == "str" and not text:
            self.shown_empty.add(place)
        self._inside = ""

    def text(self, data: str) -> None:
        if self._inside:
            self._text.append(data)

    def _formula(self, place: tuple[int, int], text: str) -> None:
        shared = self._attributes.get("si") if self._attributes.get("t") == "shared" else None
        if shared is not None and text:
            self._shared[shared] = (place, text)
        elif shared is not None and shared in self._shared:
            origin, master = self._shared[shared]
            self._written_out += len(master)
            if self._written_out > MAX_FORMULAS:
                raise refuse(f"一张工作表的共用公式写出来超过 {MAX_FORMULAS:,} 字，不像台账，未读取。", "too_large")
            text = shift(master, place[0] - origin[0], place[1] - origin[1])
        self.formulas[place] = "=" + text


def scan_sheet(content: bytes) -> SheetScan:
    """Used area (last row and column holding anything) and facts of one worksheet part."""
    scanner = _SheetScanner()
    parse(content, scanner.start, scanner.end, scanner.text)
    facts = SheetFacts(
        scanner.formulas,
        frozenset(scanner.shown_empty),
        scanner.errors,
        frozenset(scanner.hidden_rows),
        frozenset(scanner.hidden_columns),
    )
    return SheetScan(scanner.rows, scanner.columns, facts)


def _place(reference: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(reference)
    if not found or int(found[2]) == 0:
        raise refuse("文件的单元格坐标不合规范，读不完整。", "damaged")
    return int(found[2]) - 1, position(found[1])


def _row(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not text.isdigit() or not 0 < int(text) < 10_000_000:
        raise refuse("文件的行号不合规范，读不完整。", "damaged")
    return int(text) - 1


_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.!$'\"])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![A-Za-z0-9_(.!])")


def shift(formula: str, rows: int, columns: int) -> str:
    """A shared formula as it reads ``rows`` lower and ``columns`` further right; $ keeps a reference in place."""

    def moved(found: re.Match[str]) -> str:
        column = found[2] if found[1] else letter(max(position(found[2]) + columns, 0))
        row = found[4] if found[3] else str(max(int(found[4]) + rows, 1))
        return f"{found[1]}{column}{found[3]}{row}"

    return _REFERENCE.sub(moved, formula)


@dataclass
class Structure:
    """The sheets of an .xlsx in order: name, hidden or not, path of the part."""

    sheets: list[tuple[str, bool, str]]
    date1904: bool = False


def structure(parts: dict[str, bytes]) -> Structure:
    """Read workbook.xml and its relations. Raises Refusal where there is no workbook."""
    if "xl/workbook.xml" not in parts:
        raise refuse("文件不是 Excel 工作簿（缺少 workbook.xml）。", "not_workbook")
    targets: dict[str, str] = {}
    sheets: list[tuple[str, bool, str]] = []
    found = Structure(sheets)

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = posixpath.normpath(
                posixpath.join("/xl", attributes.get("Target", "").replace("\\", "/").lower())
            ).lstrip("/")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), hidden, targets.get(key, "")))
        elif name == "workbookPr" and "date1904" in attributes:  # an extension brings an element of the same name, without it
            found.date1904 = attributes.get("date1904") in ("1", "true")

    parse(parts.get("xl/_rels/workbook.xml.rels", b"<Relationships/>"), relation, _nothing, _nothing)
    parse(parts["xl/workbook.xml"], sheet, _nothing, _nothing)
    return found


def _nothing(_: str) -> None:
    return None
