"""Those who are present type their own passwords, one after the other; who is not here is left for a sitting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.opening import NEEDED, FoundingPlan, Opening, listed
from execdesk.reads import FormField
from ui.formbuilder import BuiltForm, first_wanted
from ui.lists import SideLine, SideList
from ui.notices import Notices
from ui.widgets import Button, Card, column, label, row, secondary, wrapped

_TWICE = (Field("password", "本人输入密码", "secret"), Field("again", "再输一次", "secret"))


class PasswordsPage(QWidget):
    """People with a login at the left; the chosen one types his password twice. Nothing of it is kept but in memory, until ``forget``."""

    changed = Signal()

    def __init__(self, opening: Opening, plan: Callable[[], FoundingPlan]) -> None:
        super().__init__()
        self._opening, self._plan = opening, plan
        self.typed: dict[str, str] = {}
        self.people: list[tuple[str, str, str]] = []
        self.list, self.says = SideList("有登录名的人"), Notices()
        rule = opening.password_told(plan())
        self.form = BuiltForm([FormField(replace(field, hint=rule) if field is _TWICE[0] else field) for field in _TWICE])
        self.name, self.left = label("", "card-title"), secondary("")
        self.next = Button("记下，下一位", "primary", act=self.take)
        self.list.chosen.connect(lambda _key: self._show())
        self.form.finished.connect(self.take)
        words = "院长、局长、系统管理员须在场，各自输入自己的密码；其他人今天在场的也在这里输入。不在场的，设立以后由两人集中签发。"
        right = Card(self.name, self.form, self.says, row(self.next, None), None, gap=10, margins=(18, 14, 18, 14))
        body = row(Card(self.list, margins=(6, 6, 6, 6)), right, gap=12)
        body.setStretch(0, 2)
        body.setStretch(1, 3)
        box = column(wrapped(words, "secondary"), self.left, body, gap=8)
        box.setStretch(2, 1)
        self.setLayout(box)

    def enter(self) -> None:
        """Show who signs in by the plan as it stands; passwords typed for another login are forgotten."""
        needed = [self._plan().shipped.posts[code].name for code in NEEDED]
        rows = [row for row in self._plan().tables["people"] if row.get("account", "").strip()]
        rows.sort(key=lambda row: min((needed.index(post) for post in listed(row.get("posts", "")) if post in needed), default=len(needed)))
        self.people = [(row["account"].strip(), row.get("name", "").strip(), row.get("posts", "").strip()) for row in rows]
        self.typed = {account: password for account, password in self.typed.items() if account in {one[0] for one in self.people}}
        self._list()
        self._choose_next()

    def _list(self) -> None:
        self.list.show_items([SideLine(f"{name} · {posts}", "已输入" if account in self.typed else "", account) for account, name, posts in self.people])
        missing = self.missing
        self.left.setText(f"还须输入：{'、'.join(missing)}" if missing else f"可以设立了；{len(self.people) - len(self.typed)} 人以后领证")
        self.changed.emit()

    @property
    def missing(self) -> list[str]:
        """The posts whose holders must still type theirs."""
        needed = [self._plan().shipped.posts[code].name for code in NEEDED]
        here = {post for account, _name, posts in self.people if account in self.typed for post in listed(posts)}
        return [post for post in needed if post not in here]

    def _choose_next(self) -> None:
        waiting = next((account for account, _name, _posts in self.people if account not in self.typed), None)
        if waiting is None or not self.list.choose(waiting):
            self._show()

    def _show(self) -> None:
        one = next((one for one in self.people if one[0] == self.list.current_key), None)
        self.says.clear()
        self.form.restart({"password": "", "again": ""})
        self.name.setText(f"{one[1]}（{one[0]}）{'已输入，可重新输入' if one[0] in self.typed else ''}" if one else "")
        if first := first_wanted(self.form):
            first.input.setFocus()

    def take(self) -> None:
        """Keep what the chosen person typed, if it may be a password; then the next."""
        one = next((one for one in self.people if one[0] == self.list.current_key), None)
        self.says.clear()
        if one is None or not self.form.demand():
            return
        values: dict[str, Any] = self.form.action_values()
        try:
            if values["password"] != values["again"]:
                raise Refusal("两次输入的密码不一样，请本人重新输入两次。", code="certificate.again")
            self._opening.require_password(self._plan(), one[0], one[1], values["password"])
        except Refusal as refusal:
            self._show()
            self.says.refuse(refusal)
            return
        self.typed[one[0]] = values["password"]
        self._list()
        self._choose_next()

    def forget(self) -> None:
        """Forget everything typed."""
        self.typed.clear()
        self.form.restart({"password": "", "again": ""})
