"""Fees to the fen. Source: 诉讼费用交纳办法 第14条; the five figures of plan B04."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law import fees, money
from tests.law.rules import BOOK, day, refused

ON = day("2017-09-01")
EXECUTION = [
    ("1", "50"), ("9999.99", "50"), ("10000", "50"), ("10000.01", "50"), ("10001", "50.02"), ("10000.33", "50"),
    ("10000.34", "50.01"), ("500000", "7400"), ("500000.49", "7400"), ("500000.50", "7400.01"), ("500100", "7401"),
    ("5000000", "52400"), ("5000001", "52400.01"), ("5000000.99", "52400"), ("10000000", "77400"),
    ("10000005", "77400.01"), ("10000004.99", "77400"), ("12345678.90", "79745.68"),
]  # fmt: skip
PRESERVATION = [
    ("1", "30"), ("1000", "30"), ("1000.49", "30"), ("1000.50", "30.01"), ("100000", "1020"), ("100001", "1020.01"),
    ("100000.99", "1020"), ("896000", "5000"), ("895999", "5000"), ("895998", "4999.99"), ("900000", "5000"),
    ("99999999", "5000"),
]  # fmt: skip


def fen(text: str) -> int:
    return int(Fraction(text) * 100)


@pytest.mark.parametrize(("amount", "fee"), EXECUTION)
def test_execution_fee(amount: str, fee: str) -> None:
    found = fees.execution_fee(BOOK, fen(amount), ON)
    assert found.fen == fen(fee)
    assert [value.key for value in found.basis] == [
        "fee.execution.tiers",
        "fee.execution.base",
        "convention.fee_rounding",
    ]
    assert found.sheet.steps[-1].label == "合计" and found.sheet.unconfirmed


def test_execution_fee_agrees_with_the_quick_formulas() -> None:
    for yuan in (200000, 1234567, 7777777, 23456789):
        rate, plus = next((r, p) for top, r, p in (
            (500000, "0.015", -100), (5000000, "0.01", 2400), (10000000, "0.005", 27400), (10**12, "0.001", 67400)
        ) if yuan <= top)  # fmt: skip
        assert fees.execution_fee(BOOK, yuan * 100, ON).fen == money.half_up((yuan * Fraction(rate) + plus) * 100)


@pytest.mark.parametrize(("amount", "fee"), PRESERVATION)
def test_preservation_fee(amount: str, fee: str) -> None:
    assert fees.preservation_fee(BOOK, fen(amount), ON).fen == fen(fee)


def test_fee_lines_can_be_followed() -> None:
    steps = fees.execution_fee(BOOK, 1234567890, ON).sheet.steps
    assert [step.result for step in steps] == [
        "50.00元", "7,350.00元", "45,000.00元", "25,000.00元", "2,345.6789元", "79,745.68元",
    ]  # fmt: skip
    assert steps[1].label == "超过10000元至500000元的部分" and steps[1].working == "490,000.00元 × 1.5%"
    assert (
        len(fees.execution_fee(BOOK, 1_000_000, ON).sheet.steps) == 2
    )  # the next tier begins above, not at, its bound
    assert fees.preservation_fee(BOOK, 89_600_000, ON).sheet.steps[-1].label == "合计"  # the cap exactly is not capped
    capped = fees.preservation_fee(BOOK, 10**9, ON).sheet.steps
    assert capped[-1].label == "上限" and capped[-1].result == "5,000.00元"


def test_no_amount() -> None:
    assert fees.execution_fee(BOOK, None, ON, chosen=5000).fen == 5000
    assert fees.execution_fee(BOOK, None, ON, chosen=50000).fen == 50000
    refused("fee.choose", lambda: fees.execution_fee(BOOK, None, ON))
    for wrong in (4999, 50001):
        refused("fee.range", lambda wrong=wrong: fees.execution_fee(BOOK, None, ON, chosen=wrong))
    assert fees.preservation_fee(BOOK, None, ON).fen == 3000
    refused("fee.amount", lambda: fees.execution_fee(BOOK, 0, ON))
    refused("fee.amount", lambda: fees.preservation_fee(BOOK, -1, ON))
    refused("law.not_in_force", lambda: fees.execution_fee(BOOK, 100, day("2007-03-31")))
    assert fees.execution_fee(BOOK, 100, day("2007-04-01")).fen == 5000


@given(st.integers(1, 10**12), st.integers(0, 10**9))
def test_fees_are_monotone(amount: int, more: int) -> None:
    assert fees.execution_fee(BOOK, amount, ON).fen <= fees.execution_fee(BOOK, amount + more, ON).fen
    assert fees.preservation_fee(BOOK, amount, ON).fen <= fees.preservation_fee(BOOK, amount + more, ON).fen


def test_rounding_and_texts() -> None:
    assert [money.half_up(Fraction(n, 10)) for n in (0, 4, 5, 14, 15, 25)] == [0, 0, 1, 1, 2, 3]
    assert (money.ceil_fen(Fraction(7, 2)), money.ceil_fen(Fraction(4))) == (4, 4)
    assert (money.floor_fen(Fraction(7, 2)), money.floor_fen(Fraction(4))) == (3, 4)
    assert money.yuan_text(123456) == "1,234.56元"
    assert money.yuan_text(Fraction(1, 3)) == "约0.003333元"
    assert money.yuan_text(Fraction(2, 3)) == "约0.006667元"
    assert money.yuan_text(Fraction(5, 2)) == "0.025元"
    assert money.yuan_text(Fraction(3, 2) * 100 + Fraction(1, 10)) == "1.501元"
    assert money.yuan_text(Fraction(1, 10**9)) == "约0.00元"
    assert money.percent_text(Fraction("0.000175")) == "0.0175%"
    assert money.percent_text(Fraction("0.2")) == "20%"
    assert money.percent_text(Fraction(2, 3)) == "66.666667%"


def test_a_first_tier_by_share_has_no_fee_a_piece() -> None:
    shares = replace(BOOK.value("fee.preservation.tiers", ON), value=[{"upto": 1000, "rate": "0.02"}, {"over": 1000, "rate": "0.01"}], corrected_by="局长某")
    book = BOOK.corrected([shares])
    assert "请填写保全数额" in refused("fee.amount", lambda: fees.preservation_fee(book, None, ON))
    assert fees.preservation_fee(book, 100_000, ON).fen == 2_000
