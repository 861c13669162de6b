"""Our own faults are kept, shown, and told at the next start; what a window remembers survives damage."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import RESOURCES
from ui.application import speak_chinese, take_place
from ui.errors import FaultDialog, Faults
from ui.settings import Settings


def test_a_report_is_kept_and_told(qtbot: QtBot, tmp_path: Path) -> None:
    faults = Faults(tmp_path, "0.1.0")
    with qtbot.waitSignal(faults.happened) as told:
        faults.report(ZeroDivisionError("ours"))
    assert "ZeroDivisionError: ours" in told.args[0]
    assert len(list(tmp_path.glob("fault-*.txt"))) == 1
    faults.leave()


def test_hooks_of_window_and_threads_report(qtbot: QtBot, tmp_path: Path) -> None:
    faults, reports = Faults(tmp_path, "0.1.0"), []
    faults.happened.connect(reports.append)
    before = (sys.excepthook, threading.excepthook)
    faults.install()
    try:
        error = ValueError("in the window")
        sys.excepthook(ValueError, error, None)
        thread = threading.Thread(target=lambda: {}["in a thread"])
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: len(reports) == 2)
    finally:
        faults.leave()
    assert "ValueError: in the window" in reports[0]
    assert "KeyError: 'in a thread'" in reports[1]
    assert (sys.excepthook, threading.excepthook) == before


@pytest.mark.parametrize(("end", "words"), [("faults.leave()", ""), ("os.kill(os.getpid(), signal.SIGKILL)", "没有留下出错的位置"), ("os.abort()", "Fatal Python error: Aborted")])
def test_a_crash_is_told_at_the_next_start_and_a_good_end_is_not(qtbot: QtBot, tmp_path: Path, end: str, words: str) -> None:
    script = f"import os, signal\nfrom pathlib import Path\nfrom ui.errors import Faults\nfaults = Faults(Path({str(tmp_path)!r}), '1')\nfaults.install()\n{end}\n"
    subprocess.run([sys.executable, "-c", script], cwd=RESOURCES.parent, capture_output=True, timeout=60, check=False)
    faults = Faults(tmp_path, "1")
    faults.leave()
    assert bool(faults.last_time) == bool(words)
    assert words in faults.last_time
    assert Faults(tmp_path, "1").last_time == ""


def test_a_second_window_leaves_the_first_ones_traces_alone(qtbot: QtBot, tmp_path: Path) -> None:
    first = Faults(tmp_path, "1")
    second = Faults(tmp_path, "1")
    assert second.last_time == ""
    second.leave()
    first.leave()


def test_dialog_copies(qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    dialog = FaultDialog("a report", last_time=True)
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "a report"
    assert dialog.copy.text() == "已复制"


def test_settings_come_back(tmp_path: Path) -> None:
    file = tmp_path / "data" / "window.json"
    settings = Settings(file)
    settings.put("scale", 1.5)
    settings.put_bytes("geometry", QByteArray(b"\x00\x01"))
    settings.save()
    again = Settings(file)
    assert again.get("scale", 1.0) == 1.5
    assert again.bytes("geometry") == QByteArray(b"\x00\x01")
    assert again.get("scale", "words") == "words"
    assert not list(file.parent.glob("*.new"))


@pytest.mark.parametrize("text", ["", "{", "[1]", "\x00\xff"])
def test_damaged_settings_count_as_empty(tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.json"
    file.write_text(text, "utf-8")
    settings = Settings(file)
    assert settings.get("scale", 1.0) == 1.0
    settings.put("scale", 2.0)
    settings.save()
    assert Settings(file).get("scale", 1.0) == 2.0


def test_settings_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file" / "window.json")
    settings.put("scale", 2.0)
    settings.save()
    assert settings.get("scale", 1.0) == 2.0
    assert Settings().bytes("geometry").isEmpty()


def test_qts_own_words_are_chinese(qapp: QApplication) -> None:
    speak_chinese(qapp)
    assert QCoreApplication.translate("QWidgetTextControl", "&Copy").startswith("复制")
    assert QCoreApplication.translate("QFileDialog", "Look in:") == "查找范围："


def test_the_first_window_fills_a_screen_that_has_no_more_room(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "platformName", lambda: "windows")
    first, second = QWidget(), QWidget()
    qtbot.addWidget(first)
    qtbot.addWidget(second)
    monkeypatch.setattr(first, "screen", lambda: SimpleNamespace(availableSize=lambda: QSize(1366, 728)))
    take_place(first, None)
    assert first.isMaximized()
    take_place(second, first)
    assert second.isMaximized()
    roomy = QWidget()
    qtbot.addWidget(roomy)
    monkeypatch.setattr(roomy, "screen", lambda: SimpleNamespace(availableSize=lambda: QSize(1920, 1040)))
    take_place(roomy, None)
    assert not roomy.isMaximized() and roomy.size() == QSize(1366, 768)
