"""What every question to the board says: at which place in the order of lines, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from peewee import Database

from execdesk.access.session import Session
from execdesk.records.base import moment_text
from execdesk.records.board import NEVER
from execdesk.store import rows
from execdesk.store.chains import place_at
from execdesk.store.clock import COURT_TIME


@dataclass(frozen=True)
class Asked:
    """The day a list is for, and the last place in the order of lines that counts; none for the present."""

    on: date
    place: int | None = None


@dataclass
class Where:
    """Conditions with their values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, text: str, *values: Any) -> None:
        """One more that must hold."""
        self.parts.append(text)
        self.values += values

    @property
    def text(self) -> str:
        """All of them in one."""
        return " AND ".join(self.parts)


def asked_on(session: Session, known_on: date | None) -> Asked:
    """Today as it stands, or a past day as it was known when it ended."""
    if known_on is None:
        return Asked(session.day)
    ended = datetime.combine(known_on + timedelta(days=1), time(), COURT_TIME).astimezone(UTC) - timedelta(milliseconds=1)
    return Asked(known_on, place_at(session.store.base, moment_text(ended)))


def alive(name: str, asked: Asked, mark: str) -> tuple[Any, ...]:
    """The condition, with its values, that a row of the board stands."""
    if asked.place is None:
        return f'{name}."until" = {mark}', NEVER
    return f'{name}."since" <= {mark} AND {name}."until" > {mark}', asked.place, asked.place


def stands(name: str, asked: Asked) -> str:
    """The same without values, for the inside of a question that has others."""
    return f'{name}."until" = {NEVER}' if asked.place is None else f'{name}."since" <= {int(asked.place)} AND {name}."until" > {int(asked.place)}'


def marks(mark: str, values: Sequence[Any]) -> str:
    """As many marks as there are values."""
    return ", ".join([mark] * len(values))


def like(base: Database, column: str) -> str:
    """A column holds a pattern, upper and lower case alike."""
    return f"{column} {'ILIKE' if rows.on_server(base) else 'LIKE'} {base.param} ESCAPE '\\'"


def pattern(word: str) -> str:
    """What :func:`like` is to look for: a word anywhere."""
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
