"""Closing and 终本. Sources: 法〔2016〕373号 第一、五条; 民诉法解释 第519/517条; 法发〔2014〕26号; 法明传〔2018〕335号."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.law import closing
from tests.law.rules import BOOK, day, refused

GOOD: dict[str, bool | date | None] = {
    "notice_sent": True, "report_ordered": True, "restricted": True, "list_eligible": False, "listed": None,
    "network_queried": True, "site_investigated": True, "clues_verified": True, "no_property": True,
    "not_disposable": None, "debtor_missing": False, "debtor_searched": None, "obstructed": False,
    "obstruction_punished": None, "crime_suspected": False, "crime_referred": None, "applicant_told": True,
    "applicant_signed": True, "panel_reviewed": None, "president_approved": None, "filed_on": day("2017-08-01"),
}  # fmt: skip
ON = day("2017-11-02")

CASES = [
    # changed facts, condition (0…6), verdict, facts named
    ({}, 0, "具备", ()),
    ({"notice_sent": False}, 0, "不具备", ("已发出执行通知",)),
    ({"notice_sent": None}, 0, "查不了", ("已发出执行通知",)),
    ({"notice_sent": False, "report_ordered": None}, 0, "不具备", ("已发出执行通知",)),
    ({"restricted": False, "list_eligible": True}, 1, "不具备", ("已发出限制消费令",)),
    ({"list_eligible": True}, 1, "查不了", ("已纳入失信名单",)),
    ({"list_eligible": True, "listed": False}, 1, "不具备", ("已纳入失信名单",)),
    ({"list_eligible": True, "listed": True}, 1, "具备", ()),
    ({"list_eligible": None}, 1, "查不了", ("符合纳入失信名单的条件",)),
    ({"list_eligible": None, "listed": True}, 1, "具备", ()),
    ({"list_eligible": None, "listed": False}, 1, "查不了", ("符合纳入失信名单的条件",)),
    (
        {"clues_verified": None, "site_investigated": None},
        2,
        "查不了",
        ("已完成传统调查", "申请执行人提供的线索已核实"),
    ),
    ({"no_property": False}, 2, "查不了", ("发现的财产不能处置",)),
    ({"no_property": False, "not_disposable": True}, 2, "具备", ()),
    ({"no_property": False, "not_disposable": False}, 2, "不具备", ("未发现可供执行的财产", "发现的财产不能处置")),
    ({"filed_on": day("2017-08-02")}, 3, "不具备", ("2017年11月2日之后",)),
    ({"filed_on": None}, 3, "查不了", ("立案日期",)),
    ({"filed_on": True}, 3, "查不了", ("立案日期",)),
    ({"debtor_missing": True}, 4, "查不了", ("已依法查找被执行人",)),
    ({"debtor_missing": True, "debtor_searched": False, "crime_suspected": True}, 4, "不具备", ("已依法查找被执行人",)),
    ({"obstructed": True, "obstruction_punished": True}, 4, "具备", ()),
    ({"applicant_told": None}, 5, "查不了", ("已告知申请执行人并听取意见",)),
    ({"applicant_signed": False}, 6, "查不了", ("合议庭审查核实", "经院长批准")),
    ({"applicant_signed": False, "panel_reviewed": True, "president_approved": True}, 6, "具备", ()),
    (
        {"applicant_signed": False, "panel_reviewed": True, "president_approved": False},
        6,
        "不具备",
        ("申请执行人签字确认", "经院长批准"),
    ),
    ({"applicant_signed": None, "panel_reviewed": False}, 6, "查不了", ("申请执行人签字确认",)),
]


@pytest.mark.parametrize(("changes", "which", "verdict", "names"), CASES)
def test_conditions(changes: dict[str, bool | date | None], which: int, verdict: str, names: tuple[str, ...]) -> None:
    found = closing.tnr_readiness(BOOK, GOOD | changes, ON)
    answer = found.answers[which]
    assert answer.verdict == verdict
    if verdict != "具备":
        assert answer.names == names
        assert found.verdict == verdict
        assert all(a.verdict == "具备" for n, a in enumerate(found.answers) if n != which)
    else:
        assert found.verdict == "具备"
    assert answer.source


def test_nothing_known_passes_nothing() -> None:
    found = closing.tnr_readiness(BOOK, {}, ON)
    assert {answer.verdict for answer in found.answers} == {"查不了"} and found.verdict == "查不了"
    assert all(answer.names for answer in found.answers)
    mixed = closing.tnr_readiness(BOOK, {"notice_sent": False}, ON)
    assert mixed.verdict == "不具备"  # a known lack outweighs what cannot be checked


def test_three_months_must_have_passed() -> None:
    for on, verdict in (("2017-11-01", "不具备"), ("2017-11-02", "具备")):
        assert closing.tnr_readiness(BOOK, GOOD, day(on)).answers[3].verdict == verdict
    assert len(closing.tnr_readiness(BOOK, GOOD, ON).sheet.steps) == 7


def test_readiness_refusals() -> None:
    refused("closing.fact", lambda: closing.tnr_readiness(BOOK, {"weather": True}, ON))
    refused("law.not_in_force", lambda: closing.tnr_readiness(BOOK, GOOD, day("2016-11-30")))


def test_ways_of_closing() -> None:
    assert len(closing.closing_ways(BOOK, "执", ON).value) == 6
    assert "保全完毕" in closing.closing_ways(BOOK, "执保", ON).value
    sentence = refused("closing.type", lambda: closing.closing_ways(BOOK, "民初", ON))
    assert "执恢" in sentence and "full_performance" not in sentence
    delegated = "case.closing.delegated_or_designated"
    assert [BOOK.value(delegated, day(d)).value for d in ("2018-06-15", "2018-06-16")] == ["终结执行", "销案"]


def test_what_resumes_how() -> None:
    held = closing.resume_way(BOOK, "中止执行", ON)
    assert (held.new_case, held.document, held.bound) == (False, "恢复执行通知书", False)
    assert not closing.resume_way(BOOK, "暂缓执行", ON).new_case
    this_round = closing.resume_way(BOOK, "终结本次执行程序", ON)
    assert (this_round.type_code, this_round.new_case, this_round.bound) == ("执恢", True, False)
    ended = closing.resume_way(BOOK, "终结执行", day("2018-06-16"))
    assert (ended.type_code, ended.bound) == ("执恢", True)
    assert ended.basis[0].source == "法明传〔2018〕335号"
    refused("closing.resume", lambda: closing.resume_way(BOOK, "执行完毕", ON))
