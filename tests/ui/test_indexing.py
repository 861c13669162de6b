"""The index of the search is made between other work, and a search typed meanwhile says so."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from execdesk.desk import IndexPart
from execdesk.law.refusal import Refusal
from ui import indexing
from ui.indexing import Indexing
from ui.jobs import Jobs
from ui.search import HitList, HitShown
from ui.theme import current


class _Desk:
    """An index of some slices; where each was made."""

    def __init__(self, slices: int) -> None:
        self.left, self.made = slices, list[str]()
        self.refuse: Exception | None = None
        self.board, self.boarded = 0, list[str]()

    def board_percent(self, counted: bool = True) -> int | None:
        return None if not self.board else 100 // (self.board + 1) if counted else -1

    def board_on(self) -> bool:
        self.board -= 1
        self.boarded.append(threading.current_thread().name.partition("_")[0])
        return True

    def index_on(self) -> IndexPart | bool:
        if self.refuse is not None:
            raise self.refuse
        if self.left % 2:
            return IndexPart(0, 0, [])
        if self.left:
            self._one()
        return bool(self.left)

    def index_write(self, _part: IndexPart) -> None:
        self._one()

    def _one(self) -> None:
        self.left -= 1
        self.made.append(threading.current_thread().name.partition("_")[0])


class _Link(QObject):
    changed = Signal(object)

    def __init__(self, desk: _Desk, jobs: Jobs) -> None:
        super().__init__()
        self.desk, self.jobs = desk, jobs


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pauses that a test would wait for."""
    monkeypatch.setattr(indexing, "FIRST", 0)
    monkeypatch.setattr(indexing, "PAUSE", 0)
    monkeypatch.setattr(indexing, "BUSY", 5)


def made(desk: _Desk, jobs: Jobs) -> tuple[Any, Indexing]:
    link: Any = _Link(desk, jobs)
    return link, Indexing(link)


def test_it_goes_on_slice_by_slice_in_the_pool_until_nothing_is_left_and_again_after_an_act(jobs: Jobs, qtbot: QtBot) -> None:
    desk = _Desk(5)
    link, works = made(desk, jobs)
    works.start()
    qtbot.waitUntil(lambda: works.whole)
    assert desk.left == 0
    assert desk.made == ["writer", "reader", "writer", "reader", "writer"], "written where all writing is done, the rest beside it"
    desk.left = 1
    link.changed.emit(None)
    qtbot.waitUntil(lambda: desk.left == 0)


def test_the_board_is_made_first_and_told_how_far_it_is(jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "TOLD", 2)
    desk, told = _Desk(2), list[int]()
    desk.board = 4
    _link, works = made(desk, jobs)
    works.making.connect(told.append)
    works.start()
    qtbot.waitUntil(lambda: works.whole)
    assert desk.boarded == ["writer"] * 4 and not desk.left
    assert told == [20, 33, 100]


def test_a_slice_waits_for_what_a_person_asked_for(jobs: Jobs, qtbot: QtBot) -> None:
    desk, gate = _Desk(2), threading.Event()
    _link, works = made(desk, jobs)
    jobs.run(jobs, gate.wait)
    works.start()
    qtbot.wait(60)
    assert desk.left == 2
    gate.set()
    qtbot.waitUntil(lambda: works.whole)


def test_it_ends_with_the_persons_window(jobs: Jobs, qtbot: QtBot) -> None:
    desk = _Desk(1_000_000)
    link, works = made(desk, jobs)
    works.start()
    qtbot.waitUntil(lambda: len(desk.made) > 3)
    works.stop()
    qtbot.waitUntil(lambda: not jobs.busy)
    qtbot.wait(20)
    left = desk.left
    link.changed.emit(None)
    qtbot.wait(40)
    assert desk.left == left


def test_a_refusing_store_is_asked_again_later_and_a_fault_is_told_once(jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "LATER", 0)
    told: list[BaseException] = []
    jobs.refused = told.append
    desk = _Desk(1)
    desk.refuse = Refusal("数据库正被另一个程序使用。", code="store.busy")
    _link, works = made(desk, jobs)
    works.start()
    qtbot.wait(30)
    desk.refuse = None
    qtbot.waitUntil(lambda: works.whole)
    assert told == []
    desk.refuse = ValueError("ours")
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(30)
    assert len(told) == 1


def test_hits_stand_above_the_note_that_the_index_is_being_made(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 400)
    hits = HitList(window)
    hits.setFixedWidth(460)
    window.show()
    hits.show_hits([HitShown("案号", "(2018)琼9027执1号", "", "case:1")], "执1", "检索库正在后台建立（已完成 7%）。")
    note = hits.words
    assert note.isVisible() and note.text() == "检索库正在后台建立（已完成 7%）。"
    assert current().row_height <= note.y() and note.geometry().bottom() < hits.height()
    assert "已完成 7%" in hits.accessibleName()
    hits.show_hits([], "没有", "检索库正在后台建立（已完成 7%）。")
    assert note.text().startswith("没有找到「没有」。\n检索库") and note.geometry().bottom() < hits.height()
    hits.show_hits([HitShown("案号", "(2018)琼9027执1号", "", "case:1")], "执1")
    assert not note.isVisible()
