"""The line breaker: properties over nasty random text, and the grid to the character."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.fonts import FontBook, load_fonts
from reports.page import BODY_SIZE, BODY_WIDTH, PITCH
from reports.typography import CASE, DATE, HALF, LOOSE, NO_END, NO_START, UNITS, Breaker, TextLine
from tests.reports.samples import FONTS, NAMES
from tests.tries import examples

BOOK: FontBook = load_fonts(FONTS)
HANZI = "的一是在人民法院执行裁定被申请存款冻结期限届满前向本院提出书面异议黎族自治县镇村路楼栋单元室" + NAMES
PIECES = st.one_of(
    st.text(HANZI, min_size=1, max_size=12),
    st.sampled_from("，。、；：？！"),
    st.sampled_from(["（", "）", "《", "》", "〈", "〉", "「", "」", "“", "”", "〔", "〕", "……", "——", "·", "￥", "％"]),
    st.sampled_from(["（2017）琼9027执123号", "（2016）琼02民初4567号之十二", "（2018）琼9027执恢9号之一", "2017年8月1日", "2018年12月31日"]),
    st.sampled_from(["1,234,567.89元", "98765.43元", "5.8万元", "30％", "12号", "3日", "88.5㎡", "第3款", "No.7", "a@b.cn"]),
    st.sampled_from(["460033198003050005", "91460000MA5RC00A1X", "6222020000000000000"]),
)



def joined(pieces: list[str]) -> str:
    """A mark stands between two numbers: nobody writes an identity number straight into a date."""
    out = ""
    for piece in pieces:
        out += ("，" if out and out[-1].isascii() and piece[0].isascii() else "") + piece
    return out


TEXTS = st.lists(PIECES, min_size=1, max_size=40).map(joined)


def width_of(char: str) -> float:
    return BOOK.face("body", char).width


def broken(text: str, width: float = BODY_WIDTH) -> list[TextLine]:
    return Breaker(width_of, BODY_SIZE, pitch=PITCH).lines(text, width, 2 * PITCH)


def cuts(lines: list[TextLine]) -> list[int]:
    return [line.start for line in lines[1:]]


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
def test_nothing_is_lost_and_starts_are_true(text: str) -> None:
    lines = broken(text)
    assert "".join(line.text for line in lines) == text
    assert all(text[line.start : line.start + len(line.text)] == line.text for line in lines)


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
def test_no_closing_mark_begins_and_no_opening_mark_ends_a_line(text: str) -> None:
    lines = broken(text)
    runs_of_marks = re.compile(f"[{re.escape(''.join(NO_START | NO_END))}]{{27,}}")
    if runs_of_marks.search(text):
        return  # a line of nothing but marks has no legal place
    assert not any(line.text[0] in NO_START for line in lines[1:])
    assert not any(line.text[-1] in NO_END for line in lines[:-1])


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
def test_numbers_amounts_and_units_stay_whole(text: str) -> None:
    whole = [m.span() for m in re.finditer(r"(?<![0-9A-Za-z])[0-9A-Za-z]+(?:[,.]\d+)*(?![0-9A-Za-z])", text)]
    for cut in cuts(broken(text)):
        assert not any(begin < cut < end for begin, end in whole)
        assert not (text[cut - 1].isdigit() and text[cut] in UNITS)


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
def test_strict_mode_tears_no_case_number_and_no_date(text: str) -> None:
    whole = [m.span() for m in re.finditer(f"{CASE}|{DATE}", text)]
    for cut in cuts(broken(text)):
        assert not any(begin < cut < end for begin, end in whole)


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
def test_no_line_runs_over_the_edge(text: str) -> None:
    for line in broken(text):
        natural = sum(map(width_of, line.text)) * BODY_SIZE
        wide = line.x + natural + line.space * (len(line.text) - 1)
        hang = 0.5 * BODY_SIZE if line.text[-1] in HALF else 0.0  # only the empty half of a mark may
        assert wide <= BODY_WIDTH + hang + 0.3


@settings(max_examples=examples(100), deadline=None)
@given(st.text(HANZI, min_size=80, max_size=300))
def test_hanzi_alone_stand_on_the_grid(text: str) -> None:
    lines = broken(text)
    assert len(lines[0].text) == 26
    assert all(len(line.text) == 28 for line in lines[1:-1])
    assert all(abs(line.space - (PITCH - BODY_SIZE)) < 0.23 for line in lines)


def test_an_identity_number_stays_whole_and_its_line_is_spread_no_wider_than_reads_well() -> None:
    rng = random.Random(7)
    for _ in range(400):
        text = "".join(rng.choice(HANZI) for _ in range(rng.randrange(10, 30))) + "460033198003050005" + "号码住所" * 9
        lines = broken(text)
        assert any("460033198003050005" in line.text for line in lines)
        assert max(line.space for line in lines) <= LOOSE * BODY_SIZE


def test_a_number_longer_than_its_line_is_torn_all_the_same() -> None:
    lines = broken("账号6222020000000000000", 5 * PITCH)
    assert "".join(line.text for line in lines) == "账号6222020000000000000"
    assert all(sum(map(width_of, line.text)) * PITCH <= 5 * PITCH for line in lines)


def test_a_case_number_that_does_not_fit_shares_its_hole_with_the_line_above() -> None:
    text = "于2017年3月20日向被执行人发出执行通知书，" + "责令被执行人立即履行" * 2 + "甲（2016）琼9027民初45678号之一民事判决书确定的义务。"
    lines = broken("尔逊、" + text)
    assert all("号" in line.text for line in lines if "琼" in line.text)
    assert max(line.space for line in lines) <= LOOSE * BODY_SIZE


def test_a_full_line_of_hanzi_is_never_loosened_for_its_neighbour() -> None:
    lines = broken("中" * 26 + "文" * 28 + "字" * 20 + "（2016）琼9027民初45678号之一判决")
    assert [len(line.text) for line in lines[:2]] == [26, 28]


def test_squeezed_mark_at_the_edge() -> None:
    line = broken("一" * 24 + "5日。" + "二" * 30)[0]  # half a cell too long, with the empty half of the mark
    assert line.text.endswith("5日。") and len(line.text) == 27


@pytest.mark.parametrize("text", ["", "一", "，", "\n", "一\n二"])
def test_small_texts(text: str) -> None:
    assert "\n".join(line.text for line in broken(text)) == text


def test_spaces_stay_small_on_random_text() -> None:
    rng = random.Random(221)
    spaces = []
    for _ in range(300):
        text = "".join(rng.choice([rng.choice(HANZI), "，", "（2017）琼9027执123号", "2017年8月1日", "1,234.50元"]) for _ in range(60))
        spaces += [line.space for line in broken(text) if not line.last]
    spaces.sort()
    assert spaces[len(spaces) // 2] < 3.0
    assert spaces[-1] <= LOOSE * BODY_SIZE


def test_a_moment_stays_whole() -> None:
    """2017年8月1日9时05分 is torn neither between day and time nor inside the time, wherever the line ends."""
    for before in range(20, 30):
        lines = broken("文" * before + "2017年8月1日9时05分批准")
        assert any("2017年8月1日9时05分" in line.text for line in lines)


def test_a_long_number_keeps_its_unit() -> None:
    text = "㛃" * 20 + "（2017）琼9027执123号" + "㛃" * 12 + "460033198003050005款"
    assert not any(text[cut - 1].isdigit() and text[cut] in UNITS for cut in cuts(broken(text)))
