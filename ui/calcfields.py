"""Form fields for what a calculator declares: each kind of value with the field that takes it, short ones side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from execdesk.law.fields import NO, YES
from execdesk.law.fields import Field as LawField
from ui.fields import AmountField, Check, ChoiceField, DateField, Field, NumberField, TextField
from ui.forms import Form
from ui.pickfields import FindField, TicksField
from ui.rowsfield import RowsField

SHORT = frozenset({"day", "amount", "count", "rate", "decimal"})  # kinds of field that leave room for another beside them
SHORT_TITLE = 11


@dataclass(frozen=True)
class LineShape:
    """How the entries of a list field are typed: the parts of a line (title, kind) and what joins them."""

    parts: tuple[tuple[str, str], ...]
    joiner: str = ":"


LINES: dict[str, LineShape] = {
    "payments": LineShape((("给付日", "day"), ("金额（元）", "amount"))),
    "spans": LineShape((("自", "day"), ("至", "day")), ".."),
    "segments": LineShape((("自", "day"), ("年利率", "rate"))),
    "creditors": LineShape((("债权人", "text"), ("债权额（元）", "amount"), ("顺位", "rank"))),
    "days": LineShape((("日期", "day"),), ""),
}


def make_field(spec: LawField) -> Field:
    """The form field for a declared one: what it shows are texts as typed, which the calculator reads itself."""
    shape = LINES.get(spec.kind)
    more: dict[str, Any] = {"required": spec.required and not spec.default, "help_text": spec.hint}
    if shape is not None:
        return RowsField(spec.name, spec.label, lambda: _parts(shape), joiner=shape.joiner, check=spec.read, required=more["required"])
    if spec.kind == "grounds":
        return TicksField(spec.name, spec.label, check=spec.read, **more)
    if spec.pairs and spec.kind == "text":
        return FindField(spec.name, spec.label, spec.pairs, **more)
    if spec.kind in ("choice", "bool"):
        options = spec.pairs if spec.kind == "choice" else ((YES, YES), (NO, NO))
        field: Field = ChoiceField(spec.name, spec.label, options, **more)
        field.set_value(spec.default or options[0][0])
        return field
    made = _single(spec.name, spec.label, spec.kind, spec.read, more)
    made.set_text(spec.default)
    return made


def _single(name: str, title: str, kind: str, read: Check, more: dict[str, Any]) -> Field:
    if kind == "day":
        return DateField(name, title, check=read, **more)
    if kind == "amount":
        return AmountField(name, title, check=read, **more)
    if kind == "count":
        return NumberField(name, title, check=read, **more)
    return TextField(name, title, check=read, shown=lambda _value: "", **more)


def _parts(shape: LineShape) -> list[Field]:
    made: list[Field] = []
    for number, (title, kind) in enumerate(shape.parts):
        if kind == "rank":
            rank = ChoiceField(str(number), title, (("普通", "普通"), ("优先", "优先")))
            rank.set_value("普通")
            made.append(rank)
        else:
            made.append(_single(str(number), title, kind, LawField(str(number), title, kind).read, {"required": True}))
    return made


def make_form(specs: Sequence[LawField]) -> Form:
    """The fields as declared: short ones side by side, seldom needed ones behind a line."""
    form, waiting = Form(), None
    for spec in (one for one in specs if not one.rare):
        field = make_field(spec)
        short = spec.kind in SHORT and len(field.title) <= SHORT_TITLE
        if waiting is not None and short:
            form.add_row(waiting, field)
            waiting = None
            continue
        if waiting is not None:
            form.add(waiting)
        waiting = field if short else None
        if not short:
            form.add(field)
    if waiting is not None:
        form.add(waiting)
    rare = [make_field(one) for one in specs if one.rare]
    if rare:
        form.fold(f"更多栏目（{len(rare)}）", *rare)
    return form


def text_of(field: Field) -> str:
    """What a calculator reads of a field: the key of a choice, else the words typed."""
    return str(field.value) if isinstance(field, ChoiceField) else field.text
