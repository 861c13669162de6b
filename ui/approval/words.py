"""Words the office pages share."""

from __future__ import annotations


def narrow(number: str) -> str:
    """A case number with narrow brackets, as lists and pages show it."""
    return number.replace("（", "(").replace("）", ")")
