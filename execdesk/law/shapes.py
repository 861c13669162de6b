"""Figures of several items: lists of words, tables, tiers; each item written as a line, and shown as an entry of fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from execdesk.law.entries import entry_words
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.typed import decimal_words, parse_share, rate_words

LISTS = frozenset({"list", "order"})
_MOST = 10**12  # yuan; the bounds of a tier end long before

Entry = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """``items`` declares one item's fields, ``build`` makes the figure of what they hold, ``lines`` writes it again, a line an item."""

    items: Field
    example: str
    build: Callable[[list[Entry]], Any]
    lines: Callable[[Any], list[str]]

    @property
    def hint(self) -> str:
        """How it is typed, in words, with an example."""
        how = f"每项写作「{entry_words(self.items)}」" if len(self.items.of) > 1 else "每项是一句文字"
        return f"{how}，各项用分号或换行隔开，如「{self.example}」"

    @property
    def joiner(self) -> str:
        """What stands between the fields of an item; empty where there is one."""
        return self.items.between[0] if len(self.items.of) > 1 else ""

    def read(self, text: str) -> Any:
        """The figure behind ``text``.

        Raises:
            Refusal: naming the item by its number, and the field that is wrong.
        """
        return self.build(self.items.read(text))


def _of_words(entries: list[Entry]) -> list[str]:
    return [entry["item"] for entry in entries]


def _of_table(entries: list[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at, entry in enumerate(entries, 1):
        if entry["name"] in found:
            raise Refusal(f"第 {at} 项「名称」：前面已有「{entry['name']}」，请合并或改名。", code="field.value")
        found[entry["name"]] = entry["words"]
    return found


def _of_tiers(entries: list[Entry]) -> list[Entry]:
    """Tiers that follow one upon the other, each with its fee or its share. A lower bound of nothing is none."""
    found: list[Entry] = []
    over = 0
    for at, entry in enumerate(entries, 1):
        if wrong := _wrong_in(entry, over, at > 1, at == len(entries)):
            raise Refusal(f"第 {at} 项{wrong}", code="field.value")
        tier = {name: entry[name] for name in ("over", "upto", "flat") if entry.get(name) is not None and (name, entry[name]) != ("over", 0)}
        found.append(tier if "flat" in tier else {**tier, "rate": decimal_words(entry["rate"])})
        over = tier.get("upto", 0)
    return found


def _wrong_in(entry: Entry, over: int, follows: bool, last: bool) -> str:
    if (entry.get("over") or 0) != over:
        return f"「超过（元）」：应为 {over}，与前一项相接。" if follows else "「超过（元）」：第一段从零起，请不填。"
    upto = entry.get("upto")
    if upto is None and not (follows and last):
        return "「至（元）」：请填写，只有最后一段可以不填。" if follows else "「至（元）」：请填写第一段到多少元为止。"
    if upto is not None and upto <= over:
        return f"「至（元）」：{upto} 应大于 {over}。"
    if (entry.get("flat") is None) == (entry.get("rate") is None):
        return "「每件（元）」与「比例」：请填其中一栏，只填一栏。"
    return ""


def _tier_line(tier: Entry) -> str:
    rate = rate_words(parse_share(tier["rate"])) if "rate" in tier else ""
    return ":".join((*(str(tier.get(name, "")) for name in ("over", "upto", "flat")), rate)).rstrip(":")


def _yuan(name: str, label: str) -> Field:
    return Field(name, label, "count", required=False, most=_MOST)


WORDS = Shape(Field("items", "各项", "group", of=(Field("item", "一项", "line"),), between=(":",)), "甲类；乙类", _of_words, list)
TABLE = Shape(
    Field("items", "各项", "group", of=(Field("name", "名称"), Field("words", "内容", "line")), between=("=",)),
    "执=首次执行；执恢=恢复执行", _of_table, lambda value: [f"{name}={words}" for name, words in value.items()],
)  # fmt: skip
TIERS = Shape(
    Field("items", "各段", "group", of=(_yuan("over", "超过（元）"), _yuan("upto", "至（元）"), _yuan("flat", "每件（元）"), Field("rate", "比例", "share", required=False)), between=(":",)),
    ":10000:50；10000:500000::1.5%；500000:::1%", _of_tiers, lambda value: [_tier_line(tier) for tier in value],
)  # fmt: skip
SHAPES = (WORDS, TABLE, TIERS)


def shape_of(unit: str, value: Any) -> Shape | None:
    """The shape of a figure by its unit and by the value it corrects: what has tiers keeps tiers, a table stays one."""
    if isinstance(value, dict) or unit == "map":
        return TABLE
    if unit in LISTS:
        return WORDS
    return TIERS if isinstance(value, list) and any(isinstance(item, dict) for item in value) else None


def shape_with(parts: tuple[Field, ...]) -> Shape:
    """The shape whose items have these fields."""
    return next(shape for shape in SHAPES if shape.items.of == parts)
