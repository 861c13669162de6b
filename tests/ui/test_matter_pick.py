"""In the real window, every word a person uses for a matter finds it while he types, as it does at the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from execdesk.reads import Step
from tests.law.test_matter_names import EVERYDAY, PHRASES, REASON
from tests.ui.journey_tools import Hands
from tests.world import Notes, Shelf
from ui.case.formpage import FormPage
from ui.pickfields import FindField

NUMBER = "（2018）琼9027执1号"
TYPED = [("限制出境", "限制出境（一般主体）"), ("搜查", "签发搜查令"), ("曝光", "媒体公布不履行信息")]


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, notes: Notes, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    found.sign_in(str(notes["judge"]))
    found.show(NUMBER)
    found.cases.begin(Step("request.open", "提出其他报批", found.cases.page.case.id))
    found.rest()
    yield found
    found.leave()


def field_of(hands: Hands) -> FindField:
    assert isinstance(hands.page, FormPage)
    field = hands.page.form["matter"]
    assert isinstance(field, FindField)
    return field


def write(field: FindField, text: str) -> list[str]:
    """Type over what stands in the field, by an input method as Chinese is; the list that opens below it."""
    line = field.box.lineEdit()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    typed = QInputMethodEvent()
    typed.setCommitString(text)
    QApplication.sendEvent(line, typed)
    finder = field.box.completer()
    assert finder.completionPrefix() == text
    model = finder.completionModel()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.DisplayRole)) for row in range(model.rowCount())]


@pytest.mark.begins("registered")
@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_everyday_names_find_the_matter_while_one_types(hands: Hands) -> None:
    field = field_of(hands)
    names = {words: value for value, words in field._options}
    for typed, name in TYPED:
        assert name in write(field, typed)
        QTest.keyClick(field.box.lineEdit(), Qt.Key.Key_Return)
        assert (field.text, field.value) == (name, names[name]), typed
    for typed, name, _level in EVERYDAY:
        assert (name in write(field, typed)) == (name in names), typed
        if name not in names:  # it is begun with its paper
            continue
        field.box.lineEdit().editingFinished.emit()
        assert field.text == name, (typed, field.error)


@pytest.mark.begins("registered")
@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_phrases_of_the_plan_find_their_matters(hands: Hands) -> None:
    field = field_of(hands)
    offered = {words for _value, words in field._options}
    for phrase, meant, _level, _article in PHRASES:
        if meant != REASON:  # a reason is never offered, and what has its paper is begun with it
            assert set(meant.split("；")) & offered <= set(write(field, phrase)), phrase


@pytest.mark.begins("registered")
@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_a_word_of_several_matters_says_so_and_a_word_of_none_too(hands: Hands) -> None:
    field = field_of(hands)
    assert len(write(field, "处置性措施")) > 1
    field.box.lineEdit().editingFinished.emit()
    assert field.error.startswith("「处置性措施」有 ") and field.error.endswith(" 项，请从列表中选一项。")
    assert write(field, "午饭") == []
    assert field.error == "事项没有「午饭」，请从列表中选一项。"
    hands.go()
    assert isinstance(hands.page, FormPage)
    assert field.text == "午饭"  # nothing was lost


@pytest.mark.begins("registered")
@pytest.mark.qt_log_ignore("plugin does not support", extend=True)
def test_an_entry_chosen_from_the_list_shows_its_own_words(hands: Hands) -> None:
    field = field_of(hands)
    write(field, "搜查")
    finder = field.box.completer()
    finder.complete()
    popup = finder.popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.text == "签发搜查令"
