"""The window's hold on the desk: reads in the reading pool, acts in the writing thread, changes told in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from execdesk.desk import Desk
from execdesk.reads import Reads
from ui.jobs import Done, Failed, Jobs, Watch

DAY_LOOK_MS = 60_000


def _nothing(*_: object) -> None:
    return None


class Link(QObject):
    """One desk, one runner, one person's window. ``changed(Changes)`` in the window's thread after every act, whoever made it;
    ``day_changed(date)`` once another day has begun; ``backed_up`` once there is a new backup."""

    changed = Signal(object)
    day_changed = Signal(object)
    backed_up = Signal()
    _told = Signal(object)

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.jobs = desk, jobs
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._heard = self._told.emit
        self._ended, self._day = False, desk.day
        desk.listen(self._heard)
        self._days = QTimer(self, interval=DAY_LOOK_MS)
        self._days.timeout.connect(self.look_at_day)
        self._days.start()

    def end(self) -> None:
        """The person's window is going: nothing more is heard, and nothing half filled is kept in another's name."""
        self._ended = True
        self._days.stop()
        self.desk.unlisten(self._heard)

    def look_at_day(self) -> None:
        """Tell if another day has begun: days left, what waits and what counts as late follow from it."""
        if not self._ended and self.desk.day != self._day:
            self._day = self.desk.day
            self.day_changed.emit(self._day)

    @Slot(object)
    def _tell(self, changes: object) -> None:
        self.changed.emit(changes)

    def do(self, owner: QObject, action: str, values: dict[str, Any], *, done: Done = _nothing, failed: Failed | None = None) -> None:
        """Run an action; ``done(Changes)``. A refusal goes to ``failed``, else to the window's notices."""
        self.jobs.run(owner, lambda: self.desk.do(action, **values), done=done, failed=failed)

    def do_all(self, owner: QObject, actions: list[tuple[str, dict[str, Any]]], *, done: Done = _nothing, failed: Failed | None = None) -> None:
        """Run several actions one after the other; the first refusal ends the row, what was done before stands."""
        self.jobs.run(owner, lambda: [self.desk.do(action, **values) for action, values in actions], done=done, failed=failed)

    def run(self, owner: QObject, work: Callable[[Desk], Any], *, done: Done = _nothing, failed: Failed | None = None, watch: Watch | None = None) -> None:
        """Other writing work on the desk."""
        self.jobs.run(owner, lambda: work(self.desk), done=done, failed=failed, watch=watch)

    def read(self, owner: QObject, work: Callable[[Reads], Any], *, done: Done, failed: Failed | None = None, watch: Watch | None = None) -> None:
        """Read for a page; ``done`` with what was read, unless ``owner`` is gone by then. A person who has left reads nothing."""
        if self._ended:
            return
        self.jobs.read(owner, lambda: work(self.desk.reads), done=done, failed=failed, watch=watch)

    def keep_draft(self, place: str, values: dict[str, Any]) -> None:
        """Keep or forget a half-filled form, behind whatever is being written."""
        if not self._ended:
            self.jobs.run(self, lambda: self.desk.keep_draft(place, values))
