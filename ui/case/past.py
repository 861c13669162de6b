"""Every list as it was known at the end of a past day: to read and to write out, nothing is done from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.reads import FormField
from execdesk.reads.casesums import Counts
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.listing import BoardList, ListWanted, ViewCount, lists
from ui.boardsource import BoardSource, board_table
from ui.case.listing import COLUMNS, CaseSource, title_of
from ui.case.side import CaseSide
from ui.columns import Columns, SidePanel
from ui.flow import Flow
from ui.formbuilder import make_field
from ui.link import Link
from ui.lists import SideLine, SideList, fit_height
from ui.notices import Notices
from ui.pages import Page
from ui.search import FilterField
from ui.settings import Settings
from ui.table import through
from ui.table_source import Column
from ui.table_view import Table
from ui.theme import px
from ui.widgets import Button, Card, CardHead, EmptyState, column, holder, icon_label, label, restyle, row, secondary

KNOWN_THEN = (*(replace(one, shown=one.shown or one.title == "乡镇") for one in COLUMNS), Column("承办", lambda row: row.judge or "未分案", width=64))


class PastListPage(Page):
    """The list that ``wanted`` names, on a day before today; the day is chosen on the band above it. Below the views of cases stand the other
    lists that the board answers."""

    table: Table

    def __init__(self, link: Link, notices: Notices, settings: Settings, wanted: ListFilter, scope: str) -> None:
        super().__init__("过去某日所知", scope)
        self.link, self._notices, self._settings, self._scope = link, notices, settings, scope
        last = link.desk.day - timedelta(days=1)
        self.filter = replace(wanted, known_on=last)
        self.chooser = make_field(FormField(Field("day", "日期", "day", most=last, most_words="昨天"), last))
        self.chooser.title_label.hide()
        self.chooser.input.setFixedWidth(px(104))
        self.chooser.moved_on.connect(self._choose)
        self.chooser.sentence.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.words = label("", "strong")
        self.back = Button("回到今天", act=self.go_back.emit)
        show = Button("看这一天", act=self._choose)
        band = Card(tone="navy", margins=(14, 8, 12, 8))
        band.box.addLayout(row(
            icon_label("clock", "navy", 16), self.words, secondary("只看，不能办理；此后才录入或者改正的都不在内。"), None, self.chooser, show, self.back, gap=8,
        ))
        band.box.addWidget(self.chooser.sentence)  # as wide as the band: below the narrow field it would break over lines
        self.of = ListWanted("", known_on=last)  # which of the other lists is shown; of cases where it names none
        self.sides, self.others = CaseSide(link.desk.due_days, glance=False), SideList("其他清单")
        self.sides.view_chosen.connect(self._choose_view)
        self.others.chosen.connect(self._choose_list)
        self.finder = FilterField()
        self.finder.asked.connect(lambda text: self.shown.filter(text))
        self.head = CardHead("", "", self.finder, Button("导出", act=lambda: self.shown.export()), lined=False)
        self.table = Table(
            KNOWN_THEN, key=lambda one: one.id, name="past", settings=settings, sort="due", empty=EmptyState("这一天没有这一类案件。", "换一类，或换一天再看。"),
            reader=through(link.jobs, self), titled=self._titled,
        )
        self.table.model.restarted.connect(self._tell_total)
        self.tables, self.pile, self.bands = {"": self.table}, QStackedWidget(), Flow(gap=2)
        self.pile.addWidget(self.table)
        self.strip = holder(row(self.bands, margins=(8, 0, 8, 8)))
        middle = Card(self.head, self.strip, self.pile, gap=0, margins=(0, 0, 0, 0))
        below = Card(self.others, gap=0, margins=(6, 6, 6, 6))
        side = column(self.sides, below, gap=10)
        side.setStretch(0, 1)
        self.columns = Columns(SidePanel("我的工作", holder(side), 176), SidePanel("清单", middle, 780, 1))
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
        self.of = replace(self.of, name="")
        self.filter = replace(self.filter, view="open" if kind == "town" else key, town=name)
        self._show()

    def _choose_list(self, name: str) -> None:
        """Show another list than that of cases."""
        self.of = ListWanted(name, known_on=self.day)
        self._show()

    def _choose_part(self, view: str) -> None:
        self.of = replace(self.of, view=view)
        self._show()

    @property
    def shown(self) -> Table:
        """The table in front."""
        return self.tables[self.of.name]

    def _show(self) -> None:
        self.words.setText(f"按 {self.day} 当时所知")
        self.of = replace(self.of, known_on=self.day)
        wanted, of = self.filter, lists().get(self.of.name)
        if of is None:
            self.head.title.setText(title_of(self.filter, self.sides.words))
            self.table.show_source(CaseSource(self.link, self.filter))
        else:
            self._show_list(of)
        self.pile.setCurrentWidget(self.shown)
        self.strip.setVisible(of is not None)
        self.link.read(self, lambda reads: reads.case_counts(wanted.group, wanted.judge, wanted.known_on), done=self._take_counts)
        self.link.read(self, lambda reads: {name: reads.list_counts(name, wanted.known_on) for name in lists()}, done=self._take_others)

    def _show_list(self, of: BoardList[Any]) -> None:
        if of.name not in self.tables:
            table = self.tables[of.name] = board_table(of, self.link.jobs, self, titled=self._titled, name=f"past.{of.name}", settings=self._settings)
            table.model.restarted.connect(self._tell_total)
            self.pile.addWidget(table)
        self.head.title.setText(of.title)
        self.shown.show_source(BoardSource(self.link, self.of))

    def _take_counts(self, counts: Counts) -> None:
        self.sides.show_counts(counts, "乡镇")
        if self.of.name:
            self.sides.views.clear_mark()
        else:
            self.sides.mark(f"town:{self.filter.town}" if self.filter.town else self.filter.view)

    def _take_others(self, counts: dict[str, tuple[ViewCount, ...]]) -> None:
        """How much the other lists hold, and the parts of the one shown."""
        lines = [SideLine(of.title, f"{next(each.number for each in counts[name] if each.view == 'all'):,}", name) for name, of in lists().items()]
        self.others.show_items([SideLine("其他清单"), *lines])
        fit_height(self.others)
        if self.of.name:
            self.others.choose(self.of.name, quiet=True)
        else:
            self.others.clear_mark()
        parts = []
        for each in counts.get(self.of.name, ()):
            part = Button(f"{each.title} {each.number:,}", "band", act=partial(self._choose_part, each.view))
            restyle(part, here="true" if each.view == self.of.view else "false", tone=each.tone if each.number else "")
            parts.append(part)
        self.bands.fill(*parts)

    def _tell_total(self, *_: Any) -> None:
        total = f"{self.shown.model.total:,}"
        self.head.aside.setText(total if self.of.name else f"{total}　{self._scope}")

    def _titled(self) -> str:
        return f"{self.head.title.text()} {self.day}当时所知"
