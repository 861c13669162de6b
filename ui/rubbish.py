"""Cyclic garbage is collected in the window's thread only.

Python collects wherever the count is reached, a worker included; a Qt object that is part of such garbage would then be
destroyed outside its own thread, which ends the process.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000  # milliseconds between two looks


class Collector(QObject):
    """While one lives, Python's own collecting is off and this one looks, between events, whether it is due."""

    _living = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limits = gc.get_threshold()
        Collector._living += 1
        gc.disable()
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the generations whose limit is passed, the youngest first."""
        for generation in range(3):
            if gc.get_count()[generation] > self._limits[generation]:
                gc.collect(generation)

    def stop(self) -> None:
        """No threads are left: Python may collect again."""
        if self._stopped:
            return
        self._stopped = True
        self._timer.stop()
        Collector._living -= 1
        if Collector._living == 0:
            gc.enable()
