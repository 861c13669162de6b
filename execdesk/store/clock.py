"""The clock that is handed in: the machine's, or the day of a demonstration store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol

COURT_TIME = timezone(timedelta(hours=8), "UTC+8")


class Clock(Protocol):
    """Tells the moment; ``confirmed`` is set when a person confirmed an unusual day."""

    confirmed: bool

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""

    def day_of(self, moment: datetime) -> date:
        """The day of a moment in the court's time zone."""


@dataclass
class SystemClock:
    """The machine's clock."""

    confirmed: bool = False

    def now(self) -> datetime:
        return datetime.now(UTC)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(COURT_TIME).date()


@dataclass
class DemonstrationClock:
    """A demonstration store's day: it governs law, moments, printed dates; it moves forward and never back."""

    day: date
    confirmed: bool = True
    hour: int = 9

    def now(self) -> datetime:
        return datetime.combine(self.day, time(self.hour), COURT_TIME).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(COURT_TIME).date()
