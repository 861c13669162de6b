"""What keeps the house in order as rooms are added: one name for one class."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
    for folder in ("execdesk", "ui", "reports") for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
}


def test_no_two_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for place, tree in CODE.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(place)
    assert len(homes) > 300, "the classes were not found"
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}
