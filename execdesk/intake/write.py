"""Lists that leave the program: .xlsx and .csv with numbers of identity papers as text and no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from execdesk.intake.report import LedgerEntry, LedgerReport
from execdesk.law.spelling import visible

if TYPE_CHECKING:
    from openpyxl.cell.cell import WriteOnlyCell

Field = str | int | Decimal | date | datetime | None
_RUN = frozenset("=+-@|%\u2212")  # what a spreadsheet may calculate or call from; full width, small and raised forms count too
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_LONGEST_NUMBER = 11  # digits; longer ones are numbers of papers and accounts, which a spreadsheet would round or shorten
_WIDTHS = (16, 8, 26, 8, 24, 20, 60)
LIST_TITLES = {"imported": "可导入", "decide": "需您决定", "refused": "不能导入", "passed_over": "未计入"}
HEADINGS = ("工作表", "行", "案号", "列", "原值", "代码", "说明")


def neutral(text: str) -> str:
    """``text`` so that no spreadsheet runs it: an apostrophe before = + - @ | %, TAB, CR and line end, however wide and behind whatever
    blanks, but never before a plain number or the dash of 「none」. Signs that nobody sees are left out."""
    seen = "\r".join(map(visible, text.split("\r")))
    first = unicodedata.normalize("NFKC", seen.lstrip()[:1])
    runs = first in _RUN if first else False
    if (not runs and seen[:1] not in ("\t", "\r", "\n")) or seen in ("-", "—") or _is_plain_number(seen):
        return seen
    return "'" + seen


def _is_plain_number(text: str) -> bool:
    """-18,040.39 is a number, not a formula; -1+1 and a telephone +86… are not."""
    return bool(_NUMBER.fullmatch(text)) and sum(c.isdigit() for c in text) <= _LONGEST_NUMBER and not text.startswith("+")


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Field]]) -> bytes:
    """UTF-8 with BOM, as spreadsheets in China expect; long digit strings are kept from being read as numbers by a tab behind."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)  # also where the reader parts cells at another sign
    writer.writerow([neutral(heading) for heading in headings])
    for row in rows:
        writer.writerow([_csv_field(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _csv_field(value: Field) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    if value.isdigit() and len(value) > _LONGEST_NUMBER:
        return value + "\t"
    return neutral(value)


def write_xlsx(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Field]]]]) -> bytes:
    """A workbook of (name, headings, rows); texts are written as texts whatever they look like, numbers as numbers."""
    from openpyxl import Workbook  # a tenth of the start of the window, which writes none

    book = Workbook(write_only=True)
    for name, headings, rows in sheets:
        sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", "_", name)[:31])
        for at, width in enumerate(_WIDTHS[: len(headings)]):
            sheet.column_dimensions[chr(65 + at)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Field, *, bold: bool = False) -> WriteOnlyCell | None:
    from openpyxl.cell.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if value is None:
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=neutral(value))
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.number_format = "@"
    else:
        cell = WriteOnlyCell(sheet, value=value)
    if bold:
        cell.font = Font(bold=True)
    return cell


def report_rows(entries: Iterable[LedgerEntry]) -> list[tuple[Field, ...]]:
    """The rows of one list under :data:`HEADINGS`; imported rows show their warnings."""
    rows: list[tuple[Field, ...]] = []
    for entry in entries:
        said = entry.text or "；".join(note.text for note in entry.warnings)
        texts = [question.text for question in entry.questions] or [problem.text for problem in entry.problems]
        text = "；".join([said, *texts[1:]])
        rows.append((entry.sheet, entry.row, entry.case_no, entry.column, entry.value, entry.code, text))
    return rows


def report_xlsx(report: LedgerReport) -> bytes:
    """The four lists of a check, one sheet each."""
    return write_xlsx((title, HEADINGS, report_rows(getattr(report, name))) for name, title in LIST_TITLES.items())
