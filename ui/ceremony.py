"""An act of two persons: the one at the desk says what is to be done, a second reads it in words and consents with his own password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from execdesk.desk import Desk
from ui.dialogs import Dialog
from ui.formbuilder import BuiltForm, first_wanted
from ui.jobs import Runner
from ui.notices import Notices
from ui.widgets import Button, Card, FactLines, column, holder, label, row, scrolled, selectable, wrapped


class CeremonyDialog(Dialog):
    """Two pages: what is to be done, with the passwords of who begins; then the same in words, for the second person to consent.

    A refusal opens in place and loses nothing; success calls ``done`` and closes, unless there is something to be shown this once.
    ``given`` are values not asked for.
    """

    def __init__(
        self, desk: Desk, jobs: Runner, action: str, *, given: dict[str, Any] | None = None, done: Callable[[Any], object] = lambda _changes: None,
        parent: QWidget | None = None,
    ) -> None:
        self.shown = desk.reads.form(action, given=given or {})
        super().__init__(self.shown.title, parent)
        self._desk, self._jobs, self._done = desk, jobs, done
        self.form = BuiltForm([one for one in self.shown.fields if one.field.name not in self.shown.second])
        self.second = BuiltForm([one for one in self.shown.fields if one.field.name in self.shown.second])
        self.words = FactLines()
        self.told: tuple[tuple[str, str], ...] = ()
        self.says = Notices()
        self.on = Button("下一步：核对", "primary", act=self.read)
        self.go = Button(f"同意，{self.shown.button}", "primary", act=self.do)
        self.pages = QStackedWidget()
        area = scrolled(holder(column(self.form, None, gap=10, margins=(0, 0, 10, 0))))
        self.pages.addWidget(holder(column(area, row(self.on, None, self._leave(), gap=8), gap=10)))
        asked = wrapped("要办的就是以下各项。请在场各人核对，再往下填；不一致的，返回改正。" if self.shown.second else "要办的就是以下各项。请核对；不一致的，返回改正。", "strong")
        body = scrolled(holder(column(asked, self.words, self.second, None, gap=12, margins=(0, 0, 10, 0))))
        back = Button("返回", act=self.back)
        self.pages.addWidget(holder(column(body, row(self.go, back, None, self._leave(), gap=8), gap=10)))
        self.form.finished.connect(self.read)
        self.second.finished.connect(self.do)
        card = Card(label(self.shown.title, "page-title"), wrapped(self.shown.note, "secondary"), self.pages, self.says, gap=10, margins=(18, 14, 18, 14))
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(540, 260 + 60 * max(len(self.form.fields), len(self.second.fields) + 3))
        if first := first_wanted(self.form):
            first.input.setFocus()

    def _leave(self) -> Button:
        return Button("不办了", act=self.close)

    def read(self) -> None:
        """Show in words what is to be done."""
        self.says.clear()
        if self.form.demand():
            values = {**self.form.action_values(), **self.shown.given}
            self._jobs.read(self, lambda: self._desk.reads.consent_words(self.shown.action, values), done=self._asked, failed=self._failed)

    def _asked(self, words: tuple[tuple[str, str], ...]) -> None:
        self.told = words
        self.words.fill(words)
        self.pages.setCurrentIndex(1)
        if first := first_wanted(self.second):
            first.input.setFocus()

    def back(self) -> None:
        """Back to what is to be done."""
        self.says.clear()
        self.pages.setCurrentIndex(0)

    def do(self) -> None:
        """Do it, now that both consent."""
        if not self.second.demand():
            return
        values = {**self.form.action_values(), **self.second.action_values(), **self.shown.given}
        self.go.setEnabled(False)
        self._jobs.run(self, lambda: self._desk.do(self.shown.action, **values), done=self._did, failed=self._failed)

    def _did(self, changes: Any) -> None:
        if changes.told:
            self._show_once(changes.told)
        else:
            self.close()
        self._done(changes)

    def _show_once(self, told: str) -> None:
        """What nobody can read again: it stays until it is said to be kept."""
        self.once = selectable(told)
        self.pages.addWidget(holder(column(self.once, None, row(Button("已抄下封好，关闭", "primary", act=self.close), None), gap=12)))
        self.pages.setCurrentIndex(2)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self.says.show_error(error)
