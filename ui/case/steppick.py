"""Ctrl+N: everything that can be done in a case, as a list to type into: words, parts of words, or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from execdesk.reads import Begun, Step
from execdesk.reads.casewords import narrow
from execdesk.reads.finding import initials
from ui.dialogs import Dialog
from ui.lists import SideLine, SideList
from ui.search import FilterField
from ui.widgets import Card, column, hint, row, secondary

NEXT, ANY_TIME = "下一步", "随时可办"
GROUPS = {  # by the first part of an action's name, in this order
    "document": "文书和报批", "file": "文书和报批", "form": "文书和报批", "request": "文书和报批", "case": "案件", "note": "案件", "party": "当事人", "obstruction": "当事人",
    "property": "财产和案款", "receipt": "财产和案款", "clue": "财产和案款", "declaration": "财产和案款", "query": "财产和案款",
}


@dataclass(frozen=True)
class _Offer:
    step: Step
    group: str

    @property
    def title(self) -> str:
        return narrow(self.step.title)


def offers(steps: Sequence[Step], begun: Sequence[Begun], case: str) -> list[_Offer]:
    """The steps that wait first, then what can be begun at any time, by what it is about."""
    order = list(dict.fromkeys([*GROUPS.values(), ANY_TIME]))
    at_will = [_Offer(Step(one.name, one.title, case), GROUPS.get(one.name.partition(".")[0], ANY_TIME)) for one in begun]
    return [*(_Offer(step, NEXT) for step in steps), *sorted(at_will, key=lambda one: order.index(one.group))]


def fits(typed: str, title: str) -> bool:
    """Whether what was typed stands in a title in this order (「终本」 in 终结本次执行程序), or begins a run of its initials."""
    wanted = "".join(typed.split()).lower()
    letters = iter(title.lower())
    if all(sign in letters for sign in wanted):
        return True
    return wanted.isascii() and any(wanted in spelt for spelt in initials("".join(sign for sign in title if "一" <= sign <= "鿿")[:12]))


class StepPick(Dialog):
    """A field and the list below it; ↑ and ↓ move in the list while one types, Enter does what is marked. ``chosen(Step)``."""

    def __init__(self, steps: Sequence[Step], begun: Sequence[Begun], case: str, chosen: Callable[[Step], object], parent: QWidget | None = None) -> None:
        super().__init__("办理事项", parent)
        self._offers, self._chosen = offers(steps, begun, case), chosen
        self.field, self.list = FilterField("输入几个字，或者拼音首字母"), SideList("办理事项")
        self.says = secondary("")
        self.field.textChanged.connect(self.show_fitting)
        self.field.installEventFilter(self)
        self.list.opened.connect(lambda _key: self.take())
        self.list.pressed_key.connect(lambda _key: self.take())
        foot = row(self.says, None, hint("↑ ↓ 选择　Enter 办理　Esc 关闭"))
        self.setLayout(column(Card(self.field, self.list, foot, gap=8, margins=(12, 12, 12, 10)), margins=(10, 10, 10, 10)))
        self.fit(520, 560)
        self.show_fitting("")
        self.field.setFocus()

    def show_fitting(self, typed: str) -> None:
        """Show what fits, grouped, the first marked."""
        found = [(number, one) for number, one in enumerate(self._offers) if fits(typed, one.title)]
        lines: list[SideLine] = []
        for number, one in found:
            if not lines or one.group != self._offers[int(lines[-1].key)].group:
                lines.append(SideLine(one.group))
            lines.append(SideLine(one.title, one.step.who, str(number)))
        self.list.show_items(lines)
        self.says.setText("" if found else f"没有「{typed}」这样的事项。")
        if found:
            self.list.choose(str(found[0][0]))

    def go_on(self) -> None:
        """Ctrl+Enter does what Enter does."""
        self.take()

    def take(self) -> None:
        """Do what is marked."""
        if self.list.current_key:
            step = self._offers[int(self.list.current_key)].step
            self.close()
            self._chosen(step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)
