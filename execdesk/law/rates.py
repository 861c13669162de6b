"""Published lending rates as the law's dated figures: the benchmark rates until 2019-08-19, then the LPR of the like term.

A document that fixes interest by 同期贷款基准利率 or by the LPR is reckoned by the rate of each day; the figures are the
court's to correct.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, day_text
from execdesk.law.debt import RateSegment
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

SWITCH = "interest.general.benchmark_switch"


@dataclass(frozen=True)
class RateSeries:
    """The rates of one term of loan: its words, and the keys of its benchmark rate and of the LPR that followed."""

    title: str
    benchmark: str
    lpr: str


_ONE, _FIVE = "rate.lpr.one_year", "rate.lpr.over_five"
SERIES = {
    "half_year": RateSeries("六个月以内", "rate.benchmark.half_year", _ONE),
    "one_year": RateSeries("六个月至一年", "rate.benchmark.one_year", _ONE),
    "three_years": RateSeries("一至三年", "rate.benchmark.three_years", _ONE),
    "five_years": RateSeries("三至五年", "rate.benchmark.five_years", _ONE),
    "over_five": RateSeries("五年以上", "rate.benchmark.over_five", _FIVE),
}


def rate_segments(
    book: LawBook, name: str, since: date, until: date, times: Fraction = Fraction(1)
) -> tuple[RateSegment, ...]:
    """``times`` the published rate of the term ``name`` on each day from ``since`` to ``until``, a segment for each change.

    Refusal ``rate.unknown`` where no rate is known of a day.
    """
    series = SERIES[name]
    switch = book.history(SWITCH)[-1].value
    found: list[RateSegment] = []
    day = since
    while day <= until:
        key = series.benchmark if day < switch else series.lpr
        figure = _on(book, key, day)
        found.append(RateSegment(day, Fraction(figure.value) * times, figure))
        ends = [figure.valid_to] if figure.valid_to else []
        ends += [add_days(switch, -1)] if day < switch else []
        if not ends:
            break
        day = add_days(min(ends), 1)
    return tuple(found)


def _on(book: LawBook, key: str, day: date) -> DatedValue:
    try:
        return book.value(key, day)
    except Refusal as refusal:
        name = book.history(key)[0].name
        raise Refusal(
            f"{name}没有{day_text(day)}的数值，请自行填写分段年利率，或由局长批准补充该日的利率。", code="rate.unknown"
        ) from refusal
