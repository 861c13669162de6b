"""The sums of a sale: the second round, taking in kind, what a buyer still pays, a forfeited deposit, the mean of online prices.

Sources: 网络司法拍卖规定 第10、17、24、26条; 拍卖变卖规定 2004第19条/2020第16条; 参考价规定 第13条; 法明传〔2017〕455号.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.days import day_text
from execdesk.law.distribution import READINGS
from execdesk.law.lookup import in_force
from execdesk.law.money import ceil_fen, floor_fen, half_up, percent_text, yuan_text
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

FEE_POSITION, TAKER_FEE = "money.fee_position", "in_kind.taker_fee"


@dataclass(frozen=True)
class SecondRound:
    """In fen. ``sale_price`` is that of the online sale after a second failure, ``None`` before its rules."""

    second_min: int
    deposit_min: int
    deposit_max: int
    sale_price: int | None
    sheet: Sheet


def second_round(book: LawBook, first: int, on: date, *, second: int | None = None) -> SecondRound:
    """The limits of the second round after one that began at ``first``; the deposit by ``second``, else by the least price.

    Refusal ``auction.price`` where ``second`` is too low.
    """
    _positive(first)
    cut, deposit = book.value("auction.second.max_cut", on), book.value("auction.deposit.ratio", on)
    keep = 1 - Fraction(cut.value)
    least = ceil_fen(first * keep)
    start = least if second is None else second
    if start < least:
        raise Refusal(
            f"再次起拍价{yuan_text(start)}低于首次起拍价的{percent_text(keep)}，至少应为{yuan_text(least)}（{cut.source}）。",
            code="auction.price",
        )
    low, high = (Fraction(bound) for bound in deposit.value)
    bounds = ceil_fen(start * low), floor_fen(start * high)
    steps = [
        SheetStep("再次起拍价不低于", f"{yuan_text(first)} × {percent_text(keep)}", yuan_text(least), cut.source),
        SheetStep("保证金不低于", f"{yuan_text(start)} × {percent_text(low)}", yuan_text(bounds[0]), deposit.source),
        SheetStep("保证金不高于", f"{yuan_text(start)} × {percent_text(high)}", yuan_text(bounds[1]), deposit.source),
    ]
    sale = in_force(book, "sale.price_online", on)
    if sale is not None:
        steps.append(SheetStep("变卖价", f"{sale.value}", yuan_text(start), sale.source))
    inputs = (("首次起拍价", yuan_text(first)), ("决定日", day_text(on)), ("再次起拍价", yuan_text(start)))
    result = f"再次不低于{yuan_text(least)}，保证金{yuan_text(bounds[0])}至{yuan_text(bounds[1])}"
    result += f"；再次流拍后变卖价{yuan_text(start)}" if sale else ""
    sheet = Sheet("再次拍卖和变卖价格", inputs, tuple(steps), result, (cut, deposit, *([sale] if sale else [])))
    return SecondRound(least, *bounds, start if sale else None, sheet)


@dataclass(frozen=True)
class Claims:
    """What stands against a price, in fen: the creditor's own claim, sale costs, the fee, claims that rank before his."""

    own: int
    costs: int = 0
    fee: int = 0
    prior: int = 0


@dataclass(frozen=True)
class SetOff:
    """In fen: ``difference`` is still paid in, of it ``to_debtor`` after costs, fee and prior claims; ``set_off`` of the claim."""

    set_off: int
    difference: int
    to_debtor: int
    claim_left: int
    sheet: Sheet


def in_kind(book: LawBook, start: int, claims: Claims, on: date) -> SetOff:
    """What a creditor pays in who takes the thing at the start price of the failed round."""
    rule = book.value("in_kind.price", on)
    step = SheetStep("抵债价", "流拍的那一次拍卖的起拍价", yuan_text(start), rule.source)
    return _set_off(book, "以物抵债", "抵债价", start, 0, claims, on, [step], [rule])


def buyers_difference(
    book: LawBook, price: int, deposit: int, on: date, claims: Claims | None = None, *, alone: bool = False
) -> SetOff:
    """What the buyer still pays after ``deposit`` fen; a creditor (``claims``) sets off where he stands ``alone``.

    He pays no deposit but for what his claim falls short of it. Without rivals before or beside him, his claim is set off
    against the price; with them he pays in full (法释〔2016〕18号 第17条). Refusal ``auction.deposit`` above the price.
    """
    _positive(price)
    if not 0 <= deposit <= price:
        raise Refusal(f"保证金应不小于零且不超过成交价{yuan_text(price)}，请核对。", code="auction.deposit")
    rule = book.value("auction.deposit.ratio", on)
    if claims is None:
        step = SheetStep("保证金", "已交，抵作价款", yuan_text(deposit), rule.source)
        return _set_off(book, "买受人应补差价", "成交价", price, deposit, Claims(0), on, [step], [rule])
    paid = max(0, deposit - claims.own)
    step = SheetStep("保证金", f"申请执行人可以不交；债权少于{yuan_text(deposit)}的交差额", yuan_text(paid), rule.source)
    if not alone:
        rest = SheetStep("抵销", "另有在先或者同顺位的债权，不抵销，价款全额交纳", yuan_text(0))
        return _set_off(book, "买受人应补差价", "成交价", price, paid, Claims(0), on, [step, rest], [rule])
    return _set_off(book, "买受人应补差价", "成交价", price, paid, claims, on, [step], [rule])


def _set_off(
    book: LawBook, title: str, label: str, price: int, paid: int, claims: Claims, on: date, steps: list[SheetStep],
    basis: list[DatedValue],
) -> SetOff:  # fmt: skip
    """Set the claim off against what is left of the price after what comes before it."""
    _positive(price)
    if min(claims.own, claims.costs, claims.fee, claims.prior) < 0:
        raise Refusal("金额不能为负，请核对。", code="auction.amount")
    first, apart = claims.costs + claims.prior, 0
    if claims.fee:
        rules = book.value(TAKER_FEE, on), book.value(FEE_POSITION, on)
        basis += rules
        apart = claims.fee if rules[0].value == "由接受人另行交纳" else 0
        first += 0 if apart or rules[1].value == READINGS[FEE_POSITION] else claims.fee
    room = max(0, price - first - paid)
    set_off = min(claims.own, room)
    difference = price - paid - set_off + apart
    heads = claims.costs + claims.prior + claims.fee - apart
    to_debtor = max(0, price - set_off - heads) if claims.own else 0
    if claims.own:
        before = "、".join(f"{name}{yuan_text(fen)}" for name, fen in _heads(claims)) or "无"
        steps.append(SheetStep("抵销", f"先付：{before}；可抵{yuan_text(room)}，债权{yuan_text(claims.own)}", yuan_text(set_off)))
    more = f" + 申请执行费{yuan_text(apart)}" if apart else ""
    steps.append(SheetStep("应交纳", f"{yuan_text(price)} − {yuan_text(paid)} − {yuan_text(set_off)}{more}", yuan_text(difference)))
    if claims.own:
        steps.append(SheetStep("退还被执行人", f"{yuan_text(price)} − {yuan_text(set_off)} − {yuan_text(heads)}", yuan_text(to_debtor)))
    inputs = [(label, yuan_text(price)), ("计算日", day_text(on))]
    inputs += [("债权", yuan_text(claims.own))] if claims.own else []
    inputs += [(name, yuan_text(fen)) for name, fen in _heads(claims)]
    result = f"应交纳{yuan_text(difference)}" + (f"，其中退还被执行人{yuan_text(to_debtor)}" if to_debtor else "")
    left = claims.own - set_off
    return SetOff(set_off, difference, to_debtor, left, Sheet(title, tuple(inputs), tuple(steps), result, tuple(basis)))


def _heads(claims: Claims) -> list[tuple[str, int]]:
    heads = [("执行费用", claims.costs), ("申请执行费", claims.fee), ("在先的债权", claims.prior)]
    return [(name, fen) for name, fen in heads if fen]


@dataclass(frozen=True)
class ForfeitedDeposit:
    """The uses of a deposit in order, in fen; ``short`` of the loss that it does not cover; ``case_total`` the case receives."""

    costs: int
    shortfall: int
    debt: int
    tied: int
    rest: int
    short: int
    case_total: int
    sheet: Sheet


def forfeited_deposit(
    book: LawBook, deposit: int, prices: tuple[int, int], on: date, *, costs: int = 0, debt: int = 0, tied: int = 0
) -> ForfeitedDeposit:
    """How the deposit of a buyer in default is used; ``prices`` of the sale that failed and of the sale after it.

    Costs, the shortfall of the price, the debt of this case (what of it the price leaves unpaid), debts tied to the thing.
    """
    first, second = prices
    if min(deposit, first, second) <= 0 or min(costs, debt, tied) < 0:
        raise Refusal("保证金和两次成交价应大于零，其余金额不能为负，请核对。", code="auction.amount")
    forfeit, order = book.value("auction.default_buyer", on), book.value("auction.default_deposit_use", on)
    rest_rule = book.value("auction.deposit_rest", on)
    wanted = (costs, max(0, first - second), debt, tied)
    left, used, steps = deposit, list[int](), list[SheetStep]()
    for words, fen in zip(order.value, wanted, strict=True):
        used.append(min(left, fen))
        left -= used[-1]
        steps.append(SheetStep(words, f"应付{yuan_text(fen)}", yuan_text(used[-1]), order.source))
    paid_costs, paid_shortfall, paid_debt, paid_tied = used
    steps.append(SheetStep("剩余", f"{rest_rule.value}" if left else "无剩余", yuan_text(left), rest_rule.source if left else ""))
    short = wanted[0] + wanted[1] - paid_costs - paid_shortfall
    if short:
        steps.append(SheetStep("不足部分", "费用和差价超出保证金的部分，责令原买受人补交", yuan_text(short)))
    case_total = second + paid_shortfall + paid_debt
    inputs = (("保证金", yuan_text(deposit)), ("原成交价", yuan_text(first)), ("重新拍卖成交价", yuan_text(second)), ("计算日", day_text(on)))
    result = "；".join(f"{words}{yuan_text(fen)}" for words, fen in zip(order.value, used, strict=True) if fen)
    result = f"{result or '无可抵用'}；本案收{yuan_text(case_total)}"
    sheet = Sheet("悔拍保证金的使用", inputs, tuple(steps), result, (forfeit, order, rest_rule))
    return ForfeitedDeposit(paid_costs, paid_shortfall, paid_debt, paid_tied, left, short, case_total, sheet)


def online_mean(book: LawBook, prices: Sequence[int], on: date) -> tuple[int, Sheet]:
    """The mean in fen of what the platforms reported in time."""
    rule = book.value("reference_price.online_average", on)
    if not prices or min(prices) <= 0:
        raise Refusal("请逐个填写各平台出具的询价结果，金额应大于零。", code="auction.amount")
    exact = Fraction(sum(prices), len(prices))
    mean = half_up(exact)
    working = f"（{' + '.join(map(yuan_text, prices))}）÷ {len(prices)} = {yuan_text(exact)}"
    inputs = tuple((f"平台{number}", yuan_text(price)) for number, price in enumerate(prices, 1))
    return mean, Sheet("网络询价平均值", inputs, (SheetStep("平均值", working, yuan_text(mean), rule.source),), yuan_text(mean), (rule,))


def _positive(price: int) -> None:
    if price <= 0:
        raise Refusal("价格应大于零，请核对。", code="auction.amount")
