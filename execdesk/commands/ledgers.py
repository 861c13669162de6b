"""``ledger``: check a ledger, import it with decisions, undo an import."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from execdesk.commands.answers import say
from execdesk.commands.frame import Builder, open_desk
from execdesk.intake.importing import check_ledger, take_ledger
from execdesk.intake.keys import HOW, read_decision, write_key
from execdesk.intake.report import LedgerEntry, LedgerReport, SharedQuestion
from execdesk.law.refusal import Refusal

SHOWN = 20  # rows of each list told without --json


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    ledger = sub.add_parser("ledger", parents=[common], help="台账：核对、导入、撤销导入")
    ledger.add_argument("subcommand", choices=["import", "undo"])
    ledger.add_argument("what", metavar="FILE", help="台账文件；撤销时为导入编号")
    ledger.add_argument("--dry-run", action="store_true", help="只核对，不写入")
    ledger.add_argument("--decide", action="append", default=[], metavar="KEY=CHOICE", help=f"决定：{HOW}；选项为 skip 时不导入，text:… 为自己填写")
    ledger.add_argument("--full", action="store_true", help="连同提醒、选项、计数一并列出")
    ledger.add_argument("--reason", default="", help="撤销导入的理由")
    ledger.set_defaults(run=run)


def run(args: argparse.Namespace, build: Builder) -> int:
    """Import a ledger, or check it only, or undo an import."""
    if args.subcommand == "undo":
        return _undo(args, build)
    decisions = dict(read_decision(text) for text in args.decide)
    with open_desk(args, build, writes=not args.dry_run) as desk:
        if args.dry_run:
            report, number = check_ledger(desk.session, Path(args.what), decisions), None
        else:
            taken = take_ledger(desk.session, Path(args.what), decisions)
            report, number = taken.report, taken.run
    done = f"已导入，编号 {number}。" if number else "仅核对，未写入。" if args.dry_run else "没有新的内容，未写入。"
    answer = {**report.as_dict(), "run": number} if args.full else report.brief()
    return say(args, answer, [*_counted(report), done, *_listed(report, args.full)])


def _undo(args: argparse.Namespace, build: Builder) -> int:
    if not args.reason.strip():
        raise Refusal("请用 --reason 写明撤销的理由。", code="ledger.undo")
    with open_desk(args, build, writes=True) as desk:
        changes = desk.do("ledger.undo", run=args.what, reason=args.reason)
    return say(args, {"lines": list(changes.lines)}, [f"已撤销导入，留痕 {'、'.join(changes.lines)}。"])


def _counted(report: LedgerReport) -> list[str]:
    counts = report.counts
    told = (
        f"可导入 {counts['imported']} 行，需您决定 {counts['decide']} 行，不能导入 {counts['refused']} 行，跳过 {counts['passed_over']} 行；"
        f"共 {sum(counts.values())} 行。"
    )
    return [told, *report.notes]


def _listed(report: LedgerReport, full: bool) -> list[str]:
    """Rows that need a person; with ``full`` all of them, and under each question its key and options."""
    shown = None if full else SHOWN
    lines = [line for one in report.shared for line in _asked(one)]
    for title, entries in (("需决定", report.decide), ("不能导入", report.refused)):
        lines += [line for entry in entries[:shown] for line in _entry_lines(title, entry, full)]
        if shown is not None and len(entries) > shown:
            lines.append(f"{title}还有 {len(entries) - shown} 行，用 --full 全部列出。")
    return lines


def _asked(question: SharedQuestion) -> list[str]:
    """A question asked once for many rows, with its keys."""
    lines = [f"需决定 {question.rows} 行：{question.text}"]
    for option in question.options:
        mark = "（建议）" if option.key == question.proposal else ""
        lines.append(f"    --decide '{question.code}|{question.name}={option.key}'  {option.label}{mark}")
    return lines


def _entry_lines(title: str, entry: LedgerEntry, full: bool) -> list[str]:
    lines = [f"{title} {entry.sheet} 第{entry.row}行 {entry.column}：{entry.text}"]
    for question in entry.questions if full else ():
        key = f"{question.code}|{question.name}" if question.name else write_key(entry.sheet, entry.row, question.column, question.code)
        for option in question.options:
            mark = "（建议）" if option.key == question.proposal else ""
            lines.append(f"    --decide '{key}={option.key}'  {option.label}{mark} {option.ground}".rstrip())
    return lines
