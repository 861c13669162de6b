"""Numbers, dates, amounts and articles in words. Sources: 支付结算办法 附一 for capitals; rulings for the rest."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law import words
from execdesk.law.numerals import count_in_words, digits_in_words
from execdesk.law.textcalculators import number_words
from tests.law.rules import day, refused

CAPITALS = [
    (140950, "人民币壹仟肆佰零玖元伍角"),  # 附一 例
    (600714, "人民币陆仟零柒元壹角肆分"),  # 附一 例
    (168032, "人民币壹仟陆佰捌拾元零叁角贰分"),  # 附一 例
    (10700053, "人民币壹拾万柒仟元零伍角叁分"),  # 附一 例
    (1640902, "人民币壹万陆仟肆佰零玖元零贰分"),  # 附一 例
    (32504, "人民币叁佰贰拾伍元零肆分"),  # 附一 例
    (1000000001, "人民币壹仟万元零壹分"),  # E1
    (12345678, "人民币壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),  # layout.md
    (0, "人民币零元整"),
    (1, "人民币壹分"),
    (10, "人民币壹角"),
    (100, "人民币壹元整"),
    (101, "人民币壹元零壹分"),
    (110, "人民币壹元壹角"),
    (1010, "人民币壹拾元零壹角"),
    (10000500, "人民币壹拾万零伍元整"),
    (10050000, "人民币壹拾万零伍佰元整"),
    (1100000, "人民币壹万壹仟元整"),
    (10000000000, "人民币壹亿元整"),
    (10000000100, "人民币壹亿零壹元整"),
    (10000500000, "人民币壹亿零伍仟元整"),
    (10000050000, "人民币壹亿零伍佰元整"),
    (100100000000, "人民币壹拾亿零壹佰万元整"),
    (12000000000000, "人民币壹仟贰佰亿元整"),
    (500000000, "人民币伍佰万元整"),
    (10010000000, "人民币壹亿零壹拾万元整"),
    (20000002000000, "人民币贰仟亿零贰万元整"),
    (99999999999999, "人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]


@pytest.mark.parametrize(("fen", "text"), CAPITALS)
def test_capitals(fen: int, text: str) -> None:
    assert words.amount_in_words(fen) == text
    assert words.parse_amount_words(text) == fen


@pytest.mark.parametrize("fen", [-1, 10**14])
def test_capitals_out_of_range(fen: int) -> None:
    refused("words.amount", lambda: words.amount_in_words(fen))


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("人民币壹仟陆佰捌拾元叁角贰分", 168032),  # 附一: the 零 may be left out
        ("人民币壹拾万零柒仟元伍角叁分", 10700053),  # 附一: the other place for it
        ("人民币叁万圆正", 3000000),
        ("拾万元", 10000000),
        ("一百二十元", 12000),
        ("两千万元", 2000000000),
        ("伍角整", 50),
        ("零元", 0),
        ("貳萬元", 2000000),
    ],
)
def test_capitals_read_generously(text: str, fen: int) -> None:
    assert words.parse_amount_words(text) == fen


@pytest.mark.parametrize(
    "text", ["", "叁万", "壹万贰", "元", "整", "壹贰元", "万元", "百元", "壹元贰", "玖玖元", "一万亿元", "五万三亿元", "元零柒角伍分"]
)
def test_capitals_that_two_people_read_differently(text: str) -> None:
    refused("words.amount", lambda: words.parse_amount_words(text))


def test_sums_and_numbers_that_only_careless_words_reach() -> None:
    over = refused("words.amount", lambda: words.parse_amount_words("五千五千亿元"))  # 一万亿元 exactly
    assert over.startswith("「五千五千亿元」写法不规范")
    assert refused("words.number", lambda: words.parse_number_words("五千五千")).startswith("「五千五千」不是中文数字序号")
    for text in ("abc", "三5元"):
        assert "」不是金额，" in refused("words.amount", lambda text=text: words.parse_amount(text))


@given(st.integers(0, 10**14 - 1))
def test_capitals_there_and_back(fen: int) -> None:
    assert words.parse_amount_words(words.amount_in_words(fen)) == fen
    assert words.parse_amount(words.amount_in_list(fen)) == fen
    assert words.parse_amount(words.amount_in_ruling(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.56", 123456), ("1234.5", 123450), ("￥12", 1200), ("¥0.01", 1), ("5.8万元", 5800000),
        ("3亿", 30000000000), ("1.23456万", 1234560), ("叁万元整", 3000000), ("三十万", 30000000), ("叁亿", 30000000000), ("１２．５０", 1250), ("0", 0),
        ("人民币100元", 10000), ("1.100", 110), ("1.2345678901万元", -1), ("999999999999.99", 99999999999999),
    ],
)  # fmt: skip
def test_amount_as_typed(text: str, fen: int) -> None:
    if fen < 0:
        assert "小数" in refused("words.amount", lambda: words.parse_amount(text))
    else:
        assert words.parse_amount(text) == fen


@pytest.mark.parametrize("text", ["", "12,34", "1.234", "-5", "abc", "1e5", "三5元", "1000000000000", "壹贰"])
def test_amount_refused(text: str) -> None:
    refused("words.amount", lambda: words.parse_amount(text))


def test_amount_forms() -> None:
    assert words.amount_in_ruling(123456789) == "1234567.89元"
    assert words.amount_in_ruling(5000000) == "50000元"
    assert words.amount_in_ruling(-5) == "-0.05元"
    assert words.amount_in_list(-123456) == "-1,234.56"
    assert words.amount_in_list(100000) == "1,000.00"
    assert words.amount_in_receipt(12345605) == "人民币壹拾贰万叁仟肆佰伍拾陆元零伍分（¥123456.05）"


NUMBERS = {
    1: "一", 10: "十", 11: "十一", 19: "十九", 20: "二十", 99: "九十九", 100: "一百", 101: "一百零一", 110: "一百一十",
    242: "二百四十二", 487: "四百八十七", 1000: "一千", 1001: "一千零一", 1010: "一千零一十", 9999: "九千九百九十九",
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), NUMBERS.items())
def test_number_words(number: int, text: str) -> None:
    assert words.number_in_words(number) == text
    assert words.parse_number_words(text) == number


@given(st.integers(1, 9999))
def test_numbers_there_and_back(number: int) -> None:
    assert words.parse_number_words(words.number_in_words(number)) == number
    assert words.parse_number_words(str(number)) == number


@pytest.mark.parametrize("number", [0, 10000, -1])
def test_number_out_of_range(number: int) -> None:
    refused("words.number", lambda: words.number_in_words(number))


@pytest.mark.parametrize("text", ["", "二四二", "一万", "0", "10000", "甲", "十百", "零"])
def test_number_words_refused(text: str) -> None:
    refused("words.number", lambda: words.parse_number_words(text))


def test_articles() -> None:
    assert words.article_in_words(242) == "第二百四十二条"
    assert words.article_in_words(111, 1, 6) == "第一百一十一条第一款第六项"
    assert words.article_in_words(15, item=2) == "第十五条第二项"


def test_dates() -> None:
    assert words.date_in_words(day("2017-08-01")) == "二〇一七年八月一日"
    assert words.date_in_words(day("2020-10-20")) == "二〇二〇年十月二十日"
    for zero in "〇○Ｏ零O":
        assert words.parse_date_words(f"二{zero}一七年十二月三十一日") == day("2017-12-31")
    refused("words.date", lambda: words.parse_date_words("二〇一七年二月三十日"))
    refused("words.date", lambda: words.parse_date_words("二〇一七年八月"))
    refused("words.number", lambda: words.parse_date_words("二〇一七年一一月一日"))


@pytest.mark.parametrize(
    "text", ["2017-08-01", "2017.8.1", "2017/8/1", "20170801", "2017年8月1日", "２０１７．８．１", "二〇一七年八月一日"]
)
def test_day_as_typed(text: str) -> None:
    assert words.parse_day(text) == day("2017-08-01")


@pytest.mark.parametrize("text", ["2017-02-30", "2017-13-01", "20170230", "昨天", "2017", "43012"])
def test_day_refused(text: str) -> None:
    refused("words.date", lambda: words.parse_day(text))


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_dates_there_and_back(value: date) -> None:
    assert words.parse_date_words(words.date_in_words(value)) == value
    assert words.parse_day(value.isoformat()) == value


def test_suffixes() -> None:
    assert words.suffix_in_words(1) == "之一"
    assert words.suffix_in_words(99) == "之九十九"
    assert [words.parse_suffix_words(words.suffix_in_words(n)) for n in range(1, 100)] == list(range(1, 100))
    for number in (0, 100):
        refused("words.suffix", lambda number=number: words.suffix_in_words(number))
    refused("words.suffix", lambda: words.parse_suffix_words("一"))
    refused("words.suffix", lambda: words.parse_suffix_words("之一百"))


def test_normalise() -> None:
    assert words.normalise("'（２０１７）\u200b 琼\u00a09027\n") == "(2017)琼9027"


def test_a_count_as_it_is_said() -> None:
    said = {0: "零", 1: "一", 10: "十", 12: "十二", 20: "二十", 101: "一百零一", 10_000: "一万", 100_000: "十万", 20_170_801: "二千零一十七万零八百零一"}
    assert {number: count_in_words(number) for number in said} == said
    assert count_in_words(10**12 - 1).startswith("九千九百九十九亿")
    for number in (-1, 10**12):
        refused("words.number", lambda number=number: count_in_words(number))
    assert digits_in_words("20170801") == "二〇一七〇八〇一"
    refused("words.number", lambda: number_words("1.5"))
