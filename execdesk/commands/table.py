"""All commands by name, told without importing any of them; a test holds this against what their modules register."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from execdesk.commands.answers import common


class Command(NamedTuple):
    """What a command is for, and the module that takes its options and runs it."""

    help: str
    module: str


COMMANDS: dict[str, Command] = {
    "setup": Command("设立数据库", "store"),
    "check": Command("全面自检", "store"),
    "journal": Command("留痕", "store"),
    "backup": Command("备份", "store"),
    "restore": Command("从备份恢复到空文件夹", "store"),
    "case": Command("案件", "cases"),
    "act": Command("按名称办理任一事项（仅演示库）", "cases"),
    "ceremony": Command("两人在场的事项：签发证书等，各自当面输入密码；院长同意证书", "ceremonies"),
    "key": Command("电子钥匙：列出插着的；本人换用电子钥匙登录", "keys"),
    "document": Command("文书", "cases"),
    "ledger": Command("台账：核对、导入、撤销导入", "ledgers"),
    "figures": Command("统计指标及其分子、分母", "figures"),
    "demo": Command("演示：建库、导入、办三件事，然后打开窗口", "demonstration"),
    "bench": Command("速度表", "bench"),
    "law": Command("法规查询与计算", "law"),
}


def named_in(words: Sequence[str]) -> str | None:
    """The command that ``words`` name, whatever common options stand before it; none where they name none."""
    rest = common(argparse.ArgumentParser(add_help=False, exit_on_error=False)).parse_known_args(list(words))[1]
    return next((word for word in rest if not word.startswith("-")), None)


def register(sub: Any, shared: argparse.ArgumentParser, named: str | None = None) -> None:
    """Add every command to ``sub``; with ``named`` only that one's module is imported, the others are there by name alone."""
    done: set[str] = set()
    for name, command in COMMANDS.items():
        if named is not None and (named not in COMMANDS or COMMANDS[named].module != command.module):
            sub.add_parser(name, help=command.help)
        elif command.module not in done:
            done.add(command.module)
            import_module(f"execdesk.commands.{command.module}").register(sub, shared)
