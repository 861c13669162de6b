"""A money debt under enforcement and what interest on it came to: the values of the interest rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from execdesk.law.days import Span
from execdesk.law.values import DatedValue, Sheet


@dataclass(frozen=True)
class RateSegment:
    """An annual ``rate`` from ``since`` until the next segment begins; zero where the document fixes none.

    ``figure`` is the published rate behind it, where it is not the document's own.
    """

    since: date
    rate: Fraction
    figure: DatedValue | None = None


@dataclass(frozen=True)
class Payment:
    """What was paid, deducted or taken in kind, on the day that ends the interest on it."""

    day: date
    fen: int


@dataclass(frozen=True)
class Instalment:
    """A further part of the debt in fen, to be paid by ``due``: interest on it begins the day after."""

    due: date
    fen: int


@dataclass(frozen=True)
class Claim:
    """The debt of a document in fen, its period, and what happened since. ``debt`` excludes general interest.

    Where the document lets the debtor pay in parts, ``debt`` and ``period_end`` are the first, ``instalments`` the others.

    ``general`` is interest the document itself fixes; ``general_due`` what of it had accrued by ``period_end``;
    ``benchmark`` the loan rates that the regime before 2014-08-01 doubles. Annual rates are divided by ``year_days``.
    A debt in foreign ``currency`` counts hundredths of its unit; ``cny_rate`` is the middle rate of the first interest
    day, where the applicant elects yuan.
    """

    debt: int
    period_end: date
    until: date
    payments: tuple[Payment, ...] = ()
    excluded: tuple[Span, ...] = ()
    general: tuple[RateSegment, ...] = ()
    general_due: int = 0
    general_first: bool = True
    benchmark: tuple[RateSegment, ...] = ()
    year_days: int = 365
    currency: str = "元"
    cny_rate: Fraction | None = None
    instalments: tuple[Instalment, ...] = ()


@dataclass(frozen=True)
class Interest:
    """What is owed on the last day. ``*_accrued`` are the exact totals that arose, in fen; all others are whole fen.

    Each total is rounded once, of its exact sum, and its parts add up to it: ``double`` and ``general`` to all the interest
    that arose, what is left of each to ``total_left``; debt fallen due and interest are what was paid but ``surplus``, and ``total_left``.
    """

    double_accrued: Fraction
    general_accrued: Fraction
    double: int
    general: int
    debt_left: int
    double_left: int
    general_left: int
    surplus: int
    double_left_cny: int | None
    sheet: Sheet

    @property
    def total_left(self) -> int:
        """All that is still to be paid."""
        return self.debt_left + self.double_left + self.general_left
