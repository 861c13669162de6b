"""``law …``: authority, articles, and every calculator from the command line, as text or JSON.

Exit 0 done, 1 refused (a Chinese sentence on standard error; with ``--json`` an object on standard output), 2 wrong usage.
In JSON an amount is whole fen under its name and text under its name with ``_text``; days are ISO. Every answer says by
which law it was given: as shipped, or as an opened store has it with the court's corrections.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from execdesk.calendar_adapter import court_calendar
from execdesk.commands.law_json import as_json, basis_json
from execdesk.law.articles import article
from execdesk.law.authority import load_authority
from execdesk.law.book import LawBook, load_law
from execdesk.law.calculators import CALCULATORS, calculator
from execdesk.law.calendar import Calendar
from execdesk.law.control import KINDS
from execdesk.law.nodes import nodes
from execdesk.law.numerals import normalise, parse_day
from execdesk.law.refusal import Refusal
from execdesk.law.sheets import rule_line, sheet_lines
from execdesk.law.values import DatedValue

Answer = tuple[dict[str, Any], list[str]]
Action = Callable[[argparse.Namespace, "Desk"], Answer]


@dataclass(frozen=True)
class StoreLaw:
    """The law as an opened store has it: the book with the court's corrections, and the store's name for the answer."""

    book: LawBook
    store: str


class Desk:
    """What the commands need: the law's folder, a calendar, the day it is, and the law of a store where one is open."""

    def __init__(self, folder: Path, today: date, calendar: Calendar | None = None, opened: StoreLaw | None = None) -> None:
        self.folder, self.today, self.opened = folder, today, opened
        self.book: LawBook = opened.book if opened else load_law(folder)
        self.calendar = calendar or court_calendar(folder)

    @property
    def corrections(self) -> tuple[DatedValue, ...]:
        """The figures the court corrected, as they rule."""
        return tuple(value for key in self.book.values for value in self.book.history(key) if value.corrected_by)

    @property
    def law_lines(self) -> list[str]:
        """By which law the answer was given."""
        if self.opened is None:
            return ["法规参数：随程序提供的文本；没有打开库，不含本院的更正（用 --data 指明库即按更正后的计算）。"]
        found = self.corrections
        head = f"法规参数：按{self.opened.store}截至 {self.today} 的，本院" + (f"更正了 {len(found)} 个时段：" if found else "没有更正。")
        return [head, *(f"  {rule_line(value)}" for value in found)]

    @property
    def law_figures(self) -> dict[str, Any]:
        """:attr:`law_lines` for programs."""
        return {"store": self.opened.store if self.opened else None, "text": "\n".join(self.law_lines), "corrections": [basis_json(value) for value in self.corrections]}


def register(subparsers: Any, shared: argparse.ArgumentParser | None = None) -> None:
    """Add ``law`` with its sub-commands to the sub-parsers of a program; ``shared`` are the options all commands take."""
    add_commands(subparsers.add_parser("law", help="法规查询与计算"), shared)


def add_commands(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser | None = None) -> None:
    """Add the sub-commands themselves, each with ``--json`` or the ``shared`` options."""
    common = shared or argparse.ArgumentParser(add_help=False)
    if shared is None:
        common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="以 JSON 输出")
    commands = parser.add_subparsers(dest="law_command", required=True, metavar="COMMAND")

    def add(name: str, help_text: str, *arguments: tuple[str, dict[str, Any]]) -> None:
        sub = commands.add_parser(name, help=help_text, parents=[common])
        for flag, options in arguments:
            sub.add_argument(flag, **options)

    many: dict[str, Any] = {"action": "append", "default": []}
    start: tuple[str, dict[str, Any]] = ("--from", {"required": True, "dest": "start", "metavar": "DAY"})
    exclude: tuple[str, dict[str, Any]] = ("--exclude", {**many, "metavar": "DAY..DAY"})
    on: tuple[str, dict[str, Any]] = ("--on", {"metavar": "DAY"})
    add("authority", "审批层级", ("matter", {}), ("--subject", {"default": "ordinary"}), on, ("--when", many))
    add("article", "条文序号", ("topic", {}), ("--on", {"required": True}), ("--statute", {"default": "cpl"}))
    add("deadline", "节点期限", ("node", {}), start, exclude, ("--length", {"metavar": "N"}))
    add("period", "期间计算", start, ("--days", {}), ("--months", {}), ("--years", {}), ("--workdays", {}),
        ("--no-roll", {"action": "store_true"}), exclude)  # fmt: skip
    add("control-end", "控制期限", ("kind", {}), start, ("--months", {}))
    add("fee", "申请执行费", ("amount", {"nargs": "?", "default": ""}), on, ("--chosen", {}),
        ("--preservation", {"action": "store_true"}))  # fmt: skip
    add("interest", "迟延履行利息", ("--debt", {"required": True}), ("--period-end", {"required": True}),
        ("--to", {"required": True, "dest": "until"}), ("--paid", {**many, "metavar": "DAY:A"}), exclude,
        ("--general", {"dest": "rate", "metavar": "RATE"}), ("--general-from", {**many, "metavar": "DAY:RATE"}),
        ("--general-due", {}), ("--debt-first", {"action": "store_true"}), ("--benchmark", {**many, "metavar": "DAY:RATE"}),
        ("--year-days", {}), ("--currency", {}), ("--cny-rate", {}))  # fmt: skip
    add("auction", "网络拍卖价格", ("--appraisal", {"required": True}), ("--on", {"required": True}), ("--first", {}))
    add("distribute", "财产分配", ("--pot", {"required": True}), ("--claim", {**many, "required": True, "metavar": "NAME:A[:priority]"}),
        on, ("--costs", {}), ("--fee", {}), ("--exempt", {}), ("--debtor", {}),
        ("--control-order", {"action": "store_true"}))  # fmt: skip
    add("number", "案号", ("text", {}))
    add("identity", "证件号码", ("text", {}))
    add("words", "大写", ("text", {}))
    add("calc", "按名称使用任一计算", ("name", {}), ("--set", {**many, "metavar": "FIELD=VALUE"}))
    add("list", "种类、节点、计算和栏目一览")


def run(
    args: argparse.Namespace, folder: Path, today: date, calendar: Calendar | None = None,
    out: TextIO | None = None, err: TextIO | None = None, opened: StoreLaw | None = None,
) -> int:  # fmt: skip
    """Carry out one ``law`` command; ``folder`` is ``resources/law``, ``today`` the default day of calculation."""
    out, err = out or sys.stdout, err or sys.stderr
    as_json = getattr(args, "json", False)
    try:
        desk = Desk(folder, today, calendar, opened)
        figures, lines = ACTIONS[args.law_command](args, desk)
        figures, lines = {**figures, "law": desk.law_figures}, [*lines, *desk.law_lines]
    except Refusal as refusal:
        if as_json:
            ways = [{"label": way.label, "action": way.action} for way in refusal.ways]
            print(
                json.dumps({"refused": refusal.code, "text": refusal.text, "ways": ways}, ensure_ascii=False), file=out
            )
        else:
            print(refusal.text, file=err)
        return 1
    text = json.dumps(figures, ensure_ascii=False, indent=2) if as_json else "\n".join(lines)
    print(text, file=out)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """The commands on their own: ``python -m execdesk.commands.law fee 10000``."""
    parser = argparse.ArgumentParser(prog="law")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    add_commands(parser)
    folder = Path(__file__).resolve().parents[2] / "resources" / "law"
    return run(parser.parse_args(argv), folder, date.today())


def _authority(args: argparse.Namespace, desk: Desk) -> Answer:
    on = parse_day(args.on) if args.on else desk.today
    table = load_authority(desk.folder)
    ruling = table.decide(args.matter, subject=args.subject, on=on, circumstances=args.when)
    near = table.suggest(args.matter) if table.matter(args.matter) is None else ()
    figures = {
        "matter": ruling.matter, "name": ruling.name, "level": ruling.level, "level_name": ruling.level_name,
        "path": list(ruling.path), "article": ruling.article, "phrase": ruling.phrase, "reason": ruling.reason,
        "statute_signer": ruling.statute_signer, "panel": ruling.panel, "conflict": ruling.conflict,
        "rule": ruling.rule_id, "confirmed": ruling.confirmed, "near": list(near),
    }  # fmt: skip
    lines = [f"{ruling.name}：{ruling.level_name}", ruling.reason]
    lines += ["兜底冲突"] if ruling.conflict else []
    return figures, lines + ([f"名称相近的列明事项：{'、'.join(near)}"] if near else [])


def _article(args: argparse.Namespace, desk: Desk) -> Answer:
    found = article(desk.book, args.topic, parse_day(args.on), args.statute)
    figures = {"statute": found.statute_title, "article": found.article, "cite": found.cite, "name": found.name,
               "source": found.source, "confirmed": found.confirmed}  # fmt: skip
    return figures, [found.cite + ("" if found.confirmed else "（未经核实）"), found.name]


def _deadline(args: argparse.Namespace, desk: Desk) -> Answer:
    return _calculate("deadline", desk, node=args.node, start=args.start, excluded=args.exclude, length=args.length)


def _period(args: argparse.Namespace, desk: Desk) -> Answer:
    given = {unit: length for unit in ("day", "month", "year", "workday") if (length := getattr(args, unit + "s"))}
    if len(given) != 1:
        raise Refusal("请在 --days、--months、--years、--workdays 中选填一项。", code="period.unit")
    ((unit, length),) = given.items()
    roll = "否" if args.no_roll else "是"
    return _calculate("period", desk, start=args.start, length=length, unit=unit, roll=roll, excluded=args.exclude)


def _control(args: argparse.Namespace, desk: Desk) -> Answer:
    return _calculate("control_end", desk, kind=args.kind, start=args.start, months=args.months)


def _fee(args: argparse.Namespace, desk: Desk) -> Answer:
    on = args.on or desk.today.isoformat()
    if args.preservation:
        return _calculate("preservation_fee", desk, amount=args.amount, on=on)
    return _calculate("fee", desk, amount=args.amount, on=on, chosen=args.chosen)


def _interest(args: argparse.Namespace, desk: Desk) -> Answer:
    return _calculate(
        "interest", desk, debt=args.debt, period_end=args.period_end, until=args.until, paid=args.paid,
        excluded=args.exclude, rate=args.rate, general=args.general_from, general_due=args.general_due,
        general_first="否" if args.debt_first else "是", benchmark=args.benchmark, year_days=args.year_days,
        currency=args.currency, cny_rate=args.cny_rate,
    )  # fmt: skip


def _auction(args: argparse.Namespace, desk: Desk) -> Answer:
    return _calculate("auction", desk, appraisal=args.appraisal, on=args.on, first=args.first)


def _distribute(args: argparse.Namespace, desk: Desk) -> Answer:
    return _calculate(
        "distribution", desk, pot=args.pot, claims=args.claim, on=args.on or desk.today.isoformat(), costs=args.costs,
        fee=args.fee, exempt=args.exempt, debtor=args.debtor, by_control_order="是" if args.control_order else "否",
    )  # fmt: skip


def _words(args: argparse.Namespace, desk: Desk) -> Answer:
    """Plain digits are an amount; a day needs its separators."""
    plain = normalise(args.text)
    day = "年" in plain or sum(plain.count(mark) for mark in "-./") == 2
    return _calculate("day_words" if day else "amount_words", desk, text=args.text)


def _text(name: str) -> Action:
    return lambda args, desk: _calculate(name, desk, text=args.text)


def _calc(args: argparse.Namespace, desk: Desk) -> Answer:
    values: dict[str, list[str]] = {}
    for entry in args.set:
        field, equals, value = entry.partition("=")
        if not equals:
            raise Refusal(f"「{entry}」请写作「栏目=值」。", code="usage.set")
        values.setdefault(field, []).append(value)
    return _calculate(args.name, desk, **values)


def _list(args: argparse.Namespace, desk: Desk) -> Answer:
    figures = {
        "kinds": [{"id": key, "title": kind.title} for key, kind in KINDS.items()],
        "nodes": [{"id": node.name, "title": node.title, "from": node.starts, "side": node.side} for node in nodes(desk.book)],
        "calculators": [
            {"id": entry.id, "title": entry.title,
             "fields": [{"id": f.name, "label": f.label, "kind": f.kind, "required": f.required} for f in entry.fields]}
            for entry in CALCULATORS.values()
        ],
        "matters": [{"id": m.id, "name": m.name} for m in load_authority(desk.folder).choosable()],
        "statutes": list(desk.book.tables),
    }  # fmt: skip
    lines = []
    for title, entries in (("控制措施种类", "kinds"), ("节点", "nodes"), ("计算", "calculators"), ("事项", "matters")):
        lines.append(f"{title}：")
        lines += [f"  {entry['id']}　{entry.get('title') or entry.get('name')}" for entry in figures[entries]]  # type: ignore[attr-defined]
    return figures, lines


def _calculate(name: str, desk: Desk, **values: str | Iterable[str] | None) -> Answer:
    """Run a calculator over what was typed; several entries of one option become lines of its field."""
    typed = {key: value if isinstance(value, str) else "\n".join(value) for key, value in values.items() if value}
    done = calculator(name).compute(desk.book, desk.calendar, typed)
    return as_json(done), sheet_lines(done.sheet)


ACTIONS: dict[str, Action] = {
    "authority": _authority, "article": _article, "deadline": _deadline, "period": _period, "control-end": _control,
    "fee": _fee, "interest": _interest, "auction": _auction, "distribute": _distribute, "number": _text("case_number"),
    "identity": _text("identity"), "words": _words, "calc": _calc, "list": _list,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
