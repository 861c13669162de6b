"""Form fields with live checks: the error sentence stands under the field and says what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from execdesk.law.numerals import normalise, parse_amount, parse_day
from execdesk.law.refusal import Refusal
from ui.theme import px
from ui.widgets import column, restyle, secondary, wrapped

Check = Callable[[str], Any]
"""Reads what was typed; returns the value, raises :class:`Refusal` with what is wrong and what to do."""

def read_whole(text: str) -> int:
    """A whole number."""
    plain = normalise(text).replace(",", "")
    if not re.fullmatch(r"-?\d+", plain):
        raise Refusal("请填整数。", code="form.number")
    return int(plain)


def money(fen: int) -> str:
    """Fen as ``12,345.60``."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}{fen // 100:,}.{fen % 100:02d}"


def as_text(value: Any) -> str:
    """A value as it stands in a field."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


class FieldWidget(QWidget):
    """A field: name above, input, sentence below. ``changed`` on every edit that alters the value or its error.

    An empty required field is 「missing」 (amber, only said after it was left once or by :meth:`demand`), never red.
    """

    changed = Signal()
    moved_on = Signal()
    _told_when_left = True  # that it was left empty

    def __init__(self, name: str, title: str, *, check: Check | None = None, required: bool = False, help_text: str = "", shown: Callable[[Any], str] = as_text) -> None:
        super().__init__()
        self.name, self.title = name, title
        self.required = required
        self._check, self._shown, self._help = check, shown, help_text
        self._touched = self.blamed = False
        self.title_label = secondary(title)
        self.sentence = wrapped(help_text, "hint")
        self.sentence.setVisible(bool(help_text))
        self.input = self._make_input()
        self.input.setAccessibleName(title)
        self.title_label.setBuddy(self.input)
        self.input.installEventFilter(self)
        box = column(self.title_label, self.input, self.sentence, gap=3)
        self.setLayout(box)
        self.setFocusProxy(self.input)

    # what kinds of field differ in
    def _make_input(self) -> QWidget:
        made = QLineEdit()
        made.textChanged.connect(self._edited)
        return made

    @property
    def text(self) -> str:
        """What is typed or chosen, as it stands."""
        assert isinstance(self.input, QLineEdit)
        return self.input.text().strip()

    def set_text(self, text: str) -> None:
        """Put words into the field as if typed."""
        assert isinstance(self.input, QLineEdit)
        self.input.setText(text)
        if not self.input.hasFocus():
            self.input.setCursorPosition(0)  # long words show their beginning

    # the value
    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.set_text(self._shown(value))

    @property
    def error(self) -> str:
        """What is wrong now; empty where nothing is."""
        if not self.text:
            return self.wanting if self.required else ""
        if self._check is None:
            return ""
        try:
            self._check(self.text)
        except Refusal as refusal:
            return refusal.text
        return ""

    @property
    def wanting(self) -> str:
        """The sentence where it is empty and must not be."""
        return f"请填写{self.title}。"

    @property
    def value(self) -> Any:
        """The value, ``None`` where the field is empty; raises :class:`Refusal` where it is wrong or missing."""
        if not self.text:
            if self.required:
                raise Refusal(self.wanting, code="form.missing")
            return None
        return self._check(self.text) if self._check else self.text

    def demand(self) -> bool:
        """Say what is wrong even if the field was never touched; whether it is right."""
        self._touched = True
        self._tell()
        return not self.error

    def explain(self, help_text: str) -> None:
        """Say something else below the field where nothing is wrong with it."""
        self._help = help_text
        self._tell()

    def blame(self) -> None:
        """Mark the field that a refusal is about, until something else is written into it; its sentence stands where the refusal is shown."""
        self.blamed = True
        self._tell()

    def forget(self) -> None:
        """As if it had never been touched."""
        self._touched = self.blamed = False
        self._tell()

    def _edited(self) -> None:
        self.blamed = False
        self._tell()
        self.changed.emit()

    @property
    def own_error(self) -> str:
        """What is wrong with the field itself, beside what its parts say."""
        return self.error

    def _tell(self) -> None:
        error = self.own_error
        missing = not self.text
        shown = error if self._touched or (error and not missing and not self.input.hasFocus()) else ""
        state = ("missing" if missing else "wrong") if shown or self.blamed else ""
        restyle(self.input, state=state)
        restyle(self.sentence, tone="soon" if shown else "")
        self.sentence.setText(shown or self._help)
        self.sentence.setVisible(bool(shown or self._help))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
                self._touched = self._touched or bool(self.text) or (self.required and self._told_when_left)
                self._tidy()
                self._tell()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._moves_on(event):
            self.moved_on.emit()
            return True
        return super().eventFilter(watched, event)

    def _moves_on(self, event: QKeyEvent) -> bool:
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()

    def _tidy(self) -> None:
        """Show the value in its plain form once the field is left."""
        if self._check is not None and self.text and not self.error:
            plain = self._shown(self._check(self.text))
            if plain and plain != self.text:
                self.set_text(plain)


class TextField(FieldWidget):
    """One line of words; ``check`` may be any reader, e.g. of identity numbers or case numbers."""


class DateField(FieldWidget):
    """A day, typed in any usual form (2017.8.1, 20170801, 2017年8月1日), shown as ``2017-08-01``."""

    def __init__(self, name: str, title: str, *, check: Check = parse_day, **more: Any) -> None:
        super().__init__(name, title, check=check, **more)
        self.line.setPlaceholderText("年-月-日")
        self.line.setMaximumWidth(px(160))

    @property
    def line(self) -> QLineEdit:
        assert isinstance(self.input, QLineEdit)
        return self.input


class AmountField(FieldWidget):
    """An amount; the value is whole fen, shown as ``12,345.60`` at the right edge."""

    def __init__(self, name: str, title: str, *, check: Check = parse_amount, **more: Any) -> None:
        super().__init__(name, f"{title}（元）" if "元" not in title else title, check=check, shown=_money_or_nothing, **more)
        assert isinstance(self.input, QLineEdit)
        self.input.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.input.setMaximumWidth(px(200))


class SumField(AmountField):
    """An amount in a currency that stands in another field: 元 is not said of it."""

    def __init__(self, name: str, title: str, **more: Any) -> None:
        super().__init__(name, title, **more)
        self.title = title
        self.title_label.setText(title)
        self.input.setAccessibleName(title)


class NumberField(FieldWidget):
    """A whole number."""

    def __init__(self, name: str, title: str, *, check: Check = read_whole, **more: Any) -> None:
        super().__init__(name, title, check=check, **more)
        self.input.setMaximumWidth(px(120))


class ChoiceField(FieldWidget):
    """One of a closed list of (value, words)."""

    def __init__(self, name: str, title: str, options: Sequence[tuple[Any, str]], **more: Any) -> None:
        self._options = list(options)
        super().__init__(name, title, **more)

    def _make_input(self) -> QWidget:
        made = QComboBox()
        for value, words in self._options:
            made.addItem(words, value)
        made.currentIndexChanged.connect(self._edited)
        return made

    @property
    def box(self) -> QComboBox:
        assert isinstance(self.input, QComboBox)
        return self.input

    def offer(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer another list; what was chosen stays chosen where it is in it."""
        if list(options) == self._options:
            return
        chosen = self._options[self.box.currentIndex()][0] if self.box.currentIndex() >= 0 else None
        self._options = list(options)
        self.box.clear()
        for value, words in self._options:
            self.box.addItem(words, value)
        self.set_value(chosen)

    @property
    def text(self) -> str:
        return self.box.currentText()

    def set_text(self, text: str) -> None:
        """The words or the key of one of the list."""
        self.box.setCurrentIndex(next((n for n, (value, words) in enumerate(self._options) if text in (words, str(value))), -1))

    def set_value(self, value: Any) -> None:
        self.box.setCurrentIndex(next((n for n, option in enumerate(self._options) if option[0] == value), -1))

    @property
    def value(self) -> Any:
        number = self.box.currentIndex()
        if number < 0 and self.required:
            raise Refusal(f"请选择{self.title}。", code="form.missing")
        return self._options[number][0] if number >= 0 else None


class AreaField(FieldWidget):
    """Several lines of words; Ctrl+Enter moves on."""

    def __init__(self, name: str, title: str, *, lines: int = 2, **more: Any) -> None:
        super().__init__(name, title, **more)
        self.input.setFixedHeight(self.input.fontMetrics().lineSpacing() * lines + px(14))

    def _make_input(self) -> QWidget:
        made = QPlainTextEdit()
        made.setTabChangesFocus(True)
        made.textChanged.connect(self._edited)
        return made

    @property
    def text(self) -> str:
        assert isinstance(self.input, QPlainTextEdit)
        return self.input.toPlainText().strip()

    def set_text(self, text: str) -> None:
        assert isinstance(self.input, QPlainTextEdit)
        self.input.setPlainText(text)

    def _moves_on(self, event: QKeyEvent) -> bool:
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def _money_or_nothing(value: Any) -> str:
    return money(value) if isinstance(value, int) else ""
