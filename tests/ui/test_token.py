"""An electronic key at the real window: taken up beside the new password, asked for at sign-in, opening the lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from execdesk.access import tokens
from tests.tokens import MODULE, Drawer
from tests.ui.journey_tools import Hands
from tests.world import Shelf
from ui.tokencard import IN_USE, NONE, TokenCard

PIN = "480172"


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    monkeypatch.setenv(tokens.DRIVER, MODULE)
    found = Drawer(tmp_path, monkeypatch)
    yield found
    found.forget()


@pytest.fixture
def hands(worlds: Shelf, tmp_path: Path, qtbot: QtBot, drawer: Drawer) -> Iterator[Hands]:
    made = Hands(qtbot, worlds.get("demo").copy(tmp_path / "data"))
    yield made
    made.place.leave()
    made.place.jobs.close()


def test_without_key_slots_the_page_is_there_and_no_key_is_found(hands: Hands) -> None:
    """What is wrong is told on signing in; looking for keys stumbles over nothing."""
    (hands.place.opening.folder / "slots.json").unlink()
    assert not hands.place.opening.token_here() and hands.place.opening.keys_for("clerk").able
    hands.place._show_gate()
    hands.rest()


def card_of(hands: Hands) -> TokenCard:
    hands.shell.password_asked.emit()
    hands.rest()
    return hands.shell.findChildren(TokenCard)[-1]


def test_a_key_is_taken_up_and_opens_desk_and_lock(hands: Hands, drawer: Drawer) -> None:
    hands.sign_in("clerk")
    assert card_of(hands).about.text() == NONE, "nothing is plugged in"
    serial = drawer.make("书记员的钥匙", PIN)
    card = card_of(hands)
    assert card.isVisible() and "书记员的钥匙" in card.about.text()
    QTest.mouseClick(card.go, Qt.MouseButton.LeftButton)
    hands.rest()
    dialog = hands.place.dialog
    for old, pin, told in (("demo", "12345", "至少 6 位"), ("demo", "480173", "PIN码不对"), ("wrong", PIN, "密码不对"), ("demo", PIN, "")):
        dialog.form.fill({"serial": serial})
        for name, text in (("own_password", old), ("pin", pin)):
            dialog.form[name].findChildren(QLineEdit)[0].setText(text)
        dialog.do()
        hands.rest()
        assert not told or told in "".join(one.text() for one in dialog.findChildren(QLabel)), told
    assert any("已换用电子钥匙" in text for text in hands.shell.notices.shown)
    hands.shell.lock()
    hands.rest()
    cover = hands.shell.cover.card
    assert cover.password.title.text() == "电子钥匙的PIN码"
    cover.password.input.setText("demo")
    cover.ask()
    hands.until(lambda: "PIN码" in cover.sentence.text())
    cover.password.input.setText(PIN)
    cover.ask()
    hands.until(lambda: not hands.shell.is_locked)
    hands.place.change_person()
    gate = hands.place.gate
    assert gate is not None and gate.page is not None
    hands.until(lambda: gate.page.card.password.title.text().startswith("PIN码"))
    hands.sign_in("clerk", PIN)
    assert IN_USE in card_of(hands).about.text()
