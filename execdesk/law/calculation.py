"""What a calculator is: fields in, a sheet and the figures out; one declaration for command line and window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from execdesk.law.days import Span
from execdesk.law.fields import Field, read_all
from execdesk.law.money import money_text
from execdesk.law.periods import Workdays
from execdesk.law.refusal import Refusal
from execdesk.law.values import Sheet

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


@dataclass(frozen=True)
class Money:
    """An amount among the figures: whole fen (or hundredths of its ``currency``), told apart from a count."""

    fen: int
    currency: str = "元"

    @property
    def text(self) -> str:
        """1,234.56元."""
        return money_text(self.fen, self.currency)


Figure = Money | date | datetime | int | str | bool | None | tuple[Any, ...]


@dataclass(frozen=True)
class Calculation:
    """The sheet, and the figures by name for programs and for filling a case."""

    sheet: Sheet
    figures: Mapping[str, Figure]


Run = Callable[["LawBook", Workdays, dict[str, Any]], Calculation]
ON = Field("on", "计算日", "day")
BESIDE_ON = replace(ON, beside=True)
MONTHS = Field("months", "期限（月）", "count", required=False, least=1, hint="不填即按法定最长期限")
"""A term in months, wherever one is given: by whoever calculates or orders it, held there to the longest that the law allows."""


def alone(one: Any) -> Any:
    """An entry of one part is that part."""
    return one


def spans(name: str, label: str) -> Field:
    """Several spans of days, or none."""
    return Field(name, label, "group", required=False, of=(Field("first", "自", "day"), Field("last", "至", "day")), between=("..",), makes=Span)


EXCLUDED = spans("excluded", "扣除的期间")


@dataclass(frozen=True)
class Calculator:
    """One calculator: its fields in the order shown, and the rule behind it."""

    id: str
    title: str
    fields: tuple[Field, ...]
    rule: Run

    def compute(self, book: LawBook, calendar: Workdays, values: Mapping[str, str]) -> Calculation:
        """Read ``values`` (texts as typed, by field id) and calculate; Refusals name the field or the rule."""
        given = read_all(self.fields, values)
        try:
            return self.rule(book, calendar, given)
        except (OverflowError, ValueError) as error:
            if not isinstance(error, OverflowError) and "year" not in str(error) and "date value" not in str(error):
                raise
            raise Refusal("算出的日期超出历法（公元9999年以后），请核对填写的日期和长度。", code="calculator.calendar") from error

    def run(self, book: LawBook, calendar: Workdays, values: Mapping[str, str]) -> Sheet:
        """:meth:`compute`, the sheet alone."""
        return self.compute(book, calendar, values).sheet
