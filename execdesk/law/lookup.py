"""Asking the book for a figure that may not stand yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.values import DatedValue

if TYPE_CHECKING:
    from execdesk.law.book import LawBook


def in_force(book: LawBook, key: str, on: date) -> DatedValue | None:
    """The version of ``key`` in force on ``on``, ``None`` where there is none."""
    for version in book.history(key):
        if (version.valid_from or date.min) <= on <= (version.valid_to or date.max):
            return version
    return None
