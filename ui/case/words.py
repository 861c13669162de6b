"""Words the case pages share: days, masked numbers of identity."""

from __future__ import annotations

from datetime import date

from execdesk.law.identity import hidden


def day_words(day: date | None) -> str:
    """A day or a dash."""
    return day.isoformat() if day else "—"


def masked(number: str) -> str:
    """A number of identity with its middle hidden: 460033********0017."""
    return hidden(number) if number else "未登记"
