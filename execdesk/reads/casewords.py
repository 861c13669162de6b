"""How lists and pages of cases write what they show: narrow numbers, amounts, days left, what has come in."""

from __future__ import annotations

from execdesk.law.words import amount_in_list


def narrow(number: str) -> str:
    """A case number with narrow brackets, as lists and pages show it."""
    return number.replace("（", "(").replace("）", ")")


def sum_words(fen: int | None, unknown: str = "未查") -> str:
    """An amount; zero, unknown and none differ."""
    return unknown if fen is None else amount_in_list(fen)


def left_words(days: int | None) -> str:
    """剩 6 天, 超期 3 天, 今天到期."""
    if days is None:
        return "—"
    if days < 0:
        return f"超期 {-days} 天"
    return f"剩 {days} 天" if days else "今天到期"


def percent(recovered: int | None, claim: int | None) -> str:
    """How much has come in."""
    if recovered is None:
        return "未查"
    if not claim:
        return "—"
    return f"{recovered * 100 // claim}%"
