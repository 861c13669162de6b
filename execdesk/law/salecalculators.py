"""Calculators of a sale: prices, notice, bidding, what buyers and takers pay, a forfeited deposit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from execdesk.law import auction, bidding, salemoney
from execdesk.law.calculation import BESIDE_ON, ON, Calculation, Calculator, Figure, Money, alone
from execdesk.law.fields import NO, Field
from execdesk.law.periods import Workdays
from execdesk.law.salemoney import Claims

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


def _auction(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    limits = auction.auction_limits(book, v["appraisal"], v["on"], first=v["first"])
    return Calculation(limits.sheet, {
        "price_name": limits.price_name, "first_min": Money(limits.first_min), "second_min": Money(limits.second_min),
        "deposit_min": Money(limits.deposit_min), "deposit_max": Money(limits.deposit_max),
    })


def _entrusted(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    least, sheet = auction.entrusted_limits(book, v["appraisal"], v["on"], previous=v["previous"])
    return Calculation(sheet, {"least": Money(least)})


def _sale(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    least, sheet = auction.sale_min_price(book, v["appraisal"], v["on"])
    return Calculation(sheet, {"least": Money(least)})


def _usable(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    usable, sheet = auction.price_usable(book, v["decided_on"], v["announced_on"], v["starts_on"])
    return Calculation(sheet, {"usable": usable})


def _notice(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    days = auction.notice_days(
        book, v["starts_on"], v["sort"], second=v["round"] == "second", announced_on=v["announced_on"]
    )
    return Calculation(days.sheet, {"announce_by": days.announce_by, "notify_by": days.notify_by})


def _second(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    found = salemoney.second_round(book, v["first"], v["on"], second=v["second"])
    figures: dict[str, Figure] = {name: Money(getattr(found, name)) for name in ("second_min", "deposit_min", "deposit_max")}
    if found.sale_price is not None:
        figures["sale_price"] = Money(found.sale_price)
    return Calculation(found.sheet, figures)


def _bidding(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    end = bidding.bidding_end(book, v["starts_at"], v["ends_at"], v["bids"])
    return Calculation(end.sheet, {"ends_at": end.ends_at, "extensions": end.extensions})


def _online(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    mean, sheet = salemoney.online_mean(book, v["prices"], v["on"])
    return Calculation(sheet, {"mean": Money(mean)})


def _in_kind(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    return _set_off(salemoney.in_kind(book, v["start"], _claims(v), v["on"]))


def _buyer(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    claims = _claims(v) if v["claim"] is not None else None
    return _set_off(salemoney.buyers_difference(book, v["price"], v["deposit"] or 0, v["on"], claims, alone=v["alone"]))


def _claims(v: dict[str, Any]) -> Claims:
    return Claims(v["claim"], v["costs"] or 0, v["fee"] or 0, v["prior"] or 0)


def _set_off(found: salemoney.SetOff) -> Calculation:
    names = ("set_off", "difference", "to_debtor", "claim_left")
    return Calculation(found.sheet, {name: Money(getattr(found, name)) for name in names})


def _forfeited(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    more = {name: v[name] or 0 for name in ("costs", "debt", "tied")}
    used = salemoney.forfeited_deposit(book, v["deposit"], (v["first"], v["second"]), v["on"], **more)
    names = ("costs", "shortfall", "debt", "tied", "rest", "short", "case_total")
    return Calculation(used.sheet, {name: Money(getattr(used, name)) for name in names})


_BEFORE = (
    Field("costs", "执行费用", "amount", required=False), Field("fee", "申请执行费", "amount", required=False, beside=True),
    Field("prior", "在先的债权", "amount", required=False),
)  # fmt: skip
SALE = (
    Calculator("auction", "网络拍卖价格", (
        Field("appraisal", "评估价、参考价", "amount"), BESIDE_ON, Field("first", "首次起拍价", "amount", required=False)), _auction),
    Calculator("auction_second", "再次拍卖和变卖价格", (
        Field("first", "首次起拍价", "amount"), BESIDE_ON, Field("second", "再次起拍价", "amount", required=False, hint="不填为最低价")), _second),
    Calculator("entrusted", "委托拍卖保留价", (
        Field("appraisal", "评估价", "amount"), BESIDE_ON, Field("previous", "流拍的保留价", "amount", required=False, hint="首次拍卖不填")), _entrusted),
    Calculator("sale_price", "直接变卖最低价", (Field("appraisal", "评估价", "amount"), BESIDE_ON), _sale),
    Calculator("price_usable", "参考价是否可用", (
        Field("decided_on", "参考价确定日", "day"), Field("announced_on", "公告日", "day"), Field("starts_on", "拍卖日", "day", beside=True)), _usable),
    Calculator("auction_notice", "拍卖公告期限", (
        Field("starts_on", "拍卖日", "day"), Field("sort", "财产", "choice", options=tuple(auction.SORTS.items())),
        Field("round", "场次", "choice", "first", options=(("first", "首次"), ("second", "再次"))),
        Field("announced_on", "公告日", "day", required=False)), _notice),
    Calculator("online_mean", "网络询价平均值", (
        Field("prices", "各平台的询价结果", "group", of=(Field("one", "金额", "amount"),), between=(":",), makes=alone), ON), _online),
    Calculator("bidding_end", "竞价结束时刻", (
        Field("starts_at", "开始时刻", "moment"), Field("ends_at", "预定结束时刻", "moment"),
        Field("bids", "出价时刻", "group", required=False, of=(Field("one", "时刻", "moment"),), between=(":",), makes=alone, hint="只填最后几次即可")), _bidding),
    Calculator("in_kind", "抵债价和差价", (
        Field("start", "流拍的起拍价", "amount"), BESIDE_ON, Field("claim", "接受抵债的债权额", "amount", hint="至抵债裁定送达之日，含加倍部分"),
        *_BEFORE), _in_kind),
    Calculator("buyer", "买受人应补差价", (
        Field("price", "成交价", "amount"), BESIDE_ON, Field("deposit", "保证金", "amount", required=False, hint="申请执行人竞买的，填公告的保证金数额"),
        Field("claim", "竞买的申请执行人的债权额", "amount", required=False, hint="买受人不是申请执行人的不填"),
        Field("alone", "没有在先和同顺位的债权", "flag", NO), *_BEFORE), _buyer),
    Calculator("forfeited_deposit", "悔拍保证金的使用", (
        Field("deposit", "保证金", "amount"), BESIDE_ON, Field("first", "原成交价", "amount"), Field("second", "重新拍卖成交价", "amount", beside=True),
        Field("costs", "拍卖费用损失", "amount", required=False), Field("debt", "本案尚欠债务", "amount", required=False, hint="以重新拍卖价款清偿后的余额", beside=True),
        Field("tied", "与拍卖财产相关的债务", "amount", required=False)), _forfeited),
)  # fmt: skip
