"""工具 → 法规参数 with the court's corrections: the figures as they rule here, the form to correct one, and what waits for 局长."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from execdesk.law.ruletexts import figure_of
from execdesk.law.shapes import shape_of
from execdesk.law.unitvalues import hint_of
from execdesk.law.values import DatedValue
from execdesk.reads.lawdata import CorrectionRow, LawDesk
from execdesk.reads.states import ProposalState
from ui.columns import Columns, SidePanel
from ui.lawview import LawPage
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.settings import Settings
from ui.sheetview import title_of
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.team.dialogs import ActDialog
from ui.widgets import Button, Card, CardHead, EmptyState, FactLines, column, holder, row, secondary, wrapped

COLUMNS = (
    Column("参数", lambda r: r.name, sort="name", width=170, grow=3, tip=lambda r: r.key),
    Column("原为", lambda r: r.before, width=110, grow=2, tone=lambda r: "muted"),
    Column("更正为", lambda r: r.after, width=110, grow=2),
    Column("自", lambda r: r.valid_from.isoformat(), sort="from", value=lambda r: r.valid_from, whole=True, cell=lambda r: r.valid_from),
    Column("提请人", lambda r: r.proposed_by, sort="by", width=64),
    Column("状态", lambda r: r.state_words, sort="state", whole=True, tone=lambda r: "!soon" if r.state == ProposalState.PROPOSED else "muted"),
)


class LawDeskPage(LawPage):
    """The figures with what this person may do about them."""

    desk_shown: LawDesk | None = None

    def __init__(self, link: Link, notices: Notices, settings: Settings | None = None) -> None:
        super().__init__(link.desk.law, link.desk.day, settings=settings, used_in=lambda key: self._used(key))
        self.link, self._notices, self._settings = link, notices, settings
        self.dialog: ActDialog | None = None
        self.waiting = Button("更正记录", act=self.show_corrections)
        link.changed.connect(self._heard)

    @property
    def head_actions(self) -> tuple[Button, ...]:
        return (self.waiting,)

    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.link.read(self, lambda reads: reads.law_desk(), done=self._arrived, failed=self._notices.show_error)

    def _heard(self, changes: Any) -> None:
        if any(table == "LawCorrection" for table, _row in changes.rows):
            self.reload()

    def _arrived(self, found: LawDesk) -> None:
        self.desk_shown = found
        count = sum(one.state == ProposalState.PROPOSED for one in found.corrections)
        self.waiting.setText(f"{count} 件更正待局长批准" if count else f"更正记录（{len(found.corrections)}）" if found.corrections else "更正记录")
        self._correct = self.correct if found.may_propose else None
        self.show_book(found.book)

    def _used(self, key: str) -> tuple[str, ...]:
        return self.desk_shown.used_in.get(key, ()) if self.desk_shown else ()

    def show_corrections(self) -> None:
        self.open_page.emit(CorrectionsPage(self.link, self._notices, self._settings))

    def correct(self, value: DatedValue) -> None:
        """Open the form for a figure."""
        self.dialog = correction_dialog(self.link, self._notices, value, self)
        self.dialog.open()


def correction_dialog(link: Link, notices: Notices, value: DatedValue, parent: Page) -> ActDialog:
    """The form to correct a figure; an approving level is refused by the action, in its words."""
    now = f"现为 {figure_of(value)}（{value.source}）。提请后由局长批准才生效，各处随留痕一并更正；不能由提请人自己批准。"
    how = "更正只改说明，计算方法仍按程序。" if value.unit == "rule" else "一项一行，可以增减。" if shape_of(value.unit, value.value) else f"{hint_of(value.unit)}。"
    dialog = ActDialog(
        link.desk, link.jobs, "law.propose", given={"key": value.key}, title=f"提请更正：{title_of(value)}", words=now + how.lstrip("。"),
        done=lambda _changes: notices.done("已提请，待局长批准。"), parent=parent.window(),
    )
    dialog.form["value"].input.setFocus()
    return dialog


class CorrectionsPage(Page):
    """What was proposed, what rules, what was refused; 局长 decides here."""

    decided = Signal()

    def __init__(self, link: Link, notices: Notices, settings: Settings | None = None) -> None:
        super().__init__("法规参数的更正")
        self.link, self._notices = link, notices
        self.shown: LawDesk | None = None
        self.dialog: ActDialog | None = None
        self.table = Table(
            COLUMNS, key=lambda r: r.id, name="corrections", settings=settings, unit="件", titled=lambda: "法规参数的更正",
            empty=EmptyState("没有更正过法规参数。", "在「法规参数」中选一项，点「提请更正…」。"),
        )
        self.table.chosen.connect(self._show)
        self._place = column(gap=0)
        self.table.offers = lambda: right.findChildren(Button)
        left = Card(CardHead("更正", lined=False), self.table, gap=0, margins=(0, 0, 0, 0))
        right = Card(holder(self._place), margins=(0, 0, 0, 0))
        self.columns = Columns(SidePanel("更正", left, 560, 1), SidePanel("内容", right, 360))
        self.table.opened.connect(lambda _row: self.columns.bring("内容"))
        self.setLayout(column(self.columns, gap=0))
        link.changed.connect(self._heard)

    @property
    def clause_topic(self) -> str:
        """The figure of the correction chosen."""
        return f"value:{self.table.current.key}" if self.table.current is not None else "screen:law.corrections"

    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.link.read(self, lambda reads: reads.law_desk(), done=self._arrived, failed=self._notices.show_error)

    def _heard(self, changes: Any) -> None:
        if any(table == "LawCorrection" for table, _row in changes.rows):
            self.reload()

    def _arrived(self, found: LawDesk) -> None:
        self.shown = found
        self.table.show_source(ListSource(found.corrections, COLUMNS))
        if self.table.current is None and found.corrections:
            self.table.select(found.corrections[0].id)
        self._show(self.table.current)

    def _show(self, found: CorrectionRow | None) -> None:
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if found is None or self.shown is None:
            return
        facts = [
            ("原为", found.before), ("更正为", found.after), ("自", found.valid_from.isoformat()), ("依据", found.source), ("理由", found.reason),
            ("提请人", found.proposed_by), ("状态", f"{found.state_words}{f'，{found.decided}' if found.decided else ''}"), ("代号", found.key),
        ]
        body = column(wrapped(found.name, "card-title"), FactLines(facts, name_width=56), gap=10, margins=(14, 12, 14, 12))
        if found.state == ProposalState.PROPOSED:
            may = self.shown.may_approve and not found.mine
            self.approve = Button("批准更正", "primary", act=lambda: self._approve(found))
            self.refuse = Button("不批准…", act=lambda: self._refuse(found))
            for button in (self.approve, self.refuse):
                button.setEnabled(may)
            why = "" if may else "由局长批准" if not self.shown.may_approve else "您自己提请的，不能由您批准"
            body.addLayout(row(self.approve, self.refuse, secondary(why), None, gap=8))
        body.addStretch(1)
        self._place.addWidget(holder(body), 1)

    def _approve(self, found: CorrectionRow) -> None:
        def told(_changes: object) -> None:
            self._notices.done(f"{found.name}自 {found.valid_from} 起更正为{found.after}。")

        self.link.do(self, "law.approve", {"correction": found.id}, done=told, failed=self._notices.show_error)

    def _refuse(self, found: CorrectionRow) -> None:
        self.dialog = ActDialog(
            self.link.desk, self.link.jobs, "law.refuse", given={"correction": found.id}, title=f"不批准更正：{found.name}",
            done=lambda _changes: self._notices.done("未批准，参数仍按原值。"), parent=self.window(),
        )
        self.dialog.open()
