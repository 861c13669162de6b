"""Dialogs of the approval tab: naming a panel, and entering its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from execdesk.reads.requestpage import PanelView
from ui.dialogs import Dialog
from ui.notices import Notices
from ui.widgets import Button, Card, column, holder, label, row, scrolled, secondary, wrapped


class PanelDialog(Dialog):
    """局长 names an odd number of three or more, the presiding judge first. ``named(list of row ids)``."""

    named = Signal(object)

    def __init__(self, people: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("指定合议庭", parent, "screen:panel")
        self.boxes: dict[str, QCheckBox] = {}
        self.presiding: dict[str, QRadioButton] = {}
        self.says = Notices()
        group = QButtonGroup(self)
        lines = column(gap=4)
        for person, words in people:
            box, radio = QCheckBox(words), QRadioButton("审判长")
            radio.setEnabled(False)
            box.toggled.connect(radio.setEnabled)
            box.toggled.connect(lambda _on: self._tell())
            radio.toggled.connect(lambda _on: self._tell())
            group.addButton(radio)
            self.boxes[person], self.presiding[person] = box, radio
            line_row = row(box, None, radio, gap=10)
            lines.addLayout(line_row)
        lines.addStretch(1)
        self.count = secondary("")
        self.go = Button("指定合议庭", "primary", act=self._name)
        card = Card(
            label("指定合议庭", "page-title"), wrapped("合议庭由三名以上的单数成员组成，从中选定一名审判长（方案第5条）。", "secondary"),
            scrolled(holder(lines), stops=False), self.says, row(self.go, self.count, None, Button("不指定", act=self.close), gap=8), gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(460, 420)
        self._tell()

    @property
    def members(self) -> list[str]:
        """The chosen, presiding first."""
        chosen = [person for person, box in self.boxes.items() if box.isChecked()]
        return sorted(chosen, key=lambda person: not self.presiding[person].isChecked())

    def _tell(self) -> None:
        chosen = self.members
        fit = len(chosen) >= 3 and len(chosen) % 2 == 1
        chief = any(self.presiding[person].isChecked() for person in chosen)
        self.go.setEnabled(fit and chief)
        lacking = "" if fit and chief else "还须选定审判长" if fit else "须为三名以上的单数"
        self.count.setText(f"已选 {len(chosen)} 人" + (f"，{lacking}" if lacking else ""))

    def _name(self) -> None:
        self.named.emit(self.members)


class MinutesDialog(Dialog):
    """Each member's vote and opinion, and the outcome. ``entered(minutes, outcome)``."""

    entered = Signal(object, str)

    def __init__(self, panel: PanelView, parent: QWidget | None = None) -> None:
        super().__init__("录入评议笔录", parent, "screen:panel")
        self.agree: dict[str, QRadioButton] = {}
        self.dissent: dict[str, QRadioButton] = {}
        self.opinions: dict[str, QLineEdit] = {}
        self.says = Notices()
        lines = column(gap=8)
        for number, (person, name) in enumerate(panel.members):
            lines.addLayout(self._member(person, f"{name}（审判长）" if number == 0 else name))
        lines.addStretch(1)
        self.outcome = QLineEdit()
        self.outcome.setPlaceholderText("评议结果，如：同意拍卖，起拍价按评估价的百分之七十")
        self.outcome.setAccessibleName("评议结果")
        self.go = Button("录入评议笔录", "primary", act=self._enter)
        card = Card(
            label("评议笔录", "page-title"), wrapped("按多数意见；少数意见也记入笔录（方案第5条）。", "secondary"), scrolled(holder(lines), stops=False), label("评议结果", "strong"),
            self.outcome, self.says, row(self.go, None, Button("不录入", act=self.close), gap=8), gap=10, margins=(18, 14, 18, 14),
        )
        card.box.setStretch(2, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(560, 440)

    def _member(self, person: str, name: str) -> QVBoxLayout:
        agree, dissent, opinion = QRadioButton("同意"), QRadioButton("不同意"), QLineEdit()
        opinion.setPlaceholderText("意见")
        opinion.setAccessibleName(f"{name}的意见")
        group = QButtonGroup(self)
        group.addButton(agree)
        group.addButton(dissent)
        self.agree[person], self.dissent[person], self.opinions[person] = agree, dissent, opinion
        return column(row(label(name, "strong"), None, agree, dissent, gap=10), opinion, gap=4)

    def _enter(self) -> None:
        minutes: dict[str, Any] = {}
        for person in self.agree:
            if self.agree[person].isChecked() or self.dissent[person].isChecked():
                minutes[person] = {"vote": "agree" if self.agree[person].isChecked() else "dissent", "opinion": self.opinions[person].text().strip()}
        self.entered.emit(minutes, self.outcome.text().strip())
