"""Headings nobody knows, in a ledger that lacks a column no case can do without: one question for each."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.fields.cells import Cell, Option, Value
from execdesk.fields.dates import read_date
from execdesk.fields.numbers import parse
from execdesk.intake.columns import ColumnBook, Layout
from execdesk.intake.report import SharedQuestion
from execdesk.intake.workbook import SheetRows

CODE = "column.unknown"
KEEP = "text"  # the column is none of those that are missing
ESSENTIAL = ("case_no", "filed_on", "applicant", "debtor")
_LOOKED_AT = 20  # cells of a column


def unknown_headings(sheet: SheetRows, layout: Layout, book: ColumnBook, home: str) -> Iterator[SharedQuestion]:
    """Which of the missing columns each unknown heading names; nothing where none is missing."""
    missing = [column for column in ESSENTIAL if column not in layout.column]
    titles = "、".join(f"「{book.title[column]}」" for column in missing)
    rows = sheet.rows[layout.header :]
    for letter in layout.unknown if missing else ():
        heading = layout.headings[letter]
        cells = [cell for row in rows[: 2 * _LOOKED_AT] for cell in row.cells if cell.column == letter][:_LOOKED_AT]
        likely = _likely(cells, home)
        options = [Option(column, f"是「{book.title[column]}」", column) for column in missing]
        options.append(Option(KEEP, "都不是，只保留原文", KEEP))
        text = f"表「{sheet.name}」没有认得出的{titles}列；{letter} 列「{heading}」是哪一栏？"
        yield SharedQuestion(CODE, heading, text, tuple(options), likely if likely in missing else "", len(rows))


def _likely(cells: list[Cell], home: str) -> str:
    """The column that most of the cells speak for, by what can be told from a cell alone."""
    numbers = sum(parse(cell.text, home=home).number is not None for cell in cells)
    days = sum(isinstance(read_date(cell), Value) for cell in cells)
    if 2 * numbers > len(cells):
        return "case_no"
    return "filed_on" if 2 * days > len(cells) else ""
