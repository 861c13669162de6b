"""What ``law list`` shows: every name the commands take, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from execdesk.law.authority import AuthorityTable
from execdesk.law.book import LawBook
from execdesk.law.calculators import CALCULATORS
from execdesk.law.control import KINDS as CONTROLS
from execdesk.law.fields import Field
from execdesk.law.kinds import FEW
from execdesk.law.nodes import nodes
from execdesk.law.refusal import Refusal

SIDES = {"court": "本院", "party": "当事人"}
Section = Callable[[LawBook, AuthorityTable], list[dict[str, Any]]]


def _matters(book: LawBook, table: AuthorityTable) -> list[dict[str, Any]]:
    return [{"id": row.id, "name": row.name, "names": list(row.names), "level": table.data.levels[row.level].name} for row in table.choosable()]


def _subjects(book: LawBook, table: AuthorityTable) -> list[dict[str, Any]]:
    return [{"id": row.id, "name": row.name, "names": []} for row in table.data.subjects.values()]


def _circumstances(book: LawBook, table: AuthorityTable) -> list[dict[str, Any]]:
    also: dict[str, list[str]] = {}
    for name, key in table.data.circumstance_names.items():
        also.setdefault(key, []).append(name)
    names = table.data.circumstances
    return [{"id": key, "name": name, "names": [each for each in also[key] if each not in (key, name) and not each.isascii()]} for key, name in names.items()]


def _nodes(book: LawBook, table: AuthorityTable) -> list[dict[str, Any]]:
    return [{"id": node.name, "name": node.title, "names": [], "title": node.title, "from": node.starts, "side": node.side} for node in nodes(book)]


def _kinds(book: LawBook, table: AuthorityTable) -> list[dict[str, Any]]:
    return [{"id": key, "name": kind.title, "names": [], "title": kind.title} for key, kind in CONTROLS.items()]


def _topics(book: LawBook, table: AuthorityTable) -> list[dict[str, Any]]:
    return [
        {"id": key, "name": topic.name, "names": [], "statute": each.id, "statute_name": each.name}
        for each in book.tables.values() for key, topic in each.topics.items()
    ]  # fmt: skip


def _calculators(book: LawBook, table: AuthorityTable) -> list[dict[str, Any]]:
    return [
        {"id": entry.id, "name": entry.title, "names": [], "title": entry.title, "fields": [_field(field) for field in entry.fields]}
        for entry in CALCULATORS.values()
    ]


def _field(field: Field) -> dict[str, Any]:
    options = [words for _, words in field.pairs]
    return {
        "id": field.name, "label": field.label, "kind": field.kind, "required": field.required, "hint": field.hint, "options": options,
        "shape": shape_words(field),
    }


def shape_words(field: Field) -> str:
    """How a field is written on the command line."""
    if field.kind == "choice" and field.pairs:
        return "、".join(words for _, words in field.pairs) if len(field.pairs) <= FEW else f"全部名称见一览中的「{field.label}」"
    return field.words


# heading → key in JSON, what it holds, what stands behind a name
SECTIONS: dict[str, tuple[str, Section, Callable[[dict[str, Any]], str]]] = {
    "事项": ("matters", _matters, lambda e: f"（{e['level']}）"),
    "主体": ("subjects", _subjects, lambda e: ""),
    "情形": ("circumstances", _circumstances, lambda e: ""),
    "节点": ("nodes", _nodes, lambda e: f"（{SIDES[e['side']]}，自{e['from']}）"),
    "控制措施种类": ("kinds", _kinds, lambda e: ""),
    "条文": ("topics", _topics, lambda e: f"（{e['statute_name']}）"),
    "计算": ("calculators", _calculators, lambda e: ""),
}


def listing(book: LawBook, table: AuthorityTable, wanted: str = "") -> tuple[dict[str, Any], list[str]]:
    """All sections, or the ``wanted`` one, for programs and for people. Refusal ``usage.section`` for an unknown one."""
    if wanted and wanted not in SECTIONS:
        raise Refusal(f"一览里没有「{wanted}」，可看：{'、'.join(SECTIONS)}。", code="usage.section")
    figures: dict[str, Any] = {"statutes": list(book.tables)}
    lines: list[str] = []
    for heading, (key, section, behind) in SECTIONS.items():
        if wanted in ("", heading):
            figures[key] = section(book, table)
            lines += [f"{heading}：", *_lines(figures[key], behind)]
    return figures, lines


def _lines(entries: Iterable[dict[str, Any]], behind: Callable[[dict[str, Any]], str]) -> Iterable[str]:
    for entry in entries:
        also = f"　又称：{'、'.join(entry['names'])}" if entry["names"] else ""
        yield f"  {entry['name']}{behind(entry)}{also}"
        yield from (f"    {_field_words(field)}" for field in entry.get("fields", ()))


def _field_words(field: dict[str, Any]) -> str:
    need = "" if field["required"] else "，可以不填"
    hint = f"；{field['hint']}" if field["hint"] else ""
    return f"{field['label']}：{field['shape']}{need}{hint}"
