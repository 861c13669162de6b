"""The index of the search is made and laid out beside the person's work, slice by slice."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from execdesk.desk import Part
from execdesk.law.refusal import Refusal
from ui.link import Link

FIRST = 400  # milliseconds after the first list is there
PAUSE = 10  # between two slices
BUSY = 60  # while something is being read or written
LATER = 15_000  # until the next look for lines that came in, or after a refusal of the store


class Indexing(QObject):
    """Goes on with the index from its start until it ends, and again after each act. A slice is thought out in the reading pool;
    the writing thread only writes it down, so that an act waits some milliseconds for it at most."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._link = link
        self._under_way = self._ended = False
        self.whole = False  # whether nothing was left when last looked
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
        self._link.jobs.read(self, self._link.desk.index_on, done=self._looked, failed=self._failed)

    def _looked(self, found: Part | bool) -> None:
        if isinstance(found, bool):
            self._done(found)
        elif not self._ended:
            self._link.jobs.run(self, lambda: self._link.desk.index_write(found), done=lambda _none: self._done(True), failed=self._failed, aside=True)

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
