"""Calculators of money: fees, interest for delay, distribution."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from execdesk.law import distribution, fees
from execdesk.law.calculation import BESIDE_ON, EXCLUDED, ON, Calculation, Calculator, Figure, Money
from execdesk.law.days import add_days
from execdesk.law.debt import Claim, Instalment, Payment, RateSegment
from execdesk.law.distribution import Creditor, Heads
from execdesk.law.fields import NO, YES, Field
from execdesk.law.interest import delay_interest
from execdesk.law.interestsheet import RATE
from execdesk.law.periods import Workdays
from execdesk.law.rates import SERIES, rate_segments
from execdesk.law.refusal import Refusal

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


def _fee(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    if v["amount"] is not None and v["chosen"] is not None:
        raise Refusal("有执行金额的按金额计算，请不填「法院确定的数额」。", code="fee.chosen")
    fee = fees.execution_fee(book, v["amount"], v["on"], chosen=v["chosen"])
    return Calculation(fee.sheet, {"fee": Money(fee.fen)})


def _preservation(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    fee = fees.preservation_fee(book, v["amount"], v["on"])
    return Calculation(fee.sheet, {"fee": Money(fee.fen)})


def _interest(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    claim = Claim(
        v["debt"], v["period_end"], v["until"], v["paid"], v["excluded"], _general(book, v), v["general_due"] or 0,
        v["general_first"], v["benchmark"] or _benchmark(book, v), int(v["year_days"]), v["currency"], v["cny_rate"],
        v["instalments"],
    )  # fmt: skip
    owed = delay_interest(book, claim)
    names = ("double", "general", "debt_left", "double_left", "general_left", "total_left", "surplus")
    figures: dict[str, Figure] = {name: Money(getattr(owed, name), claim.currency) for name in names}
    if owed.double_left_cny is not None:
        figures["double_left_cny"] = Money(owed.double_left_cny)
    return Calculation(owed.sheet, figures)


def _general(book: LawBook, v: dict[str, Any]) -> tuple[RateSegment, ...]:
    """The general interest as the document fixes it: rates of its own, or a published rate times so much."""
    own: tuple[RateSegment, ...] = v["general"] + ((RateSegment(v["period_end"], v["rate"]),) if v["rate"] is not None else ())
    if v["series"] == DOCUMENT:
        return own
    if own:
        raise Refusal("一般利息按公布的利率计算的，请不填年利率和分段年利率；前后不同的，请全部写在分段年利率中。", code="interest.general")
    return rate_segments(book, v["series"], add_days(v["period_end"], 1), v["until"], v["times"])


def _benchmark(book: LawBook, v: dict[str, Any]) -> tuple[RateSegment, ...]:
    """The rates that the regime before 2014-08-01 doubles, where their term is chosen."""
    last = add_days(_regime_since(book), -1)
    if v["benchmark_series"] == DOCUMENT or v["period_end"] >= last:
        return ()
    return rate_segments(book, v["benchmark_series"], add_days(v["period_end"], 1), min(v["until"], last))


def _regime_since(book: LawBook) -> date:
    first: date = book.history(RATE)[0].valid_from or date.min
    return first


def _distribution(book: LawBook, calendar: Workdays, v: dict[str, Any]) -> Calculation:
    creditors = v["claims"]
    if v["one_document"]:
        creditors = tuple(replace(c, document=c.document or "同一份文书") for c in creditors)
    heads = Heads(*(v[name] or 0 for name in HEADS))
    done = distribution.distribute(
        book, v["pot"], creditors, v["on"], heads, debtor=v["debtor"], by_control_order=v["by_control_order"]
    )
    shares = tuple(
        {"name": c.name, "share": Money(s), "double": Money(d)}
        for c, s, d in zip(creditors, done.shares, done.doubles, strict=True)
    )
    paid: dict[str, Figure] = {name: Money(getattr(done.heads, name)) for name in HEADS}
    return Calculation(done.sheet, {"shares": shares, **paid, "rest": Money(done.rest)})


DOCUMENT = "document"
HEADS = ("costs", "fee", "exempt", "co_owner")
RANKS = ((0, "普通"), (1, "优先"), *((rank, f"优先第{rank}顺位") for rank in range(2, 6)))


def _rates(name: str, label: str, **more: Any) -> Field:
    parts = (Field("since", "自", "day"), Field("rate", "年利率", "rate"))
    return Field(name, label, "group", required=False, of=parts, between=(":",), makes=RateSegment, **more)


_CLAIMS = Field("claims", "债权", "group", between=(":",), makes=Creditor, of=(
    Field("name", "债权人", "name"), Field("fen", "债权额", "amount"), Field("rank", "顺位", "count", "普通", required=False, options=RANKS),
    Field("double", "加倍部分", "amount", required=False, rare=True), Field("document", "文书", required=False, rare=True),
))  # fmt: skip
_PAID = Field(
    "paid", "给付", "group", required=False, of=(Field("day", "给付日", "day"), Field("fen", "金额", "sum")), between=(":",), makes=Payment,
    hint="第三人代付的，按其付款之日",
)
_INSTALMENTS = Field(
    "instalments", "后续各期", "group", required=False, of=(Field("due", "届满日", "day"), Field("fen", "金额", "sum")), between=(":",), makes=Instalment,
    hint="分期履行的，第一期填在上面",
)
_YEARS = (("365", "365天"), ("360", "360天"))
_SERIES = ((DOCUMENT, "不按公布的利率"), *((name, one.title) for name, one in SERIES.items()))
MONEY = (
    Calculator("fee", "申请执行费", (
        Field("amount", "执行金额", "amount", required=False, hint="没有金额的不填"), BESIDE_ON,
        Field("chosen", "法院确定的数额", "amount", required=False, hint="没有执行金额时填写")), _fee),
    Calculator("preservation_fee", "财产保全费", (
        Field("amount", "保全金额", "amount", required=False, hint="不涉及财产数额的不填"), BESIDE_ON), _preservation),
    Calculator("interest", "迟延履行利息", (
        Field("debt", "债务（不含一般利息）", "sum"), Field("period_end", "履行期间届满日", "day", beside=True),
        Field("until", "计算至", "day"),
        _INSTALMENTS, _PAID, EXCLUDED,
        Field("rate", "一般利息年利率", "rate", required=False),
        _rates("general", "一般利息分段年利率"),
        Field("series", "一般利息按公布的贷款利率", "choice", DOCUMENT, options=_SERIES,
              hint="2019年8月19日以前为贷款基准利率，次日起为相应期限的LPR"),
        Field("general_due", "已到期的一般利息", "sum", required=False),
        Field("general_first", "给付先抵一般利息", "flag", YES),
        Field("times", "公布利率的倍数", "decimal", "1", rare=True),
        Field("benchmark_series", "旧法同期贷款基准利率的期限", "choice", DOCUMENT, options=_SERIES, rare=True),
        _rates("benchmark", "同期贷款基准利率（2014年8月1日前）", rare=True),
        Field("year_days", "一年的天数", "choice", "365", options=_YEARS, rare=True),
        Field("currency", "币种", "currency", "元", rare=True),
        Field("cny_rate", "起算之日中间价", "decimal", required=False, rare=True)), _interest),
    Calculator("distribution", "财产分配", (
        Field("pot", "可供分配的款项", "amount"),
        _CLAIMS, ON, Field("costs", "执行费用", "amount", required=False, hint="拍卖、评估、保管等费用和垫付款", beside=True),
        Field("fee", "申请执行费", "amount", required=False),
        Field("exempt", "保留生活必需费用", "amount", required=False, beside=True),
        Field("co_owner", "共有人份额", "amount", required=False),
        Field("debtor", "被执行人", "choice", "person", options=tuple(distribution.DEBTORS.items())),
        Field("one_document", "债权均出自同一份文书", "flag", NO),
        Field("by_control_order", "按采取措施的先后", "flag", NO)), _distribution),
)  # fmt: skip
