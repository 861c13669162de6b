"""Hands that count: every key and click of a founding, and the minutes they take by a stated rate."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import main
from execdesk.access import slots
from execdesk.opening import Opening
from tests.ui.founding_words import WORDS
from tests.ui.journey_tools import Hands
from tests.world import CHEAP
from ui.application import Workplace
from ui.founding.page import FoundingPage
from ui.settings import Settings

# Card, Moran and Newell, The Keystroke-Level Model, CACM 23(7), 1980: seconds of an average typist's key, of pointing with a press and a
# hand that goes there, of making up one's mind before each thing that is done.
KEY, POINT, MIND = 0.28, 1.1 + 0.2 + 0.4, 1.35
SPELT = 3  # keys of a Chinese character, typed by its sound and chosen


class Counting(Hands):
    """One workplace in an empty folder, its keys and clicks counted; passwords are cheap to try, and reckoned at what they cost."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.keys = self.clicks = self.minds = self.passwords = 0
        self._began = time.process_time()
        opening = Opening(main.build(), str(folder))
        opening.cost = CHEAP
        self.place = Workplace(opening, Settings())
        self.place.start()

    @property
    def founding(self) -> FoundingPage:
        assert self.place.gate is not None and self.place.gate.founding is not None
        return self.place.gate.founding

    def type(self, widget: QWidget, text: str) -> None:
        """Type into what has the keyboard."""
        self.qtbot.keyClicks(widget, text)
        self.count(text)

    def count(self, *texts: str) -> None:
        """Keys of texts that are filled in one after the other, and of the one that goes on to the next."""
        for text in texts:
            self.keys += sum(1 if sign.isascii() else SPELT for sign in text) + 1

    def press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(widget, key, modifier)
        self.keys += 1 + (modifier != Qt.KeyboardModifier.NoModifier)

    def click(self, button: QWidget) -> None:
        """Think, point, press."""
        assert button.isEnabled() and button.isVisible(), button
        self.minds += 1
        self.clicks += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def pointed(self, times: int = 1) -> None:
        """Clicks that the test makes by the way behind them."""
        self.clicks += times
        self.minds += times

    def fill_in(self, form: Any, **texts: str) -> None:
        """Fill fields of a form."""
        for name, text in texts.items():
            form[name].set_text(text)
        self.count(*(text.replace("\x1f", "\t") for text in texts.values()))

    def sign_in(self, account: str) -> None:
        """Sign in with a typed name; in a real store nobody is named before."""
        gate, before = self.place.gate, self.place.shell
        assert gate is not None and gate.page is not None and gate.page.card.field is not None
        gate.page.card.field.clear()
        self.type(gate.page.card.field, account)
        self.type(gate.page.card.password.input, WORDS[account])
        self.press(gate.page.card.password.input, Qt.Key.Key_Return)
        self.passwords += 1
        self.minds += 1
        self.until(lambda: self.place.shell is not None and self.place.shell is not before)
        self.rest()

    def change_person(self, account: str) -> None:
        self.pointed(2)
        self.place.change_person()
        gate = self.place.gate
        assert gate is not None and gate.page is not None and gate.page.card.field is not None
        assert gate.page.card.field.text() == "" and gate.page.focusWidget() is gate.page.card.field, "another person's name is asked"
        self.sign_in(account)

    def shell_tool(self, title: str) -> Any:
        """Open a line of the menu 工具; its page."""
        assert self.place.tabs is not None
        self.shell.open_tool(next(one for one in self.place.tabs.tools(None) if one is not None and one.title == title))
        self.pointed(2)
        self.rest()
        return self.page

    @property
    def shell_day(self) -> date:
        assert self.place.desk is not None
        return self.place.desk.day

    @property
    def minutes(self) -> float:
        """What all that takes: keys, clicks, thoughts, the machine, and the passwords at their real cost."""
        began = time.process_time()
        slots.prepare("x", "was kostet ein Versuch")
        real = time.process_time() - began
        machine = time.process_time() - self._began + self.passwords * real
        return (self.keys * KEY + self.clicks * POINT + self.minds * MIND + machine) / 60
