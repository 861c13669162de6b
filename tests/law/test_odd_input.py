"""Whatever is typed into a calculator gives a right sheet or a sentence, at once; a judge types as he writes."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from execdesk.law.calculators import CALCULATORS
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from tests.law.calculator_samples import TYPED
from tests.law.rules import BOOK, CALENDAR

AUGUST = date(2017, 8, 1)
ODD: dict[str, list[str]] = {
    "day": ["17.8.1", "2017-02-30", "0001-01-01", "9999-12-31", "99999-1-1", "明天", "", "-1", "1800-01-01", "2017-8-1 10:00"],
    "amount": ["-5", "0", "", "9" * 20, "1e5", "0.001", "5万5千", "abc", "1.2.3", "12,34", "999999999999.99"],
    "sum": ["-5", "0", "", "9" * 20, "999999999999.99"], "amount*": ["x", "0", "-1", "1\n0"], "moment*": ["x", "2018-01-18 10:00", "9999-12-31 23:59"],
    "Leave": ["x", "2018-01-03 09:00..2018-01-02 09:00", "9999-12-31 23:58..9999-12-31 23:59"], "Instalment": ["x", "0001-01-01:1", "2050-01-01:5", "2018-01-01:0"],
    "_stop": ["x", "2017-11-20:2017-11-01:评估", "2017-11-20::吃饭", "9999-12-31::评估", "2017-11-20::"],
    "_sanction": ["x", "张某::拘留:10:2017-09-12", "张某:行为:拘留:99:2017-09-12", "张某:行为:罚款（个人）:0:2017-09-12", "张某:行为:拘留:1:1800-01-01"],
    "count": ["0", "-1", "十二", "1.5", "9" * 11, "", "abc", "999999", "9999"],
    "rate": ["6", "六", "-1%", "120%", "", "0%", "99.99%"], "decimal": ["-1", "0", "", "x", "1e9"],
    "Span": ["2018-03-31..2018-03-01", "x..y", "2018-03-01", "0001-01-01..9999-12-31"], "day*": ["x", "2050-01-01"],
    "Payment": ["x", "2018-01-01:-5", "2050-01-01:1", "2010-01-01:5", "2018-01-01:999999999999"], "RateSegment": ["x:y", "2017.8.1：6", "0001-01-01:5%"],
    "Creditor": ["甲", "甲:-5", ":5", "甲:0", "甲:5:9", "甲:30000\n甲:30000"], "many": ["0", "9", "", "一", "1,1,2"],
    "moment": ["2018-01-02", "2018-01-02 25:00", "", "上午9点", "9999-12-31 23:59", "0001-01-01 00:00", "2018-01-029:30"],
    "flag": ["yes", ""], "currency": ["5万", "叁万元整", "2017.8.1", "x" * 50, "美元"], "choice": ["x", ""],
    "text": ["", "-5", "9" * 26, "0", "x" * 500, "９０２７", "closing.money"],
}


def sort_of(field: Field) -> str:
    """A kind, what is made of an entry, or the kind of its only part."""
    if field.makes is None:
        return field.kind
    return f"{field.of[0].kind}*" if len(field.of) == 1 else field.makes.__name__


@pytest.mark.parametrize("name", list(CALCULATORS))
def test_odd_and_absurd_input_gives_a_sheet_or_a_sentence(name: str) -> None:
    began = time.monotonic()
    for field in CALCULATORS[name].fields:
        for typed in ODD[sort_of(field)]:
            try:
                sheet = CALCULATORS[name].run(BOOK, CALENDAR, {**TYPED[name][-1], field.name: typed})
                assert sheet.result, (field.name, typed)
            except Refusal as refusal:
                assert refusal.text.rstrip().endswith(("。", "」")), (field.name, typed, refusal.text)
    assert time.monotonic() - began < 60  # nothing counts for minutes over a slip of the finger


@pytest.mark.parametrize("typed", ["2017.8.1", "20170801", "2017年8月1日", "二〇一七年八月一日", "２０１７－０８－０１", "2017/8/1", " 2017-08-01 ", "二○一七年八月一日"])
def test_days_as_judges_type_them(typed: str) -> None:
    assert Field("f", "栏目", "day").read(typed) == AUGUST


@pytest.mark.parametrize(("typed", "fen"), [
    ("5万", 5_000_000), ("五万", 5_000_000), ("伍拾万", 50_000_000), ("叁万元整", 3_000_000), ("1,234.56", 123_456), ("１２３４．５６", 123_456),
    ("人民币叁万元整", 3_000_000), ("¥300元", 30_000), ("三万五千元", 3_500_000), ("1.5亿", 15_000_000_000),
])  # fmt: skip
def test_amounts_as_judges_type_them(typed: str, fen: int) -> None:
    assert Field("f", "栏目", "amount").read(typed) == fen


@pytest.mark.parametrize("typed", ["2018-01-02 09:30", "2018.1.2 9：30", "2018年1月2日9时30分", "2018-01-02T09:30", "２０１８－１－２ 9:30"])
def test_moments_as_judges_type_them(typed: str) -> None:
    assert Field("f", "栏目", "moment").read(typed) == datetime(2018, 1, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "typed", "words"), [
    ("count", "10000", "过大"), ("currency", "叁万", "不是币种"), ("currency", "3元", "不是币种"), ("moment", "0001-01-01 00:00", "不是时刻"), ("amount", "万", "不是金额"),
])  # fmt: skip
def test_what_cannot_be_meant_is_named(kind: str, typed: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        Field("f", "栏目", kind).read(typed)
    assert Field("f", "栏目", "currency").read("USD") == "USD"


def test_an_amount_and_a_chosen_fee_exclude_each_other() -> None:
    with pytest.raises(Refusal, match="请不填"):
        CALCULATORS["fee"].run(BOOK, CALENDAR, {"amount": "50000", "on": "2018-01-02", "chosen": "100"})


def test_a_number_of_a_later_paper_tells_which() -> None:
    sheet = CALCULATORS["case_number"].run(BOOK, CALENDAR, {"text": "（2017）琼9027执123号之一"})
    assert ("文书序号", "之一") in [(step.label, step.result) for step in sheet.steps]
    assert sheet.basis[0].key == "case.number.format"
