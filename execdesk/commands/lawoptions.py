"""The sub-commands of ``law``; what a calculator asks for is an argument by its declared field."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from execdesk.commands.lawlist import shape_words
from execdesk.law.calculators import calculator
from execdesk.law.fields import NO, YES, Field

Argument = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class OwnCommand:
    """A calculator with a command of its own: ``first`` are fields given without an option, ``options`` what a field's option is
    called where not by its own name, ``left`` fields that the command asks for in another way."""

    calculator: str
    help: str
    first: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


OWN: dict[str, OwnCommand] = {
    "deadline": OwnCommand("deadline", "节点期限：一个节点的届满日和提醒日", ("node",), {"start": "--from", "excluded": "--exclude"}),
    "period": OwnCommand("period", "期间计算：任意长短的期间", (), {"start": "--from", "excluded": "--exclude", "roll": "--no-roll"}, ("length", "unit")),
    "control-end": OwnCommand("control_end", "控制期限：查封、扣押、冻结到哪一日", ("kind",), {"start": "--from"}),
    "fee": OwnCommand("fee", "申请执行费或者财产保全费", ("amount",)),
    "interest": OwnCommand("interest", "迟延履行利息：加倍部分和一般利息", (), {
        "until": "--to", "instalments": "--instalment", "excluded": "--exclude", "rate": "--general", "general": "--general-from", "general_first": "--debt-first",
    }),
    "auction": OwnCommand("auction", "网络拍卖的起拍价、降价和保证金"),
    "distribute": OwnCommand("distribution", "财产分配", (), {"claims": "--claim", "by_control_order": "--control-order"}),
    "number": OwnCommand("case_number", "案号：核对并写成规范的形式", ("text",)),
    "identity": OwnCommand("identity", "证件号码：核对号码", ("text",)),
}  # fmt: skip

_MANY: dict[str, Any] = {"action": "append", "default": []}
_PERIOD: tuple[Argument, ...] = (
    ("--days", {"metavar": "日数", "help": "多少日"}), ("--months", {"metavar": "月数", "help": "多少个月"}),
    ("--years", {"metavar": "年数", "help": "多少年"}), ("--workdays", {"metavar": "日数", "help": "多少个工作日"}),
)
MORE: dict[str, tuple[Argument, ...]] = {"period": _PERIOD, "fee": (("--preservation", {"action": "store_true", "help": "计算财产保全费"}),)}
"""What a command asks for beside the fields of its calculator."""

PLAIN: dict[str, tuple[str, tuple[Argument, ...]]] = {
    "authority": ("谁审批：层级、法定签发人、合议、许可和理由", (
        ("matter", {"metavar": "事项", "help": "事项的名称、通常叫法或者方案原文，如 终本、限高、拘留；全部名称见 law list 事项"}),
        ("--subject", {"default": "ordinary", "metavar": "主体", "help": "对象的类别，如 人大代表、乡镇人大代表、国有企业；不写为一般主体"}),
        ("--on", {"metavar": "日期", "help": "依哪一日的规定，如 2017-08-01；不写为今日"}),
        ("--when", {**_MANY, "metavar": "情形", "help": "另有的情形，如 抵债、履行完毕；可以写几次；全部情形见 law list 情形"}),
    )),
    "article": ("条文序号：某一日的法规中，一项规定在第几条", (
        ("topic", {"metavar": "条文", "help": "条文的名称或者其中一段，如 终结本次执行程序；全部名称见 law list 条文"}),
        ("--on", {"metavar": "日期", "required": True, "help": "文书的落款日期，如 2017-08-01"}),
        ("--statute", {"default": "cpl", "metavar": "法规", "help": "民事诉讼法、民诉法解释、查扣冻规定、拍卖变卖规定、执行规定、执行程序解释；不写为民事诉讼法"}),
    )),
    "words": ("大写：金额、日期、数字", (
        ("text", {"metavar": "文字", "help": "金额、日期或者数字，如 1234.56、2017-08-01"}),
        ("--as", {"dest": "sort", "metavar": "种类", "help": "按哪一种：金额、日期、数字；看不出是哪一种的要写明"}),
    )),
    "calc": ("按名称使用任一计算", (
        ("name", {"metavar": "计算", "help": "计算的名称，如 迟延履行利息；全部名称见 law list 计算"}),
        ("--set", {**_MANY, "metavar": "栏目=值", "help": "填写一个栏目，如 执行金额=10000；可以写几次"}),
    )),
    "check": ("核对审批权限表：每个事项、主体、情形都有且只有一个答案", ()),
    "list": ("各种名称一览：事项、主体、情形、节点、控制措施种类、条文、计算", (
        ("section", {"nargs": "?", "default": "", "metavar": "类别", "help": "只看一类，如 事项、情形、节点、条文、计算"}),
    )),
}  # fmt: skip
"""Commands that stand for no calculator: what they answer, and their arguments."""

ORDER = ("authority", "article", *OWN, "words", "calc", "check", "list")


def argument(one: Field, name: str) -> Argument:
    """A declared field as an argument. A day of calculation that is not given is today; a flag says what is not the rule."""
    words = f"{one.label}：{shape_words(one)}{f'；{one.hint}' if one.hint else ''}"
    bare = not name.startswith("-")
    told: dict[str, Any] = {} if bare else {"dest": one.name, "required": one.required and not one.default and one.name != "on"}
    if one.kind == "flag":
        odd = NO if one.default == YES else YES
        return name, {**told, "action": "store_const", "const": odd, "help": f"{one.label}：{odd}"}
    if bare and not one.required:
        told = {"nargs": "?", "default": ""}
    if one.kind == "group":
        told |= {"action": "append", "default": []}
        words += "；可以写几次"
    return name, {**told, "metavar": one.label.partition("（")[0], "help": words.replace("%", "%%")}


def arguments_of(own: OwnCommand) -> list[Argument]:
    """Every field of the calculator as an argument of its command."""
    asked = [one for one in calculator(own.calculator).fields if one.name not in own.left]
    named = {one.name: one.name if one.name in own.first else own.options.get(one.name, f"--{one.name.replace('_', '-')}") for one in asked}
    return [argument(one, named[one.name]) for one in asked]


def add_commands(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser | None = None) -> None:
    """Add the sub-commands themselves, each with ``--json`` or the ``shared`` options."""
    common = shared or argparse.ArgumentParser(add_help=False)
    if shared is None:
        common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="以 JSON 输出")
    commands = parser.add_subparsers(dest="law_command", required=True, metavar="命令")
    for name in ORDER:
        words, arguments = _asked_by(name)
        sub = commands.add_parser(name, help=words, parents=[common])
        for flag, options in arguments:
            sub.add_argument(flag, **options)


def _asked_by(name: str) -> tuple[str, tuple[Argument, ...]]:
    """What a command answers, and its arguments."""
    own = OWN.get(name)
    return PLAIN[name] if own is None else (own.help, (*arguments_of(own), *MORE.get(name, ())))
