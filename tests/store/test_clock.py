"""The moment of a line: the clock, or just after the latest line; an unlikely day asks a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text
from execdesk.store.act import Act, open_act
from execdesk.store.clock import CLOCK_CORRECTION
from tests.store.desks import Desk, FixedClock, bureau

NOON = datetime(2018, 3, 1, 4, 0, 0, 250_000, tzinfo=UTC)
DAY, MS = timedelta(days=1), timedelta(milliseconds=1)


class Second:
    """The second person of an act of two."""

    def __init__(self, person: str, certificate: str) -> None:
        self.person, self.certificate = person, certificate

    def cosign(self, digest: bytes) -> bytes:
        return digest


@pytest.fixture
def desk() -> Desk:
    made = bureau("HQ").desks[0]
    made.store.clock = FixedClock(NOON, confirmed=True)
    act(made)
    made.store.clock = FixedClock(NOON)
    return made


def act(desk: Desk, name: str = "event", **options: object) -> Act:
    with open_act(desk.store, name, **options) as made:  # type: ignore[arg-type]
        pass
    return made


def last(desk: Desk) -> dict[str, object]:
    return dict(desk.line(desk.store.head.number).data)


def test_a_clock_ahead_is_taken_as_it_is(desk: Desk) -> None:
    desk.store.clock = FixedClock(NOON + DAY)
    act(desk)
    assert last(desk)["at"] == moment_text(NOON + DAY)
    assert "clock" not in last(desk)


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(microseconds=1), timedelta(hours=3), DAY])
def test_a_clock_behind_by_up_to_a_day_follows_the_last_line(desk: Desk, behind: timedelta) -> None:
    desk.store.clock = FixedClock(NOON - behind)
    act(desk)
    assert last(desk)["at"] == moment_text(NOON + MS)
    assert last(desk)["clock"] == moment_text(NOON - behind)


@pytest.mark.parametrize("reading", [NOON - DAY - MS, NOON + 30 * DAY + MS])
def test_an_unlikely_day_asks(desk: Desk, reading: datetime) -> None:
    desk.store.clock = FixedClock(reading)
    with pytest.raises(Refusal) as refused:
        act(desk)
    assert refused.value.code == "store.clock"
    assert "2018-03-01" in refused.value.text and str(desk.store.clock.day_of(reading)) in refused.value.text
    desk.store.clock.confirmed = True
    act(desk)
    assert last(desk)["at"] == moment_text(max(reading, NOON + MS))


def test_thirty_days_ahead_is_still_likely(desk: Desk) -> None:
    desk.store.clock = FixedClock(NOON + 30 * DAY)
    act(desk)
    assert last(desk)["at"] == moment_text(NOON + 30 * DAY)


def test_the_day_of_an_act_is_the_courts() -> None:
    desk = bureau("HQ").desks[0]
    desk.store.clock = FixedClock(datetime(2018, 1, 31, 16, 30, tzinfo=UTC), confirmed=True)
    assert act(desk).day.isoformat() == "2018-02-01"


def test_a_foreign_line_counts_as_seen() -> None:
    hq, hl = bureau("HQ", "HL").desks
    hl.store.clock = FixedClock(NOON, confirmed=True)
    act(hl)
    hq.take(hl.lines())
    hq.store.clock = FixedClock(NOON - DAY)
    act(hq)
    assert last(hq)["at"] == moment_text(NOON + MS)


def test_a_wrong_day_is_set_right_by_two() -> None:
    desk = bureau("HQ").desks[0]
    desk.store.clock = FixedClock(NOON + 4000 * DAY, confirmed=True)
    act(desk)
    desk.store.clock = FixedClock(NOON)
    with pytest.raises(Refusal) as refused:
        act(desk, CLOCK_CORRECTION)
    assert refused.value.code == "store.clock_two"
    act(desk, CLOCK_CORRECTION, cosigner=Second("x" * 26, "y" * 26))
    assert last(desk)["at"] == moment_text(NOON)
    act(desk)
    assert last(desk)["at"] == moment_text(NOON + MS)
