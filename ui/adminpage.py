"""工具 → 人员和授权: people, posts, letters, certificates, glyphs; prepared by the administrator, in effect when countersigned."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from execdesk.desk import Desk
from execdesk.reads.admin import MAIN, SITTING, AdminRow, AdminSection, Step
from ui.ceremony import CeremonyDialog
from ui.columns import Columns, SidePanel
from ui.jobs import Runner
from ui.lists import SideLine, SideList
from ui.notices import Notices
from ui.pages import Page
from ui.search import FilterField
from ui.sitting import SittingDialog
from ui.specimen import Specimen
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.team.dialogs import ActDialog
from ui.theme import px
from ui.widgets import Button, Card, EmptyState, FactLines, chip, column, label, line, row, scrolled, secondary, wrapped

TABLES = frozenset({"Person", "Post", "Delegation", "Certificate", "TeamMember", "Glyph"})


def columns_of(section: AdminSection) -> tuple[Column, ...]:
    """The columns of a section; the last says the state, in its tone."""
    last = len(section.headings) - 1

    def made(at: int, title: str) -> Column:
        figures = title in ("事项",)
        return Column(title, lambda r: r.cells[at], sort=title, align="right" if figures else "left", width=70, grow=1 if at < 2 else 0, whole=at == 0 or at >= 2,
                      tone=lambda r: ("!soon" if r.tone == "soon" else r.tone) if at == last or r.tone == "muted" else "strong" if at == 0 else "")

    return tuple(made(at, title) for at, title in enumerate(section.headings))


class AdminPage(Page):
    """Sections at the left, rows, and the chosen row with what is offered to this person."""

    def __init__(self, desk: Desk, jobs: Runner, notices: Notices, open_page: Callable[[Page], object], section: str = "") -> None:
        super().__init__("人员和授权", "系统管理员登记，院长或局长会签后生效；谁也不能为自己会签")
        self.desk, self._jobs, self._notices, self._open_page = desk, jobs, notices, open_page
        self._first = section
        self.sections: dict[str, AdminSection] = {}
        self.tables: dict[str, Table] = {}
        self.buttons: dict[str, Button] = {}
        self.dialog: Any = None
        self.specimen: Specimen | None = None
        self.says = Notices()
        self.list = SideList("人员和授权")
        self.list.chosen.connect(self.show_section)
        self.needle = FilterField("姓名、职务、文号")
        self.needle.asked.connect(lambda needle: self.table.filter(needle) if self.list.current_key in self.tables else None)
        self.needle.left.connect(lambda: self.table.view.setFocus() if self.list.current_key in self.tables else None)
        self.heading, self.words = label("", "card-title"), secondary("")
        self._begin = row(gap=6)
        self._place = column(gap=0)
        self._detail = scrolled(QWidget())
        self.setLayout(column(self._lay_out(), gap=0))

    def _lay_out(self) -> Columns:
        left = Card(self.list, margins=(6, 6, 6, 6))
        head = row(self.heading, None, self.needle, self._begin, gap=8, margins=(14, 8, 12, 4))
        words = row(self.words, None, margins=(14, 0, 12, 8))
        middle = Card(gap=0, margins=(0, 0, 0, 0))
        middle.box.addLayout(head)
        middle.box.addLayout(words)
        middle.box.addWidget(line())
        middle.box.addLayout(self._place, 1)
        right = Card(self.says, self._detail, gap=0, margins=(2, 2, 2, 2))
        right.box.setStretch(1, 1)
        self.columns = Columns(SidePanel("类别", left, 160), SidePanel("登记", middle, 560, 1), SidePanel("内容", right, 330))
        return self.columns

    @property
    def clause_topic(self) -> str:
        return f"screen:people.{self.list.current_key}"

    @property
    def table(self) -> Table:
        """The table in front."""
        return self.tables[self.list.current_key]

    def entered(self) -> None:
        self.reload()

    def refresh(self, changes: Any) -> None:
        """An act was made at this desk."""
        if changes.act.startswith("telephone.") or any(table in TABLES for table, _row in changes.rows):
            self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self._jobs.read(self, lambda: self.desk.reads.admin_sections(), done=self._arrived, failed=self._notices.show_error)

    def _arrived(self, sections: tuple[AdminSection, ...]) -> None:
        self.sections = {section.key: section for section in sections}
        lines = [SideLine(s.title, f"{s.waiting} 待办" if s.waiting else f"{len(s.rows):,}", s.key, "soon" if s.waiting else "") for s in sections]
        self.list.show_items([SideLine("人员和授权"), *lines])
        if self.list.current_key:
            self.show_section(self.list.current_key)
        else:
            self.list.choose(self._first or sections[0].key)

    def show_section(self, key: str) -> None:
        """Bring a section to the front."""
        section = self.sections[key]
        self.heading.setText(section.title)
        self.specimen = None
        self.words.setText(section.words)
        if key not in self.tables:
            table = Table(columns_of(section), key=lambda r: r.id, unit="项", empty=EmptyState(f"还没有{section.title}。", section.words), titled=lambda: section.title)
            table.chosen.connect(self._show)
            table.offers = lambda: self._detail.findChildren(Button)
            self.tables[key] = table
            self._place.addWidget(table)
        for name, table in self.tables.items():
            table.setVisible(name == key)
        self._fill_begin(section)
        self.table.show_source(ListSource(section.rows, self.table.model.columns))
        if self.table.current is None and section.rows:
            self.table.select(section.rows[0].id)
        self._show(self.table.current)

    def _fill_begin(self, section: AdminSection) -> None:
        while (item := self._begin.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for step in section.begin:
            self.buttons[step.action] = Button(step.title, "primary" if step.tone == MAIN else "", act=partial(self.do, step, None))
            self._begin.addWidget(self.buttons[step.action])

    def _show(self, chosen: AdminRow | None) -> None:
        body = QWidget()
        body.setProperty("kind", "plain")
        box = column(gap=8, margins=(14, 12, 14, 12))
        if chosen is None:
            box.addWidget(secondary("选一项看内容。"))
        else:
            head = row(wrapped(chosen.title, "card-title"), *([chip(chosen.state, "soon" if chosen.tone == "soon" else "")] if chosen.state else []))
            head.setStretch(0, 1)
            box.addLayout(head)
            if chosen.specimen:
                box.addWidget(self._specimen(chosen.specimen))
            box.addWidget(FactLines(chosen.facts, name_width=56))
            for number, words in enumerate(chosen.lines):
                box.addWidget(_line(words, number == 0))
            self._add_steps(box, chosen)
        box.addStretch(1)
        body.setLayout(box)
        assert isinstance(self._detail, QScrollArea)
        self._detail.setWidget(body)
        body.setAutoFillBackground(False)

    def _specimen(self, glyph: str) -> Specimen:
        """How a glyph looks on paper, between two common characters; read from its file."""
        shown = self.specimen = Specimen()
        self._jobs.read(shown, lambda: self.desk.reads.glyph_specimen(glyph), done=shown.show_pdf, failed=shown.show_error)
        return shown

    def _add_steps(self, box: Any, chosen: AdminRow) -> None:
        box.addSpacing(px(4))
        for step in chosen.steps:
            button = Button(step.title, "primary" if step.tone == MAIN else "", act=partial(self.do, step, chosen))
            self.buttons[step.action] = button
            box.addLayout(row(button, None))
        if chosen.closed:
            box.addWidget(wrapped(chosen.closed, "secondary"))

    # steps
    def do(self, step: Step, chosen: AdminRow | None) -> None:
        """Do a step at once, or open its form."""
        self.says.clear()
        if step.action == SITTING:
            self.dialog = SittingDialog(self.desk, self._jobs, done=self._sat, parent=self.window())
            self.dialog.open()
            return
        shown = self.desk.reads.form(step.action, given=dict(step.values))
        if not shown.fields:
            self._jobs.run(self, lambda: self.desk.do(step.action, **shown.given), done=lambda _changes: self._did(shown.done), failed=self._fail)
            return
        if shown.second:
            self.dialog = CeremonyDialog(
                self.desk, self._jobs, step.action, given=dict(step.values), done=lambda _changes: self._did(shown.done), parent=self.window()
            )
            self.dialog.open()
            return
        title = f"{step.title.rstrip('…')}：{chosen.title}" if chosen is not None else ""
        dialog = ActDialog(
            self.desk, self._jobs, step.action, given=dict(step.values), title=title, done=lambda _changes: self._did(dialog.shown.done), parent=self.window(),
        )
        self.dialog = dialog
        dialog.open()

    def _sat(self, number: int) -> None:
        if number:
            self._did(f"已签发 {number} 张证书。")

    def _did(self, words: str) -> None:
        self._notices.done(words)
        self.reload()

    def _fail(self, error: BaseException) -> None:
        self.says.show_error(error) if hasattr(error, "clauses") else self._notices.show_error(error)


def _line(words: str, first: bool) -> QLabel:
    return label(words, "strong") if first else wrapped(words)
