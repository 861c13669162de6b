"""Cases worked through from end to end, as far as pure law reaches: each figure was reckoned by hand beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from execdesk.law import auction, control, dishonest, nodes, salemoney, sanctions
from execdesk.law.clock import Stop, clock_state
from execdesk.law.days import Span, add_days, add_months
from execdesk.law.distribution import Creditor, Heads, distribute
from execdesk.law.fees import execution_fee
from execdesk.law.interest import Claim, Payment, delay_interest
from execdesk.law.periods import limitation_end, period_end
from tests.law.rules import BOOK, CALENDAR, day, refused


def test_x1_money_path() -> None:
    # 87,500.00 × 1.5 % − 100.00
    assert execution_fee(BOOK, 8_750_000, day("2017-09-05")).fen == 121_250
    assert control.control_end(BOOK, "bank_deposit", day("2017-08-16")).ends_on == day("2018-08-15")
    found = nodes.due(BOOK, "payment_distribution", day("2017-09-07"), CALENDAR)
    assert (found.due, found.warn_on) == (day("2017-10-07"), day("2017-09-30"))  # a make-up workday
    # 52,360.20 deducted on 09-05: fee 1,212.50, costs 1,000.00, principal the rest
    principal = 5_236_020 - 121_250 - 100_000
    assert principal == 5_014_770
    first = Claim(8_650_000, day("2017-06-30"), day("2017-09-05"), (Payment(day("2017-09-05"), principal),))
    owed = delay_interest(BOOK, first)
    assert (owed.double, owed.debt_left) == (101_421, 3_635_230)  # 86,500.00 × 0.000175 × 67 = 1,014.2125
    whole = delay_interest(BOOK, replace(first, until=day("2017-11-20"), payments=(*first.payments, Payment(day("2017-11-20"), 4_000_000))))
    assert whole.double_accrued == Fraction("149769.809")  # 1,014.2125 + 36,352.30 × 0.000175 × 76
    assert (whole.double, whole.total_left, whole.surplus) == (149_770, 0, 215_000)
    to_applicant = 100_000 + principal + 3_635_230 + whole.double
    assert (to_applicant, 121_250 + to_applicant + whole.surplus) == (8_899_770, 9_236_020)
    # the wrong answers to catch: the stop at arrival, a clock from the deduction
    assert delay_interest(BOOK, replace(first, until=day("2017-09-06"), payments=())).double != owed.double
    assert nodes.due(BOOK, "payment_distribution", day("2017-09-05"), CALENDAR).due != found.due


def test_x2_one_receipt_two_applicants() -> None:
    assert nodes.due(BOOK, "payment_distribution", day("2017-10-10"), CALENDAR).due == day("2017-11-09")
    assert ((day("2017-10-19") - day("2017-10-10")).days, (day("2017-10-27") - day("2017-10-10")).days) == (9, 17)


def test_x3_distribution() -> None:
    assert execution_fee(BOOK, 18_000_000, day("2018-01-08")).fen == 260_000
    creditors = [Creditor("银行", 28_500_000, 1), Creditor("甲", 18_000_000), Creditor("乙", 9_500_000), Creditor("丙", 6_125_050)]
    heads = Heads(costs=1_600_000, fee=260_000, exempt=7_200_000)
    done = distribute(BOOK, 62_000_000, creditors, day("2018-01-08"), heads)
    assert done.shares == (28_500_000, 13_083_103, 6_904_971, 4_451_926)
    assert sum(done.shares[1:]) == 24_440_000
    doubles = [Creditor("甲", 630_000), Creditor("乙", 332_500), Creditor("丙", 214_377)]
    assert distribute(BOOK, 900_000, doubles, day("2018-01-08")).shares == (481_783, 254_275, 163_942)
    # the second run in one sheet: 9,000.00 above all principals
    more = [replace(c, double=double) for c, double in zip(creditors, (0, 630_000, 332_500, 214_377), strict=True)]
    pot = sum(c.fen for c in creditors) + heads.costs + heads.fee + heads.exempt + 900_000
    assert distribute(BOOK, pot, more, day("2018-01-08"), heads).doubles == (0, 481_783, 254_275, 163_942)
    company = Heads(costs=1_600_000, fee=260_000)
    refused("distribution.bankruptcy", lambda: distribute(BOOK, 62_000_000, creditors, day("2018-01-08"), company, debtor="enterprise"))
    by_order = distribute(BOOK, 62_000_000, creditors, day("2018-01-08"), company, debtor="enterprise", by_control_order=True)
    assert by_order.shares[1:] == (18_000_000, 9_500_000, 4_140_000)


@pytest.mark.parametrize(("node", "start", "last"), [
    ("plan_objection", "2018-01-08", "2018-01-23"), ("plan_objection", "2018-01-09", "2018-01-24"),
    ("plan_objection", "2018-01-10", "2018-01-25"), ("plan_objection", "2018-01-12", "2018-01-29"),
    ("plan_counter", "2018-01-26", "2018-02-11"),  # 02-10 is a Saturday, Sunday 02-11 a make-up workday
    ("plan_suit", "2018-02-12", "2018-02-27"),
])  # fmt: skip
def test_x4_plan_clocks(node: str, start: str, last: str) -> None:
    assert nodes.due(BOOK, node, day(start), CALENDAR).due == day(last)


def test_x5_auction_with_a_default() -> None:
    on = day("2017-11-01")
    first = auction.auction_limits(BOOK, 41_235_000, on)
    assert first.first_min == 28_864_500  # 412,350.00 × 70 %
    chosen = auction.auction_limits(BOOK, 41_235_000, on, first=30_000_000)
    assert (chosen.deposit_min, chosen.deposit_max, chosen.second_min) == (1_500_000, 6_000_000, 24_000_000)
    round_1 = auction.notice_days(BOOK, day("2017-12-20"), "immovable")
    assert (round_1.announce_by, round_1.notify_by) == (day("2017-11-20"), day("2017-11-17"))
    second = nodes.due(BOOK, "auction.second.within", day("2017-12-21"), CALENDAR)
    assert (second.due, second.warn_on) == (day("2018-01-20"), day("2018-01-19"))
    round_2 = auction.notice_days(BOOK, day("2018-01-18"), "immovable", second=True)
    assert (round_2.announce_by, round_2.notify_by) == (day("2018-01-03"), day("2017-12-31"))
    again = auction.notice_days(BOOK, day("2018-03-15"), "immovable")
    assert (again.announce_by, again.notify_by) == (day("2018-02-13"), day("2018-02-10"))
    # deposit 30,000.00 = costs 800.00 + shortfall 25,000.00 + debt 4,200.00
    used = salemoney.forfeited_deposit(BOOK, 3_000_000, (26_800_000, 24_300_000), day("2018-03-16"), costs=80_000, debt=50_000_000)
    assert (used.costs, used.shortfall, used.debt, used.rest, used.case_total) == (80_000, 2_500_000, 420_000, 0, 27_220_000)
    served = nodes.due(BOOK, "auction_ruling_service", day("2018-03-26"), CALENDAR)
    assert (served.due, served.warn_on) == (day("2018-04-05"), day("2018-04-04"))
    assert nodes.due(BOOK, "auction_handover", day("2018-04-02"), CALENDAR).due == day("2018-04-17")


def test_x6_in_kind() -> None:
    assert nodes.due(BOOK, "sale.after_second.ask_in_kind", day("2018-01-19"), CALENDAR).due == day("2018-01-29")
    assert nodes.due(BOOK, "sale.after_second.announce", day("2018-01-19"), CALENDAR).due == day("2018-02-03")
    assert nodes.due(BOOK, "sale.after_second.announce", day("2018-01-19"), CALENDAR).warn_on == day("2018-02-02")
    claim = Claim(19_000_000, day("2017-05-31"), day("2018-02-26"))
    owed = delay_interest(BOOK, claim)
    assert (owed.double, owed.total_left) == (901_075, 19_901_075)  # 190,000.00 × 0.000175 × 271
    fee = execution_fee(BOOK, 19_000_000, day("2018-02-26")).fen
    assert fee == 275_000
    taken = salemoney.in_kind(BOOK, 24_000_000, salemoney.Claims(owed.total_left, fee=fee), day("2018-02-26"))
    assert (taken.difference, taken.to_debtor, taken.claim_left) == (4_098_925, 3_823_925, 0)
    assert nodes.due(BOOK, "auction_ruling_service", day("2018-02-20"), CALENDAR).due == day("2018-03-02")
    later = delay_interest(BOOK, replace(claim, until=day("2018-02-27")))
    assert later.double == 904_400
    day_after = salemoney.in_kind(BOOK, 24_000_000, salemoney.Claims(later.total_left, fee=fee), day("2018-02-27"))
    assert taken.difference - day_after.difference == 3_325


def test_x7_settlement_breached() -> None:
    stop = (Stop(day("2017-09-15"), day("2017-12-17"), "中止"),)
    running = clock_state(BOOK, "money", day("2017-08-02"), stop, day("2017-12-18"))
    assert (running.due, running.stopped, running.open) == (day("2018-05-07"), 94, False)
    assert clock_state(BOOK, "money", day("2017-08-02"), (), day("2017-12-18")).due == day("2018-02-02")
    debt = Claim(12_000_000, day("2017-03-31"), day("2018-01-10"), (Payment(day("2017-09-30"), 2_000_000), Payment(day("2017-10-31"), 2_000_000)))
    owed = delay_interest(BOOK, debt)
    assert (owed.debt_left, owed.double, owed.total_left) == (8_000_000, 384_300 + 54_250 + 99_400, 8_537_950)
    end, _ = limitation_end(BOOK, day("2018-01-31"), CALENDAR)
    assert (end.nominal, end.due) == (day("2020-01-31"), day("2020-02-03"))


def test_x8_closed_for_want_of_property_and_resumed() -> None:
    assert nodes.due(BOOK, "tnr.min_age", day("2017-08-15"), CALENDAR).due == day("2017-11-15")  # from the day after
    back = nodes.requery_days(BOOK, day("2017-11-20"))
    assert back == tuple(add_months(day("2017-11-20"), 6 * n) for n in range(1, 11)) and back[-1] == day("2022-11-20")
    assert nodes.due(BOOK, "dishonest_delete", day("2018-11-19"), CALENDAR).due == day("2018-11-22")
    debt = Claim(8_650_000, day("2017-06-30"), day("2019-03-20"), (Payment(day("2017-09-30"), 120_000), Payment(day("2019-03-20"), 3_000_000)))
    owed = delay_interest(BOOK, debt)
    assert owed.double_accrued == 139_265 + 800_114  # 92 d on 86,500.00, 536 d on 85,300.00
    assert (owed.debt_left, owed.total_left) == (5_530_000, 6_469_379)


def test_x9_control() -> None:
    assert control.carried_over(BOOK, "immovable", day("2016-02-29"), day("2017-08-02"), 36).ends_on == day("2019-02-27")
    assert nodes.due(BOOK, "control.renewal.preservation_application_lead", day("2019-02-27"), CALENDAR).due == day("2019-02-20")
    assert control.waiting_end(BOOK, "movable", day("2017-09-01"), day("2018-03-10")).ends_on == day("2020-03-09")
    assert add_days(add_months(day("2017-09-01"), 24), -1) == day("2019-08-31")
    old_end = control.control_end(BOOK, "bank_deposit", day("2017-08-15")).ends_on
    assert old_end == day("2018-08-14")
    assert control.renewal_end(BOOK, "bank_deposit", old_end, day("2018-08-14")).ends_on == day("2019-08-14")
    refused("control.lapsed", lambda: control.renewal_end(BOOK, "bank_deposit", old_end, day("2018-08-15")))


def test_x10_outsider_and_due_debt() -> None:
    assert nodes.due(BOOK, "objection.third_party.decide", day("2017-10-09"), CALENDAR).due == day("2017-10-24")
    suit = nodes.due(BOOK, "objection.third_party.suit", day("2017-10-25"), CALENDAR).due
    assert suit == day("2017-11-09")
    assert nodes.due(BOOK, "objection.release_after_no_suit", suit, CALENDAR).due == day("2017-11-16")
    asked = nodes.due(BOOK, "due_debt_perform", day("2017-09-18"), CALENDAR)
    assert (asked.nominal, asked.due) == (day("2017-10-03"), day("2017-10-09"))


def test_x11_listing() -> None:
    listed = dishonest.listing_term(BOOK, ("2", "4"), day("2017-09-05"), extension=12)
    assert (listed.months, listed.ends_on) == (36, day("2020-09-04"))
    assert period_end(day("2020-09-04"), 3, "workday", CALENDAR).due == day("2020-09-09")
    assert nodes.due(BOOK, "dishonest_delete", day("2018-06-20"), CALENDAR).due == day("2018-06-25")
    assert nodes.due(BOOK, "dishonest.relist_bar", day("2018-01-31"), CALENDAR).sheet.result.endswith("2018年8月1日起")


def test_x12_detention() -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)

    end = sanctions.detention_end(BOOK, at("2017-09-12 17:20"), 10, taken_at=at("2017-09-12 09:40"))
    assert (end.ends_on, end.family_by) == (day("2017-09-22"), at("2017-09-13 09:40"))
    leave = [sanctions.Leave(at("2017-09-15 08:00"), at("2017-09-16 08:00"))]
    assert sanctions.detention_end(BOOK, at("2017-09-12 17:20"), 10, leave=leave).ends_on == day("2017-09-23")
    assert nodes.due(BOOK, "fine_detention_reconsider", day("2017-09-12"), CALENDAR).due == day("2017-09-15")
    summons = at("2017-09-11 14:20")
    assert sanctions.summons_clock(BOOK, summons, summons).until == at("2017-09-11 22:20")
    assert sanctions.summons_clock(BOOK, summons, summons, complicated=True).until == at("2017-09-12 14:20")


SALE = (
    Stop(day("2017-11-20"), day("2017-12-20"), "评估"), Stop(day("2018-01-12"), day("2018-02-27"), "拍卖"),
    Stop(day("2018-03-14"), day("2018-03-30"), "拍卖"),
)  # fmt: skip


def test_x13_closing_clock_with_a_sale() -> None:
    filed = day("2017-10-16")

    def seen(stops: tuple[Stop, ...], on: str, clock: str = "money") -> tuple[object, ...]:
        state = clock_state(BOOK, clock, filed, stops, day(on))
        return state.due, state.stopped, state.words

    assert seen((), "2017-10-16")[0] == day("2018-04-16")
    assert seen(SALE[:1], "2017-12-20")[:2] == (day("2018-05-17"), 31)
    running = (SALE[0], Stop(day("2018-01-12"), None, "拍卖"))
    assert seen(running, "2018-01-20") == (day("2018-05-26"), 31 + 9, "停走，剩126日")
    assert seen(running, "2018-01-12")[2] == "停走，剩126日"
    assert seen(SALE[:2], "2018-02-27")[:2] == (day("2018-07-03"), 31 + 47)
    assert seen(SALE, "2018-03-30")[:2] == (day("2018-07-20"), 31 + 47 + 17)
    assert Span(day("2018-02-28"), day("2018-03-13")).days == 14  # between the rounds the days run
    for stops, on in ((SALE[:1], "2017-12-20"), (running, "2018-01-20"), (SALE, "2018-03-30")):
        assert seen(stops, on, "upper_court")[0] == day("2018-05-17")


def test_x14_cash() -> None:
    assert nodes.due(BOOK, "payment_distribution", day("2017-11-20"), CALENDAR).due == day("2017-12-20")
    paid = Claim(10_000_000, day("2017-06-30"), day("2017-11-20"), (Payment(day("2017-11-16"), 1_200_000),))
    wrong = replace(paid, payments=(Payment(day("2017-11-20"), 1_200_000),))
    assert delay_interest(BOOK, wrong).double > delay_interest(BOOK, paid).double  # interest stops on the slip's day
