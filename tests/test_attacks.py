"""The table of attacks says what the tests try, and the tests try what the table says: no row without its test, none marked without a row."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "攻击与应对.md"
LEAST = 3  # variants of each point
BEFORE = ("成", "挡", "未设", "未记")
POINTS = [f"8.{n}" for n in range(1, 11)]


def rows() -> Iterator[tuple[str, list[str]]]:
    """Each row of the table with the point it stands under."""
    point = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            point = line.split()[1]
        elif line.startswith("| ") and not line.startswith("| 攻击"):
            yield point, [cell.strip() for cell in line.strip("|").split("|")]


def marked() -> Iterator[tuple[str, str]]:
    """Each test marked as an attack, as the table names it, with its point."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.attack(" not in text:
            continue
        for node in ast.parse(text).body:
            for mark in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
                if found := re.fullmatch(r"pytest\.mark\.attack\('(.+)'\)", ast.unparse(mark)):
                    yield f"{path.relative_to(ROOT / 'tests').as_posix()}::{node.name}", found[1]


def test_the_table_and_the_tests_are_of_one_mind() -> None:
    told = {cells[3].strip("`"): point for point, cells in rows()}
    assert told == dict(marked())


def test_each_point_is_tried_in_three_ways_and_every_row_is_filled() -> None:
    found = list(rows())
    assert list(dict.fromkeys(point for point, _ in found)) == POINTS
    assert min(Counter(point for point, _ in found).values()) >= LEAST
    for _, cells in found:
        assert len(cells) == 4 and all(cells), cells
        assert cells[1].startswith(BEFORE), cells
    assert len({cells[3] for _, cells in found}) == len(found), "one row a test"
