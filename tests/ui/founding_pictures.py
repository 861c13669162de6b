"""Pictures of a founding: ``python -m tests.ui.founding_pictures FOLDER [--scale 1.5]``; those of the manual are taken by its own module."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QWidget  # noqa: E402

from tests.ui import sizes  # noqa: E402
from tests.ui.founding_words import PEOPLE, PHRASE, PRESENT, TEAMS, WORDS  # noqa: E402
from tests.ui.pictures import Camera  # noqa: E402
from tests.world import CHEAP  # noqa: E402

Take = Callable[[str], object]


class FoundingCamera(Camera):
    """Goes through a founding in an empty folder; ``take`` is told every page's name."""

    def __init__(self, place: Path, folder: Path, scale: float, size: str = "") -> None:
        self.stick = place / "院长的U盘"
        self.stick.mkdir()
        super().__init__(place / "data", folder, scale, "", size)
        self.place.opening.cost = CHEAP
        self.place.gate.resize(*self.size)

    def until(self, ready: Callable[[], object]) -> None:
        """Rest until something is so."""
        for _ in range(40):
            self.rest()
            if ready():
                return
        raise TimeoutError

    def found(self) -> None:
        """From the first choice to the sign-in page."""
        gate = self.place.gate
        self.take("first-run")
        gate.chosen("found")
        page = gate.founding
        self.take("found-court")
        page.go_on()
        self.take("found-places")
        page.go_on()
        page.grids["people"].cells.paste(PEOPLE.replace("聘用制", "聘用"))
        page.go_on()
        page.grids["people"].cells.setCurrentCell(0, 0)
        self.take("found-people")
        page.grids["people"].cells.paste(PEOPLE)
        page.go_on()
        page.grids["teams"].cells.paste(TEAMS)
        self.take("found-teams")
        page.go_on()
        page.plan.root = str(self.stick)
        page._show_root()
        page.passphrase.fill({"passphrase": PHRASE, "again": PHRASE})
        self.take("found-root")
        page.go_on()
        for account in PRESENT[:2]:
            self._password(page.passwords, account)
        self.take("found-passwords")
        for account in PRESENT[2:]:
            self._password(page.passwords, account)
        page.go_on()
        self.until(lambda: page.made is not None)
        self.take("found-envelope")
        page.go_on()
        self.take("found-done")

    @staticmethod
    def _password(page: QWidget, account: str) -> None:
        page.list.choose(account)
        page.form.fill({"password": WORDS[account], "again": WORDS[account]})
        page.take()

    def sit(self, account: str) -> None:
        if self.place.shell is not None:
            self.place.change_person()
        before = self.place.shell
        self.place.gate.ask(account, WORDS[account])
        self.until(lambda: self.place.shell is not None and self.place.shell is not before)
        self.place.shell.resize(*self.size)
        self.rest()

    def tool(self, title: str) -> QWidget:
        """A page of the menu 工具."""
        self.place.shell.open_tool(next(one for one in self.place.tabs.tools(None) if one is not None and one.title == title))
        self.rest()
        return self.place.shell.stack.page

    def first_day(self) -> None:
        """What is to be done then, and the adoption of all types."""
        self.sit("guanli")
        self.tool("本院第一天")
        self.take("first-day")
        page = self.tool("人员和授权")
        self.until(lambda: page.sections)
        self.take("people")
        page = self.tool("采用文书")
        self.until(lambda: page.shown is not None)
        page.prepare_all()
        self.sit("juzhang")
        page = self.tool("采用文书")
        self.until(lambda: page.shown is not None and page.pages.view.pages.count)
        self.take("adoption")

    def leave(self) -> None:
        """Close everything."""
        self.place.leave()
        self.place.shell.close()


def main_(arguments: list[str]) -> int:
    """Write all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    sizes.add(parser)
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for scale in asked.scale or [1.0]:
        with tempfile.TemporaryDirectory() as place:
            camera = FoundingCamera(Path(place), asked.folder, scale, asked.size)
            camera.found()
            camera.first_day()
            camera.leave()
    return 0


if __name__ == "__main__":
    sys.exit(main_(sys.argv[1:]))
