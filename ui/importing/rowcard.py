"""One row of the ledger at the right: its cell among its neighbours, why it is asked, the answers, and what was decided."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from execdesk.reads.casewords import narrow
from execdesk.reads.imports import ImportSession, LedgerEntry, Question
from ui.importing.answers import OWN, SKIP, Answers
from ui.importing.excerpt import CellGrid
from ui.importing.words import kind_title, short
from ui.widgets import (
    Button,
    Card,
    Elided,
    EmptyState,
    FactLines,
    column,
    hint,
    holder,
    label,
    line,
    row,
    scrolled,
    secondary,
    wrapped,
)


class RowCard(Card):
    """The row chosen in the lists.

    ``decided(entry, question, choice, words, alike)``: ``choice`` is the key of an option, ``own`` with ``words``, or
    ``skip``. ``step(+1 or -1)`` asks for another row, ``taken_back(entry)`` to forget what was decided on this one.
    ``typed(entry, question, words)`` asks for a check of one's own entry, answered by :meth:`judge`.
    """

    decided = Signal(object, object, str, str, bool)
    step = Signal(int)
    taken_back = Signal(object)
    typed = Signal(object, object, str)
    alike_asked = Signal(object, object)
    file_asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.entry: LedgerEntry | None = None
        self.question: Question | None = None
        self.answers: Answers | None = None
        self.alike, self.alike_note = QCheckBox(), Elided("", "secondary")
        self.see_alike = Button("", "link")
        self.go, self.why_not = Button("决定，看下一行", "primary", act=self.decide), secondary("", "soon")
        self.body: QWidget = QWidget()
        self.middle: QWidget = self.body
        self.box.addWidget(self.body)
        self.show_nothing("选一行看详情。", "左边四张清单合起来就是文件的每一行。")

    # what is shown
    def _fill(self, *parts: QWidget) -> None:
        old = self.body
        self.body = holder(column(*parts, gap=0))
        layout = self.body.layout()
        assert isinstance(layout, QVBoxLayout)
        for number, part in enumerate(parts):
            layout.setStretch(number, 1 if part.property("grows") else 0)
        self.box.replaceWidget(old, self.body)
        self.box.setStretchFactor(self.body, 1)
        old.hide()
        old.deleteLater()

    def show_nothing(self, text: str, more: str) -> None:
        """No row: say why, and what next."""
        self.entry = self.question = self.answers = None
        empty = EmptyState(text, more)
        empty.setProperty("grows", True)
        self._fill(empty)

    def show_row(self, session: ImportSession, entry: LedgerEntry, list_name: str) -> None:
        """Show a row of one of the four lists."""
        self.entry = entry
        asked = list_name == "decide" and bool(entry.questions)
        self.question = (session.open_question(entry) or entry.questions[0]) if asked else None
        parts = column(gap=7, margins=(17, 10, 17, 8))
        self._excerpt(parts, session, entry)
        if self.question is not None:
            self._ask(parts, session, entry, self.question)
        else:
            self.answers = None
            self._tell(parts, session, entry, list_name)
        parts.addStretch(1)
        inner = QWidget()
        inner.setLayout(parts)
        self.middle = middle = scrolled(inner)
        if isinstance(middle, QScrollArea):
            middle.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle.setProperty("grows", True)
        self._fill(self._head(session, entry, list_name), line(), middle, line(), self._foot(session, entry))
        self._tell_go()

    def _head(self, session: ImportSession, entry: LedgerEntry, list_name: str) -> QWidget:
        question = self.question
        if question is not None:
            what = kind_title(question.code, question.heading)
            same = session.of_kind(question.code)
            aside = f"同类 {same[0]:,} 行，已定 {same[1]:,} 行"
            if len(entry.questions) > 1:
                aside = f"本行 {len(entry.questions)} 问之 {entry.questions.index(question) + 1} · {aside}"
        else:
            aside = {"imported": "可导入", "refused": "不能导入", "passed_over": "跳过", "decide": "需您决定"}[list_name]
            what = {"imported": f"{len(entry.warnings)} 项提醒，照常导入" if entry.warnings else "各列读通"}.get(list_name, "")
            what = what or (kind_title(entry.code, entry.problems[0].heading) if entry.problems else short(entry.text))
        title = Elided(f"第 {entry.row} 行：{what}", "page-title")
        first = row(title, secondary(aside), gap=10)
        first.setStretch(0, 1)
        below = " · ".join(part for part in (narrow(entry.case_no), session.who(entry)) if part)
        return holder(column(first, *([Elided(below, "secondary")] if below else []), gap=3, margins=(17, 11, 17, 9)))

    def _excerpt(self, parts: QVBoxLayout, session: ImportSession, entry: LedgerEntry) -> None:
        column_ = self.question.column if self.question is not None else entry.column
        excerpt = session.excerpt(entry, column_)
        grid = CellGrid()
        grid.show_excerpt(excerpt)
        opener = Button("打开原文件", "link", act=self.file_asked.emit)
        opener.setVisible(session.path is not None)
        parts.addLayout(row(label("台账原样", "strong"), secondary(excerpt.place), None, opener, gap=12))
        parts.addWidget(grid)
        parts.addSpacing(4)

    def _ask(self, parts: QVBoxLayout, session: ImportSession, entry: LedgerEntry, question: Question) -> None:
        parts.addWidget(label("为什么要问", "strong"))
        parts.addWidget(wrapped(question.text))
        parts.addSpacing(4)
        parts.addWidget(label("您的决定", "strong"))
        chosen = session.choice(entry, question)
        own = chosen.removeprefix("text:") if chosen.startswith("text:") else ""
        self.answers = Answers(question, OWN if own else chosen, own)
        self.answers.changed.connect(self._tell_go)
        self.answers.entered.connect(self.decide)
        self.answers.typed.connect(lambda words: self.typed.emit(entry, question, words))
        parts.addWidget(self.answers)
        same, other = session.alike(entry, question)
        self.alike = QCheckBox(f"旁证同样相合的其余 {len(same):,} 行照此办理")
        self.alike_note = Elided(f"另 {other:,} 行旁证不一，仍逐行问" if other else "", "secondary")
        self.see_alike = Button(f"看这 {len(same):,} 行", "link", act=lambda: self.alike_asked.emit(entry, question))
        if same:
            parts.addSpacing(4)
            foot = row(self.alike, self.alike_note, self.see_alike, gap=8, margins=(7, 0, 0, 0))
            foot.setStretch(1, 1)
            parts.addLayout(foot)

    def _tell(self, parts: QVBoxLayout, session: ImportSession, entry: LedgerEntry, list_name: str) -> None:
        titles = {"refused": "为什么不能导入", "passed_over": "为什么跳过", "imported": "提醒"}
        texts = [p.text for p in entry.problems] or [n.text for n in entry.warnings] or ([entry.text] if entry.text else [])
        if texts:
            parts.addWidget(label(titles.get(list_name, "说明"), "strong"))
        for text in texts:
            parts.addWidget(wrapped(text))
        if list_name == "imported":
            parts.addSpacing(4)
            parts.addWidget(label("将写入", "strong"))
            parts.addWidget(FactLines(session.will_write(entry), 76))
        if list_name == "refused":
            parts.addWidget(wrapped("在原文件中改正后重新选择它；已导入的行不会重复。此行先留在「待决定的行」里，一格不丢。", "secondary"))

    def _foot(self, session: ImportSession, entry: LedgerEntry) -> QWidget:
        before = Button("上一行", act=lambda: self.step.emit(-1))
        if self.question is None:
            self.go = Button("下一行", act=lambda: self.step.emit(1))
            back = [Button("撤回决定", act=lambda: self.taken_back.emit(entry))] if session.decided(entry) else []
            return holder(row(*back, None, before, self.go, gap=8, margins=(17, 9, 17, 10)))
        again = bool(session.choice(entry, self.question))
        self.go = Button("改为此项，看下一行" if again else "决定，看下一行", "primary", act=self.decide)
        later = Button("撤回决定", act=lambda: self.taken_back.emit(entry)) if again else Button("暂不决定", act=lambda: self.step.emit(1))
        self.why_not = secondary("", "soon")
        return holder(row(self.go, hint("Enter"), self.why_not, None, before, later, gap=8, margins=(17, 9, 17, 10)))

    # deciding
    def _tell_go(self) -> None:
        if self.answers is None:
            return
        reason = self.answers.open_reason
        self.go.setEnabled(not reason)
        self.why_not.setText("" if reason == self.answers.verdict_fault else reason if self.answers.choice else "")
        proposed = self.answers.choice == self.answers.question.proposal
        self.alike.setEnabled(proposed)
        if not proposed:
            self.alike.setChecked(False)

    def judge(self, entry: LedgerEntry, question: Question, words: str, fault: str) -> None:
        """The check of one's own entry is done."""
        if self.answers is not None and self.entry is entry and self.question is question:
            self.answers.judge(words, fault)

    def decide(self) -> None:
        """Take the answer chosen as the decision."""
        answers = self.answers
        if answers is None or self.entry is None or self.question is None or answers.open_reason:
            return
        self.decided.emit(self.entry, self.question, answers.choice, answers.own.text().strip(), self.alike.isChecked())

    def take_focus(self) -> None:
        """The keyboard goes to the answers, or to the button below."""
        if self.answers is not None:
            self.answers.take_focus()
            if isinstance(self.middle, QScrollArea) and (answer := self.answers.focusWidget()) is not None:
                self.middle.ensureWidgetVisible(answer)
        else:
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(self.focusWidget(), QLineEdit):
            self.decide()
        else:
            super().keyPressEvent(event)


__all__ = ["OWN", "SKIP", "RowCard"]
