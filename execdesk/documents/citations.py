"""Citations by concept, in the words of the signing day; and what changes when the day moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from execdesk.documents.texts import TextVersion
from execdesk.law.articles import CitationChange, article, changes, cite
from execdesk.law.book import LawBook
from execdesk.law.words import number_in_words


def citation_words(book: LawBook, tokens: Sequence[str], on: date) -> str:
    """《…法》第…条、《…的解释》第…条 for a document signed on ``on``."""
    return cite(book, tokens, on)


def article_words(book: LawBook, token: str, on: date) -> str:
    """The number alone, as it stands between 第 and 条: 二百四十二."""
    statute, _, topic = token.partition(":")
    return number_in_words(article(book, topic, on, statute).article)


def citation_changes(
    text: TextVersion, book: LawBook, old_day: date, new_day: date, tokens: Sequence[str] | None = None
) -> tuple[CitationChange, ...]:
    """What changes in the citations of a draft moved from ``old_day`` to ``new_day``, old and new words side by side.

    ``tokens`` are those that hold for the facts (``FactScope.tokens``); without them all that the text may cite.
    """
    wanted = [entry.token for entry in text.cite] if tokens is None else list(tokens)
    wanted += [slot.token for slot in text.slots.values() if slot.token]
    return changes(book, tuple(dict.fromkeys(wanted)), old_day, new_day)
