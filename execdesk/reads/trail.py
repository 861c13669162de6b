"""留痕 of a case: who did what when, in words, newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from execdesk.access.register import act_words
from execdesk.access.session import Session, everybody
from execdesk.records.journal import Line, Touch
from execdesk.records.words import TABLES
from execdesk.store.clock import COURT_TIME
from execdesk.store.store import utc


@dataclass(frozen=True)
class TrailRow:
    """One line of the journal as a person reads it."""

    line: str
    at: str
    person: str
    act: str
    reason: str
    touched: str
    hash: str


def trail_of(session: Session, case: str, limit: int = 500) -> tuple[TrailRow, ...]:
    """The lines of a case, newest first."""
    people = {row: person.name for row, person in everybody().people.items()}
    touching: Any = Touch.select(Touch.line).where(Touch.table == "Case", Touch.row == case)
    lines = Line.select().where((Line.case_id == case) | Line.taken.in_(touching)).order_by(Line.taken.desc()).limit(limit)
    return tuple(_row(line, people, own=line.case_id == case) for line in lines)


def _row(line: Line, people: dict[str, str], *, own: bool) -> TrailRow:
    data = json.loads(bytes(line.body))
    tables: dict[str, int] = {}
    for table, *_ in data["changes"]:
        tables[table] = tables.get(table, 0) + 1
    touched = "、".join(f"{TABLES.get(t, t)}{n if n > 1 else ''}" for t, n in tables.items()) if own else "案件"
    at = utc(line.at).astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M")
    return TrailRow(line.ref, at, people.get(line.person, "本机"), act_words(line.act), data["reason"], touched, line.hash)
