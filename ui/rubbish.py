"""Cyclic garbage is collected in the window's thread only.

Python collects wherever the count is reached, a worker included; a Qt object that is part of such garbage would then be
destroyed outside its own thread, which ends the process.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

EVERY = 250  # milliseconds between two looks: what is young then takes a millisecond or two to walk through
MIDDLE = 3  # looks after which what has survived one is walked through as well
ALL, ALL_AT_ANY_RATE = 40, 400  # the same for everything: while nobody waits, and at the latest


class Collector(QObject):
    """While one lives, Python's own collecting is off and this one looks, between events, whether it is due.

    What was there before (modules, law, dictionaries) is left out of it: to walk through that takes longer than a frame. So does
    everything there is; ``resting`` tells when nobody would feel it.
    """

    _living = 0

    def __init__(self, parent: QObject | None = None, resting: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        if Collector._living == 0:
            gc.disable()
            gc.freeze()
        Collector._living += 1
        self._resting = resting
        self._since = [0, 0]
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the youngest generation, and the older ones where that is due."""
        middle, everything = self._since[0] + 1, self._since[1] + 1
        if everything >= (ALL if self._resting() else ALL_AT_ANY_RATE):
            generation, self._since = 2, [0, 0]
        elif middle >= MIDDLE:
            generation, self._since = 1, [0, everything]
        else:
            generation, self._since = 0, [middle, everything]
        gc.collect(generation)

    def stop(self) -> None:
        """No threads are left: Python may collect again."""
        if self._stopped:
            return
        self._stopped = True
        self._timer.stop()
        Collector._living -= 1
        if Collector._living == 0:
            gc.unfreeze()
            gc.enable()
