"""The calendar as a value: published table, local days, chinesecalendar behind its adapter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from execdesk.calendar_adapter import NationalCalendar, court_calendar, differences
from execdesk.law.calendar import CourtCalendar, load_calendar, load_local_days
from tests.law.support import LAW

TABLE = load_calendar(LAW / "calendar.toml")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2017, 9, 30), True),  # Saturday made up for National Day
        (date(2017, 10, 1), False),
        (date(2017, 10, 8), False),
        (date(2017, 10, 9), True),
        (date(2017, 12, 30), False),  # New Year 2018 reaches back
        (date(2018, 12, 29), True),  # made up for New Year 2019
        (date(2018, 12, 31), False),  # a Monday
        (date(2020, 1, 31), False),
        (date(2026, 2, 14), True),
        (date(2026, 11, 22), False),  # an ordinary Sunday
        (date(2026, 11, 23), True),
        (date(2016, 12, 30), None),
        (date(2027, 1, 4), None),
    ],
)
def test_the_published_table(day: date, works: bool | None) -> None:
    assert TABLE.is_workday(day) is works


def test_the_years_of_the_table() -> None:
    assert TABLE.years == set(range(2017, 2027))
    assert TABLE.confirmed_years == {2017, 2026}
    assert sum(1 for _ in TABLE.days()) == 3652


def test_chinesecalendar_agrees_on_every_day() -> None:
    assert differences(LAW) == ()


def test_an_unpublished_year_is_unknown() -> None:
    assert NationalCalendar().is_workday(date(2027, 1, 4)) is None
    assert NationalCalendar().is_workday(date(2017, 9, 30)) is True


def test_local_days_roll_only_when_switched() -> None:
    calendar = court_calendar(LAW)
    third = date(2017, 3, 30)
    assert calendar.local_name(third) == "三月三"
    assert calendar.local_name(date(2017, 3, 31)) == ""
    assert calendar.is_workday(third) is True
    assert calendar.local_name(third) in calendar.edition  # where the local days change, days are reckoned anew
    bare = replace(calendar, local=())
    assert bare.edition == calendar.national.edition != calendar.edition
    rolling = replace(calendar, local=tuple(replace(local, rolls=True) for local in calendar.local))
    assert rolling.is_workday(third) is False
    assert rolling.is_workday(date(2017, 3, 31)) is True


def test_the_local_days() -> None:
    days = load_local_days(LAW / "calendar.toml")
    assert [local.day.year for local in days] == list(range(2017, 2027))
    assert [local.day for local in days if local.confirmed] == [date(2023, 4, 22)]
    assert CourtCalendar(TABLE, days).is_workday(date(2027, 4, 8)) is None
