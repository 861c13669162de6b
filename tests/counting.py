"""What a piece of work asks of the database, counted in the database itself: statements run, and rows handed out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from peewee import Database


@dataclass
class Asked:
    """The statements in their order, and how many rows they gave."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return f"{len(self)} statements, {self.rows} rows:\n" + "\n".join(self.statements)


@contextmanager
def asked_of(base: Database) -> Iterator[Asked]:
    """Count what this thread's connection of an embedded store does in the block."""
    asked = Asked()
    connection: Any = base.connection()

    def statement(_cursor: Any, text: str, _values: Any) -> bool:
        asked.statements.append(text)
        return True

    def row(_cursor: Any, values: Any) -> Any:
        asked.rows += 1
        return values

    connection.exec_trace, connection.row_trace = statement, row
    try:
        yield asked
    finally:
        connection.exec_trace = connection.row_trace = None
