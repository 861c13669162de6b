"""The import page on a real store: taking in, what waits, undo, half-made decisions, bad files, cancelling."""

from __future__ import annotations

import csv
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from tests.ui import office_store
from tests.ui.import_help import (
    SAMPLE,
    UNKNOWN,
    case,
    heads,
    import_runs,
    ledger,
    open_page,
    own,
    row_line,
    session,
    settle,
    tray,
)
from tests.world import Shelf
from ui.importpage import CHOOSE, NAMES, PLACE, REVIEW, ImportPage
from ui.jobs import Jobs
from ui.notices import Notice


@pytest.fixture(scope="session")
def office(worlds: Shelf) -> Path:
    """The store with matters, made once."""
    return office_store.waiting(worlds).folder


@pytest.fixture
def desk(office: Path, tmp_path: Path) -> Iterator[Desk]:
    """The clerk at a copy of the store."""
    made = office_store.at(Path(shutil.copytree(office, tmp_path / "data")), "clerk")
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, tmp_path: Path, qtbot: QtBot) -> ImportPage:
    """The import page of the clerk."""
    return open_page(desk, qtbot, tmp_path / "清单.xlsx")


def test_a_row_left_out_is_not_imported_and_does_not_come_back(page: ImportPage, tmp_path: Path) -> None:
    path = ledger(tmp_path, case(1), case(2, amount=UNKNOWN))
    page.begin(path)
    assert page.review.card.answers is not None
    page.review.card.answers.choose("skip")
    page.review.card.go.click()
    settle(page)
    assert page.review.take_button.text() == "导入 1 件"
    page.review.take_button.click()
    assert tray(page.desk) == ()


def test_the_sample_comes_in_and_the_same_file_changes_nothing(page: ImportPage) -> None:
    page.begin(SAMPLE)
    report = session(page).report
    assert report is not None
    page.review.take_button.click()
    assert page.pile.currentIndex() == CHOOSE
    assert page.says.shown[0].startswith(f"ledger-2017.xlsx：已导入 {report.counts['imported']} 件")
    run, = import_runs(page.desk)
    assert (run.imported, run.waiting) == (report.counts["imported"], report.counts["decide"] + report.counts["refused"])
    page.begin(SAMPLE)
    assert heads(page)["imported"] == 0 and sum(heads(page).values()) == sum(report.used_rows.values())
    assert not page.review.take_button.isEnabled() and page.review.why_not.text() == "尚无可导入的行"
    page.take()
    assert "没有新的内容，什么也没有写。" in page.says.shown[0]
    assert len(import_runs(page.desk)) == 1


def test_what_waits_is_decided_later_without_the_file(page: ImportPage, tmp_path: Path) -> None:
    path = ledger(tmp_path, case(1), case(2, amount=UNKNOWN))
    page.begin(path)
    page.review.take_button.click()
    path.unlink()
    assert page.start.tray.model.total == 1
    page.start.decide.click()
    assert page.review.card.entry is not None and page.review.card.entry.row == 3
    own(page, "100")
    page.review.card.go.click()
    settle(page)
    page.review.take_button.click()
    assert page.start.tray.model.total == 0
    assert page.desk.reads.case("（2017）琼9027执2号").case.claim_fen == 10_000


def test_a_name_is_tied_to_a_person_once_for_all_rows(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.begin(ledger(tmp_path, case(1, judge="某法官"), case(2, judge="某法官")))
    assert page.pile.currentIndex() == NAMES
    (key, box), = page.names.choices.items()
    assert key[1] == "某法官" and box.currentData() == "", "a proposal is said, never chosen beforehand"
    box.setCurrentIndex(next(n for n in range(box.count()) if "法官丙" in box.itemText(n)))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.pile.currentIndex() == REVIEW and page.review.take_button.text() == "导入 2 件"


def undo(page: ImportPage) -> None:
    """Press 撤销导入… in the line that says what was done, give a reason, confirm."""
    notice = next(n for n in page.says.findChildren(Notice) if n.text.find("已导入") > 0)
    next(b for b in notice.findChildren(QPushButton) if b.text() == "撤销导入…").click()
    page.dialog.form["reason"].set_text("选错文件")
    page.dialog.go.click()


def test_an_import_is_undone_from_the_line_that_reports_it(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, case(1)))
    page.review.take_button.click()
    undo(page)
    assert page.start.runs.model.row(0).state_words == "已撤销"
    assert "已撤销 台账.xlsx 的导入，写入的内容已划去。" in page.says.shown


def test_an_import_that_was_built_on_is_not_undone_and_says_what_stands_against_it(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, case(1)))
    page.review.take_button.click()
    page.desk.do("case.opening_recovered", case="（2017）琼9027执1号", amount=100, source="收据")
    undo(page)
    assert any("不能撤销" in words and "（2017）琼9027执1号" in words for words in page.dialog.says.shown)
    page.dialog.close()
    assert import_runs(page.desk)[0].state_words == "已导入"


def test_half_made_decisions_come_back_with_the_same_file_only(page: ImportPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = ledger(tmp_path, case(1), case(2, amount=UNKNOWN))
    page.begin(path)
    own(page, "100")
    page.review.card.go.click()
    assert page.may_leave()
    again = open_page(desk, qtbot, tmp_path / "清单.xlsx")
    assert again.says.shown == ["上次核对「台账.xlsx」没有导完，已作 1 个决定。"]
    next(b for b in again.says.findChildren(QPushButton) if b.text() == "接着办").click()
    assert again.review.take_button.text() == "导入 2 件" and row_line(again, 3).text == "已定 填 100"
    ledger(tmp_path, case(1), case(2, amount="待定"))
    again.begin(path)
    assert session(again).decisions == {}
    again.review.take_button.click()
    assert desk.draft(PLACE) == {}, "nothing is left to come back to"


def test_the_lists_are_written_to_a_file(page: ImportPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    page.begin(SAMPLE)
    page.review.export_button.click()
    assert openpyxl.load_workbook(tmp_path / "清单.xlsx").sheetnames == ["可导入", "需您决定", "不能导入", "未计入"]
    other = open_page(desk, qtbot, tmp_path / "清单.csv")
    other.begin(SAMPLE)
    other.review.export_button.click()
    with (tmp_path / "清单.csv").open(encoding="utf-8-sig", newline="") as lines:
        written = len(list(csv.reader(lines)))
    report = session(other).report
    assert report is not None and written == 1 + sum(report.used_rows.values())


@pytest.mark.parametrize("content", [b"\0" * 5000, b"PK\x03\x04 broken", b""])
def test_a_bad_file_is_refused_with_a_sentence(page: ImportPage, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(content)
    page.begin(bad)
    assert len(page.says.shown) == 1 and page.says.shown[0].endswith("。")
    assert page.pile.currentIndex() == CHOOSE and page.pile.isEnabled()


def test_who_may_not_import_is_told_so_and_keeps_the_decisions(office: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk = office_store.at(Path(shutil.copytree(office, tmp_path / "data")), "seal")
    page = open_page(desk, qtbot, tmp_path / "清单.xlsx")
    page.begin(ledger(tmp_path, case(1), case(2, amount=UNKNOWN)))
    page.review.card.decide()
    page.review.take_button.click()
    assert any(words.startswith("不能由您办理：导入台账") for words in page.says.shown)
    assert page.pile.currentIndex() == REVIEW and page.review.take_button.isEnabled()
    desk.close()


def test_checking_is_cancelled_and_leaves_nothing(desk: Desk, tmp_path: Path, qtbot: QtBot, jobs: Jobs) -> None:
    page = open_page(desk, qtbot, tmp_path / "清单.xlsx", jobs)
    qtbot.waitUntil(lambda: not jobs.busy)
    gate = threading.Event()

    def slow() -> Any:
        gate.wait(10)
        return desk.reads.import_session(SAMPLE)

    page.begin_with(slow)
    assert page.progress.isVisible() and not page.pile.isEnabled() and page.progress.leaves.text() == "此步只读，取消不留痕"
    page.progress.stop.click()
    assert page.progress.left.text() == "正在停下…"
    gate.set()
    qtbot.waitUntil(lambda: page.progress.watch is None)
    assert page.says.shown == ["已取消核对，没有写入任何内容。"]
    assert page.pile.currentIndex() == CHOOSE and page.session is None
    qtbot.waitUntil(lambda: not jobs.busy)
    assert import_runs(desk) == ()


def test_an_import_is_cancelled_before_it_is_written(page: ImportPage) -> None:
    page.begin(SAMPLE)
    before = session(page).decisions
    page.watch = lambda watch: (watch.cancel(), watch)[1]  # type: ignore[assignment,func-returns-value]
    page.take()
    assert page.says.shown == ["已取消导入，没有写入任何内容。决定都还在。"]
    assert import_runs(page.desk) == () and session(page).decisions == before


def test_one_does_not_leave_while_it_is_written(page: ImportPage) -> None:
    page.writing = True
    assert not page.may_leave() and page.says.shown == ["正在导入，写完或取消以后再离开。"]


def test_work_is_done_beside_the_window(desk: Desk, tmp_path: Path, qtbot: QtBot, jobs: Jobs) -> None:
    page = open_page(desk, qtbot, tmp_path / "清单.xlsx", jobs)
    page.begin(ledger(tmp_path, case(1), case(2, amount=UNKNOWN)))
    qtbot.waitUntil(lambda: page.session is not None)
    page.review.card.decide()
    assert page.review.card.entry is not None, "nothing is proposed, so nothing is decided by Enter"
    assert page.review.card.answers is not None
    page.review.card.answers.choose("unknown")
    page.review.card.decide()
    qtbot.waitUntil(lambda: page.review.take_button.text() == "导入 2 件")
    page.review.take_button.click()
    qtbot.waitUntil(lambda: page.pile.currentIndex() == CHOOSE)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert len(import_runs(desk)) == 1
