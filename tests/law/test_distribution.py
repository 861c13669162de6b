"""Distribution to the fen. Sources: 民诉法解释 第508–516/506–514条; the largest-remainder convention of the book."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law.distribution import Creditor, Distribution, Heads, distribute, largest_remainder
from execdesk.law.refusal import Refusal
from tests.law.rules import BOOK, MANY, day, refused

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
    done = distribute(BOOK, 10000, creditors, ON, Heads(500, 100, 400))
    assert done.shares == (2500, 3000, 1000, 2500)
    assert (done.heads, done.rest) == (Heads(500, 100, 400), 0)
    short = distribute(BOOK, 3500, creditors, ON, Heads(500, 100))
    assert short.shares == (0, 2900, 0, 0)
    poor = distribute(BOOK, 650, creditors, ON, Heads(500, 100, 400))  # costs, then living, then the fee
    assert (poor.heads, poor.shares) == (Heads(500, 0, 150), (0, 0, 0, 0))


def test_living_costs_are_a_persons_and_stand_in_the_code() -> None:
    done = distribute(BOOK, 1000, ordinary(900, 900), ON, Heads(costs=10, exempt=100))
    assert [(step.label, step.source[:8]) for step in done.sheet.steps[:2]] == [
        ("执行费用", "民诉法解释 第5"), ("保留生活必需费用", "民诉法 第243"),
    ]  # fmt: skip
    assert {"exempt.income", "distribution.living_position"} <= {value.key for value in done.sheet.basis}
    assert "exempt.income" not in {value.key for value in distribute(BOOK, 1000, ordinary(900), ON, Heads(costs=10)).sheet.basis}
    for debtor in ("enterprise", "other_org"):
        refused("distribution.exempt", lambda debtor=debtor: distribute(BOOK, 9, ordinary(1), ON, Heads(exempt=1), debtor=debtor))


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
    assert caught.value.clauses and [way.label for way in caught.value.ways] == ["按采取措施的先后清偿"]
    assert distribute(BOOK, 500, ordinary(300, 200), ON, debtor="enterprise").shares == (300, 200)
    by_order = distribute(BOOK, 350, ordinary(300, 200, 100), ON, debtor="enterprise", by_control_order=True)
    assert by_order.shares == (300, 50, 0) and by_order.rest == 0
    assert by_order.sheet.basis[-1].key == "distribution.by_seizure_order"
    assert distribute(BOOK, 499, ordinary(300, 200), ON, debtor="other_org").shares == (299, 200)


@pytest.mark.parametrize(
    ("pot", "creditors", "more", "code"),
    [
        (-1, ordinary(1), {}, "distribution.amount"), (1, ordinary(0), {}, "distribution.amount"),
        (1, [Creditor("甲", 1, -1)], {}, "distribution.amount"), (1, [Creditor("甲", 1, 0, -1)], {}, "distribution.amount"),
        *((1, ordinary(1), {"heads": Heads(**{head: -1})}, "distribution.amount") for head in ("costs", "fee", "exempt", "co_owner")),
        (1, [], {}, "distribution.empty"), (1, ordinary(1), {"debtor": "state"}, "distribution.debtor"),
    ],
)  # fmt: skip
def test_refusals(pot: int, creditors: list[Creditor], more: dict[str, object], code: str) -> None:
    refused(code, lambda: distribute(BOOK, pot, creditors, ON, **more))


def test_before_the_interpretation_nothing_is_known() -> None:
    refused("law.not_in_force", lambda: distribute(BOOK, 1, ordinary(1), day("2015-02-03")))
    assert distribute(BOOK, 0, ordinary(1), day("2015-02-04")).shares == (0,)


def test_sheet_can_be_followed() -> None:
    steps = distribute(BOOK, 10000, ordinary(3333, 7777), ON, Heads(costs=1)).sheet.steps
    assert steps[0].working == "应付0.01元"
    assert steps[1].working == "可供分配99.99元，债权合计111.10元"
    assert steps[2].working == "99.99元 × 33.33元 ÷ 111.10元 = 29.997元"
    inputs = distribute(BOOK, 10, [Creditor("甲", 10, 2)], ON).sheet.inputs
    assert ("甲", "0.10元（优先第2顺位）") in inputs
    assert ("债权人1", "0.10元（普通）") in distribute(BOOK, 10, ordinary(10), ON).sheet.inputs
    assert largest_remainder(5, [0, 0]) == [0, 0]


def whole(done: Distribution) -> int:
    """All that the pot went into."""
    heads = done.heads
    return sum(done.shares) + sum(done.doubles) + heads.costs + heads.fee + heads.exempt + heads.co_owner + done.rest


CLAIMS = st.lists(st.integers(1, 10**9), min_size=1, max_size=8)


@given(st.integers(0, 10**10), st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 2)), min_size=1, max_size=8),
       st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 10**8))  # fmt: skip
def test_sums_to_the_pot(pot: int, claims: list[tuple[int, int]], costs: int, fee: int, exempt: int) -> None:
    creditors = [Creditor("甲", fen, rank) for fen, rank in claims]
    done = distribute(BOOK, pot, creditors, ON, Heads(costs, fee, exempt))
    assert whole(done) == pot
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


def test_one_document_with_several_creditors_shares_whoever_the_debtor_is() -> None:
    """执行规定 1998第88条第三款/2020第55条第三款: 30,000 over 20,000 and 40,000 is 10,000 and 20,000."""
    together = [Creditor("甲", 2_000_000, document="某判决"), Creditor("乙", 4_000_000, document="某判决")]
    done = distribute(BOOK, 3_000_000, together, ON, debtor="enterprise")
    assert done.shares == (1_000_000, 2_000_000)
    assert [value.key for value in done.sheet.basis][-2:] == ["distribution.by_seizure_order", "distribution.rounding"]
    assert ("甲", "20,000.00元（普通，文书：某判决）") in done.sheet.inputs
    for other in ("", "另一判决"):
        mixed = [together[0], replace(together[1], document=other)]
        refused("distribution.bankruptcy", lambda mixed=mixed: distribute(BOOK, 3_000_000, mixed, ON, debtor="enterprise"))


def test_by_order_the_creditors_of_one_document_share_its_place() -> None:
    """First 甲 (seized first), then 乙 and 丙 together by their one document: 300, then 50 over 200 and 300 is 20 and 30."""
    creditors = [Creditor("甲", 300), Creditor("乙", 200, document="二"), Creditor("丁", 9), Creditor("丙", 300, document="二")]
    done = distribute(BOOK, 350, creditors, ON, debtor="enterprise", by_control_order=True)
    assert done.shares == (300, 20, 0, 30)
    assert "普通债权（按采取执行措施的先后）" in {step.label for step in done.sheet.steps}


def test_an_enterprise_closed_without_liquidation_shares_until_2020() -> None:
    creditors = ordinary(300, 200)
    done = distribute(BOOK, 250, creditors, day("2020-12-31"), debtor="closed_enterprise")
    assert done.shares == (150, 100)
    assert "distribution.pro_rata_closed_enterprise" in {value.key for value in done.sheet.basis}
    refused("distribution.bankruptcy", lambda: distribute(BOOK, 250, creditors, day("2021-01-01"), debtor="closed_enterprise"))
    refused("distribution.bankruptcy", lambda: distribute(BOOK, 250, creditors, day("2020-12-31"), debtor="enterprise"))


def test_double_parts_rank_after_all_principals() -> None:
    creditors = [Creditor("甲", 300, double=60), Creditor("乙", 100, 1, double=30), Creditor("丙", 200)]
    done = distribute(BOOK, 645, creditors, ON)
    assert (done.shares, done.doubles, done.rest) == ((300, 100, 200), (30, 15, 0), 0)  # 45 over 60 and 30
    assert "甲3.00元、加倍部分0.30元；乙" in done.sheet.result
    assert ("甲", "3.00元（普通，另有加倍部分0.60元）") in done.sheet.inputs
    short = distribute(BOOK, 400, creditors, ON)
    assert (short.shares, short.doubles) == ((180, 100, 120), (0, 0, 0))
    full = distribute(BOOK, 700, creditors, ON, debtor="enterprise")
    assert (full.doubles, full.rest) == ((60, 30, 0), 10)
    # an enterprise whose double parts are not covered has too little
    refused("distribution.bankruptcy", lambda: distribute(BOOK, 689, creditors, ON, debtor="enterprise"))
    by_order = distribute(BOOK, 665, creditors, ON, debtor="enterprise", by_control_order=True)
    assert (by_order.shares, by_order.doubles) == ((300, 100, 200), (60, 5, 0))


def test_where_rank_alone_decides_an_enterprise_is_not_refused() -> None:
    secured = [Creditor("甲", 300, 1), Creditor("乙", 100, 2)]
    assert distribute(BOOK, 350, secured, ON, debtor="enterprise").shares == (300, 50)
    refused("distribution.bankruptcy", lambda: distribute(BOOK, 350, [*secured, Creditor("丙", 1)], ON, debtor="enterprise"))
    refused("distribution.bankruptcy", lambda: distribute(BOOK, 350, [secured[0], Creditor("乙", 40, 2, 20)], ON, debtor="enterprise"))


def test_a_co_owner_first() -> None:
    done = distribute(BOOK, 1000, ordinary(900), ON, Heads(costs=100, co_owner=300))
    assert (done.heads, done.shares) == (Heads(costs=100, co_owner=300), (600,))
    assert [step.label for step in done.sheet.steps[:2]] == ["共有人份额", "执行费用"]


def reading(key: str, value: str) -> object:
    """The book of a court that reads it the other way."""
    known = BOOK.value(key, ON)
    return BOOK.corrected([replace(known, value=value, valid_from=ON, source="院内通知", corrected_by="局长某某 2018-01-01 更正")])


@pytest.mark.parametrize(("key", "value", "labels"), [
    ("distribution.living_position", "扣除执行费用之前", ["共有人份额", "保留生活必需费用", "执行费用", "申请执行费"]),
    ("distribution.co_owner_position", "扣除执行费用之后", ["执行费用", "共有人份额", "保留生活必需费用", "申请执行费"]),
    ("money.fee_position", "后于加倍部分", ["共有人份额", "执行费用", "保留生活必需费用"]),
])  # fmt: skip
def test_the_court_may_read_the_order_the_other_way(key: str, value: str, labels: list[str]) -> None:
    heads = Heads(100, 50, 70, 300)
    done = distribute(reading(key, value), 1000, [Creditor("甲", 400, double=30)], ON, heads)  # type: ignore[arg-type]
    assert [step.label for step in done.sheet.steps[: len(labels)]] == labels
    assert key in {step.key for step in done.sheet.basis}
    late = key == "money.fee_position"
    assert (done.doubles, done.heads.fee, done.rest) == ((30,), 50, 50)
    assert ([step.label for step in done.sheet.steps].index("申请执行费") > [step.label for step in done.sheet.steps].index("加倍部分")) == late
    poor = distribute(reading(key, value), 900, [Creditor("甲", 400, double=30)], ON, heads)  # type: ignore[arg-type]
    assert (poor.doubles, poor.heads.fee) == ((30,), 0) if late else ((0,), 50)


def test_a_living_before_costs_without_a_co_owner() -> None:
    done = distribute(reading("distribution.living_position", "扣除执行费用之前"), 150, ordinary(1), ON, Heads(costs=100, exempt=70))  # type: ignore[arg-type]
    assert done.heads == Heads(costs=80, exempt=70)


def test_double_parts_beside_their_principals_where_the_court_reads_it_so() -> None:
    creditors = [Creditor("甲", 300, double=60), Creditor("乙", 240)]
    done = distribute(reading("distribution.double_part_position", "与本金同一顺位"), 500, creditors, ON)  # type: ignore[arg-type]
    # 500 over 360 and 240: 300 and 200; of the 300 the principal first
    assert (done.shares, done.doubles) == ((300, 200), (0, 0))
    more = distribute(reading("distribution.double_part_position", "与本金同一顺位"), 550, creditors, ON)  # type: ignore[arg-type]
    assert (more.shares, more.doubles) == ((300, 220), (30, 0))  # 330 and 220


def in_exact_figures(pot: int, creditors: list[Creditor], heads: Heads) -> tuple[list[Fraction], list[Fraction]]:
    """What each is due before rounding, reckoned anew: ranks, then ordinary claims, then double parts."""
    left = Fraction(max(0, pot - heads.co_owner - heads.costs - heads.exempt - heads.fee))
    shares, doubles = [Fraction(0)] * len(creditors), [Fraction(0)] * len(creditors)
    ranks = sorted({c.rank for c in creditors} - {0}) + [0]
    for rank in ranks:
        group = [i for i, c in enumerate(creditors) if c.rank == rank]
        owed = sum(creditors[i].fen for i in group)
        for i in group:
            shares[i] = creditors[i].fen * min(Fraction(1), left / owed)
        left -= min(left, Fraction(owed))
    owed = sum(c.double for c in creditors)
    for i, c in enumerate(creditors):
        doubles[i] = c.double * min(Fraction(1), left / owed) if owed else Fraction(0)
    return shares, doubles


@MANY
def test_random_distributions_add_up_and_agree_with_exact_figures(many: int) -> None:
    dice = random.Random(20170801)
    for _ in range(many):
        creditors = [
            Creditor(f"债权人{n}", dice.randint(1, 10 ** dice.randint(1, 9)), dice.choice([0, 0, 0, 1, 2]), dice.choice([0, dice.randint(1, 10**6)]))
            for n in range(dice.randint(1, 6))
        ]
        heads = Heads(*(dice.choice([0, dice.randint(1, 10**6)]) for _ in range(4)))
        pot = dice.randint(0, sum(c.fen + c.double for c in creditors) + 2 * 10**6)
        done = distribute(BOOK, pot, creditors, ON, heads)
        assert whole(done) == pot
        shares, doubles = in_exact_figures(pot, creditors, heads)
        for paid, exact in zip((*done.shares, *done.doubles), (*shares, *doubles), strict=True):
            assert abs(paid - exact) < 1
        assert all(0 <= paid <= c.fen for paid, c in zip(done.shares, creditors, strict=True))
        assert all(0 <= paid <= c.double for paid, c in zip(done.doubles, creditors, strict=True))
