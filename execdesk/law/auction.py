"""Limits of an auction: prices, cuts, deposits, notice days; online from 2017-01-01, entrusted before or by choice.

Sources: 法释〔2016〕18号 第10、12、16、17、27条; 法释〔2018〕15号 第27条; 拍卖变卖规定 2004第8、35条/2020第5、32条.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, add_months, day_text
from execdesk.law.lookup import in_force
from execdesk.law.money import ceil_fen, floor_fen, percent_text, yuan_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

SORTS = {"movable": "动产", "immovable": "不动产或者其他财产权"}


@dataclass(frozen=True)
class AuctionLimits:
    """All in fen. ``second_min`` is the least second start price for the ``first`` one given, else for the least first."""

    first_min: int
    second_min: int
    deposit_min: int
    deposit_max: int
    price_name: str
    sheet: Sheet


def auction_limits(book: LawBook, appraisal: int, on: date, *, first: int | None = None) -> AuctionLimits:
    """The limits of an online auction decided on ``on`` for property priced at ``appraisal`` fen.

    Refusal ``auction.price`` where ``first``, the start price chosen, is too low; ``law.not_in_force`` before 2017-01-01.
    """
    ratio, cut = book.value("auction.start_price.min_ratio", on), book.value("auction.second.max_cut", on)
    deposit, panel = book.value("auction.deposit.ratio", on), book.value("auction.panel_required", on)
    name = price_name(book, on)
    first_min = _least(appraisal, Fraction(ratio.value))
    start = first_min if first is None else first
    if start < first_min:
        raise Refusal(
            f"起拍价{yuan_text(start)}低于{name}的{percent_text(Fraction(ratio.value))}，"
            f"至少应为{yuan_text(first_min)}（{ratio.source}）。", code="auction.price",
        )  # fmt: skip
    keep = 1 - Fraction(cut.value)
    second_min = ceil_fen(start * keep)
    low, high = (Fraction(bound) for bound in deposit.value)
    deposit_min, deposit_max = ceil_fen(start * low), floor_fen(start * high)
    steps = (
        SheetStep(
            "首次起拍价不低于",
            f"{yuan_text(appraisal)} × {percent_text(Fraction(ratio.value))}",
            yuan_text(first_min),
            ratio.source,
        ),
        SheetStep("再次起拍价不低于", f"{yuan_text(start)} × {percent_text(keep)}", yuan_text(second_min), cut.source),
        SheetStep("保证金不低于", f"{yuan_text(start)} × {percent_text(low)}", yuan_text(deposit_min), deposit.source),
        SheetStep("保证金不高于", f"{yuan_text(start)} × {percent_text(high)}", yuan_text(deposit_max), deposit.source),
        SheetStep("合议庭评议", "、".join(panel.value), "应当评议确定", panel.source),
    )
    inputs = ((name, yuan_text(appraisal)), ("决定日", day_text(on)), ("首次起拍价", yuan_text(start)))
    result = f"首次不低于{yuan_text(first_min)}，再次不低于{yuan_text(second_min)}，保证金{yuan_text(deposit_min)}至{yuan_text(deposit_max)}"
    sheet = Sheet("网络司法拍卖价格", inputs, steps, result, (ratio, cut, deposit, panel))
    return AuctionLimits(first_min, second_min, deposit_min, deposit_max, name, sheet)


def entrusted_limits(book: LawBook, appraisal: int, on: date, *, previous: int | None = None) -> tuple[int, Sheet]:
    """The least reserve price of an entrusted auction: of the first round, or after ``previous`` failed.

    Until 2020-12-31 the first is a share of the appraisal, from 2021-01-01 the appraisal itself.
    """
    whole = in_force(book, "auction.start_price_traditional", on)
    ratio = whole or book.value("auction.start_price.min_ratio_traditional", on)
    basis: tuple[DatedValue, ...] = (ratio,)
    if previous is None:
        least = _least(appraisal, Fraction(ratio.value))
        step = SheetStep(
            "首次保留价不低于",
            f"{yuan_text(appraisal)} × {percent_text(Fraction(ratio.value))}",
            yuan_text(least),
            ratio.source,
        )
    else:
        cut = book.value("auction.traditional.max_cut", on)
        least = _least(previous, 1 - Fraction(cut.value))
        basis = (cut,)
        step = SheetStep(
            "再次保留价不低于",
            f"{yuan_text(previous)} × {percent_text(1 - Fraction(cut.value))}",
            yuan_text(least),
            cut.source,
        )
    inputs = (("评估价", yuan_text(appraisal)), ("决定日", day_text(on)), *((("流拍的保留价", yuan_text(previous)),) if previous is not None else ()))
    return least, Sheet("委托拍卖保留价", inputs, (step,), yuan_text(least), basis)


def sale_min_price(book: LawBook, appraisal: int, on: date) -> tuple[int, Sheet]:
    """The least price of a court sale without auction."""
    ratio = book.value("sale.min_price_non_auction", on)
    least = _least(appraisal, Fraction(ratio.value))
    step = SheetStep(
        "最低价", f"{yuan_text(appraisal)} × {percent_text(Fraction(ratio.value))}", yuan_text(least), ratio.source
    )
    return least, Sheet("变卖最低价", (("评估价", yuan_text(appraisal)),), (step,), yuan_text(least), (ratio,))


@dataclass(frozen=True)
class NoticeDays:
    """``announce_by``: last day of publication; ``notify_by``: last day to tell parties if published on that day."""

    announce_by: date
    notify_by: date
    sheet: Sheet


def notice_days(
    book: LawBook, starts_on: date, sort: str, *, second: bool = False, announced_on: date | None = None
) -> NoticeDays:
    """The latest days for announcing and notifying an online auction that begins on ``starts_on``.

    Refusal ``auction.notice`` where ``announced_on`` leaves too few days.
    """
    if sort not in SORTS:
        raise Refusal(f"「{sort}」不是财产种类，可用：{'、'.join(SORTS)}。", code="auction.sort")
    days = book.value(f"auction.announce.{'second' if second else 'first'}.{sort}", starts_on)
    tell, rule = book.value("auction.notify_parties", starts_on), book.value("convention.auction_notice", starts_on)
    announce_by = add_days(starts_on, -days.value)
    if announced_on is not None and announced_on > announce_by:
        raise Refusal(
            f"{day_text(announced_on)}公告距拍卖日不足{days.value}日，最迟应于{day_text(announce_by)}公告（{days.source}）。",
            code="auction.notice",
        )
    published = announced_on or announce_by
    notify_by = add_days(published, -tell.value)
    steps = (
        SheetStep("最迟公告日", f"{day_text(starts_on)}往前{days.value}日", day_text(announce_by), days.source),
        SheetStep("最迟通知日", f"{day_text(published)}公告，往前{tell.value}日", day_text(notify_by), tell.source),
    )
    inputs = (("拍卖日", day_text(starts_on)), ("财产", SORTS[sort]), ("场次", "再次" if second else "首次"))
    result = f"最迟{day_text(announce_by)}公告，{day_text(notify_by)}通知"
    return NoticeDays(announce_by, notify_by, Sheet("拍卖公告期限", inputs, steps, result, (days, tell, rule)))


def price_name(book: LawBook, on: date) -> str:
    """What the price is called on that day: 参考价 once the reference-price rules stand, else 评估价或者市价."""
    return "参考价" if in_force(book, "reference_price.methods", on) else "评估价或者市价"


def price_usable(book: LawBook, decided_on: date, announced_on: date, starts_on: date) -> tuple[bool, Sheet]:
    """Whether a reference price of ``decided_on`` carries an auction announced and begun on these days.

    The announcement must lie inside the longest validity; the auction may begin within the grace after it.
    """
    longest, grace = (
        book.value("deadline.price_validity_max", decided_on),
        book.value("reference_price.grace", decided_on),
    )
    ends_on = add_months(decided_on, longest.value)
    last_start = add_months(ends_on, grace.value)
    usable = announced_on <= ends_on and starts_on <= last_start
    steps = (
        SheetStep("有效期最晚至", f"{day_text(decided_on)}起{longest.value}个月", day_text(ends_on), longest.source),
        SheetStep("拍卖最晚开始", f"有效期届满后{grace.value}个月", day_text(last_start), grace.source),
    )
    inputs = (
        ("参考价确定日", day_text(decided_on)),
        ("公告日", day_text(announced_on)),
        ("拍卖日", day_text(starts_on)),
    )
    return usable, Sheet(
        "参考价是否可用", inputs, steps, "可用" if usable else "已过有效期，应重新确定参考价", (longest, grace)
    )


def _least(base: int, ratio: Fraction) -> int:
    if base <= 0:
        raise Refusal("价格应大于零，请核对。", code="auction.amount")
    return ceil_fen(base * ratio)
