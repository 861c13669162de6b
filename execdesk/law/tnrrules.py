"""What is the same in every gate of 终结本次执行程序: when a fact counts as done, as answered, as punished."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.tnrfacts import Dated, Known, Punishment
from execdesk.law.values import DatedValue

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

MET, UNMET, UNKNOWN = "具备", "不具备", "查不了"
REAL = frozenset({"fine", "detention"})  # listing belongs to the second gate
Check = tuple[Known, str]  # whether it holds (``None``: nothing recorded), and what lacks where it does not


class TnrRules:
    """The figures used on the day, and what is the same in every gate."""

    def __init__(self, book: LawBook, on: date) -> None:
        self.book, self.on = book, on
        self.basis: list[DatedValue] = []
        self.silent: Known = None if self.use("tnr.silent_duty").value == UNKNOWN else False
        self.annulled_counts = self.use("tnr.annulled_sanction").value == "仍算处罚"

    def use(self, key: str) -> DatedValue:
        """The figure in force, noted once for the sheet."""
        value = self.book.value(key, self.on)
        if value not in self.basis:
            self.basis.append(value)
        return value

    def done(self, fact: Dated, since: date | None = None) -> Known:
        """Whether it happened by the day of the check, and not before ``since``."""
        if not isinstance(fact, date):
            return False if fact is False else None
        return fact <= self.on and (since is None or fact >= since)

    def answers(self, fact: Dated, since: date | None = None) -> Known:
        """:meth:`done` for a duty that shows: without a row it is answered as the court reads it."""
        found = self.done(fact, since)
        return self.silent if found is None else found

    def if_so(self, duty: Known, held: Known, words: str, asked: str) -> Check:
        """A check that matters where ``duty`` shows; whether it does must be recorded unless it was done anyway."""
        if duty is False or held:
            return True, words
        return (None, asked) if duty is None else (held, words)

    def punished(self, punishments: tuple[Punishment, ...] | None, since: date | None) -> Known:
        """A fine or detention that stands; ``None`` where nothing is recorded."""
        if punishments is None:
            return self.silent
        return any(
            p.kind in REAL and (not p.annulled or self.annulled_counts) and self.done(p.made_on, since) for p in punishments
        )
