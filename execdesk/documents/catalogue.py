"""The catalogue: every document type, its dated texts, the series its numbers come from. Data is read strictly, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from execdesk.documents.events import PERSONS, TRAITS, effects_named, known, read_rules, variants_of
from execdesk.documents.reading import DataTable, bad_data, read_file
from execdesk.documents.textfile import read_texts, read_wording
from execdesk.documents.texts import BLOCKS, KINDS, WAYS, BlockRule, DocType, Series, TextVersion, Wording
from execdesk.law.refusal import Refusal

Known = Callable[[str], bool]
NO_MATTER = "none"
_SHARED = ("catalogue.toml", "series.toml", "wording.toml")
_HEADERS = ("ruling", "decision_sanction", "order", "notice", "announcement", "table_form", "record", "letter")


@dataclass(frozen=True)
class Catalogue:
    """All document types in file order, with texts, wording and series."""

    types: tuple[DocType, ...]
    texts: Mapping[str, tuple[TextVersion, ...]]
    wording: Wording
    all_series: tuple[Series, ...]

    def type(self, type_id: str) -> DocType:
        """The type called ``type_id``; Refusal ``document.unknown``."""
        for doc in self.types:
            if doc.id == type_id:
                return doc
        raise Refusal(f"文书目录中没有「{type_id}」，请从文书目录中选择。", code="document.unknown")

    def bearing(self, trait: str) -> tuple[DocType, ...]:
        """Types with a trait, in catalogue order."""
        return tuple(doc for doc in self.types if trait in doc.traits)

    def draftable(self, on: date, *, matter: str | None = None, trait: str | None = None) -> DocType:
        """The first type with a text on ``on`` that serves a matter, bears a trait, or both; for a matter only what is issued under it.

        The catalogue lists what decides a matter before what goes along with it, so the first is the one to draft.

        Raises:
            Refusal: ``document.no_text`` where there is none.
        """
        for doc in self.types:
            fits = (matter is None or doc.is_issued(matter)) and (trait is None or trait in doc.traits)
            if fits and any(text.in_force(on) for text in self.texts.get(doc.id, ())):
                return doc
        raise Refusal(f"文书目录中没有在 {on} 可用于「{TRAITS.get(trait or '', matter or '')}」的文书，请联系管理员。", code="document.no_text")

    @property
    def leading(self) -> frozenset[str]:
        """The series whose numbers the other papers of a submission print."""
        return frozenset(series.id for series in self.all_series if series.leads)

    def require_effects(self, registered: Collection[str]) -> None:
        """Refuse data that name an effect nobody registered.

        Raises:
            Refusal: ``document.data`` naming the first, with file and line.
        """
        for name, place in effects_named(rule for doc in self.types for rule in doc.effects):
            if name not in registered:
                raise bad_data(place, f"没有「{name}」这一效果，可写：{'、'.join(sorted(registered))}")

    def require_facts(self, registered: Collection[str]) -> None:
        """Refuse texts that print a fact nobody tells.

        Raises:
            Refusal: ``document.data`` naming the first, with its text.
        """
        for text in (text for versions in self.texts.values() for text in versions):
            for slot in text.slots.values():
                root, _, name = slot.source.partition(".")
                if root == "fact" and name not in registered:
                    raise bad_data(text.id, f"没有「{slot.source}」这一来源，可写：{'、'.join(sorted(registered)) or '无'}")

    def text(self, type_id: str, on: date) -> TextVersion:
        """The text for a document signed on ``on``; Refusal ``document.no_text`` if there is none, saying what is known."""
        doc = self.type(type_id)
        versions = self.texts.get(type_id, ())
        for text in versions:
            if text.in_force(on):
                return text
        if not versions:
            raise Refusal(
                f"《{doc.title}》（{type_id}）尚未写入正文，请用其他文书或者联系管理员。", code="document.no_text"
            )
        spans = "；".join(f"{text.valid_from} 至 {text.valid_to or '今'}" for text in versions)
        raise Refusal(f"《{doc.title}》在 {on} 没有可用的正文，现有：{spans}。请核对签署日。", code="document.no_text")

    def block(self, type_id: str, on: date) -> BlockRule:
        """Which signature block the type bears on ``on``."""
        doc = self.type(type_id)
        for rule in doc.signature:
            if rule.in_force(on):
                return rule
        raise Refusal(f"《{doc.title}》在 {on} 没有规定落款，请核对签署日。", code="document.no_block")

    def series(self, type_id: str, on: date) -> Series | None:
        """The series the type takes its number from on ``on``; ``None`` for papers without a number of their own."""
        doc = self.type(type_id)
        if not doc.series:
            return None
        for series in self.all_series:
            if doc.series in series.groups and series.in_force(on):
                return series
        raise Refusal(f"《{doc.title}》在 {on} 没有编号系列，请核对签署日。", code="document.no_series")


def load_catalogue(
    folder: Path,
    *,
    known_matter: Known | None = None,
    known_token: Known | None = None,
    known_value: Known | None = None,
) -> Catalogue:
    """Read ``folder`` strictly. The functions tell whether a matter, a citation token, a law value exists; a mistake is a
    Refusal ``document.data`` naming the file."""
    wording = read_wording(folder / "wording.toml")
    types = {doc.id: doc for doc in _types(read_file(folder / "catalogue.toml"))}
    texts: dict[str, tuple[TextVersion, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name not in _SHARED:
            node = read_file(path)
            doc = _own_type(node, path.stem, types)
            types[doc.id] = doc
            texts[doc.id] = read_texts(node, doc, wording)
            _check_names(node, texts[doc.id], known_token, known_value)
    catalogue = Catalogue(tuple(types.values()), texts, wording, _series(read_file(folder / "series.toml")))
    _check_types(read_file(folder / "catalogue.toml"), catalogue, known_matter, known_token)
    return catalogue


def _types(node: DataTable) -> tuple[DocType, ...]:
    found = [_type(entry) for entry in node.tables("document")]
    node.close()
    ids = [doc.id for doc in found]
    if twice := [name for name in ids if ids.count(name) > 1]:
        raise node.fail(f"「{twice[0]}」列了两次")
    return tuple(found)


def _type(node: DataTable) -> DocType:
    variants = node.strings("variants") or variants_of(node.text("title"))
    doc = DocType(
        id=node.text("id"), title=node.text("title"), kind=node.one_of("kind", KINDS),
        way=node.one_of("way", WAYS), way_when=_ways(node),
        form=node.one_of("form", ("text", "table")), header=node.one_of("header", _HEADERS), series=node.text("series"),
        signature=tuple(_block(entry) for entry in node.tables("signature")),
        signature_national=node.one_of("signature_national", ("", *BLOCKS), ""), matters=_matters(node),
        parties=node.strings("parties"), cite=node.strings("cite"), attachments=node.strings("attachments"),
        copies=node.text("copies"), receipt=node.flag("receipt"), served_on=node.strings("served_on"),
        style_2009=node.text("style_2009", ""), style_2016=node.text("style_2016", ""), confirmed=node.flag("confirmed"),
        addressee=node.one_of("addressee", ("", *PERSONS), ""), target=node.one_of("target", ("", *PERSONS), ""),
        awaits_answer=node.flag("awaits_answer", False), traits=known(node, "traits", TRAITS),
        corrects=known(node, "corrects", dict.fromkeys(KINDS, "")), effects=read_rules(node, variants), variants=variants,
    )  # fmt: skip
    node.close()
    if not doc.signature:
        raise node.fail("没有规定落款")
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


def _own_type(node: DataTable, stem: str, types: Mapping[str, DocType]) -> DocType:
    """The type a text file belongs to: from the catalogue, or written in the file itself under ``document``; with its effects, which
    the catalogue or the file tells."""
    name = node.text("id")
    if name != stem:
        raise node.fail(f"文件名与 id「{name}」不符")
    if "document" not in node.names():
        if name not in types:
            raise node.fail("文书目录中没有这一种，须在本文件写明「document」")
        return _with_effects(node, types[name])
    if name in types:
        raise node.fail("文书目录中已有这一种，不能再写「document」")
    doc = _type(node.table("document"))
    if doc.id != name:
        raise node.fail(f"「document」的 id「{doc.id}」与文件不符")
    return _with_effects(node, doc)


def _with_effects(node: DataTable, doc: DocType) -> DocType:
    own = read_rules(node, doc.variants)
    if own and doc.effects:
        raise node.fail("文书目录中已写明效果，不能再写「effect」")
    return replace(doc, effects=own) if own else doc


def _series(node: DataTable) -> tuple[Series, ...]:
    found = tuple(_one_series(entry) for entry in node.tables("series"))
    node.close()
    for number, series in enumerate(found):
        for other in found[:number]:
            overlap = (series.valid_from or date.min) <= (other.valid_to or date.max) and (
                other.valid_from or date.min
            ) <= (series.valid_to or date.max)
            if overlap and set(series.groups) & set(other.groups):
                raise node.fail(f"系列「{series.id}」与「{other.id}」的有效期重叠")
    return found


def _one_series(node: DataTable) -> Series:
    series = Series(
        node.text("id"), node.text("name"), node.strings("groups"), node.one_of("form", ("suffix", "entered", "yearly")),
        node.day("valid_from"), node.day("valid_to"), node.text("source"), node.flag("confirmed"),
        node.text("pattern", ""), node.text("desk", ""), node.text("type_code", ""), node.flag("leads", False),
    )  # fmt: skip
    node.close()
    if (series.form == "yearly") != bool(series.pattern and series.desk):
        raise node.fail("按年编号的系列须写 pattern 和 desk，其他系列不写")
    if series.pattern and ("{year}" not in series.pattern or "{n}" not in series.pattern):
        raise node.fail("pattern 须含 {year} 和 {n}")
    if (series.form == "entered") != bool(series.type_code):
        raise node.fail("录入核对的系列须写 type_code，其他系列不写")
    if series.valid_from and series.valid_to and series.valid_to < series.valid_from:
        raise node.fail("有效期颠倒")
    return series


def _check_types(node: DataTable, catalogue: Catalogue, known_matter: Known | None, known_token: Known | None) -> None:
    groups = {group for series in catalogue.all_series for group in series.groups}
    ids = {doc.id for doc in catalogue.types}
    for doc in catalogue.types:
        if doc.series and doc.series not in groups:
            raise node.fail(f"「{doc.id}」的编号系列「{doc.series}」没有规定")
        for name in doc.attachments:
            if name.isascii() and name not in ids:
                raise node.fail(f"「{doc.id}」的附件「{name}」不在目录中")
        for matter in doc.matters:
            if known_matter and not known_matter(matter):
                raise node.fail(f"「{doc.id}」的事项「{matter}」不在审批权限表中")
        if stray := set(doc.way_when) - set(doc.matters):
            raise node.fail(f"「{doc.id}」的 way_when 写了不是它的事项「{sorted(stray)[0]}」")
        for token in doc.cite:
            if known_token and not known_token(token):
                raise node.fail(f"「{doc.id}」引用的「{token}」不在条文对照表中")


def _check_names(
    node: DataTable, texts: tuple[TextVersion, ...], known_token: Known | None, known_value: Known | None
) -> None:
    for text in texts:
        tokens = [cite.token for cite in text.cite] + [slot.token for slot in text.slots.values() if slot.token]
        values = [each.removeprefix("law.") for part in text.parts for each in part.lists() if each.startswith("law.")]
        values += [
            check.partition(":")[2]
            for slot in text.slots.values()
            for check in slot.checks
            if check.startswith("max_law:")
        ]
        if known_token and (wrong := [token for token in tokens if not known_token(token)]):
            raise node.fail(f"引用的「{wrong[0]}」不在条文对照表中")
        if known_value and (wrong := [value for value in values if not known_value(value)]):
            raise node.fail(f"法规参数「{wrong[0]}」不存在")
