"""The signs of which nothing is seen, and text without them."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters by their class, and yet nothing is seen of them


def visible(text: str) -> str:
    """``text`` without the signs of which nothing is seen; line ends and tabs stay."""
    if text.isprintable() and _UNSEEN.isdisjoint(text):
        return text
    return "".join(c for c in text if c in "\n\t" or not is_unseen(c))


def is_unseen(sign: str) -> bool:
    """Whether nothing is seen of a sign: control and format signs, halves, fillers, and places of Unicode that never hold one.

    A sign this Python does not know yet stays: it may be a rare character of a name.
    """
    return sign in _UNSEEN or unicodedata.category(sign) in ("Cc", "Cf", "Cs") or _is_nothing(ord(sign))


def _is_nothing(place: int) -> bool:
    return place & 0xFFFE == 0xFFFE or 0xFDD0 <= place <= 0xFDEF
