"""Fines, detention and compulsory summons: ranges by subject and day, ends and clocks. Moments are aware UTC.

Sources: 民诉法 2013第115条/2022第118条; 民诉法解释 第180、183、184条 and 2015第484条/2022第482条; 拘留所条例 第27、32条.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, day_text
from execdesk.law.lookup import in_force
from execdesk.law.money import yuan_text
from execdesk.law.periods import hours_end
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

SUBJECTS = {"individual": "个人（含单位的主要负责人、直接责任人员）", "unit": "单位"}
CHINA = timedelta(hours=8)


@dataclass(frozen=True)
class FineRange:
    """What one act may cost in fen, both ends included; individuals have no least sum (1 fen)."""

    low: int
    high: int
    sheet: Sheet


def fine_range(book: LawBook, subject: str, on: date) -> FineRange:
    """The range for ``individual`` or ``unit`` on the day of the decision."""
    if subject == "individual":
        rule = book.value("fine.individual.max", on)
        low, high = 1, rule.value * 100
        words = f"不超过{yuan_text(high)}"
    elif subject == "unit":
        rule = book.value("fine.unit", on)
        low, high = (bound * 100 for bound in rule.value)
        words = f"{yuan_text(low)}以上{yuan_text(high)}以下"
    else:
        raise Refusal(f"「{subject}」不是罚款对象，可用：{'、'.join(SUBJECTS)}。", code="fine.subject")
    inputs = (("对象", SUBJECTS[subject]), ("决定日", day_text(on)))
    return FineRange(low, high, Sheet("罚款金额", inputs, (SheetStep("范围", "", words, rule.source),), words, (rule,)))


def check_fine(book: LawBook, subject: str, fen: int, on: date) -> FineRange:
    """The range, or Refusal ``fine.range`` where ``fen`` lies outside it."""
    allowed = fine_range(book, subject, on)
    if not allowed.low <= fen <= allowed.high:
        raise Refusal(
            f"对{SUBJECTS[subject]}的罚款应为{allowed.sheet.result}，{yuan_text(fen)}超出范围，请调整金额。",
            code="fine.range", clauses=(Clause(allowed.sheet.result, allowed.sheet.basis[0].source),),
        )  # fmt: skip
    return allowed


@dataclass(frozen=True)
class Leave:
    """A leave granted to a detained person: out at ``first``, back at ``last``."""

    first: datetime
    last: datetime


@dataclass(frozen=True)
class DetentionEnd:
    """``ends_on`` is the day of release (the custody's certificate prevails); ``family_by`` the latest moment to tell the family."""

    ends_on: date
    family_by: datetime
    leave_days: int
    sheet: Sheet


def detention_end(
    book: LawBook, admitted_at: datetime, days: int, *, taken_at: datetime | None = None, leave: Sequence[Leave] = ()
) -> DetentionEnd:
    """The end of a detention of ``days`` from the admission, by the day; leave does not count.

    The family is told within the hours after the taking, which is the admission where none is recorded before it. Refusals:
    ``detention.days`` beyond the longest, ``detention.taken`` where he was taken after the admission, ``detention.leave``
    where a leave overlaps another or lies outside the detention.
    """
    on, taken = _day(admitted_at), taken_at or admitted_at
    longest, family = book.value("detention.max", on), book.value("deadline.detention_family", _day(taken))
    if not 1 <= days <= longest.value:
        raise Refusal(
            f"拘留期限应为1至{longest.value}日，不能定为{days}日（{longest.source}）。", code="detention.days"
        )
    if taken > admitted_at:
        raise Refusal("带走的时刻晚于拘留所收拘的时刻，请核对。", code="detention.taken")
    steps, ends_on = [], add_days(on, days)
    counting = in_force(book, "detention.count", on)
    steps.append(SheetStep("期满", f"{day_text(on)}收拘，加{days}日", day_text(ends_on), (counting or longest).source))
    basis = [longest, family, *([counting] if counting else []), book.value("convention.detention_end", on)]
    away = 0
    if leave:
        rule = book.value(LEAVE, on)
        basis.append(rule)
        away = _leave_days(rule, admitted_at, ends_on, leave)
        ends_on = add_days(ends_on, away)
        steps.append(SheetStep("请假外出", f"不计入{away}日（{rule.value}）", day_text(ends_on), rule.source))
    family_by = hours_end(taken, family.value)
    steps.append(SheetStep("通知家属", f"{moment_text(taken)}起{family.value}小时内", moment_text(family_by), family.source))
    inputs = [("带走", moment_text(taken))] if taken_at else []
    inputs += [("收拘", moment_text(admitted_at)), ("期限", f"{days}日")]
    inputs += [("请假外出", f"{moment_text(one.first)}至{moment_text(one.last)}") for one in leave]
    result = f"{day_text(ends_on)}期满，以拘留所的证明为准"
    return DetentionEnd(ends_on, family_by, away, Sheet("拘留期限", tuple(inputs), tuple(steps), result, tuple(basis)))


LEAVE = "detention.leave_days"


def _leave_days(rule: DatedValue, admitted_at: datetime, ends_on: date, leave: Sequence[Leave]) -> int:
    """The days of leave, each leave counted by itself as the court reads it."""
    back, total = admitted_at, 0
    for one in sorted(leave, key=lambda item: item.first):
        if one.last < one.first or one.first < back or _day(one.first) > add_days(ends_on, total):
            raise Refusal(
                f"{moment_text(one.first)}至{moment_text(one.last)}的请假外出颠倒、重叠或者不在拘留期间之内，请核对。",
                code="detention.leave",
            )
        whole = (one.last - one.first) // timedelta(days=1)
        total += whole if rule.value == "满二十四小时计一日" else (_day(one.last) - _day(one.first)).days
        back = one.last
    return total


@dataclass(frozen=True)
class SummonsClock:
    """The clock of an interview after compulsory summons: until when, and minutes left at the moment asked for, 0 in the last one."""

    until: datetime
    minutes_left: int
    sheet: Sheet


def summons_clock(book: LawBook, arrived_at: datetime, now: datetime, *, complicated: bool = False) -> SummonsClock:
    """Elapsed time from the recorded arrival; ``complicated`` where the case is and detention may follow."""
    on = _day(arrived_at)
    rule = book.value("summons.interview_max" + ("_complex" if complicated else ""), on)
    until = hours_end(arrived_at, rule.value)
    left = (until - now) // timedelta(minutes=1)
    step = SheetStep("最迟结束", f"{moment_text(arrived_at)}加{rule.value}小时", moment_text(until), rule.source)
    inputs = (("到达", moment_text(arrived_at)), ("现在", moment_text(now)))
    result = f"最迟{moment_text(until)}，" + (f"剩余{left}分钟" if left >= 0 else f"已超过{-left}分钟")
    return SummonsClock(
        until, left, Sheet("拘传询问时间", inputs, (step,), result, (rule, book.value("convention.summons_clock", on)))
    )


def _day(moment: datetime) -> date:
    return (moment + CHINA).date()


def moment_text(moment: datetime) -> str:
    """2018年1月2日9时30分 at the court, with seconds where there are any."""
    local = moment + CHINA
    return f"{day_text(local.date())}{local.hour}时{local.minute:02d}分" + (f"{local.second:02d}秒" if local.second else "")
