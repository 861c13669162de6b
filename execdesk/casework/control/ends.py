"""The ends of control measures: reckoned from the day of effect, printed in the ruling, told by the bank."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.law.book import LawBook
from execdesk.law.control import control_end
from execdesk.law.refusal import Refusal


def computed_end(book: LawBook, kind: str, start: date, months: int, words: str = "自生效日") -> list[tuple[str, date]]:
    """The end that follows from the day of effect. Where the recorded term is longer than the law of that day allows (an old
    record, or a figure corrected since), the longest lawful term rules, so that the list warns too early rather than not at all."""
    try:
        return [(f"{words}推算", control_end(book, kind, start, months).ends_on)]
    except Refusal as refusal:
        if refusal.code != "control.term":
            return []
        return [(f"{words}按法定最长期限推算", control_end(book, kind, start).ends_on)]


def counted_from(rank: int, served_on: date | None, effective_on: date | None) -> tuple[date | None, str]:
    """The day a term is counted from, and what day it is: of effect, or for one that still waits of its registration, since some
    registries count from there (control.waiting.term_start)."""
    if effective_on is None and rank > 1:
        return served_on, "自轮候登记日"
    return effective_on, "自生效日"


def counted_of(measure: Any) -> tuple[date | None, str]:
    """The day the term of a measure is counted from; none for a renewal, whose paper prints its end."""
    return (None, "") if measure.renewed_from else counted_from(measure.rank, measure.served_on, measure.effective_on)


class Ends:
    """The recorded ends of measures, each with its source; many share kind, day and length of their term."""

    def __init__(self, book: LawBook) -> None:
        self._book = book
        self._kept: dict[tuple[str, date, int, str], list[tuple[str, date]]] = {}

    def of(self, measure: Any) -> tuple[tuple[str, date], ...]:
        """Every recorded end of a measure (a record, or a row under its names): reckoned over its term from the day it is counted
        from, where both are known; printed; told by the bank. The earliest rules."""
        found: list[tuple[str, date]] = []
        start, words = counted_of(measure)
        if start and measure.months and measure.term_kind:
            found += self._computed(measure.term_kind, start, measure.months, words)
        if measure.end_printed:
            found.append(("文书载明", measure.end_printed))
        if measure.end_told:
            found.append(("回执载明", measure.end_told))
        return tuple(found)

    def _computed(self, kind: str, start: date, months: int, words: str) -> list[tuple[str, date]]:
        key = (kind, start, months, words)
        if key not in self._kept:
            self._kept[key] = computed_end(self._book, *key)
        return self._kept[key]
