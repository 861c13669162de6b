"""What the board says of records that belong to no case: a row for each, worked out of the record alone, versioned like those of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import Database

from execdesk.casefile.boardhistory import Version, course, places_of
from execdesk.casefile.boardrows import BoardValues
from execdesk.casefile.boardwriting import insertion, replace
from execdesk.records.base import Journaled
from execdesk.records.board import NEVER, BoardSingle
from execdesk.store import rows
from execdesk.store.clashes import Lines
from execdesk.store.follower import Touched

Make = Callable[[Mapping[str, Any]], BoardValues | None]
START = "~"  # after every row id: what is said of cases comes before


@dataclass(frozen=True)
class Single:
    """How a table of the board is filled: of which record, and what is said of its values as the journal writes them."""

    record: type[Journaled]
    make: Make

    def said(self, values: Mapping[str, Any] | None) -> list[BoardValues]:
        """What stands on the board of a record: a row at most, none of one struck or not there."""
        found = self.make(values) if values is not None and values["struck"] is None else None
        return [] if found is None else [found]


SINGLES: dict[type[BoardSingle], Single] = {}


def board_single(model: type[BoardSingle], record: type[Journaled], make: Make) -> None:
    """Fill a table of the board: ``make`` tells the values of its columns of one record, or none where the list lacks it."""
    if model in SINGLES:
        raise ValueError(f"{model.__name__} is filled twice")
    SINGLES[model] = Single(record, make)


def followed(table: str) -> bool:
    """Whether the board tells rows of a table one by one."""
    return any(single.record.__name__ == table for single in SINGLES.values())


def follow(base: Database, touched: Touched) -> None:
    """Bring what is told of the records touched up to date."""
    for model, single in SINGLES.items():
        table = single.record.__name__
        changed = sorted(row for name, row in touched.changed if name == table)
        made = {row: values for row, values in touched.made.get(table, {}).items() if (table, row) not in touched.changed}
        new = [(row, touched.run, NEVER, *values) for row, given in made.items() for values in single.said(given)]
        for some in rows.batches(changed):
            wanted = _as_they_stand(base, single, some)
            new += replace(base, model, touched.run, some, wanted)[0]
        if new:
            rows.insert(base, insertion(model, base.param), new)


def renew(base: Database, touched: Mapping[str, Iterable[str]]) -> None:
    """Make what is told of some records anew, by table; of what is no record nothing stays."""
    for model, single in SINGLES.items():
        for some in rows.batches(sorted(touched.get(single.record.__name__, ()))):
            marks = ", ".join([base.param] * len(some))
            base.execute_sql(f'DELETE FROM "{model._meta.table_name}" WHERE "row" IN ({marks})', some)
            found = versions(base, model, some)
            rows.insert(base, insertion(model, base.param), [(row, since, until, *values) for row in some for since, until, values in found[row]])


def mend(base: Database, ids: Sequence[str]) -> None:
    """Make what is told of some records anew, whichever these are."""
    renew(base, {single.record.__name__: ids for single in SINGLES.values()})


def some_of(base: Database, after: str, count: int) -> tuple[type[BoardSingle], list[str], str, str]:
    """The next records on a walk over all of them: the table of the board, their ids, up to which id they are all there are, and where the walk
    stands then; empty at its end."""
    models = sorted(SINGLES, key=lambda each: each.__name__)
    place, _, row = after.removeprefix(START).partition(":")
    at = int(place or 0)
    table = SINGLES[models[at]].record._meta.table_name
    found = [each for each, in base.execute_sql(f'SELECT "id" FROM "{table}" WHERE "id" > {base.param} ORDER BY "id" LIMIT {int(count)}', (row,)).fetchall()]
    if len(found) == count:
        return models[at], found, found[-1], f"{START}{at}:{found[-1]}"
    return models[at], found, START, f"{START}{at + 1}:" if at + 1 < len(models) else ""


def renew_some(base: Database, after: str, count: int) -> str:
    """Make the next records anew; where the walk stands then, empty at its end."""
    if after == START:
        for model, single in SINGLES.items():  # rows of what is no record
            base.execute_sql(f'DELETE FROM "{model._meta.table_name}" WHERE "row" NOT IN (SELECT "id" FROM "{single.record._meta.table_name}")')
    model, ids, _, following = some_of(base, after, count)
    renew(base, {SINGLES[model].record.__name__: ids})
    return following


def versions(base: Database, model: type[BoardSingle], ids: Sequence[str]) -> dict[str, list[Version]]:
    """What the board is to say of some records through their whole history, worked out from the lines."""
    single = SINGLES[model]
    table = single.record.__name__
    places = places_of(base, {(table, row) for row in ids})
    found: dict[str, list[Version]] = {row: [] for row in ids}
    plain: dict[str, int] = {}
    lines = Lines()
    for row in ids:
        mine = sorted(places.get((table, row), ()))
        if len({run for _, run in mine}) == 1:
            plain[row] = mine[0][1]
        else:
            found[row] = _versions(single, (table, row), mine, lines)
    for some in rows.batches(sorted(plain)):
        for row, said in _as_they_stand(base, single, some).items():
            found[row] = [(plain[row], NEVER, values) for values in said]
    return found


def _versions(single: Single, pair: tuple[str, str], places: Sequence[tuple[int, int]], lines: Lines) -> list[Version]:
    made: list[Version] = []
    standing: tuple[int, BoardValues] | None = None
    for run, values in course({pair}, places, lines):
        now = next(iter(single.said(values.get(pair))), None)
        if standing is not None and standing[1] != now:
            made.append((standing[0], run, standing[1]))
            standing = None
        if standing is None and now is not None:
            standing = run, now
    return made if standing is None else [*made, (standing[0], NEVER, standing[1])]


def _as_they_stand(base: Database, single: Single, ids: Sequence[str]) -> dict[str, list[BoardValues]]:
    """What is said of some hundred records as the database has them."""
    fields = single.record.journal_fields()
    columns = ", ".join(f'"{each.column_name}"' for each in fields)
    names = [each.name for each in fields]
    query = f'SELECT "id", {columns} FROM "{single.record._meta.table_name}" WHERE "id" IN ({", ".join([base.param] * len(ids))})'
    found: dict[str, list[BoardValues]] = {row: [] for row in ids}
    for row, *values in base.execute_sql(query, ids).fetchall():
        found[row] = single.said(dict(zip(names, values, strict=True)))
    return found
