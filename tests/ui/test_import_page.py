"""The import page on a real store: the four lists, questions and decisions, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from execdesk.desk import Desk
from tests.ui import office_store
from tests.ui.import_help import (
    SAMPLE,
    UNKNOWN,
    case,
    go_to,
    heads,
    import_runs,
    ledger,
    open_page,
    own,
    row_line,
    session,
    settle,
)
from tests.world import Shelf
from ui.importing.rowlist import KindHead
from ui.importpage import CHOOSE, REVIEW, ImportPage


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


def test_the_four_lists_are_every_row_of_the_file(page: ImportPage) -> None:
    page.begin(SAMPLE)
    report = session(page).report
    assert report is not None and page.pile.currentIndex() == REVIEW
    assert sum(report.used_rows.values()) == sum(heads(page).values()) > 0
    assert heads(page) == report.counts
    assert page.review.sum.text() == f"共 {sum(report.used_rows.values())} 行 = " + " + ".join(str(report.counts[n]) for n in ("imported", "decide", "refused", "passed_over"))
    assert page.review.take_button.text() == f"导入 {report.counts['imported']} 件"
    kinds = [item for item in page.review.list.items_.items if isinstance(item, KindHead) and item.count]
    assert sum(int(kind.count) for kind in kinds) == heads(page)["decide"]


def test_the_lists_open_and_close_and_hold_all_their_rows(page: ImportPage) -> None:
    page.begin(SAMPLE)
    for name in ("imported", "passed_over"):
        page.review.fold(f"list|{name}")
    keys = page.review.list.row_keys
    report = session(page).report
    assert report is not None and len(keys) == sum(report.used_rows.values()) == len(set(keys))


def test_a_row_shows_its_cell_its_reason_and_a_proposal_that_decides_nothing(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, case(1), case(2, address="三亚市崖州区某村"), case(3)))
    card = page.review.card
    assert card.entry is not None and card.entry.row == 3 and card.question is not None and card.answers is not None
    excerpt = session(page).excerpt(card.entry, card.question.column)
    assert [number for number, _ in excerpt.rows] == [2, 3, 4]
    assert [cell.text for _, cells in excerpt.rows for cell in cells if cell.asked] == ["三亚市崖州区某村"]
    assert card.answers.choice == card.question.proposal
    assert any("建议" in label.text() for label in card.findChildren(type(page.review.sum)))
    assert session(page).decisions == {} and not card.alike.isChecked()


def test_one_decision_ticks_its_row_and_brings_the_next(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, case(1), case(2, amount=UNKNOWN), case(3, amount=UNKNOWN)))
    card = page.review.card
    assert card.answers is not None
    card.answers.choose("unknown")
    card.go.click()
    assert row_line(page, 3).done and row_line(page, 3).text.startswith("已定") and not row_line(page, 4).done
    assert card.entry is not None and card.entry.row == 4
    settle(page)
    assert heads(page) == {"imported": 1, "decide": 2, "refused": 0, "passed_over": 1}, "a decided row stays where it was asked"
    assert page.review.take_button.text() == "导入 2 件"


def test_a_decision_is_taken_back(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, case(1), case(2, amount=UNKNOWN), case(3, amount=UNKNOWN)))
    assert page.review.card.answers is not None
    page.review.card.answers.choose("skip")
    page.review.card.go.click()
    settle(page)
    go_to(page, 3)
    assert row_line(page, 3).text == "已定 不导入"
    next(b for b in page.review.card.findChildren(QPushButton) if b.text() == "撤回决定").click()
    settle(page)
    assert session(page).decisions == {} and not row_line(page, 3).done


def test_the_rest_follows_only_where_the_same_evidence_speaks_and_one_asks(page: ImportPage) -> None:
    page.begin(SAMPLE)
    go_to(page, 74)
    card = page.review.card
    assert card.entry is not None and card.question is not None
    same, _others = session(page).alike(card.entry, card.question)
    assert same and f"其余 {len(same)} 行照此办理" in card.alike.text() and not card.alike.isChecked()
    card.see_alike.click()
    assert page.review.dialog is not None and page.review.dialog.table.model.total == len(same)
    page.review.dialog.close()
    assert card.answers is not None
    card.alike.setChecked(True)
    card.answers.choose("queue")
    assert not card.alike.isEnabled() and not card.alike.isChecked(), "the rest follows the proposal alone"
    card.answers.choose(card.question.proposal)
    card.alike.setChecked(True)
    card.go.click()
    decided = {key[1]: choice for key, choice in session(page).decisions.items()}
    assert decided == {74: "group:mountain"} | {entry.row: asked.proposal for entry, asked in same}
    settle(page)
    assert session(page).refused_choices == {}


def test_ones_own_entry_is_checked_as_it_is_typed(page: ImportPage, tmp_path: Path) -> None:
    page.begin(ledger(tmp_path, case(1), case(2, amount=UNKNOWN)))
    card = page.review.card
    own(page, "一大笔")
    assert card.answers is not None and card.answers.fault and not card.go.isEnabled()
    assert card.answers.verdict.text().startswith("不能采用：")
    own(page, "12,345.60")
    assert card.answers.fault == "" and card.go.isEnabled()
    card.go.click()
    settle(page)
    page.review.take_button.click()
    assert page.desk.reads.case("（2017）琼9027执2号").case.claim_fen == 1_234_560


def test_all_of_it_by_keyboard(page: ImportPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.begin(ledger(tmp_path, case(1), case(2, amount=UNKNOWN), case(3, amount=UNKNOWN)))
    review = page.review
    with qtbot.waitActive(page):
        page.activateWindow()
    review.list.setFocus()
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    assert review.card.answers is not None
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_1)
    assert review.card.answers.choice == "unknown"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert review.card.entry is not None and review.card.entry.row == 4
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_3)
    assert review.card.answers.choice == "skip"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert page.focusWidget() is review.take_button
    settle(page)
    qtbot.keyClick(review.take_button, Qt.Key.Key_Return)
    assert page.pile.currentIndex() == CHOOSE and import_runs(page.desk)[0].imported == 2
    assert page.focusWidget() is page.start.file.button  # Esc and Tab still lead somewhere


def test_a_list_folds_by_keyboard(page: ImportPage, qtbot: QtBot) -> None:
    page.begin(SAMPLE)
    rows = page.review.list
    rows.choose("list|decide")
    qtbot.keyClick(rows, Qt.Key.Key_Left)
    assert not any(key.startswith("decide") for key in rows.row_keys)
    qtbot.keyClick(rows, Qt.Key.Key_Right)
    assert sum(key.startswith("decide") for key in rows.row_keys) == heads(page)["decide"]


def test_a_file_let_fall_on_the_page_is_checked(page: ImportPage, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(ledger(tmp_path, case(1))))])
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.start.file.dropEvent(event)
    assert session(page).name == "台账.xlsx" and page.review.take_button.text() == "导入 1 件"


def test_who_may_not_import_is_told_before_he_chooses_a_file(office: Path, tmp_path: Path, qtbot: QtBot, page: ImportPage) -> None:
    assert page.says.shown == []
    president = office_store.at(Path(shutil.copytree(office, tmp_path / "other")), "president")
    told = open_page(president, qtbot, tmp_path / "清单.xlsx")
    assert "导入台账由书记员办理" in told.says.shown[0]
    president.close()
