"""What banks and registries answer, as data: the heads of a query, what their columns are called, which words mean that there is nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from execdesk.law.datafile import read_plain


@dataclass(frozen=True)
class FeedbackHead:
    """A head of a query: ``kind`` is the kind of property its answers become, empty where they become none yet; ``sheets`` what elements and
    sheets with its answers are called; ``identifiers`` name the identifier that a column fills; ``in_law`` is the sort of ``tnr.query_heads``
    that it answers for, empty where the law asks for none."""

    id: str
    name: str
    kind: str
    sheets: frozenset[str]
    identifiers: Mapping[str, str]
    in_law: str = ""


@dataclass(frozen=True)
class FeedbackWords:
    """``resources/search/feedback.toml``. ``marks`` are id, name and words."""

    heads: tuple[FeedbackHead, ...]
    columns: Mapping[str, str]  # a heading as it is compared → the column
    nothing: frozenset[str]
    marks: tuple[tuple[str, str, tuple[str, ...]], ...]

    def head(self, name: str) -> FeedbackHead:
        """A head by id. Raises KeyError for an unknown one."""
        return {one.id: one for one in self.heads}[name]

    def of_sheet(self, name: str) -> FeedbackHead | None:
        """The head whose answers stand in a sheet or element of this name."""
        return next((one for one in self.heads if plain(name) in one.sheets), None)

    def marks_in(self, text: str) -> list[str]:
        """The marks that the words about an account bear."""
        return [mark for mark, _name, words in self.marks if any(word in text for word in words)]


def plain(heading: str) -> str:
    """A heading as it is compared: without spaces and signs, in one width and case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", heading).casefold() if sign.isalnum())


@lru_cache(maxsize=4)
def feedback_words(resources: Path) -> FeedbackWords:
    """The data of a folder of resources, read once."""
    return read_plain(resources / "search" / "feedback.toml", _read)


def _read(data: dict[str, Any]) -> FeedbackWords:
    heads = tuple(
        FeedbackHead(row["id"], row["name"], row.get("kind", ""), frozenset(map(plain, row["sheets"])), dict(row.get("identifier", {})), row.get("in_law", "")) for row in data["head"]
    )
    columns = {plain(heading): column for column, headings in data["columns"].items() for heading in headings}
    marks = tuple((row["id"], row["name"], tuple(row["words"])) for row in data["mark"])
    return FeedbackWords(heads, columns, frozenset(map(plain, data["nothing"]["words"])), marks)
