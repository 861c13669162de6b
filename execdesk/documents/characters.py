"""Characters that a court may have to draw itself."""

from __future__ import annotations

from execdesk.law.spelling import may_be_hanzi


def may_be_drawn(text: str) -> bool:
    """Whether ``text`` is one hanzi, or one code point of private use that stands for one: what a font's character may be."""
    return len(text) == 1 and may_be_hanzi(text)


def named(character: str) -> str:
    """A character as a sentence names it, by its code point too, since not every screen can show it."""
    return f"「{character}」（U+{ord(character):04X}）"
