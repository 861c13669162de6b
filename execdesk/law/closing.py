"""Closing a case: the ways by case type, and what resumes how. Sources: 法发〔2014〕26号; 法明传〔2018〕335号."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, add_months
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


def closing_ways(book: LawBook, type_code: str, on: date) -> DatedValue:
    """The ways of closing a case of ``type_code``, as a list in the value."""
    key = f"case.closing.{type_code}"
    if key not in book.values:
        known = "、".join(k.removeprefix("case.closing.") for k in book.values if _is_type(k))
        raise Refusal(f"没有「{type_code}」案件的结案方式，已知的类型代字：{known}。", code="closing.type")
    return book.value(key, on)


def closing_node(book: LawBook, kind: str, filed_on: date) -> str:
    """The node by which a case of a kind is to be closed, without ``deadline.``; Refusal ``law.unknown`` for a kind nobody knows."""
    by_kind = book.value("case.closing_node", filed_on)
    if kind not in by_kind.value:
        raise Refusal(f"「{kind}」不是案件的种类，可用：{'、'.join(by_kind.value)}。", code="law.unknown")
    return str(by_kind.value[kind])


def closing_due(book: LawBook, kind: str, filed_on: date, *, extended: int = 0, deducted: int = 0) -> date:
    """The last day of the closing term by the law of the day of filing: its months, the months it was extended by from there,
    then the days that do not count; never rolled. Refusal ``law.not_in_force`` for a day of which no term is known."""
    term = book.value(f"deadline.{closing_node(book, kind, filed_on)}", filed_on)
    return add_days(add_months(add_months(filed_on, term.value), extended), deducted)


@dataclass(frozen=True)
class Resume:
    """How a case goes on: under its own number or as a new case of ``type_code``; ``bound`` by the application period."""

    state: str
    type_code: str
    document: str
    bound: bool
    basis: tuple[DatedValue, ...]

    @property
    def new_case(self) -> bool:
        """Whether a new case number is needed."""
        return bool(self.type_code)


_SAME = {"中止执行": "恢复执行通知书", "暂缓执行": "恢复执行通知书"}
_NEW = {"终结本次执行程序": False, "终结执行": True}


def resume_way(book: LawBook, state: str, on: date) -> Resume:
    """What resumes how: suspension and deferment go on in the same case, a closed one as a case of its own."""
    if state in _SAME:
        return Resume(state, "", _SAME[state], False, ())
    if state not in _NEW:
        raise Refusal(
            f"「{state}」的案件不能恢复执行，可恢复的有：{'、'.join((*_SAME, *_NEW))}。", code="closing.resume"
        )
    rule = book.value("case.resume_type", on)
    return Resume(state, str(rule.value), "恢复执行通知书", _NEW[state], (rule,))


def _is_type(key: str) -> bool:
    return key.startswith("case.closing.") and not key.isascii()
