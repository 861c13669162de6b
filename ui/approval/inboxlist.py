"""The left list of the approval tab: matters under headings, read a page at a time, a refused one opened in place."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from execdesk.law.refusal import Refusal
from execdesk.reads.approvals import Inbox, InboxPart
from execdesk.reads.lists.papers import PaperRow
from execdesk.reads.lists.requests import InboxRow
from ui.approval.words import narrow
from ui.boardsource import HasDesk
from ui.entries import EntryPainter, ListEntry, ListHeading
from ui.jobs import Runner
from ui.notices import RefusalPanel
from ui.pagedlist import PagedList
from ui.table import Index
from ui.table_source import Slice, Wish, page_holding
from ui.theme import px
from ui.widgets import column, holder


class InboxSource:
    """The parts of the inbox one after the other, each its heading and then its rows: what waits for a consent, then what is read
    from the lists of the board."""

    def __init__(self, desk: HasDesk) -> None:
        self._desk = desk
        self.inbox = Inbox(())
        self.papers: dict[str, PaperRow] = {}

    def read(self, wish: Wish) -> Slice:
        """Rows under the wish; with totals the parts are counted anew."""
        if wish.totals:
            self.inbox = self._desk.desk.reads.inbox()
        if wish.holding is not None:
            return page_holding(wish, self._place(str(wish.holding)), self.read)
        rows = tuple(self._rows(wish.first, wish.count))
        return Slice(rows, len(self._consents()) + sum(1 + part.number for part in self._shown()) if wish.totals else -1)

    def _shown(self) -> list[InboxPart]:
        return [part for part in self.inbox.parts if part.number or part.always]

    def _consents(self) -> list[ListHeading | ListEntry]:
        """What waits for a consent, under its heading; nothing where nothing does."""
        found = self.inbox.consents
        entries = [ListEntry(f"consent:{one.key}", one.title, "待您同意", "navy", f"{one.day:%m-%d} 起" if one.day else "", one.button) for one in found]
        return [ListHeading("待我同意", f"{len(found):,}"), *entries] if found else []

    def _rows(self, first: int, count: int) -> Iterator[ListHeading | ListEntry]:
        before = self._consents()
        yield from before[first : first + count]
        at = len(before)
        for part in self._shown():
            if first <= at < first + count:
                busy = f"列表正在整理，已完成 {self.inbox.percent}%" if self.inbox.percent is not None and part.always else part.aside
                yield ListHeading(part.title, f"{part.number:,}", aside=busy)
            at += 1
            yield from (self._entry(row) for row in part.rows[max(first - at, 0):max(first + count - at, 0)])
            at += len(part.rows)
            for wanted, number in part.of:
                begin, end = max(first - at, 0), min(first + count - at, number)
                if begin < end:
                    page = self._desk.desk.reads.list_page(wanted, first=begin, count=end - begin, totals=False)
                    yield from (self._entry(row) for row in page.rows)
                at += number

    def _place(self, key: str) -> int:
        """Where the row with a key stands; its list tells."""
        kind, _, row = key.partition(":")
        before = [getattr(one, "key", "") for one in self._consents()]
        if key in before:
            return before.index(key)
        at = len(before)
        for part in self._shown():
            at += 1
            if kind == "request" and (few := [one.id for one in part.rows]).count(row):
                return at + few.index(row)
            at += len(part.rows)
            for wanted, number in part.of:
                place = self._desk.desk.reads.list_place(wanted, "", False, row) if number and (wanted.name == "papers") == (kind == "paper") else -1
                if place >= 0:
                    return at + place
                at += number
        return -1

    def _entry(self, row: InboxRow | PaperRow) -> ListEntry:
        if isinstance(row, PaperRow):
            self.papers[row.id] = row
            chip = row.waits_for if len(row.waits_for) < 12 else "待会签"
            return ListEntry(f"paper:{row.id}", row.title, chip, "navy" if row.mine else "", narrow(row.case), narrow(row.number.removeprefix(row.case)))
        if row.group == "done":
            return ListEntry(f"request:{row.id}", row.title, row.chip, "plain")
        day = f" · {row.submitted_on:%m-%d}" if row.submitted_on else ""
        return ListEntry(f"request:{row.id}", row.title, row.chip, row.tone, narrow(row.case), f"{row.applicant}{day}")


class _InboxPainter(EntryPainter):
    """Leaves room below the entry whose refusal is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened, self.height = "", 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        size = super().sizeHint(option, index)
        if self.height and getattr(self.item(index), "key", "") == self.opened:
            size.setHeight(size.height() + self.height)
        return size


class InboxList(PagedList):
    """Matters, papers and consents by key ``request:…``, ``paper:…`` and ``consent:…``; ``way(WayOn)`` from a refusal opened in place."""

    way = Signal(object)

    def __init__(self, desk: HasDesk, jobs: Runner, owner: QWidget) -> None:
        self._painter = _InboxPainter()
        self.of = InboxSource(desk)
        super().__init__(self._painter, "审批", jobs, owner)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._refusal: Refusal | None = None
        self._panel_at = -1
        self.chosen.connect(lambda key: self.open_refusal(key, None) if key != self._painter.opened else None)
        self.model_.modelAboutToBeReset.connect(self._forget_panel)
        self.model_.restarted.connect(self._put_panel)
        self.model_.arrived.connect(self._put_panel)

    def reload(self) -> None:
        """Read anew what waits and what was decided; the mark stays where it was."""
        self.show_source(self.of)

    def open_refusal(self, key: str, refusal: Refusal | None) -> None:
        """Open a refusal below the matter with that key, closing another; none closes what is open."""
        self._painter.opened, self._refusal = (key, refusal) if refusal is not None else ("", None)
        self._put_panel()

    def _forget_panel(self) -> None:
        self._panel_at = -1  # a list made anew lets go of it by itself

    def _put_panel(self) -> None:
        if self._panel_at >= 0:
            self.setIndexWidget(self.model_.index(self._panel_at, 0), None)  # type: ignore[arg-type]
        self._painter.height, self._panel_at = 0, -1
        place = self.model_.place(self._painter.opened) if self._refusal is not None else -1
        if place >= 0 and self._refusal is not None:
            panel = RefusalPanel(self._refusal, closable=False)
            panel.way.connect(self.way)
            above = self.sizeHintForRow(place)
            self._painter.height = _height(panel, max(self.viewport().width(), px(200)))
            layout = column(panel, gap=0)
            layout.setContentsMargins(0, above, 0, 0)
            self.setIndexWidget(self.model_.index(place, 0), holder(layout))
            self._panel_at = place
        self.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._refusal is not None:
            self._put_panel()

    def sizeHintForOpened(self) -> QRect:  # noqa: N802
        """Where the refusal stands; an empty rectangle where none is open."""
        if self._panel_at < 0:
            return QRect()
        box = self.visualRect(self.model_.index(self._panel_at, 0))
        return box.adjusted(0, box.height() - self._painter.height, 0, 0)


def _height(panel: RefusalPanel, width: int) -> int:
    panel.ensurePolished()
    layout = panel.layout()
    return layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else panel.sizeHint().height()
