"""What a script or a window gives an action is read and checked by its fields, and refused in words."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from execdesk import rooms
from execdesk.access.forms import require_providers
from execdesk.access.register import ACTIONS, CASE, Action, act_words, action
from execdesk.law.calculation import MONTHS
from execdesk.law.fields import Field
from execdesk.law.kinds import KINDS
from execdesk.law.refusal import Refusal

FIELDS = (
    Field("on", "日期", "day"), Field("fen", "金额", "amount", required=False), Field("count", "件数", "count", required=False),
    Field("days", "日数", "count", required=False, least=1, most="law:detention.max"), Field("ends_on", "到期日", "day", required=False, most="+10y"),
    Field("account", "账号", "account", required=False), Field("parties", "当事人", "group", required=False, of=(
        Field("name", "姓名", "name"), Field("born_on", "出生日期", "day", required=False, most="today"))),
    Field("side", "地位", "choice", required=False, options=(("debtor", "被执行人"), ("third", "第三人"))), Field("reason", "理由", "long", required=False),
)
ACTION = Action("test.action", "试办", FIELDS, lambda: None)
SESSION: Any = SimpleNamespace(day=date(2018, 1, 2), law=SimpleNamespace(value=lambda key, _day: SimpleNamespace(value=15, source="民诉法115")))


def test_values_are_read_by_their_kind() -> None:
    assert ACTION.read({"on": "2017-08-01", "count": "3"}) == {"on": date(2017, 8, 1), "count": 3}
    assert ACTION.read({"on": "2017-08-01", "parties": "甲、乙", "side": "第三人"})["parties"] == ["甲", "乙"]


@pytest.mark.parametrize(("texts", "told"), [
    ({"on": "昨天"}, "「日期」读不懂「昨天」，请填写年-月-日（如 2017-08-01）。"),
    ({"on": "2017-08-01", "count": "几"}, "「件数」读不懂「几」，请填写整数。"),
    ({"count": "1"}, "试办还缺：on。"), ({"on": "2017-08-01", "odd": "1"}, "试办没有「odd」这一项；可填：" + "、".join(f.name for f in FIELDS) + "。"),
])
def test_what_cannot_be_read_is_refused_in_words(texts: dict[str, str], told: str) -> None:
    with pytest.raises(Refusal) as refused:
        ACTION.read(texts)
    assert (refused.value.code, refused.value.text) == ("act.field", told)


@pytest.mark.parametrize(("field", "value", "words"), [
    ("count", 9223372036854775808, "太大"), ("count", 10_000, "过大"), ("count", -1, "过小"), ("days", 0, "过小，不能少于 1"), ("days", 16, "15（民诉法115）"),
    ("days", True, "不是整数"), ("account", "1" * 5000, "最多 40 位"), ("account", "12？", "数字或字母"), ("ends_on", date(2099, 1, 1), "太晚，不能晚于 2028-01-02"),
    ("on", date(2099, 1, 1), "太晚"), ("on", date(1899, 12, 31), "太早"), ("fen", -1, "过小"), ("fen", 10**14 + 1, "过大"), ("side", "judge", "可选：被执行人、第三人"),
    ("parties", [{"name": "甲", "born_on": "5"}], "出生日期"), ("parties", [{"name": "甲", "born_on": 5}], "不是日期"), ("parties", [{"born_on": "1980-01-02"}], "请填写「姓名」"),
    ("parties", [{"name": "甲", "born_on": "2018-01-03"}], "今天"), ("parties", [{"name": "甲", "odd": 1}], "没有「odd」"), ("reason", "好\u202e坏", "书写方向"),
    ("reason", "长" * 5001, "最多 5,000 个"), ("reason", 5, "应为文字"), ("parties", {"name": "甲"}, "应为几项"),
])
def test_absurd_values_are_refused_wherever_they_enter(field: str, value: Any, words: str) -> None:
    with pytest.raises(Refusal, match=re.escape(words)):
        ACTION.take(SESSION, {"on": date(2018, 1, 2), field: value})


def test_values_come_in_their_plain_form() -> None:
    taken = ACTION.take(SESSION, {
        "on": date(2018, 1, 2), "days": 15, "ends_on": date(2028, 1, 2), "account": "６２２８ 4800", "count": None, "reason": " 甲\u200b乙\r\n丙 ",
        "parties": ["甲", {"name": "乙", "born_on": "2018-01-02"}],
    })
    assert taken == {
        "on": date(2018, 1, 2), "days": 15, "ends_on": date(2028, 1, 2), "account": "62284800", "reason": "甲乙\n丙",
        "parties": [{"name": "甲"}, {"name": "乙", "born_on": date(2018, 1, 2)}],
    }


def test_every_action_is_one_declaration() -> None:
    rooms.enter()
    require_providers()
    for one in ACTIONS.values():
        assert {field.kind for field in one.fields} <= KINDS.keys()
        assert all(part.label for field in one.fields for part in (field, *field.of)), one.name
    assert act_words("store.migration") == "升级"


def _odd(_session: object, *, case: str, day: date, reason: str = "") -> None:
    """An action for the test of the register."""


@pytest.mark.parametrize("fields", [
    (CASE, Field("day", "日", "day")), (CASE, Field("day", "日", "day"), Field("reason", "理由")), (CASE, Field("day", "日"), Field("reason", "理由", required=False)),
    (CASE, CASE, Field("day", "日", "day"), Field("reason", "理由", required=False)),
])
def test_fields_that_are_not_the_parameters_are_no_action(fields: tuple[Field, ...]) -> None:
    with pytest.raises(TypeError, match="are not its parameters"):
        action("test.odd", "试", *fields)(_odd)
    assert "test.odd" not in ACTIONS


def test_kinds_write_what_they_read() -> None:
    samples: dict[str, Any] = {"day": date(2018, 1, 2), "amount": 123_456, "count": 3, "flag": True, "many": ["甲", "乙"], "account": "6228", "whole": -1}
    for kind, value in samples.items():
        field = Field("f", "栏目", kind)
        assert KINDS[kind].read(field, KINDS[kind].write(value)) == value, kind
    group = Field("f", "栏目", "group", of=(Field("name", "姓名"), Field("on", "日", "day")))
    told = [{"name": "甲", "on": date(2018, 1, 2)}]
    assert group.take(KINDS["group"].write(told)) == told


AHEAD = {  # days that may lie ahead: from or until when something holds, and what is planned
    "starts_on", "ends_on", "last_day", "revoked_on", "valid_from", "follow_up_on", "effective_on", "basis_effective_on", "until",
}


def test_a_day_on_which_something_happened_is_held_to_today_at_its_field() -> None:
    rooms.enter()
    days = {(one.name, field.name): field.most for one in ACTIONS.values() if not one.name.startswith("test.") for field in one.fields if field.kind == "day"}
    assert len(days) > 20
    assert not [place for place, most in days.items() if most is None and place[1] not in AHEAD]
    assert days["service.record", "served_on"] == days["receipt.book", "received_on"] == days["receipt.book", "paid_on"] == days["case.register", "filed_on"] == "today"


def test_a_term_in_months_is_declared_once() -> None:
    rooms.enter()
    terms = [field for one in ACTIONS.values() for field in one.fields if field.name == "months"]
    assert len(terms) == 2
    assert {(field.label, field.kind, field.least, field.hint) for field in terms} == {(MONTHS.label, MONTHS.kind, MONTHS.least, MONTHS.hint)}
