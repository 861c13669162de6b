"""Single changes to the source of a rule, for the mutation check."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from os.path import commonprefix

COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "ceil": "floor", "floor": "ceil",
         "ceil_fen": "floor_fen", "floor_fen": "ceil_fen", "half_up": "int"}  # fmt: skip
WORDS_ONLY = frozenset({"annotation", "decorator_list", "returns", "type_comment", "format_spec"})

Change = Callable[[], None]


@dataclass(frozen=True)
class Mutant:
    """A module with one change: the line of the file, the statement before and after, the whole source."""

    module: str
    line: int
    before: str
    after: str
    source: str

    @property
    def place(self) -> str:
        """interest:120 a < b → a <= b; of a long statement the part that changes."""
        begin = max(0, len(commonprefix((self.before, self.after))) - 60)
        return f"{self.module}:{self.line} {self.before[begin : begin + 140]} → {self.after[begin : begin + 140]}"


def mutants(module: str, text: str) -> Iterator[Mutant]:
    """Every single change to ``text``; docstrings, annotations, messages of refusals and sheet words are left alone."""
    plain = ast.unparse(ast.parse(text)).splitlines()
    for number in range(sum(1 for _ in _changes(ast.parse(text)))):
        tree = ast.parse(text)
        line, change = next(site for n, site in enumerate(_changes(tree)) if n == number)
        change()
        source = ast.unparse(ast.fix_missing_locations(tree))
        before, after = next(pair for pair in zip_longest(plain, source.splitlines()) if pair[0] != pair[1])
        yield Mutant(module, line, before.strip(), after.strip(), source)


def _changes(tree: ast.Module) -> Iterator[tuple[int, Change]]:
    for node in _executed(tree):
        for change in _of(node):
            yield node.lineno, change


def _of(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        yield from (_setter(node.ops, n, COMPARE[type(op)]()) for n, op in enumerate(node.ops))
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC and not _wordy(node):
        yield lambda: setattr(node, "op", ARITHMETIC[type(node.op)]())
    elif isinstance(node, ast.BoolOp):
        yield lambda: setattr(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda: setattr(node, "value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield lambda: setattr(node, "value", node.value + 1)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
        yield lambda: setattr(node.func, "id", NAMES[node.func.id])
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(
        node.test, ast.Name | ast.Attribute | ast.Call
    ):
        yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))


def _setter(ops: list[ast.cmpop], place: int, new: ast.cmpop) -> Change:
    return lambda: ops.__setitem__(place, new)


def _executed(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    for name, value in ast.iter_fields(node):
        if name in WORDS_ONLY or isinstance(node, ast.JoinedStr):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _left_alone(child):
                if isinstance(child, ast.expr | ast.stmt):
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
        isinstance(side, ast.JoinedStr | ast.Tuple | ast.List)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        or (isinstance(side, ast.BinOp) and _wordy(side))
        for side in sides
    )
