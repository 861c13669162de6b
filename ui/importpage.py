"""导入台账: choose a file, have it checked, decide what it leaves open, take it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from execdesk.desk import Desk
from ui.importing.choosing import FileDrop
from ui.jobs import Runner
from ui.notices import Notices
from ui.pages import Page
from ui.widgets import column
from ui.wizard import WizardSteps

STEPS = ("选文件", "核对", "导入")


class ImportPage(Page):
    """The wizard in three steps. ``file_chosen(path)`` once a ledger was named."""

    file_chosen = Signal(object)

    def __init__(self, desk: Desk, jobs: Runner, notices: Notices, open_page: Callable[[Page], object]) -> None:
        super().__init__("导入台账", "先核对，后导入；核对只读文件，不写入任何内容")
        self._desk, self._jobs, self._notices, self._open_page = desk, jobs, notices, open_page
        self.steps = WizardSteps(STEPS)
        self.says = Notices()
        self.says.way.connect(notices.way)
        self.drop = FileDrop()
        self.drop.chosen.connect(self.choose)
        self.setLayout(column(self.says, self.drop, gap=10, margins=(12, 2, 12, 12)))

    @property
    def head_actions(self) -> Sequence[QWidget]:
        return (self.steps,)

    @property
    def first_focus(self) -> QWidget:
        return self.drop.button

    def choose(self, path: Path) -> None:
        """A file was named by the button or let fall on the page."""
        self.say("导入台账", path.name)
        self.file_chosen.emit(path)
