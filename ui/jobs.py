"""The one runner of work off the window's thread: a single writing thread and a small reading pool.

Results come back through a queued signal to a slot of this object, which lives in the window's thread; an owner that
was closed meanwhile hears nothing. Nothing else in the window starts threads.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.rubbish import Collector

READERS = 2
TURN = 0.001  # seconds after which a worker that is computing must let the window's thread go on; Python's own 5 ms are felt in scrolling
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

    def read(self, owner: QObject, work: Work, *, done: Done, failed: Failed | None = ..., watch: Watch | None = ...) -> None:
        """Do reading work beside the window."""


def _nothing(*_: object) -> None:
    return None


class Jobs(QObject):
    """The runner of the window. ``refused`` receives errors that a caller did not take itself (notices, crash report).

    ``watch_began`` and ``watch_ended`` tell the progress strip of long work.
    """

    watch_began = Signal(object)
    watch_ended = Signal(object)
    _finished = Signal(object)

    def __init__(self, refused: Failed | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refused: Failed = refused or _raise
        sys.setswitchinterval(TURN)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._open: set[Future[Any]] = set()
        self._writes: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._asked, self._closed = time.monotonic(), False
        self._rubbish = Collector(self, lambda: self.quiet > REST)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, owner: QObject, work: Work, *, done: Done = _nothing, failed: Failed | None = None,
        always: Callable[[], object] = _nothing, watch: Watch | None = None, stopped: Callable[[], object] = _nothing,
        aside: bool = False,
    ) -> None:
        """Do ``work`` in the writing thread; then in the window's ``always``, and one of ``done(result)``,
        ``failed(error)`` or, where the person cancelled, ``stopped``. Work ``aside`` is nobody's and does not keep the window open."""
        self._submit(self._writer, owner, work, done, failed, (always, stopped), watch, aside)

    def read(self, owner: QObject, work: Work, *, done: Done, failed: Failed | None = None, watch: Watch | None = None) -> None:
        """Do ``work`` in the reading pool; several may run at once and end in any order."""
        self._submit(self._readers, owner, work, done, failed, (_nothing, _nothing), watch)

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

    def close(self) -> None:
        """Finish what is being written, drop what waits to be read, end the threads; what is asked for later is not done."""
        self._closed = True
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._rubbish.stop()

    def _submit(
        self, pool: ThreadPoolExecutor, owner: QObject, work: Work, done: Done, failed: Failed | None,
        after: tuple[Callable[[], object], Callable[[], object]], watch: Watch | None, aside: bool = False,
    ) -> None:
        if self._closed:
            return  # a last answer came in while the window was going
        if watch is not None:
            self.watch_began.emit(watch)
        future = pool.submit(work)
        with self._lock:
            self._asked = time.monotonic()
            self._open.add(future)
            if pool is self._writer and not aside:
                self._writes.add(future)
        future.add_done_callback(lambda f: self._end(f, (f, owner, done, failed or self._refuse, after, watch)))

    def _refuse(self, error: BaseException) -> object:
        return self.refused(error)

    def _end(self, future: Future[Any], parcel: tuple[Any, ...]) -> None:
        with self._lock:
            self._open.discard(future)
            self._writes.discard(future)
        if shiboken6.isValid(self):
            self._finished.emit(parcel)

    @Slot(object)
    def _deliver(self, parcel: tuple[Any, ...]) -> None:
        future, owner, done, failed, (always, stopped), watch = parcel
        if watch is not None:
            self.watch_ended.emit(watch)
        if future.cancelled() or not shiboken6.isValid(owner):
            return  # the page was closed meanwhile
        always()
        error = future.exception()
        if isinstance(error, (Cancelled, CancelledError)):
            stopped()
        elif error is not None:
            failed(error)
        else:
            done(future.result())


def _raise(error: BaseException) -> None:
    raise error
