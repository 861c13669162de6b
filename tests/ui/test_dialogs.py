"""What all dialogs share: Ctrl+Enter, and words in Chinese on every button, those of the system's own dialogs among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QPushButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from ui.application import speak_chinese
from ui.dialogs import Dialog
from ui.widgets import Button, column

CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, *buttons: Button) -> Dialog:
    dialog = Dialog("试")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.setLayout(column(*buttons))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_does_what_the_primary_button_does(qtbot: QtBot, key: Qt.Key) -> None:
    done: list[str] = []
    go = Button("办理", "primary", act=lambda: done.append("go"))
    dialog = opened(qtbot, Button("不办了", act=lambda: done.append("leave")), go)
    qtbot.keyClick(dialog, key, CONTROL)
    assert done == ["go"]
    go.setEnabled(False)
    qtbot.keyClick(dialog, key, CONTROL)
    assert done == ["go"], "nothing else is done in its place"


def test_ctrl_enter_closes_a_dialog_that_is_only_read(qtbot: QtBot) -> None:
    dialog = opened(qtbot, Button("关闭"))
    dialog.findChild(Button).clicked.connect(dialog.close)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert not dialog.isVisible()


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    before = qapp.findChildren(QTranslator)
    speak_chinese(qapp)
    yield
    for each in qapp.findChildren(QTranslator):
        if each not in before:
            qapp.removeTranslator(each)


def test_the_dialogs_of_the_system_speak_chinese(qtbot: QtBot, chinese: None) -> None:
    asked, box = QFileDialog(), QMessageBox()
    asked.setOption(QFileDialog.Option.DontUseNativeDialog)
    for name in ("Ok", "Save", "SaveAll", "Open", "Yes", "YesToAll", "No", "NoToAll", "Abort", "Retry", "Ignore", "Close", "Cancel", "Discard", "Help", "Apply", "Reset"):
        box.addButton(QMessageBox.StandardButton[name])
    for dialog in (asked, box):
        qtbot.addWidget(dialog)
        dialog.show()
        told = [*(button.text() for button in dialog.findChildren(QPushButton)), *(label.text() for label in dialog.findChildren(QLabel)), *_titles(dialog)]
        assert [text for text in told if re.search("[A-Za-z]{3}", text)] == [], told
        assert len([text for text in told if text]) >= 4


def _titles(dialog: QWidget) -> list[str]:
    view = dialog.findChild(QTreeView, "treeView")
    if view is None:
        return []
    rows = view.model()
    return [str(rows.headerData(number, Qt.Orientation.Horizontal)) for number in range(rows.columnCount())]
