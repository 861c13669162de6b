"""What one cell says: a value, a question for a person, or a refusal; nothing is guessed silently."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Generic, Literal, TypeVar

from execdesk.fields.privateuse import KNOWN

CellKind = Literal["text", "number", "date", "bool", "error", "formula"]
CellValue = str | int | float | bool | date | datetime | None

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Cell:
    """One used cell. ``value`` is what was last shown, ``text`` the same as text, ``formula`` what stands behind it.

    ``kind`` is ``formula`` only where a formula stands in the cell and the file keeps no shown value (``value`` is None).
    ``merged`` names the cell whose value this one shows because both were merged.
    """

    column: str
    value: CellValue
    text: str
    kind: CellKind
    formula: str | None = None
    merged: str = ""


@dataclass(frozen=True)
class Note:
    """A warning that does not stop the import: stable code and sentence."""

    code: str
    text: str


@dataclass(frozen=True)
class Option(Generic[T_co]):
    """One answer a person can choose: ``key`` names it (with its value in it), ``ground`` says what speaks for it."""

    key: str
    label: str
    value: T_co | None
    ground: str = ""


@dataclass(frozen=True)
class Value(Generic[T_co]):
    """What the cell says beyond doubt."""

    value: T_co
    warnings: tuple[Note, ...] = ()


@dataclass(frozen=True)
class CellDecision(Generic[T_co]):
    """What a person must settle: options with grounds; ``proposal`` is the key of the likelier one, or empty."""

    code: str
    text: str
    options: tuple[Option[T_co], ...]
    proposal: str = ""


@dataclass(frozen=True)
class Refused:
    """What cannot be taken in at all, with the reason and what to do."""

    code: str
    text: str


Answer = Value[T] | CellDecision[T] | Refused


def tidy(text: str) -> str:
    """Half width, blanks and line ends kept single, no invisible characters, no leading apostrophe."""
    return _tidy(text) if len(text) > _CACHED else _tidy_cached(text)


def compact(text: str) -> str:
    """:func:`tidy` without any blanks."""
    return _compact(text) if len(text) > _CACHED else _compact_cached(text)


def visible(text: str) -> str:
    """``text`` in half width without what cannot be seen; line ends and tabs stay, and so do characters of private use, mapped
    where it is known which they are."""
    folded = unicodedata.normalize("NFKC", text)
    if folded.replace("\n", "").replace("\t", "").isprintable():
        return folded
    folded = folded.translate(KNOWN)
    return "".join(c for c in folded if c in "\n\t" or unicodedata.category(c) not in ("Cf", "Cc"))


def _tidy(text: str) -> str:
    seen = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [" ".join(line.split()) for line in seen.split("\n")]
    return "\n".join(line for line in lines if line).strip().lstrip("'‘’").strip()


def _compact(text: str) -> str:
    return "".join(_tidy(text).split())


_CACHED = 60  # characters; cells repeat (names, towns, modes), long texts do not
_tidy_cached, _compact_cached = lru_cache(maxsize=20_000)(_tidy), lru_cache(maxsize=20_000)(_compact)


def wider(names: str) -> str:
    """Text for the person: brackets and punctuation full width as Chinese text has them."""
    return names.replace("(", "（").replace(")", "）")
