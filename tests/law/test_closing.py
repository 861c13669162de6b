"""Closing and resuming. Sources: 法发〔2014〕26号; 法明传〔2018〕335号."""

from __future__ import annotations

import pytest

from execdesk.law import closing
from execdesk.law.days import add_months
from tests.law.rules import BOOK, day, refused

ON = day("2017-11-02")


def test_ways_of_closing() -> None:
    ways, sheet = closing.closing_ways(BOOK, "执", ON)
    assert ways == ("执行完毕", "终结本次执行程序", "终结执行", "销案", "不予执行", "驳回申请")
    assert tuple(step.result for step in sheet.steps) == ways and sheet.result == "共6种"
    assert sheet.steps[0].label == "方式1"
    assert len(closing.closing_ways(BOOK, "执", day("2014-12-31"))[0]) == 4
    assert "保全完毕" in closing.closing_ways(BOOK, "执保", ON)[0]
    for unknown in ("民初", "delegated_or_designated"):
        sentence = refused("closing.type", lambda unknown=unknown: closing.closing_ways(BOOK, unknown, ON))
        assert "执恢" in sentence and "full_performance" not in sentence
    delegated = "case.closing.delegated_or_designated"
    assert [BOOK.value(delegated, day(d)).value for d in ("2018-06-15", "2018-06-16")] == ["终结执行", "销案"]


@pytest.mark.parametrize(("state", "type_code", "bound", "source"), [
    ("中止执行", "", False, "执行文书立卷归档办法（试行） 法发〔2006〕11号 第4条"), ("暂缓执行", "", False, "执行文书立卷归档办法（试行） 法发〔2006〕11号 第4条"),
    ("终结本次执行程序", "执恢", False, "法发〔2014〕26号 第6条"), ("终结执行", "执恢", True, "法发〔2014〕26号 第6条"),
])  # fmt: skip
def test_what_resumes_how(state: str, type_code: str, bound: bool, source: str) -> None:
    found = closing.resume_way(BOOK, state, ON)
    assert (found.type_code, found.bound, found.sheet.basis[0].source) == (type_code, bound, source)
    assert found.sheet.steps[0].result == (type_code or "原案号")
    assert found.sheet.steps[1].result == "恢复执行通知书"


def test_resuming_by_the_notice_of_2018_and_what_does_not_resume() -> None:
    assert closing.resume_way(BOOK, "终结执行", day("2018-06-16")).sheet.basis[0].source == "法明传〔2018〕335号"
    refused("closing.resume", lambda: closing.resume_way(BOOK, "执行完毕", ON))


@pytest.mark.parametrize(("kind", "months"), [("money", 6), ("act_delivery", 6), ("criminal_property", 6), ("admin_nonlit", 3), ("transferred", 6)])
def test_the_closing_term_follows_the_kind(kind: str, months: int) -> None:
    own = {"admin_nonlit": "closing.non_litigation", "criminal_property": "closing.criminal_property"}
    assert closing.closing_node(BOOK, kind, ON) == own.get(kind, "closing.money")
    assert closing.closing_due(BOOK, kind, day("2017-08-31")) == add_months(day("2017-08-31"), months)


def test_criminal_property_has_a_term_of_its_own_from_the_day_of_its_rules() -> None:
    assert closing.closing_node(BOOK, "criminal_property", day("2014-11-05")) == "closing.money"
    assert closing.closing_node(BOOK, "criminal_property", day("2014-11-06")) == "closing.criminal_property"


def test_extension_is_counted_before_the_days_that_do_not_count() -> None:
    due = closing.closing_due(BOOK, "money", day("2017-08-31"), extended=3, deducted=10)
    assert due == day("2018-06-07")  # 02-28, three months on 05-28, ten days more
    refused("law.unknown", lambda: closing.closing_node(BOOK, "lunch", ON))
