"""What a piece of work asks of the database, counted in the database itself: statements run, and rows handed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from peewee import Database, PostgresqlDatabase


@dataclass
class Asked:
    """The statements in their order, the values of each, and how many rows they gave."""

    statements: list[str] = field(default_factory=list)
    values: list[tuple[Any, ...]] = field(default_factory=list)
    rows: int = 0

    def note(self, statement: str, values: Sequence[Any] | None) -> None:
        self.statements.append(statement)
        self.values.append(tuple(values or ()))

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return f"{len(self)} statements, {self.rows} rows:\n" + "\n".join(self.statements)


@contextmanager
def asked_of(base: Database) -> Iterator[Asked]:
    """Count what this thread's connection does in the block, of an embedded store or of one on a server."""
    asked = Asked()
    connection: Any = base.connection()
    watched = _on_server if isinstance(base, PostgresqlDatabase) else _embedded
    with watched(connection, asked):
        yield asked


@contextmanager
def _embedded(connection: Any, asked: Asked) -> Iterator[None]:
    def statement(_cursor: Any, text: str, values: Any) -> bool:
        asked.note(text, values)
        return True

    def row(_cursor: Any, values: Any) -> Any:
        asked.rows += 1
        return values

    connection.exec_trace, connection.row_trace = statement, row
    try:
        yield
    finally:
        connection.exec_trace = connection.row_trace = None


@contextmanager
def _on_server(connection: Any, asked: Asked) -> Iterator[None]:
    plain = connection.cursor_factory

    class Counting(plain):  # type: ignore[misc]
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            asked.note(str(query), params)
            done = super().execute(query, params, **options)
            asked.rows += self.rowcount if self.description else 0
            return done

    connection.cursor_factory = Counting
    try:
        yield
    finally:
        connection.cursor_factory = plain


def plan_of(base: Database, statement: str, values: Sequence[Any]) -> str:
    """How the database would go about a statement, told by itself from figures that are up to date."""
    base.execute_sql("ANALYZE")
    if isinstance(base, PostgresqlDatabase):
        return "\n".join(step for (step,) in base.execute_sql(f"EXPLAIN {statement}", values).fetchall())
    return "\n".join(step[3] for step in base.execute_sql(f"EXPLAIN QUERY PLAN {statement}", values).fetchall())
