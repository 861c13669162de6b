"""A cell of a ledger among its neighbours, as the file shows them."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.intake.columns import Layout
from execdesk.intake.workbook import SheetRows, letter, position

BESIDE = 3  # columns on either side of the cell
KINDS = {"text": "文本型", "number": "数值型", "date": "日期型", "formula": "公式", "error": "错误", "bool": "真假"}


@dataclass(frozen=True)
class CellView:
    """One cell of the excerpt; ``asked`` is the one the question is about, ``figure`` stands at the right."""

    text: str
    asked: bool = False
    figure: bool = False


@dataclass(frozen=True)
class Excerpt:
    """The cell among its neighbours: where it stands, headings with their letters, and up to three rows."""

    place: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[CellView, ...]], ...]


def excerpt_of(sheet: SheetRows, layout: Layout | None, row: int, column: str) -> Excerpt:
    """The cell in ``column`` (a letter, or empty for the row as a whole) with the nearest rows that say something."""
    own = sheet.rows[row - 1].by_column()
    headings = layout.headings if layout else {}
    used = sorted({position(c) for c in own} | {position(c) for c in headings})
    at = position(column) if column else -1
    place = next((n for n, c in enumerate(used) if c >= at), 0)
    first = max(0, min(place - BESIDE, len(used) - 2 * BESIDE - 1))
    shown = [letter(c) for c in used[first:first + 2 * BESIDE + 1]]
    rows = []
    for number in _rows(sheet, row):
        cells = sheet.rows[number - 1].by_column()
        views = []
        for name in shown:
            cell = cells.get(name)
            text = " ".join(cell.text.split()) if cell else ""
            views.append(CellView(text, number == row and name == column, cell is not None and cell.kind == "number"))
        rows.append((number, tuple(views)))
    return Excerpt(_where(sheet, row, column), tuple(f"{c} {' '.join(headings.get(c, '').split())}".strip() for c in shown), tuple(rows))


def _rows(sheet: SheetRows, row: int) -> list[int]:
    above = next((n for n in range(row - 1, 0, -1) if sheet.rows[n - 1].cells), None)
    below = next((n for n in range(row + 1, len(sheet.rows) + 1) if sheet.rows[n - 1].cells), None)
    return [n for n in (above, row, below) if n is not None]


def _where(sheet: SheetRows, row: int, column: str) -> str:
    if not column:
        return f"表「{sheet.name}」第 {row} 行"
    cell = sheet.rows[row - 1].by_column().get(column)
    return f"表「{sheet.name}」{column}{row} 格，{KINDS[cell.kind] if cell else '空'}"
