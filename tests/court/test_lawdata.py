"""Corrections of law data: who proposes, who approves, from which day they rule, where they show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from execdesk.access.corrections import shipped_law
from execdesk.desk import Desk
from execdesk.law.calculators import CALCULATORS
from execdesk.law.control import longest_term
from execdesk.law.fees import preservation_fee
from execdesk.law.refusal import Refusal
from execdesk.law.sheets import sheet_lines
from execdesk.law.unitvalues import read_value, write_value
from execdesk.reads.lawdata import corrections
from execdesk.records.court import LawCorrection
from tests import many_measures
from tests.at_will import at_will
from tests.court_store import DAY, NUMBER, refused

KEY = "control.term.bank_deposit"
FROM = date(2018, 1, 1)
MARK = "局长乙 2018-01-02 更正"


def propose(desk: Desk, value: str = "6", key: str = KEY, since: date = FROM) -> str:
    changes = desk.do("law.propose", key=key, value=value, valid_from=since, source="某司法解释第一条", reason="条文已改，原值有误")
    return changes.ids("LawCorrection")[0]


def approved(enter: Callable[..., Desk], value: str = "6", key: str = KEY, since: date = FROM) -> Desk:
    row = propose(enter("judge"), value, key, since)
    desk = enter("director")
    desk.do("law.approve", correction=row)
    return desk


def test_a_correction_rules_from_its_day_once_the_director_approved_it(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    row = propose(desk)
    assert desk.law.value(KEY, DAY).value == 12
    desk = enter("director")
    book = desk.law
    assert book is desk.law  # kept, not made anew each time
    desk.do("law.approve", correction=row)
    assert desk.law is not book
    value = desk.law.value(KEY, DAY)
    assert (value.value, value.corrected_by, value.confirmed, value.source) == (6, MARK, True, "某司法解释第一条")
    assert value.name == book.value(KEY, DAY).name
    assert value.articles == book.value(KEY, DAY).articles
    assert desk.law.value(KEY, date(2017, 12, 31)).value == 12
    assert [one.corrected_by for one in desk.law.history(KEY)][-1] == MARK
    assert desk.law.fingerprint != book.fingerprint
    assert shipped_law(desk.session) is desk.services.law
    assert desk.law is desk.law


def test_the_correction_rules_for_everybody_and_after_a_restart(enter: Callable[..., Desk]) -> None:
    approved(enter)
    desk = enter("judge")
    assert desk.law.value(KEY, DAY).value == 6
    assert longest_term(desk.law, "bank_deposit", DAY).value == 6


def test_the_sheet_of_a_calculation_says_that_it_was_corrected(enter: Callable[..., Desk]) -> None:
    desk = approved(enter)
    sheet = CALCULATORS["control_end"].run(desk.law, desk.services.calendar, {"kind": "bank_deposit", "start": "2018-01-02"})
    assert "2018年7月1日" in sheet.result
    assert any(MARK in line for line in sheet_lines(sheet))


def test_nobody_approves_his_own_and_only_the_director_approves(enter: Callable[..., Desk]) -> None:
    desk = enter("director")
    row = propose(desk)
    assert refused(desk, "law.approve", correction=row) == "access.oneself"
    for account in ("president", "judge", "admin", "clerk"):
        assert refused(enter(account), "law.approve", correction=row) == "access.duty"
        assert refused(enter(account), "law.refuse", correction=row, reason="不对") == "access.duty"
    assert refused(enter("seal"), "law.propose", key=KEY, value="6", valid_from=FROM, source="某条", reason="有误") == "access.duty"
    assert enter("judge").law.value(KEY, DAY).value == 12


def test_a_refused_correction_changes_nothing_and_is_decided_once(enter: Callable[..., Desk]) -> None:
    row = propose(enter("admin"))
    desk = enter("director")
    assert refused(desk, "law.refuse", correction=row, reason=" ") == "field.missing"
    desk.do("law.refuse", correction=row, reason="查无此条")
    assert desk.law.value(KEY, DAY).value == 12
    assert refused(desk, "law.approve", correction=row) == "law.state"
    assert [one.state_words for one in corrections(desk.session)] == ["未批准"]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        (KEY, "六个月", "law.value"), (KEY, "", "field.missing"), (KEY, "-1", "law.value"), ("control.nothing", "6", "law.unknown"),
        ("auction.start_price.min_ratio", "七成", "law.value"),
    ],
)
def test_what_does_not_fit_is_refused(enter: Callable[..., Desk], key: str, value: str, code: str) -> None:
    desk = enter("judge")
    assert refused(desk, "law.propose", key=key, value=value, valid_from=FROM, source="某条", reason="有误") == code
    assert LawCorrection.select().count() == 0


def test_no_correction_moves_an_approving_level(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    levels = [key for key in desk.law.values if desk.law.history(key)[0].unit == "level"]
    assert levels
    for key in levels:
        with pytest.raises(Refusal, match="层级不能以更正参数的方式改变"):
            desk.do("law.propose", key=key, value="director", valid_from=FROM, source="某条", reason="有误")


def test_another_unit_no_source_and_a_second_waiting_correction_are_refused(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    assert refused(desk, "law.propose", key=KEY, value="6", unit="day", valid_from=FROM, source="某条", reason="有误") == "law.correction"
    assert refused(desk, "law.propose", key=KEY, value="6", valid_from=FROM, source=" ", reason="有误") == "field.missing"
    propose(desk)
    assert refused(desk, "law.propose", key=KEY, value="9", valid_from=FROM, source="某条", reason="有误") == "law.pending"


def test_the_later_correction_rules_over_the_earlier(enter: Callable[..., Desk]) -> None:
    approved(enter)
    desk = approved(enter, "9", since=date(2018, 1, 2))
    assert [desk.law.value(KEY, day).value for day in (date(2017, 12, 31), FROM, DAY)] == [12, 6, 9]


def test_a_correction_carried_in_behind_the_verbs_is_seen_too(enter: Callable[..., Desk]) -> None:
    """Taking in a package writes rows by itself: the book must not depend on an action having been called here."""
    row = propose(enter("judge"))
    desk = enter("director")
    before = desk.law
    with desk.session.act("law.approve") as act:
        found = act.get(LawCorrection, row)
        act.change(found, state="effective", approved_by=desk.session.me.id, approved_on=DAY)
    assert desk.law.value(KEY, DAY).value == 6
    with at_will(desk.session, "law.strike") as act:
        act.strike(act.get(LawCorrection, row), "误入")
    assert desk.law.fingerprint == before.fingerprint


def test_a_correction_that_newer_data_no_longer_take_is_left_out(enter: Callable[..., Desk]) -> None:
    desk = approved(enter)
    values = {key: versions for key, versions in desk.services.law.values.items() if key != KEY}
    desk.session.law = replace(desk.services.law, values=values)
    assert KEY not in desk.law.values
    assert [one.after for one in corrections(desk.session)] == ["6"]


def test_the_approval_table_and_its_hash_stay(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    before = [desk.session.authority.decide(matter.id, on=DAY) for matter in desk.session.authority.choosable()]
    desk = approved(enter)
    after = [desk.session.authority.decide(matter.id, on=DAY) for matter in desk.session.authority.choosable()]
    assert before == after
    assert len({ruling.data_hash for ruling in after}) == 1


def test_every_figure_can_be_typed_as_it_is_shown(enter: Callable[..., Desk]) -> None:
    book = enter("judge").law
    for key in book.values:
        for value in book.history(key):
            if value.value is not None and value.unit != "level":
                assert read_value(value.unit, write_value(value.value), value.value) == value.value, key


@pytest.mark.parametrize(
    ("unit", "typed", "value"),
    [
        ("ratio", "70%", "0.7"), ("ratio", "0.70", "0.70"), ("month", "１２", 12), ("bool", "否", False), ("date", "2018年2月1日", date(2018, 2, 1)),
        ("month_range", "3、6", [3, 6]), ("day_before", "30、15", [30, 15]), ("list", "甲；乙\n丙", ["甲", "乙", "丙"]), ("CNY", "1,210,000", 1_210_000),
    ],
)
def test_figures_are_read_by_their_unit(unit: str, typed: str, value: object) -> None:
    assert read_value(unit, typed) == value


TIERS = "fee.preservation.tiers"


def test_a_tier_is_corrected_line_by_line(enter: Callable[..., Desk]) -> None:
    desk = approved(enter, ":1000:30；1000:100000::2%；100000:::0.5%", TIERS)
    assert desk.law.value(TIERS, DAY).value == [{"upto": 1000, "flat": 30}, {"over": 1000, "upto": 100_000, "rate": "0.02"}, {"over": 100_000, "rate": "0.005"}]
    assert preservation_fee(desk.law, 1_000_000, DAY).fen == 30_00 + 9_000 * 2
    assert preservation_fee(desk.law, 1_000_000, date(2017, 12, 31)).fen == 30_00 + 9_000
    assert [one.after for one in corrections(desk.session)] == ["不超过1000元的30元，超过1000元至100000元的部分×2%，超过100000元的部分×0.5%"]


def test_the_same_tiers_typed_anew_are_no_correction(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    now = desk.law.value(TIERS, DAY)
    given = {"key": TIERS, "value": "0:1,000:30；1000:100000::1.0%；100000:::0.005", "valid_from": FROM, "reason": "核对"}
    assert refused(desk, "law.propose", **given, source=now.source) == "law.same"
    assert LawCorrection.select().count() == 0
    row = desk.do("law.propose", **given, source="另一依据").ids("LawCorrection")[0]  # another source is a correction, of the source alone
    assert LawCorrection.get(LawCorrection.id == row).value == now.value


def test_a_day_without_a_figure_is_none_that_stays_the_same(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    with pytest.raises(Refusal, match="没有可用的数值"):
        desk.law.value(TIERS, date(2000, 1, 1))
    now = desk.law.value(TIERS, DAY)
    assert desk.do("law.propose", key=TIERS, value=write_value(now.value), valid_from=date(2000, 1, 1), source=now.source, reason="补录").ids("LawCorrection")


def test_a_wrong_tier_names_its_line_and_field_by_command(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    with pytest.raises(Refusal, match="第 2 项「比例」：「两成」不是比例.*每项写作「超过（元）") as caught:
        desk.do("law.propose", key=TIERS, value=":1000:30；1000:::两成", valid_from=FROM, source="某条", reason="有误")
    assert caught.value.code == "law.value" and LawCorrection.select().count() == 0


def test_a_shorter_term_does_not_hide_a_measure_that_was_longer(enter: Callable[..., Desk]) -> None:
    """A recorded term above what the corrected law allows warns by the lawful one instead of breaking the list."""
    desk = enter("judge")
    many_measures.add(desk, 1, DAY)
    assert [(row.ends_on, row.rules) for row in desk.reads.expiry().rows] == [(date(2019, 1, 1), "自生效日推算")]
    desk = approved(enter)
    assert [(row.ends_on, row.rules) for row in desk.reads.expiry().rows] == [(date(2018, 7, 1), "自生效日按法定最长期限推算")]
    assert desk.reads.case(NUMBER).measures[0].ends_on == date(2018, 7, 1)
    assert desk.reads.cases()[0].due_on is not None
