"""Calculators of a case's course: the ways of closing it, and how it is resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from execdesk.law import closing
from execdesk.law.calculation import BESIDE_ON, Calculation, Calculator
from execdesk.law.fields import Field
from execdesk.law.periods import Workdays

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


def _closing(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    ways, sheet = closing.closing_ways(book, v["type"], v["on"])
    return Calculation(sheet, {"ways": ways})


def _resume(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    found = closing.resume_way(book, v["state"], v["on"])
    return Calculation(found.sheet, {"type_code": found.type_code, "bound": found.bound})


COURSE = (
    Calculator("closing_ways", "结案方式", (Field("type", "类型代字", "text", "执", hint="如 执、执恢、执保"), BESIDE_ON), _closing),
    Calculator("resume", "恢复执行", (
        Field("state", "案件现状", "choice", options=tuple((state, state) for state in closing.RESUMABLE)), BESIDE_ON), _resume),
)  # fmt: skip
