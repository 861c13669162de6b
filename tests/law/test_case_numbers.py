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
    # years as they are found
    ("（二〇一七）琼9027执1号", "（2017）琼9027执1号", 1), ("（二○一四）乐执字第5号", "（2014）乐执字第5号", 1), ("（二零一七）琼9027执1号", "（2017）琼9027执1号", 1),
    ("〖2017〗琼9027执1号", "（2017）琼9027执1号", 1), ("（2017年）琼9027执1号", "（2017）琼9027执1号", 1), ("（2017年度）琼9027执1号", "（2017）琼9027执1号", 1),
    ("【2017】琼9027执1号", "（2017）琼9027执1号", 1), ("「2017」琼9027执1号", "（2017）琼9027执1号", 1), ("《2017》琼9027执1号", "（2017）琼9027执1号", 1),
    ("二〇一七年琼9027执1号", "（2017）琼9027执1号", 1),
    # courts of any short name, and the Supreme Court, whose old numbers name none
    ("（2014）海南一中执字第56号", "（2014）海南一中执字第56号", 0), ("（2010）黔东南民初字第5号", "（2010）黔东南民初字第5号", 0),
    ("（2009）新民民初字第5号", "（2009）新民民初字第5号", 0), ("（2012）琼海法初字第3号", "（2012）琼海法初字第3号", 0),
    ("（2014）民提字第1号", "（2014）民提字第1号", 0), ("（2013）民一终字第5号", "（2013）民一终字第5号", 0), ("（2015）执监字第12号", "（2015）执监字第12号", 0),
    ("（2011）知行字第3号", "（2011）知行字第3号", 0), ("（2007）刑五复字第3号", "（2007）刑五复字第3号", 0),
    # old digits and suffixes as they were given out
    ("（2009）乐执字第0056号", "（2009）乐执字第0056号", 0), ("（2009）乐执字第00012-1号", "（2009）乐执字第00012-1号", 0),
    ("（2014）乐执字第56号之一", "（2014）乐执字第56号之一", 0), ("（2014）乐执字第56之一号", "（2014）乐执字第56号之一", 1), ("（2014）乐执字第56号-2", "（2014）乐执字第56-2号", 1),
    ("（2017）琼9027执56之一号", "（2017）琼9027执56号之一", 1), ("（2017）琼9027执1234567号", "（2017）琼9027执1234567号", 0),
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
    ("（2014）乐执字第56之零号", "不是中文数字序号", "（2014）乐执字第56号"),
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


@pytest.mark.parametrize("text", ["（2017）琼9027执12345678号", "（2017）琼9027执" + "9" * 5000 + "号", "（2009）乐执字第" + "0" * 5000 + "7号"])
def test_a_number_too_large_is_refused_at_once(text: str) -> None:
    parsed = parse_case_number(text, home="琼9027")
    assert parsed.number is None and parsed.proposal is None
    assert len(parsed.problems) == 1 and "编号过大" in parsed.problems[0] and len(parsed.problems[0]) < 80


def test_zeros_before_the_figures_are_kept_up_to_fourteen_in_all() -> None:
    long = "0" * 7 + "1234567"
    assert case_number(f"（2009）乐执字第{long}号").seq == 1_234_567
    assert "编号过大" in parse_case_number(f"（2009）乐执字第0{long}号").problems[0]


def test_an_old_number_without_its_court_is_asked_about() -> None:
    for text in ("（2014）执字第56号", "（2014）民初字第56号", "（2014）执恢字第56号"):
        parsed = parse_case_number(text, home="琼9027")
        assert parsed.number is None and parsed.proposal is None and "法院代字" in parsed.problems[0]


@pytest.mark.parametrize(("text", "court", "kind"), [
    ("（2014）海南一中执字第56号", "海南一中", "执"), ("（2014）乐法执字第56号", "乐法", "执"), ("（2009）新民民初字第5号", "新民", "民初"),
    ("（2014）民提字第1号", "", "民提"), ("（2013）民一终字第5号", "", "民一终"), ("（2011）琼知行终字第3号", "琼", "知行终"),
    ("（2008）乐行非诉执字第1号", "乐", "行非诉执"), ("（2014）琼立一民申字第3号", "琼", "立一民申"), ("（2001）乐经字第3号", "乐", "经"),
    ("（2011）知行字第3号", "", "知行"), ("（2014）海南二中民再终字第3号", "海南二中", "民再终"),
])  # fmt: skip
def test_the_parts_of_an_old_number(text: str, court: str, kind: str) -> None:
    found = case_number(text)
    assert (found.court_code, found.type_code, found.old) == (court, kind, True)


def test_the_case_of_an_old_paper() -> None:
    paper = case_number("（2014）乐执字第056号之二")
    assert (paper.suffix, paper.worded, paper.width, paper.seq) == (2, True, 3, 56)
    assert format_case_number(paper.bare) == "（2014）乐执字第056号"
    assert format_case_number(case_number("（2014）乐执字第056-2号").bare) == "（2014）乐执字第056号"


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
    CaseNumber, st.integers(1990, 2015), st.sampled_from(["乐", "琼", "海", "海南一中", "黔东南"]), st.sampled_from(["执", "民初", "行执", "刑初"]),
    st.integers(1, 9999), st.one_of(st.none(), st.integers(1, 99)), st.just(True), st.sampled_from([0, 5, 6]),
)  # fmt: skip


@given(st.one_of(NEW, OLD))
def test_there_and_back(number: CaseNumber) -> None:
    assert parse_case_number(format_case_number(number)).number == number


@given(st.text(max_size=30))
def test_never_raises(text: str) -> None:
    parsed = parse_case_number(text, home="琼9027", year=2017)
    assert (parsed.number is None) == bool(parsed.problems)
