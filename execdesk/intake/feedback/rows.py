"""The rows of a file of answers: what each says, or why it says nothing that can be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from execdesk.casework.search.feedback import FeedbackHead, FeedbackWords, plain
from execdesk.fields.cells import Cell, Value
from execdesk.fields.dates import read_date
from execdesk.fields.money import read_money
from execdesk.intake.workbook import RowCells, SheetRows, Workbook

HEADER_WITHIN, HEADER_FEWEST = 20, 3
_TELLING = ("account_no", "vin", "plate", "engine_no", "unit_no", "cert_no")  # columns by which a sheet without a telling name is known
MASKED = "*＊"  # stands for places of a number that are not told


@dataclass(frozen=True)
class FeedbackRow:
    """One answer in a file: where it stands, which query and person it names, what it says. ``nothing``: there is none. Sums in fen."""

    place: str
    head: FeedbackHead
    request_no: str
    number: str
    name: str
    id_no: str
    body: str
    answered_on: date | None
    identifiers: Mapping[str, str]
    balance_fen: int | None
    nothing: bool
    masked: bool
    marks: tuple[str, ...]
    raw: Mapping[str, str]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used, and the sentence that says why."""

    place: str
    why: str


def rows_of(book: Workbook, words: FeedbackWords) -> Iterator[FeedbackRow | BadRow]:
    """The answers of all sheets that can be told to be of a head, in their order; other sheets are passed over."""
    for sheet in book.sheets:
        found = _header(sheet, words)
        if found is None:
            continue
        at, columns = found
        head = words.of_sheet(sheet.name) or _head_by(set(columns.values()), words)
        if head is not None:
            headings = {cell.column: cell.text for row in sheet.rows if row.number == at for cell in row.cells}
            for row in sheet.rows:
                if row.number > at and row.cells:
                    place = f"{head.name}第 {row.number - at} 项" if book.file_type == "xml" else f"「{sheet.name}」第 {row.number} 行"
                    yield _read(place, row, columns, headings, head, words)


def _header(sheet: SheetRows, words: FeedbackWords) -> tuple[int, dict[str, str]] | None:
    """The row that names the columns, with the column of ours that each letter is."""
    for row in sheet.rows[:HEADER_WITHIN]:
        found = {cell.column: words.columns[plain(cell.text)] for cell in row.cells if plain(cell.text) in words.columns}
        if len(found) >= HEADER_FEWEST:
            return row.number, found
    return None


def _head_by(columns: set[str], words: FeedbackWords) -> FeedbackHead | None:
    """The head whose identifiers a sheet has, where its name does not tell."""
    telling = columns.intersection(_TELLING)
    return next((head for head in words.heads if telling & head.identifiers.keys()), None)


def _read(place: str, row: RowCells, columns: Mapping[str, str], headings: Mapping[str, str], head: FeedbackHead, words: FeedbackWords) -> FeedbackRow | BadRow:
    cells: dict[str, Cell] = {}
    for cell in row.cells:
        if cell.column in columns:
            cells.setdefault(columns[cell.column], cell)

    def text(column: str) -> str:
        return cells[column].text.strip() if column in cells else ""

    lost = next((cell.text for name, cell in cells.items() if name in (*_TELLING, "id_no") and _is_lost(cell)), None)
    if lost is not None:
        return BadRow(place, f"号码「{lost}」已被表格软件改成科学计数，末几位读不回来，请向反馈单位重新取数，或者把该列设为文本后再导出。")
    balance = _money(cells.get("balance"))
    if isinstance(balance, str):
        return BadRow(place, balance)
    day = _day(cells.get("answered_on"))
    if isinstance(day, str):
        return BadRow(place, day)
    said = next((text(column) for column in _TELLING if text(column)), "")
    nothing = plain(said) in words.nothing or (not said and plain(text("note")) in words.nothing)
    if not said and not nothing:
        return BadRow(place, "没有账号、车牌、权证号等识别信息，也没有写「查无」，不知道反馈的是什么。")
    identifiers = {name: text(column) for column, name in head.identifiers.items() if text(column)} if not nothing else {}
    told = " ".join(text(column) for column in ("class", "status", "note", "frozen"))
    return FeedbackRow(
        place, head, text("request_no"), text("number"), text("name"), text("id_no"), text("body"), day, identifiers, balance, nothing,
        not nothing and any(sign in said for sign in MASKED), tuple(words.marks_in(told)), {headings.get(cell.column, cell.column): cell.text for cell in row.cells},
    )


def _is_lost(cell: Cell) -> bool:
    """Whether a spreadsheet has rounded a number away: shown with an exponent, or longer than it keeps."""
    return "E+" in cell.text.upper() or (cell.kind == "number" and len(cell.text) > 15)


def _money(cell: Cell | None) -> int | None | str:
    if cell is None or not cell.text.strip():
        return None
    answer = read_money(cell)
    return answer.value if isinstance(answer, Value) else f"余额「{cell.text}」读不出来，请核对后改正再导入。"


def _day(cell: Cell | None) -> date | None | str:
    if cell is None or not cell.text.strip():
        return None
    answer = read_date(cell)
    return answer.value if isinstance(answer, Value) else f"反馈时间「{cell.text}」读不出来，请核对后改正再导入。"
