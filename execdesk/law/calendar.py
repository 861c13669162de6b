"""Which days the court works: the calendar as a value, handed into the rules.

The table of national rest days and make-up workdays (``calendar.toml``) is the check on whatever calendar the program
is given; local days off lie over either, and count as rest days only where their ``rolls`` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from execdesk.law.datafile import DataRow, may, need, read_data

YEAR = {"year": need(int), "rest": need(list), "makeup": need(list), "confirmed": need(bool)}
LOCAL = {
    "name": need(str),
    "days": need(list),
    "rolls": need(bool),
    "source": need(str),
    "confirmed": need(bool),
    "note": may(str),
}
SATURDAY = 5


class Calendar(Protocol):
    """What the rules ask of a calendar."""

    def is_workday(self, day: date) -> bool | None:
        """Whether the court works on ``day``; ``None`` where that year's arrangement is not known."""


@dataclass(frozen=True)
class LocalDay:
    """One local day off (三月三); ``rolls``: whether a period ending on it runs on to the next workday."""

    name: str
    day: date
    rolls: bool
    source: str
    confirmed: bool


@dataclass(frozen=True)
class TableCalendar:
    """The published arrangements as a table; weekends rest unless made up; other years are unknown."""

    rest: frozenset[date]
    makeup: frozenset[date]
    years: frozenset[int]
    confirmed_years: frozenset[int]

    def is_workday(self, day: date) -> bool | None:
        """See :class:`Calendar`."""
        if day in self.makeup:
            return True
        if day in self.rest:
            return False
        return day.weekday() < SATURDAY if day.year in self.years else None

    def days(self) -> Iterable[date]:
        """Every day of the years in the table, ascending."""
        for year in sorted(self.years):
            day = date(year, 1, 1)
            while day.year == year:
                yield day
                day += timedelta(days=1)


@dataclass(frozen=True)
class CourtCalendar:
    """A national calendar with the county's local days laid over it."""

    national: Calendar
    local: tuple[LocalDay, ...]

    def is_workday(self, day: date) -> bool | None:
        """See :class:`Calendar`; a local day counts as rest only where it rolls."""
        if any(local.day == day and local.rolls for local in self.local):
            return False
        return self.national.is_workday(day)

    @property
    def edition(self) -> str:
        """What tells this calendar from another: where it changes, days reckoned by it are reckoned anew."""
        return f"{getattr(self.national, 'edition', '')} {self.local}" if self.local else str(getattr(self.national, "edition", ""))

    def local_name(self, day: date) -> str:
        """The name of the local day off on ``day``, empty where there is none."""
        return next((local.name for local in self.local if local.day == day), "")


def load_calendar(path: Path) -> TableCalendar:
    """The table in ``path``; LawDataError for a repeated year, a reversed or stray span, a day that rests and works."""
    rest: set[date] = set()
    makeup: set[date] = set()
    years: dict[int, bool] = {}
    for row in read_data(path, {"year": YEAR, "local": LOCAL}).rows("year"):
        if row["year"] in years:
            raise row.wrong(f"{row['year']} 年重复。", "year")
        years[row["year"]] = row["confirmed"]
        for span in row["rest"]:
            rest.update(_span(row, span))
        for day in row["makeup"]:
            makeup.add(_near(row, day, "makeup"))
        if both := rest & makeup:
            raise row.wrong(f"{min(both)} 既列为休息日又列为上班日。", "makeup")
    confirmed = frozenset(year for year, mark in years.items() if mark)
    return TableCalendar(frozenset(rest), frozenset(makeup), frozenset(years), confirmed)


def load_local_days(path: Path) -> tuple[LocalDay, ...]:
    """The county's days off in ``path``, ascending; LawDataError for a day that is no date or stands twice."""
    found: dict[date, LocalDay] = {}
    for row in read_data(path, {"year": YEAR, "local": LOCAL}).rows("local"):
        for day in row["days"]:
            if not isinstance(day, date) or day in found:
                raise row.wrong(f"「{day}」不是日期，或者已经列过。", "days")
            found[day] = LocalDay(row["name"], day, row["rolls"], row["source"], row["confirmed"])
    return tuple(found[day] for day in sorted(found))


def _span(row: DataRow, span: object) -> Iterable[date]:
    if not isinstance(span, list) or len(span) != 2:
        raise row.wrong("rest 应是 [起日, 止日] 的列表。", "rest")
    first, last = (_near(row, day, "rest") for day in span)
    if last < first:
        raise row.wrong(f"休息日颠倒：{first} 晚于 {last}。", "rest")
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _near(row: DataRow, day: object, key: str) -> date:
    """A day of the row's year, or of the December before it (a notice reaches back to New Year's weekend)."""
    if not isinstance(day, date):
        raise row.wrong(f"「{day}」不是日期。", key)
    if day.year != row["year"] and (day.year, day.month) != (row["year"] - 1, 12):
        raise row.wrong(f"{day} 不在 {row['year']} 年的放假安排之内。", key)
    return day
