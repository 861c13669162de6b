"""Periods by the day. Sources: 民诉法 第82/85条, 民诉法解释 第125条; rest days as published for 2017 and 2018."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law import periods
from execdesk.law.days import Span, add_months, days_within, merge, span_text
from execdesk.law.nodes import due, nodes, requery_days, requery_sheet
from execdesk.law.nodetable import NODES
from tests.law.rules import BOOK, CALENDAR, Unpublished, day, refused

DAYS = st.dates(date(2015, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2018-01-31", 1, "2018-02-28"), ("2016-01-31", 1, "2016-02-29"), ("2016-02-29", 12, "2017-02-28"),
        ("2016-02-29", 48, "2020-02-29"), ("2017-08-31", 6, "2018-02-28"), ("2017-12-15", 1, "2018-01-15"),
        ("2018-03-31", -1, "2018-02-28"), ("2018-01-15", -12, "2017-01-15"), ("2017-12-31", 2, "2018-02-28"),
    ],
)  # fmt: skip
def test_months_clamp(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


ENDS = [
    # 2018-02-15…21 rest (春节); 2018-02-11 and 02-24 are make-up workdays
    ("2018-02-05", 10, "day", True, "2018-02-15", "2018-02-22"),
    ("2018-02-05", 9, "day", True, "2018-02-14", "2018-02-14"),
    ("2018-02-01", 10, "day", True, "2018-02-11", "2018-02-11"),  # a Sunday that is worked
    ("2018-02-14", 10, "day", True, "2018-02-24", "2018-02-24"),  # a Saturday that is worked
    ("2018-02-05", 10, "day", False, "2018-02-15", "2018-02-15"),
    ("2017-09-01", 1, "month", True, "2017-10-01", "2017-10-09"),  # 国庆、中秋 2017-10-01…08
    ("2017-08-01", 6, "month", True, "2018-02-01", "2018-02-01"),
    ("2015-10-01", 2, "year", True, "2017-10-01", "2017-10-09"),
    ("2016-02-29", 1, "year", True, "2017-02-28", "2017-02-28"),
    ("2018-02-09", 3, "workday", True, "2018-02-13", "2018-02-13"),  # Friday; Sunday the 11th, 12th, 13th
    ("2018-02-14", 1, "workday", True, "2018-02-22", "2018-02-22"),
]


@pytest.mark.parametrize(("start", "length", "unit", "roll", "nominal", "last"), ENDS)
def test_period_end(start: str, length: int, unit: str, roll: bool, nominal: str, last: str) -> None:
    end = periods.period_end(day(start), length, unit, CALENDAR, roll=roll)
    assert (end.nominal, end.due, end.rolled) == (day(nominal), day(last), nominal != last)
    assert end.published and end.note == ""
    if roll and unit != "workday":
        assert end.steps[-1].working.endswith("顺延至其后第一个工作日" if end.rolled else "是工作日，不顺延")


def test_excluded_days_count_once_and_reach_on() -> None:
    spans = (Span(day("2018-01-05"), day("2018-01-10")), Span(day("2018-01-08"), day("2018-01-12")))
    end = periods.period_end(day("2018-01-01"), 30, "day", CALENDAR, roll=False, excluded=spans)
    assert end.nominal == day("2018-02-08")  # 01-31 + 8 days
    assert "扣除8天" in end.steps[1].working
    late = (*spans, Span(day("2018-02-08"), day("2018-02-10")))  # begins in the days added
    assert periods.period_end(day("2018-01-01"), 30, "day", CALENDAR, roll=False, excluded=late).nominal == day(
        "2018-02-11"
    )
    after = (Span(day("2018-02-01"), day("2018-02-10")),)  # the day after the end deducts nothing
    assert periods.period_end(day("2018-01-01"), 30, "day", CALENDAR, roll=False, excluded=after).nominal == day(
        "2018-01-31"
    )
    start = (Span(day("2017-12-20"), day("2018-01-01")),)  # the start day itself is not counted anyway
    assert periods.period_end(day("2018-01-01"), 30, "day", CALENDAR, roll=False, excluded=start).nominal == day(
        "2018-01-31"
    )
    last = (Span(day("2018-01-31"), day("2018-01-31")),)  # the last day is in the period
    assert periods.period_end(day("2018-01-01"), 30, "day", CALENDAR, roll=False, excluded=last).nominal == day(
        "2018-02-01"
    )


def test_spans() -> None:
    assert merge([Span(day("2018-01-03"), day("2018-01-04")), Span(day("2018-01-01"), day("2018-01-02"))]) == (
        Span(day("2018-01-01"), day("2018-01-04")),
    )
    assert len(merge([Span(day("2018-01-04"), day("2018-01-04")), Span(day("2018-01-01"), day("2018-01-02"))])) == 2
    assert merge([Span(day("2018-01-01"), day("2018-01-09")), Span(day("2018-01-02"), day("2018-01-03"))])[0].days == 9
    assert span_text(Span(day("2018-02-01"), day("2018-02-10"))) == "2018年2月1日至2018年2月10日（10天）"
    assert days_within((Span(day("2018-01-01"), day("2018-01-10")),), day("2018-01-05"), day("2018-01-07")) == 2
    refused("period.reversed", lambda: Span(day("2018-01-02"), day("2018-01-01")))
    assert Span(day("2018-01-02"), day("2018-01-02")).days == 1


def test_refusals() -> None:
    refused("period.unit", lambda: periods.period_end(day("2018-01-01"), 1, "week", CALENDAR))
    refused("period.length", lambda: periods.period_end(day("2018-01-01"), 0, "day", CALENDAR))


def test_unpublished_year_keeps_the_nominal_day() -> None:
    end = periods.period_end(day("2030-01-01"), 4, "day", CALENDAR)
    assert (end.due, end.note) == (day("2030-01-05"), "节假日安排未公布")
    worked = periods.period_end(day("2030-01-04"), 1, "workday", Unpublished())  # Friday → Monday by weekday
    assert (worked.due, worked.published) == (day("2030-01-07"), False)
    _, sheet = periods.period_sheet(BOOK, day("2030-01-01"), 4, "day", CALENDAR)
    assert sheet.result.endswith("（节假日安排未公布）")


@pytest.mark.parametrize(
    ("unit", "roll", "keys"),
    [
        ("day", True, ["daycount.first_day_excluded", "daycount.roll_last_day"]),
        ("day", False, ["daycount.first_day_excluded"]),
        ("month", True, ["daycount.first_day_excluded", "daycount.month_year", "daycount.roll_last_day"]),
        ("year", False, ["daycount.first_day_excluded", "daycount.month_year"]),
        ("workday", True, ["daycount.first_day_excluded", "convention.workday_term"]),
    ],
)
def test_period_sheet_names_its_rules(unit: str, roll: bool, keys: list[str]) -> None:
    spans = (Span(day("2018-01-05"), day("2018-01-06")),)
    end, sheet = periods.period_sheet(BOOK, day("2018-01-02"), 3, unit, CALENDAR, roll=roll, excluded=spans)
    assert [value.key for value in sheet.basis] == keys
    assert ("扣除", "2018年1月5日至2018年1月6日（2天）") in sheet.inputs
    assert sheet.result == f"届满日 {end.due.year}年{end.due.month}月{end.due.day}日"


def test_last_workday_and_hours() -> None:
    assert periods.last_workday(day("2018-02-21"), CALENDAR) == (day("2018-02-14"), True)
    assert periods.last_workday(day("2018-02-14"), CALENDAR) == (day("2018-02-14"), True)
    start = datetime(2018, 1, 1, tzinfo=UTC)
    assert periods.hours_end(start, 24) == start + timedelta(days=1)


def test_a_stop_from_the_start_counts_the_start_and_no_day_before_it() -> None:
    stop = (Span(day("2017-10-10"), day("2017-10-20")),)
    plain = periods.period_end(day("2017-10-16"), 6, "month", CALENDAR, roll=False, excluded=stop)
    whole = periods.period_end(day("2017-10-16"), 6, "month", CALENDAR, roll=False, excluded=stop, from_start=True)
    assert (plain.due, whole.due) == (day("2018-04-20"), day("2018-04-21"))


def test_extension_window() -> None:
    window = periods.extension_window(BOOK, day("2018-02-01"))
    assert (window.opens, window.closes) == (day("2018-01-27"), day("2018-02-01"))
    assert [value.key for value in window.sheet.basis] == ["deadline.closing.extension_apply_lead", "closing.extension_window"]
    assert window.sheet.result == "2018年1月27日至2018年2月1日提出"
    known = BOOK.value("closing.extension_window", day("2018-02-01"))
    other = BOOK.corrected([replace(known, value="最后五日开始以前", valid_from=day("2018-01-01"), source="院内通知", corrected_by="局长某某 2018-01-01 更正")])
    before = periods.extension_window(other, day("2018-02-01"))
    assert (before.opens, before.closes, before.sheet.result) == (None, day("2018-01-27"), "最迟2018年1月27日提出")


def test_limitation_period() -> None:
    end, sheet = periods.limitation_end(BOOK, day("2015-10-02"), CALENDAR)
    assert (end.nominal, end.due) == (day("2017-10-02"), day("2017-10-09"))
    again, _ = periods.limitation_end(
        BOOK, day("2015-10-02"), CALENDAR, interrupted=[day("2017-10-09"), day("2016-03-01")]
    )
    assert again.nominal == day("2019-10-09")
    last_day, _ = periods.limitation_end(BOOK, day("2015-10-02"), CALENDAR, interrupted=[day("2017-10-09")])
    assert last_day.nominal == day("2019-10-09")
    assert [value.key for value in sheet.basis] == [
        "deadline.application_period", "daycount.first_day_excluded", "daycount.month_year", "daycount.roll_last_day",
    ]  # fmt: skip
    early, sheet = periods.limitation_end(BOOK, day("2015-10-02"), CALENDAR, interrupted=[day("2015-10-02")])
    assert early.nominal == day("2017-10-02") and sheet.steps[0].working.endswith("期间尚未开始，不影响计算")
    refused(
        "period.expired",
        lambda: periods.limitation_end(BOOK, day("2015-10-02"), CALENDAR, interrupted=[day("2017-10-10")]),
    )


HELD = [
    # the period 2015-10-02 … 2017-10-02; its last six months begin on 2017-04-03 (执行程序解释 2008第27条/2020第19条)
    (("2017-05-01", "2017-05-31"), "2017-11-02"),
    (("2016-01-01", "2016-12-31"), "2017-10-02"),  # over before them: nothing is added
    (("2016-06-01", "2017-04-02"), "2017-10-02"),
    (("2016-06-01", "2017-04-03"), "2017-10-03"),
    (("2017-03-01", "2017-04-12"), "2017-10-12"),  # ten of its days
    (("2017-10-02", "2017-10-06"), "2017-10-07"),  # the last day itself
    (("2017-10-03", "2017-12-31"), "2017-10-02"),  # too late
]


@pytest.mark.parametrize(("span", "nominal"), HELD)
def test_only_the_last_six_months_are_suspended(span: tuple[str, str], nominal: str) -> None:
    held, sheet = periods.limitation_end(
        BOOK, day("2015-10-02"), CALENDAR, suspended=[Span(day(span[0]), day(span[1]))]
    )
    assert held.nominal == day(nominal)
    assert sheet.steps[0].result == "2017年4月3日起" and sheet.basis[1].key == "limitation.suspension_window"
    assert sheet.inputs[1][0] == "中止"


def test_an_interruption_moves_the_last_six_months() -> None:
    span = Span(day("2017-05-01"), day("2017-05-31"))
    moved, _ = periods.limitation_end(
        BOOK, day("2015-10-02"), CALENDAR, interrupted=[day("2016-10-10")], suspended=[span]
    )
    assert moved.nominal == day("2018-10-10")


# -- nodes: (node, start, nominal, due, warn on)
NODE_DAYS = [
    ("closing.money", "2017-08-01", "2018-02-01", "2018-02-01", "2018-02-01"),  # D-G 执1
    ("closing.money", "2017-08-04", "2018-02-04", "2018-02-04", "2018-02-02"),  # Sunday: warned on Friday
    ("closing.non_litigation", "2017-08-01", "2017-11-01", "2017-11-01", "2017-11-01"),
    ("execution_notice.statutory", "2017-09-22", "2017-10-02", "2017-10-02", "2017-09-30"),
    ("execution_notice.internal", "2017-09-28", "2017-10-01", "2017-10-01", "2017-09-30"),
    ("clue_verify", "2017-04-30", "2017-05-05", "2017-05-05", "2017-05-05"),  # 5 days until 2017-04-30
    ("clue_verify", "2017-05-01", "2017-05-08", "2017-05-08", "2017-05-08"),  # 7 days from 2017-05-01
    ("clue_verify_urgent", "2017-05-01", "2017-05-04", "2017-05-04", "2017-05-04"),
    ("public_notice_service", "2021-12-31", "2022-03-01", "2022-03-01", "2022-03-01"),  # 60 days
    # 30 days; served once a period has run out whose last day is a rest day (春节 01-31…02-06): rolled like any other
    ("public_notice_service", "2022-01-01", "2022-01-31", "2022-01-31", "2022-01-30"),
    ("objection.conduct.reconsider", "2018-02-05", "2018-02-15", "2018-02-22", "2018-02-22"),
    ("deadline.dishonest_delete", "2018-02-14", "2018-02-24", "2018-02-24", "2018-02-24"),
    ("property_report.lookback", "2018-02-05", "2017-02-05", "2017-02-05", "2017-02-04"),
    ("closing.extension_apply_lead", "2018-02-01", "2018-01-27", "2018-01-27", "2018-01-26"),
    ("auction.announce.first.immovable", "2018-06-01", "2018-05-02", "2018-05-02", "2018-05-02"),
    ("auction.notify_parties", "2018-05-02", "2018-04-29", "2018-04-29", "2018-04-28"),
    ("auction.second.within", "2018-06-01", "2018-07-01", "2018-07-01", "2018-06-29"),
    ("dishonest.relist_bar", "2018-01-31", "2018-07-31", "2018-07-31", "2018-07-31"),
    ("tnr.requery_years", "2018-02-01", "2023-02-01", "2023-02-01", "2023-02-01"),
]


@pytest.mark.parametrize(("node", "start", "nominal", "last", "warn"), NODE_DAYS)
def test_node_days(node: str, start: str, nominal: str, last: str, warn: str) -> None:
    found = due(BOOK, node, day(start), CALENDAR)
    assert (found.nominal, found.due, found.warn_on) == (day(nominal), day(last), day(warn))
    assert found.rolled == (nominal != last)
    assert found.basis[0].key in (node, "deadline." + node)
    assert found.sheet.basis == found.basis and found.title == NODES[found.node].title


def test_node_sheet_says_why_the_warning_comes_early() -> None:
    early = due(BOOK, "closing.money", day("2017-08-04"), CALENDAR).sheet.steps[-1]
    assert (early.label, early.result) == ("提醒日", "2018年2月2日") and "不顺延" in early.working
    on_time = due(BOOK, "closing.money", day("2017-08-01"), CALENDAR).sheet.steps[-1]
    assert on_time.working == "届满日是工作日"
    court, party = (
        due(BOOK, "closing.money", day("2017-08-01"), CALENDAR),
        due(BOOK, "plan_suit", day("2018-01-02"), CALENDAR),
    )
    assert [value.key for value in court.basis] == [
        "deadline.closing.money", "daycount.first_day_excluded", "daycount.month_year", "daycount.no_roll_for_court_internal",
    ]  # fmt: skip
    assert [value.key for value in party.basis] == [
        "deadline.plan_suit", "daycount.first_day_excluded", "daycount.roll_last_day",
    ]  # fmt: skip
    unknown = due(BOOK, "closing.money", day("2029-08-01"), CALENDAR)
    assert unknown.sheet.steps[-1].working == unknown.note == "节假日安排未公布"
    party = due(BOOK, "plan_suit", day("2029-08-01"), CALENDAR)
    assert party.note and all(step.label != "提醒日" for step in party.sheet.steps)
    assert due(BOOK, "property_report.lookback", day("2031-02-05"), CALENDAR).note == "节假日安排未公布"


def test_node_with_days_off_and_set_by_the_court() -> None:
    spans = (Span(day("2018-01-10"), day("2018-01-19")),)
    assert due(BOOK, "closing.money", day("2017-08-01"), CALENDAR, excluded=spans).due == day("2018-02-11")
    assert due(BOOK, "property_report.period", day("2018-01-02"), CALENDAR, length=10).due == day("2018-01-12")
    assert due(BOOK, "filing", day("2018-01-02"), CALENDAR, length=7).due == day("2018-01-09")
    assert "期满可办 2018年5月2日起" in due(BOOK, "tnr.min_age", day("2018-02-01"), CALENDAR).sheet.result
    refused("node.length", lambda: due(BOOK, "property_report.period", day("2018-01-02"), CALENDAR))
    refused("node.length", lambda: due(BOOK, "filing", day("2018-01-02"), CALENDAR, length=8))
    refused("node.unknown", lambda: due(BOOK, "lunch", day("2018-01-02"), CALENDAR))
    for node in ("tnr.approval", "closing.excluded", "control_after_found", "detention_family"):
        refused("node.not_a_term", lambda node=node: due(BOOK, node, day("2018-01-02"), CALENDAR))
    refused("law.not_in_force", lambda: due(BOOK, "reference_price_start", day("2018-08-31"), CALENDAR))


def test_every_deadline_of_the_book_has_a_node() -> None:
    names = {node.name for node in nodes(BOOK)}
    deadlines = {key.removeprefix("deadline.") for key in BOOK.values if key.startswith("deadline.")}
    assert names == set(NODES) and names >= deadlines
    assert all(name in BOOK.values for name in names - deadlines)
    assert all(node.side in {"court", "party"} and node.way in {"term", "before", "after"} for node in nodes(BOOK))


def test_requery_days() -> None:
    days = requery_days(BOOK, day("2017-08-31"))
    assert len(days) == 10
    assert (days[0], days[1], days[-1]) == (day("2018-02-28"), day("2018-08-31"), day("2022-08-31"))
    listed, sheet = requery_sheet(BOOK, day("2017-08-31"))
    assert sheet.steps[0].label == "第1次"
    assert listed == days and len(sheet.steps) == 10 and sheet.result == "共10次，至2022年8月31日"


@given(DAYS, DAYS, st.integers(1, 400), st.sampled_from(["day", "month", "workday"]))
def test_periods_are_monotone(first: date, second: date, length: int, unit: str) -> None:
    earlier, later = sorted((first, second))
    length = min(length, 24) if unit == "month" else min(length, 60) if unit == "workday" else length
    a = periods.period_end(earlier, length, unit, CALENDAR)
    b = periods.period_end(later, length, unit, CALENDAR)
    longer = periods.period_end(earlier, length + 1, unit, CALENDAR)
    assert a.due <= b.due and a.due <= longer.due and a.due >= a.nominal > earlier


@given(DAYS, st.integers(1, 90), st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=4))
def test_exclusions_only_lengthen_and_the_rest_is_the_length(
    start: date, length: int, off: list[tuple[date, int]]
) -> None:
    spans = tuple(Span(first, first + timedelta(days=more)) for first, more in off)
    end = periods.period_end(start, length, "day", CALENDAR, roll=False, excluded=spans).nominal
    assert (end - start).days - days_within(merge(spans), start, end) == length
