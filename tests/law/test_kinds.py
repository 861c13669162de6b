"""Each kind of field: what it reads, its bounds on both sides, what it writes, and a sentence that names the field for anything else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

from execdesk.law import fields
from execdesk.law.entries import ENTRIES
from execdesk.law.fields import Field, Limits
from execdesk.law.kinds import ACCOUNT, AMOUNT, COUNT, KINDS, LINE, LONG, NAME, clean
from execdesk.law.typed import parse_moment, parse_rate
from tests.law.rules import BOOK, day, refused

PAIRS = (("movable", "动产"), ("immovable", "不动产"))
NINE = datetime(2018, 1, 2, 1, tzinfo=UTC)  # nine o'clock at court


def taken(kind: str, value: Any, **more: Any) -> Any:
    return Field("x", "某栏", kind, **more).take(value)


def no(kind: str, value: Any, code: str = "field.value", **more: Any) -> str:
    said = refused(code, lambda: taken(kind, value, **more))
    assert said.startswith("「某栏」：")
    return said


TAKEN = [
    ("text", " 张三\n李四 ", "张三 李四"), ("text", "张\u200b三", "张三"), ("long", "一\r\n二\r三", "一\n二\n三"), ("long", "甲\t乙", "甲\t乙"), ("text", "甲\t乙", "甲 乙"), ("text", "甲  乙", "甲  乙"), ("secret", " x ", " x "),
    ("row", "A1", "A1"), ("case_number", "(2017)琼9027执1号", "（2017）琼9027执1号"), ("identity", "46902719800101000x".replace("x", "9"), "469027198001010009"),
    ("reference", " xy － 0１\u200b ", "XY-01"), ("account", "６２２８ 4800-1", "62284800-1"), ("day", "2017年8月1日", day("2017-08-01")), ("day", day("1900-01-01"), day("1900-01-01")), ("day", day("2079-12-31"), day("2079-12-31")),
    ("moment", "2018-01-02 09:00", NINE), ("moment", NINE.astimezone(timezone(timedelta(hours=8))), NINE), ("amount", "1.2万", 1_200_000), ("amount", 0, 0), ("amount", AMOUNT, AMOUNT),
    *(("moment", moment, moment) for moment in (datetime(1900, 1, 1, tzinfo=UTC), datetime(2079, 12, 31, 23, 59, tzinfo=UTC))), ("sum", "3", 300), ("sum", 0, 0), ("figure", "一\n二", "一\n二"), ("version", 0, 0), ("version", 2**63 - 1, 2**63 - 1), ("rate", "6%", Fraction(6, 100)), ("decimal", "6.5", Fraction(13, 2)), ("currency", "usd", "usd"), ("count", "1,000", 1000), ("count", COUNT, COUNT),
    ("whole", "-12", -12), ("whole", -COUNT, -COUNT), ("version", "7", 7), ("flag", True, True), ("flag", "是", True), ("flag", "YES", True), ("flag", "1", True), ("flag", "否", False),
    ("flag", "false", False), ("many", "甲、乙，丙\n丁", ["甲", "乙", "丙", "丁"]), ("many", ["甲", 2], ["甲", "2"]), ("map", '{"a": 1}', {"a": 1}), ("map", "a=1；b = 某路1号，2号", {"a": "1", "b": "某路1号，2号"}), ("share", "1.5%", Fraction(3, 200)), ("share", "0.015", Fraction(3, 200)), ("share", "1", Fraction(1)), ("map", {"a": 1}, {"a": 1}), ("choice", "任何", "任何"), ("choice", 5, 5),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "value"), TAKEN)
def test_what_is_taken(kind: str, given: Any, value: Any) -> None:
    assert taken(kind, given) == value


REFUSED = [
    ("text", 5, "应为文字"), ("text", "张\u202e三", "方向"), ("text", "字" * (LINE + 1), f"最多 {LINE} 个"), ("name", "字" * (NAME + 1), f"最多 {NAME} 个"), ("long", "字" * (LONG + 1), "最多 5,000 个"),
    ("case_number", "执1号", "不完整"), ("account", "账号甲", "数字或字母"), ("account", "1" * (ACCOUNT + 1), f"最多 {ACCOUNT} 位"),
    ("day", "明天", "不是日期"), ("day", 5, "不是日期"), ("day", NINE, "不是日期"), ("day", day("1899-12-31"), "太早"), ("day", day("2080-01-01"), "太晚"), ("day", "1" * (LINE + 1), "太长"),
    ("moment", "2018-01-02", "不是时刻"), ("moment", datetime(2018, 1, 2, 9), "不是时刻"), ("moment", 5, "不是时刻"), ("moment", datetime(2080, 1, 1, tzinfo=UTC), "不在 1900 至 2079 年"), ("moment", datetime(1899, 12, 31, tzinfo=UTC), "不在"),
    ("amount", -1, "-0.01 元 过小，不能少于 0.00 元"), ("amount", AMOUNT + 1, "过大，不能多于 1,000,000,000,000.00 元"), ("amount", "1" * (LINE + 1), "太长"), ("amount", True, "不是整数"), ("sum", 1.5, "不是整数"),
    ("rate", 0.06, "不是数字"), ("decimal", "六", "不是数字"), ("currency", "5元", "不是币种"), ("currency", "三元", "不是币种"), ("count", "1.5", "请填整数"), ("count", "1" * 20, "请填整数"), ("count", "1" * 19, "过大"), ("count", -1, "过小"), ("count", COUNT + 1, "过大"),
    ("whole", -COUNT - 1, "过小"), ("version", -1, "过小"), ("version", 2**63, "太大"), ("flag", "也许", "「是」或「否」"), ("flag", 1, "「是」或「否」"), ("many", 5, "应为几项"), ("many", ["甲"] * (ENTRIES + 1), "应为几项"),
    ("map", "x", "读不懂「x」。每栏写作「栏=内容」，各栏用分号隔开，如「bank="), ("map", "=x", "读不懂「=x」"), ("map", [1], "应为各栏的一组内容"), ("map", "[" * 99_999, "每栏写作「栏=内容」"), ("share", "1.1", "不是比例"), ("share", "七成", "不是比例"), ("share", 5, "不是数字"),
]  # fmt: skip


CODES = {
    ("case_number", "执1号"): "case.number", ("day", "明天"): "words.date", ("moment", "2018-01-02"): "words.moment", ("decimal", "六"): "words.decimal",
    ("currency", "5元"): "words.currency", ("currency", "三元"): "words.currency", ("share", "1.1"): "words.share", ("share", "七成"): "words.share",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "said"), REFUSED)
def test_what_is_refused_in_words(kind: str, given: Any, said: str) -> None:
    assert said in no(kind, given, CODES.get((kind, str(given)), "field.value"))


def test_lengths_to_the_last_character() -> None:
    assert taken("text", "字" * LINE) == "字" * LINE and taken("long", "字" * LONG) == "字" * LONG
    assert "太长" not in no("amount", "1" * LINE, "words.amount")
    assert len(taken("many", ["甲"] * ENTRIES)) == ENTRIES
    assert "「" + "字" * 40 + "」一项" in no("choice", "字" * 50, options=PAIRS)
    assert clean("一\n二", 10) == "一 二"
    twenty = tuple((str(n), f"事项{n}") for n in range(20))
    assert "事项0、" in no("choice", "午饭", options=twenty) and "共 20 项" not in no("choice", "午饭", options=twenty)


MOST = [("text", 200), ("row", 200), ("reference", 200), ("name", 120), ("line", 5000), ("long", 5000), ("file", 5000), ("figure", 5000), ("account", 40)]


@pytest.mark.parametrize(("kind", "most"), MOST)
def test_the_longest_of_each_kind(kind: str, most: int) -> None:
    assert taken(kind, "1" * most) == "1" * most
    assert f"最多 {most:,}" in no(kind, "1" * (most + 1))


def test_the_bounds_of_numbers_that_declare_none() -> None:
    assert taken("count", "9999") == 9999 and taken("whole", "-9999") == -9999
    assert "10000 过大，不能多于 9999" in no("count", "10000") and "-10000 过小，不能少于 -9999" in no("whole", "-10000")
    assert taken("amount", "999999999999.99") == 99_999_999_999_999


def test_a_wrong_identity_keeps_the_code_of_its_check() -> None:
    assert "校验码不符" in no("identity", "469027198001010008", "identity.number")
    assert taken("identity", "", required=False) == ""


def test_bounds_say_why() -> None:
    bounds = {"least": day("2018-01-01"), "most": day("2018-01-31"), "least_words": "立案日", "most_words": "今天"}
    assert taken("day", "2018-01-01", **bounds) == day("2018-01-01") and taken("day", "2018-01-31", **bounds) == day("2018-01-31")
    assert "太早，不能早于 2018-01-01（立案日）" in no("day", "2017-12-31", **bounds)
    assert "太晚，不能晚于 2018-01-31（今天）" in no("day", "2018-02-01", **bounds)
    assert taken("count", "1", least=1, most=15) == 1 and taken("count", 15, least=1, most=15) == 15
    assert "16 过大，不能多于 15（某条）" in no("count", "16", least=1, most=15, most_words="某条")
    assert "0 过小，不能少于 1（某条）" in no("count", "0", least=1, least_words="某条")
    assert taken("text", "四个字的", most=4) == "四个字的" and "最多 4 个" in no("text", "五个字的话", most=4)


def test_bounds_are_measured_by_day_and_law() -> None:
    limits = Limits(day("2018-01-02"), lambda key: BOOK.value(key, day("2018-01-02")))
    assert limits.of("today") == (day("2018-01-02"), "今天")
    assert limits.of("+10y") == (day("2028-01-02"), "今天起 10 年") and limits.of("-3y") == (day("2015-01-02"), "今天往前 3 年")
    days = Field("x", "天数", "count", least=1, most="law:detention.max").within(limits)
    assert (days.least, days.most, days.most_words) == (1, 15, BOOK.value("detention.max", day("2018-01-02")).source)
    plain = Field("x", "天数", "count")
    assert plain.within(limits) is plain
    group = Field("x", "几项", "group", of=(Field("on", "日期", "day", most="today"), Field("name", "名称")))
    assert group.within(limits).of == (Field("on", "日期", "day", most=day("2018-01-02"), most_words="今天"), Field("name", "名称"))


def test_choices_are_named_by_key_or_words() -> None:
    assert taken("choice", "movable", options=PAIRS) == "movable" and Field("x", "某栏", "choice", options=PAIRS).read("不动产") == "immovable"
    assert "没有「船」一项，可选：动产、不动产。" in no("choice", "船", options=PAIRS)
    assert taken("many", ["movable"], options=PAIRS) == ["movable"]
    assert "可选：动产、不动产" in no("many", ["船"], options=PAIRS)
    assert "（共 21 项）" in no("choice", "事项1x", options=tuple((str(n), f"事项{n}") for n in range(21)))
    many = tuple((str(n), f"事项{n}") for n in range(30))
    assert "可选：事项1、" in no("choice", "事项1x", options=many) and "（共 30 项）" in no("choice", "事项1x", options=many)  # those alike
    holding = no("choice", "项2", options=many)  # those that hold the words
    assert "事项2、事项20" in holding and "事项3" not in holding
    assert Field("x", "某栏", "count", options=((0, "永久"),)).read("永久") == 0
    assert Field("x", "某栏", "flag", options=((True, "有"), (False, "无"))).read("无") is False


def test_a_field_that_declares_no_more_than_its_name_must_be_filled_and_stands_alone() -> None:
    plain = Field("x", "某栏")
    assert (plain.required, plain.rare, plain.beside, plain.leads) == (True, False, False, False)


def test_nothing_given() -> None:
    for kind in KINDS:
        refused("field.missing", lambda kind=kind: taken(kind, None))
        assert taken(kind, None, required=False) is None
    refused("field.missing", lambda: taken("text", " "))
    assert taken("text", " ", required=False) == "" and taken("day", " ", required=False) is None


WRITTEN = [
    ("day", day("2018-01-02"), "2018-01-02"), ("moment", NINE, "2018-01-02 09:00"), ("moment", NINE.replace(second=5), "2018-01-02 09:00:05"), ("rate", Fraction(1, 16), "6.25%"),
    ("decimal", Fraction(13, 2), "6.5"), ("share", Fraction(3, 200), "1.5%"), ("amount", 123_456, "1,234.56"), ("sum", 5, "0.05"), ("count", 7, "7"), ("flag", True, "是"), ("flag", False, "否"), ("many", ["甲", "乙"], "甲、乙"), ("text", "甲", "甲"),
    ("map", {"日": date(2018, 1, 2)}, '{"日": "2018-01-02"}'),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "text"), WRITTEN)
def test_what_is_written_is_read_again(kind: str, value: Any, text: str) -> None:
    assert KINDS[kind].write(value) == text
    if kind != "map":
        assert Field("x", "某栏", kind).read(text) == value


def test_a_record_is_taken_whole_from_a_script() -> None:
    read = Field("x", "某栏", "choice", options=PAIRS)
    assert fields.read_all((read,), {"x": "动产"}) == {"x": "movable"}
    assert "没有名为「y、z」的栏目，可填：x" in refused("field.unknown", lambda: fields.read_all((read,), {"z": "1", "y": "1"}))


def test_rates_are_percentages_or_decimals_below_one() -> None:
    assert parse_rate("0.06") == parse_rate("６%") == Fraction(6, 100)
    for wrong in ("百分之六", "1", "100%", "6.%"):
        refused("words.rate", lambda wrong=wrong: parse_rate(wrong))


def test_secrets_are_never_written_and_no_amount_is_no_text() -> None:
    assert KINDS["secret"].write("demo") == "" and KINDS["amount"].write(None) == ""


def test_moments_to_the_second_and_no_hour_beyond_the_day() -> None:
    assert parse_moment("2018-01-02 09:00:05") == parse_moment("2018年1月2日9时00分05秒") == NINE.replace(second=5)
    assert parse_moment("2018-01-02 23:59:59") == datetime(2018, 1, 2, 15, 59, 59, tzinfo=UTC)
    assert parse_moment("2018-01-02T23:59") == datetime(2018, 1, 2, 15, 59, tzinfo=UTC)
    for wrong in ("2018-01-02 24:00", "2018-01-02 09:60", "2018-01-02 09:00:60", "0001-01-01 00:00", "上午九点"):
        refused("words.moment", lambda wrong=wrong: parse_moment(wrong))


LINES = Field("x", "某栏", "group", of=(Field("name", "债权人"), Field("fen", "债权额", "amount"), Field("rank", "顺位", required=False), Field("paper", "文书", required=False)), between=(":",))


def test_groups_are_lists_of_records() -> None:
    assert LINES.read("甲:1\n乙：2：优先；丙:3::某判决") == [{"name": "甲", "fen": 100}, {"name": "乙", "fen": 200, "rank": "优先"}, {"name": "丙", "fen": 300, "paper": "某判决"}]
    assert LINES.take([{"name": "甲", "fen": "1"}]) == [{"name": "甲", "fen": 100}]
    for wrong in ("甲", "甲:1:优先:某判决:多", ""):
        refused("field.missing" if not wrong else "field.value", lambda wrong=wrong: LINES.read(wrong))
    assert "债权人:债权额[:顺位][:文书]" in refused("field.value", lambda: LINES.read("甲"))
    refused("field.missing", lambda: LINES.take([{"name": "甲"}]))
    assert "应为几项" in no("group", 5, of=LINES.of)
    assert len(taken("group", [{"name": "甲", "fen": 1}] * ENTRIES, of=LINES.of)) == ENTRIES
    assert "有 501 项，最多 500 项" in no("group", [{}] * (ENTRIES + 1), of=LINES.of)
    assert "没有「x、y」这一项，可填：name、fen、rank、paper" in no("group", [{"y": 1, "x": 2}], of=LINES.of)
    assert "应写作各栏的一组内容" in no("group", [5], of=LINES.of)


def test_groups_as_json_or_first_parts() -> None:
    names = Field("x", "某栏", "group", of=(Field("name", "名称"), Field("note", "说明", required=False)))
    assert names.read("甲、乙") == [{"name": "甲"}, {"name": "乙"}]
    assert names.read('[{"name": "甲", "note": "x"}]') == [{"name": "甲", "note": "x"}] and names.read('{"name": "甲"}') == [{"name": "甲"}]
    assert names.take(["甲"]) == [{"name": "甲"}]
    refused("field.value", lambda: names.read("[1"))
    assert "第 1 项应写作各栏的一组内容" in refused("field.value", lambda: names.read("null"))
    assert KINDS["group"].write([{"name": "甲"}]) == '[{"name": "甲"}]'
    record = Field("x", "某栏", "record", of=names.of)
    assert record.read('{"name": "甲"}') == record.read("甲") == {"name": "甲"}
    refused("field.value", lambda: record.take(5))


def test_parts_are_named_in_words() -> None:
    parts = (Field("name", "名称", "name"), Field("fen", "金额", "amount", required=False), Field("side", "哪一方", "choice", required=False, options=PAIRS))
    group, record = Field("x", "某栏", "group", of=parts), Field("x", "某栏", "record", of=parts)
    assert group.read("名称=甲，fen=1,000；name=乙") == [{"name": "甲", "fen": 100_000}, {"name": "乙"}]
    assert record.read("名称=甲；金额=1,000\nside=动产") == {"name": "甲", "fen": 100_000, "side": "movable"}
    assert "第 2 项没有「别的」这一项" in refused("field.value", lambda: group.read("名称=甲；别的=乙"))
    assert "第 2 项读不懂「乙」" in refused("field.value", lambda: group.read("名称=甲；乙"))
    assert "第 2 项「金额」" in refused("field.value", lambda: group.read("名称=甲；名称=乙，金额=许多"))
    assert "如「名称=林例一，金额=1000」" in refused("field.value", lambda: group.read("[1"))


def test_a_field_says_how_it_is_written_and_its_example_can_be_read() -> None:
    parts = (Field("name", "名称", "name"), Field("side", "哪一方", "choice", options=PAIRS), Field("note", "说明"))
    assert Field("x", "某栏", "record", of=parts).words == "每栏写作「栏=内容」，各栏用分号隔开，如「名称=林例一；哪一方=动产」"
    assert Field("x", "某栏", "group", of=parts[2:]).words.endswith("如「说明=某某」")
    assert "bank=" in Field("x", "某栏", "map").words
    assert LINES.words == "债权人:债权额[:顺位][:文书]，可以几项" and Field("x", "某栏", "flag").words == "是或否"
    for kind in ("group", "record", "map"):
        told = Field("x", "某栏", kind, of=() if kind == "map" else parts[:2])
        assert "JSON" not in told.words and told.read(told.words.partition("如「")[2].rstrip("」"))
