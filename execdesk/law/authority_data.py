"""Strict loading of ``authority.toml``: the approval table, checked against plan, law and catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from execdesk.law.articletables import check_tokens
from execdesk.law.book import LawBook
from execdesk.law.datafile import DataFile, DataRow, LawDataError, may, need, read_data
from execdesk.law.matters import (
    NAMED_LETTER,
    Ambiguity,
    Ladder,
    Level,
    Matter,
    MatterWording,
    PlanHead,
    Rule,
    Subject,
    Variant,
)
from execdesk.law.plan import Plan
from execdesk.law.units import LEVELS

NOTES = ("panel_note", "note", "ambiguity", "recommended", "trap", "guard")
MARKS = ("via", "statute_signer", "special_variant", "variant_of", "derived", "added", "approver", "delegate", "convention")
FLAGS = ("catch_all", "urgent_variant", "not_on_paper", "confirmed")
LISTS = ("names", "duty", "discretion")
NOBODY = "none"
PANELS = frozenset({"none", "usual", "required", "conditional"})
SCHEMAS = {
    "plan": {
        **{key: need(str) for key in ("title", "doc_no", "court", "upper_court", "high_court")},
        **{key: need(date) for key in ("issued", "effective")},
    },
    "level": {"id": need(str), "name": need(str), "verb": need(str), "posts": need(list), "rank": may(int), "plan_label": may(str), "elsewhere": may(str)},
    "post": {"id": need(str), "name": need(str)},
    "rule": {"id": need(str), "name": need(str), "text": need(str)},
    "subject": {"id": need(str), "name": need(str), "special": need(bool)},
    "circumstance": {"id": need(str), "name": need(str), "names": may(list)},
    "wording": {"before": need(list), "after": need(list), "shared": need(list)},
    "matter": {
        **{key: need(str) for key in ("id", "name", "level", "plan_article", "plan_phrase", "panel")},
        **{key: need(list) for key in ("documents", "basis")},
        **{key: may(str) for key in (*MARKS, *NOTES)},
        **{key: may(bool) for key in FLAGS},
        **{key: may(list) for key in LISTS},
        "valid_from": may(date),
        "data": may(dict),
    },
    "ladder": {"valid_to": need(date), "steps": need(list), "confirmed": need(bool), "note": need(str)},
    "variant": {**{key: need(str) for key in ("matter", "when", "to", "level")}, "extra": may(str), "permit": may(str), "added": may(str), "signer": may(str)},
    "ambiguity": {"id": need(str), "issue": need(str), "recommended": need(str)},
}  # fmt: skip


@dataclass(frozen=True)
class AuthorityData:
    """Everything the table holds, by id where it has one."""

    plan: PlanHead
    levels: Mapping[str, Level]
    posts: Mapping[str, str]
    rules: Mapping[str, Rule]
    subjects: Mapping[str, Subject]
    circumstances: Mapping[str, str]
    matters: Mapping[str, Matter]
    variants: tuple[Variant, ...]
    ladder: Ladder
    ambiguities: tuple[Ambiguity, ...]
    data_hash: str
    circumstance_names: Mapping[str, str]
    wording: MatterWording


def load_authority_data(
    path: Path, book: LawBook, plan: Plan, documents: Collection[str] | None = None
) -> AuthorityData:
    """The table in ``path``.

    Raises LawDataError for a repeated id or name, an unknown level, post, matter, circumstance or signer, a phrase that is
    not the plan's, a basis or (where ``documents`` is given) a document that does not resolve, a variant that contradicts
    its matter or another, names a signer for the matter it leads to, or goes in a circle, a ladder that leaves a gap before the plan or overlaps it.
    """
    file = read_data(path, SCHEMAS)
    posts = {row["id"]: row["name"] for row in _unique(file, "post")}
    levels = {row["id"]: _level(row, posts) for row in _unique(file, "level")}
    matters = {row["id"]: _matter(row, levels, book, plan, documents) for row in _unique(file, "matter")}
    for row in file.rows("matter"):
        _check_links(row, matters)
    circumstances = {row["id"]: row["name"] for row in _unique(file, "circumstance")}
    variants = tuple(_variant(row, matters, circumstances, levels) for row in file.rows("variant"))
    _check_variants(file, variants, matters)
    head = PlanHead(**_single(file, "plan").data)
    return AuthorityData(
        head, levels, posts,
        {row["id"]: Rule(row["id"], row["name"], row["text"]) for row in _unique(file, "rule")},
        {row["id"]: Subject(row["id"], row["name"], row["special"]) for row in _unique(file, "subject")},
        circumstances, matters, variants, _ladder(_single(file, "ladder"), head, levels),
        tuple(Ambiguity(row["id"], row["issue"], row["recommended"]) for row in _unique(file, "ambiguity")),
        hashlib.sha256(file.text.encode()).hexdigest(), _circumstance_names(file), _wording(_single(file, "wording")),
    )  # fmt: skip


def _unique(file: DataFile, table: str) -> tuple[DataRow, ...]:
    seen: set[str] = set()
    for row in file.rows(table):
        for key in ("id", "name"):
            if key in row.data:
                if f"{key}:{row[key]}" in seen:
                    raise row.wrong(f"[[{table}]] 里「{row[key]}」重复。", key)
                seen.add(f"{key}:{row[key]}")
    return file.rows(table)


def _single(file: DataFile, table: str) -> DataRow:
    rows = file.rows(table)
    if len(rows) != 1:
        raise LawDataError(file.name, rows[1].line if rows else 1, f"[[{table}]] 应恰好有一个，现有 {len(rows)} 个。")
    return rows[0]


def _level(row: DataRow, posts: Mapping[str, str]) -> Level:
    for post in row.names("posts"):
        if post not in posts:
            raise row.wrong(f"不认识的职务「{post}」，可用：{'、'.join(posts)}。", "posts")
    return Level(
        row["id"], row["name"], row["verb"], row.names("posts"), row.get("rank", 0), row.get("plan_label", ""), row.get("elsewhere", "")
    )


def _circumstance_names(file: DataFile) -> Mapping[str, str]:
    """Everything a circumstance may be called → its id."""
    found: dict[str, str] = {}
    for row in file.rows("circumstance"):
        for name in (row["id"], row["name"], *row.names("names")):
            if found.setdefault(name, row["id"]) != row["id"]:
                raise row.wrong(f"情形「{name}」重复。", "names")
    return found


def _wording(row: DataRow) -> MatterWording:
    return MatterWording(row.names("before"), row.names("after"), row.names("shared"))


def _known_level(row: DataRow, level: str, levels: Mapping[str, Level], key: str = "level") -> None:
    if level not in levels:
        raise row.wrong(f"不认识的层级「{level}」，可用：{'、'.join(levels)}。", key)


def _matter(
    row: DataRow, levels: Mapping[str, Level], book: LawBook, plan: Plan, documents: Collection[str] | None
) -> Matter:
    _known_level(row, row["level"], levels)
    if row["panel"] not in PANELS:
        raise row.wrong(f"不认识的合议要求「{row['panel']}」，可用：{'、'.join(sorted(PANELS))}。", "panel")
    _known_signer(row, "statute_signer", LEVELS)
    if row.get("delegate", NAMED_LETTER) != NAMED_LETTER:
        raise row.wrong(f"不认识的授权要求「{row['delegate']}」，可用：{NAMED_LETTER}。", "delegate")
    if len({key in row.data for key in ("convention", "valid_from", "confirmed")}) > 1:
        raise row.wrong("本院约定的事项须一并写明 convention、valid_from、confirmed。", "convention")
    if row["plan_phrase"] not in plan.clause(row["plan_article"]):
        raise row.wrong(f"「{row['plan_phrase']}」不是方案 {row['plan_article']} 的原文。", "plan_phrase")
    for document in row.names("documents"):
        if documents is not None and document not in documents:
            raise row.wrong(f"文书目录里没有「{document}」。", "documents")
    _check_basis(row, book)
    marks: dict[str, Any] = {key: row[key] for key in (*MARKS, *FLAGS, "data", "valid_from") if key in row.data}
    marks |= {key: row.names(key) for key in LISTS}
    return Matter(
        row["id"], row["name"], row["level"], row["plan_article"], row["plan_phrase"], row.names("documents"),
        row["panel"], row.names("basis"), notes={key: row[key] for key in NOTES if key in row.data}, **marks,
    )  # fmt: skip


def _known_signer(row: DataRow, key: str, known: Collection[str]) -> None:
    if key in row.data and row[key] not in known:
        raise row.wrong(f"不认识的法定签发人「{row[key]}」，可用：{'、'.join(known)}。", key)


def _check_basis(row: DataRow, book: LawBook) -> None:
    for token in row.names("basis"):
        if not token.startswith("p:"):
            check_tokens(row, "basis", [token], book.tables, book.sources)
        elif token[2:] not in book.values:
            raise row.wrong(f"没有法规参数「{token[2:]}」。", "basis")


def _check_links(row: DataRow, matters: Mapping[str, Matter]) -> None:
    for key in ("via", "special_variant", "variant_of"):
        if key in row.data and row[key] not in matters:
            raise row.wrong(f"不认识的事项「{row[key]}」。", key)
    if taken := set(row.names("names")) & {each.name for each in matters.values()}:
        raise row.wrong(f"「{min(taken)}」已是一个事项的名称，不能又写作别名。", "names")
    if "via" in row.data:
        target = matters[row["via"]]
        same = (target.level, target.plan_article, target.plan_phrase)
        if not target.catch_all or same != (row["level"], row["plan_article"], row["plan_phrase"]):
            raise row.wrong(f"「{row['via']}」不是同层级、同条文的兜底条款。", "via")


def _variant(row: DataRow, matters: Mapping[str, Matter], circumstances: Mapping[str, str], levels: Mapping[str, Level]) -> Variant:
    for key in ("matter", "to"):
        if row[key] not in matters or matters[row[key]].catch_all:
            raise row.wrong(f"不认识的事项「{row[key]}」。", key)
    if row["when"] not in circumstances:
        raise row.wrong(f"不认识的情形「{row['when']}」，可用：{'、'.join(circumstances)}。", "when")
    _known_signer(row, "signer", (*LEVELS, NOBODY))
    if "signer" in row.data and row["to"] != row["matter"]:
        raise row.wrong(f"转为「{row['to']}」办理的，由谁签发依该事项，不另写 signer。", "signer")
    if row["to"] == row["matter"]:
        _known_level(row, row["level"], levels)
    elif row["level"] != matters[row["to"]].level:
        raise row.wrong(f"层级「{row['level']}」与「{row['to']}」的层级「{matters[row['to']].level}」不符。", "level")
    return Variant(
        row["matter"], row["when"], row["to"], row["level"], row.get("extra", ""), row.get("added", ""), row.get("permit", ""), row.get("signer", "")
    )


def _check_variants(file: DataFile, variants: tuple[Variant, ...], matters: Mapping[str, Matter]) -> None:
    """Refuse two moves of one matter that can hold at once, two of its levels or signers, and moves that lead back."""
    moves: dict[str, list[Variant]] = {}
    for row, variant in zip(file.rows("variant"), variants, strict=True):
        others = moves.setdefault(variant.matter, [])
        for other in others:
            if other.when == variant.when:
                raise row.wrong(f"「{variant.matter}」在情形「{variant.when}」下写了两次。", "when")
            if variant.matter not in {variant.to, other.to} and not exclusive(variant.when, other.when):
                raise row.wrong(f"「{variant.matter}」在「{variant.when}」和「{other.when}」同时成立时去向不定。", "to")
            if variant.matter == variant.to == other.to and not exclusive(variant.when, other.when) and _clash(matters[variant.to], variant, other):
                raise row.wrong(f"「{variant.matter}」在「{variant.when}」和「{other.when}」同时成立时层级或者签发人不定。", "level")
        others.append(variant)
        if leads_back(moves, variant):
            raise row.wrong(f"「{variant.matter}」的去向转回了自己。", "to")


def _clash(row: Matter, first: Variant, second: Variant) -> bool:
    """Whether two variants that keep the matter change its level, or its signer, each in its own way."""
    levels = {first.level, second.level} - {row.level}
    return len(levels) > 1 or len({first.signer, second.signer} - {""}) > 1


def exclusive(first: str, second: str) -> bool:
    """Whether two circumstances are different values of one fact (``person=officer``, ``person=president``)."""
    name, equals, _ = first.partition("=")
    return bool(equals) and second.startswith(name + "=") and first != second


def leads_back(moves: Mapping[str, list[Variant]], start: Variant) -> bool:
    """Whether the moves that follow ``start`` can come back to its matter."""
    if start.to == start.matter:
        return False
    reached, waiting = set[str](), [start.to]
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting += [move.to for move in moves.get(here, []) if move.to not in reached]
    return start.matter in reached


def _ladder(row: DataRow, head: PlanHead, levels: Mapping[str, Level]) -> Ladder:
    steps = row.names("steps")
    for step in steps:
        _known_level(row, step, levels, "steps")
    ranks = [levels[step].rank for step in steps]
    if not ranks or 0 in ranks or ranks != sorted(set(ranks)):
        raise row.wrong("逐级审批的步骤应由低到高排列，每级一次。", "steps")
    if row["valid_to"] + timedelta(days=1) != head.effective:
        raise row.wrong(
            f"逐级审批止于 {row['valid_to']}，与方案施行日 {head.effective} 之间有空档或者重叠。", "valid_to"
        )
    return Ladder(row["valid_to"], steps, row["confirmed"], row["note"])
