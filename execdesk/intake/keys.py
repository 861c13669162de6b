"""Decisions as text: how a command line or a script names a question of a ledger and its answer."""

from __future__ import annotations

import re
from typing import Any

from execdesk.law.refusal import Refusal

_ROW = re.compile(r"(?P<sheet>.*?)\|(?P<row>\d+)\|(?P<column>[A-Z]*)\|(?P<code>[a-z0-9_.]+)", re.DOTALL)
_NAME = re.compile(r"(?P<code>[a-z0-9_.]+)\|(?P<name>.+)", re.DOTALL)
_DECISION = re.compile(rf"(?P<row_key>{_ROW.pattern})=(?P<choice>.+)", re.DOTALL)
HOW = "应写作 工作表|行|列|代码=选项（无此列时列处空着），或 代码|名称=选项"


def read_key(text: str) -> tuple[Any, ...]:
    """「2017年台账|148|B|case_no.no_year」 → (sheet, row, column, code); 「person.unmapped|丙法官」 → (code, name).

    Raises:
        Refusal: ``ledger.decision``.
    """
    if found := _ROW.fullmatch(text):
        return found["sheet"], int(found["row"]), found["column"], found["code"]
    if found := _NAME.fullmatch(text):
        return found["code"], found["name"]
    raise Refusal(f"决定「{text}」写法不对，{HOW}。", code="ledger.decision")


def write_key(sheet: str, row: int, column: str, code: str) -> str:
    """The key of a row's question, as :func:`read_key` reads it."""
    return f"{sheet}|{row}|{column}|{code}"


def read_decision(text: str) -> tuple[tuple[Any, ...], str]:
    """A key, =, and the choice: an option's key, ``skip``, or ``text:`` with an entry of one's own.

    Raises:
        Refusal: ``ledger.decision``.
    """
    if found := _DECISION.fullmatch(text):
        return read_key(found["row_key"]), found["choice"]
    key, sign, choice = text.partition("=")
    if not sign or not choice:
        raise Refusal(f"决定「{text}」写法不对，{HOW}。", code="ledger.decision")
    return read_key(key), choice
