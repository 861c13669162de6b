"""The one page for every action of a case: its form prefilled, checked, kept while half filled; who approves beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from execdesk.law.refusal import Refusal, WayOn
from execdesk.reads import FormShown, Step, Who, led_by
from execdesk.reads.cases import CasePage
from execdesk.reads.casewords import narrow, sum_words
from ui.columns import Columns, SidePanel
from ui.formbuilder import BuiltForm, first_wanted, so_far
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.panels import ReasonPanel
from ui.widgets import Button, Card, FactLines, column, empty, hint, holder, row, scrolled, secondary, steady, wrapped

KEEP_AFTER_MS = 800


class FormPage(Page):
    """One action in a case. ``finished(FormShown, Changes)`` when it is done, after the page has closed; the form then has the values given."""

    finished = Signal(object, object)

    def __init__(self, link: Link, notices: Notices, shown: FormShown, page: CasePage, step: Step) -> None:
        super().__init__(shown.title, narrow(page.case.number))
        self.link, self.notices, self.shown, self.case, self.step = link, notices, shown, page, step
        self.place = ":".join((shown.action, *(value for _, value in step.values), page.case.id, step.target))
        self.form = BuiltForm(shown.fields)
        self.says = Notices()
        self.says.way.connect(notices.way)
        self.go = Button(shown.button, "primary", act=self.submit)
        self.reason = column(gap=8)
        self._asked, self._following = 0, False  # what follows a choice: how often asked, whether the last is still to be told
        self._kept: dict[str, str] = {}
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.form.finished.connect(self.submit)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.submit)
        self.form.led.connect(self._follow)
        self._initial = self.form.draft()
        self.form.changed.connect(self._timer.start)
        link.read(self, lambda _reads: link.desk.draft(self.place), done=self._restore)
        self._ask_who()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setLayout(column(self.form, None, margins=(16, 14, 16, 8)))
        foot = row(
            self.go, 4, hint("Ctrl+Enter"), so_far(self.form, self.shown.so_far), None, Button("不办，返回", act=self.go_back.emit), gap=6, margins=(16, 8, 16, 12),
        )
        area = scrolled(body, stops=False)
        steady(area)
        left = Card(area, self.says, foot, gap=0, margins=(0, 0, 0, 0))  # what is said stands beside the button, so that no field moves
        left.box.setStretch(0, 1)
        note = wrapped(self.shown.note, "secondary")
        note.setVisible(bool(self.shown.note))
        about = holder(column(self.reason, self._facts(), note, None, gap=10, margins=(16, 14, 16, 14)))
        right = Card(scrolled(about, stops=False), gap=0, margins=(0, 0, 0, 0))  # with large type the clause must scroll, not be cut
        self.columns = Columns(SidePanel("填写", left, 560), SidePanel("说明", right, 300, 1))
        self.columns.bring("填写")  # with large type or a narrow window only one has room
        self.setLayout(column(self.columns, gap=0))

    def _facts(self) -> FactLines:
        page = self.case
        pairs: list[tuple[str, str | QWidget]] = [(party.side, party.name) for party in page.parties[:4]]
        pairs += [("标的", sum_words(page.case.claim_fen)), ("到位", sum_words(page.case.recovered_fen)), ("承办", page.case.judge or "未分案")]
        return FactLines(pairs, name_width=76)

    @property
    def first_focus(self) -> QWidget | None:
        chosen = self.form.unfold(self.step.field) or first_wanted(self.form)
        return chosen.input if chosen is not None else None

    @property
    def clause_topic(self) -> str:
        return self._topic or f"screen:form.{self.shown.action}"

    _topic = ""

    # who approves
    def _ask_who(self) -> None:
        case, matter = self.case.case.id, self.shown.matter
        if matter:
            self.link.read(self, lambda reads: reads.who_decides(case, matter), done=lambda who: self._show_who(who) if matter == self.shown.matter else None)

    def _show_who(self, who: Who) -> None:
        empty(self.reason)
        head = secondary("谁批准")
        self.reason.addWidget(head)
        panel = ReasonPanel(who.reason if who.mine else f"本事项由{who.words.removesuffix('批准')}批准{f'（现任：{who.names}）' if who.names else ''}。", who.clauses)
        panel.clause_asked.connect(lambda: self.notices.way.emit(_clause(self._topic)))
        self._topic = who.article
        self.reason.addWidget(panel)
        if who.signer:
            self.reason.addWidget(wrapped(f"批准之外，依法还须{who.signer}。", "secondary"))

    # half-filled
    def may_leave(self) -> bool:
        if self._timer.isActive():  # the last words typed are kept as well
            self._timer.stop()
            self.keep_draft()
        return True

    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self.form.draft() != self._initial:
            self.link.keep_draft(self.place, self.form.draft())

    def _restore(self, kept: dict[str, str]) -> None:
        if not kept:
            return
        leading = {name: kept[name] for name, one in self.form.declared.items() if one.leads and name in kept}
        self.form.restore(leading)
        if any(self.form[name].text != text for name, text in leading.items()):
            self.form.restart(self._initial)  # the row is called otherwise by now: what was typed of it is put to no other
            return
        self._kept = kept
        if not self._following:
            self._restore_rest()

    def _restore_rest(self) -> None:
        kept, self._kept = self._kept, {}
        if kept:
            self.form.restore({name: text for name, text in kept.items() if name not in self.form.declared or not self.form.declared[name].leads})
            self.says.info("已恢复上次没有填完的内容。")

    def _follow(self, name: str) -> None:
        """The rest of the form follows a field: it is read anew for what was chosen there, and nothing is done before it stands there."""
        field, action = self.form[name], self.shown.action
        if not field.text or field.error:
            return  # a kept form may name a row that is called otherwise by now
        led = led_by(self.form.declared[name], field.value, self.step.target, self.form.leading())
        about = {"case": self.case.case.id, "prefilled": dict(self.step.values), **led}
        self._asked, self._following = self._asked + 1, True
        self.go.setEnabled(False)
        number = self._asked
        self.link.read(self, lambda reads: reads.form(action, **about), done=lambda shown: self._followed(number, shown, name), failed=self._not_followed)

    def _followed(self, number: int, shown: FormShown, name: str) -> None:
        if number != self._asked:
            return  # another value has been chosen since
        self._following = False
        self.form.follow(shown.fields, name)
        matter, self.shown = self.shown.matter, shown
        if shown.matter != matter:
            self._ask_who()
        self.go.setEnabled(True)
        self._restore_rest()

    def _not_followed(self, error: BaseException) -> None:
        self._kept = {}
        self.notices.show_error(error)

    # doing it
    def submit(self) -> None:
        """Do it; what is missing is marked, a refusal opens above the fields."""
        if not self.go.isEnabled() or not self.form.demand():
            return
        values = {**self.form.action_values(), **self.shown.given}
        self.go.setEnabled(False)
        self.link.do(self, self.shown.action, values, done=lambda changes: self._done(changes, values), failed=self._failed)

    def _done(self, changes: Any, values: dict[str, Any]) -> None:
        self._timer.stop()
        self._initial = self.form.draft()
        self.link.keep_draft(self.place, {})
        if not self.shown.to_draft:
            self.notices.done(self.shown.done)
        shown = replace(self.shown, given=values)
        self.go_back.emit()
        self.finished.emit(shown, changes)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, Refusal):
            self.says.refuse(error)
            self.form.blame(error.field)
        else:
            self.notices.show_error(error)


def _clause(topic: str) -> WayOn:
    return WayOn("看条文", f"clause:{topic}")


