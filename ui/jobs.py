"""The one runner of work off the window's thread: a single writing thread and a small reading pool.

Results come back through a queued signal to a slot of this object, which lives in the window's thread; an owner that
was closed meanwhile hears nothing. Nothing else in the window starts threads.

What a page gave along is held here until it was delivered, and a worker knows only its number: were a worker the last to let
go of a page, or of an error whose traceback leads to one, Qt's objects would be destroyed outside their own thread.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.rubbish import Collector

READERS = 2
TURN = 0.001  # seconds after which a worker that is computing must let the window's thread go on; Python's own 5 ms are felt in scrolling
PATIENCE = 10.0  # seconds that a closing window waits for work that only reads
REST = 1.0  # seconds without a question after which nobody is taken to wait
Work = Callable[[], Any]
Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]


class Cancelled(Exception):  # noqa: N818
    """The person asked long work to stop; raised between two of its steps."""


class Watch:
    """Progress of one long work: what, how far of how many, time left; asked to stop by :meth:`cancel`.

    The work calls :meth:`tell` between its steps from its own thread; the window reads. ``leaves`` says what
    cancelling leaves behind. Work that cannot stop half-way passes ``can_cancel=False``.
    """

    def __init__(self, what: str, leaves: str = "", unit: str = "项", can_cancel: bool = True, clock: Callable[[], float] = time.monotonic) -> None:
        self.what, self.leaves, self.unit, self.can_cancel = what, leaves, unit, can_cancel
        self.done, self.total = 0, 0
        self.cancelled = False
        self._clock = clock
        self.started = clock()

    def tell(self, done: int, total: int = 0, what: str = "") -> None:
        """Say how far the work is; raises :class:`Cancelled` where the person has asked to stop."""
        self.done, self.total = done, total or self.total
        self.what = what or self.what
        if self.cancelled:
            raise Cancelled(self.what)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        if self.can_cancel:
            self.cancelled = True

    @property
    def seconds(self) -> float:
        """How long the work has run."""
        return self._clock() - self.started

    @property
    def left(self) -> str:
        """Time left in words; empty while it cannot be told."""
        if not self.done or not self.total or self.seconds < 1:
            return ""
        seconds = self.seconds * (self.total - self.done) / self.done
        if seconds < 60:
            return f"剩约 {max(1, round(seconds))} 秒"
        return f"剩约 {round(seconds / 60)} 分钟"


class Runner(Protocol):
    """What a page needs of the jobs."""

    def run(
        self, owner: QObject, work: Work, *, done: Done = ..., failed: Failed | None = ..., always: Callable[[], object] = ...,
        watch: Watch | None = ..., stopped: Callable[[], object] = ..., aside: bool = ...,
    ) -> None:
        """Do writing work, one after the other."""

    def read(
        self, owner: QObject, work: Work, *, done: Done, failed: Failed | None = ..., watch: Watch | None = ..., stopped: Callable[[], object] = ...,
    ) -> None:
        """Do reading work beside the window."""


def _nothing(*_: object) -> None:
    return None


@dataclass(eq=False)
class _Errand:
    """One work, who hears of it, and how it ended."""

    owner: QObject
    work: Work
    done: Done
    failed: Failed
    always: Callable[[], object]
    stopped: Callable[[], object]
    watch: Watch | None
    result: Any = None
    error: BaseException | None = None


class Jobs(QObject):
    """The runner of the window. ``refused`` receives errors that a caller did not take itself (notices, crash report).

    ``watch_began`` and ``watch_ended`` tell the progress strip of long work.
    """

    watch_began = Signal(object)
    watch_ended = Signal(object)
    finished = Signal(int)

    def __init__(self, refused: Failed | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refused: Failed = refused or _raise
        sys.setswitchinterval(TURN)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._numbers = count(1)
        self._errands: dict[int, _Errand] = {}  # until delivered
        self._open: set[int] = set()
        self._running: set[int] = set()
        self._writes: set[int] = set()
        self._lock = threading.Lock()
        self._asked, self._closed = time.monotonic(), False
        self._rubbish = Collector(self, lambda: self.quiet > REST)
        self.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, owner: QObject, work: Work, *, done: Done = _nothing, failed: Failed | None = None,
        always: Callable[[], object] = _nothing, watch: Watch | None = None, stopped: Callable[[], object] = _nothing,
        aside: bool = False,
    ) -> None:
        """Do ``work`` in the writing thread; then in the window's ``always``, and one of ``done(result)``,
        ``failed(error)`` or, where the person cancelled, ``stopped``. Work ``aside`` is nobody's and does not keep the window open."""
        self._submit(self._writer, _Errand(owner, work, done, failed or self._refuse, always, stopped, watch), aside)

    def read(
        self, owner: QObject, work: Work, *, done: Done, failed: Failed | None = None, watch: Watch | None = None, stopped: Callable[[], object] = _nothing,
    ) -> None:
        """Do ``work`` in the reading pool; several may run at once and end in any order."""
        self._submit(self._readers, _Errand(owner, work, done, failed or self._refuse, _nothing, stopped, watch))

    @property
    def busy(self) -> bool:
        """Whether any work is running or waiting."""
        with self._lock:
            return bool(self._open)

    @property
    def quiet(self) -> float:
        """Seconds since anybody last asked for work, 0 while any is done: long work that nobody asked for waits for some of them."""
        return 0.0 if self.busy else time.monotonic() - self._asked

    @property
    def writing(self) -> bool:
        """Whether something is being written or waits to be."""
        with self._lock:
            return bool(self._writes & self._open)

    def close(self, patience: float = PATIENCE) -> bool:
        """Finish what is being written, drop what waits to be read, end the threads; what is asked for later is not done.

        Reading work that has not ended after ``patience`` seconds, as a backup on a share that answers no more, is left behind: then the
        answer is ``False``, and the process must not wait for its threads.
        """
        self._closed = True
        self._readers.shutdown(wait=False)
        self._writer.shutdown(wait=True)
        self._rubbish.stop()
        end = time.monotonic() + patience
        while self._running and time.monotonic() < end:
            time.sleep(0.02)
        if self._running:
            return False
        self._readers.shutdown(wait=True)
        return True

    def _submit(self, pool: ThreadPoolExecutor, errand: _Errand, aside: bool = False) -> None:
        if self._closed:
            return  # a last answer came in while the window was going
        if errand.watch is not None:
            self.watch_began.emit(errand.watch)
        number = next(self._numbers)
        with self._lock:
            self._asked = time.monotonic()
            self._errands[number] = errand
            self._open.add(number)
            if pool is self._writer and not aside:
                self._writes.add(number)
        pool.submit(self._work, number, pool is self._readers)

    def _refuse(self, error: BaseException) -> object:
        return self.refused(error)

    def _work(self, number: int, reading: bool) -> None:
        """In a worker. What is only read is dropped once the window is going."""
        self._running.add(number)
        try:
            if reading and self._closed:
                raise Cancelled
            self._errands[number].result = self._errands[number].work()
        except BaseException as error:  # whoever asked is told
            self._errands[number].error = error
        with self._lock:
            self._open.discard(number)
            self._writes.discard(number)
        self._running.discard(number)
        if shiboken6.isValid(self):
            self.finished.emit(number)

    @Slot(int)
    def _deliver(self, number: int) -> None:
        errand = self._errands.pop(number)
        if errand.watch is not None:
            self.watch_ended.emit(errand.watch)
        if not shiboken6.isValid(errand.owner):
            return  # the page was closed meanwhile
        errand.always()
        if isinstance(errand.error, Cancelled):
            errand.stopped()
        elif errand.error is not None:
            errand.failed(errand.error)
        else:
            errand.done(errand.result)


def _raise(error: BaseException) -> None:
    raise error
