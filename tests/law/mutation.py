"""Mutation check of the rules, by hand: ``python -m tests.law.mutation [--sample N] [--seed S] [MODULE …]``.

One change at a time to a constant, comparison, operator, boolean or branch of a module of ``execdesk/law``; the tests named
for that module must then fail. Mutants run in child processes against a copy of the tree, so the working tree is never
touched. Prints one line per survivor and a count per module; exits 1 where one survived.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = {
    "auction": "auction_sanctions", "casenumber": "case_numbers", "closing": "closing", "control": "control",
    "days": "periods", "debt": "interest", "dishonest": "auction_sanctions", "distribution": "distribution",
    "fees": "money", "fields": "calculators", "figures": "indicators", "identity": "identity",
    "indicators": "indicators", "interest": "interest", "lookup": "sheets", "money": "money", "nodes": "periods",
    "numerals": "words", "periods": "periods", "ruletexts": "sheets", "sanctions": "auction_sanctions",
    "sheets": "sheets", "textcalculators": "calculators", "workindicators": "indicators",
}  # fmt: skip
TIMEOUT = 60
COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
}


@dataclass(frozen=True)
class Mutant:
    """The module with one change, and where it is."""

    module: str
    line: int
    what: str
    source: str

    @property
    def place(self) -> str:
        """interest:120 Lt → LtE."""
        return f"{self.module}:{self.line} {self.what}"


def mutants(module: str, text: str) -> Iterator[Mutant]:
    """Every single change to ``text``; docstrings, annotations, messages of refusals and sheet words are left alone."""
    count = sum(1 for _ in _sites(ast.parse(text)))
    for number in range(count):
        tree = ast.parse(text)
        node, change = next(site for n, site in enumerate(_sites(tree)) if n == number)
        what = change(node)
        yield Mutant(module, node.lineno, what, ast.unparse(tree))


def _sites(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, object]]:
    for node in _executed(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARE:
            yield node, _compare
        elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC and not _wordy(node):
            yield node, _arithmetic
        elif isinstance(node, ast.BoolOp):
            yield node, _boolean
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, _affirm
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield node, _flip
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield node, _more


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "decorator_list", "returns", "type_comment", "format_spec"} or isinstance(
            node, ast.JoinedStr
        ):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _left_alone(child):
                yield child
                yield from _executed(child)


def _left_alone(node: ast.AST) -> bool:
    """Imports for types, and ``strict=`` of zip: no test can tell them apart."""
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _wordy(node: ast.BinOp) -> bool:
    """Joining texts or tuples for a sheet, or a union of types: not arithmetic."""
    sides = (node.left, node.right)
    return any(
        isinstance(side, (ast.JoinedStr, ast.Tuple, ast.List))
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        or (isinstance(side, ast.BinOp) and _wordy(side))
        for side in sides
    )


def _compare(node: ast.Compare) -> str:
    old, new = type(node.ops[0]), COMPARE[type(node.ops[0])]
    node.ops[0] = new()
    return f"{old.__name__} → {new.__name__}"


def _arithmetic(node: ast.BinOp) -> str:
    old, new = type(node.op), ARITHMETIC[type(node.op)]
    node.op = new()
    return f"{old.__name__} → {new.__name__}"


def _boolean(node: ast.BoolOp) -> str:
    old = type(node.op)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return f"{old.__name__} → {type(node.op).__name__}"


def _affirm(node: ast.UnaryOp) -> str:
    inner = node.operand
    node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), inner)
    return "not → (nothing)"


def _flip(node: ast.Constant) -> str:
    old, node.value = node.value, not node.value
    return f"{old} → {node.value}"


def _more(node: ast.Constant) -> str:
    old, node.value = node.value, int(node.value) + 1
    return f"{old} → {node.value}"


def killed(mutant: Mutant, copy: Path) -> bool:
    """Whether the module's tests fail on ``mutant`` (a hang counts as failing)."""
    target = copy / "execdesk" / "law" / f"{mutant.module}.py"
    original = target.read_text(encoding="utf-8")
    target.write_text(mutant.source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:randomly", "--hypothesis-seed=0",
               f"tests/law/test_{TESTS[mutant.module]}.py"]  # fmt: skip
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=TIMEOUT, check=False)
        return done.returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(original, encoding="utf-8")


def main() -> int:
    """Run the sample and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--sample", type=int, default=20, help="mutants per module; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("execdesk", "resources", "tests", "pyproject.toml"):
            source = ROOT / name
            shutil.copytree(
                source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "fonts")
            ) if source.is_dir() else shutil.copy(source, copy)
        total = 0
        for module in args.modules or TESTS:
            text = (ROOT / "execdesk" / "law" / f"{module}.py").read_text(encoding="utf-8")
            found = list(mutants(module, text))
            chosen = random.Random(args.seed).sample(found, min(args.sample or len(found), len(found)))
            alive = [mutant for mutant in chosen if not killed(mutant, copy)]
            total += len(chosen)
            survivors += alive
            print(f"{module}: {len(chosen) - len(alive)}/{len(chosen)} killed of {len(found)}", flush=True)
            for mutant in alive:
                print(f"  survived {mutant.place}", flush=True)
    print(f"{total - len(survivors)}/{total} killed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
