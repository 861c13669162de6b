"""Auctions, fines, detention, summons, listing. Sources: 法释〔2016〕18号, 法释〔2018〕15号, 民诉法 115/118, 法释〔2017〕7号."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from execdesk.law import auction, dishonest, nodes, sanctions
from tests.law.rules import BOOK, CALENDAR, day, refused

ON = day("2018-01-01")


def test_online_limits() -> None:
    limits = auction.auction_limits(BOOK, 100_000_000, ON)
    assert (limits.first_min, limits.second_min) == (70_000_000, 56_000_000)
    assert (limits.deposit_min, limits.deposit_max) == (3_500_000, 14_000_000)
    assert len(limits.sheet.steps) == 5 and "合议庭评议" in limits.sheet.steps[-1].label
    odd = auction.auction_limits(BOOK, 101, ON)
    assert (odd.first_min, odd.second_min, odd.deposit_min, odd.deposit_max) == (71, 57, 4, 14)
    chosen = auction.auction_limits(BOOK, 100_000_000, ON, first=70_000_000)
    assert chosen == auction.auction_limits(BOOK, 100_000_000, ON)
    assert auction.auction_limits(BOOK, 100_000_000, ON, first=90_000_000).second_min == 72_000_000
    refused("auction.price", lambda: auction.auction_limits(BOOK, 100_000_000, ON, first=69_999_999))
    refused("auction.amount", lambda: auction.auction_limits(BOOK, 0, ON))
    assert auction.auction_limits(BOOK, 1, ON).first_min == 1
    refused("law.not_in_force", lambda: auction.auction_limits(BOOK, 100, day("2016-12-31")))
    assert auction.auction_limits(BOOK, 100, day("2017-01-01")).first_min == 70


def test_price_name_changes_with_the_reference_price_rules() -> None:
    assert auction.price_name(BOOK, day("2018-08-31")) == "评估价或者市价"
    assert auction.price_name(BOOK, day("2018-09-01")) == "参考价"


def test_entrusted_and_sale() -> None:
    assert auction.entrusted_limits(BOOK, 1000, day("2020-12-31"))[0] == 800
    assert auction.entrusted_limits(BOOK, 1000, day("2021-01-01"))[0] == 1000
    assert auction.entrusted_limits(BOOK, 1000, day("2016-05-01"), previous=801)[0] == 641
    assert auction.entrusted_limits(BOOK, 1000, day("2021-05-01"), previous=1000)[0] == 800
    assert auction.entrusted_limits(BOOK, 1000, day("2016-05-01"), previous=801)[1].inputs[-1] == ("流拍的保留价", "8.01元")
    refused("law.not_in_force", lambda: auction.entrusted_limits(BOOK, 1000, day("2004-12-31")))
    assert auction.sale_min_price(BOOK, 1001, ON)[0] == 501


@pytest.mark.parametrize(
    ("sort", "second", "announce", "notify"),
    [
        ("movable", False, "2018-05-17", "2018-05-14"), ("immovable", False, "2018-05-02", "2018-04-29"),
        ("movable", True, "2018-05-25", "2018-05-22"), ("immovable", True, "2018-05-17", "2018-05-14"),
    ],
)  # fmt: skip
def test_notice_days(sort: str, second: bool, announce: str, notify: str) -> None:
    found = auction.notice_days(BOOK, day("2018-06-01"), sort, second=second)
    assert (found.announce_by, found.notify_by) == (day(announce), day(notify))
    assert ("场次", "再次" if second else "首次") in found.sheet.inputs
    same = auction.notice_days(BOOK, day("2018-06-01"), sort, second=second, announced_on=day(announce))
    assert same.notify_by == day(notify)
    early = auction.notice_days(BOOK, day("2018-06-01"), sort, second=second, announced_on=day("2018-04-10"))
    assert early.notify_by == day("2018-04-07")
    late = day(announce) + timedelta(days=1)
    refused(
        "auction.notice", lambda: auction.notice_days(BOOK, day("2018-06-01"), sort, second=second, announced_on=late)
    )


def test_later_auction_days() -> None:
    assert auction.notice_days(BOOK, day("2018-06-01"), "movable").announce_by == day("2018-05-17")
    refused("auction.sort", lambda: auction.notice_days(BOOK, day("2018-06-01"), "ship"))
    terms = {"auction.second.within": "2018-07-01", "sale.after_second.ask_in_kind": "2018-06-11", "sale.after_second.announce": "2018-06-16"}
    assert {name: nodes.due(BOOK, name, day("2018-06-01"), CALENDAR).due for name in terms} == {name: day(due) for name, due in terms.items()}
    assert nodes.due(BOOK, "sale.period", day("2018-06-16"), CALENDAR).due == day("2018-08-15")


@pytest.mark.parametrize(
    ("announced", "starts", "usable"),
    [("2019-09-01", "2020-03-01", True), ("2019-09-02", "2019-10-01", False), ("2019-09-01", "2020-03-02", False)],
)
def test_reference_price_validity(announced: str, starts: str, usable: bool) -> None:
    found, sheet = auction.price_usable(BOOK, day("2018-09-01"), day(announced), day(starts))
    assert found == usable and sheet.result == ("可用" if usable else "已过有效期，应重新确定参考价")


FINES = [
    ("individual", "2012-12-31", 1, 1_000_000), ("individual", "2013-01-01", 1, 10_000_000),
    ("unit", "2012-12-31", 1_000_000, 30_000_000), ("unit", "2013-01-01", 5_000_000, 100_000_000),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "on", "low", "high"), FINES)
def test_fines(subject: str, on: str, low: int, high: int) -> None:
    found = sanctions.fine_range(BOOK, subject, day(on))
    assert (found.low, found.high) == (low, high)
    for fen in (low, high):
        assert sanctions.check_fine(BOOK, subject, fen, day(on)) == found
    for fen in (low - 1, high + 1):
        refused("fine.range", lambda fen=fen: sanctions.check_fine(BOOK, subject, fen, day(on)))


def test_fine_subject() -> None:
    refused("fine.subject", lambda: sanctions.fine_range(BOOK, "ship", ON))
    refused("law.not_in_force", lambda: sanctions.fine_range(BOOK, "unit", day("2008-03-31")))


def at(text: str) -> datetime:
    """2017-09-12 09:40 at court, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) - timedelta(hours=8)


def test_detention_is_counted_by_days_from_the_admission() -> None:
    end = sanctions.detention_end(BOOK, at("2017-08-15 23:59"), 15)
    assert (end.ends_on, end.leave_days) == (day("2017-08-30"), 0)
    assert end.family_by == at("2017-08-16 23:59")
    assert end.sheet.result == "2017年8月30日期满，以拘留所的证明为准"
    assert [label for label, _ in end.sheet.inputs] == ["收拘", "期限"]
    counted = next(value for value in end.sheet.basis if value.key == "detention.count")
    assert end.sheet.steps[0].source == counted.source
    for days in (0, 16):
        refused("detention.days", lambda days=days: sanctions.detention_end(BOOK, at("2017-08-15 09:30"), days))
    assert sanctions.detention_end(BOOK, at("2017-08-15 09:30"), 1).ends_on == day("2017-08-16")
    midnight = sanctions.detention_end(BOOK, datetime(2015, 2, 3, 16, 0, tzinfo=UTC), 1)  # 02-04 00:00 at court
    assert midnight.sheet.inputs[0][1] == "2015年2月4日0时00分"
    refused("law.not_in_force", lambda: sanctions.detention_end(BOOK, datetime(2015, 2, 3, 15, 59, tzinfo=UTC), 1))


def test_the_family_is_told_from_the_taking() -> None:
    taken = sanctions.detention_end(BOOK, at("2017-09-12 17:20"), 10, taken_at=at("2017-09-12 09:40"))
    assert (taken.ends_on, taken.family_by) == (day("2017-09-22"), at("2017-09-13 09:40"))
    assert ("带走", "2017年9月12日9时40分") in taken.sheet.inputs
    assert sanctions.detention_end(BOOK, at("2017-09-12 17:20"), 10, taken_at=at("2017-09-12 17:20")).family_by == at("2017-09-13 17:20")
    refused("detention.taken", lambda: sanctions.detention_end(BOOK, at("2017-09-12 17:20"), 10, taken_at=at("2017-09-12 17:21")))


LEAVES = [
    # out, back; whole days of 24 hours, days of the calendar
    ([("2017-09-15 08:00", "2017-09-16 08:00")], 1, 1), ([("2017-09-15 08:00", "2017-09-16 07:59")], 0, 1),
    ([("2017-09-15 08:00", "2017-09-15 20:00")], 0, 0), ([("2017-09-15 08:00", "2017-09-15 08:00")], 0, 0), ([("2017-09-15 08:00", "2017-09-17 20:00")], 2, 2),
    ([("2017-09-18 23:00", "2017-09-20 01:00"), ("2017-09-15 08:00", "2017-09-16 08:00")], 2, 3),
    ([("2017-09-15 08:00", "2017-09-16 08:00"), ("2017-09-16 08:00", "2017-09-17 08:00")], 2, 2),
    ([("2017-09-22 08:00", "2017-09-23 08:00"), ("2017-09-23 09:00", "2017-09-23 10:00")], 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(("moments", "whole", "calendar"), LEAVES)
def test_leave_does_not_count(moments: list[tuple[str, str]], whole: int, calendar: int) -> None:
    leave = [sanctions.Leave(at(first), at(last)) for first, last in moments]
    end = sanctions.detention_end(BOOK, at("2017-09-12 17:20"), 10, leave=leave)
    assert (end.leave_days, end.ends_on) == (whole, day("2017-09-22") + timedelta(days=whole))
    known = BOOK.value("detention.leave_days", ON)
    other = BOOK.corrected([replace(known, value="按日历日计", valid_from=day("2017-08-01"), source="院内通知", corrected_by="局长某某 2017-08-01 更正")])
    assert sanctions.detention_end(other, at("2017-09-12 17:20"), 10, leave=leave).leave_days == calendar
    assert "detention.leave_days" in {value.key for value in end.sheet.basis}
    assert sum(label == "请假外出" for label, _ in end.sheet.inputs) == len(leave)


@pytest.mark.parametrize("moments", [
    [("2017-09-15 08:00", "2017-09-15 07:59")], [("2017-09-12 17:19", "2017-09-13 08:00")], [("2017-09-23 00:00", "2017-09-24 08:00")],
    [("2017-09-15 08:00", "2017-09-16 08:00"), ("2017-09-16 07:59", "2017-09-16 09:00")],
])  # fmt: skip
def test_leave_outside_the_detention_is_refused(moments: list[tuple[str, str]]) -> None:
    leave = [sanctions.Leave(at(first), at(last)) for first, last in moments]
    refused("detention.leave", lambda: sanctions.detention_end(BOOK, at("2017-09-12 17:20"), 10, leave=leave))


def test_summons_clock_counts_minutes() -> None:
    arrived = datetime(2018, 1, 2, 1, 0, tzinfo=UTC)
    plain = sanctions.summons_clock(BOOK, arrived, arrived + timedelta(hours=7, minutes=59, seconds=30))
    assert (plain.until, plain.minutes_left) == (arrived + timedelta(hours=8), 0)
    last = sanctions.summons_clock(BOOK, arrived, arrived + timedelta(hours=8))
    assert last.minutes_left == 0 and "剩余0分钟" in last.sheet.result
    over = sanctions.summons_clock(BOOK, arrived, arrived + timedelta(hours=8, minutes=1))
    assert over.minutes_left == -1 and over.sheet.result.endswith("已超过1分钟")
    long = sanctions.summons_clock(BOOK, arrived, arrived, complicated=True)
    assert (long.until, long.minutes_left) == (arrived + timedelta(hours=24), 1440)
    assert nodes.due(BOOK, "fine_detention_reconsider", day("2018-01-02"), CALENDAR).due == day("2018-01-05")


LISTINGS = [
    ({"1"}, "2018-01-01", 0, False, None, None),
    ({"4"}, "2018-01-01", 0, False, 24, "2019-12-31"),
    ({"1", "4"}, "2018-01-01", 0, False, 24, "2019-12-31"),
    ({"1", "4"}, "2018-01-01", 12, False, 36, "2020-12-31"),
    ({"2"}, "2018-01-01", 36, True, 60, "2022-12-31"),
    ({"3", "5"}, "2018-03-31", 36, False, 60, "2023-03-30"),
    ({"4"}, "2017-05-01", 0, False, 24, "2019-04-30"),
    ({"4"}, "2017-04-30", 0, False, None, None),  # rules of 2013: no terms
    ({"6"}, "2018-02-28", 0, False, 24, "2020-02-27"),
]


@pytest.mark.parametrize(("grounds", "on", "extension", "serious", "months", "end"), LISTINGS)
def test_listing_terms(
    grounds: set[str], on: str, extension: int, serious: bool, months: int | None, end: str | None
) -> None:
    found = dishonest.listing_term(BOOK, grounds, day(on), extension=extension, serious=serious)
    assert (found.months, found.ends_on) == (months, day(end) if end else None)
    assert found.grounds == tuple(sorted(grounds))
    assert (found.sheet.steps[-1].source == "失信名单规定 第2条") == (months is not None)


def test_listing_refusals() -> None:
    for grounds in ((), {"7"}, {"base"}, {"1", "7"}):
        refused("dishonest.ground", lambda grounds=grounds: dishonest.listing_term(BOOK, grounds, ON))
    refused("dishonest.ground", lambda: dishonest.listing_term(BOOK, {"base"}, day("2014-01-01")))
    for grounds, extension, serious in (
        ({"2"}, 12, False),
        ({"3"}, 12, True),
        ({"1"}, 12, True),
        ({"2"}, 11, True),
        ({"2"}, 37, True),
    ):
        refused(
            "dishonest.extension",
            lambda g=grounds, e=extension, s=serious: dishonest.listing_term(BOOK, g, ON, extension=e, serious=s),
        )
    refused("dishonest.extension", lambda: dishonest.listing_term(BOOK, {"2"}, ON, extension=12))
    refused("law.not_in_force", lambda: dishonest.listing_term(BOOK, {"1"}, day("2013-09-30")))
    assert dishonest.listing_term(BOOK, {"4"}, ON).months == 24
    assert "编号为1、2、3、4、5、6。" in refused(
        "dishonest.ground", lambda: dishonest.listing_term(BOOK, {"9"}, day("2014-01-01"))
    )


def test_listing_sheet() -> None:
    assert dishonest.listing_term(BOOK, {"2"}, ON, extension=12, serious=True).sheet.steps[1].working == "情节严重"
    assert dishonest.listing_term(BOOK, {"2", "3"}, ON, extension=12).sheet.steps[1].working == "多项失信行为"


def test_who_may_be_listed() -> None:
    born = day("2000-01-02")
    for young in ("2018-01-01", "2018-01-02"):  # the birthday itself is still too soon (法释〔2006〕1号 第2条)
        refused("dishonest.minor", lambda on=young: dishonest.may_be_listed(BOOK, day(on), born_on=born, grounds={"4"}))
    dishonest.may_be_listed(BOOK, day("2018-01-03"), born_on=born, grounds={"4"})
    dishonest.may_be_listed(BOOK, day("2017-04-30"), born_on=born, grounds={"4"})  # the rules of 2013 did not say so
    dishonest.may_be_listed(BOOK, ON, born_on=None, grounds={"4"})
    sentence = refused(
        "dishonest.excepted",
        lambda: dishonest.may_be_listed(BOOK, ON, born_on=None, grounds={"1"}, exceptions=["1"]),
    )
    assert sentence.startswith("被执行人提供了充分有效担保，")
    refused(  # nor beside another ground, where it would count as a second act
        "dishonest.excepted",
        lambda: dishonest.may_be_listed(BOOK, ON, born_on=None, grounds={"1", "4"}, exceptions=["1"]),
    )
    dishonest.may_be_listed(BOOK, ON, born_on=None, grounds={"4"}, exceptions=["1"])
    dishonest.may_be_listed(BOOK, ON, born_on=None, grounds={"1"}, exceptions=["5"])
    dishonest.may_be_listed(BOOK, day("2017-04-30"), born_on=None, grounds={"1"}, exceptions=["1"])


def test_deletion_and_relisting() -> None:
    old, new = (dishonest.listing_term(BOOK, {"1"}, day(on)).sheet for on in ("2017-04-30", "2017-05-01"))
    assert [len(sheet.steps[-1].result.split("、")) for sheet in (old, new)] == [3, 7]
    assert new.basis[-1].key == "dishonest.delete_grounds"
    fixed = dishonest.listing_term(BOOK, {"4"}, ON).sheet
    assert fixed.steps[-1].result == "积极履行或者主动纠正失信行为的，可以决定提前删除"
    again = nodes.due(BOOK, "dishonest.relist_bar", day("2018-01-31"), CALENDAR)
    assert again.sheet.result == "期满可办 2018年8月1日起"
