"""The end of an exit restriction filed by the county, and when it is to be renewed.

Source: 法〔1998〕56号转发的通报备案规定 第6条; 出境限制的止日为本库约定.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, add_months, day_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


@dataclass(frozen=True)
class ExitEnd:
    """``ends_on`` is the last day; renewed from ``renew_from`` to that day, else it lapses."""

    ends_on: date
    renew_from: date
    sheet: Sheet


def exit_end(book: LawBook, starts_on: date, months: int | None = None) -> ExitEnd:
    """The end of a restriction filed from ``starts_on``; without ``months`` the longest the county may file.

    Refusal ``exit.term`` beyond that.
    """
    longest, window = book.value("exit.record_term.county", starts_on), book.value("exit.renewal_window", starts_on)
    rule = book.value("convention.list_end", starts_on)
    chosen = longest.value if months is None else months
    if not 1 <= chosen <= longest.value:
        raise Refusal(
            f"县级备案的限制出境期限为1至{longest.value}个月，不能定为{chosen}个月；更长的由上级机关备案（{longest.source}）。",
            code="exit.term",
        )
    ends_on = add_days(add_months(starts_on, chosen), -1)
    renew_from = max(starts_on, add_days(add_months(ends_on, -window.value), 1))
    steps = (
        SheetStep("末日", f"{day_text(starts_on)}起{chosen}个月的前一日（上限{longest.value}个月）", day_text(ends_on), longest.source),
        SheetStep("续办", f"届满前{window.value}个月内", f"{day_text(renew_from)}至{day_text(ends_on)}", window.source),
    )
    inputs = (("起始日（计入）", day_text(starts_on)), ("期限", f"{chosen}个月"))
    result = f"末日 {day_text(ends_on)}，{day_text(renew_from)}起续办，逾期失效"
    return ExitEnd(ends_on, renew_from, Sheet("限制出境期限", inputs, steps, result, (longest, window, rule)))
