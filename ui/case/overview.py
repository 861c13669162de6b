"""概况: what to do next and who approves it, parties, claim and what came in, property under control, the last act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from execdesk.law.control import OnDay
from execdesk.reads import Step
from execdesk.reads.cases import CasePage, MeasureRow, MoneyRow
from execdesk.reads.casewords import narrow, percent, sum_words
from execdesk.reads.standing import PersonShown
from execdesk.reads.states import CaseState
from ui.case.identity import HiddenNumber
from ui.case.words import day_words
from ui.panels import Bar, NextStep
from ui.theme import px
from ui.widgets import Button, Elided, column, holder, label, line, row, scrolled, secondary, wrapped

STEPS_SHOWN, PARTIES_SHOWN, MEASURES_SHOWN = 4, 4, 4
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Overview(QWidget):
    """The first part of a case. ``part_asked(number)`` for another part, ``all_asked`` for all steps."""

    asked = Signal(object)
    all_asked = Signal()
    part_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[NextStep] = []
        self._body = column(gap=0)
        self._foot = row(gap=8, margins=(14, 6, 14, 8))
        inner = holder(self._body)
        box = column(scrolled(inner, stops=False), line("hairline"), self._foot, gap=0)
        box.setStretch(0, 1)
        self.setLayout(box)
        self._inner: QWidget | None = None

    def show_case(self, page: CasePage, steps: tuple[Step, ...], person: PersonShown) -> None:
        """Show a case."""
        del person
        had = any(step.hasFocus() for step in self.steps)
        self.steps = []
        box = column(gap=6, margins=(14, 9, 14, 8))
        self._next(box, page, steps)
        self._parties(box, page)
        self._money(box, page)
        self._property(box, page)
        self._remarks(box, page)
        box.addStretch(1)
        fresh = QWidget()
        fresh.setLayout(box)
        if self._inner is not None:
            self._body.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = fresh
        self._body.addWidget(fresh)
        self._tell_last(page)
        if had:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the first step."""
        if self.steps:
            self.steps[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _next(self, box: QVBoxLayout, page: CasePage, steps: tuple[Step, ...]) -> None:
        box.addLayout(row(label("下一步", "strong"), None, Button("全部办理事项 Ctrl+N", "link", act=self.all_asked.emit)))
        if not steps:
            words = "本案由审管办审查办理，执行局只能查看。" if page.case.state == CaseState.REVIEW_OFFICE else f"{f'已于 {page.case.closed_on} 结案' if page.case.closed_on else '已结案'}，不能再办理。"
            box.addWidget(wrapped(words, "secondary"))
        for number, step in enumerate(steps[:STEPS_SHOWN]):
            button = NextStep(narrow(step.title), step.who, note=step.detail, first=number == 0, lacking=step.closed)
            button.clicked.connect(lambda _on=False, step=step: self.asked.emit(step))
            self.steps.append(button)
            box.addWidget(button)
        box.addSpacing(px(3))

    def _parties(self, box: QVBoxLayout, page: CasePage) -> None:
        box.addLayout(row(label("当事人", "strong"), None))
        for party in page.parties[:PARTIES_SHOWN]:
            name = Elided(party.name + (f"（{'、'.join(party.special)}）" if party.special else ""), "", "soon" if party.special else "")
            side = secondary(party.side)
            side.setFixedWidth(px(74))
            part = row(side, name, HiddenNumber(party.id, party.name, party.id_no, "secondary"), gap=6)
            part.setStretch(1, 1)
            box.addLayout(part)
        if len(page.parties) > PARTIES_SHOWN:
            box.addLayout(row(Button(f"另有 {len(page.parties) - PARTIES_SHOWN} 人", "link", act=lambda: self.part_asked.emit(1)), None))

    def _money(self, box: QVBoxLayout, page: CasePage) -> None:
        case = page.case
        share = percent(case.recovered_fen, case.claim_fen)
        box.addSpacing(px(2))
        box.addLayout(row(label("标的与到位", "strong"), secondary(f"到位 {share}"), None))
        box.addWidget(Bar((case.recovered_fen or 0) / case.claim_fen if case.claim_fen else 0.0, words=f"到位 {share}"))
        grid = _grid(3, 0)
        _line(grid, 0, ("", "应执行", "已到位"), small=True)
        names = (("本金", page.principal_fen), ("利息", page.interest_fen), ("诉讼费", page.costs_fen))
        number = 1
        for name, fen in names:
            if fen is not None:
                _line(grid, number, (name, sum_words(fen), "—"))  # what came in is counted as a whole
                number += 1
        _line(grid, number, ("合计", sum_words(case.claim_fen), sum_words(case.recovered_fen)), bold=True)
        if page.fee_fen is not None:
            _line(grid, number + 1, ("执行费（另计）", sum_words(page.fee_fen), ""), small=True)
        box.addLayout(grid)
        for booked in page.money:
            self._booked(box, booked)

    def _booked(self, box: QVBoxLayout, booked: MoneyRow) -> None:
        """One receipt: its day, what it was, its number; a number booked twice asks for a person."""
        undone = booked.stands_fen == 0
        words = f"{day_words(booked.received_on)} {booked.words} {booked.bank_ref}" + ("　同号两笔，只计一笔" if booked.twin else "　不计入" if undone else "")
        action, title = ("receipt.tie", "认定…") if booked.twin else ("receipt.reverse", "冲正…")
        link = Button(title, "link", act=lambda: self.asked.emit(Step(action, title, booked.id)))
        link.setVisible(booked.twin or not undone)
        part = row(Elided(words, "secondary", "soon" if booked.twin else ""), label(sum_words(booked.stands_fen), "", "muted" if undone else ""), link, gap=6)
        part.setStretch(0, 1)
        box.addLayout(part)

    def _property(self, box: QVBoxLayout, page: CasePage) -> None:
        box.addSpacing(px(2))
        head = row(label("查控财产", "strong"), secondary("末日为最后有效日，遇休不顺延"), None, Button("全部措施", "link", act=lambda: self.part_asked.emit(2)))
        box.addLayout(head)
        live = sorted((m for m in page.measures if m.state not in (OnDay.RELEASED, OnDay.DISPOSED)), key=lambda m: (m.ends_on is None, m.ends_on))
        if not live:
            box.addWidget(secondary("没有在控财产。"))
        grid = _grid(1, 1)
        for number, measure in enumerate(live[:MEASURES_SHOWN]):
            _measure(grid, number, measure)
        box.addLayout(grid)

    def _remarks(self, box: QVBoxLayout, page: CasePage) -> None:
        """What the ledger or the registration remarked."""
        if page.remarks:
            box.addSpacing(px(2))
            words = Elided(page.remarks.replace("\n", "；"), "secondary")
            told = row(label("备注", "strong"), words, gap=8)
            told.setStretch(1, 1)
            box.addLayout(told)

    def _tell_last(self, page: CasePage) -> None:
        while (item := self._foot.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        last = page.trail[0] if page.trail else None
        words = Elided(f"最近：{last.at[5:]} {last.person} {last.act}" if last else "尚无留痕。", "secondary")
        self._foot.addWidget(words, 1)
        self._foot.addWidget(Button("留痕", "link", act=lambda: self.part_asked.emit(4)))
        self.setAccessibleName(f"概况 {narrow(page.case.number)}")


def _grid(columns: int, stretch: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(stretch, 1)
    for number in range(1, columns):
        grid.setColumnMinimumWidth(number, px(104))
    return grid


def _line(grid: QGridLayout, number: int, cells: tuple[str, ...], *, bold: bool = False, small: bool = False) -> None:
    for place, text in enumerate(cells):
        made = label(text, "strong" if bold else "secondary" if small else "")
        if place:
            made.setAlignment(RIGHT)
        grid.addWidget(made, number, place)


def _measure(grid: QGridLayout, number: int, measure: MeasureRow) -> None:
    soon = measure.state == OnDay.DUE or (measure.days_left is not None and 0 <= measure.days_left <= 30)
    tone = "late" if measure.state == OnDay.LAPSED else "soon" if soon else ""
    action, _, thing = measure.title.partition(" ")
    amount = measure.held_fen if measure.held_fen is not None else measure.amount_fen
    left = f"{measure.days_left} 天" if measure.days_left is not None and measure.days_left >= 0 else measure.state_words
    cells = (
        (label(action, "strong" if tone else "", tone or "muted"), False), (Elided(thing, "", tone, middle=True), False), (label(sum_words(amount, "—"), "", tone), True),
        (label(day_words(measure.ends_on) if measure.ends_on else "未起算", "", tone), True), (label(left, "strong" if tone else "", tone or "muted"), True),
    )
    for place, (widget, right) in enumerate(cells):
        if right:
            widget.setAlignment(RIGHT)
        grid.addWidget(widget, number, place)
