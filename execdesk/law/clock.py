"""The two clocks of a case, each with the days of its own list taken out: the closing term, and the way to the upper court.

Sources: 审限规定 第9条; 期限规定 第13条; 执行程序解释 2008第14条/2020第13条. First and last day of a stop count, stops are merged; an
open one moves the due day on with each day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import Span, add_days, add_months, day_text, days_within, merge, span_text
from execdesk.law.lookup import in_force
from execdesk.law.periods import ExtensionWindow, extension_window
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

FIRST_DAY, AFTER_DUE = "closing.stop_on_filing_day", "closing.stop_after_due"
LEAST_WORD = 2  # characters of a ground by which it is found in a list


@dataclass(frozen=True)
class TermClock:
    """One clock: its words, the figure of its term, the lists of grounds that stop it."""

    title: str
    term: str
    lists: tuple[str, ...]


CLOSING_LISTS = ("deadline.closing.excluded", "deadline.closing.excluded_further")
CLOCKS: Mapping[str, TermClock] = {
    "money": TermClock("执行期限", "deadline.closing.money", CLOSING_LISTS),
    "non_litigation": TermClock("非诉执行期限", "deadline.closing.non_litigation", CLOSING_LISTS),
    "upper_court": TermClock("向上一级法院申请执行", "deadline.upper_court_after", ("deadline.upper_court.excluded",)),
}


@dataclass(frozen=True)
class Stop:
    """Days on which something stops a clock: ``last`` is ``None`` while it goes on; ``ground`` in the words of the list."""

    first: date
    last: date | None
    ground: str


@dataclass(frozen=True)
class ClockState:
    """``due`` as of the day asked for; ``stopped`` days taken out so far; ``days_left`` below zero once it is over.

    ``extension`` says when to ask for one, where the term knows it.
    """

    due: date
    stopped: int
    open: bool
    days_left: int
    extension: ExtensionWindow | None
    sheet: Sheet

    @property
    def words(self) -> str:
        """As a list shows it: 剩n日, 今日, 逾n日; 停走，剩n日 while a stop is open."""
        return _words(self.open, self.days_left)


def clock_state(book: LawBook, name: str, filed_on: date, stops: Sequence[Stop], on: date) -> ClockState:
    """The clock ``name`` (money, non_litigation, upper_court) of a case filed on ``filed_on``, looked at on ``on``.

    A stop whose ground is in none of its lists lets it run; one that begins after the due day revives nothing. Refusals:
    ``clock.ground`` for a ground no clock knows, ``clock.days`` for a stop that begins before the filing or lies ahead.
    """
    clock = CLOCKS[name]
    term = book.value(clock.term, filed_on)
    lists = [value for key in clock.lists if (value := in_force(book, key, on)) is not None]
    first_day, after_due = book.value(FIRST_DAY, filed_on), book.value(AFTER_DUE, filed_on)
    counted = [stop for stop in stops if _stops(book, stop, lists, filed_on, on)]
    spans = merge(Span(stop.first, stop.last or on) for stop in counted)
    before_filing = add_days(filed_on, -1) if first_day.value == "立案当日计入" else filed_on
    nominal = add_months(filed_on, term.value)
    due, stopped, steps = _lengthened(nominal, spans, before_filing, revive=after_due.value == "仍予延长")
    going = any(stop.last is None and stop.first <= due for stop in counted)
    steps.insert(0, SheetStep("期限", f"自{day_text(filed_on)}次日起{term.value}个月", day_text(nominal), term.source))
    left = (due - on).days
    inputs = (("立案日", day_text(filed_on)), ("截至", day_text(on)), *(_stop_input(stop, stop in counted) for stop in stops))
    asked, basis = _extension(book, clock, due, steps)
    result = f"届满日 {day_text(due)}（{_words(going, left)}），已扣除{stopped}日"
    basis = (term, *((*lists, first_day, after_due) if stops else ()), *basis)
    return ClockState(due, stopped, going, left, asked, Sheet(clock.title, inputs, tuple(steps), result, basis))


def _extension(book: LawBook, clock: TermClock, due: date, steps: list[SheetStep]) -> tuple[ExtensionWindow | None, tuple[DatedValue, ...]]:
    """When an extension of the closing term is to be asked for."""
    if clock.lists != CLOSING_LISTS or in_force(book, "deadline.closing.extension_apply_lead", due) is None:
        return None, ()
    window = extension_window(book, due)
    steps += window.sheet.steps
    return window, window.sheet.basis


def _words(going: bool, days_left: int) -> str:
    left = f"剩{days_left}日" if days_left > 0 else "今日" if not days_left else f"逾{-days_left}日"
    return f"停走，{left}" if going else left


def _lengthened(nominal: date, spans: Sequence[Span], after: date, *, revive: bool) -> tuple[date, int, list[SheetStep]]:
    """One stop after the other lengthens the term; one that begins after the term so far only where it may ``revive`` it."""
    due, stopped, steps = nominal, 0, list[SheetStep]()
    for span in spans:
        if span.first > due and not revive:
            steps.append(SheetStep("不延长", f"{span_text(span)}在届满以后开始", day_text(due)))
            continue
        days = days_within((span,), after, span.last)
        stopped += days
        due = add_days(nominal, stopped)
        steps.append(SheetStep("扣除", f"{span_text(span)}，扣除{days}日", day_text(due)))
    return due, stopped, steps


def _stops(book: LawBook, stop: Stop, lists: Sequence[DatedValue], filed_on: date, on: date) -> bool:
    """Whether the ground stands in one of the clock's lists; it must stand in one of some clock."""
    if stop.first < filed_on or max(stop.first, stop.last or stop.first) > on:
        raise Refusal(
            f"{day_text(stop.first)}开始的停走早于立案日，或者晚于{day_text(on)}，请核对；仍在停走的不填止日。", code="clock.days"
        )
    if stop.last is not None and stop.last < stop.first:
        raise Refusal(f"停走颠倒：{day_text(stop.first)}晚于{day_text(stop.last)}，请核对起止日期。", code="period.reversed")
    known = [value for key in dict.fromkeys(key for clock in CLOCKS.values() for key in clock.lists) if (value := in_force(book, key, on))]
    if len(stop.ground) < LEAST_WORD or not any(_named(stop.ground, value) for value in known):
        words = "、".join(dict.fromkeys(item for value in known for item in value.value))
        raise Refusal(f"「{stop.ground}」不是扣除期间的事由，可填：{words}（可只写其中的词，如「评估」）。", code="clock.ground")
    return any(_named(stop.ground, value) for value in lists)


def _named(ground: str, value: DatedValue) -> bool:
    return any(ground in item for item in value.value)


def _stop_input(stop: Stop, counted: bool) -> tuple[str, str]:
    until = f"至{day_text(stop.last)}" if stop.last else "起，未结束"
    return stop.ground, f"{day_text(stop.first)}{until}" + ("" if counted else "（本期限不扣除）")
