"""Values that the rules take and give: dated figures, steps of a calculation, a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class DatedValue:
    """One figure of the law for one span of days.

    ``value`` is an ``int``, ``str``, ``bool``, ``Fraction``-ready decimal text, list or table, as the data file says;
    ``unit`` names its unit; ``valid_to`` is the last day of validity, ``None`` while in force.
    """

    key: str
    value: Any
    unit: str
    valid_from: date | None
    valid_to: date | None
    source: str
    confirmed: bool
    note: str = ""
    corrected_by: str = ""  # 「局长某某 2018-02-01 更正」 where the court corrected the value by an act
    name: str = ""  # what the figure is, in Chinese
    options: tuple[str, ...] = ()  # the readings among which the court chooses; empty where any value of the unit will do
    articles: tuple[str, ...] = ()  # where it stands, as citation tokens (``INT:control_term``, ``TNR:9``)


@dataclass(frozen=True)
class SheetStep:
    """One line of a sheet: what is done, the arithmetic in words, and its result as text."""

    label: str
    working: str
    result: str
    source: str = ""


@dataclass(frozen=True)
class Sheet:
    """A calculation that a person can follow with a pocket calculator."""

    title: str
    inputs: tuple[tuple[str, str], ...]
    steps: tuple[SheetStep, ...]
    result: str
    basis: tuple[DatedValue, ...] = field(default=())

    @property
    def unconfirmed(self) -> bool:
        """Whether any figure behind the sheet is unconfirmed; then it prints 「未经核实」."""
        return any(not value.confirmed for value in self.basis)
