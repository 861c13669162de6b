"""Concordance tables: which article number a topic bears in which version of a statute; and the tokens that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from execdesk.law.datafile import DataRow, may, need, read_data, spans_overlap
from execdesk.law.sources import Source

STATUTE = {"id": need(str), "token": need(str), "name": need(str), "versions": need(dict), "note": may(str)}
TOPIC = {
    "statute": need(str),
    "topic": need(str),
    "name": need(str),
    "articles": need(dict),
    "absent": may(list),
    "confirmed": need(bool, dict),
    "note": may(str),
}
BARE_TABLES = ("CPL", "INT")  # a topic without its statute is looked for here, in this order


@dataclass(frozen=True)
class Topic:
    """One matter of a statute: its article number in each version (``None``: that version has no such article)."""

    topic: str
    name: str
    articles: Mapping[str, int | None]
    confirmed: Mapping[str, bool]
    note: str = ""


@dataclass(frozen=True)
class ArticleTable:
    """One statute with its versions (version id → source) and topics."""

    id: str
    token: str
    name: str
    versions: Mapping[str, Source]
    topics: Mapping[str, Topic]


@dataclass(frozen=True)
class ArticlePlace:
    """One place named by a token: a topic of a table, or articles ``first`` to ``last`` of a fixed text, or all of it."""

    token: str
    head: str
    topic: str = ""
    first: int | None = None
    last: int | None = None
    paragraph: int | None = None
    item: int | None = None


class UnknownToken(ValueError):
    """A token that resolves to nothing; the text is a Chinese clause saying what is wrong."""


def parse_token(token: str, tables: Mapping[str, ArticleTable], sources: Mapping[str, Source]) -> tuple[ArticlePlace, ...]:
    """The places of ``CPL:deposit_measures#1``, ``CONS2015:1,3,5``, ``INV2017:3-7``, ``TNR`` or a bare topic.

    ``#1`` is a paragraph, ``#1.3`` an item in it, ``#.3`` an item of an undivided article. Raises :class:`UnknownToken`.
    """
    head, colon, rest = token.partition(":")
    if not colon:
        bare = token.partition("#")[0]
        if bare in sources and bare == token:
            return (ArticlePlace(token, token),)
        head, rest = next((name for name in BARE_TABLES if bare in _topics(tables, name)), ""), token
    table = table_of(tables, head)
    if table is None and head not in sources:
        raise UnknownToken(f"「{token}」不指向任何条文或来源")
    return tuple(_place(token, table, head, part) for part in rest.split(","))


def table_of(tables: Mapping[str, ArticleTable], name: str) -> ArticleTable | None:
    """The table with this id (``cpl``) or token (``CPL``)."""
    return next((table for table in tables.values() if name and name in {table.id, table.token}), None)


def check_tokens(
    row: DataRow, key: str, tokens: Iterable[str], tables: Mapping[str, ArticleTable], sources: Mapping[str, Source]
) -> None:
    """Refuse ``row`` where one of ``tokens`` names nothing in the tables or sources."""
    for token in tokens:
        try:
            parse_token(token, tables, sources)
        except UnknownToken as error:
            raise row.wrong(f"{error}。", key) from error


def load_tables(path: Path, sources: Mapping[str, Source]) -> Mapping[str, ArticleTable]:
    """The tables in ``path`` by statute id.

    Raises LawDataError for an unknown source or version, overlapping versions, a repeated statute, version or topic, an
    article number that is not a positive whole number, a version neither numbered nor marked absent.
    """
    file = read_data(path, {"statute": STATUTE, "topic": TOPIC})
    tables: dict[str, ArticleTable] = {}
    for row in file.rows("statute"):
        if row["id"] in tables or table_of(tables, row["token"]):
            raise row.wrong(f"法规「{row['id']}」重复。", "id")
        versions = {name: _version(row, source, sources) for name, source in row["versions"].items()}
        _check_versions(row, versions)
        tables[row["id"]] = ArticleTable(row["id"], row["token"], row["name"], versions, {})
    for row in file.rows("topic"):
        table = tables.get(row["statute"])
        if table is None:
            raise row.wrong(f"没有法规「{row['statute']}」，已有：{'、'.join(tables)}。", "statute")
        topics = {**table.topics, row["topic"]: _topic(row, table)}
        tables[table.id] = replace(table, topics=topics)
    return tables


def _topics(tables: Mapping[str, ArticleTable], name: str) -> Mapping[str, Topic]:
    table = table_of(tables, name)
    return table.topics if table else {}


def _place(token: str, table: ArticleTable | None, head: str, part: str) -> ArticlePlace:
    found = re.fullmatch(r"([a-z0-9_]+)(?:-(\d+))?(?:#(\d+)?(?:\.(\d+))?)?", part)
    if not found:
        raise UnknownToken(f"「{token}」写法不对，应如 CPL:deposit_measures#1 或 TNR:1,3-5")
    name, last, paragraph, item = found[1], found[2], _number(found[3]), _number(found[4])
    if table is None:
        if not name.isdigit():
            raise UnknownToken(f"「{token}」应以条号指明条文，如 {head}:1")
        if last and int(last) <= int(name):
            raise UnknownToken(f"「{token}」的条号范围颠倒")
        return ArticlePlace(token, head, "", int(name), int(last or name), paragraph, item)
    if name not in table.topics:
        near = get_close_matches(name, table.topics, n=3)
        raise UnknownToken(f"{table.name}的条文表没有「{name}」" + (f"，相近的有：{'、'.join(near)}" if near else ""))
    return ArticlePlace(token, table.token, name, None, None, paragraph, item)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _version(row: DataRow, source: object, sources: Mapping[str, Source]) -> Source:
    if not isinstance(source, str) or source not in sources:
        raise row.wrong(f"没有来源「{source}」，请先写入 sources.toml。", "versions")
    return sources[source]


def _check_versions(row: DataRow, versions: Mapping[str, Source]) -> None:
    texts = sorted(versions.values(), key=lambda source: source.valid_from)
    for earlier, later in zip(texts, texts[1:], strict=False):
        if spans_overlap((earlier.valid_from, earlier.valid_to), (later.valid_from, later.valid_to)):
            raise row.wrong(f"版本 {earlier.id} 与 {later.id} 的有效期重叠。", "versions")


def _topic(row: DataRow, table: ArticleTable) -> Topic:
    if row["topic"] in table.topics:
        raise row.wrong(f"{table.name}的条文「{row['topic']}」重复。", "topic")
    articles: dict[str, int | None] = dict.fromkeys(row.names("absent"))
    for version, number in row["articles"].items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise row.wrong(f"条号应是正整数，{version} 写的是 {number!r}。", "articles")
        if version in articles:
            raise row.wrong(f"版本 {version} 既写了条号又列为没有该条。", "absent")
        articles[version] = number
    if articles.keys() != table.versions.keys():
        odd = "、".join(sorted(articles.keys() ^ table.versions.keys()))
        raise row.wrong(f"版本与{table.name}不符：{odd}。每个版本须写条号，或列入 absent。", "articles")
    return Topic(row["topic"], row["name"], articles, _confirmed(row, articles), row.get("note", ""))


def _confirmed(row: DataRow, articles: Mapping[str, int | None]) -> Mapping[str, bool]:
    marked = row["confirmed"]
    if isinstance(marked, bool):
        return dict.fromkeys(articles, marked)
    numbered = {version for version, number in articles.items() if number is not None}
    if marked.keys() != numbered or not all(isinstance(mark, bool) for mark in marked.values()):
        raise row.wrong("confirmed 应对每个有条号的版本写 true 或 false。", "confirmed")
    return dict(marked)
