"""Indicators D01–D16 over plain case rows: every figure with the lists behind its numerator and denominator.

A ratio over nothing has no value (shown 「—」). Scope, cut-off and the choice of each open reading are arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.closing import closing_due
from execdesk.law.days import add_days, add_months
from execdesk.law.figures import FigureItem, Indicator

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

FULL, THIS_ROUND, WITHDRAWN = "执行完毕", "终结本次执行程序", "销案"
FIRST = frozenset({"执"})
WITH_RESUMED = frozenset({"执", "执恢"})
OUTSIDE_PER_JUDGE = frozenset({"执恢", "执保"})


@dataclass(frozen=True)
class IndicatorCase:
    """One case as the statistics see it; money in fen, ``deducted`` days, ``extended`` months added to the term."""

    name: str
    type_code: str
    filed_on: date
    closed_on: date | None = None
    mode: str = ""
    claim: int = 0
    recovered: int = 0
    has_property: bool = False
    deducted: int = 0
    extended: int = 0
    manner: str = ""  # of a full performance: 强制执行, 自动履行, 和解履行
    judge: str = ""
    kind: str = "money"


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, both included; ``last`` is the cut-off."""

    first: date
    last: date

    def closed(self, row: IndicatorCase) -> bool:
        """Whether the case was closed in the period."""
        return row.closed_on is not None and self.first <= row.closed_on <= self.last

    def handled(self, row: IndicatorCase) -> bool:
        """Whether it was open at the beginning or filed in the period."""
        return row.filed_on <= self.last and (row.closed_on is None or row.closed_on >= self.first)


def closing_rate(rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST) -> Indicator:
    """D01 结案率."""
    handled = [row for row in _scoped(rows, scope) if period.handled(row)]
    return _count("D01", "结案率", "期内结案÷（旧存＋新收）", filter(period.closed, handled), handled)


def actual_rate(rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST) -> Indicator:
    """D02 实际执行率（2008口径）: performed by force, of the debtor's own accord or by settlement."""
    closed = _closed(rows, period, scope)
    return _count(
        "D02",
        "实际执行率",
        "（强制执行＋自动履行＋和解履行）结案÷执行结案",
        filter(_performed, closed),
        closed,
        "2008口径",
    )


def actual_recovery(rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST) -> Indicator:
    """D03 执行标的到位率（2008口径）."""
    closed = _closed(rows, period, scope)
    paid = _items(filter(_performed, closed), _recovered)
    return Indicator(
        "D03", "执行标的到位率", "三类到位金额÷执结案件申请标的金额", paid, _items(closed, _claim), reading="2008口径", money=True
    )


def timely_actual(
    book: LawBook, rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST, *,
    actual: Collection[str] = frozenset({FULL}), unfinished: bool = True,
) -> Indicator:  # fmt: skip
    """D04 有财产可供执行案件法定期限内实际执结率; ``unfinished`` counts open cases past their term below as well."""
    having = [row for row in _scoped(rows, scope) if row.has_property and period.handled(row)]
    below = [row for row in having if period.closed(row) or (unfinished and due_on(book, row) < period.last)]
    above = [row for row in below if period.closed(row) and row.mode in actual and in_time(book, row)]
    reading = "应结＝已结＋期满未结" if unfinished else "应结＝已结"
    formula = "有财产且法定期限内实际执结÷有财产应结"
    return _count("D04", "有财产可供执行案件法定期限内实际执结率", formula, above, below, reading)


def overall_rate(rows: Iterable[IndicatorCase], last: date, years: int = 3, scope: Collection[str] = FIRST) -> Indicator:
    """D07 整体执结率, reading A: closed of what was accepted in the ``years`` up to ``last``."""
    period = Period(add_days(add_months(last, -12 * years), 1), last)
    accepted = [row for row in _scoped(rows, scope) if period.first <= row.filed_on <= last]
    return _count(
        "D07", "整体执结率", f"{years}年执结÷{years}年受理", filter(period.closed, accepted), accepted, "口径甲"
    )


def overall_rate_sum(this_round: Indicator, timely: Indicator) -> tuple[Fraction | None, str]:
    """D07 reading B: 终本结案率＋期限内实际执结率, the sum of two ratios with different denominators."""
    value = None if this_round.value is None or timely.value is None else this_round.value + timely.value
    return value, "口径乙：终本结案率＋期限内实际执结率"


def full_rate(
    rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST, *, withdrawn: bool = True
) -> Indicator:
    """D08 执行完毕率; ``withdrawn`` keeps 销案 in the denominator (a printed choice)."""
    return _mode_rate("D08", "执行完毕率", FULL, rows, period, scope, withdrawn)


def this_round_rate(
    rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST, *, withdrawn: bool = True
) -> Indicator:
    """D10 首执终本率; ``withdrawn`` keeps 销案 in the denominator."""
    return _mode_rate("D10", "首执终本率", THIS_ROUND, rows, period, scope, withdrawn)


def recovery_rate(
    rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST, *, accepted: bool = False
) -> Indicator:
    """D09 执行到位率 over closed cases, or with ``accepted`` over all handled ones."""
    chosen = [row for row in _scoped(rows, scope) if (period.handled if accepted else period.closed)(row)]
    reading = "受理口径" if accepted else "结案口径"
    return Indicator(
        "D09", "执行到位率", "到位金额÷申请标的", _items(chosen, _recovered), _items(chosen, _claim), reading=reading, money=True
    )


def average_days(
    rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST, *, net: bool = False
) -> Indicator:
    """D11 结案平均用时, gross or net of deducted days."""
    return _days("D11", "结案平均用时", _closed(rows, period, scope), net)


def average_days_full(
    rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST, *, net: bool = False
) -> Indicator:
    """D12 执行完毕案件平均用时."""
    return _days("D12", "执行完毕案件平均用时", [row for row in _closed(rows, period, scope) if row.mode == FULL], net)


def timely_rate(book: LawBook, rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST) -> Indicator:
    """D14 法定期限内结案率, extensions and deductions counted."""
    closed = _closed(rows, period, scope)
    return _count("D14", "法定期限内结案率", "期限内结案÷结案", [row for row in closed if in_time(book, row)], closed)


def per_judge(rows: Iterable[IndicatorCase], period: Period, judges: Sequence[str]) -> Indicator:
    """D15 人均结案 without 执恢 and 执保."""
    closed = [row for row in rows if row.type_code not in OUTSIDE_PER_JUDGE and period.closed(row)]
    below = tuple(FigureItem(judge, Fraction(1)) for judge in judges)
    return Indicator("D15", "人均结案", "结案（不含执恢执保）÷员额法官", _items(closed, _one), below, "件")


def progress(rows: Sequence[IndicatorCase], year: int, month: int, scope: Collection[str] = FIRST) -> Indicator:
    """D15b 结案进度 of ``year`` up to ``month``: closed since January over what was open at the end of November before,
    came in December, and came in January to November."""
    last = add_days(add_months(date(year, month, 1), 1), -1)
    chosen = _scoped(rows, scope)
    closed = [row for row in chosen if Period(date(year, 1, 1), last).closed(row)]
    base = Period(date(year - 1, 12, 1), date(year, 11, 30))
    return _count("D15b", "结案进度", "当月累计结案÷（上年11月底未结＋上年12月新收＋本年1–11月新收）",
                  closed, [row for row in chosen if base.handled(row)])  # fmt: skip


def clearance(rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST) -> Indicator:
    """D16 clearance rate: resolved ÷ incoming."""
    chosen = _scoped(rows, scope)
    came = [row for row in chosen if period.first <= row.filed_on <= period.last]
    return _count("D16", "清案率（CEPEJ）", "结案÷新收", filter(period.closed, chosen), came)


def disposition_time(
    rows: Iterable[IndicatorCase], period: Period, scope: Collection[str] = FIRST, days: int = 365
) -> Indicator:
    """D16 disposition time in days: pending at the end ÷ resolved × ``days`` of the period."""
    chosen = _scoped(rows, scope)
    pending = [row for row in chosen if period.handled(row) and not period.closed(row)]
    above = _items(pending, lambda row: Fraction(days))
    return Indicator(
        "D16", "处理时间（CEPEJ）", f"未结÷结案×{days}", above, _items(filter(period.closed, chosen), _one), "天"
    )


def due_on(book: LawBook, row: IndicatorCase) -> date:
    """The last day of the closing term: months from filing, the extension from there, then deducted days; never rolled."""
    return closing_due(book, row.kind, row.filed_on, extended=row.extended, deducted=row.deducted)


def in_time(book: LawBook, row: IndicatorCase) -> bool:
    """Closed on or before the due day."""
    return row.closed_on is not None and row.closed_on <= due_on(book, row)


def _scoped(rows: Iterable[IndicatorCase], scope: Collection[str]) -> list[IndicatorCase]:
    return [row for row in rows if row.type_code in scope]


def _closed(rows: Iterable[IndicatorCase], period: Period, scope: Collection[str]) -> list[IndicatorCase]:
    return [row for row in _scoped(rows, scope) if period.closed(row)]


def _performed(row: IndicatorCase) -> bool:
    return row.manner in {"强制执行", "自动履行", "和解履行"}


def _mode_rate(
    number: str, title: str, mode: str, rows: Iterable[IndicatorCase], period: Period, scope: Collection[str], withdrawn: bool
) -> Indicator:
    closed = [row for row in _closed(rows, period, scope) if withdrawn or row.mode != WITHDRAWN]
    reading = "含销案" if withdrawn else "不含销案"
    return _count(number, title, f"{mode}结案÷首执结案", [row for row in closed if row.mode == mode], closed, reading)


def _days(number: str, title: str, closed: Sequence[IndicatorCase], net: bool) -> Indicator:
    above = _items(closed, lambda row: Fraction(_taken(row) - (row.deducted if net else 0)))
    reading = "扣除后" if net else "不扣除"
    return Indicator(number, title, "Σ（结案日−立案日）÷件数", above, _items(closed, _one), "天", reading)


def _taken(row: IndicatorCase) -> int:
    assert row.closed_on is not None
    return (row.closed_on - row.filed_on).days


def _count(
    number: str, title: str, formula: str, above: Iterable[IndicatorCase], below: Iterable[IndicatorCase], reading: str = ""
) -> Indicator:
    return Indicator(number, title, formula, _items(above, _one), _items(below, _one), reading=reading)


def _items(rows: Iterable[IndicatorCase], amount: Callable[[IndicatorCase], Fraction]) -> tuple[FigureItem, ...]:
    return tuple(FigureItem(row.name, amount(row)) for row in rows)


def _one(row: IndicatorCase) -> Fraction:
    return Fraction(1)


def _claim(row: IndicatorCase) -> Fraction:
    return Fraction(row.claim)


def _recovered(row: IndicatorCase) -> Fraction:
    return Fraction(row.recovered)
