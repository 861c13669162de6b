"""Citations by signing day: topic tokens in, the words the court prints out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from execdesk.law.articletables import ArticlePlace, ArticleTable, UnknownToken, parse_token, table_of
from execdesk.law.book import LawBook
from execdesk.law.numerals import article_in_words, number_in_words
from execdesk.law.refusal import Refusal
from execdesk.law.sources import KINDS, Source


@dataclass(frozen=True)
class Article:
    """One topic in the version in force on a day; ``cite`` is the whole citation."""

    statute_title: str
    article: int
    cite: str
    confirmed: bool
    topic: str
    name: str
    source: str


@dataclass(frozen=True)
class Cited:
    """One place within a citation: its token, its words (第二百四十二条第一款), whether the number is confirmed; 0: not named."""

    token: str
    words: str
    confirmed: bool
    first: int
    last: int
    paragraph: int
    item: int


@dataclass(frozen=True)
class Citation:
    """All places of one statute, in the order printed."""

    title: str
    source: str
    places: tuple[Cited, ...]
    cite: str

    @property
    def confirmed(self) -> bool:
        """Whether every article number in it is confirmed."""
        return all(place.confirmed for place in self.places)


@dataclass(frozen=True)
class CitationChange:
    """One place whose words differ between two signing days; ``None`` where it cannot be cited on that day."""

    token: str
    statute_title: str
    old: str | None
    new: str | None


def is_token(book: LawBook, token: str) -> bool:
    """Whether a citation token, such as ``CPL:deposit_measures#1``, leads anywhere."""
    try:
        return bool(parse_token(token, book.tables, book.sources))
    except UnknownToken:
        return False


def article(book: LawBook, topic: str, on: date, statute: str = "cpl") -> Article:
    """The article of ``topic`` (id, or the words it is called by) in the version of ``statute`` (id or token) in force on ``on``.

    Raises Refusal ``law.unknown`` for an unknown statute or topic, ``law.not_in_force`` where no version holds or the
    version has no such article.
    """
    table = table_of(book.tables, statute)
    if table is None:
        raise Refusal(f"没有法规「{statute}」的条文表，已有：{'、'.join(book.tables)}。", code="law.unknown")
    (place,) = _parse(book, f"{table.token}:{_called(table, topic)}")
    source, cited = _resolve(book, place, on)
    words = article_in_words(cited.first)
    return Article(
        source.cited_title, cited.first, source.cited_title + words, cited.confirmed,
        place.topic, table.topics[place.topic].name, source.id,
    )  # fmt: skip


def _called(table: ArticleTable, topic: str) -> str:
    """The id of a topic that is called by its words, or by a part of them that no other has; any other text as it is."""
    if topic.isascii():
        return topic
    found = {key: row.name for key, row in table.topics.items() if topic in row.name}
    if topic in found.values():
        found = {key: name for key, name in found.items() if name == topic}
    if not found:
        raise Refusal(f"{table.name}的条文表没有「{topic}」，请在「法规参数」中查找条文。", code="law.unknown")
    (first, *others) = found
    if others:
        raise Refusal(f"{table.name}的条文表中，叫「{topic}」的有好几条：{'；'.join(found.values())}。请写全名称。", code="law.unknown")
    return first


def cite(book: LawBook, tokens: Sequence[str], on: date) -> str:
    """``tokens`` as one printed citation: 《…法》第…条、第…条、《…〈…〉的解释》第…条, each title once, law first."""
    return "、".join(citation.cite for citation in citations(book, tokens, on))


def citations(book: LawBook, tokens: Sequence[str], on: date) -> tuple[Citation, ...]:
    """One citation for each statute named by ``tokens``, laws before interpretations, articles ascending, none twice.

    Raises Refusal ``law.unknown`` or ``law.not_in_force`` as :func:`article`.
    """
    found: dict[str, tuple[Source, list[Cited]]] = {}
    for token in tokens:
        for place in _parse(book, token):
            source, cited = _resolve(book, place, on)
            places = found.setdefault(source.id, (source, []))[1]
            if all(_position(cited) != _position(other) for other in places):
                places.append(cited)
    ordered = sorted(found.values(), key=lambda pair: KINDS.index(pair[0].kind))
    return tuple(_citation(source, tuple(sorted(places, key=_position))) for source, places in ordered)


def changes(book: LawBook, tokens: Sequence[str], old_day: date, new_day: date) -> tuple[CitationChange, ...]:
    """What changes in the citations when a draft of ``old_day`` is signed on ``new_day``, in the order of the tokens.

    A place that cannot be cited on one of the days has ``None`` there. Raises Refusal ``law.unknown`` for unknown tokens.
    """
    found = []
    for token in tokens:
        for place in _parse(book, token):
            (title_then, then), (title_now, now) = _words(book, place, old_day), _words(book, place, new_day)
            if (title_then, then) != (title_now, now):
                found.append(CitationChange(token, title_now or title_then, then, now))
    return tuple(found)


def _words(book: LawBook, place: ArticlePlace, on: date) -> tuple[str, str | None]:
    try:
        source, cited = _resolve(book, place, on)
    except Refusal:
        return "", None
    return source.cited_title, cited.words


def _parse(book: LawBook, token: str) -> tuple[ArticlePlace, ...]:
    try:
        return parse_token(token, book.tables, book.sources)
    except UnknownToken as error:
        raise Refusal(f"{error}。请在「法规参数」中查找条文。", code="law.unknown") from error


def _resolve(book: LawBook, place: ArticlePlace, on: date) -> tuple[Source, Cited]:
    table = table_of(book.tables, place.head)
    if table is None:
        return _fixed(book.sources[place.head], place, on)
    version, source = _version(table, on)
    topic = table.topics[place.topic]
    number = topic.articles[version]
    if number is None:
        known = "、".join(
            f"{table.versions[name].span}为{article_in_words(other)}" for name, other in topic.articles.items() if other
        )
        raise Refusal(
            f"{source.cited_title}{source.span}的文本没有「{topic.name}」一条，{on} 不能引用。已知：{known}。请改引现行条文。",
            code="law.not_in_force",
        )
    return source, _cited(place, number, number, topic.confirmed[version])


def _fixed(source: Source, place: ArticlePlace, on: date) -> tuple[Source, Cited]:
    if not source.in_force(on):
        raise Refusal(
            f"{source.cited_title}（{source.doc_no}）{source.span}施行，{on} 不能引用。请核对落款日期，或改引当日有效的文件。",
            code="law.not_in_force",
        )
    return source, _cited(place, place.first or 0, place.last or 0, source.seen != "未见")


def _version(table: ArticleTable, on: date) -> tuple[str, Source]:
    for name, source in table.versions.items():
        if source.in_force(on):
            return name, source
    known = "；".join(f"{source.doc_no} {source.span}" for source in table.versions.values())
    raise Refusal(f"没有 {on} 有效的{table.name}条文。已知：{known}。请核对落款日期。", code="law.not_in_force")


def _cited(place: ArticlePlace, first: int, last: int, confirmed: bool) -> Cited:
    if not first:
        words = ""
    elif first == last:
        words = article_in_words(first, place.paragraph, place.item)
    else:
        words = f"{article_in_words(first)}至{article_in_words(last)}"
    return Cited(place.token, words, confirmed, first, last, place.paragraph or 0, place.item or 0)


def _position(cited: Cited) -> tuple[int, int, int, int]:
    return cited.first, cited.last, cited.paragraph, cited.item


def _citation(source: Source, places: tuple[Cited, ...]) -> Citation:
    parts: list[str] = []
    before: Cited | None = None
    for place in places:
        if place.words:
            parts.append(_continued(before, place))
            before = place
    return Citation(source.cited_title, source.id, places, source.cited_title + "、".join(parts))


def _continued(before: Cited | None, place: Cited) -> str:
    """The words of ``place`` without what it shares with the one before: 第一款第三项、第六项."""
    if before is None or (before.first, before.last) != (place.first, place.last) or not before.words:
        return place.words
    if place.paragraph and before.paragraph == place.paragraph and before.item and place.item:
        return f"第{number_in_words(place.item)}项"
    if place.item and not place.paragraph and not before.paragraph and before.item:
        return f"第{number_in_words(place.item)}项"
    if place.paragraph and before.paragraph and before.paragraph != place.paragraph:
        return place.words.removeprefix(article_in_words(place.first))
    return place.words
