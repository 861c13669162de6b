"""工具 → 计算: the calculators at the left, a form that calculates while one types, the sheet beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from execdesk.law.book import LawBook
from execdesk.law.calculators import Calculator
from execdesk.law.numerals import parse_day
from execdesk.law.periods import Workdays
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.values import Sheet
from ui.columns import Columns, SidePanel
from ui.formbuilder import BuiltForm, of_declared
from ui.lists import SideLine, SideList
from ui.notices import RefusalPanel
from ui.pages import Page
from ui.pickfields import TicksField
from ui.sheetview import SheetView
from ui.theme import px
from ui.widgets import Button, Card, CardHead, column, hint, scrolled, wrapped

REST_MS = 120


@dataclass(frozen=True)
class CalculatorLaw:
    """The law and calendar of this desk, by which a calculator runs over the texts typed."""

    book: LawBook
    calendar: Workdays

    def __call__(self, calculator: Calculator, texts: Mapping[str, str]) -> Sheet:
        return calculator.run(self.book, self.calendar, texts)

    def items(self, key: str, day: str) -> list[tuple[str, str]]:
        """The numbered items of a figure on a day as typed; those of today's version where the day is not yet one."""
        history = self.book.history(key)
        try:
            value = self.book.value(key, parse_day(day))
        except Refusal:
            value = next(one for one in history if one.valid_to is None)
        listed = value.value if isinstance(value.value, dict) else {str(number): words for number, words in enumerate(value.value, 1)}
        return [(number, words) for number, words in listed.items() if number.isdigit()]


def rule_of(book: LawBook, calendar: Workdays) -> CalculatorLaw:
    """The rule over one book and calendar."""
    return CalculatorLaw(book, calendar)


class CalculatorPanel(QObject):
    """One calculator: ``parts`` are the card with the form and the card with the sheet. ``print_asked(Sheet)``; ``done`` on
    Enter in the last field."""

    print_asked = Signal(object)
    done = Signal()

    def __init__(self, calculator: Calculator, rule: CalculatorLaw, known: Mapping[str, str] | None = None, today: date | None = None, note: str = "") -> None:
        super().__init__()
        self.calculator, self._rule = calculator, rule
        self.form = BuiltForm(of_declared(calculator.fields))
        if today is not None and "on" in self.form.fields:
            self.form["on"].set_text(today.isoformat())
        self._offer()
        self.form.restore(dict(known or {}))
        self.view = SheetView()
        self.missing = wrapped("", "secondary")
        self.copy = Button("复制", icon="copy", act=self.view.copy_sheet)
        self.print = Button("打印…", icon="printer", act=self._print)
        self._says = column(gap=0)
        self.note = wrapped(note, "secondary", "soon")
        self.note.setVisible(bool(note))
        self._typed = bool(known)
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self.calculate)
        self.form.changed.connect(self._edited)
        self.form.finished.connect(self._finish)
        self._lay_out(bool(known))
        self.calculate()

    def _lay_out(self, from_case: bool) -> None:
        fields = QWidget()
        fields.setLayout(column(self.note, self.form, None, margins=(14, 2, 14, 12)))
        area = scrolled(fields)
        left = Card(CardHead(self.calculator.title, "已由案件带入，可改" if from_case else ""), area, gap=8, margins=(0, 0, 0, 0))
        right = Card(CardHead("计算单", "", self.copy, self.print, hint("Ctrl+P")), gap=0, margins=(0, 0, 0, 0))
        right.box.addLayout(self._says)
        right.box.addWidget(self.view, 1)
        self.parts = (left, right)
        self.missing.setContentsMargins(px(14), px(10), px(14), px(10))

    def _offer(self) -> None:
        """The items to tick follow the day that counts."""
        for spec in self.calculator.fields:
            key, day = spec.dated
            field = self.form[spec.name]
            if key and isinstance(field, TicksField):
                items = self._rule.items(key, self.form[day].text)
                if list(field.boxes) != [number for number, _ in items] or field.words != dict(items):
                    field.show_options(items)

    def calculate(self) -> None:
        """Calculate from what is typed; says what is missing, or why not."""
        self._offer()
        self._clear()
        if lacking := self._lacking():
            self._hint(lacking)
            return
        try:
            self._show(self._rule(self.calculator, self.form.draft()))
        except Refusal as refusal:
            if not self._typed:
                self._hint(refusal.text)  # nothing was asked yet, so nothing is refused
                return
            self._show(None)
            panel = RefusalPanel(refusal, closable=False)
            panel.way.connect(self.follow)
            self._says.addWidget(panel)

    def follow(self, way: WayOn) -> None:
        """A way on of a refusal: another value in a field, calculated at once."""
        kind, _, told = way.action.partition(":")
        name, _, text = told.partition("=")
        if kind == "set" and name in self.form.fields:
            self.form[name].set_text(text)
            self.calculate()

    def _lacking(self) -> str:
        """What is missing and what is wrong, in a sentence each; empty where nothing is."""
        fields = list(self.form.fields.values())
        missing = [field.title for field in fields if field.error and not field.text]
        wrong = [f"「{field.title}」有误：{field.error}" for field in fields if field.error and field.text]
        return "\n".join(([f"还缺：{'、'.join(missing)}。填好即算。"] if missing else []) + wrong)

    def _edited(self) -> None:
        self._typed = True
        self._timer.start()

    def _hint(self, text: str) -> None:
        self.missing.setText(text)
        self._says.addWidget(self.missing)
        self.missing.show()
        self._show(None)

    def _finish(self) -> None:
        if self.form.demand():
            self.calculate()
            self.done.emit()

    def _clear(self) -> None:
        while (item := self._says.takeAt(0)) is not None:
            part = item.widget()
            if part is self.missing:
                part.hide()
            elif part is not None:
                part.hide()
                part.deleteLater()

    def _show(self, sheet: Sheet | None) -> None:
        self.view.show_sheet(sheet)
        self.copy.setEnabled(sheet is not None)
        self.print.setEnabled(sheet is not None)

    def _print(self) -> None:
        if self.view.sheet is not None:
            self.print_asked.emit(self.view.sheet)


class CalculatorsPage(Page):
    """All calculators. ``known`` are values of the case they were opened from, by calculator id and field name; ``typed``, by case and
    calculator, is what was typed instead, kept from one opening of the page to the next."""

    print_asked = Signal(object)

    def __init__(
        self, calculators: Sequence[Calculator], rule: CalculatorLaw, *, today: date | None = None, chosen: str = "",
        known: Mapping[str, Mapping[str, str]] | None = None, case: str = "", notes: Mapping[str, str] | None = None,
        typed: dict[tuple[str, str], dict[str, str]] | None = None,
    ) -> None:
        super().__init__("计算", f"按 {case} 的数据" if case else "边填边算；每一步都列明依据和有效期")
        self._all = {one.id: one for one in calculators}
        self._rule, self._today, self._known, self._notes = rule, today, known or {}, notes or {}
        self._case, self._typed = case, {} if typed is None else typed
        self._panels: dict[str, CalculatorPanel] = {}
        self.list = SideList("计算")
        self.list.show_items([SideLine("计算"), *(SideLine(one.title, "", one.id) for one in calculators)])
        self.list.chosen.connect(self.show_calculator)
        self.list.opened.connect(lambda _key: self.begin())
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(lambda: self.panel.print.click())
        left = Card(self.list, margins=(6, 6, 6, 6))
        self._forms, self._sheets = QStackedWidget(), QStackedWidget()
        self.columns = Columns(SidePanel("计算", left, 190), SidePanel("填写", self._forms, 350), SidePanel("计算单", self._sheets, 380, 1))
        self.setLayout(column(self.columns, gap=0))
        if calculators:
            self.list.choose(chosen if chosen in self._all else calculators[0].id)

    @property
    def panel(self) -> CalculatorPanel:
        """The calculator in front."""
        return self._panels[self.list.current_key]

    @property
    def first_focus(self) -> QWidget:
        return self.list

    def begin(self) -> None:
        """Put the cursor into the first field that is wanted."""
        fields = [field for field in self.panel.form.fields.values() if not field.isHidden()]
        first = next((field for field in fields if field.error), fields[0])
        self.columns.bring("填写")
        first.input.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def clause_topic(self) -> str:
        """The first article behind the sheet in front; without a sheet, or where it rests on none, that of the calculator."""
        sheet = self.panel.view.sheet
        found = next((token for value in sheet.basis for token in value.articles), "") if sheet else ""
        return found or f"screen:calculator.{self.list.current_key}"

    def show_calculator(self, which: str) -> None:
        """Bring a calculator to the front; what was typed in the others stays."""
        if which not in self._panels:
            place = (self._case, which)
            panel = CalculatorPanel(self._all[which], self._rule, self._typed.get(place) or self._known.get(which), self._today, self._notes.get(which, ""))
            panel.setParent(self)
            panel.form.changed.connect(lambda: self._typed.__setitem__(place, panel.form.draft()))
            panel.print_asked.connect(self.print_asked)
            panel.done.connect(lambda: self.columns.bring("计算单"))
            self._panels[which] = panel
            self._forms.addWidget(panel.parts[0])
            self._sheets.addWidget(panel.parts[1])
        form, sheet = self._panels[which].parts
        self._forms.setCurrentWidget(form)
        self._sheets.setCurrentWidget(sheet)
        self.columns.bring("填写")
