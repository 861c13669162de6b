"""Indicators over cases; those that need stops, extensions or how a debt was performed wait until a case keeps these."""

from __future__ import annotations

from execdesk.access.session import holders_of
from execdesk.figures.register import FigureFacts, figure
from execdesk.law import indicators
from execdesk.law.figures import Indicator


@figure
def closing_rate(facts: FigureFacts) -> Indicator:
    """D01 结案率."""
    return indicators.closing_rate(facts.cases, facts.period)


@figure
def overall_rate(facts: FigureFacts) -> Indicator:
    """D07 整体执结率, reading A: of the three years up to the cut-off."""
    return indicators.overall_rate(facts.cases, facts.period.last)


@figure
def full_rate(facts: FigureFacts) -> Indicator:
    """D08 执行完毕率."""
    return indicators.full_rate(facts.cases, facts.period)


@figure
def recovery_rate(facts: FigureFacts) -> Indicator:
    """D09 执行到位率 over closed cases."""
    return indicators.recovery_rate(facts.cases, facts.period)


@figure
def recovery_rate_handled(facts: FigureFacts) -> Indicator:
    """D09 执行到位率 over all cases handled in the period."""
    return indicators.recovery_rate(facts.cases, facts.period, accepted=True)


@figure
def this_round_rate(facts: FigureFacts) -> Indicator:
    """D10 首执终本率."""
    return indicators.this_round_rate(facts.cases, facts.period)


@figure
def average_days(facts: FigureFacts) -> Indicator:
    """D11 结案平均用时, nothing deducted."""
    return indicators.average_days(facts.cases, facts.period)


@figure
def average_days_full(facts: FigureFacts) -> Indicator:
    """D12 执行完毕案件平均用时, nothing deducted."""
    return indicators.average_days_full(facts.cases, facts.period)


@figure
def per_judge(facts: FigureFacts) -> Indicator:
    """D15 人均结案 by the judges in post at the cut-off."""
    judges = [person.name for person in holders_of("judge", facts.period.last)]
    return indicators.per_judge(facts.cases, facts.period, judges)


@figure
def progress(facts: FigureFacts) -> Indicator:
    """D15b 结案进度 of the cut-off's year, up to its month."""
    return indicators.progress(facts.cases, facts.period.last.year, facts.period.last.month)


@figure
def clearance(facts: FigureFacts) -> Indicator:
    """D16 清案率."""
    return indicators.clearance(facts.cases, facts.period)


@figure
def disposition_time(facts: FigureFacts) -> Indicator:
    """D16 处理时间 in days of the period."""
    return indicators.disposition_time(facts.cases, facts.period, days=(facts.period.last - facts.period.first).days + 1)
