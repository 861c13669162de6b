"""How long nobody has touched the window: minutes until the lock, and the moment itself.

Only the native windows' input is watched: a filter on the whole application would pass every paint through Python.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

TOUCHES = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TabletPress, QEvent.Type.TouchBegin}
LOOK_MS = 5000


class IdleWatch(QObject):
    """Emits ``due`` once when untouched for ``minutes``, and ``minutes_left`` whenever that number changes."""

    due = Signal()
    minutes_left = Signal(int)

    def __init__(self, minutes: int, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._seconds, self._clock = minutes * 60, clock
        self._touched = clock()
        self._told = -1
        self._windows: list[QWindow] = []
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin a session."""
        self._touched, self._told = self._clock(), -1
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._follow)
        self._follow(application.focusWindow())
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """The window is locked or closed."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.disconnect(self._follow)
        for window in self._windows:
            if shiboken6.isValid(window):
                window.removeEventFilter(self)
        self._windows.clear()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._clock()

    def _follow(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.append(window)
            window.installEventFilter(self)

    def look(self) -> None:
        """Compare with the clock."""
        left = self._seconds - (self._clock() - self._touched)
        if left <= 0:
            self.stop()
            self.due.emit()
            return
        minutes = max(1, -int(-left // 60))
        if minutes != self._told:
            self._told = minutes
            self.minutes_left.emit(minutes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in TOUCHES:
            self.touch()
        return False
