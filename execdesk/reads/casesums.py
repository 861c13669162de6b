"""How many cases a list and the lines of the side list hold, and the sums over them: from the sums kept beside the board where these tell,
else counted of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from execdesk.access.session import Session
from execdesk.casefile.settings import bureau_settings
from execdesk.reads.boarding import board_of
from execdesk.reads.boardsql import Asked, asked_on
from execdesk.reads.casewhere import CASE, FEW, OPEN_VIEWS, STATES, ListFilter, Way, where_of
from execdesk.records.board import BoardSum
from execdesk.records.cases import CaseState

COUNTED = (*OPEN_VIEWS, "closed", "tnr", "review")
_SUM = f'"{BoardSum._meta.table_name}"'
_BY_PLACE = ("all", "open", "ungrouped", *STATES)
_BY_DUE = ("late", "soon")


class Totals(NamedTuple):
    """How many cases, and what is claimed and recovered in all, in fen."""

    cases: int
    claim_fen: int
    recovered_fen: int


@dataclass(frozen=True)
class Counts:
    """How many cases each line of the side list holds; ``towns`` the largest first."""

    views: dict[str, int]
    towns: tuple[tuple[str, int], ...]


def totals_of(session: Session, wanted: ListFilter, asked: Asked) -> Totals:
    """The totals of a list."""
    kept = kept_totals(session, wanted, asked)
    if kept is not None:
        return kept
    where = where_of(session, wanted, asked, Way.JUDGE if wanted.judge else Way.LEFT)
    query = f'SELECT COUNT(*), SUM(b."claim_fen"), SUM(b."recovered_fen") FROM {CASE} b WHERE {where.text}'
    return _totals(session.store.base.execute_sql(query, where.values).fetchone())


def kept_totals(session: Session, wanted: ListFilter, asked: Asked) -> Totals | None:
    """The totals of a list where the sums kept tell them: not of a past day, of words looked for, of views that other tables tell."""
    by = BoardSum.PLACE if wanted.view in _BY_PLACE else BoardSum.DUE if wanted.view in _BY_DUE and not wanted.town else ""
    if not by or wanted.needle or not _kept(session, asked):
        return None
    parts, values = _summed(session, by, wanted, asked)
    query = f'SELECT SUM("cases"), SUM("claim_fen"), SUM("recovered_fen") FROM {_SUM} WHERE {" AND ".join(parts)}'
    return _totals(session.store.base.execute_sql(query, values).fetchone())


def kept_before(session: Session, wanted: ListFilter, asked: Asked, due_on: str, descending: bool) -> int | None:
    """How many cases of a list have an earlier nearest day than one, or a later one where it descends; none where the sums do not tell."""
    if wanted.view not in ("open", *_BY_DUE) or wanted.town or wanted.needle or not _kept(session, asked):
        return None
    parts, values = _summed(session, BoardSum.DUE, wanted, asked)
    parts.append(f'"due_on" {">" if descending else "<"} {session.store.base.param}')
    found = session.store.base.execute_sql(f'SELECT SUM("cases") FROM {_SUM} WHERE {" AND ".join(parts)}', [*values, due_on]).fetchone()
    return int(found[0] or 0)


def _totals(found: Sequence[Any]) -> Totals:
    return Totals(*(int(number or 0) for number in found))


def counts(session: Session, group: str = "", judge: str = "", known_on: date | None = None) -> Counts:
    """Counts for the side list, of one group or judge where named; of those without a group, whatever group is looked at."""
    board_of(session)
    scope = ListFilter("all", group, "", judge, "", known_on)
    asked = asked_on(session, known_on)
    views, towns = dict.fromkeys(COUNTED, 0), dict[str, int]()
    lines = {CaseState.OPEN: "open", **{state: view for view, state in STATES.items()}}
    for state, of, town, number in _places(session, scope, asked):
        if not of and state == CaseState.OPEN:
            views["ungrouped"] += number
        if group and of != group:
            continue
        views[lines[state]] += number
        if state == CaseState.OPEN and of and town:
            towns[town] = towns.get(town, 0) + number
    for view in (*_BY_DUE, *FEW):
        views[view] = totals_of(session, replace(scope, view=view), asked).cases
    listed = sorted(((town, number) for town, number in towns.items() if number), key=lambda item: (-item[1], item[0]))
    return Counts(views, tuple(listed))


def _places(session: Session, scope: ListFilter, asked: Asked) -> list[tuple[str, str, str, int]]:
    """How many cases stand in each state, group and town, whatever the group."""
    every = replace(scope, group="")
    if _kept(session, asked):
        parts, values = _summed(session, BoardSum.PLACE, every, asked)
        query = f'SELECT "state", "group", "town", SUM("cases") FROM {_SUM} WHERE {" AND ".join(parts)} GROUP BY "state", "group", "town"'
    else:
        where = where_of(session, every, asked, Way.JUDGE if scope.judge else Way.LEFT)
        values = where.values
        query = f'SELECT b."state", b."group", b."town", COUNT(*) FROM {CASE} b WHERE {where.text} GROUP BY b."state", b."group", b."town"'
    return [(state, group or "", town or "", int(number)) for state, group, town, number in session.store.base.execute_sql(query, values).fetchall()]


def _kept(session: Session, asked: Asked) -> bool:
    return asked.place is None and board_of(session).summed


def _summed(session: Session, by: str, wanted: ListFilter, asked: Asked) -> tuple[list[str], list[Any]]:
    """Which of the sums count on the day for a list, its words left out."""
    mark, day = session.store.base.param, asked.on
    found: list[tuple[Any, ...]] = [
        (f'"person" = {mark} AND "by" = {mark}', wanted.judge, by), (f'"to_on" >= {mark} AND "from_on" <= {mark}', day.isoformat(), day.isoformat()),
    ]
    if state := CaseState.OPEN if wanted.view in OPEN_VIEWS else STATES.get(wanted.view):
        found.append((f'"state" = {mark}', state))
    if wanted.group or wanted.view == "ungrouped":
        found.append((f'"group" = {mark}', "" if wanted.view == "ungrouped" else wanted.group))
    if wanted.town:
        found.append((f'"town" = {mark}', wanted.town))
    if wanted.view == "late":
        found.append((f'"due_on" < {mark}', day.isoformat()))
    elif wanted.view == "soon":
        soon = day + timedelta(days=bureau_settings(session.resources).procedure_days)
        found.append((f'"due_on" BETWEEN {mark} AND {mark}', day.isoformat(), soon.isoformat()))
    return [part for part, *_ in found], [value for _, *values in found for value in values]
