"""What may stand in any text, name, account and free map: each side of each bound, and a sentence for the rest."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from execdesk.law.entries import DEPTH, ENTRIES, KEY, LARGEST
from execdesk.law.fields import Field
from execdesk.law.kinds import LINE, LONG
from execdesk.law.spelling import (
    ACCOUNT,
    clean,
    is_unseen,
    is_utf8,
    require_account,
    require_name,
    says_something,
    text_of,
    visible,
)
from tests.law.rules import refused

HALF = "\ud842"  # of a pair of two


class Deep:
    """A value that cannot be written."""

    def __str__(self) -> str:
        raise RecursionError


def taken(kind: str, value: Any, **more: Any) -> Any:
    return Field("x", "某栏", kind, **more).take(value)


def no(kind: str, value: Any, code: str = "field.value", **more: Any) -> str:
    return refused(code, lambda: taken(kind, value, **more))


def nested(depth: int) -> dict[str, Any]:
    made: Any = "里"
    for _ in range(depth):
        made = {"a": made}
    return made


def test_texts_lose_what_nobody_sees_and_no_more() -> None:
    assert clean(" 甲\u200b乙\u3164 ", 2) == "甲乙" and clean("甲\u2028乙\t丙", 9) == "甲 乙 丙" and clean("甲\r\n乙\t丙", 9, lines=True) == "甲\n乙\t丙"
    assert visible("甲\n乙\t\u202a丙\ufffe") == "甲\n乙\t丙" and visible("林例一") == "林例一"
    assert is_unseen("\uffff") and is_unseen("\U0010ffff")
    assert [is_unseen(sign) for sign in ("\u3164", "\x00", HALF, "\ufffe", "\ufdd0", "\ufdef", "\U0002fffe", "甲", "\ufdf0", "\ufffd")] == [True] * 7 + [False] * 3
    assert is_utf8("甲") and not is_utf8(HALF)
    assert "有 3 个字，最多 2 个" in refused("field.value", lambda: clean("甲乙丙", 2))
    assert "书写方向" in refused("field.value", lambda: clean("甲\u202e乙", 9)) and "残缺" in refused("field.value", lambda: clean(HALF, 9))


def test_names_have_letters_and_no_markup_and_calculate_nothing() -> None:
    assert require_name("林·例一") == "林·例一" and taken("name", "某某公司") == "某某公司"
    for sign in "<>＜＞":
        assert "尖括号" in refused("field.value", lambda sign=sign: require_name(f"甲{sign}"))
    for sign in "=+-@＝＋－＠":
        assert f"「{sign}」开头" in refused("field.value", lambda sign=sign: require_name(f"{sign}甲"))
    assert says_something("·1") and not says_something("——。")
    assert "没有的请留空" in no("name", "——", required=False) and "没有的请留空" not in no("name", "——")
    assert no("name", "\u200b", code="field.missing") and "应为文字" in no("name", 5)
    assert taken("text", "\u200b", required=False) == "", "nothing is seen of it, and nothing need be said"


def test_accounts_are_figures_and_letters_of_a_length() -> None:
    assert require_account(" ６２２８ 4800-1 ") == "62284800-1" and require_account("") == "" and require_account("1" * ACCOUNT) == "1" * ACCOUNT
    assert f"最多 {ACCOUNT} 位" in refused("field.value", lambda: require_account("1" * (ACCOUNT + 1)))
    for wrong in ("12甲", "—", "-", "1_2"):
        assert "数字或字母" in refused("field.value", lambda wrong=wrong: require_account(wrong))


def test_any_value_is_told_in_words() -> None:
    assert text_of(12) == "12" and text_of(2**400 - 1) == str(2**400 - 1) and text_of(True) == "True"
    assert text_of(2**400) == "120 位左右的数" and text_of(Deep()) == "Deep"


@pytest.mark.parametrize("plain", [None, True, 5, LARGEST, -LARGEST, 1.5, Fraction(1, 3), date(2018, 1, 2), ["甲", {"乙": [1]}], nested(DEPTH - 1), ["甲"] * ENTRIES])
def test_a_map_takes_plain_values(plain: Any) -> None:
    assert taken("map", {"a": plain}) == {"a": plain}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"a": LARGEST + 1}, "读不懂"), ({"a": float("inf")}, "读不懂"), ({"a": object()}, "读不懂"), ({5: "甲"}, "栏名应为文字"), ({"k" * (KEY + 1): 1}, "太长|最多"),
        ({"a": HALF}, "残缺"), (nested(DEPTH + 1), "套得太深"), ({"a": ["甲"] * (ENTRIES + 1)}, "套得太深"), ("甲", "一组内容|栏=内容|写作"), (["甲"], "一组内容"),
    ],
)  # fmt: skip
def test_a_map_takes_nothing_else(value: Any, words: str) -> None:
    assert any(word in no("map", value) for word in words.split("|"))


def test_a_tuple_in_a_map_is_a_list() -> None:
    assert taken("map", {"a": (1, "甲")}) == {"a": [1, "甲"]}


def test_the_bounds_of_a_map_are_these() -> None:
    assert (DEPTH, ENTRIES, LARGEST) == (6, 500, 2**63 - 1)
    assert taken("map", {"k" * 200: "一\n二" + "x" * 4997}) == {"k" * 200: "一\n二" + "x" * 4997}
    assert "最多 200" in no("map", {"k" * 201: 1}) and "最多 5,000" in no("map", {"a": "x" * 5001})
    lists: Any = "里"
    for _ in range(5):
        lists = [lists]
    assert taken("map", {"a": lists}) == {"a": lists} and "套得太深" in no("map", {"a": [lists]})


def test_secrets_are_as_they_are_typed() -> None:
    assert taken("secret", "  密 ") == "  密 " and taken("secret", "x" * LONG) == "x" * LONG
    for wrong in (5, "x" * (LONG + 1), HALF):
        assert "能键入的文字" in no("secret", wrong)


def test_a_choice_is_meant_by_its_words_or_as_its_list_spells_it() -> None:
    pairs = (("a", "甲（头一个）"), ("b", "乙"), (None, "无"))
    field = Field("x", "某栏", "choice", options=pairs, spelt=lambda text: {"丙": "b", "丁": None}.get(text))
    assert [field.take(value) for value in ("a", "甲", "甲（头一个）", "乙", "丙")] == ["a", "a", "a", "b", "b"]
    assert "没有「丁」一项" in refused("field.value", lambda: field.take("丁")) and "没有「5」一项" in refused("field.value", lambda: field.take(5))
    assert "没有「戊」一项" in refused("field.value", lambda: Field("x", "某栏", "choice", options=pairs).take("戊"))
    assert len(no("choice", "长" * (LINE + 1))) < LINE


def test_where_nothing_can_be_chosen_it_says_so() -> None:
    assert no("choice", "甲", held=True) == "「某栏」：没有「甲」一项，现在没有可选的。"


def test_the_first_sign_of_equality_parts_name_and_content() -> None:
    assert taken("map", "a=b=c；d＝e=f") == {"a": "b=c", "d": "e=f"}
