"""Interest for delayed performance: both regimes, part payments, exclusions, general interest by segments.

Days count by ``payment day − day before``: the first interest day is the day after the performance period ends, the
payment day counts, excluded days do not. Exact fractions inside; half a fen upwards in the totals.
Sources: 法释〔2014〕8号 第1—5、7条; 法释〔2009〕6号 for the days before 2014-08-01.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.days import Span, add_days, day_text, days_within, merge, span_text
from execdesk.law.debt import Claim, Interest, Payment, RateSegment
from execdesk.law.lookup import in_force
from execdesk.law.money import floor_fen, half_up, percent_text, yuan_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, Step

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

__all__ = ["Claim", "Interest", "Payment", "RateSegment", "delay_interest"]

RATE = "interest.delay.daily_rate"
OLD = "interest.delay.old_formula"


@dataclass
class _Run:
    """The running account while the days are walked through; all sums are exact fen."""

    book: LawBook
    claim: Claim
    spans: tuple[Span, ...]
    debt: Fraction
    general: Fraction
    general_total: Fraction
    double: Fraction = Fraction(0)
    surplus: Fraction = Fraction(0)
    double_total: Fraction = Fraction(0)
    old: list[tuple[Fraction, int]] = field(default_factory=list)  # doubled yearly rate, days, of the regime before
    steps: list[Step] = field(default_factory=list)
    basis: list[DatedValue] = field(default_factory=list)

    def use(self, key: str, on: date) -> DatedValue:
        """The figure in force, noted once for the sheet."""
        value = self.book.value(key, on)
        if value not in self.basis:
            self.basis.append(value)
        return value

    def text(self, fen: Fraction | int) -> str:
        """A sum in the currency of the claim."""
        return yuan_text(fen).replace("元", self.claim.currency)


def delay_interest(book: LawBook, claim: Claim) -> Interest:
    """The interest on ``claim`` from the day after its period until ``claim.until``, line by line.

    Refusals: ``interest.amount``, ``interest.days`` for sums or days that cannot be, ``interest.benchmark`` where days
    before 2014-08-01 lack a benchmark rate, ``interest.formula`` where a correction of their formula lacks the multiple, ``law.not_in_force`` before 2009-05-18.
    """
    _check(claim)
    due = Fraction(claim.general_due)
    run = _Run(book, claim, merge(claim.excluded), Fraction(claim.debt), due, due)
    payments = {day: sum(p.fen for p in claim.payments if p.day == day) for day in {p.day for p in claim.payments}}
    last = claim.period_end
    for day in _cuts(book, claim):
        _accrue(run, last, day)
        if day in payments:
            _pay(run, day, payments[day])
        last = day
    _settle_old(run)
    return _result(run)


def _check(claim: Claim) -> None:
    if claim.debt <= 0 or claim.general_due < 0 or any(p.fen <= 0 for p in claim.payments):
        raise Refusal("债务和还款金额都应大于零，请核对。", code="interest.amount")
    if claim.until < claim.period_end:
        raise Refusal(
            f"截止日{day_text(claim.until)}早于履行期间届满日{day_text(claim.period_end)}，没有迟延。",
            code="interest.days",
        )
    if any(not claim.period_end < p.day <= claim.until for p in claim.payments):
        raise Refusal("还款日应晚于履行期间届满日，且不晚于截止日；届满前已还的请从债务中减去。", code="interest.days")


def _cuts(book: LawBook, claim: Claim) -> list[date]:
    """The days on which a line of the sheet ends: payments, changes of rate, change of regime, the last day."""
    cuts = {claim.until} | {p.day for p in claim.payments}
    cuts |= {add_days(segment.since, -1) for segment in (*claim.general, *claim.benchmark)}
    cuts |= {add_days(v.valid_from, -1) for v in book.history(RATE) if v.valid_from is not None}
    return sorted(day for day in cuts if claim.period_end < day <= claim.until)


def _accrue(run: _Run, last: date, day: date) -> None:
    """Interest of the days after ``last`` up to and including ``day``; the rates do not change among them."""
    days = (day - last).days - days_within(run.spans, last, day)
    first = add_days(last, 1)
    label = f"{day_text(first)}至{day_text(day)}"
    if days < (day - last).days:
        label += f"（扣除{(day - last).days - days}天）"
    if not in_force(run.book, RATE, first):
        _accrue_old(run, label, first, days)
        return
    rate = run.use(RATE, first)
    double = run.debt * Fraction(rate.value) * days
    run.double += double
    run.double_total += double
    working = f"{run.text(run.debt)} × {percent_text(Fraction(rate.value))} × {days}天"
    run.steps.append(Step(f"{label}加倍部分", working, run.text(double), rate.source))
    annual = _rate_on(run.claim.general, first)
    if annual:
        # 一般债务利息 follows the document, which knows no exclusion: it runs through suspended days as well
        whole = (day - last).days
        interest = run.debt * annual * whole / run.claim.year_days
        run.general += interest
        run.general_total += interest
        working = f"{run.text(run.debt)} × {percent_text(annual)} ÷ {run.claim.year_days} × {whole}天"
        run.steps.append(Step(f"{day_text(first)}至{day_text(day)}一般利息", working, run.text(interest)))


def _accrue_old(run: _Run, label: str, first: date, days: int) -> None:
    """Before 2014-08-01 interest belongs to the debt repaid: the doubled rates are gathered until a payment asks."""
    formula = run.use(OLD, first)
    annual = _rate_on(run.claim.benchmark, first)
    if not annual:
        raise Refusal(f"{day_text(first)}适用旧法，请填写当时的同期贷款基准利率。", code="interest.benchmark")
    times = re.search(r"× (\d+) ×", formula.value)
    if times is None:  # a correction may have put other words there
        raise Refusal(
            f"「{formula.name}」写作「{formula.value}」，其中没有倍数，无法计算，请更正该参数。", code="interest.formula"
        )
    run.old.append((annual * int(times[1]), days))
    run.steps.append(Step(f"{label}旧法", f"{percent_text(annual)} × {times[1]} × {days}天 ÷ {run.claim.year_days}",
                          f"每元债务{percent_text(annual * int(times[1]) * days / run.claim.year_days)}", formula.source))  # fmt: skip
    if _rate_on(run.claim.general, first):  # the doubled rate is all the interest there is
        run.steps.append(Step(f"{label}一般利息", "旧法加倍的利息已包括在内", "不另计", formula.source))


def _old_share(run: _Run) -> Fraction:
    """Interest per fen of debt under the old formula so far."""
    return sum((rate * days / run.claim.year_days for rate, days in run.old), Fraction(0))


def _settle_old(run: _Run) -> None:
    """At the change of regime, and at the end, the old interest on what is unpaid becomes a sum of its own."""
    if not run.old:
        return
    interest = run.debt * _old_share(run)
    run.double += interest
    run.double_total += interest
    working = f"{run.text(run.debt)} × {percent_text(_old_share(run))}"
    run.steps.append(Step("旧法期间未清偿部分的利息", working, run.text(interest)))
    run.old.clear()


def _pay(run: _Run, day: date, fen: int) -> None:
    """Under the old formula debt and its interest are paid in proportion; later the debt first, then the double part."""
    label = f"{day_text(day)}给付{run.text(fen)}"
    if run.old and not in_force(run.book, RATE, day):
        run.surplus += _pay_old(run, label, Fraction(fen))
        return
    _settle_old(run)
    source = run.use("interest.delay.order", day).source
    pots = ["general", "debt"] if run.claim.general_first else ["debt", "general"]
    left, cleared = _clear(run, (*pots, "double"), Fraction(fen))
    run.steps.append(
        Step(label, "清偿顺序", "清偿" + "、".join(cleared) if cleared else "债务已清，全部为余款", source)
    )
    run.surplus += left


def _pay_old(run: _Run, label: str, left: Fraction) -> Fraction:
    """Debt and its interest in proportion, after the general interest due or before it; give back what is left."""
    left, cleared = _clear(run, ("general",) if run.claim.general_first else (), left)
    part = min(run.debt, left / (1 + _old_share(run)))
    interest = part * _old_share(run)
    run.debt -= part
    run.double_total += interest
    cleared.append(f"债务{run.text(part)}、利息{run.text(interest)}")
    left, rest = _clear(run, ("general",), left - part - interest)
    run.steps.append(Step(label, "旧法本息并还", "清偿" + "、".join(cleared + rest)))
    return left


def _clear(run: _Run, pots: Sequence[str], left: Fraction) -> tuple[Fraction, list[str]]:
    """Pay ``pots`` one after the other; what is left, and what was paid in words."""
    cleared = []
    for pot in pots:
        part = min(left, getattr(run, pot))
        if part:
            setattr(run, pot, getattr(run, pot) - part)
            left -= part
            cleared.append(f"{POTS[pot]}{run.text(part)}")
    return left, cleared


POTS = {"general": "一般利息", "debt": "债务", "double": "加倍部分"}


def _rate_on(segments: Sequence[RateSegment], day: date) -> Fraction:
    rates = [s.rate for s in sorted(segments, key=lambda s: s.since) if s.since <= day]
    return rates[-1] if rates else Fraction(0)


def _result(run: _Run) -> Interest:
    left = {pot: half_up(getattr(run, pot)) for pot in POTS}
    surplus = floor_fen(run.surplus)
    result = (
        f"加倍部分债务利息{run.text(half_up(run.double_total))}，一般债务利息{run.text(half_up(run.general_total))}；"
        f"尚欠债务{run.text(left['debt'])}、一般利息{run.text(left['general'])}、加倍部分{run.text(left['double'])}"
    )
    result += f"；多付{run.text(surplus)}" if surplus else ""
    cny = _in_yuan(run)
    result += f"；加倍部分折合人民币{yuan_text(cny)}" if cny is not None else ""
    for key in ("daycount.interest_days", "interest.rounding"):
        if in_force(run.book, key, run.claim.until):
            run.use(key, run.claim.until)
    sheet = Sheet("迟延履行期间的债务利息", _inputs(run), tuple(run.steps), result, tuple(run.basis))
    return Interest(
        run.double_total, run.general_total, left["debt"], left["double"], left["general"], surplus, cny, sheet
    )


def _inputs(run: _Run) -> tuple[tuple[str, str], ...]:
    claim = run.claim
    inputs = [
        ("债务（不含一般利息）", run.text(claim.debt)),
        ("履行期间届满日", day_text(claim.period_end)),
        ("计算至", day_text(claim.until)),
    ]
    inputs += [("已到期的一般利息", run.text(claim.general_due))] if claim.general_due else []
    inputs += [("一般利息年利率", f"{day_text(g.since)}起{percent_text(g.rate)}") for g in claim.general]
    inputs += [("同期贷款基准利率", f"{day_text(g.since)}起{percent_text(g.rate)}") for g in claim.benchmark]
    if claim.general or claim.general_due:
        order = ("一般利息", "债务") if claim.general_first else ("债务", "一般利息")
        inputs.append(("给付的抵充", f"先{order[0]}，后{order[1]}（另有约定的从约定）"))
    inputs += [("给付", f"{day_text(p.day)} {run.text(p.fen)}") for p in claim.payments]
    inputs += [("扣除", span_text(span)) for span in run.spans]
    inputs += [("一年的天数", str(claim.year_days))] if claim.general or claim.benchmark else []
    return tuple(inputs)


def _in_yuan(run: _Run) -> int | None:
    """The double part in yuan at the middle rate of the first interest day, where the applicant elects so."""
    rate = run.claim.cny_rate
    if rate is None:
        return None
    rule = run.use("interest.currency_foreign", add_days(run.claim.period_end, 1))
    # 第5条 converts the debt first: what is rounded to the cent of the foreign currency must not be converted again
    fen = half_up(run.double * rate)
    figures = format(Decimal(rate.numerator) / rate.denominator, "f")
    working = f"{run.text(run.double)} × {figures}（起算之日中间价）"
    run.steps.append(Step("折合人民币", working, yuan_text(fen), rule.source))
    return fen
