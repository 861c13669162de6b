"""The one builder of forms: declared fields as widgets, prefilled, checked while one types, their values as the action takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from execdesk.law.fields import Field as Declared
from execdesk.law.kinds import KINDS
from execdesk.law.shapes import shape_with
from execdesk.reads import FormField
from ui.fields import (
    AmountField,
    AreaField,
    Check,
    ChoiceField,
    DateField,
    FieldWidget,
    NumberField,
    SumField,
    TextField,
)
from ui.forms import Form
from ui.pickfields import ButtonsField, FindField, TicksField
from ui.rowsfield import ItemsField, RowsField
from ui.theme import px
from ui.widgets import Button, secondary

JOINER = "\x1f"
WIDE = 16  # characters
ACROSS = 3  # parts of an entry side by side in a narrow card
FEW = 8  # characters of all that may be chosen together: in an entry of a group they stand as buttons
SHORT_LIST = 30  # of a longer one a person finds his by typing
FILES = "文件 (*.pdf *.jpg *.jpeg *.png *.xlsx *.xls *.csv);;所有文件 (*)"


Layout = Sequence[tuple[str, Sequence[Sequence[str]]]]
"""Headings, each with lines of field names; what is in none follows as it is declared."""


class FlagField(FieldWidget):
    """Yes or no."""

    def _make_input(self) -> QWidget:
        made = QCheckBox(self.title)
        made.toggled.connect(self._edited)
        self.title_label.hide()
        return made

    @property
    def text(self) -> str:
        assert isinstance(self.input, QCheckBox)
        return "是" if self.input.isChecked() else "否"

    def set_text(self, text: str) -> None:
        assert isinstance(self.input, QCheckBox)
        self.input.setChecked(text == "是")

    def set_value(self, value: Any) -> None:
        self.set_text("是" if value else "否")

    @property
    def value(self) -> bool:
        return self.text == "是"


class ManyField(FieldWidget):
    """Any of a closed list, as boxes to tick; ``beside`` so many on a line."""

    def __init__(self, name: str, title: str, options: Sequence[tuple[Any, str]], *, beside: int = 3, **more: Any) -> None:
        self._options, self._beside = list(options), beside
        self.boxes: dict[Any, QCheckBox] = {}
        super().__init__(name, title, **more)

    def _make_input(self) -> QWidget:
        holder = QWidget()
        lines = QGridLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setHorizontalSpacing(px(14))
        lines.setVerticalSpacing(0)
        lines.setColumnStretch(self._beside, 1)
        for number, (key, words) in enumerate(self._options):
            box = self.boxes[key] = QCheckBox(words)
            box.toggled.connect(self._edited)
            lines.addWidget(box, number // self._beside, number % self._beside)
        if self.boxes:
            holder.setFocusProxy(next(iter(self.boxes.values())))
        return holder

    @property
    def text(self) -> str:
        return "、".join(box.text() for box in self.boxes.values() if box.isChecked())

    def set_text(self, text: str) -> None:
        chosen = text.split("、")
        for box in self.boxes.values():
            box.setChecked(box.text() in chosen)

    def set_value(self, value: Any) -> None:
        for key, box in self.boxes.items():
            box.setChecked(key in (value or ()))

    @property
    def error(self) -> str:
        return ""  # none of them may be meant; the action says where one is needed

    @property
    def value(self) -> list[Any]:
        return [key for key, box in self.boxes.items() if box.isChecked()]


class SecretField(FieldWidget):
    """A password, never shown and never kept in a draft. One who has typed nothing yet, or another one before him, is not blamed for it:
    that it is empty is said once it is asked for."""

    _told_when_left = False

    @property
    def wanting(self) -> str:
        """Its title as a request where it tells who types it or how often (「再输一次」), else as of any field."""
        return f"请{self.title}。" if "输" in self.title.partition("（")[0] else super().wanting

    def _make_input(self) -> QWidget:
        made = QLineEdit()
        made.setEchoMode(QLineEdit.EchoMode.Password)
        made.textChanged.connect(self._edited)
        return made

    @property
    def text(self) -> str:
        """The password as typed."""
        assert isinstance(self.input, QLineEdit)
        return self.input.text()


class FileField(FieldWidget):
    """The path of a file, typed or chosen among the kinds of ``files``."""

    def __init__(self, name: str, title: str, *, files: str = FILES, **more: Any) -> None:
        super().__init__(name, title, **more)
        self.files = files
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        self.choose = Button("选择文件…", act=self.ask)
        box.addWidget(self.choose)

    def ask(self) -> None:
        """Ask for the file."""
        name = QFileDialog.getOpenFileName(self, self.title, "", self.files)[0]
        if name:
            self.set_text(name)


def reader(declared: Declared) -> Check:
    """How the text of a field is read and held to its bounds, by its kind."""
    kind = KINDS[declared.kind]
    return lambda text: kind.check(declared, kind.read(declared, text))


_SINGLE: dict[str, type[FieldWidget]] = {
    "long": AreaField, "figure": AreaField, "day": DateField, "amount": AmountField, "sum": SumField, "count": NumberField, "whole": NumberField,
    "secret": SecretField, "file": FileField,
}
_WRITTEN = frozenset({"rate", "share", "decimal", "moment", "many"})  # a value that is not its own text


def make_field(shown: FormField) -> FieldWidget:
    """The widget of one field, showing the value it starts with."""
    declared = shown.field
    more: dict[str, Any] = {"required": declared.required, "help_text": declared.hint}
    field: FieldWidget
    if declared.kind == "group":
        field = _group(declared, shown.value, more)
    elif declared.kind == "figure" and declared.of:
        field = _items(declared, more)
    elif declared.dated[0]:
        field = TicksField(declared.name, declared.label, check=reader(declared), **more)
    elif declared.kind == "many" and declared.pairs:
        longest = max(len(words) for _key, words in declared.pairs)
        field = ManyField(declared.name, declared.label, declared.pairs, beside=1 if longest > 12 else 2 if longest > 6 else 3, **more)
    elif declared.pairs or declared.kind == "choice":
        field = _choice(declared, shown.value, more)
    elif declared.kind == "flag":
        field = FlagField(declared.name, declared.label, **{**more, "required": False})
    else:
        field = _SINGLE.get(declared.kind, TextField)(declared.name, declared.label, **_checked(declared, more))
    if shown.value not in (None, "") and declared.kind != "group":
        field.set_value(shown.value)
    return field


def _group(declared: Declared, value: Any, more: dict[str, Any]) -> FieldWidget:
    rare = sum(part.rare for part in declared.of)
    across = len(declared.of) - rare
    told: dict[str, Any] = {**more, "rare": rare, "joiner": JOINER, "across": across}
    if declared.between:  # of a calculator: a narrow card, and written in lines as the command takes them
        told |= {"check": reader(declared), "joiner": declared.between[0] if len(declared.of) > 1 else "", "across": across if across <= ACROSS else 2}
    field = RowsField(declared.name, declared.label, lambda: line_of(declared), **told)
    field.set_text("\n".join(JOINER.join(str(entry.get(part.name) or "") for part in declared.of) for entry in value or ()))
    if declared.required and not value:
        field.add_line([""])
    return field


def _items(declared: Declared, more: dict[str, Any]) -> FieldWidget:
    shape = shape_with(declared.of)
    return ItemsField(declared.name, declared.label, lambda: line_of(declared), joiner=shape.joiner, check=shape.read, **more)


def _checked(declared: Declared, more: dict[str, Any]) -> dict[str, Any]:
    if declared.kind == "file":
        return {**more, "files": declared.unit} if declared.unit else more
    if declared.kind == "secret":
        return more
    told = {**more, "check": reader(declared)}
    return {**told, "shown": KINDS[declared.kind].write} if declared.kind in _WRITTEN else told


def _said(declared: Declared) -> str:
    """What stands below a choice."""
    return declared.hint or ("现在没有可选的项" if declared.required and not declared.pairs else "")


def _choice(declared: Declared, value: Any, more: dict[str, Any]) -> FieldWidget:
    if not declared.pairs and declared.required:
        more = {**more, "help_text": _said(declared)}
    if len(declared.pairs) > SHORT_LIST:
        found = declared.finds if callable(declared.finds) else None
        field: ChoiceField = FindField(declared.name, declared.label, declared.pairs, finds=found, **more)
    else:
        field = ChoiceField(declared.name, declared.label, declared.pairs, **more)
    if value is None and len(declared.pairs) > declared.required and None not in [key for key, _words in declared.pairs]:
        field.set_value(None)  # nobody is put forward by standing first in a list
    if any(len(words) > WIDE for _key, words in declared.pairs):  # long words must not push the form out of its card
        field.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.box.setMinimumContentsLength(8)
    return field


def line_of(group: Declared) -> list[FieldWidget]:
    """The fields of one entry of a group, those seldom needed last."""
    made = [_part(one, group) for one in of_declared(sorted(group.of, key=lambda part: part.rare))]
    for field in made:
        field.input.setMinimumWidth(px(80 if group.between or group.kind == "figure" else 96 if isinstance(field, ChoiceField) else 130))
    return made


def _part(shown: FormField, group: Declared) -> FieldWidget:
    """A part of an entry; what is chosen once for each entry is one click where the choice is between few short words."""
    one = shown.field
    few = bool(one.pairs) and sum(len(words) for _value, words in one.pairs) <= FEW
    if group.between or not few or not one.required or one.kind != "choice":
        return make_field(shown)
    made = ButtonsField(one.name, one.label, one.pairs, required=True, help_text=one.hint)
    made.set_value(shown.value)
    return made


def of_declared(fields: Sequence[Declared]) -> list[FormField]:
    """Fields that nobody but their declaration knows more of: each with its default."""
    return [FormField(one, one.read(one.default) if one.default else None) for one in fields]


class BuiltForm(Form):
    """A form built from declared fields; the parts of a record stand among them under their own names. ``led`` with the name of a
    field from which the rest of the form follows, when it changes."""

    led = Signal(str)

    def __init__(self, shown: Sequence[FormField], layout: Layout = ()) -> None:
        super().__init__()
        self._start: dict[str, Any] = {}
        self._layout = layout
        self._build(shown)

    def _build(self, shown: Sequence[FormField]) -> None:
        self.declared = {one.field.name: one.field for one in shown}
        made = {one.field.name: self._make(one) for one in _flat(shown)}
        for heading, lines in self._layout:
            self.heading(heading)
            for names in lines:
                self._put([made.pop(name) for name in names if name in made])
        self._lay_out([(one.field, made[one.field.name]) for one in _flat(shown) if one.field.name in made])

    def _make(self, one: FormField) -> FieldWidget:
        made = make_field(one)
        self._start[made.name] = one.value
        if one.field.leads:
            made.changed.connect(lambda: self.led.emit(made.name))
        return made

    def _lay_out(self, made: Sequence[tuple[Declared, FieldWidget]]) -> None:
        lines: list[list[FieldWidget]] = []
        for declared, field in made:
            if declared.rare:
                continue
            if declared.beside and lines:
                lines[-1].append(field)
            else:
                lines.append([field])
        for line in lines:
            self._put(line)
        rare = [field for declared, field in made if declared.rare]
        if rare:
            self.fold(f"更多栏目（{len(rare)}）", *rare)

    def _put(self, line: list[FieldWidget]) -> None:
        if len(line) > 1:
            self.add_row(*line)
        elif line:
            self.add(line[0])

    def leading(self) -> dict[str, Any]:
        """What is chosen in the fields that lead the form, by name; not those where nothing is."""
        return {name: self.fields[name].value for name, one in self.declared.items() if one.leads and self.fields[name].text and not self.fields[name].error}

    def follow(self, shown: Sequence[FormField], leading: str) -> None:
        """Show what the form starts with now that the field ``leading`` has another value.

        What it leads shows what belongs to the value chosen, whatever was typed there of another; the rest stays as it is. Where other
        fields are asked by now, the form is made anew.
        """
        by = self.declared[leading]
        if [_asked_of(one.field) for one in shown] != [_asked_of(one) for one in self.declared.values()]:
            self._remake(shown, by)
            return
        self.declared = {one.field.name: one.field for one in shown}
        for one in _flat(shown):
            field = self.fields[one.field.name]
            if isinstance(field, ChoiceField) and not one.field.leads:
                field.offer(one.field.pairs)
                field.explain(_said(one.field))
            if one.is_led_by(by) and (one.field.start or one.part):
                self._start[field.name] = one.value
                field.set_value(one.value)
                field.forget()

    def _remake(self, shown: Sequence[FormField], by: Declared) -> None:
        led = {one.field.name for one in _flat(shown) if one.is_led_by(by)}
        kept = {name: text for name, text in self.draft().items() if name not in led}
        self.clear()
        self._start.clear()
        with QSignalBlocker(self):
            self._build(shown)
            self.restore(kept)
        if by.name in self.fields:
            self.fields[by.name].input.setFocus()
        self.changed.emit()

    def action_values(self) -> dict[str, Any]:
        """What the action takes: records gathered, empty fields left out; raises the first Refusal."""
        found: dict[str, Any] = {}
        for name, declared in self.declared.items():
            value = self._record(declared) if declared.kind == "record" else self._of(declared)
            if value is not None:
                found[name] = value
        return found

    def _of(self, declared: Declared) -> Any:
        value = self.fields[declared.name].value
        if declared.kind == "group":
            return [{key: part for key, part in line.items() if part} for line in value]
        return value

    def so_far(self) -> dict[str, Any]:
        """What stands in the fields, ``None`` where one is empty or wrong."""
        return {name: None if field.error else field.value for name, field in self.fields.items()}

    def _record(self, declared: Declared) -> dict[str, Any]:
        """The parts that are not as they were; one that was emptied is said to be empty."""
        told: dict[str, Any] = {}
        for part in declared.of:
            value, before = self.fields[part.name].value, self._start.get(part.name)
            if (value or None) != (before or None):
                told[part.name] = "" if value is None else value
        return told


@dataclass(frozen=True)
class _Shown(FormField):
    """A field that stands in the form by itself; ``part`` of a record or not."""

    part: bool = False


def _flat(shown: Sequence[FormField]) -> list[_Shown]:
    found: list[_Shown] = []
    for one in shown:
        if one.field.kind != "record":
            found.append(_Shown(one.field, one.value, one.follows))
            continue
        start = one.value or {}
        found += [_Shown(replace(part, required=False), start.get(part.name), one.follows, part=True) for part in one.field.of]
    return found


def _asked_of(declared: Declared) -> tuple[str, ...]:
    """What of a field cannot change without another widget: itself, or its parts."""
    parts = tuple(f"{part.name} {part.label} {part.hint}" for part in declared.of) if declared.kind == "record" else ()
    return (declared.name, declared.kind, *parts)


def so_far(form: BuiltForm, say: Callable[[Mapping[str, Any]], str] | None) -> QLabel:
    """A line that says at each change where what is filled in stands; hidden where nobody knows."""
    made = secondary("")
    made.setVisible(say is not None)
    if say is not None:
        form.changed.connect(lambda: made.setText(say(form.so_far())))
        made.setText(say(form.so_far()))
    return made


def first_wanted(form: Form) -> FieldWidget | None:
    """The first field that still wants something, else the first."""
    fields = list(form.fields.values())
    return next((field for field in fields if field.required and field.error), fields[0] if fields else None)
