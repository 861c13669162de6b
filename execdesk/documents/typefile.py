"""Strict reading of document types: the catalogue's file, what kinds and traits have in common, and types that a text file brings itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from execdesk.documents.events import PERSONS, TRAITS, known, read_rules, variants_of
from execdesk.documents.reading import DataTable, read_file
from execdesk.documents.texts import BLOCKS, FORMS, KINDS, WAYS, BlockRule, DocType

NO_MATTER = "none"
SHARED = ("catalogue.toml", "series.toml", "wording.toml")  # beside them each file is the text of one type
_NAMING = ("series", "attachments", "matters", "cite")  # keys that name what stands elsewhere


class TypeReader:
    """The types of one folder: those of the catalogue's file, and as their files are read those that bring their own."""

    def __init__(self, folder: Path) -> None:
        node = read_file(folder / "catalogue.toml")
        self._defaults = _read_defaults(node)
        self.types: dict[str, DocType] = {}
        for entry in node.tables("document"):
            doc = self._read(entry)
            if doc.id in self.types:
                raise entry.fail(f"「{doc.id}」列了两次", "id")
            self.types[doc.id] = doc
        node.close()

    def of(self, node: DataTable, stem: str) -> DocType:
        """The type a text file belongs to: from the catalogue, or written in the file itself under ``document``; with its effects, which
        the catalogue or the file tells."""
        name = node.text("id")
        if name != stem:
            raise node.fail(f"文件名与 id「{name}」不符", "id")
        if "document" in node.names():
            if name in self.types:
                raise node.fail("文书目录中已有这一种，不能再写「document」", "document")
            entry = node.table("document")
            self.types[name] = self._read(entry)
            if self.types[name].id != name:
                raise entry.fail(f"「document」的 id「{self.types[name].id}」与文件不符", "id")
        if name not in self.types:
            raise node.fail("文书目录中没有这一种，须在本文件写明「document」", "id")
        self.types[name] = _with_effects(node, self.types[name])
        return self.types[name]

    def _read(self, entry: DataTable) -> DocType:
        """An entry's own, then what its traits have in common, then its kind."""
        for key in (*(("trait", name) for name in entry.strings("traits")), ("kind", entry.text("kind"))):
            if key in self._defaults:
                entry = entry.over(self._defaults[key])
        return _type(entry)


def read_types(folder: Path) -> Mapping[str, DocType]:
    """Every type by id, without the texts; a mistake is a Refusal ``document.data``."""
    reader = TypeReader(folder)
    for path in sorted(folder.glob("*.toml")):
        if path.name not in SHARED and path.stem not in reader.types:
            reader.of(read_file(path), path.stem)
    return reader.types


def _read_defaults(node: DataTable) -> Mapping[tuple[str, str], DataTable]:
    """What types of one kind, or with one trait, have in common: told once, under ``default``; a type says what is its own."""
    found: dict[tuple[str, str], DataTable] = {}
    for row in node.tables("default"):
        name = "trait" if "trait" in row.names() else "kind"
        key = (name, row.one_of(name, tuple(TRAITS) if name == "trait" else KINDS))
        if key in found:
            raise row.fail(f"「{key[1]}」写了两次 default", name)
        found[key] = row.without(name)
    return found


def _type(node: DataTable) -> DocType:
    variants = node.strings("variants") or variants_of(node.text("title"))
    doc = DocType(
        id=node.text("id"), title=node.text("title"), kind=node.one_of("kind", KINDS),
        way=node.one_of("way", WAYS), way_when=_ways(node),
        form=node.one_of("form", FORMS), series=node.text("series"),
        signature=tuple(_block(entry) for entry in node.tables("signature")),
        signature_national=node.one_of("signature_national", ("", *BLOCKS), ""), matters=_matters(node),
        parties=node.strings("parties"), cite=node.strings("cite"), attachments=node.strings("attachments"),
        copies=node.text("copies"), receipt=node.flag("receipt"), served_on=node.strings("served_on"),
        style_2009=node.text("style_2009", ""), style_2016=node.text("style_2016", ""), confirmed=node.flag("confirmed"),
        addressee=node.one_of("addressee", ("", *PERSONS), ""), target=node.one_of("target", ("", *PERSONS), ""),
        awaits_answer=node.flag("awaits_answer", False), traits=known(node, "traits", TRAITS),
        corrects=known(node, "corrects", dict.fromkeys(KINDS, "")), effects=read_rules(node, variants), variants=variants,
        places={key: node.place_of(key) for key in _NAMING},
    )  # fmt: skip
    node.close()
    if not doc.signature:
        raise node.fail("没有规定落款")
    if stray := set(doc.way_when) - set(doc.matters):
        raise node.fail(f"「{doc.id}」的 way_when 写了不是它的事项「{sorted(stray)[0]}」", "way_when")
    if doc.awaits_answer and not doc.addressee:
        raise node.fail("等待答复的文书须写明受文者（addressee）", "awaits_answer")
    return doc


def _matters(node: DataTable) -> tuple[str, ...]:
    """The matters a paper serves; ``none`` is said where it needs no approval of its own, so that nothing is forgotten."""
    matters = node.strings("matters")
    if not matters or (NO_MATTER in matters and len(matters) > 1):
        raise node.fail(f"matters 应写明事项，不须单独报批的只写「{NO_MATTER}」")
    return () if matters == (NO_MATTER,) else matters


def _ways(node: DataTable) -> Mapping[str, str]:
    if "way_when" not in node.names():
        return {}
    ways = node.table("way_when")
    found = {matter: ways.one_of(matter, WAYS) for matter in ways.names()}
    ways.close()
    return found


def _block(node: DataTable) -> BlockRule:
    rule = BlockRule(node.one_of("block", BLOCKS), node.text("source"), node.day("valid_from"), node.day("valid_to"))
    node.close()
    return rule


def _with_effects(node: DataTable, doc: DocType) -> DocType:
    own = read_rules(node, doc.variants)
    if own and doc.effects:
        raise node.fail("文书目录中已写明效果，不能再写「effect」")
    return replace(doc, effects=own) if own else doc
