"""The names that ``law`` commands take: Chinese as ``law list`` shows them, or the keys of programs."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from execdesk.law.articletables import ArticleTable
from execdesk.law.book import LawBook
from execdesk.law.calculators import CALCULATORS, Calculator
from execdesk.law.fields import Field
from execdesk.law.nodes import PREFIX, nodes
from execdesk.law.refusal import Refusal

SECTIONS = "law list"


def node_named(book: LawBook, text: str) -> str:
    """The key of the node called ``text``. Refusal ``node.unknown`` naming those alike."""
    known = {node.title: node.name for node in nodes(book)}
    name = text.strip().removeprefix(PREFIX)
    if name in known.values():
        return name
    return _found(known, name, "期限节点", "node.unknown")


def calculator_named(text: str) -> Calculator:
    """The calculator called ``text``. Refusal ``calculator.unknown``."""
    name = text.strip()
    known = {entry.title: key for key, entry in CALCULATORS.items()}
    return CALCULATORS[name if name in CALCULATORS else _found(known, name, "计算", "calculator.unknown")]


def field_named(entry: Calculator, text: str) -> Field:
    """The field of ``entry`` called ``text``. Refusal ``field.unknown`` naming all it has."""
    name = text.strip()
    found = next((field for field in entry.fields if name in (field.name, field.label)), None)
    if found is None:
        known = "、".join(field.label for field in entry.fields)
        raise Refusal(f"「{entry.title}」没有名为「{name}」的栏目，可填：{known}。", code="field.unknown")
    return found


def statute_named(book: LawBook, text: str) -> ArticleTable:
    """The statute called ``text``: 民事诉讼法, its key, or its token. Refusal ``law.unknown``."""
    name = text.strip()
    found = next((table for table in book.tables.values() if name in (table.id, table.token, table.name)), None)
    if found is None:
        known = "、".join(table.name for table in book.tables.values())
        raise Refusal(f"没有法规「{name}」的条文表，已有：{known}。", code="law.unknown")
    return found


def _found(known: dict[str, str], name: str, kind: str, code: str) -> str:
    if name in known:
        return known[name]
    near = _near(name, known)
    hint = f"相近的有：{'、'.join(near)}。" if near else f"请用「{SECTIONS}」查看。"
    raise Refusal(f"没有名为「{name}」的{kind}，{hint}", code=code)


def _near(name: str, known: Iterable[str]) -> list[str]:
    """Names that hold ``name``, else names alike."""
    names = list(known)
    return [each for each in names if name and name in each][:6] or get_close_matches(name, names, n=3, cutoff=0.4)
