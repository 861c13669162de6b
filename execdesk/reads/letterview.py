"""A letter of authority in words."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.session import Session
from execdesk.records.people import Delegation, GrantState, Person


@dataclass(frozen=True)
class LetterView:
    """A letter of authority as a person reads it."""

    letter: str
    person: str
    matters: tuple[str, ...]
    term: str
    state_words: str


def letter_view(session: Session, row: Delegation) -> LetterView:
    """One letter in words."""
    names = tuple("全部（法律留给院长的除外）" if m == "all" else (found.name if (found := session.authority.matter(m)) else m) for m in row.matters)
    words = row.state_words
    if row.revoked_on:
        words = f"{row.revoked_on} 撤销"
    elif row.state == GrantState.EFFECTIVE and row.ends_on < session.day:
        words = "已届满"
    return LetterView(row.letter, Person.get_by_id(row.person).name, names, f"{row.starts_on} 至 {row.ends_on}", words)
