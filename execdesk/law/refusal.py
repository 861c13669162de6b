"""The one form in which the law or the situation says no."""

from __future__ import annotations

import re
from dataclasses import dataclass

from execdesk.law.unseen import visible

_LONG = 300  # characters of one quoted thing: more than any name, number or path that a person would read
_QUOTED = re.compile(f"([「“])([^「」“”]{{{_LONG},}})([」”])")
_KEPT = 60


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

    What was typed is named without unseen signs, and short where it is endless. ``code`` is stable and short (``authority.level``); ``clauses`` quote what forbids; ``ways`` name up to three ways on.
    ``field`` is the field of the form that would have to say something else, where it is one.
    """

    def __init__(
        self, text: str, *, code: str = "refused", clauses: tuple[Clause, ...] = (), ways: tuple[WayOn, ...] = (),
        field: str = "",
    ) -> None:
        self.text = _QUOTED.sub(lambda found: f"{found[1]}{found[2][:_KEPT]}…{found[3]}", visible(text)).replace("\t", " ")
        super().__init__(self.text)
        self.code = code
        self.clauses = clauses
        self.ways = ways
        self.field = field
