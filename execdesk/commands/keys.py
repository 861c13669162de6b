"""``key``: the electronic keys in this PC, and signing in with one from now on."""

from __future__ import annotations

import argparse
from typing import Any

from execdesk.access import tokens
from execdesk.access.register import ACTIONS
from execdesk.commands.answers import say
from execdesk.commands.frame import Builder, ask, open_desk


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    key = sub.add_parser("key", parents=[common], help="电子钥匙：列出插着的；本人换用电子钥匙登录")
    key.add_argument("--use", metavar="序列号", help="从此用这把钥匙和它的PIN码登录，密码和PIN码按提示当面输入")
    key.set_defaults(run=run)


def run(args: argparse.Namespace, build: Builder) -> int:
    """Tell which are plugged in; with ``--use`` let one open the slot of ``--user``, who types password and PIN here."""
    if args.use:
        old = ask(f"{args.user or ''} 现在的密码（或者PIN码）：")
        with open_desk(args, build, writes=True, password=old) as desk:
            changes = desk.do("person.token", serial=args.use, own_password=old, pin=ask("电子钥匙的PIN码："))
        return say(args, {"used": args.use, "lines": changes.lines}, [ACTIONS["person.token"].done])
    found = tokens.present()
    none = "没有插着的电子钥匙。" if tokens.named() else f"本机没有指明电子钥匙的驱动：请把厂家驱动（.so 或 .dll）的完整位置写进环境变量 {tokens.DRIVER}。"
    return say(args, {"keys": [{"serial": one.serial, "label": one.label} for one in found]}, [one.words for one in found] or [none])
