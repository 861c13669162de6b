"""Closing and resuming. Sources: 法发〔2014〕26号; 法明传〔2018〕335号."""

from __future__ import annotations

from execdesk.law import closing
from tests.law.rules import BOOK, day, refused

ON = day("2017-11-02")


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
