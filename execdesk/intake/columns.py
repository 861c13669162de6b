"""Which column of a ledger is what: the header row is found, not assumed, and every other row gets its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from execdesk.fields.cells import Cell, visible
from execdesk.intake.workbook import RowCells, SheetRows, position
from execdesk.law.datafile import read_plain

HEADER_WITHIN = 60  # a header stands among the first rows; titles and notes above it are short
HEADER_FEWEST = 3  # so many known headings make a row a header; two do if one of them is the case number
HEADING_LONGEST = 60  # characters; more is a text, not a heading
LONGEST_TOTAL = 12  # characters of a cell that names a total
PART_LONGEST = 16  # characters of a heading in the lower row of two
FOOTER_CELLS = 3  # a footer or title has few cells; a row with more is a case
_KINDS = frozenset({"number", "date", "money", "names", "person", "identities", "case_no", "text"})
_UNIT = r"(?:单位[:：]?)?\s*(?:人民币)?\s*(亿元|万元|千元|万|元)"
_UNITS = {"万元": 10_000, "万": 10_000, "元": 1, "亿元": 100_000_000, "千元": 1_000}
_NUMBER = "[1-9一二三四五六七八九]"
_NUMBERED = (  # 第二被执行人, 被执行人2身份证号, 住址2
    re.compile(rf"第(?P<number>{_NUMBER})(?P<before>)(?P<after>.+)"),
    re.compile(rf"(?P<before>.*?(?:执行人|申请人))(?P<number>{_NUMBER})(?P<after>\D*)"),
    re.compile(r"(?P<before>\D+)(?P<number>[1-9])(?P<after>)"),
)
OF_SIDE = {
    "applicant": frozenset({"applicant", "applicant_id", "applicant_phone", "applicant_address"}),
    "debtor": frozenset({"debtor", "debtor_id", "debtor_id_kind", "debtor_sex", "debtor_phone", "address"}),
}
OF_PARTIES: frozenset[str] = frozenset().union(*OF_SIDE.values())
_FOLLOWS_APPLICANT = {"debtor_id": "applicant_id", "debtor_phone": "applicant_phone", "address": "applicant_address"}


@dataclass(frozen=True)
class LedgerColumn:
    """One kind of column: identifier, kind of its values, the headings that name it."""

    id: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class ColumnBook:
    """Everything a ledger's headings and marks may say, from ``resources/intake/columns.toml``."""

    columns: tuple[LedgerColumn, ...]
    kept: frozenset[str]
    totals: tuple[str, ...]
    footers: tuple[str, ...]
    closing: Mapping[str, str]
    closing_proposal: Mapping[str, Mapping[str, str]]
    closing_open: frozenset[str]
    route: Mapping[str, tuple[str, ...]]
    papers: Mapping[str, tuple[str, ...]]  # words for the kind of a paper → the kinds they may mean

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Column identifier by plain heading."""
        return {plain_heading(name): column.id for column in self.columns for name in column.names}

    @cached_property
    def title(self) -> dict[str, str]:
        """The first, usual heading by column identifier."""
        return {column.id: column.names[0] for column in self.columns}


def load_columns(path: Path) -> ColumnBook:
    """Read the column book; refuses ``program.data`` where a heading names two columns or a kind is unknown too."""
    return read_plain(path, _column_book)


def _column_book(data: dict[str, Any]) -> ColumnBook:
    columns = tuple(LedgerColumn(entry["id"], entry["kind"], tuple(entry["names"])) for entry in data["column"])
    seen: dict[str, str] = {}
    for column in columns:
        if column.kind not in _KINDS:
            raise ValueError(f"unknown kind {column.kind!r} of column {column.id}")
        for name in column.names:
            if seen.setdefault(plain_heading(name), column.id) != column.id:
                raise ValueError(f"heading {name!r} names two columns")
    return ColumnBook(
        columns,
        frozenset(plain_heading(name) for name in data["kept"]["names"]),
        tuple(_blankless(text) for text in data["passed_over"]["totals"]),
        tuple(_blankless(text) for text in data["passed_over"]["footers"]),
        dict(data["closing"]),
        {kind: dict(pairs) for kind, pairs in data["closing_proposal"].items()},
        frozenset(data["closing_open"]["names"]),
        {name: tuple(values) for name, values in data["route"].items()},
        {_blankless(words): tuple(kinds) for words, kinds in data["papers"].items()},
    )


@dataclass(frozen=True)
class Layout:
    """A sheet's header: row number, column letter by identifier, unit of money columns, headings by letter.

    ``ambiguous`` holds the identifiers that two or more columns name; their rows are compared before anything is asked.
    """

    header: int
    column: Mapping[str, str]
    unit: Mapping[str, int]
    headings: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...]
    notes: tuple[str, ...] = ()
    title: str = ""
    plain: frozenset[str] = field(default_factory=frozenset)
    first: int = 0  # row in which the header begins
    numbered: Mapping[int, Mapping[str, str]] = field(default_factory=dict)  # 被执行人2 and what belongs to it: number → identifier → letter


def plain_heading(text: str) -> str:
    """A heading as it is compared: half width, without blanks, punctuation and what stands in brackets."""
    if len(text) > HEADING_LONGEST:
        return ""
    return _plain_heading(text)


@lru_cache(maxsize=4096)
def _plain_heading(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    bare = re.sub(r"[(\[【〔{].*?[)\]】〕}]", "", folded)
    plain = "".join(c for c in (bare or folded) if c.isalnum())
    return re.sub(r"(?<=.)(?:亿元|万元|千元)$", "", plain)


def find_layout(sheet: SheetRows, book: ColumnBook, chosen: Mapping[str, str] | None = None) -> Layout | None:
    """The header of ``sheet``, or None where no row is one. ``chosen`` maps headings a person has assigned to columns."""
    names = {**book.by_name, **{plain_heading(name): column for name, column in (chosen or {}).items()}}
    rows = sheet.rows[:HEADER_WITHIN]
    scores = [_score(row, names) for row in rows]
    if not any(scores):
        return None
    at = scores.index(max(scores))
    for upper in (at, at - 1):  # a header of two rows: its groups may stand above the row that names most, or be that row
        if 0 <= upper < len(rows) - 1 and _lower(rows[upper], rows[upper + 1], names, book):
            both = _stacked(rows[upper], rows[upper + 1], names)
            if _score(both, names) > scores[at]:
                return _layout(sheet, both, names, book, rows[upper])
    return _layout(sheet, rows[at], names, book, rows[at])


def _score(row: RowCells, names: Mapping[str, str]) -> int:
    """How many kinds of columns a row names; 0 where these are too few for a header."""
    ids = {names[plain] for cell in row.cells if (plain := plain_heading(cell.text)) in names}
    return len(ids) if len(ids) >= HEADER_FEWEST or (len(ids) >= 2 and "case_no" in ids) else 0


def _lower(upper: RowCells, lower: RowCells, names: Mapping[str, str], book: ColumnBook) -> bool:
    """Whether ``lower`` divides headings of ``upper``: short words, most of them known, nothing that could be a case."""
    above = upper.by_column()
    parts = [cell for cell in lower.cells if cell.column not in above or _line(above[cell.column].text) != _line(cell.text)]
    if len(parts) < 2 or any(len(cell.text) > PART_LONGEST or any(c.isdigit() for c in cell.text) for cell in parts):
        return False
    stacked = _stacked(upper, lower, names).by_column()
    known = [cell for cell in parts if (plain := plain_heading(stacked[cell.column].text)) in names or plain in book.kept]
    return 2 * len(known) >= len(parts)


def _stacked(upper: RowCells, lower: RowCells, names: Mapping[str, str]) -> RowCells:
    """Two rows of headings as one: 「申请执行人」 over 「证件号码」 is 申请执行人证件号码; a group reaches to the next heading."""
    over, under = upper.by_column(), lower.by_column()
    cells, group = [], ""
    for column in sorted({*over, *under}, key=position):
        group = _line(over[column].text) if column in over else group
        below = _line(under[column].text) if column in under else ""
        tried = [group] if below in ("", group) else [group + below, below, *([group] if column in over else [])]
        text = next((one for one in tried if plain_heading(one) in names), tried[0])
        cells.append(Cell(column, text, text, "text"))
    return RowCells(lower.number, tuple(cells))


def _layout(sheet: SheetRows, row: RowCells, names: Mapping[str, str], book: ColumnBook, upper: RowCells) -> Layout:
    found: dict[str, list[str]] = {}
    unit: dict[str, int] = {}
    unknown, notes, unstated, side = [], [], [], ""
    money = {one.id for one in book.columns if one.kind == "money"}
    numbered: dict[int, dict[str, str]] = {}
    for cell in row.cells:
        if told := _number_of(cell.text, names):
            numbered.setdefault(told[1], {}).setdefault(told[0], cell.column)
            continue
        plain = plain_heading(cell.text)
        column = names.get(plain, "")
        side = column if column in ("applicant", "debtor") else side
        moved = _FOLLOWS_APPLICANT.get(column, "")
        if moved and side == "applicant" and "被" not in plain:
            notes.append(f"{cell.column} 列「{_line(cell.text)}」紧跟申请执行人，读作申请执行人的。")
            column = moved
        if column:
            found.setdefault(column, []).append(cell.column)
            unit[cell.column] = heading_unit(cell.text)
            unstated += [cell.column] if column in money and not _unit(cell.text) else []
        elif plain not in book.kept:
            unknown.append(cell.column)
    headings = {cell.column: _line(cell.text) for cell in row.cells}
    _promote(found, numbered)
    if unknown:
        listed = "、".join(f"{letter} 列「{headings[letter]}」" for letter in unknown)
        notes.append(f"未识别的列记入备注：{listed}。")
    title = " ".join(cell.text for above in sheet.rows[: upper.number - 1] for cell in above.cells)
    if unstated and (stated := title_unit(title)) not in (None, 1):
        unit |= dict.fromkeys(unstated, stated or 1)
        listed = "、".join(f"{letter} 列「{headings[letter]}」" for letter in unstated)
        notes.append(f"表头以上写明单位，{listed}没有另写，按每 1 记 {stated:,} 元读。")
    return Layout(
        row.number,
        {column: letters[0] for column, letters in found.items()},
        unit,
        headings,
        {column: tuple(letters) for column, letters in found.items() if len(letters) > 1},
        tuple(unknown),
        tuple(notes),
        title,
        frozenset(plain_heading(cell.text) for one in (row, upper, sheet.rows[row.number - 1]) for cell in one.cells),
        upper.number,
        numbered,
    )


def _number_of(text: str, names: Mapping[str, str]) -> tuple[str, int] | None:
    """(identifier, number) of 「被执行人2」, 「第二被执行人」, 「被执行人（2）身份证号」, 「住址2」; None for other headings."""
    if len(text) > HEADING_LONGEST:
        return None
    folded = re.sub(r"[(\[【〔]([1-9一二三四五六七八九])[)\]】〕]", r"\1", "".join(unicodedata.normalize("NFKC", text).split()))
    for pattern in _NUMBERED:
        found = pattern.fullmatch(folded)
        column = names.get(plain_heading(found["before"] + found["after"]), "") if found else ""
        if found and column in OF_PARTIES:
            return column, int(found["number"]) if found["number"].isdigit() else "一二三四五六七八九".index(found["number"]) + 1
    return None


def _promote(found: dict[str, list[str]], numbered: dict[int, dict[str, str]]) -> None:
    """The first of a side's numbered columns are its usual ones, where it has no others."""
    for side, theirs in OF_SIDE.items():
        numbers = sorted(number for number, columns in numbered.items() if side in columns)
        if numbers and side not in found:
            for column in theirs & numbered[numbers[0]].keys() - found.keys():
                found[column] = [numbered[numbers[0]].pop(column)]
    for number in [number for number, columns in numbered.items() if not columns]:
        del numbered[number]


def heading_unit(text: str) -> int:
    """Yuan for one unit of a money column: 申请标的（万元） → 10000; 1 where the heading names none."""
    return _unit(text) or 1


def _unit(text: str) -> int | None:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    found = re.search(rf"[(\[【:/]{_UNIT}", folded) or re.search(r"(亿元|万元|千元)$", folded)
    return _UNITS[found[1]] if found else None


def title_unit(text: str) -> int | None:
    """Yuan for one unit as a title above the header states it: 「单位：万元」; None where it states none, or two."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    found = {_UNITS[unit] for unit in re.findall(r"单位:?(?:人民币)?(亿元|万元|千元|万|元)", folded)}
    return found.pop() if len(found) == 1 else None


def why_passed_over(row: RowCells, layout: Layout, book: ColumnBook) -> tuple[str, str] | None:
    """(code, sentence) where ``row`` below or above the header is no case; None where it is one."""
    if not row.cells:
        return "row.blank", "空行"
    if layout.first <= row.number <= layout.header:
        return "row.header", "表头行"
    if row.number < layout.header:
        return "row.title", "表头以上的标题或说明"
    if len(row.cells) > 1 and all(plain_heading(cell.text) in layout.plain for cell in row.cells):
        return "row.header_repeated", "重复的表头行"
    return _mark(row, layout, book)


def _mark(row: RowCells, layout: Layout, book: ColumnBook) -> tuple[str, str] | None:
    cells = row.by_column()
    named = [layout.column.get(column, "") for column in ("case_no", "applicant", "debtor")]
    if len(row.cells) > FOOTER_CELLS and all(_written(cells.get(column)) for column in named):
        return None
    texts = [_blankless(cell.text) for cell in row.cells]
    first = next((text for text in texts if not text.isdigit()), "")
    if any(text in book.totals or _starts(text, book.totals, (":", "：")) for text in texts[:4]) and named[0] not in cells:
        return "row.total", "合计行"
    if not any(_written(cells.get(column)) for column in named) and any(_ends(text, book.totals) for text in texts[:4]):
        return "row.total", "合计行"
    if any(first.startswith(mark) for mark in book.totals) and not any(column in cells for column in named[1:]):
        return "row.total", "合计行"
    if len(row.cells) <= FOOTER_CELLS and any(first.startswith(mark) for mark in book.footers):
        return "row.footer", "填表人、审核人等表尾说明"
    if len(row.cells) == 1 and row.cells[0].column == layout.column.get("serial"):
        return "row.serial_only", "只有序号，没有内容"
    if all(not text for text in texts):
        return "row.blank", "空行（只有空白字符）"
    return None


def _written(cell: Cell | None) -> bool:
    return cell is not None and any(c.isalnum() for c in cell.text)


def _starts(text: str, marks: tuple[str, ...], signs: tuple[str, ...]) -> bool:
    return any(text.startswith(mark + sign) for mark in marks for sign in signs)


def _ends(text: str, marks: tuple[str, ...]) -> bool:
    """「1月合计」 and 「沿海组小计：」, no sentence."""
    return len(text) <= LONGEST_TOTAL and text.rstrip(":：").endswith(marks)


def _blankless(text: str) -> str:
    return "".join(visible(text).split())


def _line(text: str) -> str:
    return " ".join(text.split())
