"""The case list: pages, counts and sums, asked of the board by SQL; as it stands, or as it was known on a past day.

Today, the person and the filter are parameters of the query. Only the rows of one page are read, and for these alone the names of
judges and groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.settings import CONTROL, bureau_settings
from execdesk.casefile.terms import TERMS
from execdesk.reads.boarding import board_of
from execdesk.reads.boardsql import Asked, alive, asked_on, marks
from execdesk.reads.casecolumns import ORDERS
from execdesk.reads.caserows import CaseRow, CaseRows
from execdesk.reads.casesums import kept_before, kept_totals, totals_of
from execdesk.reads.casewhere import CASE, TERM, WAITING, ListFilter, Way, waits_for, where_of
from execdesk.reads.listorder import before, entries, key_of
from execdesk.records.cases import Case
from execdesk.store.rows import batches

ALL = 2**31 - 1  # more than any list holds
_CASES, _KEY = f"{CASE} b", 'b."case"'


@dataclass(frozen=True)
class ListPage:
    """Rows of one page, how many there are in all, and the sums over all of them in fen; ``percent`` how far the board is made anew,
    ``None`` where it is whole."""

    rows: tuple[CaseRow, ...]
    total: int
    claim_fen: int
    recovered_fen: int
    percent: int | None = None


def all_cases(session: Session, wanted: ListFilter | None = None) -> tuple[CaseRow, ...]:
    """All cases of a list, by nearest deadline."""
    return page(session, wanted or ListFilter("all"), count=ALL, totals=False).rows


def page(session: Session, wanted: ListFilter, sort: str = "due", descending: bool = False, first: int = 0, count: int = 200, totals: bool = True) -> ListPage:
    """One page of a list in the order of a column that has one (:data:`execdesk.reads.casecolumns.ORDERS`).

    Without ``totals`` number and sums are -1: they cost a look over the whole list.
    """
    state = board_of(session).state()
    asked = asked_on(session, wanted.known_on)
    rows = CaseRows(session, asked).rows(_entries(session, wanted, asked, sort, descending, first, count))
    if wanted.view == "todo":
        rows = _with_waiting(session, wanted, rows)
    whole = totals_of(session, wanted, asked) if totals else (-1, -1, -1)
    return ListPage(tuple(rows), *whole, None if state.whole else state.percent)


def rows_for(session: Session, cases: Iterable[str], without: tuple[str, ...] = ()) -> dict[str, CaseRow]:
    """The rows of some cases as they stand today, by row id; ``without`` names terms that are not to count as nearest.

    A case that a board under way does not hold yet is worked out by itself.
    """
    board, asked, base = board_of(session), asked_on(session, None), session.store.base
    maker, day, found = CaseRows(session, asked), asked.on.isoformat(), dict[str, CaseRow]()
    columns = ", ".join(f'b."{name}"' for name in CaseRows.COLUMNS)
    for some in batches(sorted(set(cases))):
        text, *values = alive("+b", asked, base.param)
        query = f'SELECT {columns} FROM {CASE} b WHERE b."case" IN ({marks(base.param, some)}) AND {text} AND b."from_on" <= {base.param} AND b."to_on" >= {base.param}'
        entries = base.execute_sql(query, (*some, *values, day, day)).fetchall()
        missing = set(some) - {entry[0] for entry in entries}
        entries += board.worked_out(missing, day) if missing else []
        found.update((row.id, row) for row in maker.rows(entries))
    return _nearest_but(session, found, asked, without) if without else found


def _nearest_but(session: Session, found: dict[str, CaseRow], asked: Asked, without: tuple[str, ...]) -> dict[str, CaseRow]:
    """Rows whose nearest day is one of the terms named tell the nearest of the others."""
    base = session.store.base
    text, *values = alive("+t", asked, base.param)
    nearest: dict[str, tuple[Any, ...]] = {}
    for some in batches(found):
        query = (
            f'SELECT t."case", t."due_on", t."words", t."kind", t."term" FROM {TERM} t WHERE t."case" IN ({marks(base.param, some)}) AND {text} '
            f'AND t."due_on" IS NOT NULL AND t."term" NOT IN ({marks(base.param, without)}) AND (t."kind" <> {base.param} OR t."due_on" >= {base.param}) '
            f'ORDER BY t."due_on" DESC, CASE WHEN t."kind" = {base.param} THEN 1 ELSE 0 END'
        )
        wanted = (*some, *values, *without, CONTROL, asked.on.isoformat(), CONTROL)
        nearest.update((case, told) for case, *told in base.execute_sql(query, wanted).fetchall())
    made, settings = {}, bureau_settings(session.resources)
    for case, row in found.items():
        due, words, kind, term = nearest.get(case, (None, "—", "", ""))
        on = date.fromisoformat(due) if due else None
        left = (on - asked.on).days if on else None
        near = left is not None and left <= settings.near_days(kind)
        made[case] = replace(row, due_on=on, node=words, due_kind=kind, days_left=left, near=near, due_title=TERMS[term].title if term in TERMS else "")
    return made


def place(session: Session, wanted: ListFilter, sort: str, descending: bool, case: str) -> int:
    """Where in a list the case with this row id or number stands; -1 where it does not."""
    board_of(session)
    asked, base = asked_on(session, wanted.known_on), session.store.base
    order, mark, one = ORDERS[sort](asked).with_key(_KEY), base.param, where_of(session, wanted, asked, Way.FEW)
    one.add(f'b."case" IN (SELECT c."id" FROM "{Case._meta.table_name}" c WHERE c."id" = {mark} OR c."number" = {mark})', case, case)
    key = key_of(base, _CASES, one, order)
    if key is None:
        return -1
    earlier = kept_before(session, wanted, asked, key[1], descending) if sort == "due" and key[0] is not None else None
    where = where_of(session, wanted, asked, Way.LEFT if earlier is None else Way.ORDER)
    if earlier is not None:  # of the same day but a few
        where.add(f'b."due_on" = {mark}', key[1])
    return (earlier or 0) + before(base, _CASES, where, order, descending, key)


def _entries(
    session: Session, wanted: ListFilter, asked: Asked, sort: str, descending: bool, first: int, count: int,
) -> list[tuple[Any, ...]]:
    """The rows of the board for a page. Those in which what is sorted by is unknown stand last, the newest first.

    First which they are, which the index tells, then what they say: a page far down costs no look at the rows before it.
    """
    base, where = session.store.base, where_of(session, wanted, asked, _way(session, wanted, asked, sort, first + count))
    ids = [row for row, in entries(base, 'b."id"', _CASES, where, ORDERS[sort](asked).with_key(_KEY), descending, first, count)]
    columns = ", ".join(f'b."{name}"' for name in ("id", *CaseRows.COLUMNS))
    found: dict[int, tuple[Any, ...]] = {}
    for some in batches(ids):
        query = f'SELECT {columns} FROM {CASE} b WHERE b."id" IN ({marks(base.param, some)})'
        found.update((row, tuple(entry)) for row, *entry in base.execute_sql(query, some).fetchall())
    return [found[row] for row in ids if row in found]


def _way(session: Session, wanted: ListFilter, asked: Asked, sort: str, upto: int) -> Way:
    """How to come by the first cases of a judge: where all cases lie in the order wanted and his are many, by asking of each; else from his."""
    if not wanted.judge:
        return Way.LEFT
    own = kept_totals(session, wanted, asked) if sort == "due" else None
    every = kept_totals(session, replace(wanted, judge=""), asked) if own else None
    return Way.ORDER if own and every and own.cases**2 > every.cases * upto else Way.JUDGE


def _with_waiting(session: Session, wanted: ListFilter, rows: list[CaseRow]) -> list[CaseRow]:
    """The rows with what waits in each for their node."""
    if not rows:
        return rows
    mark = session.store.base.param
    text, *values = waits_for(session, asked_on(session, wanted.known_on), "", "")
    ids = [row.id for row in rows]
    query = f'SELECT w."case", w."words" FROM {WAITING} w WHERE w."case" IN ({marks(mark, ids)}) AND {text} ORDER BY w."place" DESC, w."row" DESC'
    first = dict(session.store.base.execute_sql(query, [*ids, *values]).fetchall())
    return [replace(row, node=first.get(row.id, row.node)) for row in rows]
