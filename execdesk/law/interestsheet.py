"""The running account of a debt in delay while its days are walked through, and the sheet that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.days import Span, add_days, day_text, span_text
from execdesk.law.debt import Claim, Interest, RateSegment
from execdesk.law.lookup import in_force
from execdesk.law.money import half_up, money_text, percent_text, rounded_to_sum, yuan_text
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

RATE = "interest.delay.daily_rate"
OLD = "interest.delay.old_formula"
TIMES = "interest.rounding_times"
EACH_SEGMENT = "每段一次"
POTS = {"debt": "债务", "general": "一般利息", "double": "加倍部分"}


@dataclass
class InterestAccount:
    """What is owed so far, all in exact fen: of the debt fallen due, of general interest, of the double part."""

    book: LawBook
    claim: Claim
    spans: tuple[Span, ...]
    debt: Fraction = field(init=False)
    general: Fraction = field(init=False)
    general_total: Fraction = field(init=False)
    double: Fraction = Fraction(0)
    double_total: Fraction = Fraction(0)
    surplus: Fraction = Fraction(0)
    old: list[tuple[Fraction, int]] = field(default_factory=list)  # doubled yearly rate, days, of the regime before
    steps: list[SheetStep] = field(default_factory=list)
    basis: list[DatedValue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.debt = Fraction(self.claim.debt)
        self.general = self.general_total = Fraction(self.claim.general_due)

    def use(self, key: str, on: date) -> DatedValue:
        """The figure in force, noted once for the sheet."""
        value = self.book.value(key, on)
        self.note(value)
        return value

    def note(self, value: DatedValue) -> None:
        """Note a figure for the sheet, once."""
        if value not in self.basis:
            self.basis.append(value)

    def text(self, fen: Fraction | int) -> str:
        """A sum in the currency of the claim."""
        return money_text(fen, self.claim.currency)

    def rounded(self, interest: Fraction) -> Fraction:
        """The interest of one segment: exact, or in whole fen where the court reads it so."""
        if self.use(TIMES, self.claim.until).value != EACH_SEGMENT:
            return interest
        return Fraction(half_up(interest))


def interest_of(run: InterestAccount) -> Interest:
    """What is owed at the end: totals rounded once, their parts so that they add up to them."""
    left = dict(zip(POTS, rounded_to_sum(tuple(getattr(run, pot) for pot in POTS)), strict=True))
    general, double = _arisen(run, left)
    due = run.claim.debt + sum(part.fen for part in run.claim.instalments if part.due <= run.claim.until)
    surplus = sum(p.fen for p in run.claim.payments) + sum(left.values()) - due - general - double
    cny = _in_yuan(run)
    for key in ("daycount.interest_days", "interest.rounding"):
        if in_force(run.book, key, run.claim.until):
            run.use(key, run.claim.until)
    result = _result(run, double, general, left, surplus) + (f"；加倍部分折合人民币{yuan_text(cny)}" if cny is not None else "")
    sheet = Sheet("迟延履行期间的债务利息", _inputs(run), tuple(run.steps), result, tuple(run.basis))
    return Interest(
        run.double_total, run.general_total, double, general, left["debt"], left["double"], left["general"], surplus, cny, sheet
    )


def _arisen(run: InterestAccount, left: dict[str, int]) -> tuple[int, int]:
    """General interest and double part that arose: neither less than what is left of it, nor another where none was paid."""
    general, double = rounded_to_sum((run.general_total, run.double_total))
    most = general + double - left["general"]
    low = left["double"] if run.general_total > run.general else most
    high = most if run.double_total > run.double else left["double"]
    double_part = min(max(double, low), high)
    return general + double - double_part, double_part


def _result(run: InterestAccount, double: int, general: int, left: dict[str, int], surplus: int) -> str:
    result = (
        f"加倍部分债务利息{run.text(double)}，一般债务利息{run.text(general)}；"
        f"尚欠债务{run.text(left['debt'])}、一般利息{run.text(left['general'])}、加倍部分{run.text(left['double'])}，"
        f"合计{run.text(sum(left.values()))}"
    )
    return result + (f"；多付{run.text(surplus)}" if surplus else "")


def _inputs(run: InterestAccount) -> tuple[tuple[str, str], ...]:
    claim = run.claim
    inputs = [
        ("债务（不含一般利息）", run.text(claim.debt)),
        ("履行期间届满日", day_text(claim.period_end)),
        ("计算至", day_text(claim.until)),
    ]
    for number, part in enumerate(claim.instalments, 2):
        waits = "（尚未到期，不计入）" if part.due > claim.until else ""
        inputs.append((f"第{number}期", f"{day_text(part.due)}届满 {run.text(part.fen)}{waits}"))
    inputs += [("已到期的一般利息", run.text(claim.general_due))] if claim.general_due else []
    inputs += [("一般利息年利率", _rate_text(segment)) for segment in claim.general]
    inputs += [("同期贷款基准利率", _rate_text(segment)) for segment in claim.benchmark]
    if claim.general or claim.general_due:
        order = ("一般利息", "债务") if claim.general_first else ("债务", "一般利息")
        inputs.append(("给付的抵充", f"先{order[0]}，后{order[1]}（另有约定的从约定）"))
    inputs += [("给付", f"{day_text(p.day)} {run.text(p.fen)}") for p in claim.payments]
    inputs += [("扣除", span_text(span)) for span in run.spans]
    inputs += [("一年的天数", str(claim.year_days))] if claim.general or claim.benchmark else []
    return tuple(inputs)


def _rate_text(segment: RateSegment) -> str:
    name = f"（{segment.figure.name}）" if segment.figure else ""
    return f"{day_text(segment.since)}起{percent_text(segment.rate)}{name}"


def _in_yuan(run: InterestAccount) -> int | None:
    """The double part in yuan at the middle rate of the first interest day, where the applicant elects so."""
    rate = run.claim.cny_rate
    if rate is None:
        return None
    rule = run.use("interest.currency_foreign", add_days(run.claim.period_end, 1))
    # 第5条 converts the debt first: what is rounded to the cent of the foreign currency must not be converted again
    fen = half_up(run.double * rate)
    figures = format(Decimal(rate.numerator) / rate.denominator, "f")
    working = f"{run.text(run.double)} × {figures}（起算之日中间价）"
    run.steps.append(SheetStep("折合人民币", working, yuan_text(fen), rule.source))
    return fen
