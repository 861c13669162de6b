"""Figures by day, history, the court's corrections, the fingerprint."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law.book import LawBook, load_law
from execdesk.law.refusal import Refusal
from execdesk.law.units import UNITS
from execdesk.law.values import DatedValue
from tests.law.rules import BOOK, refused
from tests.law.support import LAW, book, broken

# key, day, value: the last day of one version and the first of the next
BOUNDARIES = [
    ("control.term.bank_deposit", date(2005, 1, 1), 6),
    ("control.term.bank_deposit", date(2015, 2, 3), 6),
    ("control.term.bank_deposit", date(2015, 2, 4), 12),
    ("control.term.movable", date(2015, 2, 3), 12),
    ("control.term.movable", date(2015, 2, 4), 24),
    ("deadline.clue_verify", date(2017, 4, 30), 5),
    ("deadline.clue_verify", date(2017, 5, 1), 7),
    ("deadline.public_notice_service", date(2021, 12, 31), 60),
    ("deadline.public_notice_service", date(2022, 1, 1), 30),
    ("daycount.roll_last_day", date(2021, 12, 31), "节假日"),
    ("daycount.roll_last_day", date(2022, 1, 1), "法定休假日"),
    ("fine.individual.max", date(2012, 12, 31), 10_000),
    ("fine.individual.max", date(2013, 1, 1), 100_000),
    ("fine.unit", date(2012, 12, 31), [10_000, 300_000]),
    ("fine.unit", date(2013, 1, 1), [50_000, 1_000_000]),
    ("auction.start_price.min_ratio_traditional", date(2020, 12, 31), "0.80"),
    ("auction.start_price_traditional", date(2021, 1, 1), "1.00"),
    ("interest.general.benchmark_switch", date(2019, 8, 20), date(2019, 8, 20)),
]


@pytest.mark.parametrize(("key", "on", "value"), BOUNDARIES)
def test_the_version_of_the_day(key: str, on: date, value: object) -> None:
    assert book().value(key, on).value == value


@pytest.mark.parametrize(
    ("key", "on", "known"),
    [
        ("control.term.bank_deposit", date(2004, 12, 31),
         "冻结存款的最长期限（control.term.bank_deposit）在 2004-12-31 没有可用的数值。已知：6个月，自 2005-01-01 至 2015-02-03（"),
        ("auction.start_price.min_ratio_traditional", date(2021, 1, 1), "已知：80%，自 2005-01-01 至 2020-12-31（"),
        ("auction.start_price_traditional", date(2020, 12, 31), "已知：100%，自 2021-01-01 起（"),
        ("consumption.term", date(2010, 9, 30), "已知：法律未定具体数值，自 2010-10-01 起（"),
        ("sanction.approval", date(1991, 4, 8), "已知：院长，自 1991-04-09 起（"),
        ("auction.panel_required", date(2016, 12, 31), "已知：起拍价及降价幅度、竞价增价幅度、"),
        ("interest.delay.end", date(2014, 7, 31), "已知：voluntary：履行完毕之日"),
        ("officer.show_id", date(1991, 4, 8), "已知：是，自 1991-04-09 起（"),
        ("case.number.old_format", date(2016, 1, 1), "至 2015-12-31（旧编号习惯）"),
    ],
)  # fmt: skip
def test_outside_validity_it_says_what_is_known(key: str, on: date, known: str) -> None:
    with pytest.raises(Refusal) as refused:
        book().value(key, on)
    assert refused.value.code == "law.not_in_force"
    assert known in refused.value.text
    assert refused.value.text.endswith("请核对日期，或由局长批准补充该日的数值。")


def test_a_figure_without_dates_always_holds() -> None:
    assert book().value("interest.rounding", date(1900, 1, 1)) == book().value("interest.rounding", date(2100, 1, 1))


def test_an_unknown_key() -> None:
    with pytest.raises(
        Refusal, match=r"没有名为「control.term.bank」的法规参数。相近的有：control.term.bank_deposit"
    ) as refused:
        book().value("control.term.bank", date(2017, 8, 1))
    assert refused.value.code == "law.unknown"
    three = "相近的有：deadline.plan_objection、deadline.objection.file、deadline.objection.termination。$"
    with pytest.raises(Refusal, match=three):
        book().history("deadline.objection")
    with pytest.raises(Refusal, match="没有名为「？」的法规参数。请在「法规参数」中查找。"):
        book().history("？")


def test_history_is_oldest_first() -> None:
    assert [value.value for value in book().history("control.term.bank_deposit")] == [6, 12]


@given(st.sampled_from(book().keys()), st.dates(date(1985, 1, 1), date(2035, 1, 1)))
def test_never_two_versions_on_a_day(key: str, on: date) -> None:
    covering = [
        value for value in book().history(key) if (value.valid_from or date.min) <= on <= (value.valid_to or date.max)
    ]
    assert len(covering) <= 1
    if covering:
        assert book().value(key, on) is covering[0]


def correction(**changes: object) -> DatedValue:
    given_values = {
        "key": "control.term.bank_deposit", "value": 10, "unit": "month", "valid_from": date(2018, 2, 1),
        "valid_to": None, "source": "院内通知", "confirmed": True, "corrected_by": "局长某某 2018-02-01 更正",
    }  # fmt: skip
    return DatedValue(**{**given_values, **changes})  # type: ignore[arg-type]


def spans(law: LawBook, key: str = "control.term.bank_deposit") -> list[tuple[object, date | None, date | None]]:
    return [(value.value, value.valid_from, value.valid_to) for value in law.history(key)]


def test_a_correction_rules_from_its_day() -> None:
    law = book().corrected([correction()])
    assert law.value("control.term.bank_deposit", date(2018, 1, 31)).value == 12
    corrected = law.value("control.term.bank_deposit", date(2018, 2, 1))
    assert (corrected.value, corrected.corrected_by) == (10, "局长某某 2018-02-01 更正")
    assert book().value("control.term.bank_deposit", date(2018, 2, 1)).value == 12


def test_a_correction_for_a_while_leaves_both_ends() -> None:
    law = book().corrected([correction(valid_from=date(2014, 1, 1), valid_to=date(2016, 12, 31))])
    assert spans(law) == [
        (6, date(2005, 1, 1), date(2013, 12, 31)),
        (10, date(2014, 1, 1), date(2016, 12, 31)),
        (12, date(2017, 1, 1), None),
    ]


def test_a_correction_for_one_day() -> None:
    on = date(2018, 2, 1)
    assert [value for value, *_ in spans(book().corrected([correction(valid_from=on, valid_to=on)]))] == [6, 12, 10, 12]


def test_a_correction_of_a_whole_version_leaves_nothing_of_it() -> None:
    law = book().corrected([correction(valid_from=date(2015, 2, 4))])
    assert spans(law) == [(6, date(2005, 1, 1), date(2015, 2, 3)), (10, date(2015, 2, 4), None)]
    law = book().corrected([correction(valid_from=date(2005, 1, 1), valid_to=date(2015, 2, 3))])
    assert spans(law) == [(10, date(2005, 1, 1), date(2015, 2, 3)), (12, date(2015, 2, 4), None)]


def test_a_correction_can_fill_a_gap_before_the_first_version() -> None:
    law = book().corrected([correction(valid_from=date(2000, 1, 1), valid_to=date(2004, 12, 31))])
    assert spans(law)[0] == (10, date(2000, 1, 1), date(2004, 12, 31))
    assert len(spans(law)) == 3


def test_a_correction_of_the_time_before_ends_where_the_first_version_begins() -> None:
    law = book().corrected([correction(valid_from=date(2000, 1, 1), valid_to=None)])
    assert spans(law)[:2] == [(10, date(2000, 1, 1), date(2004, 12, 31)), (6, date(2005, 1, 1), date(2015, 2, 3))]


def test_the_later_correction_wins() -> None:
    law = book().corrected([correction(), correction(value=8, valid_from=date(2018, 3, 1))])
    assert law.value("control.term.bank_deposit", date(2018, 2, 28)).value == 10
    assert law.value("control.term.bank_deposit", date(2018, 3, 1)).value == 8
    undated = book().corrected([correction(key="interest.rounding", value="向下取整到分", unit="rule")])
    assert spans(undated, "interest.rounding")[0][2] == date(2018, 1, 31)


def test_a_correction_may_say_there_is_no_figure_where_there_was_none() -> None:
    none = correction(key="consumption.term", value=None)
    assert book().corrected([none]).value("consumption.term", date(2019, 1, 1)).value is None


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"corrected_by": ""}, "缺少更正人或依据"),
        ({"source": ""}, "缺少更正人或依据"),
        ({"unit": "day"}, "单位应是「month」，写的是「day」"),
        ({"value": "十"}, "值应是整数"),
        ({"value": None}, "值的形式与现有的「12个月」不同"),
        ({"key": "fee.execution.tiers", "value": 50, "unit": "CNY"}, "值的形式与现有的「"),
        ({"key": "dishonest.circumstances", "value": ["违反限制消费令的"], "unit": "list"}, "值的形式与现有的「1：有履行能力"),
        ({"key": "auction.deposit.ratio", "value": ["0.05"], "unit": "ratio_of_start_price"}, "值应是"),
        ({"key": "money.fee_position", "value": "随意", "unit": "rule"}, "只能在先于债权、后于加倍部分之中选一项"),
        ({"valid_from": None}, "须写明自哪一日起"),
        ({"valid_to": date(2018, 1, 31)}, "有效期颠倒"),
        ({"key": "dishonest.signer", "value": "director", "unit": "level"}, "审批和签发的层级不能以更正参数的方式改变"),
    ],
)
def test_a_correction_that_cannot_stand(changes: dict[str, object], wrong: str) -> None:
    with pytest.raises(Refusal) as refused:
        book().corrected([correction(**changes)])
    assert refused.value.code == "law.correction"
    assert wrong in refused.value.text


def test_a_reading_is_chosen_among_those_offered_again_and_again() -> None:
    law = book().corrected([correction(key="money.fee_position", value="后于加倍部分", unit="rule")])
    assert law.value("money.fee_position", date(2018, 1, 31)).value == "先于债权"
    assert law.value("money.fee_position", date(2018, 2, 1)).value == "后于加倍部分"
    back = correction(key="money.fee_position", value="先于债权", unit="rule", valid_from=date(2019, 1, 1))
    again = law.corrected([back]).value("money.fee_position", date(2019, 1, 1))
    assert (again.value, again.options) == ("先于债权", ("先于债权", "后于加倍部分"))


def test_a_correction_of_nothing() -> None:
    with pytest.raises(Refusal, match="没有名为「nothing」的法规参数。"):
        book().corrected([correction(key="nothing")])


def test_the_fingerprint_follows_data_and_corrections(tmp_path: Path) -> None:
    assert load_law(LAW).fingerprint == book().fingerprint
    changed = load_law(broken(tmp_path, "control.toml", "value = 12\n", "value = 11\n"))
    first, other = book().corrected([correction()]), book().corrected([correction(value=9)])
    prints = {book().fingerprint, changed.fingerprint, first.fingerprint, other.fingerprint}
    assert len(prints) == 4
    assert book().corrected([correction()]).fingerprint == first.fingerprint


def test_the_fingerprint_does_not_mind_line_endings(tmp_path: Path) -> None:
    folder = broken(tmp_path, "fees.toml", "key", "key")
    path = folder / "fees.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_law(folder).fingerprint == book().fingerprint


def test_every_ratio_is_said_in_percent() -> None:
    said = {unit: UNITS[unit].say("0.05") for unit in UNITS if unit.startswith("ratio") or unit == "per_day"}
    assert said == {
        "ratio": "5%", "ratio_of_previous_start": "5%（占上次起拍价）", "ratio_of_appraisal": "5%（占评估价）",
        "ratio_of_start_price": "5%（占起拍价）", "per_day": "5%（每日）",
    }  # fmt: skip


def test_every_figure_says_itself() -> None:
    for key in book().values:
        for value in book().history(key):
            assert UNITS[value.unit].say(value.value)


@pytest.mark.parametrize(
    ("unit", "good", "bad"),
    [
        ("day", [0, 15], [True, -1, "15", None]),
        ("day_before", [7, [60, 30]], [[], [True], [7, "3"], "7"]),
        ("month_range", [[1, 3], [3, 3]], [[3, 1], [1], [1, 2, 3], [1, True], 3]),
        ("ratio", ["0.70", "1"], [0.7, ".7", "70%"]),
        ("ratio_of_start_price", ["0.05", ["0.05", "0.20"], ["0.1", "0.10"]], [[], [0.05], ["0.05"], ["0.20", "0.05"], ["0.1", 0.2], ["0.1", "0.2", "0.3"]]),
        ("CNY", [5000, [{"upto": 10, "flat": 1}]], [[], [{}], [{"flat": 1, "rate": "0.1"}], [{"rate": 1}], ["x"], [{"flat": "1"}], [{"flat": 1}, {"rate": 1}], [{"flat": 1, "over": "2"}], [{"flat": 1, "from": 2}]]),
        ("bool", [True, False], [1, "true"]),
        ("rule", ["x", {"a": "b"}], ["", {}, {"a": 1}, {"a": "b", "c": 1}, 1]),
        ("list", [["a"], {"1": "a"}], [[], [1], ["a", 1], "a"]),
        ("order", [["a"]], [[], {"1": "a"}]),
        ("map", [{"a": "b"}], [{}, ["a"]]),
        ("level", ["president"], ["judge", 1]),
        ("date", [date(2019, 8, 20)], ["2019-08-20"]),
    ],
)  # fmt: skip
def test_what_a_unit_takes(unit: str, good: list[object], bad: list[object]) -> None:
    assert all(UNITS[unit].fits(value) for value in good)
    assert not any(UNITS[unit].fits(value) for value in bad)


def test_a_version_ends_where_the_next_begins_or_before() -> None:
    for key in book().values:
        versions = book().history(key)
        for earlier, later in zip(versions, versions[1:], strict=False):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to + timedelta(days=1) <= later.valid_from
    assert replace(book(), corrections=()).fingerprint == book().fingerprint


def monthly(on: str, value: str, to: str | None = None) -> DatedValue:
    """A correction of the monthly one-year rate from a day on."""
    known = BOOK.history("rate.lpr.one_year")[-1]
    return replace(known, value=value, valid_from=date.fromisoformat(on), valid_to=date.fromisoformat(to) if to else None, source="公告", corrected_by="局长某某 2026-01-01 更正")


def test_a_past_month_of_a_series_leaves_the_later_ones() -> None:
    known = {version.valid_from: version.value for version in BOOK.history("rate.lpr.one_year")}
    months = sorted(day for day in known if day)
    laid = BOOK.corrected([monthly(str(months[1]), "0.0500")])
    assert {version.valid_from: version.value for version in laid.history("rate.lpr.one_year")} == {**known, months[1]: "0.0500"}
    assert laid.value("rate.lpr.one_year", months[2] - timedelta(days=1)).value == "0.0500"
    # a day within a month: until that month ends; the part before keeps its figure
    middle = months[1] + timedelta(days=5)
    within = BOOK.corrected([monthly(str(middle), "0.0500")])
    assert [within.value("rate.lpr.one_year", day).value for day in (months[1], middle, months[2])] == [known[months[1]], "0.0500", known[months[2]]]


def test_later_corrections_stand_whichever_was_approved_first() -> None:
    last = max(version.valid_from for version in BOOK.history("rate.lpr.one_year") if version.valid_from)
    one, two = monthly(str(last + timedelta(days=31)), "0.0290"), monthly(str(last + timedelta(days=62)), "0.0280")
    for order in ((one, two), (two, one)):
        laid = BOOK.corrected(order)
        assert laid.value("rate.lpr.one_year", last + timedelta(days=61)).value == "0.0290"
        assert laid.value("rate.lpr.one_year", last + timedelta(days=9_000)).value == "0.0280"
    again = BOOK.corrected([two, replace(two, value="0.0270")])
    assert again.value("rate.lpr.one_year", last + timedelta(days=62)).value == "0.0270"


def test_a_figure_that_ended_is_not_brought_back_by_correcting_its_past() -> None:
    ended = BOOK.history("rate.benchmark.one_year")[-1]
    assert ended.valid_from and ended.valid_to
    laid = BOOK.corrected([replace(ended, value="0.0500", source="公告", corrected_by="局长某某 2026-01-01 更正", valid_to=None)])
    assert laid.history("rate.benchmark.one_year")[-1].valid_to == ended.valid_to
    refused("law.not_in_force", lambda: laid.value("rate.benchmark.one_year", ended.valid_to + timedelta(days=1)))
    named = BOOK.corrected([replace(ended, value="0.0500", source="公告", corrected_by="局长某某 2026-01-01 更正", valid_to=ended.valid_to + timedelta(days=9))])
    assert named.value("rate.benchmark.one_year", ended.valid_to + timedelta(days=9)).value == "0.0500"
