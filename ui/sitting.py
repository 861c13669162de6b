"""Certificates for several people in one sitting: two sit down, then one new person after the other types his own password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from execdesk.desk import Desk, Sitting
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.reads import FormField
from execdesk.reads.sitting import WithoutCertificate
from ui.dialogs import Dialog
from ui.formbuilder import BuiltForm, first_wanted
from ui.jobs import Runner
from ui.lists import SideLine, SideList
from ui.notices import Notices
from ui.widgets import Button, Card, FactLines, column, holder, label, row, scrolled, secondary, wrapped

ACTION = "certificate.issue"
_TWO = ("own_password", "witness", "witness_password")
_SECOND = 1_000  # ms
_OWN = (Field("password", "领证人自己输入密码", "secret"), Field("again", "再输一次", "secret"))


class SittingDialog(Dialog):
    """Two pages: the two who are present; then who has no certificate yet, next, next, done. What the two typed is asked once; closing
    ends the sitting. ``done(number)`` is called at its end with how many received one."""

    def __init__(self, desk: Desk, jobs: Runner, *, done: Callable[[int], object] = lambda _number: None, parent: QWidget | None = None) -> None:
        super().__init__("集中签发证书", parent)
        self._desk, self._jobs, self._done = desk, jobs, done
        self.sitting: Sitting | None = None
        self.waiting: tuple[WithoutCertificate, ...] = ()
        self.received: list[str] = []
        asked = {one.field.name: one for one in desk.reads.form(ACTION).fields}
        self.two = BuiltForm([replace(asked[name], field=replace(asked[name].field, required=True)) for name in _TWO])
        self.own = BuiltForm([FormField(replace(field, hint=desk.password_told) if field is _OWN[0] else field) for field in _OWN])
        self.list, self.words, self.says = SideList("还没有证书的人"), FactLines(), Notices()
        self.count, self.left = label("", "strong"), secondary("")
        self.begin, self.next = Button("开始", "primary", act=self.sit_down), Button("签发，下一位", "primary", act=self.issue)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._first_page())
        self.pages.addWidget(self._second_page())
        self.two.finished.connect(self.sit_down)
        self.own.finished.connect(self.issue)
        self.list.chosen.connect(lambda _key: self._show())
        self._clock = QTimer(self, interval=_SECOND)
        self._clock.timeout.connect(self.look)
        note = "两人各自输入密码，只输这一次；以后每位领证人只输自己的密码。关窗、结束或者到时，合起来的签发钥匙即从内存抹去。"
        card = Card(label("集中签发证书", "page-title"), wrapped(note, "secondary"), self.pages, self.says, gap=10, margins=(18, 14, 18, 14))
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(820, 660)
        self._focus(self.two)

    def _first_page(self) -> QWidget:
        buttons = row(self.begin, None, Button("不办了", act=self.close), gap=8)
        return holder(column(scrolled(holder(column(self.two, None, gap=10, margins=(0, 0, 10, 0)))), buttons, gap=10))

    def _second_page(self) -> QWidget:
        right = scrolled(holder(column(self.words, self.own, None, gap=12, margins=(0, 0, 10, 0))))
        people = row(self.list, right, gap=12)
        people.setStretch(0, 2)
        people.setStretch(1, 3)
        self.finish = Button("结束", act=self.close)
        return holder(column(row(self.count, None, self.left), people, row(self.next, None, self.finish, gap=8), gap=10))

    def _focus(self, form: BuiltForm) -> None:
        if first := first_wanted(form):
            first.input.setFocus()

    # the two
    def sit_down(self) -> None:
        """The two have typed their passwords."""
        self.says.clear()
        if not self.two.demand():
            return
        values = self.two.action_values()
        self.begin.setEnabled(False)
        self._jobs.run(self, lambda: (self._desk.sit_down(**values), self._desk.reads.without_certificate()), done=self._sat, failed=self._failed)

    def _sat(self, found: tuple[Sitting, tuple[WithoutCertificate, ...]]) -> None:
        self.begin.setEnabled(True)
        self.two.restart({"own_password": "", "witness_password": ""})
        self.sitting = found[0]
        self.pages.setCurrentIndex(1)
        self._clock.start()
        self._arrived(found[1])

    # one after the other
    def _arrived(self, waiting: tuple[WithoutCertificate, ...]) -> None:
        self.waiting = waiting
        self.list.show_items([SideLine(f"{one.name}（{one.account}）", "院印" if one.purpose == "seal" else "", one.key) for one in waiting])
        self.next.setEnabled(bool(waiting))
        self.own.setVisible(bool(waiting))
        if waiting:
            self.list.choose(waiting[0].key)
        else:
            self.words.fill((("都已领证", "没有还没有证书的人。"),))
            self.finish.setFocus()
        self.look()

    @property
    def chosen(self) -> WithoutCertificate | None:
        """Who is about to receive one."""
        return next((one for one in self.waiting if one.key == self.list.current_key), None)

    def _show(self) -> None:
        one = self.chosen
        if one is None:
            return
        self.own.restart({"password": "", "again": ""})
        values = {"person": one.person, "purpose": one.purpose}
        self._jobs.read(self, lambda: self._desk.reads.consent_words(ACTION, values), done=self._tell, failed=self._failed)

    def _tell(self, words: tuple[tuple[str, str], ...]) -> None:
        self.words.fill(words)
        self._focus(self.own)

    def issue(self) -> None:
        """The new person has typed his password: his certificate, then the next one."""
        self.says.clear()
        one, sitting = self.chosen, self.sitting
        if one is None or sitting is None or not self.own.demand():
            return
        typed = self.own.action_values()
        if typed["password"] != typed["again"]:
            self.own.restart({"password": "", "again": ""})
            self.says.refuse(Refusal("两次输入的密码不一样，没有签发。请领证人重新输入两次。", code="certificate.again"))
            self._focus(self.own)
            return
        self.next.setEnabled(False)
        self._jobs.run(
            self, lambda: (sitting.issue(person=one.person, password=typed["password"], purpose=one.purpose), self._desk.reads.without_certificate()),
            done=lambda told: self._issued(one, told[1]), failed=self._failed,
        )

    def _issued(self, one: WithoutCertificate, waiting: tuple[WithoutCertificate, ...]) -> None:
        self.received.append(one.name)
        self._arrived(waiting)

    def look(self) -> None:
        """Say how many wait and how long the keys are held yet; once they are forgotten, the two are asked again."""
        sitting = self.sitting
        if sitting is None:
            return
        left = sitting.seconds_left
        self.count.setText(f"还有 {len(self.waiting)} 张待签发，本次已签发 {len(self.received)} 张")
        self.left.setText(f"签发钥匙还留 {-(-left // 60)} 分钟")
        if not left:
            self._clock.stop()
            self.sitting = None
            self.pages.setCurrentIndex(0)
            self.says.info("集中签发到时，签发钥匙已从内存抹去；已经签发的都有效。还有人要领的，请两人重新输入密码。")
            self._focus(self.two)

    def _failed(self, error: BaseException) -> None:
        self.begin.setEnabled(True)
        self.next.setEnabled(bool(self.waiting))
        self.says.show_error(error)
        self.look()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._clock.stop()
        sitting, self.sitting = self.sitting, None
        if sitting is not None:
            sitting.end()
        self._done(len(self.received))
        super().closeEvent(event)


__all__ = ["SittingDialog"]
