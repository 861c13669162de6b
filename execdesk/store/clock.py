"""The clock that is handed in: the machine's, or the day of a demonstration store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol

from execdesk.law.refusal import Refusal

COURT_TIME = timezone(timedelta(hours=8), "UTC+8")


AHEAD_LIMIT = timedelta(days=30)  # a clock further ahead of the last line asks a person to confirm the day
BEHIND_LIMIT = timedelta(days=1)  # up to this the line's moment is the last one's plus a millisecond
CLOCK_CORRECTION = "clock.correct"  # the act of two persons that sets a wrong day right once it is journaled


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


def moment_after(clock: Clock, now: datetime, latest: datetime | None) -> datetime:
    """The moment of a line: the clock's reading, or a millisecond after the latest line if the clock lies behind it.

    Raises:
        Refusal: ``store.clock`` if the clock is more than a day behind or 30 days ahead and nobody confirmed the day.
    """
    if latest is None:
        return now
    if not clock.confirmed and not latest - BEHIND_LIMIT <= now <= latest + AHEAD_LIMIT:
        raise Refusal(
            f"本机日期是 {clock.day_of(now)}，而最近一条留痕在 {clock.day_of(latest)}，相差过大。"
            "请核对本机日期；不对的先改正，无误的再登录一次确认。",
            code="store.clock",
        )
    return max(now, latest + timedelta(milliseconds=1))
