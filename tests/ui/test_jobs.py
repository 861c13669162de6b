"""Work leaves the window's thread and comes back to living owners only."""

from __future__ import annotations

import threading
import time

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import Clause, Refusal, WayOn
from ui.jobs import Cancelled, Jobs, Watch
from ui.notices import Notices, ProgressStrip, RefusalPanel


def test_result_comes_back_in_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    jobs.run(jobs, threading.get_ident, done=lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worker, back = seen[0]
    assert worker != back == threading.get_ident()


def test_writes_happen_one_after_the_other_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    written: list[int] = []
    for number in range(20):
        jobs.run(jobs, lambda n=number: written.append(n))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert written == list(range(20))


def test_always_comes_before_done_and_before_failed(jobs: Jobs, qtbot: QtBot) -> None:
    steps: list[str] = []
    jobs.run(jobs, lambda: 1, always=lambda: steps.append("always"), done=lambda _r: steps.append("done"))
    jobs.run(jobs, lambda: 1 // 0, always=lambda: steps.append("always"), failed=lambda e: steps.append(type(e).__name__))
    qtbot.waitUntil(lambda: len(steps) == 4)
    assert steps == ["always", "done", "always", "ZeroDivisionError"]


def test_a_closed_page_hears_nothing(jobs: Jobs, qtbot: QtBot) -> None:
    gate, heard = threading.Event(), []
    owner = QObject()
    jobs.run(owner, gate.wait, done=heard.append, always=lambda: heard.append("always"))
    shiboken6.delete(owner)
    gate.set()
    after: list[int] = []
    jobs.run(jobs, lambda: 1, done=after.append)
    qtbot.waitUntil(lambda: bool(after))
    assert heard == []


def test_after_closing_nothing_is_done_and_nothing_breaks(qtbot: QtBot) -> None:
    made, done = Jobs(), []
    made.close()
    made.read(made, lambda: 1, done=done.append)
    made.run(made, lambda: 1, done=done.append)
    qtbot.wait(10)
    assert done == [] and not made.busy


def test_writing_aside_does_not_keep_the_window_open(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    jobs.run(jobs, gate.wait, aside=True)
    assert jobs.busy and not jobs.writing
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)


def test_quiet_is_counted_from_the_last_question_and_not_while_it_is_answered(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    jobs.read(jobs, gate.wait, done=lambda _none: None)
    qtbot.wait(30)
    assert jobs.quiet == 0
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert 0.02 < jobs.quiet < 60


def test_errors_nobody_takes_go_to_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    refused: list[BaseException] = []
    jobs.refused = refused.append
    jobs.run(jobs, lambda: (_ for _ in ()).throw(Refusal("不能")))
    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], Refusal)


def test_cancelling_stops_between_steps_and_says_so(jobs: Jobs, qtbot: QtBot) -> None:
    watch, started, stopped, done = Watch("正在导入"), threading.Event(), [], []

    def work() -> None:
        for number in range(1_000_000):
            watch.tell(number, 1_000_000)
            started.set()

    jobs.run(jobs, work, watch=watch, done=done.append, stopped=lambda: stopped.append(True))
    assert started.wait(5)
    watch.cancel()
    qtbot.waitUntil(lambda: bool(stopped))
    assert done == []


def test_work_that_cannot_stop_goes_on() -> None:
    watch = Watch("正在备份", can_cancel=False)
    watch.cancel()
    watch.tell(1, 2)
    watch = Watch("正在备份")
    watch.cancel()
    with pytest.raises(Cancelled):
        watch.tell(1, 2)


def test_time_left_in_words() -> None:
    now = [0.0]
    watch = Watch("正在核对", clock=lambda: now[0])
    watch.tell(0, 100)
    assert watch.left == ""
    now[0] = 10.0
    watch.tell(50, 100)
    assert watch.left == "剩约 10 秒"
    now[0] = 300.0
    assert watch.left == "剩约 5 分钟"


def test_progress_appears_only_after_six_tenths_of_a_second(jobs: Jobs, qtbot: QtBot) -> None:
    now = [0.0]
    watch = Watch("正在核对台账", "此步只读，取消不留痕", "行", clock=lambda: now[0])
    strip = ProgressStrip(jobs)
    qtbot.addWidget(strip)
    jobs.watch_began.emit(watch)
    watch.tell(30, 120)
    strip.tick()
    assert strip.isHidden()
    now[0] = 0.7
    strip.tick()
    assert not strip.isHidden()
    assert (strip.far.text(), strip.percent.text(), strip.leaves.text()) == ("第 30 行，共 120 行", "25%", "此步只读，取消不留痕")
    strip.stop.click()
    assert watch.cancelled
    assert not strip.stop.isEnabled()
    jobs.watch_ended.emit(watch)
    assert strip.isHidden()


REFUSAL = Refusal(
    "不能由您批准：拘留须经院长批准。", clauses=(Clause("必须经院长批准", "民事诉讼法第一百一十六条"),),
    ways=(WayOn("转报院长", "forward"), WayOn("看条文", "clause")),
)


def test_a_refusal_opens_in_place_with_clause_and_ways(qtbot: QtBot) -> None:
    notices, ways = Notices(), []
    qtbot.addWidget(notices)
    notices.way.connect(ways.append)
    panel = notices.refuse(REFUSAL)
    assert notices.shown == [REFUSAL.text]
    texts = [part.text() for part in panel.findChildren(QWidget) if hasattr(part, "text")]
    assert "「必须经院长批准」民事诉讼法第一百一十六条" in texts
    assert "看条文 F1" in texts
    next(part for part in panel.findChildren(QWidget) if getattr(part, "text", str)() == "转报院长").click()
    assert ways == [REFUSAL.ways[0]]


def test_a_second_refusal_takes_the_first_ones_place(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.done("已保存。")
    notices.refuse(REFUSAL)
    notices.refuse(Refusal("冻结期限不得超过12个月。"))
    assert notices.shown == ["冻结期限不得超过12个月。", "已保存。"]
    notices.clear(RefusalPanel)
    assert notices.shown == ["已保存。"]
    notices.clear()
    assert notices.isHidden()


def test_other_errors_are_no_notices(qtbot: QtBot) -> None:
    crashed: list[BaseException] = []
    notices = Notices(crashed.append)
    qtbot.addWidget(notices)
    notices.show_error(ValueError("ours"))
    assert notices.shown == []
    assert len(crashed) == 1


def test_what_a_page_gave_along_is_let_go_in_the_windows_thread(jobs: Jobs, qtbot: QtBot) -> None:
    """The last to hold a closed page may not be a worker: Qt's objects are destroyed in their own thread or end the process."""
    gone: list[int] = []

    class Page:
        def __del__(self) -> None:
            gone.append(threading.get_ident())

    def ask(number: int) -> None:
        page = Page()

        def work() -> Page:
            if number % 3 == 0:
                raise Refusal(str(page))
            return page

        (jobs.run if number % 2 else jobs.read)(jobs, work, done=lambda found: found is page, failed=lambda error: str(page) in str(error))

    jobs.finished.connect(lambda _n: time.sleep(0.01), Qt.ConnectionType.DirectConnection)  # a worker held up just after it has said so
    for number in range(1, 13):
        ask(number)
        while len(gone) < number:
            QCoreApplication.processEvents()
    assert set(gone) == {threading.get_ident()}


def test_readings_that_wait_when_the_window_goes_are_dropped(qtbot: QtBot) -> None:
    made, gate, read, heard = Jobs(), threading.Event(), list[int](), list[object]()
    for number in range(6):
        made.read(made, lambda n=number: (gate.wait(), read.append(n)), done=heard.append)
    threading.Timer(0.05, gate.set).start()
    made.close()
    qtbot.wait(10)
    assert sorted(read) == [0, 1] and len(heard) == 2 and not made.busy
