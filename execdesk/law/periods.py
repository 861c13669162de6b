"""Periods of time: start day not counted, months clamped, last day rolled where the rule says so.

Sources: 民诉法 2013第82条/2022第85条; 民诉法解释 第125条; for applying 民诉法 2013第239条/2022第246条/2024第250条.
Moments are aware UTC; a calendar answers ``is_workday(day)`` with ``None`` where the year is not yet published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from execdesk.law.days import Span, add_days, add_months, day_text, days_within, merge, span_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

NOT_PUBLISHED = "节假日安排未公布"
UNITS = {"day": "日", "month": "个月", "year": "年", "workday": "个工作日"}


class Workdays(Protocol):
    """What the rules ask of a calendar."""

    def is_workday(self, day: date) -> bool | None:
        """Whether the court works on ``day``; ``None`` where that is not yet published."""


@dataclass(frozen=True)
class PeriodEnd:
    """``nominal`` is the last day by counting, ``due`` the last day in law; the due day itself is not overdue."""

    nominal: date
    due: date
    rolled: bool
    published: bool
    steps: tuple[SheetStep, ...]

    @property
    def note(self) -> str:
        """「节假日安排未公布」 where the roll could not be decided."""
        return "" if self.published else NOT_PUBLISHED


def period_end(
    start: date, length: int, unit: str, calendar: Workdays, *, roll: bool = True, excluded: Sequence[Span] = (), from_start: bool = False
) -> PeriodEnd:
    """The last day of ``length`` ``unit`` (day, month, year, workday) after ``start``.

    Days of ``excluded`` that fall into the running period lengthen it by as many days, once each; ``from_start`` the start too.
    """
    if unit not in UNITS:
        raise Refusal(f"「{unit}」不是期间单位，可用：日、月、年、工作日。", code="period.unit")
    if length < 1:
        raise Refusal("期间长度应为正整数。", code="period.length")
    published = True
    if unit == "workday":
        counted, published = _count_workdays(start, length, calendar)
    elif unit == "day":
        counted = add_days(start, length)
    else:
        counted = add_months(start, length * (12 if unit == "year" else 1))
    steps = [SheetStep("期间", f"自{day_text(start)}次日起{length}{UNITS[unit]}", day_text(counted))]
    nominal = _lengthen(add_days(start, -1) if from_start else start, counted, merge(excluded), steps)
    due = nominal
    if roll and unit != "workday":
        due, published = roll_forward(nominal, calendar)
        steps.append(_roll_step(nominal, due, published))
    return PeriodEnd(nominal, due, due != nominal, published, tuple(steps))


def roll_forward(day: date, calendar: Workdays) -> tuple[date, bool]:
    """The first workday on or after ``day``; where the year is not published ``day`` itself and ``False``."""
    return _walk(day, 1, calendar)


def last_workday(day: date, calendar: Workdays) -> tuple[date, bool]:
    """The last workday on or before ``day``, for warnings on court-side terms."""
    return _walk(day, -1, calendar)


def period_sheet(
    book: LawBook, start: date, length: int, unit: str, calendar: Workdays, *, roll: bool = True,
    excluded: Sequence[Span] = (),
) -> tuple[PeriodEnd, Sheet]:  # fmt: skip
    """:func:`period_end` with the rules of counting in force when the period ends, as a sheet."""
    end = period_end(start, length, unit, calendar, roll=roll, excluded=excluded)
    inputs = (("起算日（不计入）", day_text(start)), ("期间", f"{length}{UNITS[unit]}"), *excluded_inputs(excluded))
    result = day_text(end.due) + (f"（{end.note}）" if end.note else "")
    basis = counting_basis(book, unit, end.nominal, roll=roll)
    return end, Sheet("期间计算", inputs, end.steps, f"届满日 {result}", basis)


def counting_basis(book: LawBook, unit: str, on: date, *, roll: bool) -> tuple[DatedValue, ...]:
    """The rules of counting that a period of ``unit`` ending ``on`` uses."""
    keys = ["daycount.first_day_excluded"]
    keys += {"month": ["daycount.month_year"], "year": ["daycount.month_year"]}.get(unit, [])
    keys += ["convention.workday_term"] if unit == "workday" else ["daycount.roll_last_day"] if roll else []
    return tuple(book.value(key, on) for key in keys)


def excluded_inputs(excluded: Iterable[Span]) -> tuple[tuple[str, str], ...]:
    """Input lines of a sheet for the spans taken out."""
    return tuple(("扣除", span_text(span)) for span in merge(excluded))


def hours_end(start: datetime, hours: int) -> datetime:
    """``hours`` of elapsed time after ``start``."""
    return start + timedelta(hours=hours)


@dataclass(frozen=True)
class ExtensionWindow:
    """An extension is applied for from ``opens`` (any day where ``None``) to ``closes``, both included."""

    opens: date | None
    closes: date
    sheet: Sheet


def extension_window(book: LawBook, due: date) -> ExtensionWindow:
    """When an extension of the closing term ending on ``due`` is to be applied for (deadline.closing.extension_apply_lead).

    「届满前N日内」 is read as within the last days or, as the court chooses, before they begin.
    """
    lead, reading = book.value("deadline.closing.extension_apply_lead", due), book.value("closing.extension_window", due)
    first = add_days(due, -lead.value)
    within = reading.value == "届满前的最后五日内"
    result = f"{day_text(first)}至{day_text(due)}提出" if within else f"最迟{day_text(first)}提出"
    step = SheetStep("申请延长", f"{day_text(due)}往前{lead.value}日，{reading.value}", result, lead.source)
    sheet = Sheet("延长执行期限的申请时间", (("执限届满日", day_text(due)),), (step,), result, (lead, reading))
    return ExtensionWindow(first if within else None, due if within else first, sheet)


def limitation_end(
    book: LawBook, start: date, calendar: Workdays, *, interrupted: Sequence[date] = (), suspended: Sequence[Span] = ()
) -> tuple[PeriodEnd, Sheet]:
    """Last day to apply for enforcement: an interruption inside the period starts it anew, a suspension adds its days.

    ``start`` is the day the performance period in the document ends. An obstacle suspends only in the last six months
    of the period (执行程序解释 2008第27条/2020第19条); its days before them add nothing. An interruption later than the
    end then running revives nothing and is refused.
    """
    term = book.value("deadline.application_period", start)
    steps: list[SheetStep] = []
    begin = start
    end, rules = _limited(book, term, begin, suspended, calendar)
    for day in sorted(interrupted):
        if day > end.due:
            raise Refusal(f"{day_text(day)}的中断事由发生时，申请执行期间已于{day_text(end.due)}届满，不能再中断。",
                          code="period.expired")  # fmt: skip
        if day <= begin:
            steps.append(SheetStep("中断", f"{day_text(day)}期间尚未开始，不影响计算", day_text(begin)))
            continue
        steps.append(SheetStep("中断", f"{day_text(day)}中断，期间重新计算", day_text(day)))
        begin = day
        end, rules = _limited(book, term, begin, suspended, calendar)
    steps += end.steps
    inputs = (("履行期间届满日", day_text(start)), *(("中断", day_text(day)) for day in sorted(interrupted)),
              *(("中止", span_text(span)) for span in merge(suspended)))  # fmt: skip
    basis = (term, *rules, *counting_basis(book, term.unit, end.nominal, roll=True))
    return end, Sheet("申请执行期间", inputs, tuple(steps), f"最后一日 {day_text(end.due)}", basis)


def _limited(
    book: LawBook, term: DatedValue, begin: date, suspended: Sequence[Span], calendar: Workdays
) -> tuple[PeriodEnd, tuple[DatedValue, ...]]:
    """The term from ``begin``, lengthened by the obstacles in its last months only, and the rule for that."""
    if not suspended:
        return period_end(begin, term.value, term.unit, calendar), ()
    bare = period_end(begin, term.value, term.unit, calendar).nominal
    window = book.value("limitation.suspension_window", bare)
    opens = add_days(add_months(bare, -window.value), 1)
    spans = [Span(max(span.first, opens), span.last) for span in suspended if span.last >= opens]
    end = period_end(begin, term.value, term.unit, calendar, excluded=spans)
    note = SheetStep("可以中止的期间", f"届满前最后{window.value}个月", f"{day_text(opens)}起", window.source)
    return replace(end, steps=(note, *end.steps)), (window,)


def _count_workdays(start: date, length: int, calendar: Workdays) -> tuple[date, bool]:
    day, left, published = start, length, True
    while left:
        day = add_days(day, 1)
        works = calendar.is_workday(day)
        if works is None:
            works, published = day.weekday() < 5, False
        left -= works
    return day, published


def _walk(day: date, direction: int, calendar: Workdays) -> tuple[date, bool]:
    found = day
    while True:
        works = calendar.is_workday(found)
        if works is None:
            return day, False
        if works:
            return found, True
        found = add_days(found, direction)


def _lengthen(after: date, counted: date, spans: tuple[Span, ...], steps: list[SheetStep]) -> date:
    """Add the excluded days in the running period; a longer period may reach further excluded days."""
    end = counted
    while True:
        deducted = days_within(spans, after, end)
        longer = add_days(counted, deducted)
        if longer == end:
            break
        end = longer
    if spans:
        steps.append(SheetStep("扣除", f"期间内扣除{deducted}天，顺加{deducted}天", day_text(end)))
    return end


def _roll_step(nominal: date, due: date, published: bool) -> SheetStep:
    if not published:
        return SheetStep("末日", f"{day_text(nominal)}，{NOT_PUBLISHED}", day_text(nominal))
    if due == nominal:
        return SheetStep("末日", f"{day_text(nominal)}是工作日，不顺延", day_text(due))
    return SheetStep("末日", f"{day_text(nominal)}逢休息日，顺延至其后第一个工作日", day_text(due))
