"""The calculators that command line and window share: fields in, a sheet and the figures out.

A new calculator is one entry of a group (terms, course, money, sale, pressure, or words below) and one function beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from execdesk.law.calculation import Calculation, Calculator, Money, Run
from execdesk.law.coursecalculators import COURSE
from execdesk.law.fields import Field
from execdesk.law.moneycalculators import MONEY
from execdesk.law.periods import Workdays
from execdesk.law.pressurecalculators import PRESSURE
from execdesk.law.refusal import Refusal
from execdesk.law.salecalculators import SALE
from execdesk.law.termcalculators import TERMS
from execdesk.law.textcalculators import amount_words, case_number_sheet, day_words, identity_sheet
from execdesk.law.values import DatedValue, Sheet

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

__all__ = ["CALCULATORS", "Calculation", "Calculator", "Money", "calculator"]


def calculator(name: str) -> Calculator:
    """The calculator ``name``; Refusal ``calculator.unknown``."""
    if name not in CALCULATORS:
        raise Refusal(f"没有名为「{name}」的计算，可用：{'、'.join(CALCULATORS)}。", code="calculator.unknown")
    return CALCULATORS[name]


def _plain(rule: Callable[[str], tuple[Sheet, dict[str, Any]]]) -> Run:
    """A calculator over one text that needs no law."""
    return lambda book, calendar, v: Calculation(*rule(v["text"]))


def _case_number(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    sheet, figures = case_number_sheet(v["text"], str(_latest(book, "case.number.court_code").value))
    return Calculation(replace(sheet, basis=(_latest(book, "case.number.format"),)), figures)


def _amount_words(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    sheet, fen, words = amount_words(v["text"])
    return Calculation(replace(sheet, basis=(_latest(book, "convention.capital_amount"),)), {"amount": Money(fen), "words": words})


def _latest(book: LawBook, key: str) -> DatedValue:
    """The newest version: for words that stand on no day."""
    return book.history(key)[-1]


WORDS = (
    Calculator("amount_words", "金额大写", (Field("text", "金额", "text"),), _amount_words),
    Calculator("day_words", "日期大写", (Field("text", "日期", "text"),), _plain(day_words)),
    Calculator("case_number", "案号", (Field("text", "案号", "text"),), _case_number),
    Calculator("identity", "证件号码", (Field("text", "号码", "text"),), _plain(identity_sheet)),
)
CALCULATORS: dict[str, Calculator] = {entry.id: entry for entry in (*TERMS, *COURSE, *MONEY, *SALE, *PRESSURE, *WORDS)}
