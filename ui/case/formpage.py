"""The one page for every deed of a case: fields from its entry, prefilled, checked, kept while half filled; who approves beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from execdesk.law.identity import check_identity
from execdesk.law.refusal import Refusal, WayOn
from execdesk.reads.standing import Who
from ui.case.deeds import DEEDS, Deed, F, Told
from ui.case.words import narrow, sum_words
from ui.columns import Columns, Panel
from ui.fields import AmountField, AreaField, ChoiceField, DateField, Field, NumberField, TextField
from ui.forms import Form
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.panels import ReasonPanel
from ui.widgets import Button, Card, Facts, column, hint, holder, row, scrolled, secondary, wrapped

KEEP_AFTER_MS = 800
__all__ = ["DEEDS", "FormPage", "Told"]


class FlagField(Field):
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


class ManyField(Field):
    """Any of a closed list, as boxes to tick."""

    def __init__(self, name: str, title: str, options: Any, **more: Any) -> None:
        self._options = list(options)
        self.boxes: list[QCheckBox] = []
        super().__init__(name, title, **more)

    def _make_input(self) -> QWidget:
        holder = QWidget()
        lines = column(gap=0)
        for first in range(0, len(self._options), 3):
            made = [QCheckBox(words) for _, words in self._options[first:first + 3]]
            self.boxes += made
            lines.addLayout(row(*made, None, gap=14))
        for box in self.boxes:
            box.toggled.connect(self._edited)
        holder.setLayout(lines)
        if self.boxes:
            holder.setFocusProxy(self.boxes[0])
        return holder

    @property
    def text(self) -> str:
        return "、".join(box.text() for box in self.boxes if box.isChecked())

    def set_text(self, text: str) -> None:
        chosen = text.split("、")
        for box in self.boxes:
            box.setChecked(box.text() in chosen)

    def set_value(self, value: Any) -> None:
        for (key, _), box in zip(self._options, self.boxes, strict=True):
            box.setChecked(key in (value or ()))

    @property
    def value(self) -> list[Any]:
        return [key for (key, _), box in zip(self._options, self.boxes, strict=True) if box.isChecked()]


def read_identity(text: str) -> str:
    """A number of identity in its normal form; raises as :func:`check_identity`."""
    return check_identity(text).normal


def make_field(spec: F, told: Told) -> Field:
    """The field an entry declares, filled from the case."""
    more: dict[str, Any] = {"required": spec.required, "help_text": spec.help}
    field: Field
    if spec.kind in ("choice", "many"):
        options = list(spec.options(told)) if spec.options else []
        field = ChoiceField(spec.name, spec.title, options, **more) if spec.kind == "choice" else ManyField(spec.name, spec.title, options, **more)
    elif spec.kind == "identity":
        field = TextField(spec.name, spec.title, check=read_identity, **more)
    else:
        kinds: dict[str, type[Field]] = {"text": TextField, "long": AreaField, "day": DateField, "amount": AmountField, "count": NumberField, "flag": FlagField}
        field = kinds[spec.kind](spec.name, spec.title, **more)
    if spec.start is not None and (value := spec.start(told)) not in (None, ""):
        field.set_value(value)
    return field


def make_form(fields: tuple[F, ...], told: Told) -> Form:
    """The form of an entry; fields marked ``beside`` share a line with the one before."""
    form = Form()
    lines: list[list[Field]] = []
    for spec in fields:
        made = make_field(spec, told)
        if spec.beside and lines:
            lines[-1].append(made)
        else:
            lines.append([made])
    for line in lines:
        if len(line) > 1:
            form.add_row(*line)
        else:
            form.add(line[0])
    return form


class FormPage(Page):
    """One deed. ``finished(verb, Changes)`` when it is done, after the page has closed."""

    finished = Signal(str, object)

    def __init__(self, link: Link, notices: Notices, deed: Deed, told: Told) -> None:
        super().__init__(deed.title, narrow(told.page.case.number))
        self.link, self.notices, self.deed, self.told = link, notices, deed, told
        self.place = f"{deed.verb}:{told.page.case.id}:{told.step.target}"
        self.form = make_form(deed.fields, told)
        self.says = Notices()
        self.says.way.connect(notices.way)
        self.go = Button(deed.button or deed.title, "primary", act=self.submit)
        self.reason = column(gap=8)
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.form.finished.connect(self.submit)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.submit)
        if "party" in self.form.fields and deed.verb == "party.change":
            self.form["party"].changed.connect(self._other_party)
        self._initial = self.form.draft()
        self.form.changed.connect(self._timer.start)
        link.read(self, lambda _reads: link.desk.draft(self.place), done=self._restore)
        self._ask_who()

    def _lay_out(self) -> None:
        body = QWidget()
        foot = row(self.go, 4, hint("Ctrl+Enter"), None, Button("不办，返回", act=self.go_back.emit), gap=6)
        body.setLayout(column(self.form, 6, foot, None, margins=(16, 14, 16, 14)))
        left = Card(self.says, scrolled(body, stops=False), gap=0, margins=(0, 0, 0, 0))
        left.box.setStretch(1, 1)
        note = wrapped(self.deed.note, "secondary")
        note.setVisible(bool(self.deed.note))
        about = holder(column(self.reason, self._facts(), note, None, gap=10, margins=(16, 14, 16, 14)))
        right = Card(scrolled(about, stops=False), gap=0, margins=(0, 0, 0, 0))  # with large type the clause must scroll, not be cut
        self.columns = Columns(Panel("填写", left, 560), Panel("说明", right, 300, 1))
        self.columns.bring("填写")  # with large type or a narrow window only one has room
        self.setLayout(column(self.columns, gap=0))

    def _facts(self) -> Facts:
        page = self.told.page
        pairs: list[tuple[str, str | QWidget]] = [(party.side, party.name) for party in page.parties[:4]]
        pairs += [("标的", sum_words(page.case.claim_fen)), ("到位", sum_words(page.case.recovered_fen)), ("承办", page.case.judge or "未分案")]
        return Facts(pairs, name_width=76)

    @property
    def first_focus(self) -> QWidget | None:
        fields = list(self.form.fields.values())
        empty = next((field for field in fields if field.required and not field.text), None)
        chosen = empty or (fields[0] if fields else None)
        return chosen.input if chosen is not None else None

    @property
    def clause_topic(self) -> str:
        return self._topic or f"screen:form.{self.deed.verb}"

    _topic = ""

    # who approves
    def _ask_who(self) -> None:
        told, matter = self.told, self.deed.matter
        name = matter(told) if callable(matter) else matter
        if name:
            number = told.page.case.id
            self.link.read(self, lambda reads: reads.who_decides(number, name), done=self._show_who)

    def _show_who(self, who: Who) -> None:
        head = secondary("谁批准")
        self.reason.addWidget(head)
        panel = ReasonPanel(who.reason if who.mine else f"本事项由{who.words.removesuffix('批准')}批准{f'（现任：{who.names}）' if who.names else ''}。", who.clauses)
        panel.clause_asked.connect(lambda: self.notices.way.emit(_clause(self._topic)))
        self._topic = who.article
        self.reason.addWidget(panel)
        if who.signer:
            self.reason.addWidget(wrapped(f"批准之外，依法还须{who.signer}。", "secondary"))

    # half-filled
    def may_leave(self) -> bool:
        if self._timer.isActive():  # the last words typed are kept as well
            self._timer.stop()
            self.keep_draft()
        return True

    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self.form.draft() != self._initial:
            self.link.keep_draft(self.place, self.form.draft())

    def _restore(self, kept: dict[str, str]) -> None:
        if kept:
            self.form.restore(kept)
            self.says.info("已恢复上次没有填完的内容。")

    def _other_party(self) -> None:
        if not self.form["party"].text:
            return  # a kept form may name a party that has another name by now
        row_id = self.form["party"].value
        party = next((p for p in self.told.page.parties if p.id == row_id), None)
        if party is not None:
            self.form.fill({name: getattr(party, name) for name in self.form.fields if name not in ("party", "reason")})

    # the deed
    def submit(self) -> None:
        """Do it; what is missing is marked, a refusal opens above the fields."""
        if not self.go.isEnabled() or not self.form.demand():
            return
        values = self.form.values()
        values = self.deed.shape(self.told, values) if self.deed.shape else {k: v for k, v in values.items() if v is not None}
        if self.deed.of_case:
            values["case"] = self.told.page.case.id
        self.go.setEnabled(False)
        self.link.do(self, self.deed.verb, values, done=self._done, failed=self._failed)

    def _done(self, changes: Any) -> None:
        self._timer.stop()
        self._initial = self.form.draft()
        self.link.keep_draft(self.place, {})
        if not self.deed.leads_to_draft:
            self.notices.done(f"已{self.deed.button or self.deed.title}。")
        verb = self.deed.verb
        self.go_back.emit()
        self.finished.emit(verb, changes)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, Refusal):
            self.says.refuse(error)
        else:
            self.notices.show_error(error)


def _clause(topic: str) -> WayOn:
    return WayOn("看条文", f"clause:{topic}")


