"""Figures as a person types them for a correction, and back."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.law.units import UNITS
from execdesk.law.unitvalues import hint_of, read_value, write_value
from tests.law.rules import BOOK, refused

TYPED = [
    ("day", "12", 12), ("day", " 12 ", 12), ("day", "１２", 12), ("month", "0", 0),
    ("CNY", "1,000", 1000), ("CNY", "1,000,000", 1_000_000), ("CNY", '[{"upto": 10, "flat": 1}]', [{"upto": 10, "flat": 1}]),
    ("day_before", "60、30、7", [60, 30, 7]), ("day_before", "60 30", [60, 30]), ("day_before", "60,30", [60, 30]),
    ("day_before", "15", 15), ("month_range", "12、36", [12, 36]), ("CNY_range", "50,000、1,000,000", [50_000, 1_000_000]),
    ("CNY_range", "50，500", [50, 500]), ("day", "1 2", None), ("CNY", "1，000", None), ("CNY", "10 00", None), ("year_range", "5 8", [5, 8]),
    ("ratio", "0.70", "0.70"), ("ratio", "70%", "0.7"), ("ratio", "70％", "0.7"), ("ratio", "1", "1"), ("per_day", "0.0175%", "0.000175"),
    ("per_day", "0.000175", "0.000175"), ("ratio_of_start_price", "5%、20%", ["0.05", "0.2"]), ("ratio_of_previous_start", "0.20", "0.20"),
    ("bool", "是", True), ("bool", "有", True), ("bool", "否", False), ("bool", "无", False), ("bool", "true", True), ("bool", "False", False),
    ("date", "2019年8月20日", date(2019, 8, 20)), ("date", "2019-08-20", date(2019, 8, 20)),
    ("rule", "同日；没有该日的取月末", "同日；没有该日的取月末"), ("rule", '{"a": "b"}', {"a": "b"}), ("text", "琼9027", "琼9027"),
    ("list", "甲；乙", ["甲", "乙"]), ("list", "甲\n乙\n", ["甲", "乙"]), ("list", "甲、乙", ["甲、乙"]), ("order", "甲；乙；丙", ["甲", "乙", "丙"]),
    ("list", '{"1": "甲"}', {"1": "甲"}), ("list", '["甲"]', ["甲"]), ("map", '{"执": "首次执行"}', {"执": "首次执行"}),
    ("level", "president", None), ("day", "", None), ("day", "十二", None), ("day", "-1", None), ("day", "1.5", None), ("bool", "也许", None),
    ("date", "昨天", None), ("month_range", "12", None), ("month_range", "36、12", None), ("ratio", "七成", None), ("map", "甲", None),
    ("CNY", "[1", None), ("rule", "{x", None), ("rule", "", None), ("list", "；", None), ("list", "[1", None), ("ratio", "0.7、0.8", None),
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
                assert read_value(version.unit, write_value(version.value)) == version.value, key


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "是"), (False, "否"), (12, "12"), ("0.70", "0.70"), ([60, 30], "60、30"), (["0.05", "0.20"], "0.05、0.20"),
        (["甲", "乙"], "甲；乙"), (["甲", "0.20"], "甲；0.20"), ({"执": "首次执行"}, '{"执": "首次执行"}'), ([{"flat": 1}], '[{"flat": 1}]'),
        ([{"flat": 1}, "甲"], '[{"flat": 1}, "甲"]'), (date(2019, 8, 20), "2019-08-20"),
    ],
)  # fmt: skip
def test_what_is_written(value: object, text: str) -> None:
    assert write_value(value) == text


def test_hints() -> None:
    assert hint_of("per_day") == "小数或百分数，如 0.70、70%"
    assert hint_of("bool") == "是或否" and hint_of("date") == "日期，如 2018-02-01"
    assert hint_of("year_range") == "从小到大的两个整数，如 3、6" and hint_of("order") == "文字，多项用分号或换行隔开"
    assert all(hint_of(unit) for unit in UNITS) and hint_of("day") == UNITS["day"].wants
