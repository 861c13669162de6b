"""Words the case pages share: days, masked numbers of identity."""

from __future__ import annotations

from datetime import date


def day_words(day: date | None) -> str:
    """A day or a dash."""
    return day.isoformat() if day else "—"


def masked(number: str) -> str:
    """A number of identity with its middle hidden: 460033********0017."""
    if not number:
        return "未登记"
    if len(number) <= 8:
        return number[:2] + "*" * (len(number) - 2)
    head = 6 if len(number) >= 15 else 4
    return number[:head] + "*" * (len(number) - head - 4) + number[-4:]
