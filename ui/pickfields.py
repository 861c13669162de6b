"""Fields that pick from long lists: one found by typing a few characters of it, or several to tick with their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QVBoxLayout, QWidget

from execdesk.law.refusal import Refusal
from ui.fields import ChoiceField, FieldWidget
from ui.widgets import column, row, wrapped

SHOWN_AT_ONCE = 14


class FindField(ChoiceField):
    """One of many (value, words), found by any characters of its words."""

    def __init__(self, name: str, title: str, options: Sequence[tuple[Any, str]], **more: Any) -> None:
        super().__init__(name, title, options, **more)
        box = self.box
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setMaxVisibleItems(SHOWN_AT_ONCE)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.setCurrentIndex(-1)
        finder = QCompleter(box.model(), box)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setMaxVisibleItems(SHOWN_AT_ONCE)
        box.setCompleter(finder)
        line = box.lineEdit()
        assert line is not None
        line.setPlaceholderText("输入几个字查找，或按 ↓ 看全部")
        line.textChanged.connect(self._edited)
        line.returnPressed.connect(self._tidy)  # Enter reaches the line past its filter while the list is open
        line.installEventFilter(self)  # the keyboard is in the line, not in the box around it

    @property
    def _place(self) -> int:
        """Which of the list the words are; -1 for none."""
        return next((number for number, (_value, words) in enumerate(self._options) if words == self.text), -1)

    @property
    def text(self) -> str:
        return self.box.currentText().strip()

    def set_text(self, text: str) -> None:
        """Words or key of one of the list; anything else stands as typed and is wrong."""
        number = next((n for n, option in enumerate(self._options) if text in option), -1)
        self.box.setCurrentIndex(number)
        if number < 0:
            self.box.setEditText(text)

    @property
    def error(self) -> str:
        if self.text and self._place < 0:
            near = [words for _value, words in self._options if self.text in words]
            return f"{self.title}没有「{self.text}」，请从列表中选一项。" if not near else f"「{self.text}」有 {len(near)} 项，请从列表中选一项。"
        return super().error

    @property
    def value(self) -> Any:
        if self._place >= 0:
            return self._options[self._place][0]
        if self.text or self.required:
            raise Refusal(self.error or f"请选择{self.title}。", code="form.missing")
        return None

    def _moves_on(self, event: QKeyEvent) -> bool:
        moves = super()._moves_on(event)
        if moves:
            self._tidy()
        return moves

    def _tidy(self) -> None:
        """Words that fit only one are that one."""
        near = [words for _value, words in self._options if self.text and self.text in words]
        if self._place < 0 and len(near) == 1:
            self.set_text(near[0])


class TicksField(FieldWidget):
    """Several of a short list, each with its number and its words; ``text`` are the numbers."""

    def __init__(self, name: str, title: str, **more: Any) -> None:
        self.boxes: dict[str, QCheckBox] = {}
        self.words: dict[str, str] = {}
        self._wanted = ""
        super().__init__(name, title, **more)

    def _make_input(self) -> QWidget:
        made = QWidget()
        self._box: QVBoxLayout = column(gap=6)
        made.setLayout(self._box)
        return made

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these numbers with their words; what was ticked stays ticked."""
        wanted = self.text
        while (item := self._box.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.boxes, self.words = {}, dict(options)
        for number, words in options:
            box = QCheckBox(number)
            box.setAccessibleName(words)
            box.toggled.connect(self._edited)
            box.installEventFilter(self)
            self.boxes[number] = box
            line = QWidget()
            line.setLayout(row(box, wrapped(words), gap=4))
            line.layout().setStretch(1, 1)
            self._box.addWidget(line)
        self.input.setFocusProxy(next(iter(self.boxes.values()), None))
        self.set_text(wanted)

    @property
    def text(self) -> str:
        return "、".join(number for number, box in self.boxes.items() if box.isChecked()) if self.boxes else self._wanted

    def set_text(self, text: str) -> None:
        self._wanted = text
        chosen = text.replace(",", "、").replace("，", "、").split("、")
        for number, box in self.boxes.items():
            box.setChecked(number in chosen)
