"""The left side of the drafting page: only what the case does not know, and what it brought in with its source."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from execdesk.law.fields import Field as Declared
from execdesk.law.refusal import Refusal
from execdesk.reads import FormField
from execdesk.reads.drafting import DraftShown, FieldRow
from execdesk.reads.phrases import LastLike
from ui.case.phrases import takes_phrases
from ui.fields import ChoiceField, DateField, FieldWidget
from ui.formbuilder import FlagField
from ui.formbuilder import make_field as form_field
from ui.forms import Form
from ui.theme import px
from ui.widgets import Button, Card, Elided, column, holder, label, line, row, scrolled, secondary

SHORT = {"案件「应履行的义务」": "案件"}
KINDS = {"long": "long", "date": "day", "money": "amount", "count": "count", "choice": "choice", "flag": "flag", "list": "group"}


def make_field(spec: FieldRow) -> FieldWidget:
    """The input of one slot, filled with what is kept."""
    columns = tuple(Declared(name, words, "line", required=False) for name, words in spec.columns)
    declared = Declared(
        spec.name, spec.label, KINDS.get(spec.kind, "text"), required=spec.required and spec.kind != "flag", options=spec.options, hint=spec.help, of=columns,
    )
    return form_field(FormField(declared, _kept(spec)))


def _kept(spec: FieldRow) -> Any:
    """What is kept of a slot; of alternatives the first stands there until another is chosen."""
    if spec.raw in (None, "", [], {}):
        return spec.options[0][0] if spec.kind == "choice" and spec.options else None
    return date.fromisoformat(str(spec.raw)) if spec.kind == "date" else spec.raw


def as_value(field: FieldWidget, kept: Any) -> Any:
    """What is kept of a field as it takes it: days are days again."""
    return date.fromisoformat(kept) if isinstance(field, DateField) and isinstance(kept, str) else kept


def stored(field: FieldWidget) -> Any:
    """What is kept of a field: days as ISO text, amounts as fen."""
    value = field.value
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


class DraftFields(Card):
    """``changed`` on every edit; ``source_asked(way)`` where a value brought in is to be changed at its source; ``phrases_asked``
    for the store of phrases, ``last_asked`` for what the last paper of the kind was filled with."""

    changed = Signal()
    source_asked = Signal(object)
    phrases_asked = Signal()
    last_asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 0, 0, 0))
        self._last: LastLike | None = None
        self.form = Form()
        self.count = secondary("")
        self._names: tuple[str, ...] = ()
        self._place = column(gap=0)
        self._brought = QGridLayout()
        self._brought.setContentsMargins(0, 0, 0, 0)
        self._brought.setHorizontalSpacing(px(10))
        self._brought.setVerticalSpacing(px(5))
        self._brought.setColumnStretch(1, 1)
        self._none = secondary("本件没有要填的内容。")
        self.phrases = Button("句库 Ctrl+J", "link", act=self.phrases_asked.emit)
        self.phrases.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the field it is for
        self.phrases.setToolTip("把常用语插入光标所在的一项，或者存下所填的")
        self.last = Button("取上一份所填 Ctrl+L", "link", act=self.last_asked.emit)
        helps = row(self.phrases, self.last, None, gap=12)
        top = column(row(label("只填本案尚无的内容", "strong"), None, self.count), helps, self._none, self._place, gap=8, margins=(14, 10, 14, 12))
        low = column(row(label("已由案件带入", "strong"), None, secondary("改动请回到来源处")), self._brought, None, gap=8, margins=(14, 10, 14, 12))
        self.box.addWidget(scrolled(holder(column(top, line(), low, gap=0)), stops=False))

    def show_draft(self, shown: DraftShown, kept: dict[str, str]) -> None:
        """Show the fields of a draft; the form is made anew only where other fields are asked, and keeps the cursor."""
        names = tuple(field.name for field in shown.to_fill)
        if names != self._names:
            self._remake(shown, kept or self.form.draft())
        filled = sum(bool(field.text) for field in self.form.fields.values() if not isinstance(field, FlagField))
        total = sum(not isinstance(field, FlagField) for field in self.form.fields.values())
        self.count.setText(f"{total} 项中已填 {filled} 项" if total else "")
        self._none.setVisible(not names)
        self.phrases.setVisible(any(takes_phrases(field) for field in self.form.fields.values()))
        self.offer_last(self._last)
        self._show_brought(shown)

    def _remake(self, shown: DraftShown, kept: dict[str, str]) -> None:
        focused = next((name for name, field in self.form.fields.items() if field.input.hasFocus()), "")
        old = self.form
        self.form = Form([make_field(spec) for spec in shown.to_fill])
        self.form.restore({name: text for name, text in kept.items() if text})
        self.form.changed.connect(self.changed)
        self._place.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._place.addWidget(self.form)
        self._names = tuple(field.name for field in shown.to_fill)
        if focused in self.form.fields:
            QTimer.singleShot(0, self.form, lambda: self.go_to(focused))

    def _show_brought(self, shown: DraftShown) -> None:
        while (item := self._brought.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, spec in enumerate(shown.brought):
            name, value = Elided(spec.label, "secondary"), Elided(spec.value)
            name.setFixedWidth(px(106))
            self._brought.addWidget(name, number, 0)
            self._brought.addWidget(value, number, 1)
            source = spec.origin.split("，")[0]
            words = SHORT.get(source, source)
            origin: QWidget = Button(words, "link", act=partial(self.source_asked.emit, spec.way)) if spec.way else secondary(words)
            self._brought.addWidget(origin, number, 2, Qt.AlignmentFlag.AlignRight)

    def offer_last(self, found: LastLike | None) -> None:
        """Offer what the last paper of the kind was filled with, where this one asks for any of it."""
        self._last = found
        fits = found is not None and any(name in self.form.fields for name in found.inputs)
        self.last.setVisible(fits)
        self.last.setToolTip(f"{found.words}所填的内容，只填入还空着的各项" if found is not None and fits else "")

    def take_last(self) -> tuple[str, ...]:
        """Fill the fields that are still empty with what the last paper of the kind bears; the labels of those filled."""
        filled = []
        for name, value in (self._last.inputs if self._last is not None else {}).items():
            field = self.form.fields.get(name)
            untouched = isinstance(field, FlagField) or (isinstance(field, ChoiceField) and field.box.currentIndex() == 0)
            if field is not None and (not field.text or untouched):
                field.set_value(as_value(field, value))
                filled.append(field.title)
        return tuple(filled)

    def word_field(self) -> FieldWidget | None:
        """The field for words that has the cursor, else the first that is still empty, else the first."""
        able = [field for field in self.form.fields.values() if takes_phrases(field)]
        here = [field for field in able if field.input.hasFocus()] or [field for field in able if not field.text] or able
        return here[0] if here else None

    def inputs(self) -> dict[str, Any]:
        """What is filled and right, as it is kept."""
        found: dict[str, Any] = {}
        for name, field in self.form.fields.items():
            try:
                value = stored(field)
            except Refusal:
                continue
            if value not in (None, ""):
                found[name] = value
        return found

    def take_focus(self) -> None:
        """Put the cursor into the first field that is still empty, where there is one."""
        empty = next((field for field in self.form.fields.values() if not field.text and not isinstance(field, FlagField)), None)
        if empty is not None:
            empty.input.setFocus()

    def go_to(self, name: str) -> bool:
        """Put the cursor into a field; whether it is on this page."""
        field = self.form.fields.get(name)
        if field is None:
            return False
        field.demand()
        field.input.setFocus()
        return True

