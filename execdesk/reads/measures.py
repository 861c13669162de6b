"""到期: every live control measure by its end, with days left; made for thousands on one screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.settings import CONTROL, bureau_settings
from execdesk.reads.boarding import board_of
from execdesk.reads.boardsql import Asked, alive, asked_on
from execdesk.records.board import BoardCase, BoardMeasure, BoardTerm, BoardWorker
from execdesk.records.court import Group
from execdesk.records.measures import MEASURE_MOVES, MeasureState
from execdesk.records.people import Person


@dataclass(frozen=True, slots=True)
class ExpiryRow:
    """A live measure: ``ends_on`` the earliest recorded end and ``rules`` which one that is; ``urgency`` is lapsed, soon, later or unknown.

    ``kind`` is what kind of property it lies on, in words; ``control`` freeze, seize or impound; ``group`` the name of the case's group,
    empty where it has none; ``live`` whether it is in effect.
    """

    id: str
    number: str
    title: str
    kind: str
    amount_fen: int | None
    owner: str
    judge: str
    ends_on: date | None
    days_left: int | None
    rules: str
    urgency: str
    state_words: str
    control: str = "freeze"
    group: str = ""
    live: bool = False


@dataclass(frozen=True)
class Expiry:
    """All live measures, the nearest end first, those without a known end last; ``soon_days`` is when one counts as near; ``groups`` in their order."""

    rows: tuple[ExpiryRow, ...]
    soon_days: int
    day: date
    groups: tuple[str, ...] = ()


def expiry(session: Session) -> Expiry:
    """All live measures as the board has them: each with its end, its case and the judge in charge today. What has no term by law is not
    here: it does not end."""
    board_of(session)
    asked, soon = asked_on(session, None), bureau_settings(session.resources).control_days
    kinds = {kind.id: kind.name for kind in property_kinds(session.resources).all}
    rows = tuple(_row(values, kinds, asked.on, soon) for values in _entries(session, asked))
    return Expiry(rows, soon, asked.on, tuple(group.name for group in Group.select().where(Group.struck.is_null()).order_by(Group.id)))


_MEASURE, _TERM, _CASE, _WORKER = (f'"{model._meta.table_name}"' for model in (BoardMeasure, BoardTerm, BoardCase, BoardWorker))


def _entries(session: Session, asked: Asked) -> list[tuple[Any, ...]]:
    """The nearest end first, those without one last; of several judges the one who came last."""
    base, day = session.store.base, asked.on.isoformat()
    conditions, values = [], list[Any]()
    for name in ("w", "m", "t", "c"):
        text, *more = alive(name, asked, base.param)
        conditions.append(text)
        values += [*more, *{"w": ("judge", day, day), "m": (), "t": (CONTROL,), "c": (day, day)}[name]]
    mark = base.param
    judge = (
        f'SELECT p."name" FROM {_WORKER} w JOIN "{Person._meta.table_name}" p ON p."id" = w."person" WHERE w."case" = m."case" AND {conditions[0]} '
        f'AND w."role" = {mark} AND w."from_on" <= {mark} AND w."to_on" >= {mark} ORDER BY w."from_on" DESC, w."row" DESC LIMIT 1'
    )
    query = (
        f'SELECT m."row", c."number", m."title", m."kind", m."control", m."amount_fen", m."owner", m."words", t."due_on", t."told_by", g."name", ({judge}) '
        f'FROM {_MEASURE} m JOIN {_TERM} t ON t."case" = m."case" AND t."row" = m."row" JOIN {_CASE} c ON c."case" = m."case" '
        f'LEFT JOIN "{Group._meta.table_name}" g ON g."id" = c."group" WHERE {conditions[1]} AND {conditions[2]} AND t."kind" = {mark} '
        f'AND {conditions[3]} AND c."from_on" <= {mark} AND c."to_on" >= {mark} ORDER BY t."due_on" IS NULL, t."due_on", c."number", m."row"'
    )
    found: list[tuple[Any, ...]] = base.execute_sql(query, values).fetchall()
    return found


def _row(values: tuple[Any, ...], kinds: dict[str, str], day: date, soon: int) -> ExpiryRow:
    row, number, title, kind, control, amount, owner, words, due, told_by, group, judge = values
    ends_on = date.fromisoformat(due) if due else None
    left = (ends_on - day).days if ends_on else None
    urgency = "unknown" if left is None else "lapsed" if left < 0 else "soon" if left <= soon else "later"
    return ExpiryRow(
        row, number, title, kinds.get(kind, ""), amount, owner, judge or "未定", ends_on, left, told_by, urgency,
        "已届满" if urgency == "lapsed" else words, control, group or "",
        words == MEASURE_MOVES.words[MeasureState.LIVE],
    )
