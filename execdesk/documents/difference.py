"""What differs between two texts, word by word and line by line, so that it can be read, and applied: old and difference give the new one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_TOKENS = re.compile(r"\{[^{}]*\}|\d+|[A-Za-z]+|.", re.DOTALL)  # a slot, a number and a word of letters change as one
_SHORT = 2  # so few signs between two changes are read with them
_ALIKE = 0.3  # lines less alike than this are one gone and one new


@dataclass(frozen=True)
class Piece:
    """Some signs that both texts have, or that only the old one (``gone``) or only the new one has. ``kind`` is one of these three."""

    kind: str
    text: str


@dataclass(frozen=True)
class LinePair:
    """A line of the old text and the one of the new text it became; ``None`` where it is new, or gone. ``number`` counts the new lines from 1."""

    old: str | None
    new: str | None
    pieces: tuple[Piece, ...]
    old_at: int | None = None  # places in the two texts, from 0
    new_at: int | None = None

    @property
    def changed(self) -> bool:
        """Whether they differ."""
        return self.old != self.new


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """What became of ``old``: what is gone stands before what came in its place."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    found: list[tuple[str, str]] = []  # (old, new) in turn: equal where both are the same
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found.append(("".join(before[a:b]), "".join(after[c:d])) if kind != "equal" else ("".join(before[a:b]),) * 2)
    return tuple(_read_together(found))


def _read_together(found: Sequence[tuple[str, str]]) -> Iterator[Piece]:
    """Changes with but a sign or two between them are one change: single signs in common are chance, and hard to read."""
    gone, new = "", ""
    for place, (old, fresh) in enumerate(found):
        inside = old == fresh and len(old) <= _SHORT and (gone or new) and place + 1 < len(found)
        if old != fresh or inside:
            gone, new = gone + old, new + fresh
            continue
        yield from _change(gone, new)
        gone, new = "", ""
        yield Piece(SAME, old)
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone == new:
        yield from ([Piece(SAME, gone)] if gone else ())
        return
    yield from (piece for piece in (Piece(GONE, gone), Piece(NEW, new)) if piece.text)


def applied(old: str, difference: Iterable[Piece]) -> str:
    """The new text.

    Raises:
        ValueError: the difference is not one of this text.
    """
    parts = list(difference)
    if "".join(piece.text for piece in parts if piece.kind != NEW) != old:
        raise ValueError("the difference is of another text")
    return "".join(piece.text for piece in parts if piece.kind != GONE)


def line_pairs(old: Sequence[str], new: Sequence[str]) -> tuple[LinePair, ...]:
    """The lines of two texts side by side, in the order of both."""
    found: list[LinePair] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [LinePair(old[a + n], old[a + n], (Piece(SAME, old[a + n]),) if old[a + n] else (), a + n, c + n) for n in range(b - a)]
        else:
            found += _changed(old, new, range(a, b), range(c, d))
    return tuple(found)


def _changed(old: Sequence[str], new: Sequence[str], before: range, after: range) -> Iterator[LinePair]:
    """Some lines in place of others: as many as there were one for one, else each with the next one that it resembles."""
    if len(before) == len(after):
        yield from (LinePair(old[a], new[n], pieces(old[a], new[n]), a, n) for a, n in zip(before, after, strict=True))
        return
    left = list(after)
    for a in before:
        like = next((n for n in left if _alike(old[a], new[n])), None)
        if like is None:
            yield LinePair(old[a], None, (Piece(GONE, old[a]),) if old[a] else (), a, None)
            continue
        while left[0] != like:
            n = left.pop(0)
            yield LinePair(None, new[n], (Piece(NEW, new[n]),) if new[n] else (), None, n)
        left.pop(0)
        yield LinePair(old[a], new[like], pieces(old[a], new[like]), a, like)
    yield from (LinePair(None, new[n], (Piece(NEW, new[n]),) if new[n] else (), None, n) for n in left)


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() > _ALIKE
