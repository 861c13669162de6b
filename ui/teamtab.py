"""The tab 团队: everything as of the chosen day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDateEdit, QVBoxLayout, QWidget

from execdesk.desk import Desk
from execdesk.reads.teams import DAY_HEADINGS, TeamDay, TeamRow, day_rows
from ui.adminpage import AdminPage
from ui.columns import Columns, SidePanel
from ui.exporting import Chooser, ask_where, write_list
from ui.flow import Flow
from ui.jobs import Runner
from ui.notices import Notices
from ui.pages import Page
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.team.cards import GroupCard
from ui.team.dialogs import ActDialog, RatioDialog
from ui.theme import px
from ui.widgets import Button, Card, chip, column, holder, icon_label, label, line, row, scrolled, secondary, wrapped

TABLES = frozenset({"Team", "TeamMember", "Post", "Person", "Assignment", "Case", "Delegation", "Group", "Area"})
UNPLACED = (
    Column("姓名", lambda r: r.name, width=70, tone=lambda r: "strong"), Column("职务", lambda r: r.post, width=80, tone=lambda r: "muted"),
    Column("编制", lambda r: r.staffing, width=64, tone=lambda r: "muted"), Column("可任", lambda r: r.role, width=76),
    Column("说明", lambda r: r.note, width=120, grow=1, tone=lambda r: "muted"),
)


class TeamTab(Page):
    """Groups, teams 1+N, load, ratio and changes; the date is chosen above and everything follows it."""

    def __init__(self, desk: Desk, jobs: Runner, notices: Notices, open_page: Callable[[Page], object], *, save: Chooser = ask_where) -> None:
        super().__init__("团队")
        self._save, self._today = save, desk.day
        self.desk, self._jobs, self._notices, self._open_page = desk, jobs, notices, open_page
        self.shown: TeamDay | None = None
        self.groups: list[GroupCard] = []
        self.dialog: Any = None
        self._place: QVBoxLayout = column(gap=0)
        self.setLayout(column(scrolled(holder(column(self._head(), self._place, gap=0), "page"), stops=False), gap=0))
        self._place.setContentsMargins(0, 0, 0, 0)
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.activated.connect(lambda: self.act("join", None))

    def _head(self) -> QWidget:
        self.chooser = QDateEdit()  # moves the page through days, nothing is entered
        self.chooser.setDisplayFormat("yyyy-MM-dd")
        self.chooser.setCalendarPopup(True)
        self.chooser.setAccessibleName("日期")
        self.chooser.setFixedWidth(px(132))
        self.chooser.setDate(_qdate(self.desk.day))
        self.chooser.dateChanged.connect(lambda _day: self.reload())
        self.before = Button(kind="icon", icon="chevron-left", tip="前一天", act=lambda: self.step(-1))
        self.after = Button(kind="icon", icon="chevron-right", tip="后一天", act=lambda: self.step(1))
        self.today = Button("今天", act=lambda: self.go(self.desk.day))
        self.day_words, self.note = chip(""), secondary("")
        self.form_button = Button("组建团队…", act=lambda: self.act("form", None))
        self.place_button = Button("编入…", act=lambda: self.act("join", None))
        self.export_button = Button("导出…", act=self.export)
        self.post_button = Button("登记任免", act=lambda: self._open_page(AdminPage(self.desk, self._jobs, self._notices, self._open_page, "posts")))
        head = Flow(
            label("执行团队", "page-title"), secondary("日期"), self.before, self.chooser, self.after, self.today, self.day_words, self.note, gap=6,
            last=(self.export_button, self.place_button, self.form_button, self.post_button),
        )
        self.ratio_line = Flow(gap=8)
        self.lists = Button("计算式与两份名单", "link", act=self._show_lists)
        ratio = row(self.ratio_line, self.lists, margins=(16, 7, 12, 7))
        ratio.setStretch(0, 1)
        card = Card(gap=0, margins=(0, 0, 0, 0))
        card.box.addLayout(row(head, margins=(16, 8, 12, 8)))
        card.box.addWidget(line())
        card.box.addLayout(ratio)
        return holder(column(card, margins=(12, 11, 12, 0)))

    @property
    def day(self) -> date:
        """The chosen day."""
        chosen = self.chooser.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def first_focus(self) -> QWidget | None:
        return self.chooser

    @property
    def clause_topic(self) -> str:
        return "screen:team"

    def go(self, day: date) -> None:
        """Show a day."""
        self.chooser.setDate(_qdate(day))

    def step(self, days: int) -> None:
        """Show the day before or after."""
        self.go(self.day + timedelta(days=days))

    def entered(self) -> None:
        self.reload()

    def refresh(self, changes: Any) -> None:
        """An act was made at this desk."""
        if any(table in TABLES for table, _row in changes.rows):
            self.reload()

    def begin_day(self, day: date) -> None:
        """Another day has begun: whoever looked at today still does, a day chosen stays."""
        was, self._today = self._today, day
        if self.day == was:
            self.go(day)
        self.reload()

    def reload(self) -> None:
        """Read the chosen day anew."""
        day = self.day
        self._jobs.read(self, lambda: self.desk.reads.team_day(day), done=self._arrived, failed=self._notices.show_error)

    def _arrived(self, found: TeamDay) -> None:
        if found.day != self.day:
            return
        self.shown = found
        self.day_words.setText(found.day_words)
        self.note.setText(found.note)
        self.today.setEnabled(found.day != self.desk.day)
        for button in (self.form_button, self.place_button):
            button.setVisible(found.may_form)
        self.post_button.setVisible(found.may_name)
        self._tell_ratio(found)
        self._show_groups(found)

    def _tell_ratio(self, found: TeamDay) -> None:
        ratio = found.ratio

        def formula(one: Any) -> QWidget:
            return label(f"{len(one.numerator)} ÷ {len(one.denominator)} = {one.text}" if one.denominator else "未查", "strong", "navy")

        fits = ratio.verdict == "符合"
        parts: list[QWidget] = [
            label("第9条 法官比例", "strong"), secondary("执行局"), formula(ratio.bureau), secondary("应不低于"), secondary("其他审判团队"), formula(ratio.others),
            icon_label("check" if fits else "warning", "navy" if fits else "amber_mark"), label(ratio.verdict, "strong", "navy" if fits else "soon"),
            secondary(ratio.margin),
        ]
        self.ratio_line.fill(*parts)

    def _show_lists(self) -> None:
        assert self.shown is not None
        self.dialog = RatioDialog(self.shown.ratio, self.shown.day.isoformat(), self.window())
        self.dialog.open()

    def _show_groups(self, found: TeamDay) -> None:
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.groups = []
        for number, group in enumerate(found.groups):
            more = (self._unplaced(found), self._changes(found)) if number == len(found.groups) - 1 else ()
            card = GroupCard(group, found.may_form, *more)
            card.asked.connect(self.act)
            self.groups.append(card)
        columns = Columns(*(SidePanel(card.group.name, card, 470, 1) for card in self.groups), top=12)
        columns.setMinimumHeight(px(250))  # in a low window the page scrolls rather than cutting its cards
        self._place.addWidget(columns, 1)

    def _unplaced(self, found: TeamDay) -> QWidget:
        head = row(label("未编入团队", "strong"), secondary(f"{len(found.unplaced)} 人"), None, gap=8)
        if not found.unplaced:
            return holder(column(head, secondary("当日可编入的人员都已在团队。"), gap=4))
        table = Table(UNPLACED, key=lambda r: r.id, foot=False, unit="人", titled=lambda: f"未编入团队 {found.day}")
        table.show_source(ListSource(found.unplaced, UNPLACED))
        table.setFixedHeight(px(30) + px(28) * min(len(found.unplaced), 6) + px(4))
        self.unplaced = table
        return holder(column(head, table, gap=4))

    def _changes(self, found: TeamDay) -> QWidget:
        before = found.day - timedelta(days=1)
        box = column(row(label(f"{found.day:%m-%d} 的变动", "strong"), secondary(f"与 {before:%m-%d} 相比"), None, gap=8), gap=4)
        for change in found.changes[:12]:
            words = wrapped(change.text)
            box.addLayout(row(chip(change.sign), words, gap=8))
        if len(found.changes) > 12:
            box.addWidget(secondary(f"另有 {len(found.changes) - 12} 项"))
        if not found.changes:
            box.addWidget(secondary("没有变动。"))
        return holder(box)

    def export(self) -> None:
        """Write the day as a table."""
        found = self.shown
        name = self._save(self, f"团队 {self.day}.xlsx")
        if name and found is not None:
            rows = day_rows(found)
            write_list(self, self._jobs, self._notices, Path(name), DAY_HEADINGS, rows, len(rows))

    # steps
    def act(self, step: str, team: TeamRow | None) -> None:
        """Open the dialog of a step on a team."""
        if self.shown is None or not self.shown.may_form:
            return
        given = {"team": team.id} if team is not None and step not in ("form", "join") else {}
        title = {"part": "调出{}", "judge": "更换{}的法官", "close": "撤销{}"}.get(step, "").format(team.name if team is not None else "")
        dialog = ActDialog(
            self.desk, self._jobs, f"team.{step}", given=given, target=team.id if team is not None else "", on=self.day, title=title,
            done=lambda _changes: self._done(dialog.shown.done), parent=self.window(),
        )
        self.dialog = dialog
        dialog.open()

    def _done(self, words: str) -> None:
        self._notices.done(words)
        self.reload()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
