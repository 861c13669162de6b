"""State words stand once, beside the table of moves of their record: elsewhere code says their names.

A word is taken for a state where it is compared with, assigned to or looked up by something called ``state``, or where it stands in a
group of nothing but states of one record; the same word of another vocabulary (a duty, a tone, a list of an import) is not.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from execdesk.records.tables import JOURNALED

ROOT = Path(__file__).parents[2]
ROOMS = ("execdesk", "ui", "reports")
DECLARED = ROOT / "execdesk" / "records"
RECORDS = [frozenset(model.MOVES.words) for model in JOURNALED if model.MOVES is not None]
WORDS = frozenset().union(*RECORDS)
SHOWN = frozenset(word for model in JOURNALED if model.MOVES is not None for word in model.MOVES.words.values())


def _own_words() -> dict[tuple[str, str], frozenset[str]]:
    """The words of each state by its class and name; a class may serve several records."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for model in JOURNALED:
        for states in (made for made in vars(import_module(model.__module__)).values() if isinstance(made, type) and made.__name__.endswith("State")):
            for name, state in vars(states).items():
                if model.MOVES is not None and not name.startswith("_") and {value for key, value in vars(states).items() if key.isupper()} == set(model.MOVES.words):
                    found[states.__name__, name] = found.get((states.__name__, name), frozenset()) | {model.MOVES.words[state]}
    return found


OWN_WORDS = _own_words()
_ASKING = frozenset({"in_", "not_in", "get"})


def _is_state(node: ast.AST) -> bool:
    """Whether an expression is somebody's state: ``x.state``, ``x["state"]``, ``x.get("state")``, ``state``, ``old_state``."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name == "state" or name.endswith("_state")
        case ast.Subscript(slice=ast.Constant(value="state")):
            return True
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value="state"), *_]):
            return True
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return _is_state(inner)
        case ast.Tuple(elts=parts):
            return any(_is_state(part) for part in parts)
    return False


def _words(node: ast.AST | None) -> Iterator[ast.Constant]:
    """The state words an expression may come to: by themselves, in a choice, in a group, as keys of a table."""
    match node:
        case ast.Constant(value=str(word)) if word in WORDS:
            yield node
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.BoolOp(values=parts) | ast.Dict(keys=parts):
            for part in parts:
                yield from _words(part)
        case ast.IfExp(body=one, orelse=other):
            yield from (*_words(one), *_words(other))
        case ast.Starred(value=part) | ast.Call(func=ast.Name(id="frozenset" | "set" | "tuple" | "list"), args=[part]):
            yield from _words(part)


def _beside(node: ast.AST) -> Iterator[ast.AST | None]:
    """The expressions that a node sets beside a state."""
    match node:
        case ast.Compare(left=left, comparators=others) if any(_is_state(part) for part in (left, *others)):
            yield from (left, *others)
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            yield from (value for target, value in zip(targets, values, strict=False) if _is_state(target))
        case ast.Assign(targets=targets, value=value) if any(_is_state(target) for target in targets):
            yield value
        case ast.AnnAssign(target=target, value=value) if _is_state(target):
            yield value
        case ast.keyword(arg=str(name), value=value) if name == "state" or name.endswith("_state"):
            yield value
        case ast.Dict(keys=keys, values=values):
            yield from (value for key, value in zip(keys, values, strict=True) if isinstance(key, ast.Constant) and key.value == "state")
        case ast.Call(func=ast.Attribute(value=one, attr=name), args=[first, *_]) if name in _ASKING and (_is_state(one) or _is_state(first)):
            yield from (one, first)
        case ast.Subscript(value=table, slice=key) if _is_state(key):
            yield table
        case ast.arguments():
            pairs = [*zip(node.args[::-1], node.defaults[::-1], strict=False), *zip(node.kwonlyargs, node.kw_defaults, strict=True)]
            yield from (default for argument, default in pairs if argument.arg == "state")


def _groups(node: ast.AST) -> Iterator[ast.AST]:
    """A group of two or more constants that are all states of one record."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.Dict(keys=parts) if len(parts) > 1:
            told = {part.value if isinstance(part, ast.Constant) else None for part in parts}
            if any(told <= words for words in RECORDS):
                yield node


def _own_word(node: ast.AST) -> frozenset[str]:
    """The Chinese word of a state said by name: ``DocumentState.TO_SEAL``."""
    match node:
        case ast.Attribute(value=ast.Name(id=states), attr=name):
            return OWN_WORDS.get((states, name), frozenset())
    return frozenset()


def _said(node: ast.AST) -> Iterator[tuple[ast.AST, frozenset[str]]]:
    """Where a node must not say words of its own: beside a comparison, as the value of a state in a table, and where the state is known."""
    match node:
        case ast.Compare(left=left, comparators=others):
            yield from ((part, SHOWN) for part in (left, *others) if not isinstance(part, ast.JoinedStr))
        case ast.Dict(keys=keys, values=values):
            yield from ((value, own) for key, value in zip(keys, values, strict=True) if key is not None and (own := _own_word(key)))
        case ast.If(test=ast.Compare(comparators=[state], ops=[ast.Eq()]), body=body):
            yield from ((part, _own_word(state)) for part in body)
        case ast.IfExp(test=ast.Compare(comparators=[state], ops=[ast.Eq()]), body=part):
            yield part, _own_word(state)
        case ast.GeneratorExp(elt=part, generators=[ast.comprehension(ifs=tests)]) | ast.ListComp(elt=part, generators=[ast.comprehension(ifs=tests)]):
            yield from ((part, _own_word(test.comparators[0])) for test in tests if isinstance(test, ast.Compare))


def _shown(node: ast.AST) -> Iterator[ast.Constant]:
    """The Chinese words of states where the state itself, or its record's words, should be asked."""
    for part, words in _said(node):
        for inner in ast.walk(part) if words else ():
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and any(inner.value == w or inner.value.startswith(f"{w} ") for w in words):
                yield inner


def loose_words(text: str) -> list[tuple[int, str]]:
    """Line and word of each state word that stands as a literal beside a state, or among its like."""
    nodes = list(ast.walk(ast.parse(text)))
    names = (word for node in nodes for part in (*_beside(node), *_groups(node)) for word in _words(part))
    found = {(word.lineno, word.col_offset): str(word.value) for word in (*names, *(word for node in nodes for word in _shown(node)))}
    return [(line, word) for (line, _), word in sorted(found.items())]


def test_no_state_word_stands_as_a_literal() -> None:
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if path.parent != DECLARED and "migrations" not in path.parts]
    assert len(files) > 400
    found = [f"{path.relative_to(ROOT)}:{line} {word}" for path in files for line, word in loose_words(path.read_text("utf-8"))]
    assert not found, "say the name from the record's class of states:\n" + "\n".join(found)


@pytest.mark.parametrize(("text", "words"), [
    ('row.state == "void"', ["void"]), ('"void" != row.state', ["void"]), ('row["state"] in ("draft", other)', ["draft"]),
    ('after.get("state") == "void"', ["void"]), ('(old.state, state) == ("provisional", "valid")', ["provisional", "valid"]),
    ('Row.state.in_(["to_seal", last])', ["to_seal"]), ('act.change(row, state="live" if first else "ordered")', ["live", "ordered"]),
    ('row.state = "void"', ["void"]), ('row.at, row.state = now, "void"', ["void"]), ('{"state": "closed"}', ["closed"]),
    ('{"closed": 1}[row.state]', ["closed"]), ('{"closed": 1}.get(row.state)', ["closed"]), ('def f(state="open"): ...', ["open"]),
    ('HELD = ("ordered", "live")', ["ordered", "live"]), ('frozenset({"submitted", "approved"})', ["submitted", "approved"]),
    ('may(("draft", "undertake"))', []), ('row.kind == "refused"', []), ('tone = "late"', []), ("row.state == DocumentState.VOID", []),
    ('paper.waits_for == "待盖章"', ["待盖章"]), ('"x" if row.state_words == "控制中" else ""', ["控制中"]), ('run.state in ("已导入",)', ["已导入"]),
    ('{CaseState.OPEN: "在办", CaseState.CLOSED: f"已结 {on}"}', ["在办", "已结 "]), ('if paper.state == DocumentState.TO_SEAL:\n    f("待盖章")', ["待盖章"]),
    ('[f("待盖章") for p in all if p.state == DocumentState.TO_SEAL]', ["待盖章"]), ('chip("待盖章")', []), ('{"sign": "已签发"}', []), ('row.state == "tnr"', []),
])  # fmt: skip
def test_a_loose_word_is_found_and_another_vocabulary_left_alone(text: str, words: list[str]) -> None:
    assert sorted(word for _, word in loose_words(text)) == sorted(words)
