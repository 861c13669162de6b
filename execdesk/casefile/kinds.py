"""Kinds of property as data: what tells one from another, how it is controlled, by which papers, who assists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from execdesk.documents.reading import DataTable, read_file
from execdesk.documents.template import PlainWords, Template, TemplateError, parse
from execdesk.fields.identifiers import CHECKS
from execdesk.law.control import KINDS as TERMS
from execdesk.law.control import MEASURES
from execdesk.law.refusal import Refusal

TAIL = 4


@dataclass(frozen=True)
class Identifier:
    """One thing known of a property. A ``key`` tells it from others of its kind; the first that is known is the natural key.
    ``at_most`` names the amount that it must not exceed, if any."""

    name: str
    label: str
    check: str
    key: bool
    required: bool
    help: str
    at_most: str


@dataclass(frozen=True)
class Pays:
    """That money under control can be sent to the court: the word for it, its matter and ruling, what the money is claimed as and the words of that."""

    word: str
    matter: str
    ruling: str
    claimed_as: str
    claimed_words: str


@dataclass(frozen=True)
class PropertyKind:
    """A kind of property. ``control`` is the kind of measure (freeze, seize, impound, withhold); ``term`` is the law's key of the longest term, empty where the law sets none; ``waiting`` the matter of a
    measure behind another, empty where there is no rank; ``amount`` whether a sum is ordered."""

    id: str
    name: str
    count: str
    control: str
    term: str
    matter: str
    waiting: str
    release: str
    ruling: str
    notice: str
    unit: str
    unit_from: str
    unit_named: str
    personal: bool
    words: Template
    titled: Template | None
    printed: Template
    asked: str
    amount: bool
    pays: Pays | None
    reply: str
    identifiers: tuple[Identifier, ...]
    source: str
    confirmed: bool

    @property
    def title(self) -> str:
        """冻结存款, 查封车辆, 扣留收入."""
        return f"{MEASURES[self.control]}{self.name}"

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the identifiers that tell one thing from another, the natural key first."""
        return tuple(one.name for one in self.identifiers if one.key)

    def natural_key(self, identifiers: Mapping[str, str], owner: str = "") -> str | None:
        """The text by which the same thing is found again; ``owner`` counts for what is personal. ``None`` where nothing tells it."""
        found = next((f"{name}={identifiers[name]}" for name in self.keys if identifiers.get(name)), None)
        return f"{found}@{owner}" if found and self.personal else found

    def listed(self, identifiers: Mapping[str, str]) -> str:
        """The thing as a list names it, an account with its last places."""
        tail = self.tail(identifiers)
        return f"{_fill(self.words, identifiers).strip() or self.name}{f' 尾号 {tail}' if tail else ''}"

    def named(self, identifiers: Mapping[str, str]) -> str:
        """The thing as the title of a request names it."""
        return _fill(self.titled or self.words, identifiers).strip() or self.name

    def in_text(self, identifiers: Mapping[str, str]) -> str:
        """The thing as papers print it behind the debtor's name."""
        return _fill(self.printed, identifiers)

    def tail(self, identifiers: Mapping[str, str]) -> str:
        """The last places of an account number, as lists show it; empty for kinds without one."""
        number = next((identifiers[one.name] for one in self.identifiers if one.check == "account" and identifiers.get(one.name)), "")
        return number[-TAIL:]


@dataclass(frozen=True)
class PropertyKinds:
    """All kinds in the order of the file."""

    all: tuple[PropertyKind, ...]

    @property
    def claimed(self) -> dict[str, str]:
        """What money sent to the court is claimed as, with its words."""
        return {kind.pays.claimed_as: kind.pays.claimed_words for kind in self.all if kind.pays is not None}

    def of(self, kind: str) -> PropertyKind:
        """A kind by id.

        Raises:
            Refusal: ``property.kind``.
        """
        found = next((one for one in self.all if one.id == kind), None)
        if found is None:
            raise Refusal(f"没有「{kind}」这种财产，可用：{'、'.join(f'{one.name}（{one.id}）' for one in self.all)}。", code="property.kind")
        return found


@lru_cache(maxsize=8)
def property_kinds(resources: Path) -> PropertyKinds:
    """Read the kinds once per folder, strictly.

    Raises:
        Refusal: ``document.data`` naming the file and place.
    """
    node = read_file(resources / "property" / "kinds.toml")
    kinds = tuple(_kind(entry) for entry in node.tables("kind"))
    node.close()
    if len({kind.id for kind in kinds}) < len(kinds):
        raise node.fail("有两种财产同名")
    found = PropertyKinds(kinds)
    if differs := next((kind for kind in kinds if kind.pays is not None and found.claimed[kind.pays.claimed_as] != kind.pays.claimed_words), None):
        raise node.fail(f"「{differs.name}」的 claimed_words 与同一 claimed_as 的另一种财产不同")
    return found


def _kind(node: DataTable) -> PropertyKind:
    identifiers = tuple(_identifier(entry) for entry in node.tables("identifier"))
    names = {one.name for one in identifiers}
    found = PropertyKind(
        node.text("id"), node.text("name"), node.text("count"), node.one_of("measure", tuple(MEASURES)),
        node.one_of("term", ("", *TERMS), ""), node.text("matter"), node.text("waiting", ""), node.text("release"), node.text("ruling"), node.text("notice"),
        node.text("unit"), node.one_of("unit_from", ("", *names), ""), node.text("unit_named", ""), node.flag("personal", False),
        _template(node, "words", names), _template(node, "titled", names) if "titled" in node.names() else None,
        _template(node, "printed", names), node.text("asked", ""), node.flag("amount", False), _pays(node),
        node.text("reply"), identifiers, node.text("source"), node.flag("confirmed"),
    )  # fmt: skip
    node.close()
    amounts = {one.name for one in identifiers if one.check == "money"}
    if wrong := next((one for one in identifiers if one.at_most and not {one.name, one.at_most} <= amounts), None):
        raise node.fail(f"「{wrong.name}」的 at_most 两头须都是金额")
    if not found.keys:
        raise node.fail("没有一项识别信息写了 key")
    return found


def _pays(node: DataTable) -> Pays | None:
    if "pays" not in node.names():
        return None
    part = node.table("pays")
    found = Pays(part.text("word"), part.text("matter"), part.text("ruling"), part.text("claimed_as"), part.text("claimed_words"))
    part.close()
    return found


def _identifier(node: DataTable) -> Identifier:
    found = Identifier(
        node.text("name"), node.text("label"), node.one_of("check", tuple(CHECKS), "text"), node.flag("key", False), node.flag("required", True),
        node.text("help", ""), node.text("at_most", ""),
    )
    node.close()
    return found


def _template(node: DataTable, key: str, names: set[str]) -> Template:
    try:
        found = parse(node.text(key, padded=True), {}, {})
    except TemplateError as error:
        raise node.fail(str(error)) from None
    if unknown := [name for name in found.slots() if name not in names]:
        raise node.fail(f"「{key}」中的「{unknown[0]}」不是识别信息")
    return found


def _fill(template: Template, identifiers: Mapping[str, str]) -> str:
    return template.render(PlainWords(identifiers))
