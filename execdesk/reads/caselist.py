"""The case list: pages, counts and sums, asked of the board by SQL; as it stands, or as it was known on a past day.

Today, the person and the filter are parameters of the query. Only the rows of one page are read, and for these alone the names of
judges and groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.casefile.settings import bureau_settings
from execdesk.casefile.terms import CONTROL, TERMS
from execdesk.reads.boarding import board_of
from execdesk.reads.boardsql import Asked, alive, asked_on, like, marks
from execdesk.reads.caserows import CaseRow, CaseRows
from execdesk.records.board import BoardCase, BoardTerm, BoardWaiting, BoardWorker
from execdesk.records.cases import CaseState
from execdesk.store.rows import batches

ALL = 2**31 - 1  # more than any list holds
FEW = ("todo", "control", "week")  # views that other tables of the board tell
OPEN_VIEWS = ("todo", "late", "soon", "control", "week", "open", "ungrouped")
COUNTED = (*OPEN_VIEWS, "closed", "tnr", "review")
_STATES = {"review": CaseState.REVIEW_OFFICE, "closed": CaseState.CLOSED, "tnr": "tnr"}
_CASE, _TERM, _WAITING, _WORKER = (f'"{model._meta.table_name}"' for model in (BoardCase, BoardTerm, BoardWaiting, BoardWorker))


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


@dataclass(frozen=True)
class ListPage:
    """Rows of one page, how many there are in all, and the sums over all of them in fen; ``percent`` how far the board is made anew,
    ``None`` where it is whole."""

    rows: tuple[CaseRow, ...]
    total: int
    claim_fen: int
    recovered_fen: int
    percent: int | None = None


@dataclass(frozen=True)
class Counts:
    """How many cases each line of the side list holds; ``towns`` in the plan's order, largest first where it has none."""

    views: dict[str, int]
    towns: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class _Order:
    """How a list is sorted: what must be known, and the columns."""

    known: str
    columns: tuple[str, ...]


_NUMBERED = ('b."year"', 'b."sequence"')
_ORDERS = {
    "due": _Order('b."due_on"', ('b."due_on"', *_NUMBERED)),
    "number": _Order("", (*_NUMBERED, 'b."number"')),
    "claim": _Order('b."claim_fen"', ('b."claim_fen"', *_NUMBERED)),
    "recovered": _Order('(b."recovered_fen" * 1.0 / NULLIF(b."claim_fen", 0))', ('(b."recovered_fen" * 1.0 / NULLIF(b."claim_fen", 0))', *_NUMBERED)),
    "filed": _Order("", ('b."filed_on"', *_NUMBERED)),
    "closed": _Order('b."closed_on"', ('b."closed_on"', *_NUMBERED)),
    "town": _Order("NULLIF(b.\"town\", '')", ('b."town"', *_NUMBERED)),
    "applicant": _Order('b."applicant"', ('b."applicant"', *_NUMBERED)),
    "debtor": _Order('b."debtor"', ('b."debtor"', *_NUMBERED)),
}


def all_cases(session: Session, wanted: ListFilter | None = None) -> tuple[CaseRow, ...]:
    """All cases of a list, by nearest deadline."""
    return page(session, wanted or ListFilter("all"), count=ALL, totals=False).rows


def page(session: Session, wanted: ListFilter, sort: str = "due", descending: bool = False, first: int = 0, count: int = 200, totals: bool = True) -> ListPage:
    """One page of a list in an order: ``due``, ``number``, ``claim``, ``recovered``, ``filed``, ``closed``, ``applicant``, ``debtor``, ``town``.

    Without ``totals`` number and sums are -1: they cost a look over the whole list.
    """
    state = board_of(session).state()
    asked = _asked(session, wanted)
    rows = CaseRows(session, asked).rows(_entries(session, wanted, asked, sort, descending, first, count))
    if wanted.view == "todo":
        rows = _with_waiting(session, wanted, rows)
    whole = _sums(session, wanted, asked) if totals else (-1, -1, -1)
    return ListPage(tuple(rows), *whole, None if state.whole else state.percent)


def rows_for(session: Session, cases: Iterable[str], without: tuple[str, ...] = ()) -> dict[str, CaseRow]:
    """The rows of some cases as they stand today, by row id; ``without`` names terms that are not to count as nearest.

    A case that a board under way does not hold yet is worked out by itself.
    """
    board, asked, base = board_of(session), asked_on(session, None), session.store.base
    maker, day, found = CaseRows(session, asked), asked.on.isoformat(), dict[str, CaseRow]()
    columns = ", ".join(f'b."{name}"' for name in CaseRows.COLUMNS)
    for some in batches(sorted(set(cases))):
        text, *values = alive("b", asked, base.param)
        query = f'SELECT {columns} FROM {_CASE} b WHERE b."case" IN ({marks(base.param, some)}) AND {text} AND b."from_on" <= {base.param} AND b."to_on" >= {base.param}'
        entries = base.execute_sql(query, (*some, *values, day, day)).fetchall()
        missing = set(some) - {entry[0] for entry in entries}
        entries += board.worked_out(missing, day) if missing else []
        found.update((row.id, row) for row in maker.rows(entries))
    return _nearest_but(session, found, asked, without) if without else found


def _nearest_but(session: Session, found: dict[str, CaseRow], asked: Asked, without: tuple[str, ...]) -> dict[str, CaseRow]:
    """Rows whose nearest day is one of the terms named tell the nearest of the others."""
    base = session.store.base
    text, *values = alive("t", asked, base.param)
    nearest: dict[str, tuple[Any, ...]] = {}
    for some in batches(found):
        query = (
            f'SELECT t."case", t."due_on", t."words", t."kind", t."term" FROM {_TERM} t WHERE t."case" IN ({marks(base.param, some)}) AND {text} '
            f'AND t."due_on" IS NOT NULL AND t."term" NOT IN ({marks(base.param, without)}) AND (t."kind" <> {base.param} OR t."due_on" >= {base.param}) '
            f'ORDER BY t."due_on" DESC, CASE WHEN t."kind" = {base.param} THEN 1 ELSE 0 END'
        )
        wanted = (*some, *values, *without, CONTROL, asked.on.isoformat(), CONTROL)
        nearest.update((case, told) for case, *told in base.execute_sql(query, wanted).fetchall())
    made = {}
    for case, row in found.items():
        due, words, kind, term = nearest.get(case, (None, "—", "", ""))
        on = date.fromisoformat(due) if due else None
        made[case] = replace(row, due_on=on, node=words, due_kind=kind, days_left=(on - asked.on).days if on else None, due_title=TERMS[term].title if term in TERMS else "")
    return made


def place(session: Session, wanted: ListFilter, sort: str, descending: bool, case: str) -> int:
    """Where in a list the case with this row id or number stands; -1 where it does not."""
    board_of(session)
    asked = _asked(session, wanted)
    where = _where(session, wanted, asked)
    order = _ORDERS[sort]
    keys = ", ".join((order.known or "0", *order.columns, 'b."case"'))
    mark = session.store.base.param
    query = f'SELECT {keys} FROM {_CASE} b WHERE {where.text} AND (b."case" = {mark} OR b."number" = {mark})'
    found = session.store.base.execute_sql(query, [*where.values, case, case]).fetchone()
    if found is None:
        return -1
    known, *key = found
    count = f"SELECT COUNT(*) FROM {_CASE} b WHERE {where.text}"
    here = marks(mark, key)
    if known is None:  # unknown ones stand last either way, the newest first
        before = f" AND {order.known} IS NULL AND (b.\"year\", b.\"sequence\", b.\"case\") > ({marks(mark, key[1:])})"
        return _counted(session, f"{count} AND {order.known} IS NOT NULL", where) + _counted(session, count + before, where, key[1:])
    sign = ">" if descending else "<"
    told = f" AND {order.known} IS NOT NULL" if order.known else ""
    return _counted(session, f'{count}{told} AND ({", ".join((*order.columns, "b." + chr(34) + "case" + chr(34)))}) {sign} ({here})', where, key)


def counts(session: Session, group: str = "", judge: str = "", known_on: date | None = None) -> Counts:
    """Counts for the side list, of one group or judge where named: two looks over the open cases, and the small lists by themselves."""
    board_of(session)
    base = session.store.base
    scope = ListFilter("all", group, "", judge, "", known_on)
    asked = _asked(session, scope)
    views = dict.fromkeys(COUNTED, 0)
    day, soon = asked.on.isoformat(), (asked.on + timedelta(days=bureau_settings(session.resources).procedure_days)).isoformat()
    where, mark = _where(session, replace(scope, view="open"), asked), base.param
    query = (
        f'SELECT COUNT(*), SUM(CASE WHEN b."due_on" < {mark} THEN 1 ELSE 0 END), SUM(CASE WHEN b."due_on" BETWEEN {mark} AND {mark} THEN 1 ELSE 0 END), '
        f'SUM(CASE WHEN b."group" IS NULL THEN 1 ELSE 0 END) FROM {_CASE} b WHERE {where.text}'
    )
    told = base.execute_sql(query, (day, day, soon, *where.values)).fetchone()
    views.update(zip(("open", "late", "soon", "ungrouped"), (int(number or 0) for number in told), strict=True))
    query = f'SELECT b."town", COUNT(*) FROM {_CASE} b WHERE {where.text} AND b."group" IS NOT NULL GROUP BY b."town"'
    towns = {town: int(number) for town, number in base.execute_sql(query, where.values).fetchall() if town}
    apart = ("todo", "control", "week", "closed", "tnr", "review", *(["ungrouped"] if group else []))  # those without a group, whatever group is looked at
    for view in apart:
        views[view] = _sums(session, ListFilter(view, "" if view == "ungrouped" else group, "", judge, "", known_on), asked)[0]
    return Counts(views, tuple(sorted(towns.items(), key=lambda item: -item[1])))


def _asked(session: Session, wanted: ListFilter) -> Asked:
    return asked_on(session, wanted.known_on)


def _entries(
    session: Session, wanted: ListFilter, asked: Asked, sort: str, descending: bool, first: int, count: int,
) -> list[tuple[Any, ...]]:
    """The rows of the board for a page. Those in which what is sorted by is unknown stand last, the newest first.

    First which they are, which the index tells, then what they say: a page far down costs no look at the rows before it.
    """
    base, where, order = session.store.base, _where(session, wanted, asked, few=wanted.view in FEW), _ORDERS[sort]
    way = " DESC" if descending else ""
    by = ", ".join(f"{column}{way}" for column in (*order.columns, 'b."case"'))
    told = f" AND {order.known} IS NOT NULL" if order.known else ""
    query = f'SELECT b."id" FROM {_CASE} b WHERE {where.text}{told} ORDER BY {by} LIMIT {int(count)} OFFSET {int(first)}'
    ids = [row for row, in base.execute_sql(query, where.values).fetchall()]
    if order.known and len(ids) < count:
        before = 0 if ids or not first else _counted(session, f"SELECT COUNT(*) FROM {_CASE} b WHERE {where.text}{told}", where)
        query = (
            f'SELECT b."id" FROM {_CASE} b WHERE {where.text} AND {order.known} IS NULL ORDER BY b."year" DESC, b."sequence" DESC, b."case" DESC '
            f"LIMIT {int(count) - len(ids)} OFFSET {0 if ids else max(int(first) - before, 0)}"
        )
        ids += [row for row, in base.execute_sql(query, where.values).fetchall()]
    columns = ", ".join(f'b."{name}"' for name in ("id", *CaseRows.COLUMNS))
    found: dict[int, tuple[Any, ...]] = {}
    for some in batches(ids):
        query = f'SELECT {columns} FROM {_CASE} b WHERE b."id" IN ({marks(base.param, some)})'
        found.update((row, tuple(entry)) for row, *entry in base.execute_sql(query, some).fetchall())
    return [found[row] for row in ids if row in found]


def _counted(session: Session, query: str, where: _Where, more: Any = ()) -> int:
    return int(session.store.base.execute_sql(query, [*where.values, *more]).fetchone()[0])


def _sums(session: Session, wanted: ListFilter, asked: Asked) -> tuple[int, int, int]:
    """How many, and what is claimed and recovered in all."""
    where = _where(session, wanted, asked, few=bool(wanted.judge) or wanted.view in FEW)
    query = f'SELECT COUNT(*), SUM(b."claim_fen"), SUM(b."recovered_fen") FROM {_CASE} b WHERE {where.text}'
    number, claim, recovered = session.store.base.execute_sql(query, where.values).fetchone()
    return int(number), int(claim or 0), int(recovered or 0)


@dataclass
class _Where:
    """Conditions with their values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, text: str, *values: Any) -> None:
        self.parts.append(text)
        self.values += values

    @property
    def text(self) -> str:
        return " AND ".join(self.parts)


def _where(session: Session, wanted: ListFilter, asked: Asked, few: bool = False) -> _Where:
    """The conditions of a list. Where ``few`` cases are named by another table these are looked up one by one: the sign before the
    column keeps the database from walking over all cases instead."""
    where, mark, day = _Where(), session.store.base.param, asked.on.isoformat()
    where.add(*alive("+b" if few else "b", asked, mark))
    if wanted.view in OPEN_VIEWS:
        where.add(f'b."state" = {mark}', CaseState.OPEN)
    elif wanted.view in _STATES:
        where.add(f'b."state" = {mark}', _STATES[wanted.view])
    where.add(f'b."from_on" <= {mark} AND b."to_on" >= {mark}', day, day)
    if wanted.view == "ungrouped":
        where.add('b."group" IS NULL')
    elif wanted.group:
        where.add(f'b."group" = {mark}', wanted.group)
    if wanted.town:
        where.add(f'b."town" = {mark}', wanted.town)
    if wanted.judge:
        where.add(*_works(mark, asked, wanted.judge))
    _view(session, wanted.view, asked, where)
    for word in wanted.needle.replace("（", "(").replace("）", ")").split():
        _holds(session, word, where)
    return where


def _view(session: Session, view: str, asked: Asked, where: _Where) -> None:
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
            f'b."case" IN (SELECT d."case" FROM {_CASE} d WHERE {near} AND d."state" = {mark} AND d."due_on" BETWEEN {mark} AND {mark} '
            f'AND d."from_on" <= {mark} AND d."to_on" >= {mark} UNION {text})',
            *near_values, CaseState.OPEN, monday.isoformat(), sunday.isoformat(), day.isoformat(), day.isoformat(), *values,
        )
    elif view == "todo":
        where.add(*_waits(session, asked, f'b."case" IN (SELECT w."case" FROM {_WAITING} w WHERE ', ")"))


def _ends_within(mark: str, asked: Asked, first: date, last: date, name: str) -> tuple[Any, ...]:
    """The question for cases in which a measure ends from one day to another."""
    text, *values = alive(name, asked, mark)
    return (
        f'SELECT {name}."case" FROM {_TERM} {name} WHERE {text} AND {name}."kind" = {mark} AND {name}."due_on" BETWEEN {mark} AND {mark}',
        *values, CONTROL, first.isoformat(), last.isoformat(),
    )


def _works(mark: str, asked: Asked, person: str, column: str = 'b."case"') -> tuple[Any, ...]:
    """Cases somebody works on, on the day."""
    text, *values = alive("p", asked, mark)
    day = asked.on.isoformat()
    return (
        f'{column} IN (SELECT p."case" FROM {_WORKER} p WHERE {text} AND p."person" = {mark} AND p."from_on" <= {mark} AND p."to_on" >= {mark})',
        *values, person, day, day,
    )


def _waits(session: Session, asked: Asked, before: str, after: str) -> tuple[Any, ...]:
    """Things that wait for the person signed in."""
    mark, me, mine = session.store.base.param, session.me.id, ["", *sorted(duties(session))]
    text, *values = alive("w", asked, mark)
    own, *own_values = _works(mark, asked, me, 'w."case"')
    held = marks(mark, mine)
    return (
        f'{before}{text} AND w."duty" IN ({held}) AND ((w."widely" <> {mark} AND w."widely" IN ({held})) OR w."person" = {mark} OR {own}){after}',
        *values, *mine, "", *mine, me, *own_values,
    )


def _holds(session: Session, word: str, where: _Where) -> None:
    """A word in the number (whatever its brackets), the town, or a party's name."""
    base = session.store.base
    wide = word.replace("(", "（").replace(")", "）")
    parts = [like(base, column) for column in ('b."number"', 'b."number"', 'b."town"', 'b."names"')]
    where.add(f"({' OR '.join(parts)})", *(_pattern(each) for each in (word, wide, word, word)))


def _pattern(word: str) -> str:
    return "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _with_waiting(session: Session, wanted: ListFilter, rows: list[CaseRow]) -> list[CaseRow]:
    """The rows with what waits in each for their node."""
    if not rows:
        return rows
    mark = session.store.base.param
    text, *values = _waits(session, _asked(session, wanted), "", "")
    ids = [row.id for row in rows]
    query = f'SELECT w."case", w."words" FROM {_WAITING} w WHERE w."case" IN ({marks(mark, ids)}) AND {text} ORDER BY w."place" DESC, w."row" DESC'
    first = dict(session.store.base.execute_sql(query, [*ids, *values]).fetchall())
    return [replace(row, node=first.get(row.id, row.node)) for row in rows]
