"""The case list as it was known at the end of a past day: to read and to write out, nothing is done from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.reads import FormField
from execdesk.reads.casesums import Counts
from execdesk.reads.casewhere import ListFilter
from ui.case.listing import COLUMNS, CaseSource, ask_export, title_of
from ui.case.side import CaseSide
from ui.columns import Columns, SidePanel
from ui.formbuilder import make_field
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.search import FilterField
from ui.settings import Settings
from ui.table import through
from ui.table_source import Column
from ui.table_view import Table
from ui.theme import px
from ui.widgets import Button, Card, CardHead, EmptyState, column, icon_label, label, row, secondary

KNOWN_THEN = (*(replace(one, shown=one.shown or one.title == "乡镇") for one in COLUMNS), Column("承办", lambda row: row.judge or "未分案", width=64))


class PastListPage(Page):
    """The list that ``wanted`` names, on a day before today; the day is chosen on the band above it."""

    table: Table

    def __init__(self, link: Link, notices: Notices, settings: Settings, wanted: ListFilter, scope: str) -> None:
        super().__init__("过去某日所知", scope)
        self.link, self._notices, self._scope = link, notices, scope
        last = link.desk.day - timedelta(days=1)
        self.filter = replace(wanted, known_on=last)
        self.chooser = make_field(FormField(Field("day", "日期", "day", most=last, most_words="昨天"), last))
        self.chooser.title_label.hide()
        self.chooser.input.setFixedWidth(px(104))
        self.chooser.moved_on.connect(self._choose)
        self.words = label("", "strong")
        self.back = Button("回到今天", act=self.go_back.emit)
        show = Button("看这一天", act=self._choose)
        band = Card(tone="navy", margins=(14, 8, 12, 8))
        band.box.addLayout(row(
            icon_label("clock", "navy", 16), self.words, secondary("只看，不能办理；此后才录入或者改正的都不在内。"), None, self.chooser, show, self.back, gap=8,
        ))
        self.sides = CaseSide(link.desk.due_days, glance=False)
        self.sides.view_chosen.connect(self._choose_view)
        self.finder = FilterField()
        self.finder.asked.connect(lambda text: self.table.filter(text))
        self.head = CardHead("", "", self.finder, Button("导出", act=self._export), lined=False)
        self.table = Table(
            KNOWN_THEN, key=lambda one: one.id, name="past", settings=settings, sort="due", empty=EmptyState("这一天没有这一类案件。", "换一类，或换一天再看。"),
            reader=through(link.jobs, self), export=lambda _table: self._export(),
        )
        self.table.model.restarted.connect(self._tell_total)
        middle = Card(self.head, self.table, gap=0, margins=(0, 0, 0, 0))
        self.columns = Columns(SidePanel("我的工作", self.sides, 176), SidePanel("案件", middle, 780, 1))
        above = QWidget()
        above.setLayout(column(band, margins=(12, 2, 12, 10)))
        whole = column(above, self.columns, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._show()

    @property
    def first_focus(self) -> QWidget | None:
        return self.chooser.input

    @property
    def clause_topic(self) -> str:
        return f"screen:cases.{self.filter.view}"

    @property
    def day(self) -> date:
        """The day shown."""
        assert self.filter.known_on is not None
        return self.filter.known_on

    def _choose(self) -> None:
        """Show the day typed; one that cannot be looked back at says why below itself."""
        if not self.chooser.demand():
            return
        try:
            self.filter = replace(self.filter, known_on=self.chooser.value)
        except Refusal as refusal:
            self._notices.refuse(refusal)
            return
        self._show()

    def _choose_view(self, key: str) -> None:
        kind, _, name = key.partition(":")
        self.filter = replace(self.filter, view="open" if kind == "town" else key, town=name)
        self._show()

    def _show(self) -> None:
        self.words.setText(f"按 {self.day} 当时所知")
        self.head.title.setText(title_of(self.filter, self.sides.words))
        self.table.show_source(CaseSource(self.link, self.filter))
        wanted = self.filter
        self.link.read(self, lambda reads: reads.case_counts(wanted.group, wanted.judge, wanted.known_on), done=self._take_counts)

    def _take_counts(self, counts: Counts) -> None:
        self.sides.show_counts(counts, "乡镇")
        self.sides.mark(f"town:{self.filter.town}" if self.filter.town else self.filter.view)

    def _tell_total(self, *_: Any) -> None:
        self.head.aside.setText(f"{self.table.model.total:,}　{self._scope}")

    def _export(self) -> None:
        ask_export(self, self.link, self.table, f"{self.head.title.text()} {self.day}当时所知", self._notices, KNOWN_THEN)
