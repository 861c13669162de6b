"""Exact money: fractions of a fen inside, half-up at the end, ratios as the data file writes them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from execdesk.law.numerals import amount_in_list

_PLACES = 6


def half_up(exact: Fraction) -> int:
    """Whole fen, half a fen upwards (never negative money)."""
    return floor(exact + Fraction(1, 2))


def ceil_fen(exact: Fraction) -> int:
    """The least whole fen that is not below ``exact``: for 「不得低于」."""
    return ceil(exact)


def floor_fen(exact: Fraction) -> int:
    """The greatest whole fen that is not above ``exact``: for 「不得高于」."""
    return floor(exact)


def rounded_to_sum(parts: Sequence[Fraction]) -> list[int]:
    """``parts`` in whole fen that add up to their exact sum rounded once, half a fen upwards.

    Each is rounded down; the fen left over go to the largest remainders, ties to the earlier.
    """
    shares = [floor(part) for part in parts]
    byrest = sorted(range(len(parts)), key=lambda i: (shares[i] - parts[i], i))
    for i in byrest[: half_up(sum(parts, Fraction(0))) - sum(shares)]:
        shares[i] += 1
    return shares


def money_text(fen: Fraction | int, currency: str = "元") -> str:
    """A sum in its currency: 1,234.56元, 1,234.56美元."""
    return yuan_text(fen).removesuffix("元") + currency


def yuan_text(fen: Fraction | int) -> str:
    """1,234.56元; parts of a fen are shown to six places of a yuan, 「约」 where that is not the whole of it."""
    exact = Fraction(fen)
    if exact.denominator == 1:
        return amount_in_list(int(exact)) + "元"
    scaled = half_up(exact * 10 ** (_PLACES - 2))
    whole, rest = divmod(scaled, 10**_PLACES)
    digits = f"{rest:0{_PLACES}d}".rstrip("0").ljust(2, "0")
    about = "约" if Fraction(scaled, 10 ** (_PLACES - 2)) != exact else ""
    return f"{about}{whole:,}.{digits}元"


def percent_text(ratio: Fraction | str) -> str:
    """1.5%, 0.0175%; a figure of the book may be given as it stands there, ``"0.0175"``."""
    exact = Fraction(ratio) * 100
    scaled = half_up(exact * 10**_PLACES)
    whole, rest = divmod(scaled, 10**_PLACES)
    digits = f"{rest:0{_PLACES}d}".rstrip("0")
    return f"{whole}.{digits}%" if digits else f"{whole}%"
