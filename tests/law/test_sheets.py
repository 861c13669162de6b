"""Sheets as lines: inputs, rules with source and validity, steps, result, 「未经核实」."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from execdesk.law import control, fees
from execdesk.law.lookup import in_force
from execdesk.law.ruletexts import PARTS, RULES, figure_of
from execdesk.law.sheets import rule_line, sheet_lines, validity_text
from execdesk.law.values import DatedValue, Sheet, SheetStep
from tests.law.rules import BOOK, day

ON = day("2017-09-01")


def test_lines_of_a_sheet() -> None:
    lines = sheet_lines(control.control_end(BOOK, "bank_deposit", day("2017-08-15")).sheet)
    assert lines[0] == "控制期限（未经核实）"
    assert lines[1:4] == ["种类：冻结银行存款", "起始日（计入）：2017年8月15日", "期限：12个月"]
    assert lines[4] == "依据："
    assert (
        lines[5].startswith("  冻结存款的最长期限：12个月；民诉法解释 法释〔2015〕5号 第487条")
        and "2015年2月4日起有效" in lines[5]
    )
    assert any("未经核实" in line for line in lines[6:8])
    assert "结果：末日 2018年8月14日" in lines
    assert lines[-1] == "注意：标有「未经核实」的数值未经核实，使用前请对照原文。"


def test_confirmed_sheet_says_nothing_of_doubt() -> None:
    value = DatedValue("detention.max", 15, "day", None, None, "民诉法 第115条", True, name="拘留上限")
    lines = sheet_lines(Sheet("拘留", (), (SheetStep("上限", "", "15日"),), "15日", (value,)))
    assert lines == [
        "拘留",
        "依据：",
        "  拘留上限：15日；民诉法 第115条；不限日期",
        "计算：",
        "  1. 上限 → 15日",
        "结果：15日",
    ]
    assert sheet_lines(Sheet("空", (), (), "无")) == ["空", "计算：", "结果：无"]


def test_validity() -> None:
    value = DatedValue("k", 1, "day", day("2015-02-04"), day("2016-02-03"), "源", True)
    assert validity_text(value) == "2015年2月4日至2016年2月3日有效"
    assert validity_text(replace(value, valid_to=None)) == "2015年2月4日起有效"
    assert validity_text(replace(value, valid_from=None)) == "2016年2月3日前有效"
    assert validity_text(replace(value, valid_from=None, valid_to=None)) == "不限日期"


def test_correction_is_named() -> None:
    value = DatedValue("k", True, "bool", None, None, "源", True, corrected_by="局长某某 2018-02-01 更正", name="某项")
    assert rule_line(value) == "某项：是；源；不限日期（局长某某 2018-02-01 更正）"


def test_names_and_figures() -> None:
    tiers = BOOK.value("fee.preservation.tiers", ON)
    assert figure_of(tiers) == "不超过1000元的30元，超过1000元至100000元的部分×1%，超过100000元的部分×0.5%"
    assert rule_line(DatedValue("nobody.knows", 1, "day", None, None, "源", True)).startswith("nobody.knows：1日；")
    assert figure_of(BOOK.value("daycount.workday_terms", ON)) == "失信信息删除/撤销/更正 三个工作日"
    old = figure_of(BOOK.value("dishonest.circumstances", day("2014-01-01")))
    assert old.startswith("具有履行能力而不履行 + 下列之一；1：以伪造证据")
    assert figure_of(DatedValue("k", None, "day", None, None, "源", True))
    assert figure_of(DatedValue("k", [], "list", None, None, "源", True)) == ""
    assert figure_of(BOOK.value("convention.fee_rounding", ON)) == "四舍五入到分"


def test_every_rule_word_belongs_to_a_value_of_the_book() -> None:
    values = [v.value for key in BOOK.values for v in BOOK.history(key)]
    words = {item for value in values for item in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]) if isinstance(item, str)}
    parts = {key for value in values if isinstance(value, dict) for key in value}
    assert set(RULES) <= words
    assert set(PARTS) <= parts


def test_printed_rules_hold_no_english() -> None:
    """Keys and rule names are the program's; a judge reads Chinese."""
    for key in BOOK.values:
        for value in BOOK.history(key):
            head = rule_line(value)
            assert not re.search(r"[a-z]{3,}|[{}_]", head), head


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("auction.start_price.min_ratio", "70%"), ("auction.deposit.ratio", "5%（占起拍价）、20%（占起拍价）"), ("interest.delay.daily_rate", "0.0175%（每日）"),
        ("fine.unit", "50000元至1000000元"), ("dishonest.term.extension", "12个月至36个月"), ("auction.default_buyer", "保证金不予退还"),
    ],
)
def test_figures_read_as_a_judge_writes_them(key: str, words: str) -> None:
    assert figure_of(BOOK.history(key)[-1]) == words


def test_in_force() -> None:
    assert in_force(BOOK, "control.term.immovable_or_other", day("2015-02-04")) is None
    found = in_force(BOOK, "control.term.immovable_or_other", day("2015-02-03"))
    assert found is not None and found.value == 24
    assert in_force(BOOK, "control.term.immovable_or_other", day("2005-01-01")) == found
    assert in_force(BOOK, "control.term.immovable_or_other", day("2004-12-31")) is None
    assert in_force(BOOK, "convention.fee_rounding", ON) is not None


def test_followed_with_a_pocket_calculator() -> None:
    """Each product printed in a fee sheet is the product of the factors printed beside it."""
    for amount in (1_000_001, 99_999_999, 123_456_789):
        for step in fees.execution_fee(BOOK, amount, ON).sheet.steps:
            found = re.fullmatch(r"([\d,.]+)元 × ([\d.]+)%", step.working)
            if found:
                left = float(found[1].replace(",", "")) * float(found[2]) / 100
                assert abs(left - float(step.result.rstrip("元").replace(",", ""))) < 1e-6
