"""The main window by keyboard: tabs, tools, search, lock, clause, place remembered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import Refusal
from tests.ui import scenes
from ui.bars import PersonInBar, StoreShown
from ui.idle import IdleWatch
from ui.notices import Notice
from ui.pages import Page
from ui.search import HitShown
from ui.shell import Shell, Tool
from ui.widgets import column


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    window = scenes.shell()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    yield window
    window.close()
    scenes.clean_up()


def write_page(title: str) -> tuple[Page, QLineEdit]:
    page, line = Page(title), QLineEdit()
    page.setLayout(column(line))
    return page, line


def test_alt_and_a_number_choose_the_tab(shell: Shell, qtbot: QtBot) -> None:
    for number in (2, 1, 0):
        qtbot.keyClick(shell, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.AltModifier)
        assert shell.stack is shell.stacks[number]
        assert [tab.isChecked() for tab in shell.top.tabs] == [number == place for place in range(3)]


class _Counted(Page):
    entries = 0

    def entered(self) -> None:
        self.entries += 1


def test_a_tab_is_entered_when_it_comes_to_the_front_and_not_before(qtbot: QtBot) -> None:
    pages = [_Counted("案件"), _Counted("团队"), _Counted("审批")]
    window = scenes.shell(pages)
    qtbot.addWidget(window)
    assert [page.entries for page in pages] == [1, 0, 0]
    window.choose_tab(1)
    assert [page.entries for page in pages] == [1, 1, 0]
    scenes.clean_up()


def test_a_page_opens_on_top_and_esc_goes_back_to_the_same_place(shell: Shell, qtbot: QtBot) -> None:
    table = shell.stacks[0].page.table
    table.view.setFocus()
    page, line = write_page("拟裁定书")
    shell.open_page(page)
    assert shell.stack.page is page
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert shell.stack.open_pages == 1
    assert QApplication.focusWidget() is table.view


def test_a_page_may_hold_a_person_back(shell: Shell, qtbot: QtBot) -> None:
    page, _line = write_page("拟裁定书")
    page.may_leave = lambda: False
    shell.open_page(page)
    assert not shell.stack.back()
    assert shell.stack.page is page


def test_a_tool_stands_beside_the_tabs_and_esc_returns(shell: Shell, qtbot: QtBot) -> None:
    shell.choose_tab(1)
    page, line = write_page("计算")
    shell.open_tool(Tool("计算", lambda: page))
    assert not any(tab.isChecked() for tab in shell.top.tabs)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shell.stack is shell.stacks[1])
    assert shell.top.tabs[1].isChecked()


def test_ctrl_k_searches_and_enter_opens(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.top.search.hasFocus()
    qtbot.keyClicks(shell.top.search, "lyb")
    qtbot.waitUntil(lambda: shell.top.search.hits.isVisible())
    qtbot.keyClick(shell.top.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(shell.hit_opened) as opened:
        qtbot.keyClick(shell.top.search, Qt.Key.Key_Return)
    assert opened.args[0] == HitShown("当事人", "黎样本", "被执行人，3 件在办", "party:1")
    assert not shell.top.search.hits.isVisible()


def test_esc_in_the_search_gives_the_keyboard_back(shell: Shell, qtbot: QtBot) -> None:
    table = shell.stacks[0].page.table
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell.top.search, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is table.view


def test_f1_asks_for_the_clause_of_the_nearest_widget_or_the_page(shell: Shell, qtbot: QtBot) -> None:
    page, line = write_page("拟裁定书")
    shell.open_page(page)
    line.setFocus()
    line.setProperty("clause", "INT:control_term")
    with qtbot.waitSignal(shell.clause_asked) as asked:
        qtbot.keyClick(line, Qt.Key.Key_F1)
    assert asked.args == ["INT:control_term"]


def test_the_lock_keeps_everything(shell: Shell, qtbot: QtBot) -> None:
    page, line = write_page("拟裁定书")
    shell.open_page(page)
    line.setFocus()
    line.setText("写了一半")
    line.setCursorPosition(2)
    qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shell.is_locked
    assert not line.isEnabled()
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert shell.stack is shell.stacks[0]
    qtbot.keyClicks(shell.cover.card.password.input, "demo")
    with qtbot.waitSignal(shell.unlock_asked) as asked:
        qtbot.keyClick(shell.cover.card.password.input, Qt.Key.Key_Return)
    assert asked.args == ["judge-1", "demo"]
    shell.cover.card.refused(Refusal("密码错误，请重填。"))
    assert shell.is_locked
    shell.unlock()
    assert not shell.is_locked
    assert (line.text(), line.cursorPosition()) == ("写了一半", 2)
    assert QApplication.focusWidget() is line


def test_an_untouched_window_is_due_for_the_lock(qtbot: QtBot) -> None:
    now, told, due = [0.0], [], []
    watch = IdleWatch(20, clock=lambda: now[0])
    watch.minutes_left.connect(told.append)
    watch.due.connect(lambda: due.append(True))
    watch.start()
    now[0] = 19 * 60 + 1
    watch.look()
    assert (told, due) == ([20, 1], [])
    watch.touch()
    now[0] += 19 * 60
    watch.look()
    assert due == []
    now[0] += 60
    watch.look()
    assert due == [True]


def test_status_bar_says_site_age_lock_and_day(shell: Shell) -> None:
    shell.show_store(StoreShown("本部 · 数据截至此刻", ("黄流数据截至 2017-09-12 16:40（2 天前）",), 18, date(2017, 9, 14)))
    shell.idle.minutes_left.emit(17)
    assert shell.status.words == "本部 · 数据截至此刻 | 黄流数据截至 2017-09-12 16:40（2 天前） | 签名已解锁 · 17 分钟后锁定 | 演示库 · 今天按 2017-09-14 计"


def test_badge_is_read_aloud(shell: Shell) -> None:
    assert shell.top.tabs[2].accessibleName() == "审批，3 项"


def test_size_is_remembered(qtbot: QtBot, shell: Shell) -> None:
    shell.resize(1240, 700)
    settings = shell.settings
    shell.close()
    assert not settings.bytes("shell.geometry").isEmpty()


def test_a_fault_opens_one_report(shell: Shell, qtbot: QtBot) -> None:
    shell.jobs.refused(ValueError("ours"))
    shell.show_fault("second")
    report = shell.report
    assert report is not None
    assert "ValueError: ours" in report.text.toPlainText()
    report.copy.click()
    assert "ValueError" in QApplication.clipboard().text()
    report.close()
    qtbot.waitUntil(lambda: shell.report is None)


def test_the_lock_covers_open_dialogs_too(shell: Shell, qtbot: QtBot) -> None:
    shell.show_fault("a report")
    assert shell.report is not None
    shell.lock()
    assert not shell.report.isVisible()
    shell.unlock()
    assert shell.report.isVisible()
    shell.report.close()


def test_the_window_stays_open_while_something_is_written(shell: Shell, qtbot: QtBot) -> None:
    gate = threading.Event()
    shell.jobs.run(shell, gate.wait)
    assert not shell.close()
    assert shell.notices.shown == ["正在写入，写完后再退出。"]
    gate.set()
    qtbot.waitUntil(lambda: not shell.jobs.writing)
    assert shell.close()


def test_size_of_everything_is_kept_for_the_next_start(shell: Shell) -> None:
    shell.set_scale(1.5)
    assert shell.settings.get("scale", 1.0) == 1.5
    assert shell.notices.shown == ["显示大小改为 150%，下次启动生效。"]


@pytest.mark.parametrize("text", ["法官甲", "沿海组"])
def test_the_whole_name_opens_its_menu(shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_: opened.append(menu))
    shell.resize(1366, 768)
    shell.show_person("judge-1", PersonInBar("法官甲", "沿海组"))
    words = next(label for label in shell.top.findChildren(QLabel) if label.text() == text)
    qtbot.waitUntil(words.isVisible)
    qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert opened == [shell.top.person.menu_]


def test_what_was_done_lies_over_the_foot_and_moves_nothing(shell: Shell, qtbot: QtBot) -> None:
    page = shell.pile.geometry()
    shell.notices.done("已登记送达。")
    (line,) = shell.findChildren(Notice)
    qtbot.wait(20)
    assert shell.pile.geometry() == page
    foot = shell.status.geometry()
    assert line.isVisible() and foot.contains(line.geometry()) and line.parent() is shell.centralWidget(), "no row, no sum, no button of a page lies under it"
    assert line.sizeHint().height() <= foot.height(), "its words and buttons are whole"
    shell.resize(shell.width() + 200, shell.height() + 100)
    qtbot.waitUntil(lambda: abs(line.geometry().center().x() - shell.rect().center().x()) <= 1)
    shell.choose_tab(1)
    assert line.isVisible() and shell.status.geometry().contains(line.geometry())
    shell.notices.done("已登记回执。")
    assert shell.notices.shown == ["已登记回执。"]
    shell.notices.clear()
    assert shell.notices.shown == [] and shell.pile.geometry().height() > page.height()
