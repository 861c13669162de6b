"""Case numbers in every shape of the ledger and of older papers. Source: 法〔2015〕137号; old practice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law.words import CaseNumber, case_number, format_case_number, parse_case_number
from tests.law.rules import refused

READ = [
    ("（2017）琼9027执123号", "（2017）琼9027执123号", 0),
    ("(2017)琼9027执123号", "（2017）琼9027执123号", 0),
    ("（2017）琼9027执123号之一", "（2017）琼9027执123号之一", 0),
    ("（2017）琼9027执123号 之二十一", "（2017）琼9027执123号之二十一", 0),
    ("〔2017〕琼9027执恢349号", "（2017）琼9027执恢349号", 1),
    ("[2017]琼9027执第12号", "（2017）琼9027执12号", 2),
    ("(２０１７)琼９０２７执恢２号", "（2017）琼9027执恢2号", 0),
    ("(2017)琼9027执字第100号", "（2017）琼9027执100号", 2),
    ("(2017)琼9027执恢字第125号", "（2017）琼9027执恢125号", 2),
    ("2017琼9027执007", "（2017）琼9027执7号", 3),
    ("2017年琼9027执保148号", "（2017）琼9027执保148号", 1),
    ("（2017）琼97执复12号", "（2017）琼97执复12号", 0),
    ("（2017）最高法民终12号", "（2017）最高法民终12号", 0),
    ("（2018）琼民终3号", "（2018）琼民终3号", 0),
    ("（2017）京0105民初1号", "（2017）京0105民初1号", 0),
    ("（2014）乐执字第56号", "（2014）乐执字第56号", 0),
    ("（2014）乐民初字第56号", "（2014）乐民初字第56号", 0),
    ("（2014）琼执字第5号", "（2014）琼执字第5号", 0),
    ("（2010）乐执字第56-1号", "（2010）乐执字第56-1号", 0),
    ("（2010）乐执字第56—2号", "（2010）乐执字第56-2号", 1),
]


@pytest.mark.parametrize(("text", "printed", "notes"), READ)
def test_read(text: str, printed: str, notes: int) -> None:
    parsed = parse_case_number(text)
    assert parsed.number is not None and not parsed.problems
    assert parsed.number == parsed.proposal
    assert format_case_number(parsed.number) == printed
    assert len(parsed.notes) == notes
    assert case_number(text) == parsed.number


ASK = [
    ("琼9027执143", "缺少年份", "（2017）琼9027执143号"),
    ("（2017）执12号", "缺少规范的法院代字", "（2017）琼9027执12号"),
    ("（2017）乐执123号", "缺少规范的法院代字", "（2017）琼9027执123号"),
    ("执12号", "缺少年份", "（2017）琼9027执12号"),
    ("（1099）琼9027执1号", "年份不合理", "（1099）琼9027执1号"),
    ("（1948）琼9027执1号", "年份不合理", "（1948）琼9027执1号"),
    ("（2100）琼9027执1号", "年份不合理", "（2100）琼9027执1号"),
    ("（2017）琼9027执123-1号", "可能是文书后缀「之一」", "（2017）琼9027执123号之一"),
    ("（2017）琼9027执字第123-1号", "可能是文书后缀「之一」", "（2017）琼9027执123号之一"),
    ("（2017）琼9027执123号-2", "可能是文书后缀「之二」", "（2017）琼9027执123号之二"),
    ("（2017）琼9027执123号之一百", "之九十九", "（2017）琼9027执123号"),
    ("（2017）琼9027执123号-0", "后缀不能为零", "（2017）琼9027执123号"),
]


@pytest.mark.parametrize(("text", "asks", "proposal"), ASK)
def test_ask(text: str, asks: str, proposal: str) -> None:
    parsed = parse_case_number(text, home="琼9027", year=2017)
    assert parsed.number is None
    assert asks in "".join(parsed.problems)
    assert parsed.proposal is not None and format_case_number(parsed.proposal) == proposal
    refused("words.case_number", lambda: case_number(text))


@pytest.mark.parametrize(
    "text", ["", "张三", "乐法〔2017〕33号", "（2017）琼9027执号", "（2017）琼9027执0号", "123", "琼9027执143"]
)
def test_no_proposal(text: str) -> None:
    parsed = parse_case_number(text)
    assert parsed.number is None and parsed.proposal is None and parsed.problems


def test_year_edges_and_bare() -> None:
    for year in (1949, 2099):
        assert case_number(f"（{year}）琼9027执1号").year == year
    assert case_number("（2017）琼9027执8号之三").bare == CaseNumber(2017, "琼9027", "执", 8)


NEW = st.builds(
    CaseNumber, st.integers(2016, 2099), st.sampled_from(["琼9027", "琼97", "京0105", "最高法", "琼"]),
    st.sampled_from(["执", "执恢", "执保", "执异", "执监", "司惩", "民初", "行审"]), st.integers(1, 99999),
    st.one_of(st.none(), st.integers(1, 99)),
)  # fmt: skip
OLD = st.builds(
    CaseNumber, st.integers(1990, 2015), st.sampled_from(["乐", "琼", "海"]), st.sampled_from(["执", "民初", "行执", "刑初"]),
    st.integers(1, 9999), st.one_of(st.none(), st.integers(1, 99)), st.just(True),
)  # fmt: skip


@given(st.one_of(NEW, OLD))
def test_there_and_back(number: CaseNumber) -> None:
    assert parse_case_number(format_case_number(number)).number == number


@given(st.text(max_size=30))
def test_never_raises(text: str) -> None:
    parsed = parse_case_number(text, home="琼9027", year=2017)
    assert (parsed.number is None) == bool(parsed.problems)
