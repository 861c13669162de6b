"""工具 → 本院第一天: the steps after founding, how each stands, who does it; a click leads to where it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from execdesk.reads.firstday import FirstStep
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.theme import px
from ui.widgets import Button, Card, column, holder, icon_label, label, line, row, scrolled, secondary


class FirstDayPage(Page):
    """The steps in their order; ``go(place)`` opens where one is done."""

    def __init__(self, link: Link, notices: Notices, go: Callable[[str], object]) -> None:
        super().__init__("本院第一天")
        self.link, self._notices, self._go = link, notices, go
        self.steps: tuple[FirstStep, ...] = ()
        self.buttons: list[Button] = []
        self._place: QVBoxLayout = column(gap=0)
        card = Card(holder(self._place), margins=(0, 4, 0, 4))
        card.setFixedWidth(px(860))
        self.setLayout(column(scrolled(holder(column(row(None, card, None), None, margins=(12, 12, 12, 12)))), gap=0))
        link.changed.connect(self._heard)
        link.backed_up.connect(self.reload)

    @property
    def clause_topic(self) -> str:
        return "screen:firstday"

    @property
    def first_focus(self) -> QWidget | None:
        return next((button for button, step in zip(self.buttons, self.steps, strict=True) if not step.done), None)

    def entered(self) -> None:
        self.reload()

    def _heard(self, _changes: Any) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.link.read(self, lambda reads: reads.first_day(), done=self._arrived, failed=self._notices.show_error)

    def _arrived(self, steps: tuple[FirstStep, ...]) -> None:
        self.steps, self.buttons = steps, []
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        done = sum(step.done for step in steps)
        self.say("本院第一天", f"{done} 步已办，{len(steps) - done} 步未办" if done < len(steps) else "各步都已办完")
        first = next((step for step in steps if not step.done), None)
        for number, step in enumerate(steps):
            if number:
                self._place.addWidget(line("hairline"))
            self._place.addWidget(self._line(step, step is first))

    def _line(self, step: FirstStep, first: bool) -> QWidget:
        button = Button("去办", "primary" if first else "", act=partial(self._go, step.place))
        self.buttons.append(button)
        sign = icon_label("check" if step.done else "arrow-right", "navy" if step.done else "amber_mark")
        words = column(label(step.title, "strong"), secondary(f"{step.words}　{step.who}", "" if step.done else "soon"), gap=2)
        made = row(sign, words, button, gap=14, margins=(20, 9, 20, 9))
        made.setStretch(1, 1)
        return holder(made)
