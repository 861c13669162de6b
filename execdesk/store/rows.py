"""Writing rows without peewee's per-row cost: statements are prepared once per table and column set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from peewee import BooleanField, Database, PostgresqlDatabase

from execdesk.records.base import Journaled
from execdesk.records.journal import Touch

_TOGETHER = 800  # values of one statement that adds many rows
TAKE_OUT = "take_out"  # see :func:`execdesk.store.database.make_take_out`


def many(base: Database, statement: str, values: Sequence[Sequence[Any]]) -> None:
    """Run one statement for many rows on the open connection."""
    cursor = base.cursor()
    cursor.executemany(statement, values)


def insert(base: Database, statement: str, values: Sequence[Sequence[Any]]) -> None:
    """Add rows by a statement that ends with the marks of one row. To the embedded file many rows go in one statement, which spares looking
    it up for each."""
    together = 1 if not values or on_server(base) else max(_TOGETHER // len(values[0]), 1)
    whole = len(values) - len(values) % together if together > 1 else 0
    if whole:
        cursor, several = base.cursor(), _several(statement, together)
        for start in range(0, whole, together):
            cursor.execute(several, list(chain.from_iterable(values[start:start + together])))
    if whole < len(values):
        many(base, statement, values[whole:])


@lru_cache(maxsize=512)
def _several(statement: str, count: int) -> str:
    start, _, marks = statement.rpartition(" VALUES ")
    return f"{start} VALUES {', '.join([marks] * count)}"


def update(base: Database, record: Journaled, values: Mapping[str, Any]) -> bool:
    """Write plain values of a row if its version is still the one read; whether it was."""
    model = type(record)
    names = list(values)
    columns = ", ".join(f'"{model._meta.fields[n].column_name}" = {base.param}' for n in names)
    cursor = base.execute_sql(
        f'UPDATE "{model._meta.table_name}" SET {columns}, "version" = "version" + 1 '
        f'WHERE "id" = {base.param} AND "version" = {base.param}',
        [*(values[n] for n in names), record.id, record.version],
    )
    return bool(base.rows_affected(cursor) == 1)


def put(base: Database, model: type[Journaled], row: str, values: Mapping[str, Any], writes: Mapping[str, str]) -> None:
    """Write a row as the journal says it is, new or not (taking in, replay)."""
    named = {**values, "id": row, "writes": json.dumps(writes, sort_keys=True)}
    names = list(named)
    columns = ", ".join(f'"{model._meta.fields[n].column_name}"' for n in names)
    updates = ", ".join(f'"{model._meta.fields[n].column_name}" = excluded."{model._meta.fields[n].column_name}"' for n in names[:-2])
    table = model._meta.table_name
    base.execute_sql(
        f'INSERT INTO "{table}" ({columns}, "version") VALUES ({", ".join([base.param] * len(names))}, 1) '
        f'ON CONFLICT ("id") DO UPDATE SET {updates}, "writes" = excluded."writes", "version" = "{table}"."version" + 1',
        [named[n] for n in names],
    )


def take_out(base: Database, model: type[Journaled], row: str) -> None:
    """Take a row out that no line with effect made. On a server a function of the owner of the tables does it, which asks that too: people
    delete nothing there."""
    if on_server(base):
        base.execute_sql(f"SELECT {TAKE_OUT}({base.param}, {base.param})", (model.__name__, row))
    else:
        base.execute_sql(f'DELETE FROM "{model._meta.table_name}" WHERE "id" = {base.param}', (row,))


def insert_plain(
    base: Database, model: type[Journaled], names: Sequence[str], batch: Sequence[Sequence[Any]]
) -> None:
    """Insert rows given as plain values of ``names``, then ``writes`` and ``id``."""
    insert(base, _insert_statement(model, tuple(names), base.param), batch)


@lru_cache(maxsize=512)
def _insert_statement(model: type[Journaled], names: tuple[str, ...], mark: str) -> str:
    listed = ", ".join(f'"{c}"' for c in (*(_column(model, n) for n in names), "writes", "id", "version"))
    return f'INSERT INTO "{model._meta.table_name}" ({listed}) VALUES ({", ".join([mark] * (len(names) + 2))}, 1)'


def update_plain(
    base: Database, model: type[Journaled], names: Sequence[str], batch: Sequence[Sequence[Any]]
) -> None:
    """Write plain values of ``names``, then ``writes``, into the rows whose ``id`` comes last."""
    listed = ", ".join(f'"{c}" = {base.param}' for c in (*(_column(model, n) for n in names), "writes"))
    statement = f'UPDATE "{model._meta.table_name}" SET {listed}, "version" = "version" + 1 WHERE "id" = {base.param}'
    many(base, statement, batch)


def _column(model: type[Journaled], name: str) -> str:
    return str(model._meta.fields[name].column_name)


def writes_text(writes: Mapping[str, str]) -> str:
    """The text of a row's ``writes``."""
    if len(writes) == 1 and "" in writes:
        return f'{{"": "{writes[""]}"}}'  # a row as it was made: by far the most
    return json.dumps(writes, sort_keys=True)


def batches(items: Iterable[Any], size: int = 400) -> Iterator[list[Any]]:
    """``items`` in lists of at most ``size``, so that no statement has too many values."""
    source = iter(items)
    while some := list(islice(source, size)):
        yield some


def touch(base: Database, touched: Sequence[tuple[str, str, int]]) -> None:
    """Note which rows a line touched: (table, row, place of the line)."""
    table = Touch._meta.table_name
    insert(
        base,
        f'INSERT INTO "{table}" ("tbl", "row", "line") VALUES ({base.param}, {base.param}, {base.param})',
        touched,
    )


def stored(
    base: Database, model: type[Journaled], where: str = "", params: Sequence[Any] = (), limit: int | None = None
) -> dict[str, dict[str, Any]]:
    """The journaled values of rows of a table as the journal writes them, by id in its order; at most ``limit`` rows."""
    names, truths, listed = _kinds(model)
    end = "" if limit is None else f" LIMIT {int(limit)}"
    cursor = base.execute_sql(f'SELECT {listed}, "id" FROM "{model._meta.table_name}" {where} ORDER BY "id"{end}', params)
    found = {row[-1]: dict(zip(names, row, strict=False)) for row in cursor.fetchall()}
    for name in truths:
        for values in found.values():
            if values[name] is not None:
                values[name] = bool(values[name])
    return found


def writes_of(base: Database, model: type[Journaled], ids: Sequence[str]) -> dict[str, str]:
    """The ``writes`` of rows, as they are kept."""
    found: dict[str, str] = {}
    for some in batches(ids):
        marks = ", ".join([base.param] * len(some))
        found.update(base.execute_sql(f'SELECT "id", "writes" FROM "{model._meta.table_name}" WHERE "id" IN ({marks})', some).fetchall())
    return found


@lru_cache(maxsize=64)
def _kinds(model: type[Journaled]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The journaled fields of a table, those that hold truth values, and their columns as a query lists them."""
    fields = model.journal_fields()
    truths = tuple(f.name for f in fields if isinstance(f, BooleanField))
    return tuple(f.name for f in fields), truths, ", ".join(f'"{f.column_name}"' for f in fields)


def on_server(base: Database) -> bool:
    """Whether the store is a PostgreSQL server."""
    return isinstance(base, PostgresqlDatabase)
