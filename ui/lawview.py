"""工具 → 法规参数: every dated figure with history, source and standing; and the clause that F1 opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from execdesk.law.articles import cite
from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal
from execdesk.law.ruletexts import figure_of
from execdesk.law.sheets import UNCONFIRMED, validity_text
from execdesk.law.values import DatedValue
from ui.columns import Columns, SidePanel
from ui.dialogs import Dialog
from ui.lists import SideLine, SideList
from ui.pages import Page
from ui.search import FilterField
from ui.settings import Settings
from ui.sheetview import title_of
from ui.table_source import Column, ListSource
from ui.table_view import Table
from ui.theme import px
from ui.widgets import (
    Button,
    Card,
    CardHead,
    EmptyState,
    FactLines,
    chip,
    column,
    label,
    line,
    row,
    scrolled,
    secondary,
    wrapped,
)


@dataclass(frozen=True)
class ClauseShown:
    """A clause for reading: its paragraphs with the document and article, whether confirmed, and words on it."""

    title: str
    source: str
    paragraphs: tuple[str, ...]
    confirmed: bool = True
    notes: tuple[str, ...] = ()


class ClauseDialog(Dialog):
    """The clause behind what is on screen; Esc closes, the window below stays usable."""

    def __init__(self, clause: ClauseShown, parent: QWidget | None = None) -> None:
        super().__init__(f"条文：{clause.title}", parent)
        body = QWidget()
        words = column(gap=8, margins=(0, 0, 8, 0))
        for paragraph in clause.paragraphs:
            text = wrapped(paragraph)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(text)
        for note in clause.notes:
            words.addWidget(wrapped(note, "secondary"))
        words.addStretch(1)
        body.setLayout(words)
        head = row(wrapped(clause.title, "page-title"), *([] if clause.confirmed else [chip(UNCONFIRMED, "soon")]))
        head.setStretch(0, 1)
        self.shut = Button("关闭", act=self.close)
        card = Card(head, wrapped(clause.source, "secondary"), line("hairline"), scrolled(body), row(None, self.shut), gap=8, margins=(18, 14, 18, 12))
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(560, 380)


COLUMNS = (
    Column("参数", title_of, sort="name", width=220, grow=3, tip=lambda v: v.key),
    Column("数值", figure_of, width=150, grow=2),
    Column("自", lambda v: v.valid_from.isoformat() if v.valid_from else "—", sort="from", value=lambda v: v.valid_from, whole=True, cell=lambda v: v.valid_from),
    Column("至", lambda v: v.valid_to.isoformat() if v.valid_to else "现行", sort="to", value=lambda v: v.valid_to or date.max, whole=True, cell=lambda v: v.valid_to,
           tone=lambda v: "muted" if v.valid_to else ""),
    Column("依据", lambda v: v.source, sort="source", width=200, grow=3),
    Column("核实", lambda v: "本院更正" if v.corrected_by else "已核实" if v.confirmed else UNCONFIRMED, sort="confirmed", value=lambda v: v.confirmed, whole=True,
           tone=lambda v: "muted" if v.confirmed else "!soon"),
)

SCOPES: dict[str, Callable[[DatedValue, date], bool]] = {
    "all": lambda _v, _on: True,
    "now": lambda v, on: (v.valid_from or date.min) <= on <= (v.valid_to or date.max),
    "unconfirmed": lambda v, _on: not v.confirmed,
    "corrected": lambda v, _on: bool(v.corrected_by),
}
SCOPE_WORDS = {"now": "今日有效", "all": "全部，含历史", "unconfirmed": UNCONFIRMED, "corrected": "本院更正过"}


class LawPage(Page):
    """Every dated figure of the book. ``used_in`` names the documents and calculations that use a key."""

    columns: Columns

    def __init__(
        self, book: LawBook, today: date, *, used_in: Callable[[str], Sequence[str]] = lambda _key: (), settings: Settings | None = None,
        correct: Callable[[DatedValue], object] | None = None,
    ) -> None:
        values = [value for key in book.values for value in book.history(key)]
        unconfirmed = sum(not value.confirmed for value in values)
        super().__init__("法规参数", f"{len(book.keys())} 项，{len(values)} 个时段，{unconfirmed} 个未经核实")
        self.book, self._today, self._values, self._used_in, self._correct = book, today, values, used_in, correct
        self._scope_now = "now"
        self.search = FilterField("名称、数值、依据")
        self.search.setFixedWidth(px(220))
        self.table = Table(COLUMNS, key=lambda v: (v.key, v.valid_from), name="law", settings=settings, unit="项", empty=EmptyState("没有这一类参数。", "换一类再看。"), titled=lambda: "法规参数")
        self.search.asked.connect(self.narrow)
        self.search.left.connect(lambda: self.table.view.setFocus())
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _value: self.columns.bring("依据与沿革"))
        self.scopes = SideList("范围")
        self.scopes.show_items([SideLine("范围"), *(SideLine(words, f"{self.count(scope):,}", scope) for scope, words in SCOPE_WORDS.items())])
        self.scopes.chosen.connect(self._scope)
        self.detail = scrolled(QWidget())
        self._title = CardHead("参数", "", self.search, lined=False)
        self._lay_out()
        self.scopes.choose("now")

    def show_book(self, book: LawBook) -> None:
        """Show the figures of another book, where they were corrected; scope, filter and selection stay."""
        self.book = book
        self._values = [value for key in book.values for value in book.history(key)]
        self.scopes.show_items([SideLine("范围"), *(SideLine(words, f"{self.count(scope):,}", scope) for scope, words in SCOPE_WORDS.items())])
        self.table.show_source(ListSource([value for value in self._values if SCOPES[self._scope_now](value, self._today)], COLUMNS))
        self._show(self.table.current)

    def _lay_out(self) -> None:
        left = Card(self.scopes, margins=(6, 6, 6, 6))
        middle = Card(self._title, self.table, gap=0, margins=(0, 0, 0, 0))
        right = Card(self.detail, margins=(2, 2, 2, 2))
        self.columns = Columns(SidePanel("范围", left, 176), SidePanel("参数", middle, 620, 1), SidePanel("依据与沿革", right, 330))
        self.setLayout(column(self.columns, gap=0))

    @property
    def first_focus(self) -> QWidget:
        return self.search

    @property
    def clause_topic(self) -> str:
        """The article behind the chosen figure."""
        value = self.table.current
        return topic_of(value) if value is not None else "screen:law"

    def narrow(self, needle: str) -> None:
        """Filter; where what was chosen is gone, the first found is."""
        self.table.filter(needle)
        if self.table.current is None and self.table.model.total:
            self.table.select(self.table.model.key(self.table.model.row(0)))

    def count(self, scope: str) -> int:
        return sum(SCOPES[scope](value, self._today) for value in self._values)

    def _scope(self, scope: str) -> None:
        self._scope_now = scope
        self._title.title.setText(SCOPE_WORDS[scope])
        self.table.show_source(ListSource([value for value in self._values if SCOPES[scope](value, self._today)], COLUMNS))
        if self.table.model.total:
            self.table.select(self.table.model.key(self.table.model.row(0)))

    def _show(self, value: DatedValue | None) -> None:
        detail = QWidget()
        box = column(gap=8, margins=(14, 12, 14, 12))
        if value is None:
            box.addWidget(secondary("选一项看依据和沿革。"))
        else:
            self._fill(box, value)
        box.addStretch(1)
        detail.setLayout(box)
        detail.setProperty("kind", "plain")
        assert isinstance(self.detail, QScrollArea)
        self.detail.setWidget(detail)
        detail.setAutoFillBackground(False)

    def _fill(self, box: QVBoxLayout, value: DatedValue) -> None:
        head = row(wrapped(title_of(value), "card-title"), *([] if value.confirmed else [chip(UNCONFIRMED, "soon")]))
        head.setStretch(0, 1)
        box.addLayout(head)
        box.addWidget(wrapped(figure_of(value), "strong"))
        pairs = [("有效", validity_text(value)), ("依据", value.source)]
        if value.articles:
            pairs.append(("条文", self._cite(value)))
        if value.note:
            pairs.append(("说明", value.note))
        if value.corrected_by:
            pairs.append(("更正", value.corrected_by))
        pairs.append(("用于", "；".join(self._used_in(value.key)) or "没有计算或者文书用到，供查阅"))
        box.addWidget(FactLines([*pairs, ("代号", value.key)], name_width=40))
        history = self.book.history(value.key)
        if len(history) > 1:
            box.addWidget(line("hairline"))
            box.addWidget(label("沿革", "strong"))
            for one in reversed(history):
                mark = ("" if one.confirmed else f"（{UNCONFIRMED}）") + (f"（{one.corrected_by}）" if one.corrected_by else "")
                box.addWidget(wrapped(f"{validity_text(one)}：{figure_of(one)}{mark}", "" if one is value else "secondary"))
                box.addWidget(wrapped(one.source, "secondary"))
        if self._correct is not None:
            box.addLayout(row(Button("提请更正…", act=lambda: self._correct and self._correct(value)), None))

    def _cite(self, value: DatedValue) -> str:
        return cite_or_tokens(self.book, value.articles, value.valid_from or self._today)


def topic_of(value: DatedValue) -> str:
    """What F1 opens for a figure: its first article, else the figure with its source."""
    return value.articles[0] if value.articles else f"value:{value.key}"


def cite_or_tokens(book: LawBook, tokens: Sequence[str], on: date) -> str:
    """The citation for that day, or the tokens where the day has none."""
    try:
        return cite(book, tokens, on)
    except Refusal:
        return "、".join(tokens)
