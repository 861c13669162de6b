"""``figures``: the indicators of a period, each beside its numerator and denominator."""

from __future__ import annotations

import argparse
from datetime import date
from fractions import Fraction
from typing import Any

from execdesk.commands.answers import say
from execdesk.commands.frame import Builder, open_desk
from execdesk.figures.register import figures
from execdesk.law.figures import FigureItem, Indicator
from execdesk.law.indicators import Period
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    found = sub.add_parser("figures", parents=[common], help="统计指标及其分子、分母")
    found.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="期间的第一日；不填即截止日所在年的1月1日")
    found.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="截止日；不填即今天")
    found.set_defaults(run=run)


def run(args: argparse.Namespace, build: Builder) -> int:
    """Tell every indicator over the period. Raises Refusal ``figures.period`` for one that ends before it begins."""
    with open_desk(args, build, writes=False) as desk:
        last = args.last or desk.day
        period = Period(args.first or date(last.year, 1, 1), last)
        if period.first > period.last:
            raise Refusal(f"期间的第一日 {period.first} 晚于截止日 {period.last}，请改正。", code="figures.period")
        found = figures(desk.session, period)
    head = f"{period.first} 至 {period.last}（按现有记录）"
    return say(args, {"from": period.first, "to": period.last, "figures": [_plain(one) for one in found]}, [head, *(_line(one) for one in found)])


def _line(one: Indicator) -> str:
    reading = f"（{one.reading}）" if one.reading else ""
    return f"{one.id}  {one.title}{reading}  {one.text}  ＝ {_amount(one, one.numerator)} ÷ {_amount(one, one.denominator)}  {one.formula}"


def _plain(one: Indicator) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "reading": one.reading, "formula": one.formula, "value": one.text,
        "money": one.money, "numerator": _sum(one.numerator), "denominator": _sum(one.denominator), "in_numerator": [item.name for item in one.numerator],
        "not_in_numerator": sorted({item.name for item in one.denominator} - {item.name for item in one.numerator}),
    }


def _amount(one: Indicator, items: tuple[FigureItem, ...]) -> str:
    return f"{amount_in_list(_sum(items))} 元" if one.money else str(_sum(items))


def _sum(items: tuple[FigureItem, ...]) -> int:
    """What the items add up to: cases, days or fen, all whole."""
    return int(sum((item.amount for item in items), Fraction(0)))
