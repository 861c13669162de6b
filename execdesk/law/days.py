"""Day arithmetic: months with clamp, spans, how days and sums of days are written. No law in here."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from execdesk.law.refusal import Refusal


@dataclass(frozen=True, order=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(
                f"期间颠倒：{day_text(self.first)}晚于{day_text(self.last)}，请核对起止日期。", code="period.reversed"
            )

    @property
    def days(self) -> int:
        """How many days the span has."""
        return (self.last - self.first).days + 1


def add_months(day: date, months: int) -> date:
    """The same day number ``months`` later (or earlier), or the last day of that month where it has no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def add_days(day: date, days: int) -> date:
    """``days`` later; negative counts back."""
    return day + timedelta(days=days)


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as disjoint spans in order, so that no day is deducted twice."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.first <= add_days(merged[-1].last, 1):
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return tuple(merged)


def days_within(spans: Sequence[Span], after: date, until: date) -> int:
    """How many days of disjoint ``spans`` lie later than ``after`` and not later than ``until``."""
    return sum(max(0, (min(span.last, until) - max(span.first, add_days(after, 1))).days + 1) for span in spans)


def day_text(day: date) -> str:
    """2018年2月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def span_text(span: Span) -> str:
    """2018年2月1日至2018年2月10日（10天）."""
    return f"{day_text(span.first)}至{day_text(span.last)}（{span.days}天）"
