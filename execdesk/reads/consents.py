"""What one key consents to, as the approval tab shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from execdesk.reads.texts import Difference


@dataclass(frozen=True)
class Consent:
    """One matter to which one key consents: its action with its values, what it is about, and what was done under it already.

    Of a text of the court's own: what it changes (``difference``), and its type and version, whose ``pages`` stand beside. What is to be
    looked through piece by piece is decided on its own page: ``place`` leads there, and ``action`` is empty.
    """

    key: str
    title: str
    day: date | None
    action: str
    values: Mapping[str, Any]
    below: str
    button: str
    why: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...] = field(default=())
    specimen: str = ""  # a glyph to look at
    difference: Difference | None = None
    pages: tuple[str, str] = ("", "")
    place: str = ""
