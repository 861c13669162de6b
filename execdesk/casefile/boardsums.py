"""The sums kept beside the board: worked out from the rows of a case that stand, so that they follow with these.

A case counts once by its place (state, group, town) and, while it is open, once for each of its spans of days by the nearest day in it.
Days are days, as on the board: which of them are past is for whoever asks to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from operator import itemgetter

from peewee import Database

from execdesk.casefile.boardrows import BoardValues
from execdesk.records.board import FIRST_DAY, LAST_DAY, NEVER, BoardCase, BoardRow, BoardSum, BoardWorker
from execdesk.records.cases import Case, CaseState
from execdesk.store import rows

SUMMED: tuple[type[BoardRow], ...] = (BoardCase, BoardWorker)
Standing = Mapping[type[BoardRow], Sequence[BoardValues]]
"""The rows of one case that stand, by table of :data:`SUMMED`."""
Sums = dict[tuple[str, ...], list[int]]
"""By :attr:`BoardSum.KEY`: cases, fen claimed, fen recovered."""

FIGURES = ("cases", "claim_fen", "recovered_fen")
_NONE, _PLACE, _DUE, _OPEN = "", BoardSum.PLACE, BoardSum.DUE, str(CaseState.OPEN)
_SLICE = 1_000  # cases counted at a time
_case = itemgetter(*map(BoardCase.value_columns().index, ("from_on", "to_on", "state", "group", "town", "claim_fen", "recovered_fen", "due_on")))
_worker = itemgetter(*map(BoardWorker.value_columns().index, ("person", "from_on", "to_on")))


def add(sums: Sums, standing: Standing, sign: int = 1) -> None:
    """Add what one case counts, or with ``sign`` -1 take it away."""
    spans = [_case(values) for values in standing[BoardCase]]
    place = next((span for span in spans if span[1] == LAST_DAY), None)
    if place is None:
        return
    _, _, state, group, town, claim, recovered, _ = place
    value = (sign, sign * (claim or 0), sign * (recovered or 0))
    group, town = group or _NONE, town or _NONE
    due = [(from_on, to_on, due_on) for from_on, to_on, *_, due_on in spans if due_on is not None] if state == _OPEN else ()
    for person, first, last, way in ((_NONE, FIRST_DAY, LAST_DAY, 1), *_working(standing[BoardWorker])):
        _add(sums, (person, _PLACE, last, first, _NONE, state, group, town), value, way)
        for from_on, to_on, due_on in due:
            begin, end = max(first, from_on), min(last, to_on)
            if begin <= end:
                _add(sums, (person, _DUE, end, begin, due_on, _OPEN, group, _NONE), value, way)


def _add(sums: Sums, key: tuple[str, ...], value: tuple[int, int, int], way: int) -> None:
    kept = sums.get(key)
    if kept is None:
        kept = sums[key] = [0, 0, 0]
    kept[0] += way * value[0]
    kept[1] += way * value[1]
    kept[2] += way * value[2]


def _working(workers: Iterable[BoardValues]) -> Iterator[tuple[str, str, str, int]]:
    """The days on which each person works on a case: for ever, less the days before and after."""
    days: dict[str, list[tuple[str, str]]] = {}
    for person, first, last in map(_worker, workers):
        if first <= last:
            days.setdefault(person, []).append((first, last))
    for person, spans in days.items():
        for first, last in spans if len(spans) == 1 else _apart(spans):
            yield person, FIRST_DAY, LAST_DAY, 1
            if first > FIRST_DAY:
                yield person, FIRST_DAY, _shifted(first, -1), -1
            if last < LAST_DAY:
                yield person, _shifted(last, 1), LAST_DAY, -1


def _apart(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same days in spans that share none."""
    found: list[tuple[str, str]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


@lru_cache(maxsize=4096)
def _shifted(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def write(base: Database, sums: Sums) -> None:
    """Add sums to those kept; what comes to nothing goes."""
    updated, inserted, deleted = _statements(base.param)
    new, gone = list[tuple[int | str, ...]](), list[tuple[str, ...]]()
    cursor = base.cursor()
    for key, value in sums.items():
        if not any(value):
            continue
        left = cursor.execute(updated, (*value, *key)).fetchall()
        if not left:
            new.append((*value, *key))
        elif not any(left[0]):
            gone.append(key)
    if new:
        rows.many(base, inserted, new)
    if gone:
        rows.many(base, deleted, gone)


@cache
def _statements(mark: str) -> tuple[str, str, str]:
    """To add to a sum, telling what it comes to; to begin one; to end one."""
    table = f'"{BoardSum._meta.table_name}"'
    same = " AND ".join(f'"{name}" = {mark}' for name in BoardSum.KEY)
    more = ", ".join(f'"{name}" = "{name}" + {mark}' for name in FIGURES)
    columns = ", ".join(f'"{name}"' for name in (*FIGURES, *BoardSum.KEY))
    marks = ", ".join([mark] * (len(FIGURES) + len(BoardSum.KEY)))
    return (
        f"UPDATE {table} SET {more} WHERE {same} RETURNING {', '.join(FIGURES)}", f"INSERT INTO {table} ({columns}) VALUES ({marks})",
        f"DELETE FROM {table} WHERE {same}",
    )


def standing_rows(base: Database, cases: Sequence[str]) -> dict[str, dict[type[BoardRow], list[BoardValues]]]:
    """The rows of some hundred cases that stand on the board."""
    found: dict[str, dict[type[BoardRow], list[BoardValues]]] = {case: {model: [] for model in SUMMED} for case in cases}
    for model in SUMMED:
        listed = ", ".join(f'"{name}"' for name in ("case", *model.value_columns()))
        query = f'SELECT {listed} FROM "{model._meta.table_name}" WHERE "case" IN ({", ".join([base.param] * len(cases))}) AND "until" = {base.param}'
        for case, *values in base.execute_sql(query, (*cases, NEVER)).fetchall():
            found[case][model].append(tuple(values))
    return found


def counted(base: Database) -> Sums:
    """The sums as the rows of all cases say."""
    sums: Sums = {}
    after = ""
    while True:
        query = f'SELECT "id" FROM "{Case._meta.table_name}" WHERE "id" > {base.param} ORDER BY "id" LIMIT {_SLICE}'
        cases = [case for case, in base.execute_sql(query, (after,)).fetchall()]
        if not cases:
            return {key: value for key, value in sums.items() if any(value)}
        for some in rows.batches(cases):
            for standing in standing_rows(base, some).values():
                add(sums, standing)
        after = cases[-1]


def kept(base: Database) -> Sums:
    """The sums as they are kept; what is kept twice shows as more than three figures."""
    listed = ", ".join(f'"{name}"' for name in (*BoardSum.KEY, *FIGURES))
    number, found = len(BoardSum.KEY), Sums()
    for row in base.execute_sql(f'SELECT {listed} FROM "{BoardSum._meta.table_name}"').fetchall():
        found.setdefault(tuple(row[:number]), []).extend(row[number:])
    return found


def drop(base: Database) -> None:
    """Forget all sums."""
    base.execute_sql(f'DELETE FROM "{BoardSum._meta.table_name}"')
