"""What an indicator is: a figure with the lists behind its numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from execdesk.law.money import half_up


@dataclass(frozen=True)
class FigureItem:
    """One entry of a list with what it adds (1 for a count, fen, days …)."""

    name: str
    amount: Fraction


@dataclass(frozen=True)
class Indicator:
    """A figure with its formula and both lists. ``unit`` is ``%``, ``天``, ``小时``, ``件`` or empty."""

    id: str
    title: str
    formula: str
    numerator: tuple[FigureItem, ...]
    denominator: tuple[FigureItem, ...]
    unit: str = "%"
    reading: str = ""
    money: bool = False  # the lists hold fen

    @property
    def value(self) -> Fraction | None:
        """The exact ratio, ``None`` over nothing."""
        below = sum((item.amount for item in self.denominator), Fraction(0))
        return sum((item.amount for item in self.numerator), Fraction(0)) / below if below else None

    @property
    def text(self) -> str:
        """The figure half-up to two places: 88.89%, 108.75天; 「—」 over nothing."""
        return ratio_text(self.value, self.unit)


def ratio_text(value: Fraction | None, unit: str) -> str:
    """``value`` half-up to two places with its unit; percentages are multiplied by 100."""
    if value is None:
        return "—"
    scaled = half_up(abs(value) * (10000 if unit == "%" else 100))
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{scaled // 100}.{scaled % 100:02d}{unit}"
