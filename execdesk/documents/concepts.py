"""Citations by concept in words that a person reads and writes: 民事诉讼法：存款的查询、冻结、划拨 instead of the token in the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from execdesk.law.articles import is_token
from execdesk.law.book import LawBook

_TOKEN = re.compile(r"([A-Z0-9]+):([a-z0-9_]+)(?:#(\d+)?(?:\.(\d+))?)?")
_PART = re.compile(r"(.+?)(?:第(\d+)款)?(?:第(\d+)项)?")
_ARTICLE = re.compile(r"(.+)：第(\d+)条")


class Concepts:
    """The concepts that a book of law knows, by words and by token; ``words`` and ``token`` turn one into the other and back."""

    def __init__(self, book: LawBook) -> None:
        self._book = book
        self._heads: dict[str, str] = dict(_heads(book))
        self._tokens = {words: head for head, words in self._heads.items()}

    def words(self, token: str) -> str:
        """A token in words; one that has none stays as it is."""
        found = _TOKEN.fullmatch(token)
        if not found:
            return token
        head, number = f"{found[1]}:{found[2]}", found[2].isdigit()
        known = f"{self._heads[found[1]]}：第{found[2]}条" if number and found[1] in self._heads else self._heads.get(head)
        words = f"{known}{f'第{found[3]}款' if found[3] else ''}{f'第{found[4]}项' if found[4] else ''}" if known else token
        return words if self.token(words) == token else token

    def token(self, words: str) -> str | None:
        """The token that words mean; ``None`` where they mean none."""
        plain = words.strip()
        if is_token(self._book, plain):
            return plain
        found = _PART.fullmatch(plain)
        for name, part in ((plain, ""), (found[1], _part(found[2], found[3])) if found else ("", "")):
            token = self._tokens.get(name, "")
            if not token and (article := _ARTICLE.fullmatch(name)) and article[1] in self._tokens:
                token = f"{self._tokens[article[1]]}:{article[2]}"
            if ":" in token and is_token(self._book, token + part):
                return token + part
        return None

    def near(self, words: str) -> list[str]:
        """Up to three concepts that are written much like these words."""
        return get_close_matches(words, list(self._tokens), n=3, cutoff=0.4)

    def all(self) -> list[str]:
        """Every concept of the tables of articles in words, to choose from."""
        return [words for head, words in self._heads.items() if ":" in head]


def _part(paragraph: str | None, item: str | None) -> str:
    return f"#{paragraph or ''}{f'.{item}' if item else ''}" if paragraph or item else ""


def _heads(book: LawBook) -> Iterator[tuple[str, str]]:
    """Topics and fixed texts with the words they are called by; words that two of them bear belong to neither."""
    found = [(f"{table.token}:{name}", f"{table.name}：{topic.name}") for table in book.tables.values() for name, topic in table.topics.items()]
    found += [(name, source.title) for name, source in book.sources.items()]
    counts: dict[str, int] = {}
    for _, words in found:
        counts[words] = counts.get(words, 0) + 1
    yield from ((token, words) for token, words in found if counts[words] == 1)
