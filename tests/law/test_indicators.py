"""Indicators; the golden set D-G of the obligations exactly, and small sets for the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

import pytest

from execdesk.law import indicators as i
from execdesk.law import workindicators as w
from execdesk.law.figures import ratio_text
from execdesk.law.indicators import IndicatorCase, Period
from tests.law.rules import BOOK, CALENDAR, Unpublished, day

FULL, THIS = "执行完毕", "终结本次执行程序"


def row(
    name: str, kind: str, filed: str, closed: str, mode: str, claim: int, paid: int, has: bool, off: int = 0
) -> IndicatorCase:
    return IndicatorCase(name, kind, day(filed), day(closed) if closed else None, mode, claim * 100, paid * 100, has, off)


GOLDEN = [
    row("执1", "执", "2017-08-01", "2017-09-05", FULL, 50_000, 50_000, True),
    row("执2", "执", "2017-08-02", "2018-02-02", FULL, 120_000, 120_000, True),
    row("执3", "执", "2017-08-07", "2018-02-08", FULL, 30_000, 30_000, True),
    row("执4", "执", "2017-08-10", "2018-03-10", FULL, 80_000, 80_000, True, 40),
    row("执5", "执", "2017-08-15", "2017-11-20", THIS, 86_500, 1_200, False),
    row("执6", "执", "2017-08-15", "2017-12-01", THIS, 210_000, 0, False),
    row("执7", "执", "2017-09-01", "2017-10-01", "终结执行", 15_000, 0, False),
    row("执8", "执", "2017-09-01", "", "", 64_000, 10_000, True),
    row("执9", "执", "2018-03-01", "2018-03-20", "销案", 9_000, 0, False),
    row("执恢1", "执恢", "2018-02-01", "2018-03-15", FULL, 40_000, 40_000, True),
    row("执保1", "执保", "2018-01-05", "2018-01-12", FULL, 300_000, 300_000, True),
]
PERIOD = Period(day("2017-08-01"), day("2018-03-31"))
DUE = [
    "2018-02-01",
    "2018-02-02",
    "2018-02-07",
    "2018-03-22",
    "2018-02-15",
    "2018-02-15",
    "2018-03-01",
    "2018-03-01",
    "2018-09-01",
]
IN_TIME = [True, True, False, True, True, True, True, False, True]


@pytest.mark.parametrize(("number", "due", "in_time"), list(zip(range(9), DUE, IN_TIME, strict=True)))
def test_golden_due_days(number: int, due: str, in_time: bool) -> None:
    assert i.due_on(BOOK, GOLDEN[number]) == day(due)
    assert i.in_time(BOOK, GOLDEN[number]) == in_time


def test_golden_set() -> None:
    d01 = i.closing_rate(GOLDEN, PERIOD)
    assert (d01.value, d01.text, len(d01.numerator), len(d01.denominator)) == (Fraction(8, 9), "88.89%", 8, 9)
    assert i.closing_rate(GOLDEN, PERIOD, i.WITH_RESUMED).text == "90.00%"
    d08 = i.full_rate(GOLDEN, PERIOD)
    assert (d08.value, d08.text, d08.reading) == (Fraction(4, 8), "50.00%", "含销案")
    assert i.full_rate(GOLDEN, PERIOD, withdrawn=False).value == Fraction(4, 7)
    d10 = i.this_round_rate(GOLDEN, PERIOD)
    assert (d10.value, d10.text) == (Fraction(2, 8), "25.00%")
    closed, whole = i.recovery_rate(GOLDEN, PERIOD), i.recovery_rate(GOLDEN, PERIOD, accepted=True)
    assert (closed.value, closed.text) == (Fraction(281_200, 600_500), "46.83%")
    assert (whole.value, whole.text) == (Fraction(291_200, 664_500), "43.82%")
    assert (closed.reading, whole.reading) == ("结案口径", "受理口径")
    assert [found.money for found in (d08, closed, whole, i.average_days(GOLDEN, PERIOD))] == [False, True, True, False]
    gross, net = i.average_days(GOLDEN, PERIOD), i.average_days(GOLDEN, PERIOD, net=True)
    assert (gross.value, gross.text, net.text) == (Fraction(870, 8), "108.75天", "103.75天")
    assert (gross.reading, net.reading) == ("不扣除", "扣除后")
    assert i.average_days_full(GOLDEN, PERIOD).text == "154.00天"
    assert i.average_days_full(GOLDEN, PERIOD, net=True).text == "144.00天"
    d14 = i.timely_rate(BOOK, GOLDEN, PERIOD)
    assert (d14.value, d14.text) == (Fraction(7, 8), "87.50%")
    d04 = i.timely_actual(BOOK, GOLDEN, PERIOD)
    assert (d04.value, d04.text) == (Fraction(3, 5), "60.00%")
    assert [item.name for item in d04.numerator] == ["执1", "执2", "执4"]
    assert [item.name for item in d04.denominator] == ["执1", "执2", "执3", "执4", "执8"]
    narrow = i.timely_actual(BOOK, GOLDEN, PERIOD, unfinished=False)
    assert (narrow.value, narrow.reading) == (Fraction(3, 4), "应结＝已结")


def test_excluding_a_case_shows_the_change() -> None:
    without = [entry for entry in GOLDEN if entry.name != "执3"]
    assert i.timely_rate(BOOK, without, PERIOD).text == "100.00%"
    assert i.timely_actual(BOOK, without, PERIOD).text == "75.00%"


def test_late_open_only_after_the_due_day() -> None:
    open_case = [row("甲", "执", "2017-09-30", "", "", 1, 0, True)]  # due 2018-03-30
    for last, below in (("2018-03-30", 0), ("2018-03-31", 1)):
        assert len(i.timely_actual(BOOK, open_case, Period(day("2017-01-01"), day(last))).denominator) == below
    closed_later = [replace(open_case[0], closed_on=day("2018-05-01"), mode=FULL)]
    found = i.timely_actual(BOOK, closed_later, PERIOD)
    assert (len(found.numerator), len(found.denominator)) == (0, 1)  # as known at the cut-off it was open and late


def test_extension_and_non_litigation_move_the_due_day() -> None:
    case = row("甲", "执", "2017-08-31", "", "", 1, 0, True)
    assert i.due_on(BOOK, replace(case, extended=3)) == day("2018-05-28")  # from 2018-02-28, as the node counts
    assert i.due_on(BOOK, replace(case, kind="admin_nonlit")) == day("2017-11-30")
    assert not i.in_time(BOOK, case)
    assert i.due_on(BOOK, IndicatorCase("乙", "执", day("2017-08-01"))) == day("2018-02-01")


def test_a_row_with_nothing_entered_counts_nothing() -> None:
    bare = IndicatorCase("乙", "执", day("2017-08-01"), day("2017-08-02"), FULL)
    found = i.recovery_rate([bare, GOLDEN[0]], PERIOD)
    assert not i.timely_actual(BOOK, [bare], PERIOD).denominator  # nor does it say that there was property
    assert [item.amount for item in (*found.numerator, *found.denominator)] == [0, 5_000_000, 0, 5_000_000]


def test_empty_is_no_value() -> None:
    nothing = i.closing_rate([], PERIOD)
    assert (nothing.value, nothing.text) == (None, "—")
    assert ratio_text(Fraction(-1, 8), "%") == "-12.50%"
    assert ratio_text(Fraction(-1, 10**9), "%") == "0.00%"
    assert ratio_text(Fraction(1, 200), "") == "0.01"
    assert ratio_text(Fraction(12345, 100000), "%") == "12.35%"


def test_period_edges() -> None:
    case = row("甲", "执", "2017-08-01", "2018-03-31", FULL, 1, 1, True)
    assert PERIOD.closed(case) and PERIOD.handled(case)
    assert PERIOD.closed(replace(case, closed_on=day("2017-08-01")))
    assert not PERIOD.closed(replace(case, closed_on=day("2018-04-01")))
    assert not PERIOD.handled(replace(case, closed_on=day("2017-07-31"), filed_on=day("2017-01-01")))
    assert not PERIOD.handled(replace(case, filed_on=day("2018-04-01"), closed_on=None))
    assert PERIOD.handled(replace(case, filed_on=day("2018-03-31"), closed_on=None))


def test_2008_readings() -> None:
    rows = [
        replace(GOLDEN[0], manner="自动履行"),
        replace(GOLDEN[1], manner="强制执行"),
        GOLDEN[4],
        replace(GOLDEN[6], manner="和解履行"),
    ]
    rate, paid = i.actual_rate(rows, PERIOD), i.actual_recovery(rows, PERIOD)
    assert rate.value == Fraction(3, 4) and rate.reading == paid.reading == "2008口径"
    assert paid.money and not rate.money
    assert paid.value == Fraction(170_000, 50_000 + 120_000 + 86_500 + 15_000)


def test_overall_rate_both_readings() -> None:
    rows = [
        *GOLDEN,
        row("旧", "执", "2015-03-31", "2017-01-01", FULL, 1, 1, True),
        row("界", "执", "2015-04-01", "", "", 1, 0, True),
        row("末日", "执", "2018-03-31", "", "", 1, 0, True),
    ]
    first = i.overall_rate(rows, day("2018-03-31"))
    assert (first.value, first.reading) == (Fraction(8, 11), "口径甲")
    value, reading = i.overall_rate_sum(i.this_round_rate(GOLDEN, PERIOD), i.timely_actual(BOOK, GOLDEN, PERIOD))
    assert value == Fraction(1, 4) + Fraction(3, 5) and reading.startswith("口径乙")
    nothing = i.closing_rate([], PERIOD)
    assert i.overall_rate_sum(nothing, i.full_rate(GOLDEN, PERIOD))[0] is None
    assert i.overall_rate_sum(i.full_rate(GOLDEN, PERIOD), nothing)[0] is None


def test_per_judge_progress_and_cepej() -> None:
    assert i.per_judge(GOLDEN, PERIOD, ["甲", "乙"]).text == "4.00件"
    rows = [
        row("旧存", "执", "2017-11-30", "2018-01-01", FULL, 1, 1, True),
        row("十二月", "执", "2017-12-31", "2018-03-31", FULL, 1, 1, True),
        row("十一月", "执", "2018-11-30", "", "", 1, 0, True),
        row("次月", "执", "2018-12-01", "", "", 1, 0, True),
        row("上年结", "执", "2017-01-01", "2017-11-30", FULL, 1, 1, True),
        row("十二月一日结", "执", "2017-01-01", "2017-12-01", FULL, 1, 1, True),
        row("四月结", "执", "2018-01-02", "2018-04-01", FULL, 1, 1, True),
    ]
    march = i.progress(rows, 2018, 3)
    assert (len(march.numerator), len(march.denominator)) == (2, 5)
    assert len(i.progress(rows, 2018, 12).numerator) == 3
    assert i.clearance(GOLDEN, Period(day("2017-09-01"), day("2018-03-31"))).value == Fraction(8, 3)
    last_day = row("末日", "执", "2018-03-31", "", "", 1, 0, True)
    assert i.clearance([*GOLDEN, last_day], Period(day("2017-09-01"), day("2018-03-31"))).value == Fraction(8, 4)
    time_needed = i.disposition_time(GOLDEN, PERIOD)
    assert (time_needed.value, time_needed.unit) == (Fraction(365, 8), "天")


def test_checks_and_petitions() -> None:
    rows = [w.CheckRow("甲", True), w.CheckRow("乙", False), w.CheckRow("丙", True)]
    quality = w.quality_rate(rows, "抽查，种子 7")
    assert (quality.text, quality.reading, [item.name for item in quality.numerator]) == (
        "66.67%",
        "抽查，种子 7",
        ["甲", "丙"],
    )
    assert w.quality_rate([]).reading == "全部"
    assert w.petition_rate(rows).id == "D06" and w.petition_rate([]).text == "—"


def test_auction_rates() -> None:
    rounds = [
        w.RoundRow("甲", 10000, None), w.RoundRow("甲", 8000, 10000, day("2018-01-01"), day("2018-02-10")),
        w.RoundRow("乙", 5000, 4000, day("2018-01-01"), None), w.RoundRow("丙", 5000, None),
        w.RoundRow("丁", 1000, 1000, None, day("2018-01-05")),
    ]  # fmt: skip
    sold, failed, premium, took = w.auction_rates(rounds)
    assert (sold.value, failed.value) == (Fraction(3, 4), Fraction(2, 5))
    assert premium.value == Fraction(2000 - 1000, 14000)
    assert took.text == "40.00天"


def test_lapses() -> None:
    rows = [w.IndicatorMeasure("甲", day("2017-08-01"), True), w.IndicatorMeasure("乙", day("2018-03-31"), False),
            w.IndicatorMeasure("丙", day("2018-04-01"), False), w.IndicatorMeasure("丁", day("2017-07-31"), False)]  # fmt: skip
    rate = w.lapse_rate(rows, PERIOD)
    assert (rate.value, [item.name for item in rate.numerator]) == (Fraction(1, 2), ["乙"])


def test_payouts() -> None:
    cut = day("2018-03-31")
    rows = [
        w.ReceiptRow("期满当日", day("2018-01-01"), day("2018-01-31"), 1),
        w.ReceiptRow("迟一日", day("2018-01-01"), day("2018-02-01"), 2),
        w.ReceiptRow("截止日到期", day("2018-03-01"), None, 4),
        w.ReceiptRow("已超期", day("2018-02-28"), None, 8),
        w.ReceiptRow("缓发", day("2018-01-01"), None, 16, delayed=True),
        w.ReceiptRow("截止后发", day("2018-01-01"), day("2018-04-01"), 32),
        w.ReceiptRow("截止后到账", day("2018-04-01"), None, 64),
        w.ReceiptRow("截止日到账当日发", cut, cut, 128),
    ]
    rate, overdue = w.payout_rate(BOOK, rows, cut)
    assert [item.name for item in rate.numerator] == ["期满当日", "截止日到账当日发"]
    assert [item.name for item in rate.denominator] == ["期满当日", "迟一日", "已超期", "截止后发", "截止日到账当日发"]
    assert sum(item.amount for item in overdue) == 8 + 32


HOURS = ((time(8), time(12)), (time(14), time(18)))


def at(text: str) -> datetime:
    """A moment of the court's clock."""
    return (datetime.fromisoformat(text) - timedelta(hours=8)).replace(tzinfo=UTC)


def test_working_time() -> None:
    def hours(begin: str, end: str) -> float:
        return w.working_time(at(begin), at(end), CALENDAR, HOURS) / timedelta(hours=1)

    assert hours("2018-02-13T09:00", "2018-02-13T15:00") == 4
    assert hours("2018-02-14T17:00", "2018-02-22T09:00") == 2  # over 春节
    assert hours("2018-02-11T07:00", "2018-02-11T19:00") == 8  # a worked Sunday
    assert hours("2018-02-10T07:00", "2018-02-10T19:00") == 0
    assert w.working_time(at("2030-01-04T08:00"), at("2030-01-07T09:00"), Unpublished(), HOURS) == timedelta(hours=9)


def test_approval_hours() -> None:
    rows = [
        w.ApprovalRow("甲", "director", "HQ", at("2018-02-13T08:00"), at("2018-02-13T10:00")),
        w.ApprovalRow("乙", "director", "HQ", at("2018-02-13T08:00"), at("2018-02-13T12:00")),
        w.ApprovalRow("丙", "director", "HL", at("2018-02-13T08:00"), at("2018-02-14T12:00"),
                      ((at("2018-02-13T14:00"), at("2018-02-14T09:00")),)),
    ]  # fmt: skip
    found = w.approval_hours(rows, CALENDAR, HOURS)
    assert found["director", "HQ"][0].text == "3.00小时" and found["director", "HQ"][1].text == "0.00小时"
    net, away = found["director", "HL"]
    assert (net.value, away.value, away.title) == (7, 5, "离线传递用时")


def test_judge_share() -> None:
    shares = w.judge_share({"执行局": (["甲"], ["甲", "乙", "丙"]), "民庭": (["丁", "戊"], ["丁", "戊"])})
    assert [(share.reading, share.text) for share in shares] == [("执行局", "33.33%"), ("民庭", "100.00%")]
