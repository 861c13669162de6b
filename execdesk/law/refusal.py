"""The one form in which the law or the situation says no."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """A quoted sentence with the document and article it stands in."""

    quote: str
    source: str


@dataclass(frozen=True)
class WayOn:
    """What the person can do instead: a label, and the action or topic behind it."""

    label: str
    action: str = ""


class Refusal(Exception):
    """The law or the situation says no; ``text`` is shown to the user as it stands.

    ``code`` is stable and short (``authority.level``); ``clauses`` quote what forbids; ``ways`` name up to three ways on.
    """

    def __init__(
        self, text: str, *, code: str = "refused", clauses: tuple[Clause, ...] = (), ways: tuple[WayOn, ...] = ()
    ) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        self.clauses = clauses
        self.ways = ways
