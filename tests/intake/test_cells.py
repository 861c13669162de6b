"""Single cells: what is read, what is asked, what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.fields.cells import Cell, CellDecision, Refused, Value, tidy
from execdesk.fields.dates import Window, read_date, read_date_text
from execdesk.fields.money import read_money, read_money_text
from execdesk.fields.names import by_count, is_organisation, read_names, read_person
from execdesk.fields.numbers import YearHint, read_case_numbers, read_identity, split_identities
from execdesk.intake.formulas import compute
from execdesk.intake.workbook import make_cell
from execdesk.law.words import amount_in_list, format_case_number
from tests.intake.conftest import PEOPLE as BY_ROLE

PEOPLE = BY_ROLE["judge"]


def cell(value: object) -> Cell:
    made = make_cell("A", value)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (42783, date(2017, 2, 17)),
        (42783.0, date(2017, 2, 17)),
        ("42783", date(2017, 2, 17)),
        (20170801, date(2017, 8, 1)),
        ("20170801", date(2017, 8, 1)),
        ("2017.8.1", date(2017, 8, 1)),
        ("2017/8/1", date(2017, 8, 1)),
        ("2017-08-01", date(2017, 8, 1)),
        ("2017年8月1日", date(2017, 8, 1)),
        ("２０１７年８月１日", date(2017, 8, 1)),
        ("2017 年 8 月 1 日", date(2017, 8, 1)),
        ("2017-08-01 00:00:00", date(2017, 8, 1)),
        ("2017–08–01", date(2017, 8, 1)),
        ("2017年8月1日星期二", date(2017, 8, 1)),
        ("2017-08-01（周二）", date(2017, 8, 1)),
        ("'2017-08-01", date(2017, 8, 1)),
        ("\u200b2017-08-01\u00a0", date(2017, 8, 1)),
        ("二〇一七年八月一日", date(2017, 8, 1)),
        ("17.8.1", date(2017, 8, 1)),
        (datetime(2017, 8, 1, 9, 30), date(2017, 8, 1)),
        (date(2017, 8, 1), date(2017, 8, 1)),
        ("2016-02-29", date(2016, 2, 29)),
        ("25/12/2017", date(2017, 12, 25)),
    ],
)
def test_a_day_in_every_form_is_read(value: object, day: date) -> None:
    answer = read_date(cell(value))
    assert isinstance(answer, Value)
    assert answer.value == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2017-02-30", "date.not_exist"),
        ("2017.2.30", "date.not_exist"),
        ("20170231", "date.not_exist"),
        ("2017年13月1日", "date.not_exist"),
        ("2017-02-29", "date.not_exist"),
        ("99/99/99", "date.not_exist"),
        ("17.2.30", "date.not_exist"),
        ("年初", "date.unreadable"),
        ("1", "date.unreadable"),
        ("1917-08-01", "date.out_of_range"),
        ("2117-08-01", "date.out_of_range"),
    ],
)
def test_a_day_that_cannot_be_is_refused(text: str, code: str) -> None:
    answer = read_date_text(text)
    assert isinstance(answer, Refused)
    assert answer.code == code
    assert text in answer.text


def test_two_readings_are_a_question_with_grounds_and_a_proposal() -> None:
    window = Window(date(2014, 1, 1), date(2018, 12, 31), 2017, (("上一行立案日期", date(2017, 3, 4)),))
    answer = read_date_text("3/5/17", window)
    assert isinstance(answer, CellDecision)
    assert [option.value for option in answer.options] == [date(2017, 3, 5), date(2017, 5, 3)]
    assert answer.proposal == "take:2017-03-05"
    assert "相差 1 天" in answer.options[0].ground
    unsure = read_date_text("3/5/17", Window(date(2014, 1, 1), date(2018, 12, 31), 2017))
    assert isinstance(unsure, CellDecision)
    assert unsure.proposal == ""


def test_a_day_without_year_proposes_the_year_of_the_ledger() -> None:
    answer = read_date_text("8月1日", Window(year=2017))
    assert isinstance(answer, CellDecision)
    assert (answer.code, answer.proposal) == ("date.no_year", "take:2017-08-01")


def test_the_other_calendar_of_spreadsheets_is_four_years_apart() -> None:
    answer = read_date(cell(41321), date1904=True)
    assert isinstance(answer, Value)
    assert answer.value == date(2017, 2, 17)


@given(st.dates(date(1980, 1, 1), date(2079, 12, 31)))
def test_every_written_day_is_read_back(day: date) -> None:
    forms = (f"{day}", f"{day:%Y%m%d}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", day)
    for form in forms:
        answer = read_date(cell(form))
        assert isinstance(answer, Value)
        assert answer.value == day


@pytest.mark.parametrize(
    ("value", "fen"),
    [
        (98000, 9_800_000),
        (897479.78, 89_747_978),
        (0, 0),
        (0.1 + 0.2, 30),
        ("8,764.64元", 876_464),
        ("￥812102.47", 81_210_247),
        ("¥5", 500),
        ("人民币500元", 50_000),
        ("34.4万", 34_400_000),
        ("34.4 万元", 34_400_000),
        ("28万", 28_000_000),
        ("叁万元整", 3_000_000),
        ("１２３４．５６", 123_456),
        ("3万5千元", 3_500_000),
        ("1,234,567.89", 123_456_789),
        ("0.5元", 50),
        ("418.48", 41_848),
        ("—", None),
        ("'500", 50_000),
    ],
)
def test_an_amount_in_every_form_is_read(value: object, fen: int | None) -> None:
    answer = read_money(cell(value))
    assert isinstance(answer, Value)
    assert answer.value == fen


@pytest.mark.parametrize(("value", "fen"), [(3, 3_000_000), ("3", 3_000_000), ("3000元", 300_000), ("2.5万", 2_500_000)])
def test_bare_figures_count_in_the_unit_of_the_heading(value: object, fen: int) -> None:
    answer = read_money(cell(value), 10_000)
    assert isinstance(answer, Value)
    assert answer.value == fen


@pytest.mark.parametrize(
    ("value", "code", "keys"),
    [
        ("以判决为准", "money.no_figure", ["unknown"]),
        (-18040.39, "money.negative", ["take:1804039", "unknown"]),
        ("(500)", "money.negative", ["take:50000", "unknown"]),
        ("约5万", "money.words", ["take:5000000", "unknown"]),
        ("本金5万元、利息1万元", "money.words", ["take:5000000", "take:1000000", "unknown"]),
        ("1,23,456", "money.malformed", ["unknown"]),
        ("1.200,50", "money.malformed", ["take:120050", "unknown"]),
        ("￥1,2345.6", "money.malformed", ["unknown"]),
        ("1e5", "money.malformed", ["take:10000000", "unknown"]),
        ("50.000", "money.malformed", ["take:5000000", "take:5000", "unknown"]),
        ("50000+1250", "money.malformed", ["take:5125000", "unknown"]),
        ("一万五", "money.spoken", ["take:1500000", "take:1000500", "unknown"]),
        ("50000-60000", "money.words", ["take:5000000", "take:6000000", "unknown"]),
        ("3万美元", "money.foreign", ["unknown"]),
        ("$300", "money.foreign", ["unknown"]),
        ("10%", "money.words", ["unknown"]),
        ("负500", "money.negative", ["take:50000", "unknown"]),
        ("1亿2千万", "money.words", ["take:10000000000", "take:2000000000", "unknown"]),
    ],
)
def test_an_amount_in_doubt_is_a_question(value: object, code: str, keys: list[str] | None) -> None:
    answer = read_money(cell(value))
    assert isinstance(answer, CellDecision)
    assert answer.code == code
    if keys is not None:
        assert [option.key for option in answer.options] == keys


def test_yuan_in_a_column_of_ten_thousands_is_a_question() -> None:
    for figure in (350_000, 58_000, "58,000.00", 1000):
        answer = read_money(cell(figure), 10_000)
        assert isinstance(answer, CellDecision)
        assert answer.code == "money.unit"
    assert isinstance(read_money(cell(999), 10_000), Value)


def test_less_than_a_fen_is_rounded_and_said() -> None:
    answer = read_money(cell(310.8831))
    assert isinstance(answer, Value)
    assert answer.value == 31_088
    assert [note.code for note in answer.warnings] == ["money.rounded"]
    half = read_money(cell(0.005))
    assert isinstance(half, Value)
    assert half.value == 1


@given(st.integers(0, 10**12))
def test_every_amount_is_read_back(fen: int) -> None:
    for form in (amount_in_list(fen), f"￥{amount_in_list(fen)}", f"{fen // 100}.{fen % 100:02d}元"):
        answer = read_money_text(form)
        assert isinstance(answer, Value)
        assert answer.value == fen


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("韩春 、石国盛", ("韩春", "石国盛")),
        ("容世国，黎玉，张伟春", ("容世国", "黎玉", "张伟春")),
        ("麦明荣\n邢昌", ("麦明荣", "邢昌")),
        ("容金；罗豪", ("容金", "罗豪")),
        ("张 三", ("张三",)),
        ("1.张三 2、李四", ("张三", "李四")),
        ("1、甲某2、乙某", ("甲某", "乙某")),
        ("（1）甲某（2）乐东某某公司", ("甲某", "乐东某某公司")),
        ("①甲某②乙某", ("甲某", "乙某")),
        ("陈和平", ("陈和平",)),
        ("乐东某某和某某有限公司", ("乐东某某和某某有限公司",)),
        ("某某银行乐东支行（虚构、测试）", ("某某银行乐东支行（虚构、测试）",)),
        ("邢秋㛃", ("邢秋㛃",)),
        ("甲\u00a0某\u200b", ("甲某",)),
        ("Acme Trading Co Ltd", ("Acme Trading Co Ltd",)),
        ("甲某、甲某", ("甲某",)),
    ],
)
def test_names_in_one_cell_are_told_apart(text: str, names: tuple[str, ...] | None) -> None:
    answer = read_names(text)
    if names is not None:
        assert isinstance(answer, Value)
        assert answer.value == names


def test_blanks_between_whole_names_are_settled_by_papers_or_asked() -> None:
    answer = read_names("张三丰 李四光")
    assert isinstance(answer, CellDecision)
    assert answer.code == "names.blank"
    settled = by_count(answer, 2)
    assert isinstance(settled, Value)
    assert settled.value == ("张三丰", "李四光")
    assert isinstance(by_count(answer, 3), CellDecision)


@pytest.mark.parametrize(
    ("text", "code", "keys"),
    [
        ("甲某和乙某", "names.and", ["split:甲某、乙某", "joined:甲某和乙某"]),
        ("甲\n某", "names.torn", ["joined:甲某", "split:甲、某"]),
        ("同上", "names.not_name", None),
        ("甲某、12", "names.not_name", None),
        ("=甲某", "names.not_name", None),
        ("无", "names.empty", None),
    ],
)
def test_what_may_be_one_name_or_two_or_none_is_said(text: str, code: str, keys: list[str] | None) -> None:
    answer = read_names(text)
    assert not isinstance(answer, Value)
    assert answer.code == code
    assert keys is None or (isinstance(answer, CellDecision) and [one.key for one in answer.options] == keys)


def test_and_others_is_a_question() -> None:
    answer = read_names("张三等5人")
    assert isinstance(answer, CellDecision)
    assert answer.code == "names.and_others"


def test_a_judge_is_found_whatever_the_blanks_and_asked_for_once_otherwise() -> None:
    found = read_person("法官 丙", PEOPLE)
    assert isinstance(found, Value)
    assert found.value == ("法官丙", "J3")
    asked = read_person("丙法官", PEOPLE)
    assert isinstance(asked, CellDecision)
    assert (asked.code, asked.proposal) == ("person.unmapped", "person:J3")
    both = read_person("法官甲、法官乙", PEOPLE)
    assert isinstance(both, CellDecision)
    assert both.code == "person.several"
    twice = read_person("法官甲", {"法官甲": ["J1", "J9"]})
    assert isinstance(twice, CellDecision)
    assert twice.code == "person.namesake"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(2017)琼9027执1号", "（2017）琼9027执1号"),
        ("(２０１７)琼９０２７执恢２号", "（2017）琼9027执恢2号"),
        ("〔2017〕琼9027执27号", "（2017）琼9027执27号"),
        ("(2017)琼9027执字第3号", "（2017）琼9027执3号"),
        ("（2017） 琼9027 执保 72号\u00a0", "（2017）琼9027执保72号"),
        ("（2014）乐执字第56号", "（2014）乐执字第56号"),
    ],
)
def test_case_numbers_in_every_form_are_read(text: str, number: str) -> None:
    answer = read_case_numbers(text, "琼9027", ())
    assert isinstance(answer, Value)
    assert format_case_number(answer.value.first) == number


def test_a_case_number_without_year_proposes_the_ledgers_year_with_its_ground() -> None:
    hints = (YearHint(2017, "表题写明 2017 年"), YearHint(2017, "本行立案日期为 2017-10-23"))
    answer = read_case_numbers("琼9027执143", "琼9027", hints)
    assert isinstance(answer, CellDecision)
    assert (answer.code, answer.proposal) == ("case_no.no_year", "take:（2017）琼9027执143号")
    assert answer.options[0].ground == "表题写明 2017 年；本行立案日期为 2017-10-23"
    torn = read_case_numbers("琼9027执143", "琼9027", (hints[0], YearHint(2016, "本行立案日期为 2016-12-30")))
    assert isinstance(torn, CellDecision)
    assert (len(torn.options), torn.proposal) == (2, "")


def test_several_case_numbers_in_one_cell_are_a_question() -> None:
    answer = read_case_numbers("（2017）琼9027执505、506号", "琼9027", ())
    assert isinstance(answer, CellDecision)
    assert answer.code == "case_no.several"
    split = answer.options[0].value
    assert split is not None and split.split
    assert [format_case_number(n) for n in (split.first, *split.others)] == ["（2017）琼9027执505号", "（2017）琼9027执506号"]


def test_a_run_of_numbers_is_every_number_of_it() -> None:
    answer = read_case_numbers("（2017）琼9027执18号至20号", "琼9027", ())
    assert isinstance(answer, CellDecision) and answer.options[0].value is not None
    split = answer.options[0].value
    assert [number.seq for number in (split.first, *split.others)] == [18, 19, 20]
    for text in ("（2017）琼9027执20号至18号", "（2017）琼9027执1号至900号", "（2017）琼9027执1号至（2017）琼9027执恢3号"):
        assert isinstance(read_case_numbers(text, "琼9027", ()), Refused)


@pytest.mark.parametrize("text", ["（2017）琼97执5号", "（2017）粤0101执5号"])
def test_another_courts_number_is_refused(text: str) -> None:
    answer = read_case_numbers(text, "琼9027", ())
    assert isinstance(answer, Refused)
    assert answer.code == "case_no.other_court"


@pytest.mark.parametrize("value", [4.69027e17, 460033199105122914, "4.69027E+17", "4.60033199105123e17"])
def test_a_number_the_spreadsheet_has_rounded_is_irrecoverable(value: object) -> None:
    answer = split_identities(cell(value))
    assert isinstance(answer, Refused)
    assert answer.code == "identity.lost"


def test_numbers_of_papers_are_told_apart() -> None:
    text = "'460033199405122991\n４６００３３１９８２０７２７１０１９、46003319810901406x"
    assert split_identities(cell(text)) == ("460033199405122991", "460033198207271019", "46003319810901406x")
    assert split_identities(cell("460033 19940512 2991")) == ("460033199405122991",)
    assert split_identities(cell(460033820727101)) == ("460033820727101",)


def test_papers_are_checked() -> None:
    good = read_identity("469027198001010009", "甲某")
    assert isinstance(good, Value)
    assert good.value.born_on == date(1980, 1, 1)
    wrong = read_identity("469027197502290008", "甲某")
    assert isinstance(wrong, Refused)
    odd = read_identity("91469027MA54T7EQ5T", "某某银行乐东支行（虚构）")
    assert isinstance(odd, Value)
    assert [note.code for note in odd.warnings] == ["identity.body_code"]
    outer = read_identity("91469027MA54T7EQ5U", "某某银行乐东支行（虚构）")
    assert isinstance(outer, Refused)
    both = read_identity("460033199012101364", "周国")
    assert isinstance(both, Value)
    assert both.value.kind == "id18"
    mixed = read_identity("469027198001010009", "乐东某某有限公司")
    assert isinstance(mixed, Value)
    assert "identity.kind" in [note.code for note in mixed.warnings]


@pytest.mark.parametrize(
    ("name", "unit"), [("乐东志家农业开发有限公司", True), ("某某银行乐东支行（虚构）", True), ("林社", False), ("符昌局", False)]
)
def test_units_and_persons_are_told_apart_by_name(name: str, unit: bool) -> None:
    assert is_organisation(name) is unit


def test_formulas_are_computed_only_as_far_as_the_tiny_calculator_goes() -> None:
    values = {(7, "M"): Decimal(98000), (8, "M"): "八万", (9, "M"): Decimal("0.5")}

    def lookup(at: int, column: str) -> Decimal | str | None:
        return values.get((at, column))

    assert compute("=ROUND(MAX(50,M7*0.015),2)", lookup) == Decimal(1470)
    assert compute("=SUM(M7:M9)", lookup) == Decimal("98000.5")
    assert compute("=-(M9+1)*2/4%", lookup) == Decimal(-75)
    assert compute("=MIN(M7,3)-$M$9", lookup) == Decimal("2.5")
    for formula in ("=M8*2", "=IF(M7>1,2,3)", "=cmd|' /C calc'!A0", "=[1]Sheet1!A1", "=1/0", "=ROUND(1)", "=", "=M7M7"):
        assert compute(formula, lookup) is None


def test_tidy_removes_what_cannot_be_seen() -> None:
    assert tidy(" \u200b'甲\u00a0 乙\ufeff \r\n丙 ") == "甲 乙\n丙"
