"""Form fields for what a calculator declares: each kind of value with the field that takes it, short ones side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from execdesk.law.fields import NO, YES
from execdesk.law.fields import Field as LawField
from execdesk.law.joined import KINDS as SANCTION_KINDS
from ui.fields import AmountField, Check, ChoiceField, DateField, Field, NumberField, TextField
from ui.forms import Form
from ui.pickfields import FindField, TicksField
from ui.rowsfield import RowsField

SHORT = frozenset({"day", "amount", "sum", "count", "rate", "decimal"})  # kinds of field that leave room for another beside them
SHORT_TITLE = 11


class SumField(AmountField):
    """An amount in a currency that stands in another field: 元 is not said of it."""

    def __init__(self, name: str, title: str, **more: Any) -> None:
        super().__init__(name, title, **more)
        self.title = title
        self.title_label.setText(title)
        self.input.setAccessibleName(title)


@dataclass(frozen=True)
class LineShape:
    """How the entries of a list field are typed: the parts of a line (title, kind, 「?」 where it may be empty) and what joins them."""

    parts: tuple[tuple[str, str], ...]
    joiner: str = ":"


CHOICES: dict[str, tuple[str, ...]] = {"rank": ("普通", "优先"), "sanction": tuple(SANCTION_KINDS.values())}
LINES: dict[str, LineShape] = {
    "payments": LineShape((("给付日", "day"), ("金额", "sum"))),
    "instalments": LineShape((("届满日", "day"), ("金额", "sum"))),
    "spans": LineShape((("自", "day"), ("至", "day")), ".."),
    "segments": LineShape((("自", "day"), ("年利率", "rate"))),
    "creditors": LineShape((("债权人", "text"), ("债权额（元）", "amount"), ("顺位", "rank"), ("加倍部分（元）", "amount?"), ("文书", "text?"))),
    "days": LineShape((("日期", "day"),), ""),
    "amounts": LineShape((("金额（元）", "amount"),), ""),
    "moments": LineShape((("时刻", "moment"),), ""),
    "leave": LineShape((("外出", "moment"), ("返回", "moment")), ".."),
    "stops": LineShape((("自", "day"), ("至", "day?"), ("事由", "text"))),
    "sanctions": LineShape((("对象", "text"), ("行为", "text"), ("种类", "sanction"), ("金额或者天数", "text"), ("决定日", "day"))),
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
    if kind == "sum":
        return SumField(name, title, check=read, **more)
    if kind == "count":
        return NumberField(name, title, check=read, **more)
    return TextField(name, title, check=read, shown=lambda _value: "", **more)


def _parts(shape: LineShape) -> list[Field]:
    made: list[Field] = []
    for number, (title, kind) in enumerate(shape.parts):
        if kind in CHOICES:
            choice = ChoiceField(str(number), title, tuple((words, words) for words in CHOICES[kind]))
            choice.set_value(CHOICES[kind][0])
            made.append(choice)
        else:
            plain = kind.removesuffix("?")
            made.append(_single(str(number), title, plain, LawField(str(number), title, plain).read, {"required": plain == kind}))
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
