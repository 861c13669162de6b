"""Check a ledger before anything is written: every used row of every sheet goes into exactly one of four lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from execdesk.fields.cells import Note, Option, Value, compact, tidy
from execdesk.fields.dates import read_date
from execdesk.fields.numbers import parse
from execdesk.intake.caserow import read_case_row
from execdesk.intake.columns import Layout, find_layout, why_passed_over
from execdesk.intake.continuing import CODE as CONTINUED
from execdesk.intake.continuing import FOR_ALL, by_case, settle_further
from execdesk.intake.headings import CODE, unknown_headings
from execdesk.intake.known import settle_known
from execdesk.intake.repeats import settle_repeats
from execdesk.intake.report import KnownCases, LedgerEntry, LedgerReport, NothingKnown, Question, SharedQuestion
from execdesk.intake.setting import Setting
from execdesk.intake.settling import RowReading, SheetContext, fingerprint
from execdesk.intake.workbook import RowCells, SheetRows, Workbook
from execdesk.law.refusal import Refusal

EVERY = 100  # rows between two calls of progress
SERIAL_SHARE = 0.9  # so many rows whose serial number is the number of their case make the serial a witness
Progress = Callable[[int, int], None]


def check(
    workbook: Workbook,
    setting: Setting,
    *,
    known: KnownCases | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> LedgerReport:
    """The four lists of ``workbook``; nothing is written. The same workbook and decisions give the same report.

    ``setting.decisions`` answers questions by (sheet, row, column, code), or by (code, name) for all rows with a name.
    ``progress`` hears (rows done, rows in all) every 100 rows. Raises Refusal ``intake.cancelled`` where ``cancelled`` says so.
    """
    run = _Run(workbook, setting, known or NothingKnown(), progress, cancelled)
    return run.report()


class _Run:
    def __init__(
        self,
        workbook: Workbook,
        setting: Setting,
        known: KnownCases,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._workbook = workbook
        self._setting = setting
        self._known = known
        self._progress = progress
        self._cancelled = cancelled
        self._total = sum(len(sheet.rows) for sheet in workbook.sheets)
        self._done = 0
        self._notes = list(workbook.notes)
        self._entries: dict[str, list[LedgerEntry]] = {name: [] for name in ("imported", "decide", "refused", "passed_over")}
        self._readings: list[RowReading] = []
        self._asked: list[SharedQuestion] = []

    def report(self) -> LedgerReport:
        for sheet in self._workbook.sheets:
            self._sheet(sheet)
        settle_repeats(self._readings)
        for reading in self._readings:
            settle_known(reading, self._known)
        settle_further(self._readings)
        for reading in self._readings:
            self._file(reading)
        order = {sheet.name: at for at, sheet in enumerate(self._workbook.sheets)}
        lists = {
            name: tuple(sorted(entries, key=lambda entry: (order[entry.sheet], entry.row)))
            for name, entries in self._entries.items()
        }
        used = {sheet.name: len(sheet.rows) for sheet in self._workbook.sheets}
        _prove_whole(lists, used)
        shared = (*self._asked, *_shared(lists["decide"]))
        return LedgerReport(**lists, shared=shared, notes=tuple(self._notes), used_rows=used)

    def _sheet(self, sheet: SheetRows) -> None:
        chosen = {name: column for (code, name), column in _pairs(self._setting.decisions) if code == CODE and column in self._setting.columns.title}
        layout = find_layout(sheet, self._setting.columns, chosen)
        if sheet.hidden and self._setting.decisions.get(("sheet.hidden", sheet.name)) != "read":
            self._hide(sheet, layout)
        elif layout is None:
            self._without_header(sheet)
        else:
            self._read(sheet, layout)

    def _hide(self, sheet: SheetRows, layout: Layout | None) -> None:
        for row in sheet.rows:
            blank = not row.cells
            self._pass(sheet, row, "row.blank" if blank else "sheet.hidden", "空行" if blank else "隐藏的工作表，未选读")
        if layout is not None:
            text = f"隐藏的工作表「{sheet.name}」也像台账，要读吗？"
            options = (Option("read", "一并读取", "read"), Option("leave", "不读", "leave"))
            self._asked.append(SharedQuestion("sheet.hidden", sheet.name, text, options, "leave", len(sheet.rows)))

    def _without_header(self, sheet: SheetRows) -> None:
        for row in sheet.rows:
            cell = next((cell for cell in row.cells if _like_number(cell.text, self._setting.home)), None)
            if cell is not None:
                text = "本表没有认得出的表头，读不出各列；请补上表头（案号、立案日期、申请执行人等）后再导入。"
                raw = tuple((cell.column, cell.text) for cell in row.cells)
                entry = _entry(sheet, row, code="sheet.no_header", text=text)
                number, print_ = compact(cell.text), fingerprint({column: compact(text) for column, text in raw})
                refused = replace(entry, case_no=number, column=cell.column, value=cell.text, fingerprint=print_, raw=raw)
                self._entries["refused"].append(refused)
                self._tick()
            elif not row.cells:
                self._pass(sheet, row, "row.blank", "空行")
            else:
                self._pass(sheet, row, "sheet.no_header", "本表不是台账（没有台账表头）")

    def _read(self, sheet: SheetRows, layout: Layout) -> None:
        self._notes += [f"「{sheet.name}」：{note}" for note in layout.notes]
        self._asked += unknown_headings(sheet, layout, self._setting.columns, self._setting.home)
        if sheet.hidden_columns & set(layout.column.values()):
            self._notes.append(f"「{sheet.name}」：隐藏的列也已读取（{'、'.join(sorted(sheet.hidden_columns))}）。")
        context = SheetContext(self._setting, sheet, layout, self._workbook.date1904)
        cases = []
        for row in sheet.rows:
            reason = why_passed_over(row, layout, self._setting.columns)
            if reason:
                self._pass(sheet, row, *reason)
            else:
                cases.append(row)
        _look_around(context, cases)
        for rows in by_case(context, cases):
            for reading in read_case_row(context, *rows):
                reading.warnings.extend(_merged(reading.row))
                self._readings.append(reading)
                self._tick()

    def _file(self, reading: RowReading) -> None:
        """Put a finished reading into its list."""
        sheet, row = reading.context.sheet, reading.row
        entry = replace(
            _entry(sheet, row),
            case_no=reading.case_no,
            fingerprint=reading.fingerprint,
            warnings=tuple(dict.fromkeys(reading.warnings)),
            raw=reading.raw(),
        )
        if reading.passed:
            code, text = reading.passed
            self._entries["passed_over"].append(replace(entry, code=code, text=text))
        elif reading.skipped:
            text = f"按您的决定不导入：{reading.skipped}"
            self._entries["passed_over"].append(replace(entry, code="decided.skip", text=text))
        elif reading.problems:
            self._entries["refused"].append(_first(entry, reading, "refused"))
        elif reading.questions or not reading.cases:
            self._entries["decide"].append(_first(entry, reading, "decide"))
        else:
            self._entries["imported"].append(replace(entry, cases=reading.cases, also=tuple(map(_joined, reading.also))))

    def _pass(self, sheet: SheetRows, row: RowCells, code: str, text: str) -> None:
        self._entries["passed_over"].append(_entry(sheet, row, code=code, text=text))
        self._tick()

    def _tick(self) -> None:
        self._done += 1
        if self._done % EVERY and self._done != self._total:
            return
        if self._cancelled and self._cancelled():
            raise Refusal("已取消核对，没有写入任何内容；可重新选文件再核对。", code="intake.cancelled")
        if self._progress:
            self._progress(self._done, self._total)


def _joined(reading: RowReading) -> LedgerEntry:
    """A row that came into the case of another."""
    return replace(_entry(reading.context.sheet, reading.row), case_no=reading.case_no, fingerprint=reading.fingerprint, raw=reading.raw())


def _entry(sheet: SheetRows, row: RowCells, *, code: str = "", text: str = "") -> LedgerEntry:
    first = row.cells[0] if code and row.cells else None
    return LedgerEntry(sheet.name, row.number, "", first.column if first else "", first.text if first else "", code, text)


def _first(entry: LedgerEntry, reading: RowReading, kind: str) -> LedgerEntry:
    """The entry with the first thing to say, and all of them behind it."""
    listed = reading.problems if kind == "refused" else reading.questions
    first = listed[0]
    return replace(
        entry, column=first.column, value=first.value, code=first.code, text=first.text,
        questions=tuple(reading.questions), problems=tuple(reading.problems),
    )  # fmt: skip


def _pairs(decisions: Mapping[tuple[object, ...], str]) -> list[tuple[tuple[str, str], str]]:
    return [((str(key[0]), str(key[1])), value) for key, value in decisions.items() if len(key) == 2]


def _like_number(text: str, home: str) -> bool:
    return bool(re.search(re.escape(home) + r"\D{1,4}\d+", compact(text)))


def _merged(row: RowCells) -> list[Note]:
    merged = [f"{cell.column} 列与 {cell.merged} 合并" for cell in row.cells if cell.merged]
    return [Note("cell.merged", f"{'、'.join(merged)}，取合并格的值。")] if merged else []


def _look_around(context: SheetContext, rows: list[RowCells]) -> None:
    """What the sheet as a whole tells: its year, days of filing beyond doubt, whether serials run with case numbers."""
    number_column, filed_column = context.layout.column.get("case_no", ""), context.layout.column.get("filed_on", "")
    serial_column = context.layout.column.get("serial", "")
    years: Counter[int] = Counter()
    agree = known = 0
    for row in rows:
        cells = context.cells(row.number)
        if filed_column in cells:
            day = read_date(cells[filed_column], date1904=context.date1904)
            if isinstance(day, Value) and not day.warnings:
                context.filed[row.number] = day.value
        if number_column in cells:
            number = parse(tidy(cells[number_column].text), home=context.setting.home).number
            if number:
                years[number.year] += 1
                serial = compact(cells[serial_column].text) if serial_column in cells else ""
                known += serial.isdigit()
                agree += serial == str(number.seq)
    context.serial_agrees = known >= 10 and agree >= SERIAL_SHARE * known
    context.year, context.year_ground = _year(context, years)


def _year(context: SheetContext, years: Counter[int]) -> tuple[int | None, str]:
    """The ledger's year: of its title or name, else of nearly all its case numbers."""
    for text, what in ((context.layout.title, "表题"), (context.sheet.name, "表名")):
        named = set(re.findall(r"(?<!\d)(20\d{2})\s*年", text))
        if len(named) == 1:
            year = int(named.pop())
            return year, f"{what}写明 {year} 年"
    if years:
        year, count = years.most_common(1)[0]
        if count >= SERIAL_SHARE * sum(years.values()):
            return year, f"本表 {sum(years.values())} 个案号中 {count} 个是 {year} 年"
    return None, ""


def _shared(decide: tuple[LedgerEntry, ...]) -> list[SharedQuestion]:
    """One question for all rows with the same name."""
    found: dict[tuple[str, str], tuple[Question, int]] = {}
    for entry in decide:
        for question in {(q.code, q.name): q for q in entry.questions if q.name and _serves_all(q)}.values():
            first, count = found.get((question.code, question.name), (question, 0))
            found[(question.code, question.name)] = (first, count + 1)
    return [
        SharedQuestion(code, name, FOR_ALL if code == CONTINUED else question.text, question.options, question.proposal, count)
        for (code, name), (question, count) in found.items()
    ]


def _serves_all(question: Question) -> bool:
    return question.code.startswith(("person.", "column.", "row."))


def _prove_whole(lists: Mapping[str, tuple[LedgerEntry, ...]], used: Mapping[str, int]) -> None:
    """The promise of the module: every used row once. A breach is our fault, never the ledger's."""
    rows = [(entry.sheet, entry.row) for entries in lists.values() for entry in entries]
    expected = {(sheet, row) for sheet, count in used.items() for row in range(1, count + 1)}
    if len(rows) != len(expected) or set(rows) != expected:
        missing = sorted(expected.difference(rows))[:5]
        raise AssertionError(f"rows not in exactly one list: {missing or 'repeated'}")
