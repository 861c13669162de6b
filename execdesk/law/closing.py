"""Closing a case: the ways by case type, and what resumes how. Sources: 法发〔2014〕26号; 法发〔2006〕11号; 法明传〔2018〕335号."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, add_months, day_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


def closing_ways(book: LawBook, type_code: str, on: date) -> tuple[tuple[str, ...], Sheet]:
    """The ways of closing a case of ``type_code``; Refusal ``closing.type`` for a type of which none is known."""
    key = f"case.closing.{type_code}"
    if not _is_type(key) or key not in book.values:
        known = "、".join(k.removeprefix("case.closing.") for k in book.values if _is_type(k))
        raise Refusal(f"没有「{type_code}」案件的结案方式，已知的类型代字：{known}。", code="closing.type")
    rule = book.value(key, on)
    steps = tuple(SheetStep(f"方式{number}", "", way, rule.source) for number, way in enumerate(rule.value, 1))
    inputs = (("类型代字", type_code), ("结案日", day_text(on)))
    return tuple(rule.value), Sheet("结案方式", inputs, steps, f"共{len(steps)}种", (rule,))


NODE_OF_KIND = "case.closing_node"


def closing_nodes(book: LawBook) -> frozenset[str]:
    """All nodes by which any kind of case was ever to be closed, without ``deadline.``."""
    return frozenset(node for version in book.history(NODE_OF_KIND) for node in version.value.values())


def closing_node(book: LawBook, kind: str, filed_on: date) -> str:
    """The node by which a case of a kind is to be closed, without ``deadline.``; Refusal ``law.unknown`` for a kind nobody knows."""
    by_kind = book.value(NODE_OF_KIND, filed_on)
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
    """How a case goes on: as a new case of ``type_code``, under its own number where that is empty; ``bound`` by the application period."""

    type_code: str
    bound: bool
    sheet: Sheet


DOCUMENT = "恢复执行通知书"
SAME, NEW_FREE, NEW_BOUND = "沿用原案号", "另立新案，不受申请执行期间限制", "另立新案，须在申请执行期间内"
RESUMABLE = {"中止执行": SAME, "暂缓执行": SAME, "终结本次执行程序": NEW_FREE, "终结执行": NEW_BOUND}


def resume_way(book: LawBook, state: str, on: date) -> Resume:
    """What resumes how: suspension and deferment go on in the same case, a closed one as a case of its own.

    Refusal ``closing.resume`` for a state from which nothing resumes.
    """
    if state not in RESUMABLE:
        raise Refusal(f"「{state}」的案件不能恢复执行，可恢复的有：{'、'.join(RESUMABLE)}。", code="closing.resume")
    way = RESUMABLE[state]
    rule = book.value("case.resume_after_suspension" if way == SAME else "case.resume_type", on)
    type_code = "" if way == SAME else str(rule.value)
    number = SheetStep("案号", way, type_code or "原案号", rule.source)
    sheet = Sheet("恢复执行", (("案件现状", state), ("恢复日", day_text(on))), (number, SheetStep("文书", "", DOCUMENT)), way, (rule,))
    return Resume(type_code, way == NEW_BOUND, sheet)


def _is_type(key: str) -> bool:
    return key.startswith("case.closing.") and not key.isascii()
