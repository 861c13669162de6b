"""The calculators that command line and window share: fields in, a sheet and the figures out.

A new calculator is one entry of :data:`CALCULATORS` and one function below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from execdesk.law import auction, control, dishonest, distribution, fees, nodes, periods, sanctions
from execdesk.law.fields import NO, YES, Field, read_all
from execdesk.law.interest import Claim, RateSegment, delay_interest
from execdesk.law.money import yuan_text
from execdesk.law.nodetable import NODES
from execdesk.law.refusal import Refusal
from execdesk.law.textcalculators import amount_words, case_number_sheet, day_words, identity_sheet
from execdesk.law.values import DatedValue, Sheet

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

__all__ = ["CALCULATORS", "Calculation", "Calculator", "Money", "calculator"]


@dataclass(frozen=True)
class Money:
    """An amount among the figures: whole fen, told apart from a count."""

    fen: int

    @property
    def text(self) -> str:
        """1,234.56元."""
        return yuan_text(self.fen)


Figure = Money | date | datetime | int | str | bool | None | tuple[Any, ...]


@dataclass(frozen=True)
class Calculation:
    """The sheet, and the figures by name for programs and for filling a case."""

    sheet: Sheet
    figures: Mapping[str, Figure]


Run = Callable[["LawBook", periods.Workdays, dict[str, Any]], Calculation]


@dataclass(frozen=True)
class Calculator:
    """One calculator: its fields in the order shown, and the rule behind it."""

    id: str
    title: str
    fields: tuple[Field, ...]
    rule: Run

    def compute(self, book: LawBook, calendar: periods.Workdays, values: Mapping[str, str]) -> Calculation:
        """Read ``values`` (texts as typed, by field id) and calculate; Refusals name the field or the rule."""
        given = read_all(self.fields, values)
        try:
            return self.rule(book, calendar, given)
        except (OverflowError, ValueError) as error:
            if not isinstance(error, OverflowError) and "year" not in str(error) and "date value" not in str(error):
                raise
            raise Refusal("算出的日期超出历法（公元9999年以后），请核对填写的日期和长度。", code="calculator.calendar") from error

    def run(self, book: LawBook, calendar: periods.Workdays, values: Mapping[str, str]) -> Sheet:
        """:meth:`compute`, the sheet alone."""
        return self.compute(book, calendar, values).sheet


def calculator(name: str) -> Calculator:
    """The calculator ``name``; Refusal ``calculator.unknown``."""
    if name not in CALCULATORS:
        raise Refusal(f"没有名为「{name}」的计算，可用：{'、'.join(CALCULATORS)}。", code="calculator.unknown")
    return CALCULATORS[name]


def _period(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end, sheet = periods.period_sheet(
        book, v["start"], v["length"], v["unit"], calendar, roll=v["roll"], excluded=v["excluded"]
    )
    return Calculation(sheet, {"due": end.due, "nominal": end.nominal, "rolled": end.rolled, "note": end.note})


def _deadline(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    due = nodes.due(book, v["node"], v["start"], calendar, excluded=v["excluded"], length=v["length"])
    figures: dict[str, Figure] = {
        "node": due.node,
        "due": due.due,
        "nominal": due.nominal,
        "warn_on": due.warn_on,
        "rolled": due.rolled,
    }
    return Calculation(due.sheet, {**figures, "note": due.note})


def _control(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end = control.control_end(book, v["kind"], v["start"], v["months"])
    return Calculation(end.sheet, {"ends_on": end.ends_on, "months": end.months})


def _renewal(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end = control.renewal_end(book, v["kind"], v["old_end"], v["served_on"], v["months"])
    return Calculation(end.sheet, {"ends_on": end.ends_on, "months": end.months})


def _fee(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    if v["amount"] is not None and v["chosen"] is not None:
        raise Refusal("有执行金额的按金额计算，请不填「法院确定的数额」。", code="fee.chosen")
    fee = fees.execution_fee(book, v["amount"], v["on"], chosen=v["chosen"])
    return Calculation(fee.sheet, {"fee": Money(fee.fen)})


def _preservation(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    fee = fees.preservation_fee(book, v["amount"], v["on"])
    return Calculation(fee.sheet, {"fee": Money(fee.fen)})


def _interest(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    general = v["general"] + ((RateSegment(v["period_end"], v["rate"]),) if v["rate"] is not None else ())
    claim = Claim(
        v["debt"], v["period_end"], v["until"], v["paid"], v["excluded"], general, v["general_due"] or 0,
        v["general_first"], v["benchmark"], int(v["year_days"]), v["currency"], v["cny_rate"],
    )  # fmt: skip
    owed = delay_interest(book, claim)
    figures: dict[str, Figure] = {
        "double": Money(owed.double), "general": Money(owed.general), "debt_left": Money(owed.debt_left),
        "double_left": Money(owed.double_left), "general_left": Money(owed.general_left),
        "total_left": Money(owed.total_left), "surplus": Money(owed.surplus),
    }  # fmt: skip
    if owed.double_left_cny is not None:
        figures["double_left_cny"] = Money(owed.double_left_cny)
    return Calculation(owed.sheet, figures)


def _distribution(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    creditors = v["claims"]
    done = distribution.distribute(
        book, v["pot"], creditors, v["on"], costs=v["costs"] or 0, fee=v["fee"] or 0, exempt=v["exempt"] or 0,
        debtor=v["debtor"], by_control_order=v["by_control_order"],
    )  # fmt: skip
    shares = tuple({"name": c.name, "share": Money(s)} for c, s in zip(creditors, done.shares, strict=True))
    figures: dict[str, Figure] = {"shares": shares, "costs": Money(done.costs), "fee": Money(done.fee)}
    return Calculation(done.sheet, {**figures, "exempt": Money(done.exempt), "rest": Money(done.rest)})


def _auction(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    limits = auction.auction_limits(book, v["appraisal"], v["on"], first=v["first"])
    return Calculation(limits.sheet, {
        "price_name": limits.price_name, "first_min": Money(limits.first_min), "second_min": Money(limits.second_min),
        "deposit_min": Money(limits.deposit_min), "deposit_max": Money(limits.deposit_max),
    })  # fmt: skip


def _notice(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    days = auction.notice_days(
        book, v["starts_on"], v["sort"], second=v["round"] == "second", announced_on=v["announced_on"]
    )
    return Calculation(days.sheet, {"announce_by": days.announce_by, "notify_by": days.notify_by})


def _application(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end, sheet = periods.limitation_end(
        book, v["start"], calendar, interrupted=v["interrupted"], suspended=v["suspended"]
    )
    return Calculation(sheet, {"due": end.due, "nominal": end.nominal, "note": end.note})


def _fine(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    if v["amount"] is None:
        allowed = sanctions.fine_range(book, v["subject"], v["on"])
    else:
        allowed = sanctions.check_fine(book, v["subject"], v["amount"], v["on"])
    return Calculation(allowed.sheet, {"low": Money(allowed.low), "high": Money(allowed.high)})


def _detention(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end = sanctions.detention_end(book, v["starts_at"], v["days"])
    return Calculation(end.sheet, {"ends_at": end.ends_at, "family_by": end.family_by})


def _listing(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    listing = dishonest.listing_term(
        book, v["grounds"], v["decided_on"], extension=v["extension"], serious=v["serious"]
    )
    return Calculation(listing.sheet, {"ends_on": listing.ends_on, "months": listing.months})


def _requery(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    days, sheet = nodes.requery_sheet(book, v["closed_on"])
    return Calculation(sheet, {"days": days})


def _plain(rule: Callable[[str], tuple[Sheet, dict[str, Any]]]) -> Run:
    """A calculator over one text that needs no law."""
    return lambda book, calendar, v: Calculation(*rule(v["text"]))


def _case_number(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    sheet, figures = case_number_sheet(v["text"], str(_latest(book, "case.number.court_code").value))
    return Calculation(replace(sheet, basis=(_latest(book, "case.number.format"),)), figures)


def _amount_words(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    sheet, fen, words = amount_words(v["text"])
    return Calculation(replace(sheet, basis=(_latest(book, "convention.capital_amount"),)), {"amount": Money(fen), "words": words})


def _latest(book: LawBook, key: str) -> DatedValue:
    """The newest version: for words that stand on no day."""
    return book.history(key)[-1]


_UNITS = tuple(periods.UNITS.items())
_KINDS = tuple((key, kind.title) for key, kind in control.KINDS.items())
_EXCLUDED = Field("excluded", "扣除的期间", "spans", required=False, hint="每行一段，如 2018-03-01..2018-03-31")
_YEARS = (("365", "365天"), ("360", "360天"))
_ON = Field("on", "计算日", "day")
_LIST = (
    Calculator("period", "期间计算", (
        Field("start", "起算日（不计入）", "day"), Field("length", "期间长度", "count"),
        Field("unit", "单位", "choice", "day", options=_UNITS), Field("roll", "末日顺延", "bool", YES), _EXCLUDED), _period),
    Calculator("deadline", "节点期限", (
        Field("node", "节点", "text", options=tuple((name, f"{node.title}（自{node.starts}）") for name, node in NODES.items())),
        Field("start", "起算日（不计入）", "day"), _EXCLUDED,
        Field("length", "法院指定的天数", "count", required=False)), _deadline),
    Calculator("control_end", "控制期限", (
        Field("kind", "措施种类", "choice", options=_KINDS), Field("start", "起始日（计入）", "day"),
        Field("months", "期限（月）", "count", required=False, hint="不填为最长期限")), _control),
    Calculator("renewal", "续行期限", (
        Field("kind", "措施种类", "choice", options=_KINDS), Field("old_end", "原期限届满日", "day"),
        Field("served_on", "续行送达日", "day"), Field("months", "期限（月）", "count", required=False)), _renewal),
    Calculator("fee", "申请执行费", (
        Field("amount", "执行金额", "amount", required=False, hint="没有金额的不填"), _ON,
        Field("chosen", "法院确定的数额", "amount", required=False, hint="没有执行金额时填写")), _fee),
    Calculator("preservation_fee", "财产保全费", (
        Field("amount", "保全金额", "amount", required=False, hint="不涉及财产数额的不填"), _ON), _preservation),
    Calculator("interest", "迟延履行利息", (
        Field("debt", "债务（不含一般利息）", "amount"), Field("period_end", "履行期间届满日", "day"),
        Field("until", "计算至", "day"), Field("paid", "给付", "payments", required=False, hint="每行一笔，如 2018-01-01:30000"),
        _EXCLUDED, Field("rate", "一般利息年利率", "rate", required=False),
        Field("general", "一般利息分段年利率", "segments", required=False, hint="每行一段，如 2017-08-01:6%"),
        Field("general_due", "已到期的一般利息", "amount", required=False),
        Field("general_first", "给付先抵一般利息", "bool", YES),
        Field("benchmark", "同期贷款基准利率（2014年8月1日前）", "segments", required=False, rare=True),
        Field("year_days", "一年的天数", "choice", "365", options=_YEARS, rare=True),
        Field("currency", "币种", "currency", "元", rare=True),
        Field("cny_rate", "起算之日中间价", "decimal", required=False, rare=True)), _interest),
    Calculator("distribution", "财产分配", (
        Field("pot", "可供分配的款项", "amount"), Field("claims", "债权", "creditors", hint="每行一笔，如 甲:30000 或 乙:50000:优先"),
        _ON, Field("costs", "执行费用", "amount", required=False), Field("fee", "申请执行费", "amount", required=False),
        Field("exempt", "保留生活必需费用", "amount", required=False),
        Field("debtor", "被执行人", "choice", "person", options=tuple(distribution.DEBTORS.items())),
        Field("by_control_order", "按采取措施的先后", "bool", NO)), _distribution),
    Calculator("auction", "网络拍卖价格", (
        Field("appraisal", "评估价、参考价", "amount"), _ON, Field("first", "首次起拍价", "amount", required=False)), _auction),
    Calculator("auction_notice", "拍卖公告期限", (
        Field("starts_on", "拍卖日", "day"), Field("sort", "财产", "choice", options=tuple(auction.SORTS.items())),
        Field("round", "场次", "choice", "first", options=(("first", "首次"), ("second", "再次"))),
        Field("announced_on", "公告日", "day", required=False)), _notice),
    Calculator("application_period", "申请执行期间", (
        Field("start", "履行期间的最后一日", "day"), Field("interrupted", "中断的日期", "days", required=False),
        Field("suspended", "中止的期间", "spans", required=False)), _application),
    Calculator("requery", "终本后查询日", (Field("closed_on", "终结本次执行程序之日", "day"),), _requery),
    Calculator("fine", "罚款范围", (
        Field("subject", "对象", "choice", options=tuple(sanctions.SUBJECTS.items())), _ON,
        Field("amount", "拟罚款金额", "amount", required=False)), _fine),
    Calculator("detention", "拘留期限", (
        Field("starts_at", "开始时刻", "moment"), Field("days", "拘留天数", "count")), _detention),
    Calculator("listing", "失信期限", (
        Field("grounds", "情形", "grounds", dated=("dishonest.circumstances", "decided_on")), Field("decided_on", "决定日", "day"),
        Field("extension", "延长（月）", "count", "0"), Field("serious", "情节严重", "bool", NO)), _listing),
    Calculator("amount_words", "金额大写", (Field("text", "金额", "text"),), _amount_words),
    Calculator("day_words", "日期大写", (Field("text", "日期", "text"),), _plain(day_words)),
    Calculator("case_number", "案号", (Field("text", "案号", "text"),), _case_number),
    Calculator("identity", "证件号码", (Field("text", "号码", "text"),), _plain(identity_sheet)),
)  # fmt: skip
CALCULATORS: dict[str, Calculator] = {entry.id: entry for entry in _LIST}
