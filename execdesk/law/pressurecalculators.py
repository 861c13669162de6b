"""Calculators of pressure: fines, detention, summons, sanctions joined, the list of dishonest debtors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from execdesk.law import dishonest, joined, sanctions
from execdesk.law.calculation import ON, Calculation, Calculator, Money
from execdesk.law.fields import NO, Field
from execdesk.law.periods import Workdays

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


def _fine(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    if v["amount"] is None:
        allowed = sanctions.fine_range(book, v["subject"], v["on"])
    else:
        allowed = sanctions.check_fine(book, v["subject"], v["amount"], v["on"])
    return Calculation(allowed.sheet, {"low": Money(allowed.low), "high": Money(allowed.high)})


def _summons(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    clock = sanctions.summons_clock(book, v["arrived_at"], v["now"], complicated=v["complicated"])
    return Calculation(clock.sheet, {"until": clock.until, "minutes_left": clock.minutes_left})


def _listing(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    dishonest.may_be_listed(book, v["decided_on"], born_on=v["born_on"], grounds=v["grounds"], exceptions=v["excepted"] or ())
    listing = dishonest.listing_term(
        book, v["grounds"], v["decided_on"], extension=v["extension"], serious=v["serious"]
    )
    return Calculation(listing.sheet, {"ends_on": listing.ends_on, "months": listing.months})


def _detention(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    end = sanctions.detention_end(book, v["admitted_at"], v["days"], taken_at=v["taken_at"], leave=v["leave"])
    return Calculation(end.sheet, {"ends_on": end.ends_on, "family_by": end.family_by, "leave_days": end.leave_days})


def _joined(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    return Calculation(joined.check_joined(book, v["sanctions"]), {"count": len(v["sanctions"])})


def _sanction(person: str, act: str, kind: str, amount: str, decided_on: date) -> joined.Sanction:
    days = kind == "detention"
    told = Field("amount", "天数", "count") if days else Field("amount", "金额", "amount")
    return joined.Sanction(person, act, kind, told.read(amount.removesuffix("日") if days else amount), decided_on)


_LEAVE = Field(
    "leave", "请假外出", "group", required=False, of=(Field("first", "外出", "moment"), Field("last", "返回", "moment")), between=("..",), makes=sanctions.Leave,
)
_SANCTIONS = Field("sanctions", "罚款、拘留", "group", between=(":",), makes=_sanction, of=(
    Field("person", "对象", "name"), Field("act", "行为"), Field("kind", "种类", "choice", options=tuple(joined.KINDS.items())),
    Field("amount", "金额或者天数"), Field("decided_on", "决定日", "day"),
))  # fmt: skip
PRESSURE = (
    Calculator("fine", "罚款范围", (
        Field("subject", "对象", "choice", options=tuple(sanctions.SUBJECTS.items())), ON,
        Field("amount", "拟罚款金额", "amount", required=False, beside=True)), _fine),
    Calculator("detention", "拘留期限", (
        Field("admitted_at", "拘留所收拘时刻", "moment"), Field("days", "拘留天数", "count"),
        Field("taken_at", "先行带走的时刻", "moment", required=False, hint="自带走时起通知家属；没有先行带走的不填"),
        _LEAVE), _detention),
    Calculator("summons_clock", "拘传询问时间", (
        Field("arrived_at", "到达时刻", "moment"), Field("now", "现在", "moment"),
        Field("complicated", "案情复杂，可能采取拘留措施", "flag", NO)), _summons),
    Calculator("sanctions_joined", "罚款、拘留的合并适用", (
        _SANCTIONS,), _joined),
    Calculator("listing", "失信期限", (
        Field("grounds", "情形", "many", dated=("dishonest.circumstances", "decided_on")), Field("decided_on", "决定日", "day"),
        Field("extension", "延长（月）", "count", "0", beside=True), Field("serious", "情节严重", "flag", NO),
        Field("born_on", "被执行人出生日期", "day", required=False, hint="自然人填写，未成年人不得纳入"),
        Field("excepted", "不得依第一项纳入的情形", "many", required=False, dated=("dishonest.excluded.item1", "decided_on"))), _listing),
)  # fmt: skip
