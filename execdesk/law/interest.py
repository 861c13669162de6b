"""Interest for delayed performance: both regimes, part payments, exclusions, general interest by segments.

Days count by ``payment day − day before``: the first interest day is the day after the performance period ends, the
payment day counts, excluded days do not. Exact fractions inside; each total is rounded once, its parts so that they add up.
Sources: 法释〔2014〕8号 第1—5、7条; 法释〔2009〕6号 for the days before 2014-08-01.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, day_text, days_within, merge
from execdesk.law.debt import Claim, Instalment, Interest, Payment, RateSegment
from execdesk.law.interestsheet import OLD, POTS, RATE, InterestAccount, interest_of
from execdesk.law.lookup import in_force
from execdesk.law.money import percent_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

__all__ = ["Claim", "Instalment", "Interest", "Payment", "RateSegment", "delay_interest"]


def delay_interest(book: LawBook, claim: Claim) -> Interest:
    """The interest on ``claim`` from the day after its period until ``claim.until``, line by line.

    Refusals: ``interest.amount``, ``interest.days`` for sums or days that cannot be, ``interest.benchmark`` where days
    before 2014-08-01 lack a benchmark rate, ``interest.formula`` where a correction of their formula lacks the multiple,
    ``interest.instalments`` where another instalment falls due under that formula, ``law.not_in_force`` before 2009-05-18.
    """
    _check(claim)
    run = InterestAccount(book, claim, merge(claim.excluded))
    payments = {day: sum(p.fen for p in claim.payments if p.day == day) for day in {p.day for p in claim.payments}}
    last = claim.period_end
    for day in _cuts(book, claim):
        _accrue(run, last, day)
        for number, instalment in enumerate(claim.instalments, 2):
            if instalment.due == day:
                _fall_due(run, number, instalment)
        if day in payments:
            _pay(run, day, payments[day])
        last = day
    _settle_old(run)
    return interest_of(run)


def _check(claim: Claim) -> None:
    sums = [p.fen for p in claim.payments] + [part.fen for part in claim.instalments]
    if claim.debt <= 0 or claim.general_due < 0 or any(fen <= 0 for fen in sums):
        raise Refusal("债务、各期和还款的金额都应大于零，请核对。", code="interest.amount")
    if any(part.due <= claim.period_end for part in claim.instalments):
        raise Refusal("后续各期的届满日应晚于第一期的届满日，请把最早的一期填在「债务」和「履行期间届满日」。", code="interest.days")
    if claim.until < claim.period_end:
        raise Refusal(
            f"截止日{day_text(claim.until)}早于履行期间届满日{day_text(claim.period_end)}，没有迟延。",
            code="interest.days",
        )
    if any(not claim.period_end < p.day <= claim.until for p in claim.payments):
        raise Refusal("还款日应晚于履行期间届满日，且不晚于截止日；届满前已还的请从债务中减去。", code="interest.days")


def _cuts(book: LawBook, claim: Claim) -> list[date]:
    """The days on which a line of the sheet ends: payments, changes of rate, change of regime, the last day."""
    cuts = {claim.until} | {p.day for p in claim.payments} | {part.due for part in claim.instalments}
    cuts |= {add_days(segment.since, -1) for segment in (*claim.general, *claim.benchmark)}
    cuts |= {add_days(v.valid_from, -1) for v in book.history(RATE) if v.valid_from is not None}
    return sorted(day for day in cuts if claim.period_end < day <= claim.until)


def _accrue(run: InterestAccount, last: date, day: date) -> None:
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
    double = run.rounded(run.debt * Fraction(rate.value) * days)
    run.double += double
    run.double_total += double
    working = f"{run.text(run.debt)} × {percent_text(Fraction(rate.value))} × {days}天"
    run.steps.append(SheetStep(f"{label}加倍部分", working, run.text(double), rate.source))
    annual = _rate_on(run, run.claim.general, first)
    if annual:
        # 一般债务利息 follows the document, which knows no exclusion: it runs through suspended days as well
        whole = (day - last).days
        interest = run.rounded(run.debt * annual * whole / run.claim.year_days)
        run.general += interest
        run.general_total += interest
        working = f"{run.text(run.debt)} × {percent_text(annual)} ÷ {run.claim.year_days} × {whole}天"
        run.steps.append(SheetStep(f"{day_text(first)}至{day_text(day)}一般利息", working, run.text(interest)))


def _accrue_old(run: InterestAccount, label: str, first: date, days: int) -> None:
    """Before 2014-08-01 interest belongs to the debt repaid: the doubled rates are gathered until a payment asks."""
    formula = run.use(OLD, first)
    annual = _rate_on(run, run.claim.benchmark, first)
    if not annual:
        raise Refusal(f"{day_text(first)}适用旧法，请填写当时的同期贷款基准利率。", code="interest.benchmark")
    times = re.search(r"× (\d+) ×", formula.value)
    if times is None:  # a correction may have put other words there
        raise Refusal(
            f"「{formula.name}」写作「{formula.value}」，其中没有倍数，无法计算，请更正该参数。", code="interest.formula"
        )
    run.old.append((annual * int(times[1]), days))
    run.steps.append(SheetStep(f"{label}旧法", f"{percent_text(annual)} × {times[1]} × {days}天 ÷ {run.claim.year_days}",
                          f"每{run.claim.currency}债务{percent_text(annual * int(times[1]) * days / run.claim.year_days)}", formula.source))  # fmt: skip
    if _rate_on(run, run.claim.general, first):  # the doubled rate is all the interest there is
        run.steps.append(SheetStep(f"{label}一般利息", "旧法加倍的利息已包括在内", "不另计", formula.source))


def _old_share(run: InterestAccount) -> Fraction:
    """Interest per fen of debt under the old formula so far."""
    return sum((rate * days / run.claim.year_days for rate, days in run.old), Fraction(0))


def _settle_old(run: InterestAccount) -> None:
    """At the change of regime, and at the end, the old interest on what is unpaid becomes a sum of its own."""
    if not run.old:
        return
    interest = run.rounded(run.debt * _old_share(run))
    run.double += interest
    run.double_total += interest
    working = f"{run.text(run.debt)} × {percent_text(_old_share(run))}"
    run.steps.append(SheetStep("旧法期间未清偿部分的利息", working, run.text(interest)))
    run.old.clear()


def _fall_due(run: InterestAccount, number: int, instalment: Instalment) -> None:
    """Another instalment joins the debt at the end of its day; what was paid before it was due is set against it."""
    if run.old and not in_force(run.book, RATE, add_days(instalment.due, 1)):
        raise Refusal(
            f"第{number}期在{day_text(instalment.due)}届满，其后一段仍适用旧法，旧法的利息随所还的债务逐笔计算，请逐期分别计算。",
            code="interest.instalments",
        )
    _settle_old(run)
    before = min(run.surplus, Fraction(instalment.fen))
    run.surplus -= before
    run.debt += instalment.fen - before
    working = f"{run.text(instalment.fen)}计入债务" + (f"，已提前给付{run.text(before)}" if before else "")
    run.steps.append(SheetStep(f"{day_text(instalment.due)}第{number}期届满", working, run.text(run.debt)))


def _pay(run: InterestAccount, day: date, fen: int) -> None:
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
        SheetStep(label, "清偿顺序", "清偿" + "、".join(cleared) if cleared else "债务已清，全部为余款", source)
    )
    run.surplus += left


def _pay_old(run: InterestAccount, label: str, left: Fraction) -> Fraction:
    """Debt and its interest in proportion, after the general interest due or before it; give back what is left."""
    left, cleared = _clear(run, ("general",) if run.claim.general_first else (), left)
    part = min(run.debt, left / (1 + _old_share(run)))
    interest = part * _old_share(run)
    run.debt -= part
    run.double_total += interest
    cleared.append(f"债务{run.text(part)}、利息{run.text(interest)}")
    left, rest = _clear(run, ("general",), left - part - interest)
    run.steps.append(SheetStep(label, "旧法本息并还", "清偿" + "、".join(cleared + rest)))
    return left


def _clear(run: InterestAccount, pots: Sequence[str], left: Fraction) -> tuple[Fraction, list[str]]:
    """Pay ``pots`` one after the other; what is left, and what was paid in words."""
    cleared = []
    for pot in pots:
        part = min(left, getattr(run, pot))
        if part:
            setattr(run, pot, getattr(run, pot) - part)
            left -= part
            cleared.append(f"{POTS[pot]}{run.text(part)}")
    return left, cleared


def _rate_on(run: InterestAccount, segments: Sequence[RateSegment], day: date) -> Fraction:
    """The rate of ``day``, zero before the first; a published one is noted for the sheet."""
    found = [s for s in sorted(segments, key=lambda s: s.since) if s.since <= day]
    if not found:
        return Fraction(0)
    if found[-1].figure is not None:
        run.note(found[-1].figure)
    return found[-1].rate
