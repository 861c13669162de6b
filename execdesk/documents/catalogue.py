"""The catalogue: every document type, its dated texts, the series its numbers come from. Data is read strictly, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from execdesk.documents.events import TRAITS, effects_named
from execdesk.documents.reading import DataTable, bad_data, read_file
from execdesk.documents.textfile import read_texts, read_wording
from execdesk.documents.texts import BlockRule, DocType, Series, TextVersion, Wording
from execdesk.documents.typefile import SHARED, TypeReader
from execdesk.law.refusal import Refusal

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Catalogue:
    """All document types in file order, with texts, wording and series; ``faults``: since when and why a type's text cannot be used."""

    types: tuple[DocType, ...]
    texts: Mapping[str, tuple[TextVersion, ...]]
    wording: Wording
    all_series: tuple[Series, ...]
    faults: Mapping[str, tuple[date, str]] = field(default_factory=dict)

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
            if fits and self.has_text(doc.id, on):
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
            Refusal: ``document.data`` naming the first, with file and line.
        """
        for text in (text for versions in self.texts.values() for text in versions):
            for slot in text.slots.values():
                root, _, name = slot.source.partition(".")
                if root == "fact" and name.partition(".")[0] not in registered:
                    raise bad_data(slot.place, f"没有「{slot.source}」这一来源，可写：{'、'.join(sorted(registered)) or '无'}")

    def require_claims(self, registered: Collection[str]) -> None:
        """Refuse texts that claim what nobody can prove.

        Raises:
            Refusal: ``document.data`` naming the first, with file and line.
        """
        for text in (text for versions in self.texts.values() for text in versions):
            for name, place in text.claims.items():
                if name not in registered:
                    raise bad_data(place, f"没有「{name}」这一所述事实，可写：{'、'.join(sorted(registered)) or '无'}")

    def require_law(self, matter: Known, token: Known, value: Known) -> None:
        """Refuse types and texts that name a matter, a citation or a figure of which the law's data know nothing; each function tells
        whether it does.

        Raises:
            Refusal: ``document.data`` naming the first, with file and line.
        """
        for place, words in _unknown_in_law(self, matter, token, value):
            raise bad_data(place, words)

    def text(self, type_id: str, on: date) -> TextVersion:
        """The text for a document signed on ``on``; Refusal ``document.no_text`` if there is none, saying what is known,
        ``document.text_fault`` where the court's own text does not fit the program any more."""
        doc = self.type(type_id)
        if type_id in self.faults and on >= self.faults[type_id][0]:
            raise Refusal(
                f"本院更正的《{doc.title}》正文与本版程序不符，不能用来拟稿：{self.faults[type_id][1]}请系统管理员重新更正，另一人核对，局长采用。",
                code="document.text_fault",
            )
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

    def has_text(self, type_id: str, on: date) -> bool:
        """Whether a type has a text on a day."""
        return any(text.in_force(on) for text in self.texts.get(type_id, ()))

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


def load_catalogue(folder: Path) -> Catalogue:
    """Read ``folder`` strictly; what texts and types name of the law is held to it by :meth:`Catalogue.require_law`.

    Raises:
        Refusal: ``document.data`` naming file and line of a mistake.
    """
    wording = read_wording(folder / "wording.toml")
    reader = TypeReader(folder)
    texts: dict[str, tuple[TextVersion, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name not in SHARED:
            node = read_file(path)
            doc = reader.of(node, path.stem)
            texts[doc.id] = read_texts(node, doc, wording)
    catalogue = Catalogue(tuple(reader.types.values()), texts, wording, _series(read_file(folder / "series.toml")))
    _check_types(catalogue)
    return catalogue


def _check_types(catalogue: Catalogue) -> None:
    groups = {group for series in catalogue.all_series for group in series.groups}
    ids = {doc.id for doc in catalogue.types}
    for doc in catalogue.types:
        if doc.series and doc.series not in groups:
            raise bad_data(doc.places["series"], f"「{doc.id}」的编号系列「{doc.series}」没有规定")
        if wrong := [name for name in doc.attachments if name.isascii() and name not in ids]:
            raise bad_data(doc.places["attachments"], f"「{doc.id}」的附件「{wrong[0]}」不在目录中")


def _series(node: DataTable) -> tuple[Series, ...]:
    found: list[Series] = []
    for entry in node.tables("series"):
        series = _one_series(entry)
        for other in found:
            overlap = (series.valid_from or date.min) <= (other.valid_to or date.max) and (
                other.valid_from or date.min
            ) <= (series.valid_to or date.max)
            if overlap and set(series.groups) & set(other.groups):
                raise entry.fail(f"系列「{series.id}」与「{other.id}」的有效期重叠", "groups")
        found.append(series)
    node.close()
    return tuple(found)


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


def _unknown_in_law(catalogue: Catalogue, matter: Known, token: Known, value: Known) -> Iterator[tuple[str, str]]:
    """Each name that the law's data do not know: where it stands, and what is wrong."""
    for doc in catalogue.types:
        yield from ((doc.places["matters"], f"「{doc.id}」的事项「{name}」不在审批权限表中") for name in doc.matters if not matter(name))
        yield from ((doc.places["cite"], f"「{doc.id}」引用的「{name}」不在条文对照表中") for name in doc.cite if not token(name))
    for text in (text for versions in catalogue.texts.values() for text in versions):
        yield from unknown_in_text(text, token, value)


def unknown_in_text(text: TextVersion, token: Known, value: Known) -> Iterator[tuple[str, str]]:
    """Each citation and figure that a text names and nobody knows: where it stands, and what is wrong."""
    slots = text.slots.values()
    tokens = [(cite.token, cite.place) for cite in text.cite] + [(slot.token, slot.place) for slot in slots if slot.token]
    yield from ((place, f"引用的「{name}」不在条文对照表中") for name, place in tokens if not token(name))
    values = [(each.removeprefix("law."), part.place) for part in text.parts for each in part.lists() if each.startswith("law.")]
    values += [(check.partition(":")[2], slot.place) for slot in slots for check in slot.checks if check.startswith("max_law:")]
    yield from ((place, f"法规参数「{name}」不存在") for name, place in values if not value(name))
