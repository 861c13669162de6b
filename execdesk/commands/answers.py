"""What all commands share and what costs nothing to import: the common options, answers as text or JSON, refusals as exit 1."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

from execdesk.law.refusal import Refusal


def plain(value: Any) -> Any:
    """A value as JSON: days and moments as ISO text, dataclasses as objects."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {k: plain(v) for k, v in asdict(value).items()}
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    return value


def say(args: argparse.Namespace, answer: dict[str, Any], lines: list[str]) -> int:
    """Print an answer; exit 0."""
    if args.json:
        print(json.dumps(plain(answer), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines))
    return 0


def refuse(args: argparse.Namespace, refusal: Refusal) -> int:
    """Print a refusal; exit 1."""
    if getattr(args, "json", False):
        print(json.dumps({
            "refused": refusal.code, "text": refusal.text, "clauses": [asdict(c) for c in refusal.clauses],
            "ways": [w.label for w in refusal.ways],
        }, ensure_ascii=False, indent=2))
    else:
        print(refusal.text, file=sys.stderr)
        for clause in refusal.clauses:
            print(f"「{clause.quote}」{clause.source}", file=sys.stderr)
    return 1


def common(parser: argparse.ArgumentParser, *, of_command: bool = False) -> argparse.ArgumentParser:
    """The options every command takes, before or after its name; a command does not undo what stood before it."""
    left_out: Any = argparse.SUPPRESS if of_command else None
    parser.add_argument("--data", default=left_out, metavar="DIR", help="数据文件夹")
    parser.add_argument("--user", default=left_out, metavar="NAME", help="登录名")
    parser.add_argument("--json", action="store_true", default=left_out or False, help="以 JSON 输出")
    parser.add_argument("--confirm-day", default=left_out, metavar="DAY", help="库久未打开时，写明今天的日期以示本机日期无误")
    parser.add_argument("--today", default=left_out, metavar="DAY", help="演示库的日期")
    return parser
