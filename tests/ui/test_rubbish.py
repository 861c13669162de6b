"""Garbage is collected in the window's thread only, and by Python again once the threads are gone."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from ui.jobs import Jobs
from ui.rubbish import EVERY


class _Loop:
    ended_in: list[int] = []  # noqa: RUF012  what the test looks at

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.ended_in.append(threading.get_ident())


def test_no_worker_collects(qtbot: QtBot) -> None:
    jobs = Jobs()
    assert not gc.isenabled()
    _Loop.ended_in.clear()
    jobs.read(jobs, lambda: [_Loop() for _ in range(5_000)] and None, done=lambda _none: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert not _Loop.ended_in, "nothing is collected in the worker"
    qtbot.waitUntil(lambda: len(_Loop.ended_in) == 5_000, timeout=20 * EVERY)
    assert set(_Loop.ended_in) == {threading.get_ident()}
    jobs.close()
    assert gc.isenabled()
