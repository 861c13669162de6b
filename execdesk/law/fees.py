"""Execution fee and preservation fee by progressive tiers. Source: 诉讼费用交纳办法 第14条."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from execdesk.law.money import half_up, percent_text, yuan_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


@dataclass(frozen=True)
class Fee:
    """``fen`` is the fee; where no amount is in dispute, ``low`` and ``high`` bound what the court may set."""

    fen: int
    sheet: Sheet
    basis: tuple[DatedValue, ...]


def execution_fee(book: LawBook, amount: int | None, on: date, *, chosen: int | None = None) -> Fee:
    """The fee for executing ``amount`` fen; without an amount the court sets ``chosen`` fen within the range."""
    if amount is None:
        return _set_fee(book.value("fee.execution.no_amount", on), chosen)
    tiers = book.value("fee.execution.tiers", on)
    steps, total = _tier_steps(tiers, _positive(amount))
    basis = (tiers, book.value("fee.execution.base", on), book.value("convention.fee_rounding", on))
    return _fee("申请执行费", amount, steps, half_up(total), basis)


def preservation_fee(book: LawBook, amount: int | None, on: date) -> Fee:
    """The fee for a preservation of ``amount`` fen, at most the cap; without an amount the lowest tier."""
    tiers, cap = book.value("fee.preservation.tiers", on), book.value("fee.preservation.cap", on)
    if amount is None:
        fen = _flat(tiers) * 100
        sheet = Sheet(
            "财产保全费",
            (("保全数额", "不涉及财产数额"),),
            (SheetStep("每件", "按件交纳", yuan_text(fen)),),
            yuan_text(fen),
            (tiers,),
        )
        return Fee(fen, sheet, (tiers,))
    steps, total = _tier_steps(tiers, _positive(amount))
    fen = half_up(total)
    if fen > cap.value * 100:
        fen = cap.value * 100
        steps.append(SheetStep("上限", f"最多不超过{cap.value}元", yuan_text(fen), cap.source))
    return _fee("财产保全费", amount, steps, fen, (tiers, cap, book.value("convention.fee_rounding", on)))


def _flat(tiers: DatedValue) -> int:
    first: dict[str, Any] = tiers.value[0]
    if "flat" not in first:  # a correction may have made it a share
        raise Refusal(f"不涉及财产数额的没有按件的数额：{tiers.source} 第一段按比例。请填写保全数额。", code="fee.amount")
    flat: int = first["flat"]
    return flat


def _set_fee(span: DatedValue, chosen: int | None) -> Fee:
    low, high = (bound * 100 for bound in span.value)
    if chosen is None:
        raise Refusal(
            f"没有执行金额的案件，由法院在{yuan_text(low)}至{yuan_text(high)}之间确定，请填写数额。", code="fee.choose"
        )
    if not low <= chosen <= high:
        raise Refusal(
            f"没有执行金额的案件，每件应在{yuan_text(low)}至{yuan_text(high)}之间，{yuan_text(chosen)}不可。",
            code="fee.range",
        )
    steps = (SheetStep("每件", f"{yuan_text(low)}至{yuan_text(high)}，由法院确定", yuan_text(chosen), span.source),)
    return Fee(chosen, Sheet("申请执行费", (("执行金额", "没有执行金额"),), steps, yuan_text(chosen), (span,)), (span,))


def _fee(title: str, amount: int, steps: Sequence[SheetStep], fen: int, basis: tuple[DatedValue, ...]) -> Fee:
    return Fee(fen, Sheet(title, (("金额", yuan_text(amount)),), tuple(steps), yuan_text(fen), basis), basis)


def _tier_steps(tiers: DatedValue, amount: int) -> tuple[list[SheetStep], Fraction]:
    """One line per tier reached; the sum is exact."""
    steps, total = [], Fraction(0)
    for tier in tiers.value:
        over = tier.get("over", 0) * 100
        if amount <= over:
            break
        part = min(amount, tier["upto"] * 100) - over if "upto" in tier else amount - over
        fee, working = _tier_fee(tier, part)
        total += fee
        steps.append(SheetStep(_tier_label(tier), working, yuan_text(fee), tiers.source))
    steps.append(SheetStep("合计", " + ".join(step.result for step in steps), yuan_text(half_up(total))))
    return steps, total


def _tier_fee(tier: dict[str, Any], part: int) -> tuple[Fraction, str]:
    if "flat" in tier:
        return Fraction(tier["flat"] * 100), f"每件{tier['flat']}元"
    rate = Fraction(tier["rate"])
    return part * rate, f"{yuan_text(part)} × {percent_text(rate)}"


def _tier_label(tier: dict[str, Any]) -> str:
    if "over" not in tier:
        return f"不超过{tier['upto']}元"
    return f"超过{tier['over']}元" + (f"至{tier['upto']}元的部分" if "upto" in tier else "的部分")


def _positive(amount: int) -> int:
    if amount <= 0:
        raise Refusal("金额应大于零；没有执行金额的案件请不填金额，填写法院确定的数额。", code="fee.amount")
    return amount
