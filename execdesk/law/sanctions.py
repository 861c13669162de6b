"""Fines, detention and compulsory summons: ranges by subject and day, ends and clocks. Moments are aware UTC.

Sources: 民诉法 2013第115条/2022第118条; 民诉法解释 第180、185条 and 2015第484条/2022第482条; 代表法 第32条.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, day_text
from execdesk.law.money import yuan_text
from execdesk.law.periods import hours_end
from execdesk.law.refusal import Clause, Refusal, WayOn
from execdesk.law.values import DatedValue, Sheet, Step

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
    return FineRange(low, high, Sheet("罚款金额", inputs, (Step("范围", "", words, rule.source),), words, (rule,)))


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
class DetentionEnd:
    """``ends_at`` is the same hour ``days`` later; ``family_by`` the latest moment to tell the family."""

    ends_at: datetime
    family_by: datetime
    sheet: Sheet


def detention_end(book: LawBook, starts_at: datetime, days: int) -> DetentionEnd:
    """The end of a detention of ``days`` begun at ``starts_at``; Refusal ``detention.days`` beyond the longest."""
    on = _day(starts_at)
    longest, family = book.value("detention.max", on), book.value("deadline.detention_family", on)
    if not 1 <= days <= longest.value:
        raise Refusal(
            f"拘留期限应为1至{longest.value}日，不能定为{days}日（{longest.source}）。", code="detention.days"
        )
    ends_at = starts_at + timedelta(days=days)
    family_by = hours_end(starts_at, family.value)
    steps = (
        Step("期满", f"{_moment(starts_at)}加{days}日", _moment(ends_at), longest.source),
        Step("通知家属", f"{family.value}小时内", _moment(family_by), family.source),
    )
    inputs = (("开始", _moment(starts_at)), ("期限", f"{days}日"))
    basis = (longest, family, book.value("convention.detention_end", on))
    return DetentionEnd(ends_at, family_by, Sheet("拘留期限", inputs, steps, f"期满 {_moment(ends_at)}", basis))


def detention_bar(book: LawBook, subjects: Iterable[str], permitted: bool, on: date) -> None:
    """Refuse ``detention.deputy`` where a deputy (「人大代表」) is to be detained and no permit is recorded."""
    if "人大代表" in subjects and not permitted:
        rule = book.value("special.deputy_detention", on)
        raise Refusal(
            "被拘留人是人大代表，须先取得许可（乡镇代表执行后立即报告），请登记许可文号后再办。",
            code="detention.deputy", clauses=(Clause(str(rule.value), rule.source),),
            ways=(WayOn("登记许可", "detention.permit"),),
        )  # fmt: skip


@dataclass(frozen=True)
class SummonsClock:
    """The clock of an interview after compulsory summons: until when, and minutes left at the moment asked for."""

    until: datetime
    minutes_left: int
    sheet: Sheet

    @property
    def overdue(self) -> bool:
        """Whether the time has passed; the last minute itself is in time."""
        return self.minutes_left < 0


def summons_clock(book: LawBook, arrived_at: datetime, now: datetime, *, complicated: bool = False) -> SummonsClock:
    """Elapsed time from the recorded arrival; ``complicated`` where the case is and detention may follow."""
    on = _day(arrived_at)
    rule = book.value("summons.interview_max" + ("_complex" if complicated else ""), on)
    until = hours_end(arrived_at, rule.value)
    left = (until - now) // timedelta(minutes=1)
    step = Step("最迟结束", f"{_moment(arrived_at)}加{rule.value}小时", _moment(until), rule.source)
    inputs = (("到达", _moment(arrived_at)), ("现在", _moment(now)))
    result = f"最迟{_moment(until)}，" + (f"剩余{left}分钟" if left >= 0 else f"已超过{-left}分钟")
    return SummonsClock(
        until, left, Sheet("拘传询问时间", inputs, (step,), result, (rule, book.value("convention.summons_clock", on)))
    )


def reconsider_by(book: LawBook, received_on: date) -> tuple[date, DatedValue]:
    """The nominal last day to ask the upper court to reconsider a fine or detention."""
    term = book.value("deadline.fine_detention_reconsider", received_on)
    return add_days(received_on, term.value), term


def _day(moment: datetime) -> date:
    return (moment + CHINA).date()


def _moment(moment: datetime) -> str:
    local = moment + CHINA
    return f"{day_text(local.date())}{local.hour}时{local.minute:02d}分"
