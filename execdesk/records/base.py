"""Base of all tables: ULID rows, neutral column types, and what the journal needs to know of a table."""

from __future__ import annotations

import json
import os
import threading
import time
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, ClassVar

from peewee import BooleanField, CharField, Database, DatabaseProxy, Field, IntegerField, Model, TextField

from execdesk.records.moves import Moves
from execdesk.records.owners import TableOwners

in_context: ContextVar[Database | None] = ContextVar("execdesk.in_context", default=None)  # set by a store, see its ``reading``


class NoStore(RuntimeError):
    """A query outside any store: whoever begins work (a door, an act, a command) says which store it is about."""


class _InContext(DatabaseProxy):
    """The database of the store in context, looked up each time a query runs: two open stores never mix, nor do two threads."""

    __slots__ = ("_callbacks",)

    def __init__(self) -> None:
        self._callbacks: list[Any] = []

    @property
    def obj(self) -> Database | None:
        return in_context.get()

    def __getattr__(self, name: str) -> Any:
        base = in_context.get()
        if base is None:
            raise NoStore("no store in context: run this inside store.reading(), an act, or a method of a door")
        return getattr(base, name)


database = _InContext()

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _CROCKFORD for second in _CROCKFORD]
_lock = threading.Lock()
_last = [0, 0]


def new_id() -> str:
    """A ULID: 26 characters, sortable by the moment it was made, unique without asking another desk."""
    with _lock:
        now, salt = time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10), "big")
        if now <= _last[0]:
            now, salt = _last[0], _last[1] + 1
        _last[:] = [now, salt]
    number = (now << 80) | (salt & ((1 << 80) - 1))
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)])


class DayField(CharField):
    """A day, kept as ``YYYY-MM-DD`` so that every database sorts it and the journal needs no conversion."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)

    def db_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> Any:
        return date.fromisoformat(value) if isinstance(value, str) else value


class MomentField(CharField):
    """An aware moment, kept in UTC as ISO text with milliseconds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=32, **options)

    def db_value(self, value: Any) -> Any:
        return moment_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class JsonField(TextField):
    """Plain JSON kept as canonical text."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else canonical(value)

    def python_value(self, value: Any) -> Any:
        return json.loads(value) if isinstance(value, str) else value


def canonical(value: Any) -> str:
    """The one JSON text of a plain value: sorted keys, no spaces, no escapes."""
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def moment_text(moment: datetime) -> str:
    """``moment`` in UTC with milliseconds, as the journal and the tables write it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


class Record(Model):
    """A table of the store. Rows are written by acts only (journaled tables) or by the store itself (local ones)."""

    class Meta:
        database = database
        legacy_table_names = False


class Journaled(Record):
    """A row whose every change is a line of the journal.

    ``version`` and ``writes`` are local bookkeeping: the row's count of changes here, and the line that last wrote each
    fact. ``struck`` holds the reason once the row is struck; it stays readable. ``WORDS`` is what a person calls the table.
    ``FACTS`` names groups of fields that make one legal fact and therefore clash together; a field made with :func:`belongs_to` holds the row this one belongs to.
    ``OF_ALL`` marks tables whose faults concern every case: the court, its people and their authority; ``OF_CHILDREN`` those that
    are of no case themselves, whose faults concern the cases of the rows that belong to them: a property, a receipt.
    ``MOVES`` is the table of what its field ``state`` may become, for records that have one. ``OWNERS`` says who may write its rows.
    """

    id = CharField(max_length=26, primary_key=True, default=new_id)
    version = IntegerField(default=1)
    writes = TextField(default="{}")
    struck = TextField(null=True)

    WORDS: ClassVar[str] = ""
    FACTS: ClassVar[dict[str, tuple[str, ...]]] = {}
    OF_ALL: ClassVar[bool] = False
    OF_CHILDREN: ClassVar[bool] = False
    MOVES: ClassVar[Moves | None] = None
    OWNERS: ClassVar[TableOwners]
    LOCAL: ClassVar[frozenset[str]] = frozenset({"id", "version", "writes"})

    @classmethod
    def journal_fields(cls) -> tuple[Field, ...]:
        """The fields whose values are journaled, ``struck`` among them, in the order of declaration."""
        return _journaled(cls)

    @classmethod
    def fact_of(cls, name: str) -> str:
        """The fact a field belongs to: its group, or the field by itself."""
        for fact, members in cls.FACTS.items():
            if name in members:
                return fact
        return name

    @classmethod
    def fields_of(cls, fact: str) -> tuple[str, ...]:
        """The fields that make up a fact."""
        return cls.FACTS.get(fact, (fact,))

    @property
    def state_words(self) -> str:
        """What the row's state is called, for a record that has one."""
        return self.MOVES.words[self.__data__["state"]] if self.MOVES is not None else ""

    def journal_values(self) -> dict[str, Any]:
        """All journaled fields as plain values."""
        data = self.__data__
        return {
            name: value if (value := data.get(name)) is None or type(value) is own else plain(field, value)
            for name, field, own in _kinds(type(self))
        }


_OWN: dict[type[Field], type] = {CharField: str, TextField: str, IntegerField: int, BooleanField: bool}


@cache
def _kinds(model: type[Journaled]) -> tuple[tuple[str, Field, type | None], ...]:
    """The journaled fields with the type of those values that need no conversion."""
    return tuple((field.name, field, _OWN.get(type(field))) for field in _journaled(model))


@cache
def _journaled(model: type[Journaled]) -> tuple[Field, ...]:
    return tuple(field for field in model._meta.sorted_fields if field.name not in model.LOCAL)


def plain(field: Field, value: Any) -> Any:
    """The value of a field as the journal writes it: text, whole number, truth or nothing."""
    if value is None:
        return None
    return bool(value) if isinstance(field, BooleanField) else field.db_value(value)


class RowField(CharField):
    """A column holding another row's id. ``target`` names that row's table; ``owner`` says whether this row belongs to it.

    Not a foreign key of the database: rows from another desk may arrive before the row they name, and the journal, not the
    database, decides what exists.
    """

    def __init__(self, target: str, *, owner: bool, **options: Any) -> None:
        self.target, self.owner = target, owner
        super().__init__(max_length=26, **{"index": True, **options})


def belongs_to(table: str, **options: Any) -> RowField:
    """The row this one is a child of: striking that one, or closing issue on it, concerns this one."""
    return RowField(table, owner=True, **options)


def refers_to(table: str, **options: Any) -> RowField:
    """A row this one merely names."""
    return RowField(table, owner=False, **options)
