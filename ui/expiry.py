"""工具 → 到期: every live control measure by its end, with days left; filter, sums, export, Enter opens the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from execdesk.law.money import yuan_text
from execdesk.reads.measures import Expiry, ExpiryRow
from ui.case.listing import ask_export
from ui.case.words import narrow
from ui.columns import Columns, Panel
from ui.link import Link
from ui.lists import Line, SideList
from ui.notices import Notices
from ui.pages import Page
from ui.search import FilterField
from ui.settings import Settings
from ui.table import Column, ListSource
from ui.table_view import Table
from ui.theme import px
from ui.widgets import Button, Card, CardHead, EmptyState, column

TABLES = frozenset({"Measure", "BankReceipt", "Assignment", "Party", "Case"})
FAR = 10**6
RULES = {"自生效日推算": "推算", "文书载明": "文书", "回执载明": "回执", "自生效日按法定最长期限推算": "法定最长"}


def _left(row: ExpiryRow) -> str:
    if row.days_left is None:
        return row.state_words if row.state_words != "控制中" else "—"
    return f"已过 {-row.days_left} 天" if row.days_left < 0 else "今天" if row.days_left == 0 else f"{row.days_left} 天"


def _tone(row: ExpiryRow) -> str:
    return {"lapsed": "late", "soon": "soon"}.get(row.urgency, "muted" if row.urgency == "unknown" else "")


COLUMNS = (
    Column("到期", lambda r: r.ends_on.isoformat() if r.ends_on else "—", sort="end", value=lambda r: r.ends_on or date.max, whole=True),
    Column("剩余", _left, sort="left", align="right", value=lambda r: FAR if r.days_left is None else r.days_left, width=72, whole=True, tone=_tone),
    Column("措施", lambda r: r.title, sort="title", width=180, grow=3, tip=lambda r: f"{r.title}，{r.state_words}"),
    Column("种类", lambda r: r.kind, sort="kind", whole=True),
    Column("金额（元）", lambda r: yuan_text(r.amount_fen).removesuffix("元") if r.amount_fen is not None else "—", sort="amount", align="right",
           value=lambda r: -1 if r.amount_fen is None else r.amount_fen),
    Column("案号", lambda r: narrow(r.number), sort="number", value=lambda r: r.number, whole=True),
    Column("被执行人", lambda r: r.owner, sort="owner", width=90, grow=1),
    Column("承办", lambda r: r.judge, sort="judge", whole=True),
    Column("依据", lambda r: RULES.get(r.rules, r.rules) or "—", sort="rules", whole=True, tone=lambda r: "muted", tip=lambda r: f"以{r.rules}的到期日为准" if r.rules else "没有记载到期日"),
)

VIEWS: dict[str, tuple[str, Callable[[ExpiryRow], bool]]] = {
    "all": ("全部", lambda _row: True),
    "lapsed": ("已届满", lambda row: row.urgency == "lapsed"),
    "soon": ("即将到期", lambda row: row.urgency == "soon"),
    "later": ("尚早", lambda row: row.urgency == "later"),
    "unknown": ("没有记载到期日", lambda row: row.urgency == "unknown"),
}


class ExpiryPage(Page):
    """The list with its views at the left. ``case_asked(number)`` on Enter or double click."""

    case_asked = Signal(str)

    def __init__(self, link: Link, notices: Notices, settings: Settings | None = None) -> None:
        super().__init__("到期")
        self.link, self._notices = link, notices
        self.shown: Expiry | None = None
        self.view = "all"
        self.search = FilterField("措施、案号、被执行人、承办")
        self.search.setFixedWidth(px(230))
        self.export_button = Button("导出", act=self.export)
        self.table = Table(
            COLUMNS, key=lambda r: r.id, name="expiry", settings=settings, unit="项", sort="end", export=lambda _table: self.export(),
            empty=EmptyState("没有在控的措施。", "措施签发、送达后在这里按到期日排列。"),
        )
        self.search.asked.connect(self.table.filter)
        self.table.opened.connect(lambda found: self.case_asked.emit(found.number))
        self.views = SideList("范围")
        self.views.chosen.connect(self._choose)
        self.head = CardHead("在控措施", "", self.search, self.export_button, lined=False)
        left = Card(self.views, margins=(6, 6, 6, 6))
        right = Card(self.head, self.table, gap=0, margins=(0, 0, 0, 0))
        self.setLayout(column(Columns(Panel("范围", left, 176), Panel("在控措施", right, 720, 1)), gap=0))
        link.changed.connect(self._heard)

    @property
    def first_focus(self) -> QWidget | None:
        return self.table.view

    @property
    def clause_topic(self) -> str:
        return "screen:expiry"

    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.link.read(self, lambda reads: reads.expiry(), done=self.show_expiry, failed=self._notices.show_error)

    def _heard(self, changes: Any) -> None:
        if any(table in TABLES for table, _row in changes.rows):
            self.reload()

    def show_expiry(self, found: Expiry) -> None:
        """Show all measures under the chosen view."""
        self.shown = found
        self.say("到期", f"{found.day}，{found.soon_days} 天以内为即将到期")
        self.views.show_items([Line("范围"), *(
            _line(key, words, sum(map(fits, found.rows))) for key, (words, fits) in VIEWS.items()
        )])
        self.views.choose(self.view, quiet=True)
        self._fill()

    def _choose(self, view: str) -> None:
        self.view = view
        self._fill()

    def _fill(self) -> None:
        words, fits = VIEWS[self.view]
        self.head.title.setText("在控措施" if self.view == "all" else words)
        rows = [row for row in self.shown.rows if fits(row)] if self.shown else []
        self.table.show_source(ListSource(rows, COLUMNS, sums=_sums))

    def export(self) -> None:
        """Write the list as it is shown into a file."""
        ask_export(self, self.link, self.table, self.head.title.text(), self._notices)


def _line(key: str, words: str, count: int) -> Line:
    return Line(words, f"{count:,}", key, {"lapsed": "late", "soon": "soon"}.get(key, "") if count else "")


def _sums(rows: Any) -> tuple[tuple[str, str], ...]:
    known = [row.amount_fen for row in rows if row.amount_fen is not None]
    return (("金额合计", yuan_text(sum(known))),) if known else ()
