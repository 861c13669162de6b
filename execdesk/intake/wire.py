"""A workbook as messages of plain values: how the helper that reads a file tells it, and how it is put together again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from execdesk.fields.cells import Cell
from execdesk.intake.workbook import RowCells, SheetRows, Workbook

ROWS = 500  # rows of one message: a window goes on between two of them


def messages(book: Workbook) -> Iterator[list[Any]]:
    """``book`` as messages ``sheet``, ``rows`` and, at the end, ``book``."""
    for sheet in book.sheets:
        yield ["sheet", sheet.name, sheet.hidden, sorted(sheet.hidden_columns)]
        for at in range(0, len(sheet.rows), ROWS):
            yield ["rows", [[row.number, row.hidden, [_told(cell) for cell in row.cells]] for row in sheet.rows[at : at + ROWS]]]
    yield ["book", book.file_type, list(book.notes), book.date1904, book.encoding]


def _told(cell: Cell) -> list[Any]:
    value: Any = cell.value
    if cell.kind == "text" and value == cell.text and not cell.formula and not cell.merged:
        return [cell.column, cell.text]
    if isinstance(value, datetime):
        value = ["moment", value.isoformat()]
    elif isinstance(value, date):
        value = ["day", value.isoformat()]
    return [cell.column, cell.text, value, cell.kind, cell.formula, cell.merged]


class BookBuilder:
    """Puts the messages of :func:`messages` together. What does not fit raises ValueError, TypeError or LookupError."""

    def __init__(self) -> None:
        self.book: Workbook | None = None
        self._sheets: list[tuple[str, bool, frozenset[str], list[RowCells]]] = []

    def add(self, kind: str, *told: Any) -> None:
        """One message more."""
        if kind == "sheet":
            name, hidden, columns = told
            self._sheets.append((name, hidden, frozenset(columns), []))
        elif kind == "rows":
            (rows,) = told
            self._sheets[-1][3].extend(RowCells(number, tuple(_cell(*cell) for cell in cells), hidden) for number, hidden, cells in rows)
        elif kind == "book":
            file_type, notes, date1904, encoding = told
            sheets = tuple(SheetRows(name, hidden, tuple(rows), columns) for name, hidden, columns, rows in self._sheets)
            self.book = Workbook(sheets, file_type, tuple(notes), date1904, encoding)
        else:
            raise ValueError(kind)


def _cell(column: str, text: str, value: Any = None, kind: Any = "", formula: str | None = None, merged: str = "") -> Cell:
    if not kind:
        return Cell(column, text, text, "text")
    if isinstance(value, list):
        form, words = value
        value = datetime.fromisoformat(words) if form == "moment" else date.fromisoformat(words)
    return Cell(column, value, text, kind, formula, merged)
