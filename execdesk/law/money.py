"""Exact money: fractions of a fen inside, half-up at the end, ratios as the data file writes them."""

from __future__ import annotations

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


def percent_text(ratio: Fraction) -> str:
    """1.5%, 0.0175%."""
    exact = ratio * 100
    scaled = half_up(exact * 10**_PLACES)
    whole, rest = divmod(scaled, 10**_PLACES)
    digits = f"{rest:0{_PLACES}d}".rstrip("0")
    return f"{whole}.{digits}%" if digits else f"{whole}%"
