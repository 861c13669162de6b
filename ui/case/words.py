"""Words the case pages share: narrow numbers, money, days, masked numbers of identity."""

from __future__ import annotations

from datetime import date

from ui.fields import money


def narrow(number: str) -> str:
    """A case number with narrow brackets, as lists and pages show it."""
    return number.replace("（", "(").replace("）", ")")


def sum_words(fen: int | None, unknown: str = "未查") -> str:
    """An amount; zero, unknown and none differ."""
    return unknown if fen is None else money(fen)


def left_words(days: int | None) -> str:
    """剩 6 天, 超期 3 天, 今天到期."""
    if days is None:
        return "—"
    if days < 0:
        return f"超期 {-days} 天"
    return f"剩 {days} 天" if days else "今天到期"


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


def percent(recovered: int | None, claim: int | None) -> str:
    """How much has come in."""
    if recovered is None:
        return "未查"
    if not claim:
        return "—"
    return f"{recovered * 100 // claim}%"
