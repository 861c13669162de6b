"""Side list and entries: keys, headings, marks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.entries import EntryPainter, ListEntry, ListHeading
from ui.lists import PaintedList, SideLine, SideList

LINES = [SideLine("我的工作"), SideLine("待办事项", "12", "todo"), SideLine("已超期", "3", "late", "late"), SideLine("沿海组"), SideLine("黄流镇", "48", "t1")]


def test_arrows_pass_over_headings_and_tell_the_key(qtbot: QtBot) -> None:
    side, heard = SideList("我的工作"), []
    qtbot.addWidget(side)
    side.chosen.connect(heard.append)
    side.show_items(LINES)
    side.show()
    side.choose("late")
    qtbot.keyClick(side, Qt.Key.Key_Down)
    assert heard == ["late", "t1"]


def test_the_mark_stays_when_counts_change(qtbot: QtBot) -> None:
    side, heard = SideList("我的工作"), []
    qtbot.addWidget(side)
    side.show_items(LINES)
    side.choose("late")
    side.chosen.connect(heard.append)
    side.show_items([*LINES[:2], SideLine("已超期", "2", "late", "late")])
    assert (side.current_key, heard) == ("late", [])
    side.show_items(LINES[:2])
    assert side.current_key == ""


def test_enter_opens_an_entry(qtbot: QtBot) -> None:
    entries = PaintedList(EntryPainter(), "审批")
    qtbot.addWidget(entries)
    entries.show_items([ListHeading("待我决定", "1"), ListEntry("7", "拘留 黎样本 十日", "待院长", "", "(2017)琼9027执324号")])
    entries.show()
    assert entries.choose("7")
    assert not entries.choose("8")
    with qtbot.waitSignal(entries.opened) as opened:
        qtbot.keyClick(entries, Qt.Key.Key_Return)
    assert opened.args == ["7"]
