"""A form field of several entries, each with the same few parts: part payments, creditors, parties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from execdesk.law.refusal import Refusal
from ui.fields import ChoiceField, FieldWidget
from ui.widgets import Button, column, holder, row

MakeFields = Callable[[], Sequence[FieldWidget]]


def _side_by_side(fields: Sequence[FieldWidget], *after: QWidget) -> QHBoxLayout:
    box = row(*fields, *after, gap=6)
    for widget in after:
        box.setAlignment(widget, Qt.AlignmentFlag.AlignBottom)
    for number, field in enumerate(fields):
        box.setStretch(number, 2 if isinstance(field, ChoiceField) else 1)  # words need more room than days and figures
        box.setAlignment(field, Qt.AlignmentFlag.AlignTop)  # a word below one of them must not push the others out of line
    return box


class _Line(QWidget):
    """The parts of an entry, ``across`` of them on a line; the last ``rare`` ones stand below and are shown on asking."""

    def __init__(self, fields: Sequence[FieldWidget], remove: Callable[[_Line], object], first: bool, across: int, rare: int) -> None:
        super().__init__()
        self.fields = list(fields)
        main, seldom = self.fields[:len(fields) - rare], self.fields[len(fields) - rare:]
        self._headed = main if len(main) <= across else []  # their titles stand once, above the first entry
        self.drop = Button(kind="bare-icon", icon="cross", tip="去掉这一项", act=lambda: remove(self))
        rows = [_side_by_side(main[:across], self.drop), *(_side_by_side(main[at:at + across]) for at in range(across, len(main), across))]
        self.seldom = holder(column(*(_side_by_side(seldom[at:at + across]) for at in range(0, rare, across)), gap=4))
        self.setLayout(column(*rows, self.seldom, gap=4, margins=(0, 0, 0, 8 if len(rows) > 1 else 0)))
        self.head(first)
        self._seldom, self._first = seldom, {field.name: field.text for field in self.fields}
        self.seldom.hide()

    def head(self, first: bool) -> None:
        """Show the titles where it is the first entry."""
        for field in self._headed:
            field.title_label.setVisible(first)

    @property
    def fills_seldom(self) -> bool:
        """Whether a part seldom needed says something."""
        return any(field.text != self._first[field.name] for field in self._seldom)

    @property
    def blank(self) -> bool:
        """Whether it stands as it began."""
        return all(field.text == self._first[field.name] for field in self.fields)


class RowsField(FieldWidget):
    """Entries of fields made by ``make``; blank ones count for nothing.

    ``value`` is a tuple of dicts by field name; ``text`` one line of words each, its parts joined by ``joiner`` (parts
    left empty at the end fall away), which is also what :meth:`set_text` reads. The last ``rare`` parts are shown on asking.
    """

    def __init__(self, name: str, title: str, make: MakeFields, *, joiner: str = ":", across: int = 99, rare: int = 0, **more: Any) -> None:
        self._make, self._joiner, self._across, self._rare = make, joiner, across, rare
        self.row_lines: list[_Line] = []
        self._asked = False
        super().__init__(name, title, **more)

    def _make_input(self) -> QWidget:
        made = QWidget()
        self._box: QVBoxLayout = column(gap=4)
        self._add = Button("加一行", "link", icon="plus", tip="空格加一行，回车往下", act=self.add_line)
        self._add.installEventFilter(self)
        self.more = Button(f"更多栏目（{self._rare}）", "link", act=self.show_rare)
        made.setLayout(column(self._box, row(self._add, self.more, None), gap=4))
        made.setFocusProxy(self._add)
        self.more.hide()
        return made

    def show_rare(self) -> None:
        """Show the parts that are seldom needed."""
        self._asked = True
        self._offer_rare()

    def _offer_rare(self) -> None:
        shown = self._asked = self._asked or any(one.fills_seldom for one in self.row_lines)
        self.more.setVisible(bool(self._rare and self.row_lines and not shown))
        for one in self.row_lines:
            one.seldom.setVisible(bool(self._rare and shown))

    def add_line(self, parts: Sequence[str] = ()) -> None:
        """Add an entry, filled or blank, and put the cursor into a blank one."""
        made = _Line(self._make(), self._remove, not self.row_lines, self._across, self._rare)
        self.row_lines.append(made)
        self._box.addWidget(made)
        for field, part in zip(made.fields, parts, strict=False):
            if part:  # an empty part stands as it begins
                field.set_text(part)
        for field in made.fields:
            field.changed.connect(self._edited)
            field.moved_on.connect(partial(self._line_moves_on, made, field))
        if not parts:
            made.fields[0].input.setFocus()
        self._edited()

    def _edited(self) -> None:
        self.blamed = False
        self._offer_rare()
        wanted = next((field for one in self.row_lines for field in one.fields if field.error), None)
        self.input.setFocusProxy(self._add if wanted is None else wanted.input)
        super()._edited()

    def _line_moves_on(self, at: _Line, field: FieldWidget) -> None:
        """Enter: the next part, then the next entry, a new one at the end; an empty entry at the end is the end."""
        after = [one for one in at.fields[at.fields.index(field) + 1:] if one.isVisibleTo(at)]
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
            self.row_lines[0].head(True)
        self._edited()

    @property
    def lines(self) -> int:
        """How many entries there are, blank ones too."""
        return len(self.row_lines)

    @property
    def typed(self) -> list[dict[str, str]]:
        """What stands in each entry that is not blank, by field, right or wrong."""
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
    def _wrong(self) -> FieldWidget | None:
        """The first part that is wrong in an entry that says something."""
        return next((field for one in self.row_lines if not one.blank for field in one.fields if field.error), None)

    @property
    def error(self) -> str:
        wrong = self._wrong
        return wrong.error if wrong is not None else super().error

    @property
    def own_error(self) -> str:
        return "" if self._wrong is not None else self.error

    def demand(self) -> bool:
        for one in self.row_lines:
            for field in () if one.blank else one.fields:
                field.demand()
        return super().demand()

    @property
    def value(self) -> Any:
        found = tuple({field.name: field.value for field in one.fields} for one in self.row_lines if not one.blank)
        if self.required and not found:
            raise Refusal(f"请填写{self.title}。", code="form.missing")
        return found


class ItemsField(RowsField):
    """One text of several items, each in an entry of its own; 「；」 stands between them where it comes on one line."""

    def set_value(self, value: Any) -> None:
        self.set_text(str(value or "").replace("；", "\n"))

    @property
    def value(self) -> str:
        """The text, an item a line."""
        if not self.text and self.required:
            raise Refusal(f"请填写{self.title}。", code="form.missing")
        return self.text
