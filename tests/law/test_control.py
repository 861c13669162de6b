"""Control terms by the day. Sources: 民诉法解释 第487/485条; 法释〔2004〕15号 第29条 until 2015-02-03; plan T14."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law import control
from execdesk.law.control import ControlFacts
from tests.law.rules import BOOK, day, refused

ENDS = [
    ("bank_deposit", "2017-08-15", None, "2018-08-14", 12),
    ("bank_deposit", "2016-02-29", None, "2017-02-27", 12),  # convention: 02-28 less one day
    ("bank_deposit", "2015-02-03", None, "2015-08-02", 6),
    ("bank_deposit", "2015-02-04", None, "2016-02-03", 12),
    ("bank_deposit", "2005-01-01", None, "2005-06-30", 6),
    ("movable", "2017-08-15", None, "2019-08-14", 24),
    ("movable", "2015-02-03", None, "2016-02-02", 12),
    ("movable", "2015-02-04", None, "2017-02-03", 24),
    ("immovable", "2017-08-15", None, "2020-08-14", 36),
    ("immovable", "2015-02-03", None, "2017-02-02", 24),
    ("immovable", "2015-02-04", None, "2018-02-03", 36),
    ("other_right", "2017-08-15", None, "2020-08-14", 36),
    ("other_right", "2015-02-03", None, "2017-02-02", 24),
    ("bank_deposit", "2017-08-31", 6, "2018-02-27", 6),
    ("bank_deposit", "2017-10-01", 1, "2017-10-31", 1),
    ("immovable", "2017-09-30", 36, "2020-09-29", 36),
]


@pytest.mark.parametrize(("kind", "start", "months", "end", "length"), ENDS)
def test_first_term(kind: str, start: str, months: int | None, end: str, length: int) -> None:
    found = control.control_end(BOOK, kind, day(start), months)
    assert (found.ends_on, found.months) == (day(end), length)
    assert found.sheet.basis == found.basis
    assert any(v.key == "control.expiry.no_holiday_roll" for v in found.basis) == (start >= "2015-02-04")


def test_first_term_refusals() -> None:
    assert "1至12个月" in refused(
        "control.term", lambda: control.control_end(BOOK, "bank_deposit", day("2017-08-15"), 13)
    )
    refused("control.term", lambda: control.control_end(BOOK, "bank_deposit", day("2017-08-15"), 0))
    refused("control.kind", lambda: control.control_end(BOOK, "house", day("2017-08-15")))
    for kind in control.KINDS:
        refused("law.not_in_force", lambda kind=kind: control.control_end(BOOK, kind, day("2004-12-31")))


def test_renewal_runs_from_the_day_after() -> None:
    served_in_time = control.renewal_end(BOOK, "bank_deposit", day("2018-08-14"), day("2018-08-14"))
    assert served_in_time.ends_on == day("2019-08-14")
    assert control.renewal_end(BOOK, "bank_deposit", day("2018-08-14"), day("2018-07-01"), 6).ends_on == day(
        "2019-02-14"
    )
    refused("control.lapsed", lambda: control.renewal_end(BOOK, "bank_deposit", day("2018-08-14"), day("2018-08-15")))
    refused("control.term", lambda: control.renewal_end(BOOK, "bank_deposit", day("2018-08-14"), day("2018-08-14"), 13))


def test_renewal_under_the_old_rule_is_half() -> None:
    half = control.renewal_end(BOOK, "immovable", day("2014-08-14"), day("2014-08-14"))
    assert (half.ends_on, half.months) == (day("2015-08-14"), 12)
    # 「续行期限不得超过前款规定期限的二分之一」: half of the longest term, whatever the first term was
    deposit = control.renewal_end(BOOK, "bank_deposit", day("2014-08-14"), day("2014-08-01"))
    assert (deposit.ends_on, deposit.months) == (day("2014-11-14"), 3)
    assert control.renewal_end(BOOK, "movable", day("2014-08-14"), day("2014-08-01")).months == 6
    refused("control.term", lambda: control.renewal_end(BOOK, "bank_deposit", day("2014-08-14"), day("2014-08-01"), 4))
    last_old = control.renewal_end(BOOK, "bank_deposit", day("2015-02-10"), day("2015-02-03"))
    assert last_old.months == 3
    across = control.renewal_end(BOOK, "immovable", day("2015-02-10"), day("2015-02-04"))  # served under the new rule
    assert across.months == 36
    refused("control.term", lambda: control.renewal_end(BOOK, "immovable", day("2014-08-14"), day("2014-08-14"), 13))


def test_half_of_the_first_term_or_of_the_longest_as_the_court_reads_it() -> None:
    old, served = day("2014-12-31"), day("2014-12-01")
    assert control.renewal_end(BOOK, "bank_deposit", old, served, first_months=4).months == 2  # 首次期限: half of four
    assert control.renewal_end(BOOK, "bank_deposit", old, served, first_months=9).months == 3  # never of more than the longest, six
    known = BOOK.value("control.renewal.half_of", served)
    other = BOOK.corrected([replace(known, value="最长期限", valid_from=day("2014-01-01"), source="院内通知", corrected_by="局长某某 2014-01-01 更正")])
    assert control.renewal_end(other, "bank_deposit", old, served, first_months=4).months == 3


def test_preservation_carries_its_own_term_over() -> None:
    carried = control.carried_over(BOOK, "immovable", day("2017-03-01"), day("2017-09-01"))
    assert carried.ends_on == day("2020-02-29") == control.control_end(BOOK, "immovable", day("2017-03-01")).ends_on
    assert carried.basis[-1].key == "control.preservation_to_execution"
    last = control.carried_over(BOOK, "bank_deposit", day("2017-03-01"), day("2018-02-28"))
    assert last.ends_on == day("2018-02-28")
    refused("control.lapsed", lambda: control.carried_over(BOOK, "bank_deposit", day("2017-03-01"), day("2018-03-01")))


STATES = [
    # effective, waiting, ends, released, disposed, on, state, left
    (None, None, (), None, None, "2018-01-01", "pending", None),
    (None, "2018-01-01", (), None, None, "2018-01-01", "waiting", None),
    (None, "2018-01-02", (), None, None, "2018-01-01", "pending", None),
    ("2018-01-02", None, ("2018-08-14",), None, None, "2018-01-01", "pending", None),
    ("2018-01-02", "2017-01-01", ("2018-08-14",), None, None, "2018-01-01", "waiting", None),
    ("2018-01-01", None, (), None, None, "2018-01-01", "live", None),
    ("2018-01-01", None, ("2018-08-14",), None, None, "2018-07-14", "live", 31),
    ("2018-01-01", None, ("2018-08-14",), None, None, "2018-07-15", "due", 30),
    ("2018-01-01", None, ("2018-08-14", "2018-08-12"), None, None, "2018-08-12", "due", 0),
    ("2018-01-01", None, ("2018-08-14", "2018-08-12"), None, None, "2018-08-13", "lapsed", None),
    ("2018-01-01", None, ("2018-08-14",), "2018-05-01", None, "2018-04-30", "live", 106),
    ("2018-01-01", None, ("2018-08-14",), "2018-05-01", None, "2018-05-01", "released", None),
    ("2018-01-01", None, ("2018-08-14",), None, "2018-05-01", "2018-09-01", "disposed", None),
    ("2018-01-01", None, ("2018-08-14",), "2018-08-20", None, "2018-09-01", "lapsed", None),
    ("2018-01-01", None, ("2018-08-14",), "2018-06-01", "2018-05-01", "2018-09-01", "disposed", None),
]


@pytest.mark.parametrize(("effective", "waiting", "ends", "released", "disposed", "on", "state", "left"), STATES)
def test_states(
    effective: str | None, waiting: str | None, ends: tuple[str, ...], released: str | None, disposed: str | None,
    on: str, state: str, left: int | None,
) -> None:  # fmt: skip
    def opt(text: str | None) -> date | None:
        return day(text) if text else None

    facts = ControlFacts(opt(effective), opt(waiting), tuple(map(day, ends)), opt(released), opt(disposed))
    found = control.state_on(facts, day(on), 30)
    assert (found.state, found.days_left) == (state, left)
    assert found.ends_on == (min(map(day, ends)) if ends else None)


def test_state_words() -> None:
    facts = ControlFacts(day("2018-01-01"), None, (day("2018-08-14"),))
    assert control.state_on(facts, day("2018-08-14"), 30).words == "今日届满"
    assert control.state_on(facts, day("2018-08-13"), 30).words == "剩余1天"
    assert control.state_on(facts, day("2018-08-15"), 30).words == "已失效"
    assert control.state_on(ControlFacts(day("2018-01-01")), day("2018-01-01"), 30).words == "有效"
    renewed = replace(control.state_on(facts, day("2018-08-13"), 30), by_act="已续行")
    assert renewed.words == "已续行"  # what another act brought about comes before the days


def test_waiting_term_starts_when_it_takes_effect_and_alarms_early() -> None:
    end = control.waiting_end(BOOK, "movable", day("2017-01-10"), day("2018-05-01"))
    assert end.ends_on == day("2020-04-30")
    assert "提醒按 2019年1月9日" in end.sheet.result
    old = control.waiting_end(
        BOOK, "bank_deposit", day("2014-12-01"), day("2015-03-01")
    )  # longer than the term of 2014
    assert old.ends_on == day("2016-02-29") and "提醒按 2015年11月30日" in old.sheet.result
    at_once = control.waiting_end(BOOK, "movable", day("2018-05-01"), day("2018-05-01"))
    assert "提醒按 2020年4月30日" in at_once.sheet.result


@given(st.sampled_from(sorted(control.KINDS)), st.dates(date(2015, 2, 4), date(2026, 12, 31)), st.integers(1, 12))
def test_ends_are_monotone(kind: str, start: date, months: int) -> None:
    end = control.control_end(BOOK, kind, start, months).ends_on
    assert end > start or months == 0
    assert end <= control.control_end(BOOK, kind, start + timedelta(days=1), months).ends_on
    assert (
        end < control.control_end(BOOK, kind, start).ends_on or months == control.longest_term(BOOK, kind, start).value
    )
