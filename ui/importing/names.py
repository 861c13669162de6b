"""对应名称: questions that one answer settles for many rows, as a step of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from execdesk.reads.imports import SharedQuestion
from ui.theme import px
from ui.widgets import Button, Card, CardHead, column, hint, label, line, row, scrolled, secondary, wrapped

UNDECIDED = "暂不决定"


class NamesStep(Card):
    """One line for each shared question with its options; a proposal is said, never chosen beforehand. ``done(answers)``."""

    done = Signal(object)  # answers by (code, name)

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self.choices: dict[tuple[str, str], QComboBox] = {}
        self._questions: tuple[SharedQuestion, ...] = ()
        self._head = CardHead("对应名称", "一次回答，各行照办；不答的，逐行再问")
        self.take_all = Button("按建议填好", act=self._propose)
        self.go = Button("按此核对", "primary", act=self.finish)
        self.count = secondary("")
        self.box.addWidget(self._head)
        self._grid_place = column(gap=0)
        self.box.addLayout(self._grid_place, 1)
        self.box.addWidget(line())
        self.box.addLayout(row(self.go, hint("Enter"), self.take_all, None, self.count, gap=8, margins=(16, 10, 14, 12)))

    def show_questions(self, questions: Sequence[SharedQuestion], answers: dict[tuple[str, str], str]) -> None:
        """Show the questions with the answers given so far."""
        self._questions = tuple(questions)
        self.choices = {}
        while (item := self._grid_place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        body, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(px(16), px(10), px(14), px(10))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        for number, question in enumerate(self._questions):
            self._line(grid, number, question, answers.get((question.code, question.name), ""))
        grid.setRowStretch(len(self._questions), 1)
        body.setLayout(grid)
        self._grid_place.addWidget(scrolled(body))
        self._tell()

    def _line(self, grid: QGridLayout, number: int, question: SharedQuestion, answer: str) -> None:
        box = QComboBox()  # a question to each name in turn: the list is the page
        box.setAccessibleName(question.name)
        box.addItem(UNDECIDED, "")
        for option in question.options:
            box.addItem(("建议：" if option.key == question.proposal else "") + option.label, option.key)
        box.setCurrentIndex(max(0, box.findData(answer)))
        box.setMinimumWidth(px(260))
        box.currentIndexChanged.connect(lambda _n: self._tell())
        self.choices[question.code, question.name] = box
        grid.addWidget(label(f"「{question.name}」", "strong"), number, 0)
        grid.addWidget(wrapped(question.text, "secondary"), number, 1)
        grid.addWidget(secondary(f"{question.rows} 行"), number, 2)
        grid.addWidget(box, number, 3)

    @property
    def answers(self) -> dict[tuple[str, str], str]:
        """Answers by question; empty where undecided."""
        return {key: str(box.currentData() or "") for key, box in self.choices.items()}

    def _propose(self) -> None:
        for question in self._questions:
            box = self.choices[question.code, question.name]
            if question.proposal and not box.currentData():
                box.setCurrentIndex(box.findData(question.proposal))

    def _tell(self) -> None:
        given = sum(bool(answer) for answer in self.answers.values())
        self.count.setText(f"已答 {given}，共 {len(self._questions)} 项")
        self.take_all.setVisible(any(q.proposal for q in self._questions))

    def take_focus(self) -> None:
        """The keyboard goes to the first question."""
        if self.choices:
            next(iter(self.choices.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Go on with the answers as they stand."""
        self.done.emit(self.answers)
