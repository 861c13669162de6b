"""纸上文号: one table of many cases, how far the numbers of each series went on paper before they came into this program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem, QWidget

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.reads.casewords import narrow
from execdesk.reads.papersuffixes import UnnumberedCases, cell_words, suffix_typed
from ui.cellgrid import CellTable, Columns
from ui.jobs import Watch
from ui.link import Link
from ui.notices import Notices, ProgressStrip
from ui.pages import Page
from ui.theme import px
from ui.widgets import Button, Card, EmptyState, column, hint, row, secondary, wrapped

PLACE, ACTION = "paper_suffixes", "case.paper_suffix"
NUMBER, DEBTOR = ("number", "案号"), ("debtor", "被执行人")
FIXED = 2  # columns that say which case it is
KEEP_MS = 900
NEVER = "从未用过"


class SuffixTable(CellTable):
    """A row a case, a column a series; the first columns say which case it is. What is pasted with 案号 among its headings goes to the row of its case."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(columns, "纸上文号", 0)
        head = self.horizontalHeader()
        for place, width in ((0, 190), (1, 150)):
            head.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(place, px(width))

    def lock(self, at: int, place: int, text: str) -> None:
        """Put text into a cell that is not written into."""
        item = QTableWidgetItem(text)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self.setItem(at, place, item)

    def write(self, at: int, place: int, text: str) -> None:
        if place >= FIXED and at < self.rowCount():
            super().write(at, place, text)

    def paste(self, text: str) -> None:
        lines = [line.split("\t") for line in text.replace("\r", "").split("\n") if line.strip()]
        heads = [cell.strip() for cell in lines[0]] if lines else []
        words = [words for _name, words in self.columns]
        self.missed = 0
        if NUMBER[1] in heads:
            rows = {_plain(self.text(at, 0)): at for at in range(self.rowCount())}
            for cells in lines[1:]:
                told = dict(zip(heads, cells, strict=False))
                at = rows.get(_plain(told[NUMBER[1]]), -1)
                self.missed += at < 0
                for place in range(FIXED, len(words)) if at >= 0 else ():
                    if told.get(words[place], "").strip():
                        self.write(at, place, told[words[place]].strip())
        else:
            for number, cells in enumerate(lines):
                for place, cell in enumerate(cells):
                    if self.currentColumn() + place < len(words):
                        self.write(max(self.currentRow(), 0) + number, max(self.currentColumn(), 0) + place, cell.strip())
        self.pasted.emit(len(lines))

    missed = 0  # lines of the last paste whose case is not here


def _plain(number: str) -> str:
    return "".join(number.split()).translate(str.maketrans("（）", "()"))


class SuffixPage(Page):
    """The cases from a ledger whose last numbers on paper nobody has told: each is registered by its own act once its cells are filled."""

    def __init__(self, link: Link, notices: Notices) -> None:
        super().__init__("纸上文号", "")
        self.link, self.notices = link, notices
        self.found: UnnumberedCases | None = None
        self.table = SuffixTable((NUMBER, DEBTOR))
        self.says, self.strip = Notices(), ProgressStrip(link.jobs)
        self.says.way.connect(notices.way)
        self.never = Button("选中的行：空格都填「从未用过」", act=self.fill_never)
        self.go = Button("登记", "primary", act=self.submit)
        self.count = secondary()
        self.nothing = EmptyState("没有等着登记的案件。", "台账导入的在办案件，各类文书的纸上文号都已登记。")
        words = wrapped(
            "台账导入的案件，先登记各类文书在纸上用到的最后一个文号，程序才接着编。每格填「从未用过」「不带之」「之三」，或者最后一个文号；空着的以后再登记。可以从工作簿整片粘贴（Ctrl+V），带「案号」一栏的按案号对行。",
            "secondary",
        )
        foot = row(self.go, hint("Ctrl+Enter"), self.count, None, self.never, gap=8)
        card = Card(column(words, self.says, self.nothing, self.table, self.strip, foot, gap=8, margins=(16, 12, 16, 12)), gap=0, margins=(0, 0, 0, 0))
        self.setLayout(column(card, gap=0, margins=(12, 2, 12, 12)))
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep_draft)
        self.table.itemChanged.connect(lambda _item: self._edited())
        self.table.pasted.connect(self._pasted)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.submit)
        self.reload()

    @property
    def first_focus(self) -> QWidget | None:
        return self.table

    @property
    def clause_topic(self) -> str:
        return f"screen:form.{ACTION}"

    # what stands in the table
    def reload(self) -> None:
        """Read the cases anew; what was typed and is not registered yet comes back."""
        self.link.read(self, lambda reads: (reads.unnumbered_cases(), self.link.desk.draft(PLACE)), done=self._show)

    def _show(self, read: tuple[UnnumberedCases, Mapping[str, str]]) -> None:
        found, kept = read
        self.found = found
        table = self.table
        table.blockSignals(True)
        table.columns = (NUMBER, DEBTOR, *found.series)
        table.setColumnCount(len(table.columns))
        table.setHorizontalHeaderLabels([words for _name, words in table.columns])
        table.setRowCount(len(found.cases))
        for at, case in enumerate(found.cases):
            table.lock(at, 0, narrow(case.number))
            table.lock(at, 1, case.debtor)
            for place, (series, _words) in enumerate(found.series, FIXED):
                words = cell_words(case.known[series]) if series in case.known else ""
                table.write(at, place, kept.get(f"{case.id}:{series}", words))
        table.blockSignals(False)
        table.setVisible(bool(found.cases))
        self.nothing.setVisible(not found.cases)
        self.say("纸上文号", f"{len(found.cases):,} 件待登记")
        if found.cases and not table.currentIndex().isValid():
            table.setCurrentCell(0, FIXED)
        self._edited()

    def _changed(self) -> dict[str, dict[str, str]]:
        """What is written beyond what is registered, by case and series."""
        told: dict[str, dict[str, str]] = {}
        for at, case in enumerate(self.found.cases if self.found else ()):
            for place, (series, _words) in enumerate(self.found.series if self.found else (), FIXED):
                text = self.table.text(at, place)
                known = cell_words(case.known[series]) if series in case.known else ""
                if text and text != known:
                    told.setdefault(case.id, {})[series] = text
        return told

    def _edited(self) -> None:
        changed = self._changed()
        self.go.setText(f"登记 {len(changed):,} 件" if changed else "登记")
        self.go.setEnabled(bool(changed))
        self._timer.start()

    def _pasted(self, _lines: int) -> None:
        if self.table.missed:
            self.says.info(f"粘贴的内容里有 {self.table.missed:,} 行的案号不在表里，没有填入。", soon=True)
        self._edited()

    def fill_never(self) -> None:
        """Fill the empty cells of the rows that are marked."""
        for at in sorted({index.row() for index in self.table.selectedIndexes()}):
            for place in range(FIXED, self.table.columnCount()):
                if not self.table.text(at, place):
                    self.table.write(at, place, NEVER)

    # doing it
    def _read(self) -> dict[str, dict[str, int]] | None:
        """The numbers written, by case; ``None`` where a cell cannot be read: it is marked, and the cursor goes there."""
        told, first = dict[str, dict[str, int]](), QModelIndex()
        changed = self._changed()
        for at, case in enumerate(self.found.cases if self.found else ()):
            for place, (series, _words) in enumerate(self.found.series if self.found else (), FIXED):
                text, fault = changed.get(case.id, {}).get(series, ""), ""
                try:
                    suffix = suffix_typed(case.number, text)
                    if suffix is not None:
                        told.setdefault(case.id, {})[series] = suffix
                except Refusal as refusal:
                    fault = refusal.text
                    first = first if first.isValid() else self.table.model().index(at, place)
                    self.says.refuse(refusal) if first == self.table.model().index(at, place) else None
                self.table.tint(at, place, fault)
        if first.isValid():
            self.table.setCurrentIndex(first)
            self.table.setFocus()
            return None
        return told

    def submit(self) -> None:
        """Register what is filled in, each case by an act of its own; one that is refused is marked, and the others stand."""
        if not self.go.isEnabled():
            return
        self.says.clear()
        told = self._read()
        if not told:
            return
        self.go.setEnabled(False)
        watch = Watch("登记纸上文号", "已经登记的都在，其余还在表里", unit="件")
        self.strip.follow(watch)
        self.link.jobs.run(self, lambda: _register(self.link.desk, told, watch), done=self._done, failed=self._failed, always=self.reload, watch=watch, stopped=lambda: self.says.info(f"已取消，{watch.leaves}。"))

    def _done(self, refused: dict[str, Refusal]) -> None:
        self._timer.stop()
        done = len(self._changed()) - len(refused)
        self.link.keep_draft(PLACE, {key: text for key, text in self._draft().items() if key.partition(":")[0] in refused})
        if done:
            self.says.done(f"已登记 {done:,} 件的纸上文号。")
        for refusal in list(refused.values())[:1]:
            self.says.refuse(refusal)
        if len(refused) > 1:
            self.says.info(f"另有 {len(refused) - 1:,} 件没有登记，还在表里。", soon=True)

    def _failed(self, error: BaseException) -> None:
        self.says.show_error(error)

    # half-filled
    def may_leave(self) -> bool:
        if self._timer.isActive():
            self._timer.stop()
            self.keep_draft()
        return True

    def _draft(self) -> dict[str, str]:
        return {f"{case}:{series}": text for case, told in self._changed().items() for series, text in told.items()}

    def keep_draft(self) -> None:
        """Keep what is typed so far."""
        if self.found is not None:
            self.link.keep_draft(PLACE, self._draft())


def _register(desk: Desk, told: Mapping[str, Mapping[str, int]], watch: Watch) -> dict[str, Refusal]:
    """Register case by case; the refusals by case."""
    refused: dict[str, Refusal] = {}
    for number, (case, used) in enumerate(told.items()):
        watch.tell(number, len(told))
        values: dict[str, Any] = {"case": case, "used": dict(used), "rest": "later"}
        try:
            desk.do(ACTION, **values)
        except Refusal as refusal:
            refused[case] = refusal
    return refused
