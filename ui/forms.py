"""Forms: fields in reading order, Enter moves on, filling never saves, half-filled forms come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.fields import FieldWidget
from ui.widgets import Button, column, empty, label, row


class Form(QWidget):
    """Fields in reading order. ``changed`` on every edit; ``finished`` on Enter in the last one.

    ``values`` raises the first :class:`Refusal`; ``demand`` marks all that is wrong and goes to the first of it.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, fields: Sequence[FieldWidget] = ()) -> None:
        super().__init__()
        self.fields: dict[str, FieldWidget] = {}
        self._folds: list[tuple[Callable[[], None], tuple[FieldWidget, ...]]] = []
        self._box: QVBoxLayout = column(gap=10)
        self.setLayout(self._box)
        for field in fields:
            self.add(field)

    def add(self, field: FieldWidget, *beside: QWidget) -> FieldWidget:
        """Put a field below the last one, with other widgets beside it."""
        self._take_in(field)
        if beside:
            self._box.addLayout(row(field, *beside, gap=10))
        else:
            self._box.addWidget(field)
        return field

    def add_row(self, *fields: FieldWidget) -> None:
        """Put fields side by side."""
        for field in fields:
            self._take_in(field)
        line = row(*fields, gap=10)
        for number in range(len(fields)):
            line.setAlignment(fields[number], Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(line)

    def fold(self, words: str, *fields: FieldWidget) -> None:
        """Fields seldom needed, behind a line that shows them; one that is filled shows them all."""
        more = Button(words, "link", icon="plus")
        first = {field.name: field.text for field in fields}

        def show() -> None:
            more.hide()
            for field in fields:
                field.show()

        def filled() -> None:
            if any(field.text != first[field.name] for field in fields):
                show()

        more.clicked.connect(show)
        self._folds.append((show, fields))
        self._box.addLayout(row(more, None))
        for field in fields:
            self.add(field)
            field.hide()
            field.changed.connect(filled)

    def clear(self) -> None:
        """Take every field out again."""
        self.fields.clear()
        self._folds.clear()
        empty(self._box)

    def heading(self, text: str) -> None:
        """A heading between fields."""
        self._box.addWidget(label(text, "strong"))

    def _take_in(self, field: FieldWidget) -> None:
        self.fields[field.name] = field
        field.changed.connect(self.changed)
        field.moved_on.connect(lambda: self._move_on(field))

    def _move_on(self, field: FieldWidget) -> None:
        after = list(self.fields.values())
        after = [one for one in after[after.index(field) + 1:] if one.isVisibleTo(self) and one.isEnabled()]
        if after:
            after[0].input.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def __getitem__(self, name: str) -> FieldWidget:
        return self.fields[name]

    @property
    def missing(self) -> list[str]:
        """Titles of the fields that are empty or wrong."""
        return [field.title for field in self.fields.values() if field.error]

    def demand(self) -> bool:
        """Mark everything wrong, put the cursor into the first such field; whether all is right."""
        wrong = [field for field in self.fields.values() if not field.demand()]
        if wrong:
            _go_to(wrong[0])
        return not wrong

    def blame(self, name: str) -> bool:
        """Mark the field that a refusal is about and put the cursor into it; whether it is in the form."""
        for field in self.fields.values():
            if field.blamed:
                field.forget()
        found = self.unfold(name)
        if found is None:
            return False
        found.blame()
        _go_to(found)
        return True

    def unfold(self, name: str) -> FieldWidget | None:
        """The field of this name, shown if it was folded away."""
        found = self.fields.get(name)
        for show in [show for show, folded in self._folds if found in folded]:
            show()
        return found

    def values(self) -> dict[str, Any]:
        """Every field's value by name; raises the first :class:`Refusal`."""
        return {name: field.value for name, field in self.fields.items()}

    def fill(self, values: dict[str, Any]) -> None:
        """Show values in the fields they name."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)

    def draft(self) -> dict[str, str]:
        """What is typed, right or not: kept as a half-filled form, restored by :meth:`restore`."""
        return {name: field.text for name, field in self.fields.items()}

    def restart(self, draft: dict[str, str]) -> None:
        """Put the form back to how it began: nothing is said any more of what was left empty."""
        self.restore(draft)
        for field in self.fields.values():
            field.forget()

    def restore(self, draft: dict[str, str]) -> None:
        """Put a half-filled form back."""
        for name, text in draft.items():
            if name in self.fields:
                self.fields[name].set_text(text)


def _go_to(field: FieldWidget) -> None:
    """Put the cursor into a field, and the field into sight once what is said has taken its room."""
    field.input.setFocus(Qt.FocusReason.OtherFocusReason)
    above = field.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea):
        area = above
        QTimer.singleShot(0, field, lambda: area.ensureWidgetVisible(field))
