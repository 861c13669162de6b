"""Single changes to ``authority.toml`` for the mutation check: another level, signer, panel, permit, post, day; one more or one less."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.law.mutants import Mutant

# What decides, by table; names, quotations and notes are held to their sources by tests of their own.
DECIDING = {
    "plan": {"effective"}, "level": {"rank", "posts"}, "subject": {"special"}, "ladder": {"valid_to", "steps", "confirmed"},
    "matter": {"level", "panel", "statute_signer", "approver", "delegate", "catch_all", "urgent_variant", "valid_from", "confirmed", "duty", "discretion", "documents", "basis"},
    "variant": {"matter", "when", "to", "level", "permit", "signer"},
}  # fmt: skip
# A line that a row of the table may lack; a row without it is tried with it.
MORE = {
    "matter": {"statute_signer": '"president"', "delegate": '"letter_naming_matter"', "approver": '"director_or_leader"'},
    "variant": {"permit": '"上级批准"', "signer": '"director"'},
}  # fmt: skip


@dataclass(frozen=True)
class _Line:
    table: str
    row: str  # the id of its row
    number: int
    key: str
    value: Any


def data_mutants(file: str, text: str) -> Iterator[Mutant]:
    """Every single change to a deciding line of ``text``."""
    lines = text.split("\n")
    found = list(_lines(lines))
    for line in found:
        if line.key not in DECIDING.get(line.table, ()):
            continue
        for new in _changed(line, sorted({each.value for each in found if each.key == line.key and isinstance(each.value, str)})):
            yield _mutant(file, lines, line, new)
    for head in (line for line in found if line.key in ("id", "matter") and line.table in MORE):
        there = {line.key: line.value for line in found if (line.table, line.row) == (head.table, head.row)}
        for key, value in MORE[head.table].items():
            named = key == "delegate" and there.get("statute_signer") == "president"  # then a letter must name it anyway
            if key not in there and not named:
                yield _mutant(file, lines, head, f"{lines[head.number]}\n{key} = {value}")


def _lines(lines: list[str]) -> Iterator[_Line]:
    table = row = ""
    for number, line in enumerate(lines):
        if heading := re.match(r"\[\[(\w+)\]\]", line):
            table, row = heading[1], f"{number}"
        elif pair := re.match(r"(\w+) = ", line):
            yield _Line(table, row, number, pair[1], tomllib.loads(line)[pair[1]])


def _changed(line: _Line, others: list[str]) -> Iterator[str]:
    """The line with another value, a text with the next of ``others``; empty: without the line."""
    value = line.value
    if isinstance(value, bool):
        yield f"{line.key} = {json.dumps(not value)}"
    elif isinstance(value, int):
        yield f"{line.key} = {value + 1}"
    elif isinstance(value, date):
        yield f"{line.key} = {value + timedelta(days=1)}"
    elif isinstance(value, list):
        yield f"{line.key} = {json.dumps(value[1:] if value else ['judge'], ensure_ascii=False)}"
    else:
        place = others.index(value) + 1
        yield from (f"{line.key} = {json.dumps(other, ensure_ascii=False)}" for other in (others[place:] + others)[:1] if other != value)
        if line.key in MORE.get(line.table, ()):
            yield ""


def _mutant(file: str, lines: list[str], line: _Line, new: str) -> Mutant:
    changed = "\n".join((*lines[: line.number], new, *lines[line.number + 1 :]))
    return Mutant(file, line.number + 1, f"{_name(lines, line)}{lines[line.number]}", new or "(none)", changed)


def _name(lines: list[str], line: _Line) -> str:
    """Which row it is: its first line, where that is not the changed one."""
    first = lines[int(line.row) + 1]
    return "" if first == lines[line.number] else f"[{first}] "
