"""The board of the lists and the index of the search are made beside the person's work, slice by slice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from execdesk.desk import IndexPart
from execdesk.law.refusal import Refusal
from ui.link import Link

FIRST = 400  # milliseconds after the first list is there
PAUSE = 10  # between two slices
BUSY = 60  # while something is being read or written
TOLD = 20  # slices of the board after which it is told how far it is
LATER = 15_000  # until the next look for lines that came in, or after a refusal of the store


@dataclass(frozen=True)
class _Making:
    """The board is being made anew; how far, -1 where it was not counted."""

    percent: int


class Indexing(QObject):
    """Goes on with the index from its start until it ends, and again after each act. A slice is thought out in the reading pool;
    the writing thread only writes it down, so that an act waits some milliseconds for it at most. The board goes first: where it must
    be made anew (after an upgrade, a correction of the law), a slice of cases at a time; ``making`` tells
    how far that is in per cent, 100 when it is whole again."""

    making = Signal(int)

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._link = link
        self._under_way = self._ended = False
        self.whole = False  # whether nothing was left when last looked
        self._slices = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        link.changed.connect(lambda _changes: self.start())

    def start(self) -> None:
        """Begin, or look again soon."""
        if not self._under_way:
            self._again(FIRST)

    def stop(self) -> None:
        """The person's window is going."""
        self._ended = True
        self._timer.stop()

    def _go_on(self) -> None:
        if self._link.jobs.busy:
            self._again(BUSY)
            return
        self._under_way = True
        self._link.jobs.read(self, self._look, done=self._looked, failed=self._failed)

    def _look(self) -> _Making | IndexPart | bool:
        """What is next: the board where it is not whole, else the index."""
        percent = self._link.desk.board_percent(self._slices % TOLD == 0)
        return _Making(percent) if percent is not None else self._link.desk.index_on()

    def _looked(self, found: _Making | IndexPart | bool) -> None:
        if isinstance(found, _Making):
            self._tell(found.percent)
            self._slices += 1
            self._write(self._link.desk.board_on)
            return
        if self._slices:
            self._slices = 0
            self._tell(100)
        if isinstance(found, bool):
            self._done(found)
        else:
            self._write(lambda: self._link.desk.index_write(found))

    def _tell(self, percent: int) -> None:
        if percent >= 0 and not self._ended:
            self.making.emit(percent)

    def _write(self, work: Callable[[], object]) -> None:
        if not self._ended:
            self._link.jobs.run(self, work, done=lambda _made: self._done(True), failed=self._failed, aside=True)

    def _done(self, more: bool) -> None:
        self._under_way = False
        self.whole = not more
        self._again(PAUSE if more else LATER)

    def _failed(self, error: BaseException) -> None:
        self._under_way = False
        if not isinstance(error, Refusal):
            self._link.jobs.refused(error)  # ours; it would come again with each slice
            return
        self._again(LATER)

    def _again(self, wait: int) -> None:
        if not self._ended:
            self._timer.start(wait)
