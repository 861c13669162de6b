"""Small ledgers, and hands for the import page in tests."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from execdesk.reads.imports import ImportSession
from execdesk.reads.listing import ListWanted
from execdesk.reads.lists.imports import IMPORTS, RunRow
from execdesk.reads.lists.tray import TRAY, WaitingRow
from tests.ui.at_once import AtOnce
from tests.world import SAMPLE
from ui.importing.rowlist import RowLine
from ui.importpage import ImportPage
from ui.jobs import Jobs
from ui.notices import Notices

__all__ = ["SAMPLE"]
HEADINGS = ("序号", "案号", "立案日期", "申请执行人", "被执行人", "被执行人住址", "案由", "申请标的（元）", "承办人")
UNKNOWN = "以判决为准"


def import_runs(desk: Desk) -> tuple[RunRow, ...]:
    """Earlier imports, newest first."""
    rows: tuple[RunRow, ...] = desk.reads.list_page(ListWanted(IMPORTS.name)).rows
    return rows


def tray(desk: Desk) -> tuple[WaitingRow, ...]:
    """The rows that wait for a decision."""
    rows: tuple[WaitingRow, ...] = desk.reads.list_page(ListWanted(TRAY.name)).rows
    return rows


def ledger(folder: Path, *rows: tuple[object, ...], name: str = "台账.xlsx") -> Path:
    """A small ledger file."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2017年台账"
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


def case(number: int, filed: str = "2017-03-05", amount: object = 70000, judge: str = "法官甲", address: str = "乐东县九所镇某村") -> tuple[object, ...]:
    """One row of a ledger; row 1 of the file holds the headings."""
    return (number, f"（2017）琼9027执{number}号", filed, "符示例", f"羊示{number}", address, "民间借贷纠纷", amount, judge)


def open_page(desk: Desk, qtbot: QtBot, saved: Path, jobs: AtOnce | Jobs | None = None) -> ImportPage:
    """An import page that writes its lists to ``saved``."""
    notices = Notices()
    qtbot.addWidget(notices)
    made = ImportPage(desk, jobs or AtOnce(), notices, lambda page: None, save=lambda _parent, _name: str(saved))
    qtbot.addWidget(made)
    made.resize(1340, 640)
    made.show()
    made.entered()
    return made


def session(page: ImportPage) -> ImportSession:
    """The session of a page on which a file was checked."""
    assert page.session is not None
    return page.session


def go_to(page: ImportPage, row: int) -> None:
    """Bring a row of the file to the right."""
    page.review.go_to(next(key for key in page.review.list.row_keys if key.endswith(f"|{row}")))


def settle(page: ImportPage) -> None:
    """Have the decisions checked now instead of a moment later."""
    page.review.again.stop()
    page.review.check_again()


def own(page: ImportPage, words: str) -> None:
    """Type one's own entry and let it be checked."""
    answers = page.review.card.answers
    assert answers is not None
    answers.own.setText(words)
    answers.own.textEdited.emit(words)
    answers.wait.stop()
    answers.typed.emit(words)


def heads(page: ImportPage) -> dict[str, int]:
    """The counts the four heads show."""
    return {head.key.partition("|")[2]: int(head.count.replace(",", "")) for head in page.review.heads}


def row_line(page: ImportPage, row: int) -> RowLine:
    """The line of a row in the list."""
    return next(item for item in page.review.list.items_.items if isinstance(item, RowLine) and item.number == str(row))
