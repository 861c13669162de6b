"""A court founds itself in the window, from an empty folder to its first sealed ruling: every key counted; what is left half way comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from execdesk.access.foundingdraft import DRAFT_FILE
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import verdict_on
from execdesk.records.court import Adoption
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import Certificate
from tests.looking import look_at
from tests.ui.founding_tools import Counting
from tests.ui.founding_words import PEOPLE, PHRASE, PRESENT, TEAMS, WORDS
from ui.admin.adoption import AdoptionPage
from ui.admin.firstday import FirstDayPage
from ui.adminpage import AdminPage
from ui.case.registration import RegistrationPage
from ui.founding.grid import PlanGrid
from ui.founding.page import PASSWORDS, ROOT
from ui.gate import SETTINGS_FILE, Gate
from ui.settings import Settings
from ui.sitting import SittingDialog

MOST_MINUTES, MOST_SECONDS_EACH = 10, 40


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """院长's stick, on which the dialogs of the system choose the folder and save."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_told, **_more: str(folder))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told, **_more: (str(folder / "信封.pdf"), ""))
    return folder


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Counting]:
    found = Counting(qtbot, tmp_path / "data")
    yield found
    found.leave()


def paste(hands: Counting, grid: PlanGrid, text: str) -> None:
    """Copied from a workbook, put in by Ctrl+V."""
    QGuiApplication.clipboard().setText(text)
    hands.press(grid.cells, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.pointed(2)  # to the workbook and back


def to_passwords(hands: Counting, **court: str) -> None:
    """The pages before the passwords; ``court`` is what is written on the first in place of what the data files put forward."""
    gate = hands.place.gate
    assert gate is not None and gate.first is not None
    hands.click(gate.first.buttons["found"])
    page = hands.founding
    hands.fill_in(page.court, address="乐东县抱由镇某路1号", telephone="0898-00000000", hotline="0898-00000001",
                  account_name="海南省乐东黎族自治县人民法院", account_bank="某某银行乐东支行", account_no="46001002536059000001", **court)
    for _ in range(2):
        hands.click(page.next)
    paste(hands, page.grids["people"], PEOPLE)
    hands.click(page.next)
    paste(hands, page.grids["teams"], TEAMS)
    hands.click(page.next)
    assert page.step == ROOT, page.says.shown
    hands.press(page.passphrase["passphrase"].input, Qt.Key.Key_Tab)
    hands.click(page.choose)
    assert not page.passphrase["passphrase"].sentence.text(), "nothing was typed yet, and nothing is asked for"
    hands.fill_in(page.passphrase, passphrase=PHRASE, again=PHRASE)
    hands.click(page.next)
    assert page.step == PASSWORDS, page.says.shown


def type_passwords(hands: Counting) -> None:
    """Those present, each his own twice."""
    page = hands.founding.passwords
    assert "至少 8 位" in page.form["password"].sentence.text() and "不能只有数字" in page.form["password"].sentence.text()
    for account in PRESENT:
        assert page.list.current_key == account
        hands.type(page.form["password"].input, WORDS[account])
        hands.type(page.form["again"].input, WORDS[account])
        hands.press(page.form["again"].input, Qt.Key.Key_Return)
        hands.passwords += 1
        assert page.form["again"].input.property("state") in (None, "") and not page.form["again"].sentence.text(), "the next person has typed nothing yet"
    assert set(page.typed) == set(PRESENT), page.says.shown


def adopt(hands: Counting) -> None:
    """The administrator prepares all types from the first day's page, 局长 looks at a page of one and approves all."""
    hands.sign_in("guanli")
    page = hands.shell_tool("本院第一天")
    assert isinstance(page, FirstDayPage)
    hands.until(lambda: page.steps)
    assert [step.done for step in page.steps] == [True, False, True, True, False, True, False, False, False], page.steps
    hands.click(page.buttons[4])
    desk = hands.page
    assert isinstance(desk, AdoptionPage)
    hands.until(lambda: desk.shown is not None)
    hands.click(desk.all)
    hands.change_person("juzhang")
    desk = hands.shell_tool("采用文书")
    assert isinstance(desk, AdoptionPage)
    hands.until(lambda: desk.shown is not None and desk.approving.isEnabled() and desk.pages.view.pages.count)
    hands.click(desk.approving)
    look_at(hands.place.desk)
    assert {row.state for row in Adoption.select()} == {"effective"}


def first_ruling(hands: Counting) -> str:
    """From the registration of a case to a sealed ruling; its row."""
    hands.change_person("yinzhang")
    hands.pointed()
    hands.cases.open_registration()
    hands.rest()
    page = hands.page
    assert isinstance(page, RegistrationPage)
    year = hands.shell_day.year
    hands.fill_in(
        page.form, number=f"{year}琼9027执1号", cause="民间借贷纠纷", filed_on=hands.shell_day.isoformat(), basis_no=f"（{year}）琼9027民初88号", basis_kind="民事判决书",
        basis_organ="本院", obligation="立即支付借款本金50000元", principal="5万",
        applicants="符示例\x1f自然人\x1f\x1f\x1f", debtors="林例一\x1f自然人\x1f469027198808080008\x1f乐东黎族自治县抱由镇某村\x1f",
    )
    hands.pointed()
    page.submit()
    hands.until(lambda: hands.page is hands.cases)
    number = f"（{year}）琼9027执1号"
    hands.change_person("faguan")
    hands.show(number)
    hands.begin("measure.propose", "冻结存款")
    hands.fill(bank="某某银行乐东支行", account_no="6228480000006621", immediate=True)
    hands.count("某某银行乐东支行", "6228480000006621")
    hands.go()
    draft = hands.draft()
    assert draft.go.text() == "提交并批准", [check for check in draft.shown.checks if check.state == "stop"]
    hands.go()
    hands.go()
    assert draft.shown.request_state == "used", hands.words()
    hands.pointed(6)
    hands.change_person("yinzhang")
    hands.show(number)
    step = next(step for step in hands.cases.steps if step.action == "document.seal")
    hands.cases.begin(step)
    hands.rest()
    ruling = Document.get(Document.type_id == "ruling_freeze")
    assert ruling.state == DocumentState.TO_SEAL and hands.page.view.pages.count, "its pages are seen first"
    hands.click(hands.page.seal)
    hands.pointed(3)
    ruling = Document.get(Document.type_id == "ruling_freeze")
    assert ruling.state == DocumentState.ISSUED, hands.words()
    return str(ruling.id)


@pytest.mark.slow
def test_from_an_empty_folder_to_the_first_sealed_ruling(hands: Counting, stick: Path, tmp_path: Path) -> None:
    to_passwords(hands)
    type_passwords(hands)
    hands.click(hands.founding.next)
    hands.until(lambda: hands.founding.made is not None)
    assert [file.suffix for file in stick.iterdir()] == [".p12"] and not (tmp_path / "data" / DRAFT_FILE).exists()
    hands.click(hands.founding.envelope.save)
    assert (stick / "信封.pdf").read_bytes().startswith(b"%PDF")
    hands.click(hands.founding.next)
    adopt(hands)
    ruling = first_ruling(hands)
    desk = hands.place.desk
    assert desk is not None
    minutes = hands.minutes
    print(f"\n{hands.keys} keys, {hands.clicks} clicks, {hands.minds} decisions, {hands.passwords} passwords: {minutes:.1f} minutes")
    assert minutes <= MOST_MINUTES
    text = desk.session.pdf.text(pages_of(Document.get_by_id(ruling)))
    assert "样本" not in text and "法官丁" in text and verdict_on(desk.session, ruling).valid
    assert desk.check().whole
    join(hands)


def join(hands: Counting) -> None:
    """The two others in a sitting, then 院长 consents once to the list."""
    hands.change_person("guanli")
    page = hands.shell_tool("人员和授权")
    assert isinstance(page, AdminPage)
    hands.until(lambda: page.sections)
    hands.rest()
    page.list.choose("certificates")
    hands.rest()
    hands.click(page.buttons["certificate.sitting"])
    dialog: SittingDialog = page.dialog
    hands.fill_in(dialog.two, own_password=WORDS["guanli"], witness_password=WORDS["juzhang"])
    dialog.two["witness"].set_value("juzhang")
    hands.click(dialog.begin)
    hands.until(lambda: dialog.sitting is not None and len(dialog.waiting) == 2)
    before = hands.minutes
    while dialog.waiting:
        account, left = dialog.chosen.account, len(dialog.waiting)
        hands.type(dialog.own["password"].input, WORDS[account])
        hands.type(dialog.own["again"].input, WORDS[account])
        hands.passwords += 2
        hands.click(dialog.next)
        hands.until(lambda left=left: len(dialog.waiting) < left)
    each = (hands.minutes - before) * 60 / 2
    print(f"{each:.0f} seconds for each further person")
    assert each <= MOST_SECONDS_EACH
    dialog.close()
    hands.rest()
    assert Certificate.select().where(Certificate.state == "awaiting").count() == 1
    hands.change_person("yuanzhang")
    tabs = hands.place.tabs
    assert tabs is not None
    tabs.approvals.reload()
    hands.rest()
    consent, = tabs.approvals.inbox.consents
    hands.place.desk.do(consent.action, **consent.values)
    assert hands.place.desk.check().whole


def test_another_court_is_named_wherever_its_people_sign_in_and_work(hands: Counting, stick: Path, tmp_path: Path, qtbot: QtBot) -> None:
    to_passwords(hands, name="示范省示范县人民法院", short="示范县人民法院")
    type_passwords(hands)
    hands.click(hands.founding.next)
    hands.until(lambda: hands.founding.made is not None)
    hands.click(hands.founding.envelope.save)
    hands.click(hands.founding.next)
    gate = hands.place.gate
    assert gate is not None and gate.windowTitle() == "示范县人民法院执行工作台"
    assert "示范省示范县人民法院执行局" in told(gate)
    hands.sign_in("guanli")
    assert hands.shell.windowTitle() == "示范县人民法院执行工作台" and "示范县人民法院执行工作台" in told(hands.shell.top)
    assert not [words for words in told(hands.shell) if "乐东" in words]
    later = Gate(hands.place.opening, hands.place.jobs, Settings(tmp_path / "data" / SETTINGS_FILE))
    qtbot.addWidget(later)
    assert "示范省示范县人民法院执行局" in told(later), "and at the next start, before anything can be read"


def told(window: QWidget) -> list[str]:
    """All words of a window."""
    return [label.text() for label in window.findChildren(QLabel)]


def test_what_is_left_half_way_is_gone_on_with(hands: Counting, stick: Path, tmp_path: Path) -> None:
    to_passwords(hands)
    page = hands.founding
    hands.click(page.next)
    assert page.says.shown and page.step == PASSWORDS, "nobody has typed a password"
    page.passwords.typed["yuanzhang"] = WORDS["yuanzhang"]
    hands.click(page.later)
    kept = (tmp_path / "data" / DRAFT_FILE).read_text("utf-8")
    assert "法官丁" in kept and WORDS["yuanzhang"] not in kept and PHRASE not in kept
    gate = hands.place.gate
    assert gate is not None and gate.first is not None and gate.first.buttons["found"].text() == "接着建立本院…"
    hands.click(gate.first.buttons["found"])
    again = hands.founding
    assert not again.passphrase.demand() and again.passphrase["again"].sentence.text() == "请再输一次。"
    assert again.step == ROOT and len(again.grids["people"].rows) == 7 and again.plan.root == str(stick) and not again.passwords.typed


def test_a_fault_is_marked_in_its_cell_and_the_cursor_goes_there(hands: Counting, stick: Path) -> None:
    gate = hands.place.gate
    assert gate is not None and gate.first is not None
    hands.click(gate.first.buttons["found"])
    page = hands.founding
    page.show_step(2)
    paste(hands, page.grids["people"], PEOPLE.replace("聘用制", "聘用"))
    grid = page.grids["people"]
    hands.click(page.next)
    assert page.step == 2 and (grid.cells.currentRow(), grid.cells.currentColumn()) == (6, 2)
    assert "第 7 行「编制」" in grid.says.text() and grid.cells.item(6, 2).toolTip()
    grid.cells.write(6, 2, "聘用制")
    paste(hands, grid, "x\ty")
    assert grid.rows[6]["staffing"] == "x", "a paste without headings goes on from the present cell"
    grid.cells.write(6, 2, "聘用制")
    grid.cells.write(6, 3, "")
    hands.click(page.next)
    assert page.step == 3 and not grid.says.isVisible()
