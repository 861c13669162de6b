"""Strict reading of one document's text file, and of the wording all documents share."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from execdesk.documents import facts
from execdesk.documents.reading import DataTable, bad_data, read_file
from execdesk.documents.slots import FACT_LISTS, SLOT_LISTS
from execdesk.documents.template import Template, TemplateError, parse
from execdesk.documents.texts import (
    ALIGNS,
    BLOCKS,
    PART_KINDS,
    PLACES,
    ROLES,
    SLOT_TYPES,
    CellText,
    Cite,
    DocType,
    ItemText,
    RowText,
    Slot,
    TemplateCondition,
    TextPart,
    TextVersion,
    Wording,
)

_PHRASE = re.compile(r"@([a-z]+)\.([A-Za-z0-9_]+)")
_CHECK = re.compile(r"(min|max):-?\d+|max_law:[a-z0-9_.]+|not_after_signing|not_before_signing|not_before:[a-z][a-z0-9_]*|within:[a-z_]+:[a-z_]+")
_ROOTS: dict[str, type[Any] | None] = {
    "case": facts.CaseFacts, "basis": facts.BasisFacts, "money": facts.MoneyFacts, "measure": facts.MeasureFacts,
    "court": facts.CourtFacts, "addressee": facts.AddresseeFacts, "person": facts.StaffFacts, "target": facts.PartyFacts,
    "approval": facts.ApprovalFacts, "service": facts.ServiceFacts, "names": None, "document": None, "item": None, "fact": None,
}  # fmt: skip
OF_VERSION = ("valid_from", "valid_to", "source", "confirmed", "note")  # what a text says of itself beside its words
_BARE = ("input", "law")
_PARTY_FIELDS = (
    "role", "name", "sex", "born_on", "ethnicity", "occupation", "address", "id_no", "operator", "unit", "post", "firm",
    "description",
)  # fmt: skip


class TextReader:
    """Reads templates with the slots and phrases one file may use."""

    def __init__(self, slots: Mapping[str, Slot], phrases: Mapping[str, str], claims: Mapping[str, str] | None = None) -> None:
        self.slots = slots
        self.phrases = phrases
        self.claimable = claims or {}
        self.claims: dict[str, str] = {}  # what the texts read claim, and where
        self.choices = {slot.options: slot.name for slot in slots.values() if slot.options}
        self.flags = {slot.text: slot.name for slot in slots.values() if slot.text}

    def template(self, node: DataTable, text: str) -> Template:
        """``text`` with its phrases put in and its slots known; refuses the rest."""
        try:
            template = parse(self._expand(node, text), self.choices, self.flags)
        except TemplateError as error:
            raise node.fail(str(error)) from None
        for name in template.slots():
            self.known(node, name)
        for name in template.claims():
            if name not in self.claimable:
                raise node.fail(f"不认识的所述事实「@{name}」")
            self.claims.setdefault(name, node.place_of())
        return template

    def condition(self, node: DataTable, key: str = "when") -> TemplateCondition:
        """The condition under ``key``, of known slots and known alternatives."""
        text = node.text(key, "")
        try:
            condition = TemplateCondition.parse(text)
        except ValueError:
            raise node.fail(f"条件写法不对：{text}") from None
        for term in condition.terms:
            slot = self.known(node, term.name)
            if term.value and term.value not in slot.options:
                raise node.fail(f"「{slot.label}」没有「{term.value}」这一选项")
        return condition

    def each(self, node: DataTable) -> str:
        """The list an element runs through."""
        name = node.text("each", "")
        root, _, rest = name.partition(".")
        if name in ("", *FACT_LISTS, "approval.decisions") or (root == "law" and rest):
            return name
        if f"{root}." in SLOT_LISTS and (slot := self.known(node, rest)).type == "list" and slot.source.partition(".")[0] == root:
            return name
        raise node.fail(f"不认识的清单「{name}」")

    def known(self, node: DataTable, name: str) -> Slot:
        """The slot called ``name``."""
        if name not in self.slots:
            raise node.fail(f"不认识的空位「{name}」")
        return self.slots[name]

    def written(self, node: DataTable) -> dict[str, Any]:
        """What a table says, with its phrases put in."""

        def plain(value: Any) -> Any:
            if isinstance(value, str):
                return self._expand(node, value)
            if isinstance(value, dict):
                return {key: plain(item) for key, item in value.items()}
            return [plain(item) for item in value] if isinstance(value, list) else value

        return {key: plain(value) for key, value in node.said.items()}

    def _expand(self, node: DataTable, text: str) -> str:
        def phrase(found: re.Match[str]) -> str:
            key = f"{found[1]}.{found[2]}"
            if key not in self.phrases:
                raise node.fail(f"没有「{key}」这一用语")
            return self.phrases[key]

        return _PHRASE.sub(phrase, text)


def read_wording(path: Path) -> Wording:
    """The shared wording; refuses mistakes with the place."""
    node = read_file(path)
    parties = node.table("parties")
    source, confirmed = parties.text("source"), parties.flag("confirmed")
    marks = {name: Slot(name, "text", name, "item.x") for name in _PARTY_FIELDS}
    reader = TextReader(marks, {})
    lines = {
        key: reader.template(parties, parties.text(key))
        for key in parties.names()
        if key not in ("source", "confirmed")
    }
    cause = node.table("cause")
    suffix, without = cause.text("suffix"), cause.strings("without")
    cause.close()
    groups = {group: node.table(group) for group in ("openings", "remedies", "phrases")}
    phrases = {f"{group}.{key}": table.text(key) for group, table in groups.items() for key in table.names()}
    slots, told = read_slots(node), node.table("claims")
    claims = {name: told.text(name) for name in told.names()}
    node.close()
    reader = TextReader(slots, phrases, claims)
    for group, table in groups.items():
        for key in table.names():
            reader.template(table, phrases[f"{group}.{key}"])
    return Wording(lines, source, confirmed, suffix, without, phrases, slots, claims)


def read_slots(node: DataTable) -> dict[str, Slot]:
    """The table ``slots``."""
    table = node.table("slots")
    return {name: _slot(name, table.table(name)) for name in table.names()}


def _slot(name: str, node: DataTable) -> Slot:
    slot = Slot(
        name, node.one_of("type", SLOT_TYPES), node.text("label"), node.text("source"), node.flag("required", True),
        node.text("help", ""), node.strings("checks"), node.strings("options"), node.strings("labels"),
        node.text("default", ""), node.text("token", ""), node.text("text", ""), node.strings("columns"), node.place_of(),
    )  # fmt: skip
    node.close()
    _check_source(node, slot)
    if (slot.type == "choice") != bool(slot.options):
        raise node.fail("选择项须写 options，其他空位不写")
    if slot.labels and len(slot.labels) != len(slot.options or slot.columns):
        raise node.fail("labels 的个数与 options（columns）不符")
    if slot.default and slot.default not in slot.options:
        raise node.fail(f"默认值「{slot.default}」不在 options 中")
    if (slot.type == "article") != bool(slot.token) or (slot.type == "list") != bool(slot.columns):
        raise node.fail("条号须写 token，清单须写 columns，其他空位都不写")
    if slot.text and slot.type != "flag":
        raise node.fail("只有开关项（flag）写 text")
    if wrong := [check for check in slot.checks if not _CHECK.fullmatch(check)]:
        raise node.fail(f"不认识的检查「{wrong[0]}」")
    return slot


def _check_source(node: DataTable, slot: Slot) -> None:
    root, dot, rest = slot.source.partition(".")
    if not dot:
        if root not in _BARE:
            raise node.fail(f"不认识的来源「{slot.source}」")
        return
    if root not in _ROOTS or not rest:
        raise node.fail(f"不认识的来源「{slot.source}」")
    kind = _ROOTS[root]
    first, dot, key = rest.partition(".")
    if kind is not None and first not in {entry.name for entry in fields(kind)} and not hasattr(kind, first) or (dot and not key):
        raise node.fail(f"来源「{slot.source}」中没有这一项")


def read_texts(node: DataTable, doc: DocType, wording: Wording) -> tuple[TextVersion, ...]:
    """All versions of the text in one file, oldest first; refuses overlaps and slots that nothing uses."""
    own = read_slots(node)
    if clash := [name for name in own if name in wording.slots]:
        raise bad_data(own[clash[0]].place, f"空位「{clash[0]}」与通用空位重名")
    reader = TextReader({**wording.slots, **own}, wording.phrases, wording.claims)
    texts = sorted(
        (read_version(entry, doc, reader, wording) for entry in node.tables("text")), key=lambda text: text.valid_from
    )
    node.close()
    if not texts:
        raise node.fail("没有写正文")
    for before, after in zip(texts, texts[1:], strict=False):
        if before.valid_to is None or before.valid_to >= after.valid_from:
            raise node.fail(f"正文的有效期重叠：{before.valid_from} 与 {after.valid_from}")
    used = {name for text in texts for name in text.slots}
    if idle := [name for name in own if name not in used]:
        raise bad_data(own[idle[0]].place, f"空位「{'」「'.join(idle)}」没有用到")
    return tuple(texts)


def read_version(node: DataTable, doc: DocType, reader: TextReader, wording: Wording) -> TextVersion:
    """One text with its days; refuses mistakes with the place."""
    reader.claims = {}
    written = {key: value for key, value in reader.written(node).items() if key not in OF_VERSION}
    first, last = node.day("valid_from"), node.day("valid_to")
    if first is None:
        raise node.fail("缺少「valid_from」")
    if last is not None and last < first:
        raise node.fail("有效期颠倒")
    parts = tuple(_part(entry, reader) for entry in node.tables("part"))
    cites = tuple(_cite(node, entry, reader) for entry in node.entries("cite"))
    title = reader.template(node, node.text("title", doc.title))
    subject = reader.template(node, node.text("subject"))
    attachments = tuple(reader.template(node, entry) for entry in node.strings("attachments"))
    text = TextVersion(
        doc.id, first, last, node.text("source"), node.flag("confirmed"), node.text("note", ""), title, subject, cites,
        attachments, node.one_of("signature", ("", *BLOCKS), ""), parts, _used(parts, cites, (title, subject, *attachments), reader), wording,
        reader.slots, written, reader.claims,
    )  # fmt: skip
    node.close()
    if not parts:
        raise node.fail("正文没有内容")
    if "citations" in text.slots and not cites:
        raise node.fail("正文印出引用的条文，但没有列出引用哪些（cite）")
    return text


def _cite(node: DataTable, entry: str | DataTable, reader: TextReader) -> Cite:
    if isinstance(entry, str):
        return Cite(entry, TemplateCondition(), node.place_of("cite"))
    cite = Cite(entry.text("token"), reader.condition(entry), node.place_of("cite"))
    entry.close()
    return cite


def _part(node: DataTable, reader: TextReader) -> TextPart:
    kind = node.one_of("kind", PART_KINDS, "paragraph")
    text = node.text("text", "")
    part = TextPart(
        kind=kind, into=node.one_of("into", PLACES, "body"), section=node.text("section", ""),
        role=node.one_of("role", ROLES, "item" if kind == "items" else "body"), when=reader.condition(node),
        each=reader.each(node), text=reader.template(node, text) if text or kind in ("paragraph", "cut") else None,
        keep=node.flag("keep", False), roles=node.strings("roles"), who=node.one_of("who", ("", "target"), ""),
        items=tuple(_item(entry, reader) for entry in node.tables("item")), widths=node.numbers("widths"),
        rows=tuple(_row(entry, reader) for entry in node.tables("row")), pages=node.integer("pages", 0), place=node.place_of(),
    )  # fmt: skip
    node.close()
    _check_part(node, part)
    return part


def _check_part(node: DataTable, part: TextPart) -> None:
    if part.kind == "paragraph" and (part.text is None or not part.text.raw):
        raise node.fail("段落没有写 text")
    if bool(part.items) != (part.kind == "items") or bool(part.rows) != (part.kind == "table"):
        raise node.fail("item 只用于 items，row 只用于 table，且不能为空")
    if part.pages and part.kind != "lines" or part.pages < 0:
        raise node.fail("pages 只用于书写行（lines），不能小于零", "pages")
    if bool(part.roles) != (part.kind == "parties"):
        raise node.fail("roles 只用于当事人栏，且不能为空")
    if part.kind == "table":
        if not part.widths or abs(sum(part.widths) - 1) > 1e-6:
            raise node.fail("各栏宽度（widths）之和应为 1")
        for number, row in enumerate(part.rows, 1):
            if sum(cell.span for cell in row.cells) != len(part.widths):
                raise node.fail(f"第 {number} 行的格数与栏数不符")


def _item(node: DataTable, reader: TextReader) -> ItemText:
    item = ItemText(reader.template(node, node.text("text")), reader.condition(node), reader.each(node))
    node.close()
    return item


def _row(node: DataTable, reader: TextReader) -> RowText:
    cells = tuple(_cell(entry, reader) for entry in node.tables("cells"))
    row = RowText(cells, reader.condition(node), reader.each(node), node.number("height", 10.0))
    node.close()
    return row


def _cell(node: DataTable, reader: TextReader) -> CellText:
    label = node.text("label", "")
    text = node.text("text", "", padded=True)
    if bool(label) and bool(text):
        raise node.fail("一格只写 label 或 text")
    align = node.one_of("align", ALIGNS, "center" if label else "left")
    cell = CellText(reader.template(node, label or text), bool(label), node.integer("span", 1), align)
    node.close()
    return cell


def _used(
    parts: tuple[TextPart, ...], cites: tuple[Cite, ...], others: tuple[Template, ...], reader: TextReader
) -> dict[str, Slot]:
    names: list[str] = []
    for part in parts:
        names += [name for template in part.templates() for name in template.slots()]
        names += [term.name for condition in part.conditions() for term in condition.terms]
        names += [each.partition(".")[2] for each in part.lists() if each.startswith(SLOT_LISTS)]
    names += [term.name for cite in cites for term in cite.when.terms]
    names += [name for template in others for name in template.slots()]
    bounds = [check.split(":")[1:] for name in names for check in reader.slots[name].checks if check.startswith(("within:", "not_before:"))]
    names += [bound for bound in itertools.chain.from_iterable(bounds) if bound in reader.slots]
    return {name: reader.slots[name] for name in dict.fromkeys(names)}
