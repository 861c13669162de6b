"""Indicators D05, D06, D13, D17–D20 over checks, petitions, auctions, measures, receipts, approvals and posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.days import add_days
from execdesk.law.figures import FigureItem, Indicator
from execdesk.law.indicators import Period
from execdesk.law.periods import Workdays

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

ONE = Fraction(1)
CHINA = timedelta(hours=8)


@dataclass(frozen=True)
class CheckRow:
    """A thing that was to be done or checked, and whether it was (D05, D06)."""

    name: str
    passed: bool


def quality_rate(rows: Sequence[CheckRow], sample: str = "全部") -> Indicator:
    """D05 终本合格率; ``sample`` says whether all were checked, or a sample with its random start."""
    return _passed("D05", "终本合格率", "合格终本÷检查的终本", rows, sample)


def petition_rate(rows: Sequence[CheckRow]) -> Indicator:
    """D06 执行信访办结率."""
    return _passed("D06", "执行信访办结率", "已办结÷应办结", rows, "")


@dataclass(frozen=True)
class RoundRow:
    """One round of an online auction: ``sold`` fen, or ``None`` where it failed; days of ruling and of service after."""

    lot: str
    start: int
    sold: int | None
    ruled_on: date | None = None
    served_on: date | None = None


def auction_rates(rows: Sequence[RoundRow]) -> tuple[Indicator, Indicator, Indicator, Indicator]:
    """D13: lots sold ÷ lots offered; failed rounds ÷ rounds; premium by amount; days from ruling to service."""
    lots = tuple(dict.fromkeys(row.lot for row in rows))
    sold = [(row, row.sold) for row in rows if row.sold is not None]
    days = [
        (row.lot, (row.served_on - row.ruled_on).days)
        for row, _ in sold
        if row.ruled_on is not None and row.served_on is not None
    ]
    over = tuple(FigureItem(row.lot, Fraction(price - row.start)) for row, price in sold)
    took = tuple(FigureItem(lot, Fraction(span)) for lot, span in days)
    return (
        Indicator("D13", "网拍成交率", "成交标的÷上拍标的", _ones(row.lot for row, _ in sold), _ones(lots)),
        Indicator(
            "D13",
            "网拍流拍率",
            "流拍场次÷场次",
            _ones(r.lot for r in rows if r.sold is None),
            _ones(r.lot for r in rows),
        ),
        Indicator(
            "D13",
            "网拍溢价率",
            "（成交价−起拍价）÷起拍价",
            over,
            tuple(FigureItem(r.lot, Fraction(r.start)) for r, _ in sold),
        ),
        Indicator("D13", "网拍周期", "拍卖裁定至成交裁定送达", took, _ones(lot for lot, _ in days), "天"),
    )


@dataclass(frozen=True)
class IndicatorMeasure:
    """A control measure with its recorded end; ``kept`` where it was renewed, released or disposed of in time."""

    name: str
    ends_on: date
    kept: bool


def lapse_rate(rows: Iterable[IndicatorMeasure], period: Period) -> Indicator:
    """D17 查封脱保率: ended in the period without renewal, disposal or release."""
    ended = [row for row in rows if period.first <= row.ends_on <= period.last]
    above = _ones(row.name for row in ended if not row.kept)
    return Indicator("D17", "查封脱保率", "到期未续且未处分未解除÷当期到期", above, _ones(row.name for row in ended))


@dataclass(frozen=True)
class ReceiptRow:
    """Money that arrived: day of the arrival notice, day paid out, fen; ``delayed`` with an approved ground."""

    name: str
    told_on: date
    paid_on: date | None
    fen: int
    delayed: bool = False


def payout_rate(book: LawBook, rows: Iterable[ReceiptRow], cut_off: date) -> tuple[Indicator, tuple[FigureItem, ...]]:
    """D18 案款30日发放率 over receipts whose term has ended or that were paid, and what is overdue (fen)."""
    chosen, timely, overdue = [], [], []
    for row in rows:
        if row.delayed or row.told_on > cut_off:
            continue
        last = add_days(row.told_on, book.value("deadline.payment_distribution", row.told_on).value)
        paid = row.paid_on is not None and row.paid_on <= cut_off
        if paid or last < cut_off:
            chosen.append(row.name)
        if paid and row.paid_on is not None and row.paid_on <= last:
            timely.append(row.name)
        if not paid and last < cut_off:
            overdue.append(FigureItem(row.name, Fraction(row.fen)))
    return Indicator("D18", "案款30日发放率", "期限内发放笔数÷应发笔数", _ones(timely), _ones(chosen)), tuple(overdue)


@dataclass(frozen=True)
class ApprovalRow:
    """From submission to decision (aware UTC); ``transit`` are spans in which a package was on its way, shown apart."""

    name: str
    level: str
    desk: str
    submitted_at: datetime
    decided_at: datetime
    transit: tuple[tuple[datetime, datetime], ...] = ()


Hours = Sequence[tuple[time, time]]


def approval_hours(
    rows: Iterable[ApprovalRow], calendar: Workdays, hours: Hours
) -> Mapping[tuple[str, str], tuple[Indicator, Indicator]]:
    """D19 审批用时 by level and desk: mean working hours without transit, and those in transit."""
    groups: dict[tuple[str, str], list[tuple[FigureItem, FigureItem]]] = {}
    for row in rows:
        whole = working_time(row.submitted_at, row.decided_at, calendar, hours)
        away = sum((working_time(*span, calendar, hours) for span in row.transit), timedelta(0))
        pair = (FigureItem(row.name, _hours(whole - away)), FigureItem(row.name, _hours(away)))
        groups.setdefault((row.level, row.desk), []).append(pair)
    return {key: (_mean("审批用时", [net for net, _ in pairs]), _mean("离线传递用时", [way for _, way in pairs]))
            for key, pairs in groups.items()}  # fmt: skip


def _mean(title: str, items: Sequence[FigureItem]) -> Indicator:
    formula = f"Σ{title}（工作时间）÷件数"
    return Indicator("D19", title, formula, tuple(items), _ones(item.name for item in items), "小时")


def _hours(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(seconds=1), 3600)


def working_time(begin: datetime, end: datetime, calendar: Workdays, hours: Hours) -> timedelta:
    """Time between two moments that falls into ``hours`` (UTC+8) of workdays; unpublished days count by weekday."""
    first, last = (begin + CHINA).replace(tzinfo=None), (end + CHINA).replace(tzinfo=None)
    total, day = timedelta(0), first.date()
    while day <= last.date():
        works = calendar.is_workday(day)
        if works or (works is None and day.weekday() < 5):
            for opens, closes in hours:
                part = min(last, datetime.combine(day, closes)) - max(first, datetime.combine(day, opens))
                total += max(timedelta(0), part)
        day = add_days(day, 1)
    return total


def judge_share(teams: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> tuple[Indicator, ...]:
    """D20 法官占比 of each team: (judges, all on establishment) by team name."""
    return tuple(
        Indicator("D20", "法官占比", "员额法官÷在编人员", _ones(judges), _ones(staff), reading=team)
        for team, (judges, staff) in teams.items()
    )


def _passed(number: str, title: str, formula: str, rows: Sequence[CheckRow], reading: str) -> Indicator:
    above = _ones(row.name for row in rows if row.passed)
    return Indicator(number, title, formula, above, _ones(row.name for row in rows), reading=reading)


def _ones(names: Iterable[str]) -> tuple[FigureItem, ...]:
    return tuple(FigureItem(name, ONE) for name in names)
