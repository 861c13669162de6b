"""查控到期雷达: every live control measure on a line and in a list that share one selection; filter, sums, export, Enter opens the case."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from execdesk.reads.listing import ListWanted
from execdesk.reads.lists.measures import MEASURES, SPAN, ExpiryRow, amount_words, ground
from execdesk.reads.measures import Expiry
from ui.boardsource import BoardSource, board_table
from ui.columns import Columns, SidePanel
from ui.flow import Flow
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.radar import Radar
from ui.search import FilterField
from ui.settings import Settings
from ui.theme import px
from ui.widgets import Button, Card, CardHead, Elided, column, line, restyle, row, secondary, wrapped

TABLES = frozenset({"Measure", "AssistReply", "Property", "MoneyReceipt", "Claiming", "Assignment", "Party", "Case"})


def about(row: ExpiryRow) -> list[str]:
    """What is told of the chosen measure; no amount where none is known."""
    amount = [f"{amount_words(row)} 元"] if row.amount_fen is not None else []
    return [row.title, f"被执行人 {row.owner or '未定'}", f"承办 {row.judge}", *amount, ground(row)]


class ExpiryPage(Page):
    """The line and the list. ``case_asked(number)`` on Enter or double click in either."""

    case_asked = Signal(str)

    def __init__(self, link: Link, notices: Notices, settings: Settings | None = None) -> None:
        super().__init__("查控到期雷达")
        self.link, self._notices = link, notices
        self.shown: Expiry | None = None
        self.view = "all"
        self.export_button = Button("导出…", act=lambda: self.table.export())
        self.search = FilterField("措施、案号")
        self.search.setFixedWidth(px(130))
        self.bands = {key: Button("", "band", act=partial(self.choose, key)) for key in MEASURES.views}
        self.radar = Radar()
        self.table = board_table(MEASURES, link.jobs, self, name="expiry", settings=settings, titled=lambda: self.head.title.text())
        self.about, self.open_ = wrapped("", "secondary"), Button("打开案件", "primary", act=self._open)
        self._make()
        link.changed.connect(self._heard)
        link.day_changed.connect(lambda _day: self.reload())

    def _make(self) -> None:
        self.search.asked.connect(self.table.filter)
        self.search.left.connect(lambda: self.table.view.setFocus())
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        for part in (self.table, self.radar):
            part.opened.connect(lambda found: self.case_asked.emit(found.number))
        self.table.chosen.connect(self._from_list)
        self.radar.chosen.connect(self._from_line)
        strip = row(Flow(*self.bands.values(), gap=2), margins=(8, 8, 8, 8))
        keys = Elided("末日为最后有效日，遇休不顺延。← → 移日，↑ ↓ 换法官，Enter 打开案件", "hint")
        foot = row(keys, margins=(14, 7, 14, 8))
        left = Card(column(strip, line("hairline"), self.radar, line("hairline"), foot, gap=0), gap=0, margins=(1, 0, 1, 0))
        self.head = CardHead("按末日先后", "", self.search, lined=False)
        self.about.setMinimumHeight(2 * self.about.fontMetrics().lineSpacing())  # two lines: the list above stays where it is
        low = column(self.about, row(self.open_, secondary("Enter"), None, Button("看条文 F1", "link", act=self._clause), gap=8), gap=6, margins=(14, 8, 12, 10))
        right = Card(column(self.head, self.table, line(), low, gap=0), gap=0, margins=(0, 0, 0, 0))
        self.columns = Columns(SidePanel("到期线", left, 640, 1), SidePanel("清单", right, 470))
        self.setLayout(column(self.columns, gap=0))

    @property
    def head_actions(self) -> tuple[QWidget, ...]:
        return (self.export_button,)

    @property
    def first_focus(self) -> QWidget | None:
        return self.radar

    @property
    def clause_topic(self) -> str:
        return "screen:expiry"

    def _clause(self) -> None:
        window = self.window()
        if (asked := getattr(window, "clause_asked", None)) is not None:
            asked.emit(self.clause_topic)

    def entered(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        self.link.read(self, lambda reads: reads.expiry(), done=self.show_expiry, failed=self._notices.show_error)

    def _heard(self, changes: Any) -> None:
        if any(table in TABLES for table, _row in changes.rows):
            self.reload()

    def show_expiry(self, found: Expiry) -> None:
        """Show all measures on the line, those of the chosen days in the list."""
        self.shown = found
        self.say("查控到期雷达", f"在控 {len(found.rows):,} 项 · 自 {found.day} 起 {SPAN} 日")
        for count in found.counts:
            self.bands[count.view].setText(f"{count.title} {count.number:,}")
            restyle(self.bands[count.view], tone=count.tone if count.number else "")
        self.radar.show_expiry(found)
        self._fill()

    def choose(self, view: str) -> None:
        """List the measures of some days only; the line keeps all."""
        self.view = view
        self._fill()

    def _fill(self) -> None:
        for key, button in self.bands.items():
            restyle(button, here="true" if key == self.view else "false")
        titles = {count.view: count.title for count in self.shown.counts} if self.shown else {}
        self.head.title.setText("按末日先后" if self.view == "all" else titles.get(self.view, ""))
        self.table.show_source(BoardSource(self.link, ListWanted(MEASURES.name, self.view)))

    # one selection
    def _from_list(self, found: ExpiryRow | None) -> None:
        if found is None and self.table.model.total:
            self.table.select(self.table.model.key(self.table.model.row(0)))
            return
        self._tell(found)
        self.radar.select(found.id if found else "")

    def _from_line(self, found: ExpiryRow) -> None:
        self._tell(found)
        if self.view not in ("all", found.band) or self.table.model.wish.needle:
            self.search.clear()
            self.table.filter("")
            self.choose("all")
        self.table.select(found.id)

    def _tell(self, found: ExpiryRow | None) -> None:
        self.open_.setEnabled(found is not None)
        self.about.setText(" · ".join(about(found)) if found is not None else "")

    def _open(self) -> None:
        if self.table.current is not None:
            self.case_asked.emit(self.table.current.number)
