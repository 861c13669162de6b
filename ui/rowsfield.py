"""A form field of several lines, each with the same few parts: part payments, creditors, rates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from execdesk.law.refusal import Refusal
from ui.fields import Field
from ui.widgets import Button, column, row

MakeFields = Callable[[], Sequence[Field]]


class _Line(QWidget):
    def __init__(self, fields: Sequence[Field], remove: Callable[[_Line], object], first: bool) -> None:
        super().__init__()
        self.fields = list(fields)
        for field in self.fields:
            field.title_label.setVisible(first)
        self.drop = Button(kind="bare-icon", icon="cross", tip="去掉这一行", act=lambda: remove(self))
        box = row(*self.fields, self.drop, gap=6)
        for number in range(len(self.fields)):
            box.setStretch(number, 1)
        for field in self.fields:  # a word below one of them must not push the others out of line
            box.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.setLayout(box)

    @property
    def blank(self) -> bool:
        return not any(field.text for field in self.fields if not hasattr(field, "box"))


class RowsField(Field):
    """Lines of fields made by ``make``; blank lines count for nothing.

    ``value`` is a tuple of dicts by field name; ``text`` one line of words each, its parts joined by ``joiner`` (parts
    left empty at the end fall away), which is also what :meth:`set_text` reads.
    """

    def __init__(self, name: str, title: str, make: MakeFields, *, joiner: str = ":", **more: Any) -> None:
        self._make, self._joiner = make, joiner
        self.row_lines: list[_Line] = []
        super().__init__(name, title, **more)

    def _make_input(self) -> QWidget:
        holder = QWidget()
        self._box: QVBoxLayout = column(gap=4)
        self._add = Button("加一行", "link", icon="plus", tip="空格加一行，回车往下", act=self.add_line)
        self._add.installEventFilter(self)
        holder.setLayout(column(self._box, row(self._add, None), gap=4))
        holder.setFocusProxy(self._add)
        return holder

    def add_line(self, parts: Sequence[str] = ()) -> None:
        """Add a line, filled or blank, and put the cursor into a blank one."""
        made = _Line(self._make(), self._remove, not self.row_lines)
        self.row_lines.append(made)
        self._box.addWidget(made)
        for field, part in zip(made.fields, parts, strict=False):
            field.set_text(part)
        for field in made.fields:
            field.changed.connect(self._edited)
            field.moved_on.connect(partial(self._line_moves_on, made, field))
        if not parts:
            made.fields[0].input.setFocus()
        self._edited()

    def _line_moves_on(self, at: _Line, field: Field) -> None:
        """Enter: the next part, then the next line, a new one at the end; an empty line at the end is the end."""
        after = at.fields[at.fields.index(field) + 1:]
        last = at is self.row_lines[-1]
        if at.blank and last:
            if len(self.row_lines) > 1 or not self.required:
                self._remove(at)
            self.moved_on.emit()
        elif after:
            after[0].input.setFocus(Qt.FocusReason.TabFocusReason)
        elif last:
            self.add_line()
        else:
            self.row_lines[self.row_lines.index(at) + 1].fields[0].input.setFocus(Qt.FocusReason.TabFocusReason)

    def _remove(self, gone: _Line) -> None:
        self.row_lines.remove(gone)
        self._box.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        if self.row_lines:
            for field in self.row_lines[0].fields:
                field.title_label.show()
        self._edited()

    @property
    def lines(self) -> int:
        """How many lines there are, blank ones too."""
        return len(self.row_lines)

    @property
    def typed(self) -> list[dict[str, str]]:
        """What stands in each line that is not blank, by field, right or wrong."""
        return [{field.name: field.text for field in one.fields} for one in self.row_lines if not one.blank]

    @property
    def text(self) -> str:
        return "\n".join(self._joiner.join(field.text for field in one.fields) for one in self.row_lines if not one.blank)

    def set_text(self, text: str) -> None:
        for one in list(self.row_lines):
            self._remove(one)
        for words in text.splitlines():
            self.add_line(words.split(self._joiner) if self._joiner else [words])

    def set_value(self, value: Any) -> None:
        self.set_text("" if value is None else str(value))

    @property
    def error(self) -> str:
        for one in self.row_lines:
            for field in () if one.blank else one.fields:
                if field.error:
                    return field.error
        return super().error

    @property
    def value(self) -> Any:
        found = tuple({field.name: field.value for field in one.fields} for one in self.row_lines if not one.blank)
        if self.required and not found:
            raise Refusal(f"请填写{self.title}。", code="form.missing")
        return found
