"""Hands for the journey through the real window: waiting, filling, choosing, pressing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

import main
from execdesk.desk import AppServices
from execdesk.opening import Opening
from execdesk.reads import Step
from tests.world import DAY
from ui.application import Workplace
from ui.case.draftpage import DraftPage
from ui.case.formpage import FormPage
from ui.casetab import CaseTab
from ui.pages import Page
from ui.settings import Settings
from ui.shell import Shell

__all__ = ["DAY"]


def services() -> AppServices:
    """Everything that does not depend on the store."""
    return main.build()


class Hands:
    """One workplace under test."""

    def __init__(self, qtbot: QtBot, folder: Path, day: date = DAY) -> None:
        self.qtbot = qtbot
        opening = Opening(main.build(), str(folder), day.isoformat())
        self.place = Workplace(opening, Settings())
        self.place.start()

    def sign_in(self, account: str, password: str = "demo") -> None:
        """Sign in at the gate as somebody."""
        gate = self.place.gate
        assert gate is not None and gate.page is not None
        before = self.place.shell
        box = gate.page.card.accounts
        assert box is not None
        box.setCurrentIndex(box.findData(account))
        gate.page.card.password.input.setText(password)
        gate.page.card.ask()
        self.until(lambda: self.place.shell is not None and self.place.shell is not before)
        self.rest()

    def change_person(self, account: str) -> None:
        """Somebody else takes the desk."""
        self.place.change_person()
        self.sign_in(account)

    def until(self, ready: Callable[[], object], timeout: int = 20_000) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(ready()), timeout=timeout)

    def rest(self) -> None:
        """Wait until nothing is read or written any more."""
        for _ in range(3):
            self.until(lambda: not self.place.jobs.busy)
            self.qtbot.wait(90)
        self.until(lambda: not self.place.jobs.busy)

    @property
    def shell(self) -> Shell:
        assert self.place.shell is not None
        return self.place.shell

    @property
    def cases(self) -> CaseTab:
        assert self.place.tabs is not None
        return self.place.tabs.cases

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.shell.stack.page

    def show(self, number: str) -> None:
        """Bring a case to the right."""
        self.cases.show_case(number)
        self.rest()

    def step(self, action: str, title: str = "") -> Step:
        """The step of the case in front by its action."""
        found = [s for s in self.cases.steps if s.action == action and title in s.title]
        assert found, [(s.action, s.title) for s in self.cases.steps]
        return found[0]

    def begin(self, action: str, title: str = "") -> Page:
        """Press a step; the page it opens."""
        self.cases.begin(self.step(action, title))
        self.rest()
        return self.page

    def fill(self, **values: Any) -> FormPage:
        """Fill the form in front."""
        page = self.page
        assert isinstance(page, FormPage), page
        page.form.fill(values)
        return page

    def draft(self) -> DraftPage:
        """The drafting page in front, read."""
        page = self.page
        assert isinstance(page, DraftPage), (page, self.words())
        self.until(lambda: page.shown is not None)
        self.rest()
        return page

    def go(self) -> None:
        """Press the main button of the page in front."""
        self.page.submit() if isinstance(self.page, FormPage) else self.draft().go_on()  # type: ignore[func-returns-value]
        self.rest()

    def words(self) -> list[str]:
        """All notices on screen."""
        says = getattr(self.page, "says", None)
        return [*self.shell.notices.shown, *(says.shown if says is not None else [])]

    def home(self) -> None:
        """Back to the first page of the tab."""
        self.shell.stack.home()
        self.rest()

    def leave(self) -> None:
        """End the session."""
        self.place.leave()
        if self.place.shell is not None:
            self.place.shell.close()
        if self.place.gate is not None:
            self.place.gate.close()
