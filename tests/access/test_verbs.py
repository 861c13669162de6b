"""What a script gives a verb is read by its kind, and refused in words."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.access.actions import _KIND_WORDS, _KINDS, Action, ActionField, Fen, act_words, read_values
from execdesk.law.refusal import Refusal

FIELDS = (ActionField("on", "day", "日期", True), ActionField("fen", "amount", "金额", False), ActionField("count", "number", "件数", False))
VERB = Action("test.verb", "试办", FIELDS, lambda: None)


def test_values_are_read_by_their_kind() -> None:
    assert read_values(VERB, {"on": "2017-08-01", "count": "3"}) == {"on": date(2017, 8, 1), "count": 3}


@pytest.mark.parametrize(("texts", "told"), [
    ({"on": "昨天"}, "「日期」读不懂「昨天」，请填写年-月-日（如 2017-08-01）。"),
    ({"on": "2017-08-01", "count": "几"}, "「件数」读不懂「几」，请填写整数。"),
])
def test_what_cannot_be_read_is_refused_in_words(texts: dict[str, str], told: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_values(VERB, texts)
    assert (refused.value.code, refused.value.text) == ("act.field", told)


def test_every_kind_and_every_act_has_words() -> None:
    assert {*_KINDS.values(), "value"} == _KIND_WORDS.keys()
    assert _KINDS[Fen] == "amount"
    assert act_words("store.migration") == "升级"
