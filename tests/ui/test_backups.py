"""Backups in the window: the place chosen once, the daily one at a lock and before the end, cancelled, failed, or on a place that hangs."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

import main
from execdesk.desk import Desk
from execdesk.opening import Opening
from execdesk.store import backup
from execdesk.store.clock import DemonstrationClock
from tests.ui.journey_tools import Hands
from tests.world import DAY, Shelf
from ui.diagnostics import DiagnosticsPage
from ui.gate import Gate
from ui.jobs import Jobs
from ui.settings import Settings


@pytest.fixture
def hands(worlds: Shelf, qtbot: QtBot, tmp_path: Path) -> Hands:
    made = Hands(qtbot, worlds.get("demo").copy(tmp_path / "data"))
    made.sign_in("admin")
    (tmp_path / "share").mkdir()
    return made


def leave(hands: Hands) -> None:
    hands.place.daily.cancel()
    hands.place.leave()
    QApplication.closeAllWindows()


def choose(hands: Hands, folder: Path) -> DiagnosticsPage:
    """Choose the place in the window."""
    shell, tabs = hands.shell, hands.place.tabs
    assert tabs is not None
    page = tabs._diagnostics()
    assert isinstance(page, DiagnosticsPage)
    shell.open_page(page)
    page.entered()
    hands.rest()
    page.backups.plan_button.click()
    dialog = page.backups.dialog
    assert dialog is not None
    dialog.place.set_text(str(folder / "gone"))
    dialog.save()
    hands.rest()
    assert "没有" in "".join(dialog.says.shown)
    dialog.place.set_text(str(folder))
    dialog.kept.set_text("5")
    dialog.save()
    hands.rest()
    return page


def words(hands: Hands) -> str:
    return "\n".join(one.text() for one in hands.shell.findChildren(QLabel) if one.isVisibleTo(hands.shell))


def test_chosen_once_made_at_the_first_lock_and_told_where_it_failed(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "share"
    page = choose(hands, share)
    assert f"每日备份存到「{share}」，留最近 5 份。" in hands.shell.notices.shown
    assert f"存到「{share}」，留最近 5 份" in page.backups.place.text()
    share.rename(tmp_path / "pulled")
    hands.shell.lock()
    hands.until(lambda: hands.place.daily.watch is None)
    hands.rest()
    assert "今天的备份没有做成" in words(hands) and "请插好U盘" in words(hands), "the cover says so"
    (tmp_path / "pulled").rename(share)
    hands.shell.unlock()
    hands.shell.lock()
    hands.until(lambda: hands.place.daily.watch is None)
    hands.rest()
    assert len(list(share.glob("*.zip"))) == 1
    assert "完好的备份：2018-01-02" in hands.shell.status.words
    hands.shell.close()
    assert hands.place.daily.leaving is None, "nothing is due any more"
    hands.place.opening.backup_told(hands.place.settings.get("backup.at", ""))
    assert "（今天）" in hands.place.opening.backup_told(hands.place.settings.get("backup.at", ""))
    leave(hands)


def test_one_made_by_hand_is_told_at_once_everywhere_and_its_name_has_its_ending(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tabs, share = hands.place.tabs, tmp_path / "share"
    hands.place.desk.backups.choose(str(share), 5)  # type: ignore[union-attr]  # only then are its backups of concern to a demonstration
    assert tabs is not None and "完好的备份" not in hands.shell.status.words
    first = tabs._first_day()
    hands.shell.open_page(first)
    hands.until(lambda: first.steps)
    assert (first.steps[-1].title, first.steps[-1].done) == ("做第一次备份", False)
    first.buttons[-1].click()
    hands.rest()
    page = hands.shell.stack.page
    assert isinstance(page, DiagnosticsPage)
    (share / "本院.backup").write_text("另一份")
    asked: list[str] = []
    names = iter((str(share / "本院"), str(share / "本院 2018.1.2")))

    def named(_parent: object, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return next(names), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", named)
    page.backups.write_button.click()
    hands.until(lambda: "完好的备份：2018-01-02" in hands.shell.status.words)
    assert asked[1] == str(share / "本院.backup"), "what lies there already is not written over unasked"
    assert (share / "本院.backup").read_text() == "另一份" and (share / "本院 2018.1.2.backup").is_file()
    assert "（今天）" in hands.place.opening.backup_told(hands.place.settings.get("backup.at", ""))
    hands.until(lambda: first.steps[-1].done)
    leave(hands)


def test_one_made_while_the_next_person_is_to_sign_in_is_told_on_that_page(hands: Hands, tmp_path: Path) -> None:
    hands.place.desk.backups.choose(str(tmp_path / "share"), 5)  # type: ignore[union-attr]
    hands.place.change_person()
    gate = hands.place.gate
    assert gate is not None
    hands.until(lambda: any("上次完好的备份：2018-01-02" in one.text() and "（今天）" in one.text() for one in gate.findChildren(QLabel)))
    leave(hands)


def hold(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Backups stop before their first page until the event is set."""
    going, real = threading.Event(), backup._copy_pages

    def held(*args: object) -> None:
        step = args[3]
        while not going.wait(0.02):
            step(0, 1)  # type: ignore[operator]
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_copy_pages", held)
    return going


def test_the_window_waits_for_it_shows_how_far_and_leaves_by_itself(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.place.desk.backups.choose(str(tmp_path / "share"), 5)  # type: ignore[union-attr]
    going = hold(monkeypatch)
    hands.shell.close()
    cover = hands.place.daily.leaving
    assert hands.shell.isVisible() and cover is not None and "做完自动退出" in cover.words.text()
    hands.until(lambda: cover.strip.isVisible())
    going.set()
    hands.until(lambda: not hands.shell.isVisible())
    assert len(list((tmp_path / "share").glob("*.zip"))) == 1
    leave(hands)


def test_who_will_not_wait_leaves_at_once_and_nothing_is_left_behind(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.place.desk.backups.choose(str(tmp_path / "share"), 5)  # type: ignore[union-attr]
    hold(monkeypatch)
    hands.shell.close()
    cover = hands.place.daily.leaving
    assert cover is not None
    cover.go.click()
    assert not hands.shell.isVisible()
    assert hands.place.leave(), "the work has stopped"
    assert list((tmp_path / "share").iterdir()) == []


def test_a_place_that_is_gone_is_told_before_leaving_and_a_cancelled_one_waits_for_the_end(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.place.desk.backups.choose(str(tmp_path / "share"), 5)  # type: ignore[union-attr]
    going = hold(monkeypatch)
    hands.shell.lock()
    hands.place.daily.cancel()
    hands.until(lambda: hands.place.daily.watch is None)
    assert "已取消今天的备份，以前的备份都在。" in words(hands)
    hands.shell.unlock()
    hands.shell.lock()
    assert hands.place.daily.watch is None, "put off until he leaves"
    (tmp_path / "share").rename(tmp_path / "pulled")
    going.set()
    hands.rest()
    hands.shell.close()
    cover = hands.place.daily.leaving
    assert cover is not None
    hands.until(lambda: "没有做成" in cover.words.text())
    assert hands.shell.isVisible() and cover.go.text() == "退出"
    cover.go.click()
    assert not hands.shell.isVisible()
    leave(hands)


def test_work_that_never_ends_is_left_behind(qtbot: QtBot) -> None:
    jobs, owner, stuck = Jobs(), QObject(), threading.Event()
    jobs.read(owner, stuck.wait, done=lambda _none: None)
    qtbot.wait(50)
    assert not jobs.close(0.2)
    stuck.set()
    assert jobs.close(5)


def test_a_restore_shows_how_far_it_is_and_can_be_cancelled(worlds: Shelf, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk.open(main.build(), worlds.get("demo").copy(tmp_path / "data"), "admin", "demo", DemonstrationClock(DAY))
    made = desk.backups.write(tmp_path / "a.zip")
    desk.session.store.closed_reason = "留痕 HQ.1:1 被改动"
    faulty = desk.backups.write(tmp_path / "b.zip")
    desk.close()
    jobs = Jobs()
    gate = Gate(Opening(main.build(), str(tmp_path / "new")), jobs, Settings())
    qtbot.addWidget(gate)
    gate.show()
    for file, ends, words in ((made.file, True, "已取消恢复，没有写入任何文件。"), (faulty.file, False, "留痕已有缺损")):
        gate._ask_backup(tmp_path / file)
        page = gate.page
        assert page is not None and page.card.field is not None
        page.card.field.setText("director")
        page.card.password.input.setText("demo")
        with qtbot.waitSignal(jobs.watch_began) as began:
            page.card.ask()
        if ends:
            began.args[0].cancel()
        qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)
        qtbot.waitUntil(lambda told=words: told in "".join(one.text() for one in gate.findChildren(QLabel)), timeout=20_000)
        assert (tmp_path / "new").exists() is not ends
    jobs.close()
