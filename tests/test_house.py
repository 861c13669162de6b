"""What keeps the house in order as rooms are added: one name for one class, one place for actions."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from execdesk import rooms
from execdesk.access.register import ACTIONS

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


def test_every_action_stands_among_the_actions_of_its_room() -> None:
    found = {
        f"{place}: {node.name}": "actions.py" in place or "/actions/" in place
        for place, tree in CODE.items() for node in tree.body if isinstance(node, ast.FunctionDef)
        for one in node.decorator_list if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "action"
    }
    rooms.enter()
    assert len(found) == len(ACTIONS), "an action is registered in another way"
    assert [name for name, right in found.items() if not right] == []


def test_a_refusal_names_only_fields_that_some_form_has() -> None:
    rooms.enter()
    known = {field.name for one in ACTIONS.values() for field in (*one.fields, *(part for field in one.fields for part in field.of))}
    named = {
        word.value.value: place for place, tree in CODE.items() for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal"
        for word in node.keywords if word.arg == "field" and isinstance(word.value, ast.Constant)
    }
    assert len(named) > 30, "the refusals were not found"
    assert {name: place for name, place in named.items() if name not in known} == {}
