"""Joined sanctions, exit restrictions, published rates, by hand. Sources: 民诉法解释 第183、184条; 通报备案规定 第6条."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from execdesk.law.calculators import Money, calculator
from execdesk.law.exits import exit_end
from execdesk.law.joined import Sanction, check_joined
from execdesk.law.rates import SERIES, rate_segments
from execdesk.law.refusal import Refusal
from tests.law.rules import BOOK, CALENDAR, MANY, day, refused

DAY = day("2017-09-12")
FINE = Sanction("张某", "拒不报告财产", "fine_individual", 500_000, DAY)
DETENTION = replace(FINE, kind="detention", amount=10)


def test_a_fine_and_a_detention_for_one_act_stand_together() -> None:
    sheet = check_joined(BOOK, (FINE, DETENTION))
    assert [step.working for step in sheet.steps] == ["罚款5,000.00元，单独适用", "拘留10日，与罚款合并适用"]
    assert [step.source for step in sheet.steps] == ["民诉法解释 第184条", "民诉法解释 第183条"]
    assert sheet.result == "2项可以同时适用"
    assert [value.key for value in sheet.basis] == ["fine.individual.max", "sanction.combine", "sanction.once_per_act", "detention.max"]
    assert sheet.inputs[1] == ("张某", "拒不报告财产，2017年9月12日拘留10日")


def test_a_unit_and_its_head_may_both_be_fined_and_the_head_detained() -> None:
    unit = Sanction("某公司", "拒不协助", "fine_unit", 5_000_000, DAY)
    head = replace(unit, person="李某", kind="fine_individual", amount=1)
    assert check_joined(BOOK, (unit, head, replace(head, kind="detention", amount=15))).result == "3项可以同时适用"
    words = refused("sanction.unit", lambda: check_joined(BOOK, (replace(unit, kind="detention", amount=1), unit)))
    assert "主要负责人" in words


def test_the_same_act_is_punished_once_of_each_sort() -> None:
    later = replace(FINE, amount=1, decided_on=day("2017-10-12"))
    with pytest.raises(Refusal, match="已于2017年9月12日决定罚款") as caught:
        check_joined(BOOK, (later, FINE))
    assert (caught.value.code, caught.value.clauses[0].source) == ("sanction.repeated", "民诉法解释 第184条")
    refused("sanction.repeated", lambda: check_joined(BOOK, (DETENTION, FINE, replace(DETENTION, amount=5, decided_on=day("2017-10-12")))))
    # another act, or another person
    assert check_joined(BOOK, (FINE, replace(later, act="转移财产"))).steps[1].working.endswith("单独适用")
    assert check_joined(BOOK, (FINE, replace(later, person="李某")))


@pytest.mark.parametrize(("changes", "code"), [
    ({"amount": 10_000_001}, "fine.range"), ({"kind": "fine_unit", "amount": 4_999_999}, "fine.range"), ({"kind": "detention", "amount": 16}, "detention.days"),
    ({"kind": "detention", "amount": 0}, "detention.days"), ({"decided_on": day("2015-02-03")}, "law.not_in_force"),
])  # fmt: skip
def test_each_must_stand_by_itself(changes: dict[str, object], code: str) -> None:
    refused(code, lambda: check_joined(BOOK, (replace(FINE, **changes),)))
    refused("sanction.empty", lambda: check_joined(BOOK, ()))
    assert check_joined(BOOK, (replace(DETENTION, amount=1), replace(FINE, amount=10_000_000, decided_on=day("2015-02-04"))))


EXITS = [
    # from, months; last day, from when to renew
    ("2017-11-30", 3, "2018-02-27", "2018-01-28"),  # 11-30 and three months is 02-28, less a day
    ("2018-01-02", None, "2018-04-01", "2018-03-02"), ("2018-01-31", 1, "2018-02-27", "2018-01-31"), ("2018-01-15", 2, "2018-03-14", "2018-02-15"),
]  # fmt: skip


@pytest.mark.parametrize(("since", "months", "ends", "renew"), EXITS)
def test_the_end_of_an_exit_restriction(since: str, months: int | None, ends: str, renew: str) -> None:
    end = exit_end(BOOK, day(since), months)
    assert (end.ends_on, end.renew_from) == (day(ends), day(renew))
    assert [value.key for value in end.sheet.basis] == ["exit.record_term.county", "exit.renewal_window", "convention.list_end"]


def test_an_exit_restriction_of_the_county() -> None:
    for months in (0, 4):
        refused("exit.term", lambda months=months: exit_end(BOOK, day("2018-01-02"), months))
    refused("law.not_in_force", lambda: exit_end(BOOK, day("1997-12-31")))
    assert exit_end(BOOK, day("1998-01-01"), 1).ends_on == day("1998-01-31")


def test_the_rates_change_over_to_the_lpr() -> None:
    found = rate_segments(BOOK, "one_year", day("2019-08-01"), day("2019-09-30"))
    assert [(s.since, s.rate) for s in found] == [(day("2019-08-01"), Fraction("0.0435")), (day("2019-08-20"), Fraction("0.0425")), (day("2019-09-20"), Fraction("0.0420"))]
    assert [s.figure.key for s in found if s.figure] == ["rate.benchmark.one_year", "rate.lpr.one_year", "rate.lpr.one_year"]
    assert not any(s.figure.confirmed for s in found if s.figure)
    four = rate_segments(BOOK, "over_five", day("2019-08-19"), day("2019-08-20"), Fraction(4))
    assert [s.rate for s in four] == [Fraction("0.196"), Fraction("0.194")]
    assert len(rate_segments(BOOK, "over_five", day("2019-08-19"), day("2019-08-19"))) == 1
    assert rate_segments(BOOK, "one_year", day("2026-01-01"), day("2030-01-01"))[0].rate == Fraction("0.03")
    assert rate_segments(BOOK, "one_year", day("2018-01-02"), day("2018-01-01")) == ()


@pytest.mark.parametrize("name", SERIES)
def test_every_day_has_one_rate(name: str) -> None:
    found = rate_segments(BOOK, name, day("2008-12-23"), day("2025-12-31"))
    assert all(one.since < other.since for one, other in zip(found, found[1:], strict=False))
    for one, other in zip(found, found[1:], strict=False):
        assert one.figure is not None and one.figure.valid_to is not None
        assert one.figure.valid_to + timedelta(days=1) == other.since
    words = refused("rate.unknown", lambda: rate_segments(BOOK, name, day("2008-12-22"), day("2009-01-01")))
    assert "2008年12月22日" in words


def test_the_court_corrects_a_rate() -> None:
    known = BOOK.value("rate.lpr.one_year", day("2026-01-05"))
    book = BOOK.corrected([replace(known, value="0.0290", valid_from=day("2026-01-20"), source="全国银行间同业拆借中心", corrected_by="局长某某 2026-01-21 更正")])
    found = rate_segments(book, "half_year", day("2026-01-01"), day("2026-12-31"))
    assert [s.rate for s in found] == [Fraction("0.03"), Fraction("0.029")]


def test_interest_by_a_published_rate() -> None:
    """100,000.00 for 31 days after 2019-07-31 at 1.5 times: 19 d at 6.525 % and 12 d at 6.375 %, of 365."""
    typed = {"debt": "100000", "period_end": "2019-07-31", "until": "2019-08-31", "series": "六个月至一年", "times": "1.5"}
    done = calculator("interest").compute(BOOK, CALENDAR, typed)
    # 339.6575… + 209.5890… = 549.2465… and 100,000.00 × 0.000175 × 31 = 542.50
    assert (done.figures["general"], done.figures["double"]) == (Money(54_925), Money(54_250))
    assert done.sheet.unconfirmed and {"rate.benchmark.one_year", "rate.lpr.one_year"} <= {value.key for value in done.sheet.basis}
    assert ("一般利息年利率", "2019年8月20日起6.375%（贷款市场报价利率（一年期））") in done.sheet.inputs
    for more in ({"rate": "6%"}, {"general": "2019-08-01:6%"}):
        refused("interest.general", lambda more=more: calculator("interest").compute(BOOK, CALENDAR, {**typed, **more}))


def test_the_old_doubled_rate_by_a_published_one() -> None:
    """100,000.00 for 30 days until 2014-07-31 at 2 × 6 %, then 31 days at 0.0175 %; rates typed stand before published ones."""
    typed = {"debt": "100000", "period_end": "2014-07-01", "until": "2014-08-31", "benchmark_series": "one_year"}
    double = Fraction(10_000_000) * Fraction("0.12") * 30 / 365 + 54_250  # 986.301… + 542.50
    assert calculator("interest").compute(BOOK, CALENDAR, typed).figures["double"] == Money(round(double))
    own = calculator("interest").compute(BOOK, CALENDAR, {**typed, "benchmark": "2014-01-01:12%"})
    assert own.figures["double"] == Money(round(2 * (double - 54_250) + 54_250))
    for since, known in (("2014-07-30", True), ("2014-07-31", False)):
        found = calculator("interest").compute(BOOK, CALENDAR, {**typed, "period_end": since})
        assert any(label == "同期贷款基准利率" for label, _ in found.sheet.inputs) == known
    refused("interest.benchmark", lambda: calculator("interest").compute(BOOK, CALENDAR, {**typed, "benchmark_series": "不按公布的利率"}))


@MANY
def test_random_sanctions_hold_their_rule(many: int) -> None:
    """Whatever the list, it stands exactly where no person has two of a sort for one act and no unit is detained."""
    dice = random.Random(183)
    for _ in range(many):
        several = tuple(
            Sanction(dice.choice("甲乙"), dice.choice("ABC"), dice.choice(["fine_individual", "detention"]), dice.randint(1, 15), DAY + timedelta(days=dice.randint(0, 9)))
            for _ in range(dice.randint(1, 4))
        )
        allowed = len({(one.person, one.act, one.sort) for one in several}) == len(several)
        if allowed:
            assert check_joined(BOOK, several).result == f"{len(several)}项可以同时适用"
        else:
            refused("sanction.repeated", lambda several=several: check_joined(BOOK, several))
