"""Figures as a person types them for a correction, and back."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.law.fields import Field
from execdesk.law.shapes import SHAPES, shape_of, shape_with
from execdesk.law.units import UNITS
from execdesk.law.unitvalues import hint_of, read_value, write_value
from tests.law.rules import BOOK, refused

TYPED = [
    ("day", "12", 12), ("day", " 12 ", 12), ("day", "１２", 12), ("month", "0", 0),
    ("CNY", "1,000", 1000), ("CNY", "1,000,000", 1_000_000), ("CNY", '[{"upto": 10, "flat": 1}]', None),
    ("day_before", "60、30、7", [60, 30, 7]), ("day_before", "60 30", [60, 30]), ("day_before", "60,30", [60, 30]),
    ("day_before", "15", 15), ("month_range", "12、36", [12, 36]), ("CNY_range", "50,000、1,000,000", [50_000, 1_000_000]),
    ("CNY_range", "50，500", [50, 500]), ("day", "1 2", None), ("CNY", "1，000", None), ("CNY", "10 00", None), ("year_range", "5 8", [5, 8]),
    ("ratio", "0.70", "0.70"), ("ratio", "70%", "0.7"), ("ratio", "70％", "0.7"), ("ratio", "1", "1"), ("per_day", "0.0175%", "0.000175"),
    ("per_day", "0.000175", "0.000175"), ("ratio_of_start_price", "5%、20%", ["0.05", "0.2"]), ("ratio_of_previous_start", "0.20", "0.20"),
    ("bool", "是", True), ("bool", "有", True), ("bool", "否", False), ("bool", "无", False), ("bool", "true", True), ("bool", "False", False),
    ("date", "2019年8月20日", date(2019, 8, 20)), ("date", "2019-08-20", date(2019, 8, 20)),
    ("rule", "同日；没有该日的取月末", "同日；没有该日的取月末"), ("text", "琼9027", "琼9027"),
    ("list", "甲；乙", ["甲", "乙"]), ("list", "甲\n乙\n", ["甲", "乙"]), ("list", "甲、乙", ["甲、乙"]), ("order", "甲；乙；丙", ["甲", "乙", "丙"]),
    ("map", "执=首次执行；执恢＝恢复执行", {"执": "首次执行", "执恢": "恢复执行"}), ("list", "甲；\n；乙；", ["甲", "乙"]),
    ("level", "president", None), ("day", "", None), ("day", "十二", None), ("day", "-1", None), ("day", "1.5", None), ("bool", "也许", None),
    ("date", "昨天", None), ("month_range", "12", None), ("month_range", "36、12", None), ("ratio", "七成", None),
    ("CNY", "[1", None), ("rule", "", None), ("list", "", None), ("ratio", "0.7、0.8", None),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "text", "value"), TYPED)
def test_what_is_read(unit: str, text: str, value: object) -> None:
    if value is None:
        sentence = refused("law.value", lambda: read_value(unit, text))
        assert sentence == f"「{text.strip()}」不是可用的数值：此项应填{hint_of(unit)}。请改正后再提交。"
    else:
        found = read_value(unit, text)
        assert (found, type(found)) == (value, type(value))


def test_every_figure_of_the_book_can_be_typed_again() -> None:
    for key in BOOK.keys():  # noqa: SIM118 - a method of the book
        for version in BOOK.history(key):
            if version.value is not None and version.unit != "level":
                assert read_value(version.unit, write_value(version.value), version.value) == version.value, key


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "是"), (False, "否"), (12, "12"), ("0.70", "0.70"), ([60, 30], "60、30"), (["0.05", "0.20"], "0.05、0.20"),
        (["甲", "乙"], "甲；乙"), (["甲", "0.20"], "甲；0.20"), ({"执": "首次执行", "执恢": "恢复执行"}, "执=首次执行\n执恢=恢复执行"),
        ([{"upto": 10, "flat": 0}, {"over": 10, "upto": 20, "flat": 3}, {"over": 20, "rate": "0.015"}], ":10:0\n10:20:3\n20:::1.5%"), (date(2019, 8, 20), "2019-08-20"),
    ],
)  # fmt: skip
def test_what_is_written(value: object, text: str) -> None:
    assert write_value(value) == text


def test_hints() -> None:
    assert hint_of("per_day") == "小数或百分数，如 0.70、70%"
    assert hint_of("bool") == "是或否" and hint_of("date") == "日期，如 2018-02-01"
    assert hint_of("year_range") == "从小到大的两个整数，如 3、6" and hint_of("CNY") == "整数（元），如 5000"
    assert hint_of("order") == "每项是一句文字，各项用分号或换行隔开，如「甲类；乙类」"
    assert hint_of("CNY", TIERED) == "每项写作「超过（元）[:至（元）][:每件（元）][:比例]」，各项用分号或换行隔开，如「:10000:50；10000:500000::1.5%；500000:::1%」"
    assert all(hint_of(unit) for unit in UNITS) and hint_of("day") == UNITS["day"].wants


TIERED = [{"upto": 10_000, "flat": 50}, {"over": 10_000, "upto": 500_000, "rate": "0.015"}, {"over": 500_000, "rate": "0.01"}]
SAME = [
    ":10000:50；10000:500000::1.5%；500000:::1%", "0:10000:50\n10,000:500,000::0.015\n500000:::1.0％", "０：１００００：５０；10000:500000: : 1.50%；500000:::0.010",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_tiers_typed_anew_are_the_same(text: str) -> None:
    assert read_value("CNY", text, TIERED) == TIERED


WRONG_TIERS = [
    (":10000:50；1万:::1%", "第 2 项「超过（元）」"), (":10000:50；10000:::七成", "第 2 项「比例」：「七成」不是比例"), (":10000:50；10000:::101%", "第 2 项「比例」"),
    (":10000:50；9999:::1%", "第 2 项「超过（元）」：应为 10000，与前一项相接。"), (":10000:50；:::1%", "第 2 项「超过（元）」：应为 10000"),
    ("1:10000:50", "第 1 项「超过（元）」：第一段从零起"), ("::50", "第 1 项「至（元）」：请填写第一段"), (":10000:50；10000:::1%；20000:::2%", "第 2 项「至（元）」：请填写，只有最后一段"),
    (":10000:50；10000:10000::1%", "第 2 项「至（元）」：10000 应大于 10000"), (":0:50", "第 1 项「至（元）」：0 应大于 0"), (":10000:50:1%", "第 1 项「每件（元）」与「比例」"),
    (":10000", "第 1 项「每件（元）」与「比例」"), (":1:2:3%:4", "第 1 项「:1:2:3%:4」请写作"), ('[{"upto": 10, "flat": 1}]', "第 1 项"), ("；", "「；」不是可用的数值"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG_TIERS)
def test_a_wrong_tier_is_named_by_its_line_and_its_field(text: str, told: str) -> None:
    sentence = refused("law.value", lambda: read_value("CNY", text, TIERED))
    assert told in sentence and f"如「{SAME[0]}」" in sentence and "JSON" not in sentence


def test_a_tier_ends_at_a_million_millions_at_the_most() -> None:
    assert read_value("CNY", ":1000000000000:50", TIERED)[0] == {"upto": 10**12, "flat": 50}
    assert "「至（元）」" in refused("law.value", lambda: read_value("CNY", ":1000000000001:50", TIERED))


def test_the_hint_tells_items_of_several_fields_from_words() -> None:
    assert "每项写作" in hint_of("map", {"甲": "乙"}) and "每项是一句文字" in hint_of("list", ["甲"])


def test_the_last_tier_may_end_and_the_whole_may_be_taken() -> None:
    assert read_value("CNY", ":10000:50；10000:10001::100%", TIERED)[1] == {"over": 10_000, "upto": 10_001, "rate": "1"}


def test_what_has_tiers_or_a_table_keeps_them() -> None:
    assert "请填写" not in refused("law.value", lambda: read_value("CNY", ":10000:50；10000:::1%"))  # one sum stays one sum
    assert "第 1 项「超过（元）」" in refused("law.value", lambda: read_value("CNY", "5000", TIERED))
    assert read_value("rule", "a=甲：一；b=乙", {"a": "甲"}) == {"a": "甲：一", "b": "乙"}
    assert read_value("list", "1=甲", {"1": "乙"}) == {"1": "甲"} and read_value("rule", "a=b") == "a=b"
    assert "第 2 项「名称」：前面已有「执」" in refused("law.value", lambda: read_value("map", "执=甲；执=乙"))
    assert "第 1 项「甲」请写作「名称=内容」" in refused("law.value", lambda: read_value("map", "甲"))
    assert shape_of("day_before", [60, 30]) is None and shape_of("CNY", None) is None


def test_every_shape_reads_its_own_example_and_is_known_by_its_fields() -> None:
    for shape in SHAPES:
        found = shape.read(shape.example)
        assert shape.read("\n".join(shape.lines(found))) == found
        assert shape_with(shape.items.of) is shape and all(isinstance(part, Field) for part in shape.items.of)
    assert [shape.joiner for shape in SHAPES] == ["", "=", ":"]
