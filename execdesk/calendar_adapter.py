"""The national calendar from ``chinesecalendar``, in the shape the rules ask for."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import chinese_calendar

from execdesk.law.calendar import CourtCalendar, TableCalendar, load_calendar, load_local_days


class NationalCalendar:
    """``chinesecalendar`` as a :class:`execdesk.law.calendar.Calendar`: years it does not hold are unknown."""

    @cached_property
    def edition(self) -> str:
        """The edition of the national calendar: a newer one knows more years."""
        try:
            return version("chinesecalendar")
        except PackageNotFoundError:  # packed without its papers
            return str(max(chinese_calendar.constants.holidays).year)

    def is_workday(self, day: date) -> bool | None:
        """Whether ``day`` is a workday, make-up days included; ``None`` where no arrangement is published."""
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return None


def court_calendar(folder: Path) -> CourtCalendar:
    """The calendar of this court: national days, with the local days of ``folder/calendar.toml`` over them."""
    return CourtCalendar(NationalCalendar(), load_local_days(folder / "calendar.toml"))


def differences(folder: Path) -> tuple[date, ...]:
    """The days on which ``chinesecalendar`` and the table in ``folder/calendar.toml`` disagree; empty is right."""
    table: TableCalendar = load_calendar(folder / "calendar.toml")
    national = NationalCalendar()
    return tuple(day for day in table.days() if national.is_workday(day) != table.is_workday(day))
