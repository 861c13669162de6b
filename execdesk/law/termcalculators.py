"""Calculators of days: periods, nodes, the clocks of a case, control, application period, queries after 终本, exit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from execdesk.law import clock, control, exits, nodes, periods
from execdesk.law.calculation import BESIDE_ON, EXCLUDED, MONTHS, Calculation, Calculator, Figure, alone, spans
from execdesk.law.fields import YES, Field
from execdesk.law.nodetable import NODES
from execdesk.law.numerals import normalise

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


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


def _carried(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end = control.carried_over(book, v["kind"], v["start"], v["turned_on"], v["months"])
    return Calculation(end.sheet, {"ends_on": end.ends_on, "months": end.months})


def _waiting(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end = control.waiting_end(book, v["kind"], v["waiting_since"], v["start"], v["months"])
    return Calculation(end.sheet, {"ends_on": end.ends_on, "months": end.months})


def _renewal(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end = control.renewal_end(book, v["kind"], v["old_end"], v["served_on"], v["months"], first_months=v["first_months"])
    return Calculation(end.sheet, {"ends_on": end.ends_on, "months": end.months})


def _application(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end, sheet = periods.limitation_end(
        book, v["start"], calendar, interrupted=v["interrupted"], suspended=v["suspended"]
    )
    return Calculation(sheet, {"due": end.due, "nominal": end.nominal, "note": end.note})


def _requery(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    days, sheet = nodes.requery_sheet(book, v["closed_on"])
    return Calculation(sheet, {"days": days})


def _clock(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    state = clock.clock_state(book, v["clock"], v["filed_on"], v["stops"], v["on"])
    figures: dict[str, Figure] = {"due": state.due, "stopped": state.stopped, "open": state.open}
    if state.extension is not None:
        figures |= {"ask_from": state.extension.opens, "ask_by": state.extension.closes}
    return Calculation(state.sheet, {**figures, "days_left": state.days_left, "words": state.words})


def _exit(book: LawBook, calendar: periods.Workdays, v: dict[str, Any]) -> Calculation:
    end = exits.exit_end(book, v["starts_on"], v["months"])
    return Calculation(end.sheet, {"ends_on": end.ends_on, "renew_from": end.renew_from})


def _stop(first: date, ground: str, last: date | None = None) -> clock.Stop:
    return clock.Stop(first, last, normalise(ground))


_UNITS = tuple(periods.UNITS.items())
_KINDS = tuple((key, kind.title) for key, kind in control.KINDS.items())
_KIND = Field("kind", "措施种类", "choice", options=_KINDS)
_MONTHS = replace(MONTHS, beside=True)
_CLOCKS = tuple((key, one.title) for key, one in clock.CLOCKS.items())
_NODES = tuple((name, f"{node.title}（自{node.starts}）") for name, node in NODES.items())
_STOPS = Field(
    "stops", "停走的期间", "group", required=False, hint="仍在停走的不填止日", between=(":", ".."), makes=_stop,
    of=(Field("first", "自", "day"), Field("last", "至", "day", required=False), Field("ground", "事由")),
)
TERMS = (
    Calculator("period", "期间计算", (
        Field("start", "起算日（不计入）", "day"), Field("length", "期间长度", "count", beside=True),
        Field("unit", "单位", "choice", "day", options=_UNITS), Field("roll", "末日顺延", "flag", YES), EXCLUDED), _period),
    Calculator("deadline", "节点期限", (
        Field("node", "节点", "choice", options=_NODES),
        Field("start", "起算日（不计入）", "day"), EXCLUDED,
        Field("length", "法院指定的天数", "count", required=False)), _deadline),
    Calculator("closing_clock", "执行期限（扣除停走）", (
        Field("clock", "期限", "choice", "money", options=_CLOCKS), Field("filed_on", "立案日", "day"), BESIDE_ON, _STOPS), _clock),
    Calculator("control_end", "控制期限", (
        _KIND, Field("start", "起始日（计入）", "day"), _MONTHS), _control),
    Calculator("carried_over", "保全转执行的期限", (
        _KIND, Field("start", "保全生效日（计入）", "day"), _MONTHS, Field("turned_on", "转为执行措施之日", "day")), _carried),
    Calculator("waiting_end", "轮候查封的期限", (
        _KIND, Field("waiting_since", "轮候登记日", "day"), Field("start", "生效日（计入）", "day"), _MONTHS), _waiting),
    Calculator("renewal", "续行期限", (
        _KIND, Field("old_end", "原期限届满日", "day"),
        Field("served_on", "续行送达日", "day", beside=True), MONTHS,
        replace(_MONTHS, name="first_months", label="首次期限（月）", hint="2015年2月3日以前续行的填写")), _renewal),
    Calculator("application_period", "申请执行期间", (
        Field("start", "履行期间的最后一日", "day"),
        Field("interrupted", "中断的日期", "group", required=False, of=(Field("one", "日期", "day"),), between=(":",), makes=alone),
        spans("suspended", "中止的期间")), _application),
    Calculator("requery", "终本后查询日", (Field("closed_on", "终结本次执行程序之日", "day"),), _requery),
    Calculator("exit_end", "限制出境期限", (
        Field("starts_on", "起始日（计入）", "day"), _MONTHS), _exit),
)  # fmt: skip
