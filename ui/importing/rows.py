"""The four lists of a check as one table, with tabs that carry their counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

from execdesk.reads.imports import Entry, ImportSession, LedgerReport
from ui.approval.words import narrow
from ui.table import Column, ListSource, Section
from ui.table_view import Table
from ui.widgets import Card, EmptyState, column, line, row

LISTS = (("decide", "需您决定"), ("imported", "可导入"), ("refused", "不能导入"), ("passed_over", "跳过"))
GROUPS = {
    "date": "日期有几种读法", "town": "乡镇未定", "repeat": "疑似重复", "case_no": "案号读法", "number": "案号读法", "person": "姓名对不上人员", "formula": "公式", "sum": "分项与合计不符",
    "claim": "金额读法", "amount": "金额读法", "money": "金额读法", "known": "与库中不同", "column": "列的意思", "closing": "结案", "party": "当事人", "id": "身份号码",
}
EMPTY = {
    "decide": ("没有需您决定的行。", "可以直接导入。"), "imported": ("没有可导入的行。", "先在「需您决定」里决定。"), "refused": ("没有不能导入的行。", ""), "passed_over": ("没有跳过的行。", ""),
}


def group_words(code: str) -> str:
    """The heading a question code stands under."""
    return GROUPS.get(code.partition(".")[0], "其他")


def columns(session: ImportSession | None) -> tuple[Column, ...]:
    """The columns of a list; what was decided stands in place of the question."""

    def said(entry: Entry) -> str:
        decided = session.decided_words(entry) if session is not None else ""
        return f"已定 {decided}" if decided else entry.text or "；".join(note.text for note in entry.warnings) or "全部读通"

    def tone(entry: Entry) -> str:
        return "navy" if session is not None and session.decided_words(entry) else "late" if entry.problems else "muted"

    return (
        Column("行", lambda e: str(e.row), sort="row", align="right", value=lambda e: e.row, width=42, tone=lambda _e: "muted"),
        Column("案号", lambda e: narrow(e.case_no) or "—", sort="case", width=150, grow=1, whole=True),
        Column("列", lambda e: _heading(e), width=84, tone=lambda _e: "muted"),
        Column("原值", lambda e: " ".join(e.value.split()), width=92, grow=1),
        Column("问题", said, width=120, grow=2, tone=tone),
    )


def _heading(entry: Entry) -> str:
    listed = (*entry.questions, *entry.problems)
    return "".join(listed[0].heading.partition("（")[0].split()) if listed else ""


class RowLists(Card):
    """Tabs with counts above one table. ``chosen(entry or None)`` when the mark moves."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(0, 4, 0, 0))
        self.tabs = QTabBar()
        self.tabs.setProperty("kind", "card")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("核对的四类行")
        for _name, words in LISTS:
            self.tabs.addTab(words)
        self.tabs.currentChanged.connect(lambda _n: self._fill())
        self._session: ImportSession | None = None
        self._report: LedgerReport | None = None
        self.table = Table(columns(None), key=lambda e: (e.sheet, e.row), unit="行", empty=EmptyState("还没有核对。"))
        self._place = QWidget()
        self._place.setLayout(column(self.table, gap=0))
        self.box.addLayout(row(self.tabs, None, margins=(8, 0, 8, 0)))
        self.box.addWidget(line())
        self.box.addWidget(self._place, 1)

    def show_report(self, session: ImportSession, report: LedgerReport) -> None:
        """Show the lists of a report; the mark stays on its row."""
        fresh = self._session is not session
        self._session, self._report = session, report
        if fresh:
            self._new_table()
        counts = report.counts
        for number, (name, words) in enumerate(LISTS):
            self.tabs.setTabText(number, f"{words} {counts[name]:,}")
        self._fill()

    def _new_table(self) -> None:
        old = self.table
        self.table = Table(columns(self._session), key=lambda e: (e.sheet, e.row), unit="行", empty=EmptyState("没有行。"))
        self.table.chosen.connect(self.chosen)
        layout = self._place.layout()
        assert layout is not None
        layout.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()

    @property
    def which(self) -> str:
        """The list in front."""
        return LISTS[self.tabs.currentIndex()][0]

    def rows(self) -> list[Any]:
        """Entries and headings of the list in front, in order."""
        assert self._report is not None and self._session is not None
        if self.which != "decide":
            return list(getattr(self._report, self.which))
        waiting = {(e.sheet, e.row) for e in self._report.decide}
        decided = [e for e in self._session.asked.values() if (e.sheet, e.row) not in waiting and self._session.decided_words(e)]
        return _grouped([*self._report.decide, *decided], waiting)

    def _fill(self) -> None:
        if self._report is None:
            return
        text, more = EMPTY[self.which]
        self.table.empty.say(text, more)
        rows = self.rows()
        self.table.show_source(ListSource(rows, self.table.model.columns))
        if self.table.current is None:
            self.choose_next(None)

    def choose_next(self, after: Entry | None, back: bool = False) -> bool:
        """Mark the next row (or the one before); whether there was one. In the list of questions decided rows are passed by."""
        entries = [row for row in self.rows() if not isinstance(row, Section)]
        keys = [(e.sheet, e.row) for e in entries]
        at = keys.index((after.sheet, after.row)) if after is not None and (after.sheet, after.row) in keys else (-1 if not back else len(entries))
        order = range(at - 1, -1, -1) if back else (*range(at + 1, len(entries)), *range(max(at, 0)))
        for number in order:
            entry = entries[number]
            if back or self.which != "decide" or (self._session is not None and self._session.open_question(entry) is not None):
                return self.table.select(keys[number])
        return False


def _grouped(entries: Sequence[Entry], waiting: set[tuple[str, int]]) -> list[Any]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(group_words(entry.questions[0].code if entry.questions else entry.code), []).append(entry)
    found: list[Any] = []
    for words, listed in groups.items():
        done = sum((e.sheet, e.row) not in waiting for e in listed)
        found.append(Section(words, f"{len(listed)}" + (f"，已定 {done}" if done else "")))
        found.extend(sorted(listed, key=lambda e: (e.sheet, e.row)))
    return found
