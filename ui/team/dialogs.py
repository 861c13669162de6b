"""The form of an action as a dialog, and the two lists of article 9."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.reads import led_by
from execdesk.reads.teamfacts import RatioRow
from ui.dialogs import Dialog
from ui.formbuilder import BuiltForm, first_wanted, so_far
from ui.jobs import Runner
from ui.notices import Notices
from ui.rowsfield import RowsField
from ui.widgets import Button, Card, column, hint, holder, label, line, row, scrolled, selectable, wrapped

ROOM_FOR_LINES = 70  # px: two more lines of a list that grows


class ActDialog(Dialog):
    """The form of an action as a dialog; a refusal opens in place, success closes and calls ``done``.

    ``given`` are values not asked for, ``target`` and ``on`` what the form is about; ``title`` and ``words`` stand in place of the action's own, ``clause`` is what F1 opens.
    """

    def __init__(
        self, desk: Desk, jobs: Runner, action: str, *, given: dict[str, Any] | None = None, target: str = "", on: date | None = None, title: str = "",
        words: str = "", button: str = "", done: Callable[[Any], object] = lambda _changes: None, parent: QWidget | None = None, clause: str = "",
    ) -> None:
        self._about: dict[str, Any] = {"given": given or {}, "target": target, "on": on}
        self.shown = desk.reads.form(action, **self._about)
        super().__init__(title or self.shown.title, parent, clause)
        self._desk, self._jobs, self._done = desk, jobs, done
        self.form = BuiltForm(self.shown.fields)
        self.form.led.connect(self._follow)
        self.says = Notices()
        self.go = Button(button or self.shown.button, "primary", act=self.do)
        self.form.finished.connect(self.do)
        self.so_far = so_far(self.form, self.shown.so_far)
        self._card = card = Card(
            label(title or self.shown.title, "page-title"), wrapped(words or self.shown.note, "secondary"),
            area := scrolled(holder(column(self.form, None, gap=10, margins=(0, 0, 10, 0)))), self.says, row(self.go, hint("Ctrl+Enter"), self.so_far, None, Button("不办了", act=self.close), gap=8),
            gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self._whole = column(card, margins=(10, 10, 10, 10))
        self.setLayout(self._whole)
        grows = any(isinstance(field, RowsField) for field in self.form.fields.values())
        self.fit_to(area, 620 if grows else 500, ROOM_FOR_LINES if grows else 0)
        if first := first_wanted(self.form):
            first.input.setFocus()

    def _follow(self, name: str) -> None:
        if not self.form[name].error:
            about = {**self._about, **led_by(self.form.declared[name], self.form[name].value, self._about["target"], self.form.leading())}
            self.form.follow(self._desk.reads.form(self.shown.action, **about).fields, name)

    def do(self) -> None:
        """Do it with what is filled in."""
        if not self.form.demand():
            return
        values = {**self.form.action_values(), **self.shown.given}
        self.go.setEnabled(False)
        self._jobs.run(self, lambda: self._desk.do(self.shown.action, **values), done=self._did, failed=self._failed)

    def _did(self, changes: Any) -> None:
        if changes.told:
            self._card.hide()
            told = Card(
                label(self.shown.done, "page-title"), scrolled(holder(column(selectable(changes.told), None))), row(Button("已记下，关闭", "primary", act=self.close), None),
                gap=12, margins=(18, 14, 18, 14),
            )
            told.box.setStretch(1, 1)
            self._whole.addWidget(told)
        else:
            self.close()
        self._done(changes)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self.says.show_error(error)
        if isinstance(error, Refusal):
            self.form.blame(error.field)


class RatioDialog(Dialog):
    """第9条: both formulas with their lists."""

    def __init__(self, ratio: RatioRow, day: str, parent: QWidget | None = None) -> None:
        super().__init__("法官比例：计算式与两份名单", parent, "screen:ratio")
        body = column(gap=10)
        for one in (ratio.bureau, ratio.others):
            above, below = {item.name for item in one.numerator}, [item.name for item in one.denominator]
            body.addWidget(label(f"{one.title}  {len(above)} ÷ {len(below)} = {one.text}", "strong"))
            body.addWidget(wrapped(f"法官 {len(above)} 人：{'、'.join(sorted(above)) or '未登记'}"))
            body.addWidget(wrapped(f"其余 {len(below) - len(above)} 人：{'、'.join(n for n in below if n not in above) or '未登记'}", "secondary"))
            body.addWidget(line("hairline"))
        body.addWidget(wrapped("「确保执行局法官人数比例不低于其他审判团队法官人数比例」乐法〔2017〕33号第9条。其他审判团队的名单在 管理 → 职务 中登记。", "secondary"))
        body.addStretch(1)
        close = Button("关闭", act=self.close)
        card = Card(
            label(f"第9条 法官比例（{day}）", "page-title"), wrapped(f"{ratio.verdict}：{ratio.margin}", "secondary", "" if ratio.verdict == "符合" else "soon"),
            scrolled(holder(body)), row(None, close), gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(620, 420)
        close.setFocus()
