"""The sums of a sale, each by hand. Sources: 网络司法拍卖规定 第10、17、20、24、26条; 拍卖变卖规定 2004第19条; 参考价规定 第13条."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from execdesk.law.bidding import bidding_end
from execdesk.law.book import LawBook
from execdesk.law.calculators import Money, calculator
from execdesk.law.salemoney import Claims, buyers_difference, forfeited_deposit, in_kind, online_mean, second_round
from tests.law.rules import BOOK, CALENDAR, MANY, day, refused

ON = day("2018-01-19")


def reading(key: str, value: str) -> LawBook:
    """The book of a court that reads it the other way."""
    known = BOOK.value(key, ON)
    return BOOK.corrected([replace(known, value=value, valid_from=day("2018-01-01"), source="院内通知", corrected_by="局长某某 2018-01-01 更正")])


def test_the_second_round() -> None:
    # 300,000.00 × 80 % = 240,000.00; × 5 % = 12,000.00; × 20 % = 48,000.00
    least = second_round(BOOK, 30_000_000, ON)
    assert (least.second_min, least.deposit_min, least.deposit_max, least.sale_price) == (24_000_000, 1_200_000, 4_800_000, 24_000_000)
    assert least.sheet.result == "再次不低于240,000.00元，保证金12,000.00元至48,000.00元；再次流拍后变卖价240,000.00元"
    assert [step.working for step in least.sheet.steps] == ["300,000.00元 × 80%", "240,000.00元 × 5%", "240,000.00元 × 20%", "再次流拍的起拍价"]
    assert [step.result for step in least.sheet.steps] == ["240,000.00元", "12,000.00元", "48,000.00元", "240,000.00元"]
    assert [value.key for value in least.sheet.basis] == ["auction.second.max_cut", "auction.deposit.ratio", "sale.price_online"]
    # chosen 250,000.00: 12,500.00 to 50,000.00
    chosen = second_round(BOOK, 30_000_000, ON, second=25_000_000)
    assert (chosen.second_min, chosen.deposit_min, chosen.deposit_max, chosen.sale_price) == (24_000_000, 1_250_000, 5_000_000, 25_000_000)
    # 1.01 × 80 % = 0.808 → 0.81 at least; × 5 % = 0.0405 → 0.05; × 20 % = 0.162 → 0.16
    odd = second_round(BOOK, 101, ON)
    assert (odd.second_min, odd.deposit_min, odd.deposit_max) == (81, 5, 16)
    assert second_round(BOOK, 101, ON, second=81) == odd
    assert "至少应为0.81元" in refused("auction.price", lambda: second_round(BOOK, 101, ON, second=80))
    refused("auction.amount", lambda: second_round(BOOK, 0, ON))
    assert second_round(BOOK, 1, ON).second_min == 1


def test_no_sale_price_before_its_rules() -> None:
    early = second_round(BOOK, 30_000_000, day("2017-07-17"))
    assert [value.key for value in early.sheet.basis] == ["auction.second.max_cut", "auction.deposit.ratio"]
    assert early.sale_price is None and "变卖" not in early.sheet.result and len(early.sheet.steps) == 3
    assert "sale_price" not in calculator("auction_second").compute(BOOK, CALENDAR, {"first": "300000", "on": "2017-07-17"}).figures
    assert second_round(BOOK, 30_000_000, day("2017-07-18")).sale_price == 24_000_000


def test_taking_in_kind() -> None:
    # 100,000.00 less costs 800.00, a prior claim 1,200.00 and the fee 2,750.00 leave 95,250.00 for a claim of 199,010.75
    taken = in_kind(BOOK, 10_000_000, Claims(19_901_075, 80_000, 275_000, 120_000), ON)
    assert (taken.set_off, taken.difference, taken.to_debtor, taken.claim_left) == (9_525_000, 475_000, 0, 10_376_075)
    assert [value.key for value in taken.sheet.basis] == ["in_kind.price", "in_kind.taker_fee", "money.fee_position"]
    assert taken.sheet.result == "应交纳4,750.00元"
    # a claim of 60,000.00: set off whole; 40,000.00 paid in, of it 4,750.00 to those before, 35,250.00 to the debtor
    small = in_kind(BOOK, 10_000_000, Claims(6_000_000, 80_000, 275_000, 120_000), ON)
    assert (small.set_off, small.difference, small.to_debtor, small.claim_left) == (6_000_000, 4_000_000, 3_525_000, 0)
    assert small.sheet.result == "应交纳40,000.00元，其中退还被执行人35,250.00元"
    # what comes before exceeds the price: nothing is set off
    poor = in_kind(BOOK, 100, Claims(500, costs=80, prior=30), ON)
    assert (poor.set_off, poor.difference, poor.to_debtor, poor.claim_left) == (0, 100, 0, 500)
    plain = in_kind(BOOK, 100, Claims(40), ON)
    assert (plain.difference, plain.to_debtor) == (60, 60) and "先付：无" in plain.sheet.steps[1].working
    assert [value.key for value in plain.sheet.basis] == ["in_kind.price"]
    for wrong in (Claims(-1), Claims(1, -1), Claims(1, 0, -1), Claims(1, 0, 0, -1)):
        refused("auction.amount", lambda wrong=wrong: in_kind(BOOK, 100, wrong, ON))
    refused("auction.amount", lambda: in_kind(BOOK, 0, Claims(1), ON))


def test_the_takers_fee_as_the_court_reads_it() -> None:
    claims = Claims(90, fee=20)
    first = in_kind(BOOK, 100, claims, ON)  # the fee out of the price: 80 set off, 20 paid in
    assert (first.set_off, first.difference, first.to_debtor) == (80, 20, 0)
    last = in_kind(reading("money.fee_position", "后于加倍部分"), 100, claims, ON)  # 90 set off, the rest of 10 for the fee
    assert (last.set_off, last.difference, last.to_debtor) == (90, 10, 0)
    apart = in_kind(reading("in_kind.taker_fee", "由接受人另行交纳"), 100, claims, ON)  # 90 set off, 10 to the debtor, 20 beside
    assert (apart.set_off, apart.difference, apart.to_debtor) == (90, 30, 10)
    large = Claims(200, fee=20)  # a claim above the price takes all the room there is
    assert in_kind(reading("money.fee_position", "后于加倍部分"), 100, large, ON).set_off == 100
    assert in_kind(reading("in_kind.taker_fee", "由接受人另行交纳"), 100, large, ON).set_off == 100
    assert "+ 申请执行费0.20元" in apart.sheet.steps[2].working
    assert "申请执行费" not in first.sheet.steps[2].working


def test_what_a_buyer_still_pays() -> None:
    # 268,000.00 less the deposit of 30,000.00
    plain = buyers_difference(BOOK, 26_800_000, 3_000_000, ON)
    assert (plain.difference, plain.set_off, plain.to_debtor) == (23_800_000, 0, 0)
    assert plain.sheet.result == "应交纳238,000.00元" and [label for label, _ in plain.sheet.inputs] == ["成交价", "计算日"]
    assert buyers_difference(BOOK, 100, 100, ON).difference == 0
    for deposit in (-1, 101):
        refused("auction.deposit", lambda deposit=deposit: buyers_difference(BOOK, 100, deposit, ON))
    refused("auction.amount", lambda: buyers_difference(BOOK, 0, 0, ON))


def test_a_creditor_who_buys() -> None:
    # his claim of 20,000.00 falls 10,000.00 short of the deposit, which he paid; with rivals the whole price is due
    claims = Claims(2_000_000, fee=65_000)
    rivals = buyers_difference(BOOK, 26_800_000, 3_000_000, ON, claims)
    assert (rivals.difference, rivals.set_off) == (25_800_000, 0)
    assert "退还被执行人" not in [step.label for step in buyers_difference(BOOK, 26_800_000, 3_000_000, ON).sheet.steps]
    assert rivals.sheet.steps[0].result == "10,000.00元" and (rivals.sheet.steps[1].label, rivals.sheet.steps[1].result) == ("抵销", "0.00元")
    # alone: 20,000.00 set off as well
    alone = buyers_difference(BOOK, 26_800_000, 3_000_000, ON, claims, alone=True)
    assert (alone.difference, alone.set_off, alone.to_debtor) == (23_800_000, 2_000_000, 24_735_000)
    assert [step.label for step in alone.sheet.steps[-2:]] == ["应交纳", "退还被执行人"]
    # a claim above the deposit: none paid; 260,000.00 set off, 8,000.00 due, of it the fee 650.00
    rich = buyers_difference(BOOK, 26_800_000, 3_000_000, ON, Claims(26_000_000, fee=65_000), alone=True)
    assert (rich.difference, rich.set_off, rich.to_debtor) == (800_000, 26_000_000, 735_000)
    assert rich.sheet.steps[0].result == "0.00元"
    # 1.00 with costs of 0.30: a claim of 0.90 left 0.10 of the deposit of 1.00 to pay, 0.60 can be set off, 0.30 are due
    tight = buyers_difference(BOOK, 100, 100, ON, Claims(90, costs=30), alone=True)
    assert (tight.set_off, tight.difference, tight.claim_left) == (60, 30, 30)


def test_a_forfeited_deposit() -> None:
    # 30,000.00: costs 800.00, shortfall 268,000.00 − 243,000.00 = 25,000.00, debt 4,000.00, tied 100.00, rest 100.00
    used = forfeited_deposit(BOOK, 3_000_000, (26_800_000, 24_300_000), ON, costs=80_000, debt=400_000, tied=10_000)
    assert (used.costs, used.shortfall, used.debt, used.tied, used.rest, used.short) == (80_000, 2_500_000, 400_000, 10_000, 10_000, 0)
    assert used.case_total == 24_300_000 + 2_500_000 + 400_000
    assert used.sheet.steps[4].working == "待局长决定" and used.sheet.steps[4].source == BOOK.value("auction.deposit_rest", ON).source
    # 10,000.00: 800.00 and 9,200.00 of 25,000.00: 15,800.00 are still claimed from him
    short = forfeited_deposit(BOOK, 1_000_000, (26_800_000, 24_300_000), ON, costs=80_000, debt=400_000)
    assert (short.shortfall, short.debt, short.rest, short.short) == (920_000, 0, 0, 1_580_000)
    assert short.sheet.steps[4].working == "无剩余" and short.sheet.steps[4].source == "" and short.sheet.steps[-1].result == "15,800.00元"
    # a dearer second sale leaves no shortfall
    dear = forfeited_deposit(BOOK, 100, (200, 300), ON)
    assert (dear.shortfall, dear.rest, dear.case_total, dear.short) == (0, 100, 300, 0)
    assert dear.sheet.result == "无可抵用；本案收3.00元" and len(dear.sheet.steps) == 5
    for deposit, prices, more in ((0, (1, 1), {}), (1, (0, 1), {}), (1, (1, 0), {}), (1, (1, 1), {"costs": -1}), (1, (1, 1), {"debt": -1}), (1, (1, 1), {"tied": -1})):
        refused("auction.amount", lambda d=deposit, p=prices, m=more: forfeited_deposit(BOOK, d, p, ON, **m))
    assert forfeited_deposit(BOOK, 1, (1, 1), ON).rest == 1


def test_the_mean_of_online_prices() -> None:
    on = day("2018-10-01")
    # (400,000.00 + 412,350.00 + 420,000.01) ÷ 3 = 410,783.3366… → 410,783.34
    mean, sheet = online_mean(BOOK, (40_000_000, 41_235_000, 42_000_001), on)
    assert mean == 41_078_334 and sheet.steps[0].working.endswith("÷ 3 = 约410,783.336667元")
    assert sheet.inputs[0] == ("平台1", "400,000.00元") and sheet.inputs[2][0] == "平台3"
    assert online_mean(BOOK, (1, 2), on)[0] == 2  # half a fen upwards
    assert online_mean(BOOK, (1,), on)[0] == 1
    refused("auction.amount", lambda: online_mean(BOOK, (), on))
    refused("auction.amount", lambda: online_mean(BOOK, (1, 0), on))
    refused("law.not_in_force", lambda: online_mean(BOOK, (1,), day("2018-08-31")))


def at(text: str) -> datetime:
    """2018-01-19 10:00 at court, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)


def test_late_bids_extend_the_bidding() -> None:
    start, planned = at("2018-01-18 10:00"), at("2018-01-19 10:00")
    none = bidding_end(BOOK, start, planned, [])
    assert (none.ends_at, none.extensions) == (planned, 0) and none.sheet.result == "2018年1月19日10时00分结束，没有顺延"
    # 09:54:59 too early; 09:57:30 → 10:02:30; 10:02 → 10:07; 10:07 at the end → 10:12
    bids = [at("2018-01-19 10:02"), at("2018-01-19 09:54:59"), at("2018-01-19 09:57:30"), at("2018-01-19 10:07")]
    late = bidding_end(BOOK, start, planned, bids)
    assert (late.ends_at, late.extensions) == (at("2018-01-19 10:12"), 3)
    assert late.sheet.steps[1].working.startswith("2018年1月19日9时57分30秒出价，距结束不足5分钟")
    assert bidding_end(BOOK, start, planned, [at("2018-01-19 09:55")]).extensions == 0  # five minutes before: nothing to add
    assert bidding_end(BOOK, start, planned, [start]).extensions == 0
    for wrong in ("2018-01-18 09:59", "2018-01-19 10:00:01"):
        refused("auction.bid", lambda wrong=wrong: bidding_end(BOOK, start, planned, [at(wrong)]))
    refused("auction.hours", lambda: bidding_end(BOOK, start, planned - timedelta(seconds=1), []))
    refused("law.not_in_force", lambda: bidding_end(BOOK, at("2016-12-31 23:59"), at("2017-01-02 00:00"), []))
    assert bidding_end(BOOK, at("2017-01-01 00:00"), at("2017-01-02 00:00"), []).extensions == 0


@MANY
def test_random_sales_add_up(many: int) -> None:
    """The price is what is set off and what is paid; what is paid goes to those before, to the debtor, or stays with the fee."""
    dice = random.Random(20170101)
    for _ in range(many):
        price = dice.randint(1, 10 ** dice.randint(1, 10))
        claims = Claims(dice.randint(1, price * 2), *(dice.choice([0, dice.randint(0, price)]) for _ in range(3)))
        taken = in_kind(BOOK, price, claims, ON)
        before = claims.costs + claims.fee + claims.prior
        assert taken.set_off + taken.difference == price
        assert taken.set_off == min(claims.own, max(0, price - before)) and taken.claim_left == claims.own - taken.set_off
        assert taken.to_debtor == max(0, price - before - claims.own)
        assert taken.to_debtor == 0 or taken.difference == before + taken.to_debtor
        deposit, second = dice.randint(1, price), dice.randint(1, price)
        wanted = [dice.randint(0, price) for _ in range(3)]
        used = forfeited_deposit(BOOK, deposit, (price, second), ON, costs=wanted[0], debt=wanted[1], tied=wanted[2])
        assert used.costs + used.shortfall + used.debt + used.tied + used.rest == deposit
        assert used.short == max(0, wanted[0] + price - second - deposit)
        prices = [dice.randint(1, price) for _ in range(dice.randint(1, 5))]
        assert abs(online_mean(BOOK, prices, day("2018-10-01"))[0] - Fraction(sum(prices), len(prices))) <= Fraction(1, 2)


def test_the_figures_of_the_calculators() -> None:
    done = calculator("buyer").compute(BOOK, CALENDAR, {"price": "268000", "on": "2018-01-19", "claim": "260000", "alone": "是", "fee": "650"})
    assert done.figures == {"set_off": Money(26_000_000), "difference": Money(800_000), "to_debtor": Money(735_000), "claim_left": Money(0)}
    done = calculator("forfeited_deposit").compute(BOOK, CALENDAR, {"deposit": "30000", "on": "2018-03-16", "first": "268000", "second": "243000", "costs": "800", "debt": "4200"})
    assert done.figures["case_total"] == Money(27_220_000)
