"""Dialogs of the team tab: forming and changing teams, posts, and the two lists of article 9."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from execdesk.desk import Desk
from execdesk.reads.teamfacts import RatioRow
from ui.dialogs import Dialog
from ui.fields import Field
from ui.forms import Form
from ui.jobs import Runner
from ui.notices import Notices
from ui.widgets import Button, Card, column, holder, label, line, row, scrolled, secondary, wrapped


class ActDialog(Dialog):
    """A form whose button does one verb; a refusal opens in place, success closes and calls ``done``.

    ``extra`` gives further values at the moment of pressing.
    """

    def __init__(
        self, desk: Desk, jobs: Runner, title: str, words: str, verb: str, button: str, fields: Sequence[Field], *, fixed: dict[str, Any] | None = None,
        extra: Callable[[], dict[str, Any]] = dict, done: Callable[[Any], object] = lambda _changes: None, more: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._desk, self._jobs, self._verb, self._fixed, self._extra, self._done = desk, jobs, verb, fixed or {}, extra, done
        self.form = Form(fields)
        self.says = Notices()
        self.go = Button(button, "primary", act=self.do)
        self.form.finished.connect(self.do)
        body = column(self.form, *([more] if more is not None else []), None, gap=10, margins=(0, 0, 10, 0))
        card = Card(
            label(title, "page-title"), wrapped(words, "secondary"), scrolled(holder(body)), self.says, row(self.go, None, Button("不办了", act=self.close), gap=8),
            gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(500, 240 + 64 * len(fields) + (120 if more is not None else 0))
        if first := next((field for field in fields if not field.text), fields[0] if fields else None):
            first.input.setFocus()

    def do(self) -> None:
        """Do the verb with what is filled in."""
        if not self.form.demand():
            return
        values = {name: value for name, value in self.form.values().items() if value is not None} | self._fixed | self._extra()
        self.go.setEnabled(False)
        self._jobs.run(self, lambda: self._desk.do(self._verb, **values), done=self._did, failed=self._failed)

    def _did(self, changes: Any) -> None:
        self.close()
        self._done(changes)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self.says.show_error(error)


class Ticks(QWidget):
    """Several things to tick, so many beside each other."""

    def __init__(self, title: str, people: Sequence[tuple[str, str]], beside: int = 2) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        box: QVBoxLayout = column(secondary(title), gap=3)
        line_now: QHBoxLayout | None = None
        for number, (person, words) in enumerate(people):
            if number % beside == 0:
                line_now = row(gap=10)
                box.addLayout(line_now)
            assert line_now is not None
            self.boxes[person] = QCheckBox(words)
            line_now.addWidget(self.boxes[person], 1)
        self.setLayout(box)

    @property
    def chosen(self) -> list[str]:
        """Row ids of the ticked."""
        return [person for person, box in self.boxes.items() if box.isChecked()]


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
        card = Card(
            label(f"第9条 法官比例（{day}）", "page-title"), wrapped(f"{ratio.verdict}：{ratio.margin}", "secondary", "" if ratio.verdict == "符合" else "soon"),
            scrolled(holder(body)), row(None, Button("关闭", act=self.close)), gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(620, 420)
