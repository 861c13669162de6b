"""Lists that leave the program: .xlsx and .csv with numbers of identity papers as text and no cell that a spreadsheet runs, but for the sums
that this program adds below amounts."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from execdesk.intake.report import LedgerEntry, LedgerReport
from execdesk.law.spelling import visible

if TYPE_CHECKING:
    from openpyxl.cell.cell import WriteOnlyCell

Field = str | int | float | Decimal | date | datetime | None
"""What stands in a cell: words, a count, a share of one (``float``), an amount in yuan (``Decimal``), a day."""
_RUN = frozenset("=+-@|%\u2212")  # what a spreadsheet may calculate or call from; full width, small and raised forms count too
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_LONGEST_NUMBER = 11  # digits; longer ones are numbers of papers and accounts, which a spreadsheet would round or shorten
_NARROWEST, _WIDEST, _MEASURED = 8, 60, 500  # widths in digits; rows on which they are measured
_FORMATS: dict[type, str] = {bool: "General", int: "0", float: "0.0%", Decimal: "#,##0.00", date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}
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
    if isinstance(value, float):
        return f"{value:.1%}"
    if not isinstance(value, str):
        return str(value)
    if value.isdigit() and len(value) > _LONGEST_NUMBER:
        return value + "\t"
    return neutral(value)


def write_xlsx(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Field]]]]) -> bytes:
    """A workbook of (name, headings, rows): texts are written as texts whatever they look like, counts, amounts and days as such. The head stays
    in sight and filters, columns are as wide as their words, and below columns of amounts stands the sum of the rows that a filter leaves."""
    from openpyxl import Workbook  # a tenth of the start of the window, which writes none

    book = Workbook(write_only=True)
    for name, headings, rows in sheets:
        _write_sheet(book.create_sheet(re.sub(r"[\\/*?:\[\]]", "_", name)[:31]), headings, iter(rows))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(sheet: Any, headings: Sequence[str], rows: Iterator[Sequence[Field]]) -> None:
    from openpyxl.utils import get_column_letter

    cells, letters = _Cells(sheet), [get_column_letter(at + 1) for at in range(len(headings))]
    first = list(islice(rows, _MEASURED))
    for at, letter in enumerate(letters):
        sheet.column_dimensions[letter].width = _width(headings[at], [row[at] for row in first if at < len(row)])
    sheet.freeze_panes = "A2"
    sheet.append([cells.of(heading, bold=True) for heading in headings])
    last, amounts = 1, set[int]()
    for row in chain(first, rows):
        sheet.append([cells.of(value) for value in row])
        last += 1
        amounts.update(at for at, value in enumerate(row) if isinstance(value, Decimal))
    sheet.auto_filter.ref = f"A1:{letters[-1]}{last}"
    if amounts:
        sums = [cells.sum_of(f"{letter}2:{letter}{last}") if at in amounts else None for at, letter in enumerate(letters)]
        sheet.append([sums[0] or cells.of("合计", bold=True), *sums[1:]])


def _width(heading: str, values: Iterable[Field]) -> int:
    """So that heading, its filter mark and the longest words are read whole, unless they are very long."""
    words = (max(map(_room, str(value).splitlines()), default=0) + (4 if isinstance(value, Decimal) else 1) for value in values if value is not None)
    return min(max(_NARROWEST, _room(heading) + 4, *words, 0), _WIDEST)


def _room(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


class _Cells:
    """Cells of one sheet; each look is made once, to make it for every cell takes most of the time."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._looks: dict[tuple[str, bool], Any] = {}

    def of(self, value: Field, *, bold: bool = False) -> WriteOnlyCell | None:
        """A value as what it is; words never as a formula, whatever they begin with."""
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return self._cell(value, _FORMATS[type(value)], bold)
        cell = self._cell(neutral(value), "@", bold)
        cell.data_type = "s"
        return cell

    def sum_of(self, cells: str) -> WriteOnlyCell:
        """The one formula there is: of our own making, over rows that are written by now."""
        return self._cell(f"=SUBTOTAL(109,{cells})", _FORMATS[Decimal], True)

    def _cell(self, value: Any, looks: str, bold: bool) -> WriteOnlyCell:
        from openpyxl.cell.cell import WriteOnlyCell
        from openpyxl.styles import Font

        cell = WriteOnlyCell(self._sheet, value=value)
        if (looks, bold) not in self._looks:
            made = WriteOnlyCell(self._sheet)
            made.number_format = looks
            if bold:
                made.font = Font(bold=True)
            self._looks[looks, bold] = made._style
        cell._style = self._looks[looks, bold]
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
