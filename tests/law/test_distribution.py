"""Distribution to the fen. Sources: 民诉法解释 第508–516/506–514条; the largest-remainder convention of the book."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law.distribution import Creditor, distribute, largest_remainder
from execdesk.law.refusal import Refusal
from tests.law.rules import BOOK, day, refused

ON = day("2018-01-01")


def ordinary(*claims: int) -> list[Creditor]:
    return [Creditor(f"债权人{n}", fen) for n, fen in enumerate(claims, 1)]


def test_pro_rata_with_one_fen_over() -> None:
    done = distribute(BOOK, 100, ordinary(100, 100, 100), ON)
    assert done.shares == (34, 33, 33)  # the tie goes to the earlier
    assert distribute(BOOK, 101, ordinary(100, 100, 100), ON).shares == (34, 34, 33)
    assert distribute(BOOK, 10, ordinary(10, 20, 70), ON).shares == (1, 2, 7)
    assert distribute(BOOK, 3, ordinary(10, 35, 55), ON).shares == (0, 1, 2)  # rests 0.3, 0.05, 0.65


def test_order_of_payment() -> None:
    creditors = [
        Creditor("普通", 5000),
        Creditor("抵押权", 3000, 1),
        Creditor("次位", 1000, 2),
        Creditor("普通二", 5000),
    ]
    done = distribute(BOOK, 10000, creditors, ON, costs=500, fee=100, exempt=400)
    assert done.shares == (2500, 3000, 1000, 2500)
    assert (done.exempt, done.costs, done.fee, done.rest) == (400, 500, 100, 0)
    short = distribute(BOOK, 3500, creditors, ON, costs=500, fee=100)
    assert short.shares == (0, 2900, 0, 0)
    poor = distribute(BOOK, 450, creditors, ON, costs=500, fee=100, exempt=400)
    assert (poor.exempt, poor.costs, poor.fee, poor.shares) == (400, 50, 0, (0, 0, 0, 0))


def test_living_costs_are_a_persons_and_stand_in_the_code() -> None:
    done = distribute(BOOK, 1000, ordinary(900, 900), ON, costs=10, exempt=100)
    assert [(step.label, step.source[:8]) for step in done.sheet.steps[:2]] == [
        ("保留生活必需费用", "民诉法 第243"), ("执行费用", "民诉法解释 第5"),
    ]  # fmt: skip
    assert "exempt.income" in {value.key for value in done.sheet.basis}
    assert "exempt.income" not in {value.key for value in distribute(BOOK, 1000, ordinary(900), ON, costs=10).sheet.basis}
    for debtor in ("enterprise", "other_org"):
        refused("distribution.exempt", lambda debtor=debtor: distribute(BOOK, 9, ordinary(1), ON, debtor=debtor, exempt=1))


def test_same_privileged_rank_shares_and_surplus_returns() -> None:
    done = distribute(BOOK, 100, [Creditor("甲", 100, 1), Creditor("乙", 300, 1)], ON)
    assert done.shares == (25, 75)
    assert any(v.key == "distribution.rounding" for v in done.sheet.basis)
    both = distribute(BOOK, 100, [Creditor("甲", 100, 1), Creditor("乙", 300, 1), Creditor("丙", 7)], ON)
    assert sum(v.key == "distribution.rounding" for v in both.sheet.basis) == 1
    paid = distribute(BOOK, 400, [Creditor("甲", 100, 1), Creditor("乙", 300, 1)], ON)
    assert all(v.key != "distribution.rounding" for v in paid.sheet.basis)
    rich = distribute(BOOK, 1000, ordinary(300, 200), ON)
    assert (rich.shares, rich.rest) == ((300, 200), 500)
    assert "退还被执行人5.00元" in rich.sheet.result
    assert rich.sheet.steps[-1].working == "退还被执行人"
    exact = distribute(BOOK, 500, ordinary(300, 200), ON)
    assert exact.shares == (300, 200) and exact.sheet.steps[-1].working == "无剩余"
    assert all(value.key != "distribution.rounding" for value in exact.sheet.basis)
    assert any(v.key == "distribution.rounding" for v in distribute(BOOK, 499, ordinary(300, 200), ON).sheet.basis)


def test_enterprise_goes_to_bankruptcy() -> None:
    with pytest.raises(Refusal) as caught:
        distribute(BOOK, 499, ordinary(300, 200), ON, debtor="enterprise")
    assert caught.value.code == "distribution.bankruptcy"
    assert caught.value.clauses and [way.label for way in caught.value.ways] == ["移送破产审查", "按采取措施的先后清偿"]
    assert distribute(BOOK, 500, ordinary(300, 200), ON, debtor="enterprise").shares == (300, 200)
    by_order = distribute(BOOK, 350, ordinary(300, 200, 100), ON, debtor="enterprise", by_control_order=True)
    assert by_order.shares == (300, 50, 0) and by_order.rest == 0
    assert by_order.sheet.basis[-1].key == "distribution.by_seizure_order"
    assert distribute(BOOK, 499, ordinary(300, 200), ON, debtor="other_org").shares == (299, 200)


@pytest.mark.parametrize(
    ("pot", "creditors", "more", "code"),
    [
        (-1, ordinary(1), {}, "distribution.amount"), (1, ordinary(0), {}, "distribution.amount"),
        (1, [Creditor("甲", 1, -1)], {}, "distribution.amount"), (1, ordinary(1), {"costs": -1}, "distribution.amount"),
        (1, ordinary(1), {"fee": -1}, "distribution.amount"), (1, ordinary(1), {"exempt": -1}, "distribution.amount"),
        (1, [], {}, "distribution.empty"), (1, ordinary(1), {"debtor": "state"}, "distribution.debtor"),
    ],
)  # fmt: skip
def test_refusals(pot: int, creditors: list[Creditor], more: dict[str, int], code: str) -> None:
    refused(code, lambda: distribute(BOOK, pot, creditors, ON, **more))


def test_before_the_interpretation_nothing_is_known() -> None:
    refused("law.not_in_force", lambda: distribute(BOOK, 1, ordinary(1), day("2015-02-03")))
    assert distribute(BOOK, 0, ordinary(1), day("2015-02-04")).shares == (0,)


def test_sheet_can_be_followed() -> None:
    steps = distribute(BOOK, 10000, ordinary(3333, 7777), ON, costs=1).sheet.steps
    assert steps[0].working == "应付0.01元"
    assert steps[1].working == "可供分配99.99元，债权合计111.10元"
    assert steps[2].working == "99.99元 × 33.33元 ÷ 111.10元 = 29.997元"
    inputs = distribute(BOOK, 10, [Creditor("甲", 10, 2)], ON).sheet.inputs
    assert ("甲", "0.10元（优先第2顺位）") in inputs
    assert ("债权人1", "0.10元（普通）") in distribute(BOOK, 10, ordinary(10), ON).sheet.inputs
    assert largest_remainder(5, [0, 0]) == [0, 0]


CLAIMS = st.lists(st.integers(1, 10**9), min_size=1, max_size=8)


@given(st.integers(0, 10**10), st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 2)), min_size=1, max_size=8),
       st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8))  # fmt: skip
def test_sums_to_the_pot(pot: int, claims: list[tuple[int, int]], costs: int, fee: int, exempt: int) -> None:
    creditors = [Creditor("甲", fen, rank) for fen, rank in claims]
    done = distribute(BOOK, pot, creditors, ON, costs=costs, fee=fee, exempt=exempt)
    assert sum(done.shares) + done.costs + done.fee + done.exempt + done.rest == pot
    assert all(0 <= share <= c.fen for share, c in zip(done.shares, creditors, strict=True))


@given(st.integers(0, 10**9), CLAIMS, st.integers(0, 7), st.integers(1, 10**9))
def test_monotone_in_claims(pot: int, claims: list[int], which: int, more: int) -> None:
    which %= len(claims)
    grown = [fen + more if n == which else fen for n, fen in enumerate(claims)]
    assert (
        distribute(BOOK, pot, ordinary(*grown), ON).shares[which]
        >= distribute(BOOK, pot, ordinary(*claims), ON).shares[which]
    )


@given(st.integers(0, 10**9), CLAIMS, st.integers(0, 7), st.lists(st.integers(1, 10**6), min_size=1, max_size=4))
def test_no_gain_by_splitting(pot: int, claims: list[int], which: int, cuts: list[int]) -> None:
    which %= len(claims)
    parts = [*cuts, claims[which] - sum(cuts)]
    if parts[-1] <= 0:
        return
    whole = distribute(BOOK, pot, ordinary(*claims), ON).shares[which]
    split = distribute(BOOK, pot, ordinary(*claims[:which], *parts, *claims[which + 1 :]), ON).shares
    assert sum(split[which : which + len(parts)]) <= whole + len(parts)
