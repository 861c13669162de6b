"""The two clocks of a case and their stops. Sources: 审限规定 第9条; 执行程序解释 2008第14条/2020第13条; the court's own readings."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from execdesk.law.calculators import calculator
from execdesk.law.clock import CLOCKS, Stop, clock_state
from execdesk.law.nodes import due
from tests.law.rules import BOOK, CALENDAR, MANY, day, refused

FILED = day("2017-08-01")


def stop(first: str, last: str | None, ground: str = "中止") -> Stop:
    return Stop(day(first), day(last) if last else None, ground)


@pytest.mark.parametrize(("name", "last"), [("money", "2018-02-01"), ("non_litigation", "2017-11-01"), ("upper_court", "2018-02-01")])
def test_a_clock_that_never_stopped(name: str, last: str) -> None:
    state = clock_state(BOOK, name, FILED, (), FILED)
    assert (state.due, state.stopped, state.open) == (day(last), 0, False)
    asked = ["deadline.closing.extension_apply_lead", "closing.extension_window"] if name != "upper_court" else []
    assert [value.key for value in state.sheet.basis] == [CLOCKS[name].term, *asked]


def test_when_to_ask_for_an_extension() -> None:
    typed = {"filed_on": "2017-08-01", "on": "2017-12-01", "stops": "2017-09-01:2017-09-10:中止"}
    figures = calculator("closing_clock").compute(BOOK, CALENDAR, typed).figures
    assert (figures["due"], figures["ask_from"], figures["ask_by"]) == (day("2018-02-11"), day("2018-02-06"), day("2018-02-11"))
    assert "ask_by" not in calculator("closing_clock").compute(BOOK, CALENDAR, {**typed, "clock": "upper_court"}).figures
    assert clock_state(BOOK, "money", day("2006-06-30"), (), day("2006-07-01")).extension is None
    assert clock_state(BOOK, "money", day("2006-07-01"), (), day("2006-07-01")).extension is not None


WORDS = [("2018-01-31", "剩1日"), ("2018-02-01", "今日"), ("2018-02-02", "逾1日")]


@pytest.mark.parametrize(("on", "words"), WORDS)
def test_how_a_list_shows_it(on: str, words: str) -> None:
    state = clock_state(BOOK, "money", FILED, (), day(on))
    assert state.words == words and f"（{words}）" in state.sheet.result


# stops, looked at on; due day, days taken out
STOPS = [
    ((stop("2017-09-01", "2017-09-10"),), "2017-12-01", "2018-02-11", 10),  # both ends count
    ((stop("2017-08-01", "2017-08-05"),), "2017-12-01", "2018-02-06", 5),  # begun on the filing day
    ((stop("2017-09-01", "2017-09-10"), stop("2017-09-05", "2017-09-12")), "2017-12-01", "2018-02-13", 12),  # merged
    ((stop("2017-09-01", "2017-09-10"), stop("2017-09-11", "2017-09-12")), "2017-12-01", "2018-02-13", 12),
    ((stop("2018-02-01", "2018-02-03"),), "2018-02-03", "2018-02-04", 3),  # begun on the last day
    ((stop("2018-02-02", "2018-02-03"),), "2018-02-03", "2018-02-01", 0),  # after it nothing is revived
    ((stop("2018-01-31", "2018-02-02"), stop("2018-02-04", "2018-02-05")), "2018-02-05", "2018-02-06", 5),  # by then it ran on
    ((stop("2017-11-01", None),), "2017-11-10", "2018-02-11", 10),
]


@pytest.mark.parametrize(("stops", "on", "last", "days"), STOPS)
def test_stops(stops: tuple[Stop, ...], on: str, last: str, days: int) -> None:
    state = clock_state(BOOK, "money", FILED, stops, day(on))
    assert (state.due, state.stopped) == (day(last), days)
    assert state.open == any(one.last is None for one in stops)
    assert ("停走" in state.words) == state.open


def test_the_sheet_begins_with_the_term_itself() -> None:
    stops = (Stop(day("2017-11-20"), day("2017-12-20"), "评估"),)
    steps = clock_state(BOOK, "money", day("2017-10-16"), stops, day("2017-12-20")).sheet.steps
    assert (steps[0].label, steps[0].result) == ("期限", "2018年4月16日")


def test_an_open_stop_after_the_due_day_does_not_stop() -> None:
    state = clock_state(BOOK, "money", FILED, (stop("2018-02-02", None),), day("2018-02-10"))
    assert (state.open, state.words) == (False, "逾9日")
    assert clock_state(BOOK, "money", FILED, (stop("2018-02-01", None),), day("2018-02-10")).words == "停走，剩1日"


def reading(key: str, value: str) -> object:
    known = BOOK.value(key, FILED)
    return BOOK.corrected([replace(known, value=value, valid_from=FILED, source="院内通知", corrected_by="局长某某 2017-08-01 更正")])


def test_the_readings_of_the_court() -> None:
    first = reading("closing.stop_on_filing_day", "立案当日不计入")
    assert clock_state(first, "money", FILED, STOPS[1][0], day("2017-12-01")).stopped == 4  # type: ignore[arg-type]
    late = reading("closing.stop_after_due", "仍予延长")
    assert clock_state(late, "money", FILED, STOPS[5][0], day("2018-02-03")).stopped == 2  # type: ignore[arg-type]
    assert due(BOOK, "closing.money", FILED, CALENDAR, excluded=()).due == day("2018-02-01")
    typed = {"node": "closing.money", "start": "2017-08-01", "excluded": "2017-08-01..2017-08-05"}
    assert calculator("deadline").compute(BOOK, CALENDAR, typed).figures["due"] == day("2018-02-06")
    assert calculator("deadline").compute(first, CALENDAR, typed).figures["due"] == day("2018-02-05")  # type: ignore[arg-type]


GROUNDS = [
    # ground, stops the closing term, stops the way to the upper court
    ("拍卖", True, False), ("变卖", True, False), ("审计", True, False), ("请示", True, False), ("评估", True, True), ("公告", True, True),
    ("鉴定", True, True), ("管辖", True, True), ("中止", True, True), ("暂缓", True, True), ("协调", True, True), ("公告送达", True, False),
]  # fmt: skip


@pytest.mark.parametrize(("ground", "closing", "upper"), GROUNDS)
def test_each_clock_has_its_own_list(ground: str, closing: bool, upper: bool) -> None:
    stops = (stop("2017-09-01", "2017-09-10", ground),)
    for name, counts in (("money", closing), ("non_litigation", closing), ("upper_court", upper)):
        state = clock_state(BOOK, name, FILED, stops, day("2017-10-01"))
        assert state.stopped == (10 if counts else 0), (ground, name)
        assert state.sheet.inputs[-1][1].endswith("（本期限不扣除）") == (not counts)


def test_what_cannot_stop_a_clock() -> None:
    for ground in ("午休", "期", ""):
        assert "评估" in refused("clock.ground", lambda ground=ground: clock_state(BOOK, "money", FILED, (stop("2017-09-01", None, ground),), day("2017-09-02")))
    for wrong in (stop("2017-07-31", "2017-08-02"), stop("2017-09-03", None), stop("2017-09-01", "2017-09-03")):
        refused("clock.days", lambda wrong=wrong: clock_state(BOOK, "money", FILED, (wrong,), day("2017-09-02")))
    refused("period.reversed", lambda: clock_state(BOOK, "money", FILED, (stop("2017-09-02", "2017-09-01"),), day("2017-09-02")))


@MANY
def test_random_clocks_agree_with_a_count_of_days(many: int) -> None:
    """Day after day: a stopped day uses nothing of the term, as long as the term is not over when its stop begins."""
    dice = random.Random(9)
    for _ in range(many):
        on = FILED + timedelta(days=dice.randint(1, 400))
        stops = []
        for _ in range(dice.randint(0, 3)):
            first = FILED + timedelta(days=dice.randint(0, (on - FILED).days))
            last = min(on, first + timedelta(days=dice.randint(0, 60)))
            stops.append(Stop(first, last, "中止"))
        state = clock_state(BOOK, "money", FILED, tuple(stops), on)
        assert (state.due, state.stopped) == counted(stops, on)
        assert state.days_left == (state.due - on).days


def counted(stops: list[Stop], on: date) -> tuple[date, int]:
    """The due day by walking from the filing day on."""
    stopped_days = {one.first + timedelta(days=n) for one in stops for n in range(((one.last or on) - one.first).days + 1)}
    left = (day("2018-02-01") - FILED).days + 1  # the filing day itself is a day of the walk
    walked, stopped, running = FILED, 0, True
    while left or walked in stopped_days and running:
        if walked in stopped_days:
            stopped += 1
        else:
            left -= 1
        running = left > 0 or walked in stopped_days
        walked += timedelta(days=1)
    return walked - timedelta(days=1), stopped
