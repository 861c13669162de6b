"""A workbook as plain values: sheets, rows, cells with what the sheet shows and the formula behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from execdesk.fields.cells import Cell


@lru_cache(maxsize=2048)
def letter(index: int) -> str:
    """The column letter of a position counted from 0: 0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def position(name: str) -> int:
    """The position counted from 0 of a column letter: A → 0, AA → 26."""
    index = 0
    for c in name.upper():
        index = index * 26 + ord(c) - 64
    return index - 1


@dataclass(frozen=True, slots=True)
class RowCells:
    """One row with its used cells only; ``number`` as the spreadsheet counts it, from 1."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def by_column(self) -> dict[str, Cell]:
        """The used cells by column letter."""
        return {cell.column: cell for cell in self.cells}


@dataclass(frozen=True)
class SheetRows:
    """One sheet from row 1 to the last used row, blank rows included."""

    name: str
    hidden: bool
    rows: tuple[RowCells, ...]
    hidden_columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Workbook:
    """A file that was read. ``notes`` are sentences for the person (links not followed, macros not run)."""

    sheets: tuple[SheetRows, ...]
    file_type: str
    notes: tuple[str, ...] = ()
    date1904: bool = False
    encoding: str = ""


@dataclass(frozen=True)
class SheetFacts:
    """What the values alone do not tell: formulas by (row, column) from 0, hidden rows and columns from 0.

    ``shown_empty`` holds the formula cells whose shown value is known to be an empty text, ``errors`` the error shown.
    """

    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    shown_empty: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def columns_by_row(self) -> dict[int, list[int]]:
        """Columns of formulas and errors by row: the reader of values may end before them."""
        found: dict[int, list[int]] = {}
        for row, column in (*self.formulas, *self.errors):
            found.setdefault(row, []).append(column)
        return found


def make_cell(column: str, value: object, formula: str | None = None, shown_empty: bool = False) -> Cell | None:
    """A cell from a read value; None where nothing stands in it."""
    if formula and value in ("", None) and not shown_empty:
        return Cell(column, None, formula, "formula", formula)
    if isinstance(value, bool):
        return Cell(column, value, "TRUE" if value else "FALSE", "bool", formula)
    if isinstance(value, int | float):
        return _number_cell(column, value, formula)
    if isinstance(value, datetime):
        day = value.date() if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0) else value
        return Cell(column, day, str(day), "date", formula)
    if isinstance(value, date):
        return Cell(column, value, value.isoformat(), "date", formula)
    text = "" if value is None else str(value)
    if not text and not formula:
        return None
    if text.startswith("#") and text.rstrip("!?") in _ERRORS:
        return Cell(column, text, text, "error", formula)
    return Cell(column, text, text, "text", formula)


_ERRORS = frozenset({"#REF", "#N/A", "#NAME", "#VALUE", "#DIV/0", "#NUM", "#NULL", "#SPILL", "#CALC"})
_EXACT = 2**53  # a spreadsheet keeps numbers as doubles: above this not every whole number exists


def _number_cell(column: str, value: float, formula: str | None) -> Cell:
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    text = str(value) if isinstance(value, int) else repr(value).upper()
    return Cell(column, value, text, "number", formula)
