"""The catalogue that command line and window share, and its fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from execdesk.law import fields
from execdesk.law.calculators import CALCULATORS, Calculation, Money, calculator
from execdesk.law.clock import Stop
from execdesk.law.days import Span
from execdesk.law.distribution import Creditor
from execdesk.law.fields import Field
from execdesk.law.interest import Instalment, Payment, RateSegment
from execdesk.law.joined import Sanction
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.sanctions import Leave
from tests.law.rules import BOOK, CALENDAR, day, refused

FILLED = {
    "period": ({"start": "2018-02-05", "length": "10"}, "due", day("2018-02-22")),
    "deadline": ({"node": "closing.money", "start": "2017-08-01"}, "due", day("2018-02-01")),
    "control_end": ({"kind": "冻结银行存款", "start": "2017-08-15"}, "ends_on", day("2018-08-14")),
    "renewal": (
        {"kind": "bank_deposit", "old_end": "2018-08-14", "served_on": "2018-08-01"},
        "ends_on",
        day("2019-08-14"),
    ),
    "fee": ({"amount": "10000", "on": "2017-09-01"}, "fee", Money(5000)),
    "preservation_fee": ({"amount": "10000", "on": "2017-09-01"}, "fee", Money(12000)),
    "interest": ({"debt": "10万元", "period_end": "2017-08-01", "until": "2017-08-31"}, "double", Money(52500)),
    "distribution": ({"pot": "1", "claims": "甲:1\n乙:1", "on": "2018-01-01"}, "rest", Money(0)),
    "auction": ({"appraisal": "100", "on": "2018-01-01"}, "first_min", Money(7000)),
    "auction_notice": ({"starts_on": "2018-06-01", "sort": "动产"}, "announce_by", day("2018-05-17")),
    "application_period": ({"start": "2015-10-03"}, "due", day("2017-10-09")),
    "requery": ({"closed_on": "2017-09-01"}, "days", 10),
    "fine": ({"subject": "unit", "on": "2018-01-01"}, "low", Money(5_000_000)),
    "detention": ({"admitted_at": "2018-01-02 09:30", "days": "15"}, "ends_on", day("2018-01-17")),
    "closing_clock": ({"filed_on": "2017-10-16", "on": "2017-12-20", "stops": "2017-11-20:2017-12-20:评估"}, "due", day("2018-05-17")),
    "exit_end": ({"starts_on": "2018-01-02"}, "ends_on", day("2018-04-01")),
    "auction_second": ({"first": "100", "on": "2018-01-01"}, "second_min", Money(8000)),
    "online_mean": ({"prices": "1\n2", "on": "2018-10-01"}, "mean", Money(150)),
    "bidding_end": ({"starts_at": "2018-01-18 10:00", "ends_at": "2018-01-19 10:00"}, "extensions", 0),
    "in_kind": ({"start": "3", "on": "2018-01-01", "claim": "1"}, "difference", Money(200)),
    "buyer": ({"price": "3", "on": "2018-01-01", "deposit": "1"}, "difference", Money(200)),
    "forfeited_deposit": ({"deposit": "3", "first": "9", "second": "8", "on": "2018-01-01"}, "rest", Money(200)),
    "sanctions_joined": ({"sanctions": "张某:行为:拘留:10:2017-09-12"}, "count", 1),
    "listing": ({"grounds": "4", "decided_on": "2018-01-01"}, "ends_on", day("2019-12-31")),
    "carried_over": ({"kind": "immovable", "start": "2017-03-01", "turned_on": "2017-09-01"}, "ends_on", day("2020-02-29")),
    "waiting_end": ({"kind": "movable", "waiting_since": "2017-09-01", "start": "2018-03-10"}, "ends_on", day("2020-03-09")),
    "closing_ways": ({"on": "2018-01-02"}, "ways", 6),
    "resume": ({"state": "终结本次执行程序", "on": "2018-01-02"}, "type_code", "执恢"),
    "entrusted": ({"appraisal": "10", "on": "2018-01-02"}, "least", Money(800)),
    "sale_price": ({"appraisal": "10.01", "on": "2018-01-02"}, "least", Money(501)),
    "price_usable": ({"decided_on": "2018-09-01", "announced_on": "2019-09-02", "starts_on": "2019-10-01"}, "usable", False),
    "summons_clock": ({"arrived_at": "2018-01-02 09:00", "now": "2018-01-02 16:59:30"}, "minutes_left", 0),
    "amount_words": ({"text": "10,000,000.01"}, "words", "人民币壹仟万元零壹分"),
    "day_words": ({"text": "2017-08-01"}, "words", "二〇一七年八月一日"),
    "case_number": ({"text": "(2017)琼9027执字第100号"}, "text", "（2017）琼9027执100号"),
    "identity": ({"text": "469027198001010009"}, "sex_text", "女"),
}


def test_every_calculator_is_tried() -> None:
    assert set(FILLED) == set(CALCULATORS)


@pytest.mark.parametrize("name", sorted(FILLED))
def test_calculators(name: str) -> None:
    values, figure, expected = FILLED[name]
    found = calculator(name).compute(BOOK, CALENDAR, values)
    value = found.figures[figure]
    assert (len(value) if isinstance(value, tuple) else value) == expected
    assert calculator(name).run(BOOK, CALENDAR, values) == found.sheet
    assert found.sheet.title and found.sheet.result
    assert CALCULATORS[name].title


def test_options_of_the_longer_calculators() -> None:
    done = calculator("interest").compute(BOOK, CALENDAR, {
        "debt": "1000", "period_end": "2018-01-01", "until": "2018-01-31", "paid": "2018-01-11:100；2018-01-21:100",
        "excluded": "2018-01-05..2018-01-06", "rate": "3.65%", "general": "2018-01-21:7.3%", "general_due": "5",
        "general_first": "否", "year_days": "365", "currency": "美元", "cny_rate": "6.5",
    })  # fmt: skip
    assert done.figures["double_left"] == Money(438, "美元") and done.figures["surplus"] == Money(0, "美元")
    assert done.figures["double_left_cny"] == Money(2844)  # 8 d 1000, 10 d 900, 10 d 800: 4.375 × 6.5 = 28.4375
    fine = calculator("fine")
    assert fine.run(BOOK, CALENDAR, {"subject": "单位", "on": "2018-01-01", "amount": "5万元"}).title == "罚款金额"
    refused("fine.range", lambda: fine.run(BOOK, CALENDAR, {"subject": "unit", "on": "2018-01-01", "amount": "1"}))
    second = {"starts_on": "2018-06-01", "sort": "movable", "round": "再次", "announced_on": "2018-05-25"}
    assert calculator("auction_notice").compute(BOOK, CALENDAR, second).figures["notify_by"] == day("2018-05-22")
    refused("calculator.unknown", lambda: calculator("lunch"))


def test_a_case_number_that_lacks_its_court_is_proposed_not_filled_in() -> None:
    for text, ways in (("执1号", ()), ("（2017）执1号", (WayOn("改为「（2017）琼9027执1号」", "set:text=（2017）琼9027执1号"),))):
        with pytest.raises(Refusal) as caught:
            calculator("case_number").run(BOOK, CALENDAR, {"text": text})
        assert (caught.value.code, caught.value.ways) == ("words.case_number", ways)


def test_the_court_code_of_today_is_proposed() -> None:
    known = BOOK.value("case.number.court_code", day("2018-01-02"))
    moved = replace(known, value="琼9099", valid_from=day("2018-01-01"), source="院内通知", corrected_by="局长某某 2018-01-01 更正")
    with pytest.raises(Refusal) as caught:
        calculator("case_number").run(BOOK.corrected([moved]), CALENDAR, {"text": "（2017）执1号"})
    assert caught.value.ways[0].action == "set:text=（2017）琼9099执1号"


def test_a_preservation_without_an_amount() -> None:
    assert calculator("preservation_fee").compute(BOOK, CALENDAR, {"on": "2018-01-02"}).figures["fee"] == Money(3000)


def test_a_day_beyond_the_calendar() -> None:
    refused("calculator.calendar", lambda: calculator("period").run(BOOK, CALENDAR, {"start": "2079-12-30", "length": "9999", "unit": "年"}))
    for typed in ("9999-12-30", "2080-01-01", "1899-12-31"):
        refused("field.value", lambda typed=typed: calculator("period").run(BOOK, CALENDAR, {"start": typed, "length": "5", "unit": "日"}))

    def broken(*_: object) -> Calculation:
        raise ValueError("no day at all")

    with pytest.raises(ValueError, match="no day at all"):  # a mistake of ours is not explained away
        replace(calculator("requery"), rule=broken).run(BOOK, CALENDAR, {"closed_on": "2018-01-01"})


def test_identity_sheet_of_a_passport() -> None:
    found = calculator("identity").compute(BOOK, CALENDAR, {"text": "E12345678"})
    assert (found.figures["born_on"], found.figures["sex_text"]) == (None, "")
    assert [step.label for step in found.sheet.steps] == ["证件种类", "提示"]
    assert Money(123).text == "1.23元"


LISTS = {
    "spans": ("period", "excluded"), "payments": ("interest", "paid"), "segments": ("interest", "general"), "instalments": ("interest", "instalments"),
    "creditors": ("distribution", "claims"), "days": ("application_period", "interrupted"), "amounts": ("online_mean", "prices"),
    "moments": ("bidding_end", "bids"), "leave": ("detention", "leave"), "stops": ("closing_clock", "stops"), "sanctions": ("sanctions_joined", "sanctions"),
    "grounds": ("listing", "grounds"),
}  # fmt: skip


def field_of(kind: str) -> Field:
    """A field of a kind, or the list of a calculator."""
    if kind not in LISTS:
        return Field("x", "某栏", kind)
    entry, name = LISTS[kind]
    return replace(next(field for field in CALCULATORS[entry].fields if field.name == name), label="某栏")


READ = [
    ("day", "2017年8月1日", day("2017-08-01")), ("amount", "叁万元整", 3_000_000), ("count", "１２", 12),
    ("rate", "6%", Fraction(6, 100)), ("rate", "0.06", Fraction(6, 100)), ("rate", "120%", None), ("flag", "否", False), ("flag", "是", True),
    ("decimal", "6.5342", Fraction("6.5342")), ("text", "美元", "美元"),
    ("moment", "2018-01-02 09:30", datetime(2018, 1, 2, 1, 30, tzinfo=UTC)),
    ("moment", "2018年1月2日 00：00", datetime(2018, 1, 1, 16, 0, tzinfo=UTC)),
    ("moment", "2018-01-02T23:59", datetime(2018, 1, 2, 15, 59, tzinfo=UTC)),
    ("spans", "2018-01-01..2018-01-02\n\n2018年2月1日至2018年2月3日",
     (Span(day("2018-01-01"), day("2018-01-02")), Span(day("2018-02-01"), day("2018-02-03")))),
    ("payments", "2018-01-01:1；2018-01-02：2", (Payment(day("2018-01-01"), 100), Payment(day("2018-01-02"), 200))),
    ("segments", "2018-01-01:6%", (RateSegment(day("2018-01-01"), Fraction(6, 100)),)),
    ("creditors", "甲:1\n乙:2:优先第3顺位\n丙:3:优先\n丁:4:2\n戊:5:普通\n己:6",
     (Creditor("甲", 100), Creditor("乙", 200, 3), Creditor("丙", 300, 1), Creditor("丁", 400, 2), Creditor("戊", 500), Creditor("己", 600))),
    ("days", "2018-01-01;2018-01-02", (day("2018-01-01"), day("2018-01-02"))),
    ("grounds", "1、4, 5", ["1", "4", "5"]), ("sum", "1万", 1_000_000),
    ("creditors", "甲:1:::\n乙:2::5\n丙:3:优先:0.05:某判决\n丁:4:002:5：某调解书",
     (Creditor("甲", 100), Creditor("乙", 200, 0, 500), Creditor("丙", 300, 1, 5, "某判决"), Creditor("丁", 400, 2, 500, "某调解书"))),
    ("instalments", "2018-01-31:20000", (Instalment(day("2018-01-31"), 2_000_000),)), ("amounts", "1\n2.5", (100, 250)),
    ("moment", "2018-01-02 09:30:15", datetime(2018, 1, 2, 1, 30, 15, tzinfo=UTC)),
    ("moment", "2018年1月2日9时30分15秒", datetime(2018, 1, 2, 1, 30, 15, tzinfo=UTC)),
    ("moments", "2018-01-02 09:30\n2018-01-02 09:31", (datetime(2018, 1, 2, 1, 30, tzinfo=UTC), datetime(2018, 1, 2, 1, 31, tzinfo=UTC))),
    ("leave", "2018-01-02 09:30..2018-01-03 09:30", (Leave(datetime(2018, 1, 2, 1, 30, tzinfo=UTC), datetime(2018, 1, 3, 1, 30, tzinfo=UTC)),)),
    ("stops", "2018-01-02:2018-01-03:评估\n2018-01-02..2018-01-03:评估\n2018-01-02::评估\n2018-01-02：评估",
     (Stop(day("2018-01-02"), day("2018-01-03"), "评估"), Stop(day("2018-01-02"), day("2018-01-03"), "评估"),
      Stop(day("2018-01-02"), None, "评估"), Stop(day("2018-01-02"), None, "评估"))),
    ("sanctions", "张某:行为:拘留:10日:2017-09-12\n某公司：行为：fine_unit：5万：2017-09-12",
     (Sanction("张某", "行为", "detention", 10, day("2017-09-12")), Sanction("某公司", "行为", "fine_unit", 5_000_000, day("2017-09-12")))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "value"), READ)
def test_fields_read(kind: str, text: str, value: object) -> None:
    field = field_of(kind)
    if value is None:
        refused("field.value", lambda: field.read(text))
    else:
        assert field.read(f" {text} ") == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("count", "1.5"), ("count", "-1"), ("count", "三"), ("rate", "百分之六"), ("rate", "1"), ("rate", "100%"), ("flag", "也许"),
        ("decimal", "6,5"), ("moment", "2018-01-02"), ("moment", "2018-01-02 24:00"), ("moment", "2018-01-02 09:60"),
        ("spans", "2018-01-01"), ("spans", "2018-01-02..2018-01-01"), ("payments", "2018-01-01"), ("payments", "1:2:3"),
        ("segments", "6%"), ("creditors", "甲"), ("creditors", ":5"), ("creditors", "甲:5:头等"), ("creditors", "甲:1:1:1:1:1"), ("creditors", "甲:1:99999"), ("creditors", "甲:1::x"),
        ("instalments", "2018-01-01"), ("instalments", "x:1"), ("amounts", "x"), ("moments", "2018-01-01"), ("leave", "2018-01-01 08:00"),
        ("leave", "2018-01-01 08:00..2018-01-02 08:00..2018-01-03 08:00"), ("stops", "2018-01-01"), ("stops", "2018-01-01:2018-01-02:评估:x"),
        ("sanctions", "张某:行为:罚金:1:2018-01-01"), ("sanctions", "张某:行为:拘留:1"), ("sanctions", ":行为:拘留:1:2018-01-01"), ("sanctions", "张某:行为:拘留:十:2018-01-01"),
        ("moment", "2018-01-02 09:30:60"),
        ("day", "明天"),
    ],
)  # fmt: skip
def test_fields_refuse_and_name_themselves(kind: str, text: str) -> None:
    assert refused("field.value", lambda: field_of(kind).read(text)).startswith("「某栏」：")


def test_defaults_choices_and_unknown_fields() -> None:
    assert Field("x", "某栏", "count", "365").read("") == 365
    assert Field("x", "某栏", "count", required=False).read(" ") is None
    assert field_of("spans").read("") == ()
    refused("field.missing", lambda: Field("x", "某栏", "count").read(""))
    choice = Field("x", "某栏", "choice", options=(("movable", "动产"),))
    assert choice.read("动产") == choice.read("movable") == "movable"
    refused("field.value", lambda: choice.read("船"))
    refused("field.unknown", lambda: fields.read_all((choice,), {"y": "1"}))
    assert fields.read_all((choice,), {"x": "动产"}) == {"x": "movable"}


def test_what_is_left_empty_counts_nothing() -> None:
    taken = calculator("in_kind").compute(BOOK, CALENDAR, {"start": "3", "on": "2018-01-01", "claim": "1"}).figures
    assert (taken["difference"], taken["to_debtor"]) == (Money(200), Money(200))
    bought = calculator("buyer").compute(BOOK, CALENDAR, {"price": "3", "on": "2018-01-01"}).figures
    assert bought["difference"] == Money(300)
    used = calculator("forfeited_deposit").compute(BOOK, CALENDAR, {"deposit": "3", "first": "9", "second": "9", "on": "2018-01-01"}).figures
    assert (used["costs"], used["debt"], used["tied"], used["rest"]) == (Money(0), Money(0), Money(0), Money(300))


def test_a_fee_is_of_an_amount_or_what_the_court_chose() -> None:
    fee = calculator("fee")
    assert fee.compute(BOOK, CALENDAR, {"on": "2018-01-02", "chosen": "100"}).figures["fee"] == Money(10_000)
    refused("fee.chosen", lambda: fee.run(BOOK, CALENDAR, {"amount": "50000", "on": "2018-01-02", "chosen": "100"}))


def test_a_clock_that_never_stopped_asks_for_no_stop() -> None:
    assert calculator("closing_clock").compute(BOOK, CALENDAR, {"filed_on": "2017-10-16", "on": "2018-01-20"}).figures["stopped"] == 0


def test_creditors_of_one_document_share_and_nothing_else_is_taken() -> None:
    given = {"pot": "30000", "claims": "甲:20000\n乙:40000", "on": "2018-01-02", "debtor": "enterprise", "one_document": "是"}
    shares = calculator("distribution").compute(BOOK, CALENDAR, given).figures["shares"]
    assert isinstance(shares, tuple) and [one["share"] for one in shares] == [Money(1_000_000), Money(2_000_000)]
    whole = calculator("distribution").compute(BOOK, CALENDAR, {"pot": "2", "claims": "甲:1", "on": "2018-01-02"})
    assert whole.figures["rest"] == Money(100)
    parts = next(field.of for field in CALCULATORS["distribution"].fields if field.name == "claims")
    assert [words for _key, words in parts[2].pairs] == ["普通", "优先", "优先第2顺位", "优先第3顺位", "优先第4顺位", "优先第5顺位"]
    assert [part.label for part in parts if part.rare] == ["加倍部分", "文书"]


def test_the_old_rates_end_with_the_old_regime() -> None:
    sheet = calculator("interest").run(BOOK, CALENDAR, {"debt": "100000", "period_end": "2014-03-31", "until": "2015-01-02", "benchmark_series": "六个月至一年"})
    rates = [value for label, value in sheet.inputs if label == "同期贷款基准利率"]
    assert len(rates) == 1 and rates[0].startswith("2014年4月1日起")


BESIDE = {
    "period": "length", "closing_clock": "on", "control_end": "months", "carried_over": "months", "waiting_end": "months", "renewal": "served_on first_months",
    "exit_end": "months", "closing_ways": "on", "resume": "on", "fee": "on", "preservation_fee": "on", "interest": "period_end", "distribution": "costs exempt",
    "auction": "on", "auction_second": "on", "entrusted": "on", "sale_price": "on", "price_usable": "starts_on", "in_kind": "on fee", "buyer": "on fee",
    "forfeited_deposit": "on second debt", "fine": "amount", "listing": "extension",
}  # fmt: skip


def test_what_shares_a_line_of_the_form_is_short() -> None:
    assert {entry.id: shared for entry in CALCULATORS.values() if (shared := " ".join(field.name for field in entry.fields if field.beside))} == BESIDE
    for entry in CALCULATORS.values():
        assert not entry.fields[0].beside
        assert {field.kind for field in entry.fields if field.beside} <= {"day", "amount", "count"}


def test_what_is_seldom_wanted_stands_apart() -> None:
    rare = {(entry.id, field.name) for entry in CALCULATORS.values() for field in entry.fields if field.rare}
    assert rare == {("interest", name) for name in ("times", "benchmark_series", "benchmark", "year_days", "currency", "cny_rate")}
