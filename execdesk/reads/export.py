"""Lists as files: xlsx or csv, with every cell as text that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from execdesk.law.refusal import Refusal

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def neutral(text: str) -> str:
    """The cell as text: an apostrophe before anything a spreadsheet might run; plain amounts and the dash of 「none」 stay."""
    if not text.startswith(_ACTIVE) or text in ("-", "—") or _is_amount(text):
        return text
    return f"'{text}"


def _is_amount(text: str) -> bool:
    return text[0] in "+-" and text[1:].replace(",", "").replace(".", "", 1).isdigit()


def write_table(path: Path, lines: Iterable[Sequence[str]]) -> int:
    """Write headings and rows to ``.xlsx`` or ``.csv`` (UTF-8 with BOM); how many rows after the headings.

    Raises:
        Refusal: ``export.kind`` for another ending, ``export.file`` where the file cannot be written.
    """
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise Refusal("导出文件的类型只能是 .xlsx 或 .csv，请改文件名。", code="export.kind")
    try:
        return _csv(path, lines) if kind == ".csv" else _xlsx(path, lines)
    except OSError as error:
        raise Refusal(f"文件 {path.name} 写不进去（{error.strerror or '没有权限'}）。请关闭已打开的同名文件，或换一个位置。", code="export.file") from None


def _csv(path: Path, lines: Iterable[Sequence[str]]) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        count = -1
        for line in lines:
            writer.writerow([neutral(cell) for cell in line])
            count += 1
    return max(count, 0)


def _xlsx(path: Path, lines: Iterable[Sequence[str]]) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("导出")
    count = -1
    for line in lines:
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, neutral(text))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
        count += 1
    book.save(path)
    return max(count, 0)
