"""What a paper does, whom it is for and where its number comes from are data: no code asks for a type or a series by its id."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.documents.samples import RESOURCES, catalogue

ROOT = RESOURCES.parent
CODE = [path for folder in ("execdesk", "ui", "reports") for path in sorted((ROOT / folder).rglob("*.py"))]
TYPES = frozenset(doc.id for doc in catalogue().types)
SERIES = frozenset(series.id for series in catalogue().all_series)
ASKS = frozenset({"in_", "not_in", "startswith", "endswith", "contains", "get_or_none", "where"})


def compared(tree: ast.AST) -> Iterator[ast.Constant]:
    """The constants that are compared with something: in comparisons, in lists looked through, in queries, in matches."""
    for node in ast.walk(tree):
        asked = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ASKS
        if asked or isinstance(node, ast.Compare | ast.MatchValue):
            yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.Constant))


def found(source: str) -> set[str]:
    """The ids that a source asks for: types wherever they stand, series where something is compared with them."""
    tree = ast.parse(source)
    named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return (named & TYPES) | ({node.value for node in compared(tree) if isinstance(node.value, str)} & SERIES)


def test_no_code_names_a_type_or_compares_a_series() -> None:
    asking = {str(path.relative_to(ROOT)): ids for path in CODE if "migrations" not in path.parts and (ids := found(path.read_text("utf-8")))}
    assert asking == ALLOWED


# Words that are ids of series too, in files that speak of other things: kinds of documents by which the catalogue itself is read.
ALLOWED = {"execdesk/documents/texts.py": {"ruling", "decision", "summons"}}


@pytest.mark.parametrize("source", [
    'if row.type_id == "notice_execution": pass', 'NOTICES = ("ruling_freeze",)', 'query.where(Document.series == "ruling")',
    'query.where(Document.series.in_(["ruling", "notice"]))', 'match row.series:\n    case "sanction": pass', 'row.series.startswith("order")',
])  # fmt: skip
def test_the_search_finds_each_way_of_asking(source: str) -> None:
    assert found(source)
