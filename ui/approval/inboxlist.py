"""The left list of the approval tab: requests under headings, a refused one opened in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from execdesk.law.refusal import Refusal
from execdesk.reads.approvals import Inbox, InboxRow, PaperRow
from ui.approval.words import narrow
from ui.entries import EntryPainter, ListEntry, ListHeading
from ui.lists import PaintedList
from ui.notices import RefusalPanel
from ui.table import Index
from ui.theme import px


@dataclass(frozen=True)
class Opened:
    """The place below a refused request where its refusal stands."""

    text: str
    key: str = ""


class _InboxPainter(EntryPainter):
    def __init__(self) -> None:
        super().__init__()
        self.height = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        item = index.model().items[index.row()]  # type: ignore[attr-defined]
        return QSize(px(120), self.height) if isinstance(item, Opened) else super().sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not isinstance(index.model().items[index.row()], Opened):  # type: ignore[attr-defined]
            super().paint(painter, option, index)


class InboxList(PaintedList):
    """Requests and papers by key ``request:…`` and ``paper:…``; ``way(WayOn)`` from a refusal opened in place."""

    way = Signal(object)

    def __init__(self) -> None:
        self._painter = _InboxPainter()
        super().__init__(self._painter, "审批")
        self._inbox: Inbox | None = None
        self._opened = ""
        self.chosen.connect(self._open_in_place)

    def show_inbox(self, inbox: Inbox) -> None:
        """Show what waits and what was decided; the mark stays where it was."""
        self._inbox = inbox
        self._arrange()

    @property
    def keys(self) -> list[str]:
        """Keys of all entries, in order."""
        return [item.key for item in self.items_.items if getattr(item, "key", "")]

    def open_refusal(self, key: str) -> None:
        """Open the refusal below the request with that key, closing another."""
        if key != self._opened:
            self._opened = key
            self._arrange()

    def _open_in_place(self, key: str) -> None:
        refused = self._refusal(key)
        self.open_refusal(key if refused is not None else "")

    def _refusal(self, key: str) -> Refusal | None:
        rows = self._inbox.others if self._inbox else ()
        return next((row.refusal for row in rows if f"request:{row.id}" == key), None)

    def _arrange(self) -> None:
        if self._inbox is None:
            return
        items: list[object] = []
        for item in _items(self._inbox):
            items.append(item)
            refusal = self._refusal(self._opened)
            if refusal is not None and getattr(item, "key", "") == self._opened:
                items.append(Opened(refusal.text))
        place = self.verticalScrollBar().value()
        self.show_items(items)
        self._put_panel()
        self.verticalScrollBar().setValue(place)

    def _put_panel(self) -> None:
        for number, item in enumerate(self.items_.items):
            refusal = self._refusal(self._opened)
            if isinstance(item, Opened) and refusal is not None:
                panel = RefusalPanel(refusal, closable=False)
                panel.way.connect(self.way)
                self._painter.height = self._height(panel)
                self.setIndexWidget(self.items_.index(number), panel)
                self.doItemsLayout()

    def _height(self, panel: RefusalPanel) -> int:
        panel.ensurePolished()
        layout = panel.layout()
        width = max(self.viewport().width(), px(200))
        return layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else panel.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._opened:
            self._put_panel()

    def sizeHintForOpened(self) -> QRect:  # noqa: N802
        """Where the refusal stands; an empty rectangle where none is open."""
        for number, item in enumerate(self.items_.items):
            if isinstance(item, Opened):
                return self.visualRect(self.items_.index(number))
        return QRect()


def _items(inbox: Inbox) -> Sequence[object]:
    found: list[object] = [ListHeading("待我决定", str(len(inbox.mine)), "按到期先后"), *(_entry(row) for row in inbox.mine)]
    cosign, seal = [p for p in inbox.to_cosign if p.mine], list(inbox.to_seal)
    if cosign:
        found += [ListHeading("待我会签", str(len(cosign))), *(_paper(row) for row in cosign)]
    if seal:
        found += [ListHeading("待盖章", str(len(seal)), "按签发先后"), *(_paper(row) for row in seal)]
    others = [p for p in inbox.to_cosign if not p.mine]
    if inbox.others or others:
        found += [ListHeading("待他人决定", str(len(inbox.others) + len(others))), *(_entry(row) for row in inbox.others), *(_paper(row) for row in others)]
    if inbox.done:
        found += [ListHeading("已决定", str(len(inbox.done)), "近 30 日"), *(ListEntry(f"request:{r.id}", r.title, r.chip, "plain") for r in inbox.done)]
    return found


def _entry(row: InboxRow) -> ListEntry:
    day = f" · {row.submitted_on:%m-%d}" if row.submitted_on else ""
    return ListEntry(f"request:{row.id}", row.title, row.chip, row.tone, narrow(row.case), f"{row.applicant}{day}")


def _paper(row: PaperRow) -> ListEntry:
    return ListEntry(f"paper:{row.id}", row.title, row.waits_for if len(row.waits_for) < 12 else "待会签", "navy" if row.mine else "", narrow(row.case), narrow(row.number.removeprefix(row.case)))
