"""The import page on a real store and the sample ledger: lists, decisions, taking in, the tray, undo."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from ui.importpage import CHOOSE, NAMES, SETTLE, TAKEN, ImportPage
from ui.jobs import Jobs
from ui.notices import Notices

LEDGER = office_store.parts().resources / "demo" / "ledger-2017.xlsx"
HEADINGS = ("序号", "案号", "立案日期", "申请执行人", "被执行人", "被执行人住址", "案由", "申请标的（元）", "承办人")


def ledger(folder: Path, *rows: tuple[object, ...]) -> Path:
    """A small ledger file."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2017年台账"
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def line(number: int, filed: str = "2017-03-05", amount: object = 70000, judge: str = "法官甲", address: str = "乐东县九所镇某村") -> tuple[object, ...]:
    """One row of a ledger."""
    return (number, f"（2017）琼9027执{number}号", filed, "符示例", f"羊示{number}", address, "民间借贷纠纷", amount, judge)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with matters, made once."""
    return office_store.make(tmp_path_factory.mktemp("imports") / "data").folder


@pytest.fixture
def page(bare: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[ImportPage]:
    """The import page of the clerk on a copy of the store."""
    desk = office_store.at(Path(shutil.copytree(bare, tmp_path / "data")), "clerk")
    made = open_page(desk, qtbot, tmp_path)
    yield made
    desk.close()


def open_page(desk: Desk, qtbot: QtBot, folder: Path, jobs: AtOnce | Jobs | None = None) -> ImportPage:
    """An import page that writes its lists to the test's folder."""
    notices = Notices()
    qtbot.addWidget(notices)
    made = ImportPage(desk, jobs or AtOnce(), notices, lambda page: None, save=lambda _parent: str(folder / "清单.xlsx"))
    qtbot.addWidget(made)
    made.resize(1340, 640)
    made.show()
    made.entered()
    return made


def choose(page: ImportPage, key: str) -> None:
    """Tick an option and press the button."""
    page.card.options[key].setChecked(True)
    page.card.go.click()


def test_the_lists_sum_to_the_rows_read(page: ImportPage) -> None:
    page.begin(LEDGER)
    assert page.session is not None and page.session.report is not None
    counts = page.session.report.counts
    assert sum(counts.values()) == sum(page.session.report.used_rows.values())
    assert page.lists.tabs.tabText(0) == f"需您决定 {counts['decide']:,}"
    assert page.sum_words.text().startswith(f"已核 {sum(counts.values()):,} = ")
    assert page.take_button.text() == f"导入 {counts['imported']:,} 件"


def test_nothing_is_chosen_beforehand_and_the_cell_stands_among_its_neighbours(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, line(1), line(2, amount="以判决为准"), line(3)))
    assert page.card.entry is not None and page.card.entry.row == 3
    assert page.card.choice == "" and not page.card.go.isEnabled()
    assert page.session is not None and page.card.question is not None
    excerpt = page.session.excerpt(page.card.entry, page.card.question.column)
    assert [number for number, _ in excerpt.rows] == [2, 3, 4]
    assert [cell.text for _, cells in excerpt.rows for cell in cells if cell.asked] == ["以判决为准"]


def test_a_decision_moves_the_row_to_those_imported(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.begin(ledger(tmp_path, line(1), line(2, amount="以判决为准"), line(3, amount="以判决为准")))
    assert page.card.entry is not None
    page.card.options["own"].setChecked(True)
    page.card.own.setText("12,345.60")
    page.card.go.click()
    assert page.card.entry.row == 4, "the next open row comes to the front"
    choose(page, "skip")
    qtbot.waitUntil(lambda: page.take_button.isEnabled())
    assert page.take_button.text() == "导入 2 件"
    page.take_button.click()
    assert page._pile.currentIndex() == TAKEN
    found = page._desk.reads.case("（2017）琼9027执2号")
    assert found.case.claim_fen == 1_234_560


def test_the_same_evidence_is_taken_for_the_rest_only_when_asked(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, line(1), *(line(n, address="乐东县莺歌海盐场三队") for n in (2, 3, 4))))
    card = page.card
    assert card.question is not None and card.question.proposal
    card.options[card.question.proposal].setChecked(True)
    assert card.alike.isVisibleTo(card) and "其余 2 行" in card.alike.text() and not card.alike.isChecked()
    card.alike.setChecked(True)
    card.go.click()
    assert page.session is not None and all(page.session.open_question(e) is None for e in page.session.asked.values())


def test_a_name_is_tied_to_a_person_once_for_all_rows(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.begin(ledger(tmp_path, line(1, judge="某法官"), line(2, judge="某法官")))
    assert page._pile.currentIndex() == NAMES
    (key, box), = page.names.choices.items()
    assert key[1] == "某法官" and box.currentData() == ""
    box.setCurrentIndex(next(n for n in range(box.count()) if "法官丙" in box.itemText(n)))
    page.names.go.click()
    assert page._pile.currentIndex() == SETTLE
    assert page.take_button.text() == "导入 2 件"


def test_undecided_rows_stay_in_the_tray_and_come_back_with_their_decision(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.begin(ledger(tmp_path, line(1), line(2, amount="以判决为准")))
    page.take_button.click()
    page.another.click()
    assert page._pile.currentIndex() == CHOOSE and page.start.tray.model.total == 1
    page.start.decide.click()
    assert page.card.entry is not None and page.card.entry.row == 3
    page.card.options["own"].setChecked(True)
    page.card.own.setText("100")
    page.card.go.click()
    qtbot.waitUntil(lambda: page.take_button.isEnabled())
    page.take_button.click()
    page.another.click()
    assert page.start.tray.model.total == 0
    assert page._desk.reads.case("（2017）琼9027执2号").case.claim_fen == 10_000


def test_an_import_is_undone_and_the_refusal_of_a_later_undo_is_shown(page: ImportPage, tmp_path: Path) -> None:
    path = ledger(tmp_path, line(1))
    page.begin(path)
    page.take_button.click()
    page.undo_button.click()
    page.dialog.form["reason"].set_text("选错文件")
    page.dialog.go.click()
    assert page.start.runs.model.row(0).state == "已撤销"
    page.begin(path)
    page.take_button.click()
    page._desk.do("case.recovered", case="（2017）琼9027执1号", amount=100, source="收据")
    page.undo_button.click()
    page.dialog.form["reason"].set_text("选错文件")
    page.dialog.go.click()
    assert any("不能撤销" in words for words in page.dialog.says.shown)
    page.dialog.close()


def test_the_lists_are_written_as_a_workbook(page: ImportPage, tmp_path: Path) -> None:
    page.begin(LEDGER)
    page.export_button.click()
    assert len(openpyxl.load_workbook(tmp_path / "清单.xlsx").sheetnames) == 4


def test_a_bad_file_is_refused_with_its_sentence(page: ImportPage, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"\0" * 5000)
    page.begin(bad)
    assert page.says.shown and page._pile.currentIndex() == CHOOSE


def test_checking_is_cancelled_and_leaves_nothing(bare: Path, tmp_path: Path, qtbot: QtBot, jobs: Jobs) -> None:
    desk = office_store.at(Path(shutil.copytree(bare, tmp_path / "data")), "clerk")
    page = open_page(desk, qtbot, tmp_path, jobs)
    gate = threading.Event()
    real = desk.reads.import_session(LEDGER)

    class Waiting:
        """The session's check once the test has pressed 取消."""

        name, report = real.name, None

        def check(self, progress: Callable[[int, int], None]) -> object:
            gate.wait(10)
            return real.check(progress)

    page._begin(lambda: Waiting())  # type: ignore[arg-type,return-value]
    page.stop.click()
    gate.set()
    qtbot.waitUntil(lambda: page.watch is None)
    assert "已取消核对，没有写入任何内容。" in page.says.shown
    assert page._pile.currentIndex() == CHOOSE and desk.reads.import_runs() == ()
    qtbot.waitUntil(lambda: not jobs.busy)
    desk.close()
