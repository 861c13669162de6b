"""Every public function of the rules has a caller where a person uses it; what waits for its room is named with the issue that brings it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.law.rules import ROOT

LAW = ROOT / "execdesk" / "law"
Name = tuple[str, str]  # module of execdesk/law, name in it
WAITING = {
    15: {*(("indicators", name) for name in (
        "actual_rate", "actual_recovery", "due_on", "in_time", "overall_rate_sum", "timely_actual", "timely_rate")),
        ("closing", "closing_due"), ("workindicators", "quality_rate"), ("workindicators", "approval_hours"), ("workindicators", "working_time")},
    12: {("workindicators", "lapse_rate")},
    13: {("workindicators", "auction_rates"), ("workindicators", "payout_rate")},
    17: {("workindicators", "judge_share"), ("workindicators", "petition_rate")},
}  # fmt: skip


class _File:
    """A file's names of the rules: those it defines itself where it is one of them, those it imports, each as ``(module, name)``."""

    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.own = path.stem if path.parent == LAW else ""
        self.names: dict[str, Name] = {}
        self.modules: dict[str, str] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("execdesk.law"):
                for each in node.names:
                    self._bring(str(node.module).removeprefix("execdesk.law").removeprefix("."), each)

    def _bring(self, module: str, each: ast.alias) -> None:
        if module:
            self.names[each.asname or each.name] = (module, each.name)
        else:
            self.modules[each.asname or each.name] = each.name

    def used(self, node: ast.AST) -> set[Name]:
        """What ``node`` speaks of."""
        return set(self._used(node))

    def _used(self, node: ast.AST) -> Iterator[Name]:
        for each in ast.walk(node):
            if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in self.modules:
                yield self.modules[each.value.id], each.attr
            elif isinstance(each, ast.Name):
                yield self.names.get(each.id, (self.own, each.id))


@cache
def _files() -> list[_File]:
    folders = (ROOT / "execdesk", ROOT / "ui", ROOT / "reports")
    return [_File(path) for path in (ROOT / "main.py", *(path for folder in folders for path in sorted(folder.rglob("*.py"))))]


def _uncalled(files: list[_File]) -> set[Name]:
    """Public functions that neither another folder nor a table of the rules reaches, by whatever way."""
    inside: dict[Name, set[Name]] = {}
    functions: set[Name] = set()
    reached: set[Name] = set()
    for file in files:
        for node in file.tree.body:
            if file.own and isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                inside[(file.own, node.name)] = file.used(node)
                functions |= {(file.own, node.name)} if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") else set()
            else:
                reached |= file.used(node)
        inside |= {(file.own, name): {behind} for name, behind in file.names.items()} if file.own else {}
    waiting, seen = reached, set[Name]()
    while waiting:
        seen |= waiting
        waiting = {found for name in waiting for found in inside.get(name, ())} - seen
    return functions - seen


def test_every_function_of_the_rules_is_called_or_waits_for_its_issue() -> None:
    expected = {name for names in WAITING.values() for name in names}
    found = _uncalled(_files())
    assert sorted(found - expected) == [], "give it a caller where a person uses it, or let it go"
    assert sorted(expected - found) == [], "it has a caller now"


def test_methods_of_the_rules_are_asked() -> None:
    files = _files()
    asked = {node.attr for file in files for node in ast.walk(file.tree) if isinstance(node, ast.Attribute)}
    asked |= {node.value for file in files for node in ast.walk(file.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    methods = {
        (file.own, owner.name, one.name) for file in files if file.own for owner in file.tree.body if isinstance(owner, ast.ClassDef)
        for one in owner.body if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
    }  # fmt: skip
    assert sorted(name for name in methods if name[2] not in asked) == [("tnr", "Readiness", "gates_verdict")]  # waits for issue 15
