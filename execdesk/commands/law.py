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
from execdesk.commands.law_json import as_json, basis_json, sheet_json
from execdesk.commands.lawauthority import document_titles, ruling_figures, ruling_lines
from execdesk.commands.lawlist import listing
from execdesk.commands.lawnames import calculator_named, field_named, node_named, statute_named
from execdesk.commands.lawoptions import OWN, add_commands
from execdesk.law.articles import article
from execdesk.law.authority import load_authority
from execdesk.law.authority_check import check_table
from execdesk.law.book import LawBook, load_law
from execdesk.law.calculators import calculator
from execdesk.law.calendar import Calendar
from execdesk.law.numerals import amount_in_list, count_in_words, date_in_words, normalise, parse_amount, parse_day
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.sheets import rule_line, sheet_lines
from execdesk.law.textcalculators import number_words
from execdesk.law.values import DatedValue

Answer = tuple[dict[str, Any], list[str]]
Action = Callable[[argparse.Namespace, "LawContext"], Answer]


@dataclass(frozen=True)
class StoreLaw:
    """The law as an opened store has it: the book with the court's corrections, and the store's name for the answer."""

    book: LawBook
    store: str


class LawContext:
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


def run(
    args: argparse.Namespace, folder: Path, today: date, calendar: Calendar | None = None,
    out: TextIO | None = None, err: TextIO | None = None, opened: StoreLaw | None = None,
) -> int:  # fmt: skip
    """Carry out one ``law`` command; ``folder`` is ``resources/law``, ``today`` the default day of calculation."""
    out, err = out or sys.stdout, err or sys.stderr
    as_json = getattr(args, "json", False)
    try:
        desk = LawContext(folder, today, calendar, opened)
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


def _authority(args: argparse.Namespace, desk: LawContext) -> Answer:
    on = parse_day(args.on) if args.on else desk.today
    table = load_authority(desk.folder)
    rulings = table.ask(args.matter, subject=args.subject, on=on, circumstances=args.when)
    near = () if table.find(args.matter) else table.suggest(args.matter)
    titles = document_titles(desk.folder)
    lines = [line for ruling in rulings for line in ruling_lines(table, ruling, titles)]
    if len(rulings) > 1:
        found = [ruling_figures(table, ruling, titles) for ruling in rulings]
        return {"asked": args.matter, "matters": found}, [f"「{args.matter}」包括{len(rulings)}个事项：", *lines]
    return {**ruling_figures(table, rulings[0], titles), "near": list(near)}, lines + ([f"名称相近的列明事项：{'、'.join(near)}"] if near else [])


def _article(args: argparse.Namespace, desk: LawContext) -> Answer:
    found = article(desk.book, args.topic, parse_day(args.on), statute_named(desk.book, args.statute).id)
    figures = {"statute": found.statute_title, "article": found.article, "cite": found.cite, "name": found.name,
               "source": found.source, "confirmed": found.confirmed}  # fmt: skip
    return figures, [found.cite + ("" if found.confirmed else "（未经核实）"), found.name]


def _own(args: argparse.Namespace, desk: LawContext) -> Answer:
    """A calculator with a command of its own, its fields as they were given."""
    entry = calculator(OWN[args.law_command].calculator)
    return _calculate(entry.id, desk, **{one.name: getattr(args, one.name, None) for one in entry.fields})


def _deadline(args: argparse.Namespace, desk: LawContext) -> Answer:
    args.node = node_named(desk.book, args.node)
    return _own(args, desk)


def _period(args: argparse.Namespace, desk: LawContext) -> Answer:
    given = {unit: length for unit in ("day", "month", "year", "workday") if (length := getattr(args, unit + "s"))}
    if len(given) != 1:
        raise Refusal("请在 --days、--months、--years、--workdays 中选填一项。", code="period.unit")
    ((args.unit, args.length),) = given.items()
    return _own(args, desk)


def _fee(args: argparse.Namespace, desk: LawContext) -> Answer:
    return _calculate("preservation_fee", desk, amount=args.amount, on=args.on) if args.preservation else _own(args, desk)


WORDS = {"日期": "day_words", "金额": "amount_words"}


def _words(args: argparse.Namespace, desk: LawContext) -> Answer:
    """An amount, a day or a number; eight digits that may be any of them are asked about, never guessed."""
    plain = normalise(args.text)
    sort = args.sort or ("日期" if "年" in plain or sum(plain.count(mark) for mark in "-./") == 2 else "金额")
    if not args.sort and (day := _compact_day(plain)):
        amount, number = amount_in_list(parse_amount(plain)), count_in_words(int(plain))
        ways = tuple(WayOn(f"按{each}", f"words:{each}") for each in (*WORDS, "数字"))
        raise Refusal(
            f"「{args.text}」可以是日期（{date_in_words(day)}）、金额（{amount}元）或者数字（{number}），请用 --as 写明：--as 日期、--as 金额、--as 数字。",
            code="words.which", ways=ways,
        )  # fmt: skip
    if sort == "数字":
        sheet, figures = number_words(args.text)
        return {**figures, **sheet_json(sheet)}, sheet_lines(sheet)
    if sort not in WORDS:
        raise Refusal(f"不认识的种类「{sort}」，可写：{'、'.join(WORDS)}、数字。", code="usage.as")
    return _calculate(WORDS[sort], desk, text=args.text)


def _compact_day(plain: str) -> date | None:
    """The day behind eight bare digits, where there is one."""
    try:
        return parse_day(plain) if plain.isascii() and plain.isdigit() else None
    except Refusal:
        return None


def _calc(args: argparse.Namespace, desk: LawContext) -> Answer:
    entry = calculator_named(args.name)
    values: dict[str, list[str]] = {}
    for typed in args.set:
        field, equals, value = typed.partition("=")
        if not equals:
            raise Refusal(f"「{typed}」请写作「栏目=值」。", code="usage.set")
        values.setdefault(field_named(entry, field).name, []).append(value)
    if "node" in values:
        values["node"] = [node_named(desk.book, node) for node in values["node"]]
    return _calculate(entry.id, desk, **values)


def _check(args: argparse.Namespace, desk: LawContext) -> Answer:
    """Every question the table can be asked, on the last day before the plan and on its first."""
    found = check_table(load_authority(desk.folder))
    if found.faults:
        raise Refusal("；".join(found.faults) + "。请改正审批权限表。", code="authority.table")
    words = f"问了{found.cells}次，每次都有且只有一个答案；其中{found.conflicts}次是没有列明的事项，标明兜底冲突。"
    return {"cells": found.cells, "conflicts": found.conflicts, "faults": []}, [words]


def _list(args: argparse.Namespace, desk: LawContext) -> Answer:
    return listing(desk.book, load_authority(desk.folder), args.section)


def _calculate(name: str, desk: LawContext, **values: str | Iterable[str] | None) -> Answer:
    """Run a calculator over what was typed, as of today where no day is given; several entries of one option become lines of its field."""
    entry = calculator(name)
    if any(one.name == "on" for one in entry.fields):
        values["on"] = values.get("on") or desk.today.isoformat()
    typed = {key: value if isinstance(value, str) else "\n".join(value) for key, value in values.items() if value}
    done = entry.compute(desk.book, desk.calendar, typed)
    return as_json(done), sheet_lines(done.sheet)


ACTIONS: dict[str, Action] = {
    "authority": _authority, "article": _article, **dict.fromkeys(OWN, _own), "deadline": _deadline, "period": _period, "fee": _fee,
    "words": _words, "calc": _calc, "list": _list, "check": _check,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
