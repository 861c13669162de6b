"""Read a ledger file (.xlsx, .xlsm, .xls, .ods, .csv, HTML, XML of Excel 2003) into plain values; formulas, links and macros are never run."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import python_calamine

from execdesk.fields.cells import Cell
from execdesk.intake.binary import OLE_MAGIC, scan_xls
from execdesk.intake.delimited import is_table, read_delimited
from execdesk.intake.limits import MAX_FILE_BYTES, MAX_SHEETS, WAY, Extent, refuse
from execdesk.intake.markup import is_markup, read_markup
from execdesk.intake.opendocument import scan_ods
from execdesk.intake.packed import unpack
from execdesk.intake.spreadsheet_xml import SheetScan, scan_sheet, structure
from execdesk.intake.workbook import RowCells, SheetFacts, SheetRows, Workbook, letter, make_cell
from execdesk.store.outside import read_outside

Progress = Callable[[int, int], None]
EVERY = 1_000  # rows between two calls of progress
_TEXT_ENDINGS = (".csv", ".txt", ".tsv")
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_FOREIGN = {b"%PDF": "PDF 文件", b"\xff\xd8\xff": "图片", b"\x89PNG": "图片", b"Rar!": "压缩包", b"7z\xbc\xaf": "压缩包"}


def read_file(path: Path) -> bytes:
    """The bytes of a ledger. Raises Refusal as :func:`read_outside`."""
    return read_outside(path, MAX_FILE_BYTES, WAY)


def read_bytes(data: bytes, name: str, progress: Progress | None = None) -> Workbook:
    """The workbook in ``data``; the kind is told by the content, ``name`` only names a sheet of text.

    What comes from outside is read by :func:`execdesk.intake.reading.read_workbook`, whose helper calls this. ``progress`` hears
    (rows read, rows in all) every 1,000 rows of what is no text.
    """
    if len(data) > MAX_FILE_BYTES:
        raise refuse(f"文件超过上限 {MAX_FILE_BYTES // 1024**2} MB，未读取。", "too_large")
    if not data.strip(b"\x00"):
        raise refuse("文件里没有内容。", "empty")
    if data.startswith(_ZIP_MAGIC):
        return _read_packed(data, progress)
    if data.startswith(OLE_MAGIC):
        return _read_xls(data, progress)
    for magic, what in _FOREIGN.items():
        if data.startswith(magic):
            raise refuse(f"文件是{what}，不是表格。", "not_workbook")
    if is_markup(data):
        return read_markup(data, Path(name).stem)
    if not name.lower().endswith(_TEXT_ENDINGS) and not is_table(data):  # programs export text under the name .xls, and Excel opens it
        raise refuse(f"「{name}」的内容不是 Excel 工作簿，扩展名与内容不符。", "not_workbook")
    return read_delimited(data, Path(name).stem)


class _RowsTold:
    """Counts the rows of all sheets as they are read."""

    def __init__(self, scans: Iterable[SheetScan], hear: Progress | None) -> None:
        self._hear, self._done, self._total = hear, 0, sum(scan.rows for scan in scans)
        self._tell()

    def row(self) -> None:
        self._done += 1
        if self._done % EVERY == 0:
            self._tell()

    def _tell(self) -> None:
        if self._hear:
            self._hear(min(self._done, self._total), self._total)


def _read_packed(data: bytes, progress: Progress | None) -> Workbook:
    parts = unpack(data)
    if "content.xml" in parts and "xl/workbook.xml" not in parts:
        return _read_ods(data, parts, progress)
    if "xl/workbook.bin" in parts:
        raise refuse("文件是二进制工作簿（.xlsb），不能读取。", "not_workbook")
    plan = structure(parts)
    scans = {path: scan_sheet(content) for path, content in parts.items() if b"sheetData" in content}
    _check_extent(list(scans.values()))
    book, told = _open(data), _RowsTold((scans[path] for _, _, path in plan.sheets if path in scans), progress)
    sheets = []
    for name, hidden, path in plan.sheets:
        if path in scans:
            sheets.append(_sheet(book, name, hidden, scans[path].facts, told))
    return Workbook(_some(sheets), "xlsx", _packed_notes(parts), plan.date1904)


def _read_ods(data: bytes, parts: dict[str, bytes], progress: Progress | None) -> Workbook:
    found = scan_ods(parts)
    _check_extent([scan for _, _, scan in found])
    book, told = _open(data), _RowsTold((scan for _, _, scan in found), progress)
    return Workbook(_some([_sheet(book, name, hidden, scan.facts, told) for name, hidden, scan in found]), "ods")


def _read_xls(data: bytes, progress: Progress | None) -> Workbook:
    found = scan_xls(data)
    _check_extent([scan for _, scan in found.sheets])
    book, told = _open(data), _RowsTold((scan for _, scan in found.sheets), progress)
    names = book.sheet_names
    if len(names) != len(found.sheets):
        raise refuse("文件已损坏，工作表目录对不上。", "damaged")
    sheets = [_sheet(book, name, hidden, scan.facts, told) for name, (hidden, scan) in zip(names, found.sheets, strict=True)]
    return Workbook(_some(sheets), "xls", (), found.date1904)


def _open(data: bytes) -> python_calamine.CalamineWorkbook:
    with _guarded("文件已损坏，读不完整。"):
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextmanager
def _guarded(text: str) -> Iterator[None]:
    """Turn every way in which the reader gives up, a panic of its native code included, into a refusal."""
    try:
        yield
    except python_calamine.PasswordError as error:
        raise refuse("文件设有密码，读不出内容。请先在表格软件中取消密码。", "encrypted") from error
    except (python_calamine.CalamineError, ValueError, OSError, OverflowError) as error:
        raise refuse(text, "damaged") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # derives from BaseException and is exported by no module
            raise refuse(text, "damaged") from error
        raise


def _check_extent(scans: Sequence[SheetScan]) -> None:
    if len(scans) > MAX_SHEETS:
        raise refuse(f"文件有 {len(scans)} 张工作表，超过上限 {MAX_SHEETS} 张，未读取。", "too_large")
    extent = Extent()
    for scan in scans:
        extent.add_sheet(scan.rows, scan.columns)


def _some(sheets: list[SheetRows]) -> tuple[SheetRows, ...]:
    if not any(sheet.rows for sheet in sheets):
        raise refuse("文件里没有内容。", "empty")
    return tuple(sheets)


def _packed_notes(parts: dict[str, bytes]) -> tuple[str, ...]:
    notes = []
    if any(name.startswith("xl/externallinks/") for name in parts):
        notes.append("文件含指向其他文件的外部链接：未跟随，只读了原先显示的值。")
    if any(name.endswith("vbaproject.bin") for name in parts):
        notes.append("文件含宏：未运行。")
    return tuple(notes)


def _sheet(book: python_calamine.CalamineWorkbook, name: str, hidden: bool, facts: SheetFacts, told: _RowsTold) -> SheetRows:
    with _guarded(f"工作表「{name}」读不完整。"):
        source = book.get_sheet_by_name(name)
        values = source.to_python(skip_empty_area=False)
        merged = source.merged_cell_ranges or ()
    extra = facts.columns_by_row()
    last = max(len(values), 1 + max(extra, default=-1))
    rows = []
    for n in range(last):
        rows.append(_row(n, values[n] if n < len(values) else [], facts, extra.get(n, [])))
        told.row()
    _spread(rows, merged)
    while rows and not rows[-1].cells:
        rows.pop()
    return SheetRows(name, hidden, tuple(rows), frozenset(letter(c) for c in facts.hidden_columns))


def _row(number: int, values: Sequence[object], facts: SheetFacts, extra: list[int]) -> RowCells:
    cells = []
    width = len(values)
    for column in range(max(width, 1 + max(extra, default=-1))):
        place = (number, column)
        value = values[column] if column < width else ""
        if value == "" and place not in facts.formulas and place not in facts.errors:
            continue
        value = facts.errors.get(place, value)
        cell = make_cell(letter(column), value, facts.formulas.get(place), place in facts.shown_empty)
        if cell is not None:
            cells.append(cell)
    return RowCells(number + 1, tuple(cells), number in facts.hidden_rows)


def _spread(rows: list[RowCells], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Let cells merged downwards show their value in every row, marked with the cell it comes from."""
    for (top, left), (bottom, _) in merged:
        if bottom <= top or top >= len(rows):
            continue
        column = letter(left)
        anchor = rows[top].by_column().get(column)
        if anchor is None:
            continue
        copy = Cell(column, anchor.value, anchor.text, anchor.kind, anchor.formula, f"{column}{top + 1}")
        for number in range(top + 1, min(bottom + 1, len(rows))):
            kept = [cell for cell in rows[number].cells if cell.column != column]
            cells = tuple(sorted([*kept, copy], key=lambda cell: (len(cell.column), cell.column)))
            rows[number] = RowCells(rows[number].number, cells, rows[number].hidden)
