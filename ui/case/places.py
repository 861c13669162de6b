"""Small pages of the window's own: the day of a demonstration store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.reads import FormField
from ui.formbuilder import BuiltForm
from ui.notices import Notices
from ui.pages import Page
from ui.theme import px
from ui.widgets import Button, Card, column, row, wrapped

MoveDay = Callable[[date, Callable[[], object]], object]


class MoveDayPage(Page):
    """Move a demonstration store to a later day."""

    def __init__(self, today: date, move: MoveDay) -> None:
        super().__init__("演示日期", f"今天按 {today} 计")
        self._move = move
        self.form = BuiltForm([FormField(Field("day", "改到", "day", least=today, least_words="今天"), today)])
        self.form.finished.connect(self.go)
        self.notices = Notices()
        card = Card(self.notices, wrapped("演示库的日期决定法规、权限和打印的日期；只能向后，不能回头。", "secondary"), self.form, row(Button("改日期", "primary", act=self.go), None), gap=10)
        card.setFixedWidth(px(420))
        self.setLayout(column(row(card, None), None, margins=(12, 12, 12, 12)))

    @property
    def clause_topic(self) -> str:
        return "screen:day"

    def go(self) -> None:
        """Move the day."""
        if not self.form.demand():
            return
        try:
            self._move(self.form["day"].value, self.go_back.emit)
        except Refusal as refusal:
            self.notices.refuse(refusal)
