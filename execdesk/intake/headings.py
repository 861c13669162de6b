"""Headings nobody knows, in a ledger that lacks a column no case can do without: one question for each."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.fields.cells import Cell, Option, Value
from execdesk.fields.dates import read_date
from execdesk.fields.numbers import parse
from execdesk.intake.columns import ColumnBook, Layout
from execdesk.intake.report import SharedQuestion
from execdesk.intake.workbook import RowCells, SheetRows

CODE = "column.unknown"
KEEP = "text"  # the column is none of those that are missing
ESSENTIAL = ("case_no", "filed_on", "applicant", "debtor")
_OF_FILING = ("立案", "收案", "收到")
_LOOKED_AT = 20  # cells of a column


def unknown_headings(sheet: SheetRows, layout: Layout, book: ColumnBook, home: str) -> Iterator[SharedQuestion]:
    """Which of the missing columns each unknown heading names; nothing where none is missing."""
    missing = [column for column in ESSENTIAL if column not in layout.column]
    titles = "、".join(f"「{book.title[column]}」" for column in missing)
    rows = sheet.rows[layout.header :]
    others = [column.id for column in book.columns if column.id not in layout.column and column.id not in missing]
    guesses = {letter: _likely(layout.headings[letter], _cells(rows, letter), home) for letter in layout.unknown if missing}
    for letter, guess in guesses.items():
        heading = layout.headings[letter]
        likely = guess if list(guesses.values()).count(guess) == 1 else ""  # two columns are never proposed for one meaning
        options = [Option(column, f"是「{book.title[column]}」", column) for column in (*missing, *others)]
        options.append(Option(KEEP, "都不是，记入备注", KEEP))
        text = f"表「{sheet.name}」没有认得出的{titles}列；{letter} 列「{heading}」是哪一栏？"
        yield SharedQuestion(CODE, heading, text, tuple(options), likely if likely in missing else "", len(rows))


def _cells(rows: tuple[RowCells, ...], letter: str) -> list[Cell]:
    return [cell for row in rows[: 2 * _LOOKED_AT] for cell in row.cells if cell.column == letter][:_LOOKED_AT]


def _likely(heading: str, cells: list[Cell], home: str) -> str:
    """The column that most of the cells speak for: case numbers by themselves, days only where the heading speaks of filing."""
    numbers = sum(parse(cell.text, home=home).number is not None for cell in cells)
    days = sum(isinstance(read_date(cell), Value) for cell in cells)
    if 2 * numbers > len(cells):
        return "case_no"
    return "filed_on" if 2 * days > len(cells) and any(word in heading for word in _OF_FILING) else ""
