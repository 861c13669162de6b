"""The conditions of a case list: which cases of the board are in it, on a day, for a person, under a filter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.casefile.settings import CONTROL, bureau_settings
from execdesk.reads.boardsql import Asked, Where, alive, like, marks, pattern
from execdesk.records.board import BoardCase, BoardTerm, BoardWaiting, BoardWorker
from execdesk.records.cases import CaseState

FEW = ("todo", "control", "week")  # views that other tables of the board tell
OPEN_VIEWS = ("todo", "late", "soon", "control", "week", "open", "ungrouped")
STATES = {"review": CaseState.REVIEW_OFFICE, "closed": CaseState.CLOSED, "tnr": "tnr"}
CASE, TERM, WAITING, WORKER = (f'"{model._meta.table_name}"' for model in (BoardCase, BoardTerm, BoardWaiting, BoardWorker))


@dataclass(frozen=True)
class ListFilter:
    """What a list shows. ``view``: todo late soon control week open ungrouped closed tnr review all; ``judge`` and ``group`` row ids;
    ``needle`` words that must all stand in the number, a party's name or the town; ``known_on`` a past day for what was known at its end."""

    view: str = "open"
    group: str = ""
    town: str = ""
    judge: str = ""
    needle: str = ""
    known_on: date | None = None


class Way(Enum):
    """How the cases of a list are come by, which the database would guess wrong: left to it; from those of the judge, one by one; in the
    order of all cases, the judge asked of each; from few that something else names, the judge asked of each."""

    LEFT = "left"
    JUDGE = "judge"
    ORDER = "order"
    FEW = "few"


def where_of(session: Session, wanted: ListFilter, asked: Asked, way: Way = Way.LEFT) -> Where:
    """The conditions of a list. The sign before a column keeps the database from walking over all cases where they are looked up one by one."""
    where, mark, day = Where(), session.store.base.param, asked.on.isoformat()
    way = Way.FEW if wanted.view in FEW else way
    where.add(*alive("+b" if way in (Way.JUDGE, Way.FEW) else "b", asked, mark))
    if wanted.view in OPEN_VIEWS:
        where.add(f'b."state" = {mark}', CaseState.OPEN)
    elif wanted.view in STATES:
        where.add(f'b."state" = {mark}', STATES[wanted.view])
    where.add(f'b."from_on" <= {mark} AND b."to_on" >= {mark}', day, day)
    if wanted.view == "ungrouped":
        where.add('b."group" IS NULL')
    elif wanted.group:
        where.add(f'b."group" = {mark}', wanted.group)
    if wanted.town:
        where.add(f'b."town" = {mark}', wanted.town)
    if wanted.judge:
        where.add(*(_works_on_each if way in (Way.ORDER, Way.FEW) else _works)(mark, asked, wanted.judge))
    _view(session, wanted.view, asked, where)
    for word in wanted.needle.replace("（", "(").replace("）", ")").split():
        _holds(session, word, where)
    return where


def _view(session: Session, view: str, asked: Asked, where: Where) -> None:
    """What a view of the open cases asks besides."""
    mark, day, settings = session.store.base.param, asked.on, bureau_settings(session.resources)
    if view == "late":
        where.add(f'b."due_on" < {mark}', day.isoformat())
    elif view == "soon":
        where.add(f'b."due_on" BETWEEN {mark} AND {mark}', day.isoformat(), (day + timedelta(days=settings.procedure_days)).isoformat())
    elif view == "control":
        text, *values = _ends_within(mark, asked, day, day + timedelta(days=settings.control_days), "t")
        where.add(f'b."case" IN ({text})', *values)
    elif view == "week":
        monday = day - timedelta(days=day.weekday())
        sunday = monday + timedelta(days=6)
        near, *near_values = alive("d", asked, mark)
        text, *values = _ends_within(mark, asked, day, sunday, "t")
        where.add(
            f'b."case" IN (SELECT d."case" FROM {CASE} d WHERE {near} AND d."state" = {mark} AND d."due_on" BETWEEN {mark} AND {mark} '
            f'AND d."from_on" <= {mark} AND d."to_on" >= {mark} UNION {text})',
            *near_values, CaseState.OPEN, monday.isoformat(), sunday.isoformat(), day.isoformat(), day.isoformat(), *values,
        )
    elif view == "todo":
        where.add(*waits_for(session, asked, f'b."case" IN (SELECT w."case" FROM {WAITING} w WHERE ', ")"))


def _ends_within(mark: str, asked: Asked, first: date, last: date, name: str) -> tuple[Any, ...]:
    """The question for cases in which a measure ends from one day to another."""
    text, *values = alive(name, asked, mark)
    return (
        f'SELECT {name}."case" FROM {TERM} {name} WHERE {text} AND {name}."kind" = {mark} AND {name}."due_on" BETWEEN {mark} AND {mark}',
        *values, CONTROL, first.isoformat(), last.isoformat(),
    )


def _works(mark: str, asked: Asked, person: str, column: str = 'b."case"') -> tuple[Any, ...]:
    """Cases somebody works on, on the day."""
    text, *values = alive("p", asked, mark)
    day = asked.on.isoformat()
    return (
        f'{column} IN (SELECT p."case" FROM {WORKER} p WHERE {text} AND p."person" = {mark} AND p."from_on" <= {mark} AND p."to_on" >= {mark})',
        *values, person, day, day,
    )


def _works_on_each(mark: str, asked: Asked, person: str, column: str = 'b."case"') -> tuple[Any, ...]:
    """The same, asked of one case after the other: the cast keeps the index of persons out, on a server too, which knows no + before a text."""
    text, *values = alive("p", asked, mark)
    day = asked.on.isoformat()
    return (
        f'EXISTS (SELECT 1 FROM {WORKER} p WHERE p."case" = {column} AND {text} AND CAST(p."person" AS TEXT) = {mark} AND p."from_on" <= {mark} AND p."to_on" >= {mark})',
        *values, person, day, day,
    )


def waits_for(session: Session, asked: Asked, before: str, after: str) -> tuple[Any, ...]:
    """Things that wait for the person signed in."""
    mark, me, mine = session.store.base.param, session.me.id, ["", *sorted(duties(session))]
    text, *values = alive("w", asked, mark)
    own, *own_values = _works_on_each(mark, asked, me, 'w."case"')
    held = marks(mark, mine)
    return (
        f'{before}{text} AND w."duty" IN ({held}) AND ((w."widely" <> {mark} AND w."widely" IN ({held})) OR w."person" = {mark} OR {own}){after}',
        *values, *mine, "", *mine, me, *own_values,
    )


def _holds(session: Session, word: str, where: Where) -> None:
    """A word in the number (whatever its brackets), the town, or a party's name."""
    base = session.store.base
    wide = word.replace("(", "（").replace(")", "）")
    parts = [like(base, column) for column in ('b."number"', 'b."number"', 'b."town"', 'b."names"')]
    where.add(f"({' OR '.join(parts)})", *(pattern(each) for each in (word, wide, word, word)))
