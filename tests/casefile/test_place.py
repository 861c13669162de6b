"""The place up to which lines were known at a moment, also where a wrong day was set right."""

from __future__ import annotations

import random

import pytest

from execdesk.records.journal import Line
from execdesk.store.chains import place_at
from execdesk.store.clock import CLOCK_CORRECTION
from execdesk.store.store import Store
from tests.looking import look_at
from tests.store.desks import empty_store


def _line(store: Store, taken: int, at: int, act: str = "event") -> None:
    Line.insert(
        taken=taken, taken_at=f"2018-01-{at:02}", run=taken, site="HQ", incarnation=1, number=taken, format=1, height=taken, act=act, person="", at="",
        body=b"", hash="", signature=b"",
    ).execute()


@pytest.mark.parametrize("seed", range(20))
def test_the_last_line_of_a_stretch_of_growing_times_that_is_not_later(seed: int) -> None:
    chance, store = random.Random(seed), empty_store("HQ")
    look_at(store)
    times: list[int] = []
    at = 5
    for taken in range(1, 40):
        corrects = chance.random() < 0.1
        at = max(at - chance.randrange(6), 1) if corrects else min(at + chance.randrange(3), 28)
        times.append(at)
        _line(store, taken, at, CLOCK_CORRECTION if corrects else "event")
    for moment in range(1, 29):
        expected = max((taken for taken, day in enumerate(times, 1) if day <= moment), default=0)
        assert place_at(store.base, f"2018-01-{moment:02}") == expected, (moment, times)
    store.close()
