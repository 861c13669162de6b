"""Fields that pick from long lists: one found by typing a few characters of it, or several to tick with their words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QCompleter, QVBoxLayout, QWidget

from execdesk.law.refusal import Refusal
from ui.fields import ChoiceField, FieldWidget
from ui.widgets import Button, column, holder, row, wrapped

SHOWN_AT_ONCE = 14


MEANT = Qt.ItemDataRole.UserRole + 1  # the words of an entry, and what was typed where it is meant by that


class _Finder(QCompleter):
    """Looks in what entries are called, and shows their own words. Its rows are those of the box, in a model of its own: a change
    in the box's model would write over what is typed."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box)
        self.entries = QStandardItemModel(self)
        self.setModel(self.entries)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(SHOWN_AT_ONCE)
        self.setCompletionRole(MEANT)

    def know(self, entries: Sequence[tuple[str, str]]) -> None:
        """Look in these: what is shown of each, and what it is called."""
        if self.entries.rowCount() != len(entries):
            self.entries.clear()
            self.entries.appendColumn([QStandardItem() for _ in entries])
        for number, (words, called) in enumerate(entries):
            entry = self.entries.item(number)
            entry.setText(words)
            entry.setData(called, MEANT)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class FindField(ChoiceField):
    """One of many (value, words), found by any characters of its words, or by words that ``finds`` knows to mean it."""

    def __init__(
        self, name: str, title: str, options: Sequence[tuple[Any, str]], *, finds: Callable[[str], Sequence[Any]] | None = None, **more: Any
    ) -> None:
        self._finds = finds
        super().__init__(name, title, options, **more)
        box = self.box
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setMaxVisibleItems(SHOWN_AT_ONCE)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.setCurrentIndex(-1)
        self._finder = _Finder(box)
        box.setCompleter(self._finder)
        line = box.lineEdit()
        assert line is not None
        line.setPlaceholderText("输入几个字查找，或按 ↓ 看全部")
        line.textEdited.connect(self._mark)  # before the list of what fits is made
        line.textChanged.connect(self._edited)
        line.editingFinished.connect(self._tidy)
        line.installEventFilter(self)  # the keyboard is in the line, not in the box around it
        self._mark("")

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        super().offer(options)
        self._mark(self.text)

    def _mark(self, typed: str) -> None:
        """Let the completer know under which entries what is typed is to be found."""
        meant = self._meant(typed.strip())
        self._finder.know([(words, f"{words}\n{typed}" if value in meant else words) for value, words in self._options])

    def _meant(self, text: str) -> Sequence[Any]:
        return self._finds(text) if self._finds and text else ()

    @property
    def _near(self) -> list[str]:
        """The words of all that what is typed can mean."""
        meant = self._meant(self.text)
        return [words for value, words in self._options if self.text and (self.text in words or value in meant)]

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
        line = self.box.lineEdit()
        if line is not None and not line.hasFocus():
            line.setCursorPosition(0)  # of long words the beginning is to be seen

    @property
    def error(self) -> str:
        if self.text and self._place < 0:
            near = len(self._near)
            return f"「{self.text}」有 {near} 项，请从列表中选一项。" if near else f"{self.title}没有「{self.text}」，请从列表中选一项。"
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
        """What means one, or fits only one, is that one."""
        if self._place < 0:
            meant = [words for value, words in self._options if value in self._meant(self.text)]
            near = meant if len(meant) == 1 else self._near
            if len(near) == 1:
                self.set_text(near[0])


class ButtonsField(FieldWidget):
    """One of a few (value, words) as buttons side by side: a click, or its number on the keyboard, which also moves on."""

    def __init__(self, name: str, title: str, options: Sequence[tuple[Any, str]], **more: Any) -> None:
        self._options = list(options)
        self.buttons: dict[Any, Button] = {}
        super().__init__(name, title, **more)

    def _make_input(self) -> QWidget:
        group = QButtonGroup(self)
        for number, (value, words) in enumerate(self._options, start=1):
            made = Button(words, "choice", tip=f"按 {number}")
            made.setAccessibleName(f"{self.title}：{words}")
            made.setCheckable(True)
            made.toggled.connect(self._edited)
            made.installEventFilter(self)
            group.addButton(made)
            self.buttons[value] = made
        self._group = group
        side_by_side = holder(row(*self.buttons.values(), None, gap=4))
        side_by_side.setFocusProxy(next(iter(self.buttons.values())))
        return side_by_side

    @property
    def text(self) -> str:
        return next((words for value, words in self._options if self.buttons[value].isChecked()), "")

    def set_text(self, text: str) -> None:
        """The words or the key of one of them; anything else chooses none."""
        self.set_value(next((value for value, words in self._options if text in (words, str(value))), None))

    def set_value(self, value: Any) -> None:
        self._group.setExclusive(False)  # or what is chosen could not be taken back
        for one, button in self.buttons.items():
            button.setChecked(one == value)
        self._group.setExclusive(True)

    @property
    def value(self) -> Any:
        found = [value for value, button in self.buttons.items() if button.isChecked()]
        if not found and self.required:
            raise Refusal(f"请选择{self.title}。", code="form.missing")
        return found[0] if found else None

    def _moves_on(self, event: QKeyEvent) -> bool:
        number = int(event.text()) if event.text() in [str(one) for one in range(1, len(self._options) + 1)] else 0
        if number:
            self.set_value(self._options[number - 1][0])
        return bool(number) or super()._moves_on(event)


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
            beside = row(box, wrapped(words), gap=4)
            beside.setStretch(1, 1)
            line.setLayout(beside)
            self._box.addWidget(line)
        if self.boxes:
            self.input.setFocusProxy(next(iter(self.boxes.values())))
        self.set_text(wanted)

    @property
    def text(self) -> str:
        return "、".join(number for number, box in self.boxes.items() if box.isChecked()) if self.boxes else self._wanted

    def set_text(self, text: str) -> None:
        self._wanted = text
        chosen = text.replace(",", "、").replace("，", "、").split("、")
        for number, box in self.boxes.items():
            box.setChecked(number in chosen)
