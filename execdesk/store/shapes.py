"""Whether a line's values fit the columns they are for: a program of one's own may write anything, and no database is to choke on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from peewee import BooleanField, CharField, Field, IntegerField

from execdesk.records.base import DayField, JsonField, MomentField, moment_text
from execdesk.records.tables import BY_NAME
from execdesk.records.words import TABLES
from execdesk.store.line import Entry

_LARGEST = 2**63 - 1  # of a whole number


def shape_fault(entry: Entry) -> str | None:
    """Why a line has no effect, as the end of a sentence: a value is missing that must be there, of another kind, or too long."""
    for change in entry.changes:
        values = change.values
        if not _fits(change.table, change.new, tuple(values), tuple(map(type, values.values()))) or _misread(change.table, values):
            return f"写下的{TABLES[change.table]}残缺不全，或不是该填的内容"
    return None


@lru_cache(maxsize=4096)
def _fits(table: str, new: bool, names: tuple[str, ...], kinds: tuple[type, ...]) -> bool:
    told = dict(zip(names, kinds, strict=True))
    fields = _fields(table)
    if new and any(not field.null and name not in told for name, field in fields.items()):
        return False
    return all(_kind_fits(fields[name], kind) for name, kind in told.items())


def _kind_fits(field: Field, kind: type) -> bool:
    if kind is type(None):
        return bool(field.null)
    if isinstance(field, BooleanField):
        return kind is bool
    return kind is (int if isinstance(field, IntegerField) else str)


@lru_cache(maxsize=64)
def _fields(table: str) -> dict[str, Field]:
    return {field.name: field for field in BY_NAME[table].journal_fields()}


@lru_cache(maxsize=64)
def _checks(table: str) -> tuple[tuple[str, Callable[[Any], bool]], ...]:
    """The fields of a table whose values may be of the right kind and yet no day, no moment, no JSON, or too long."""
    return tuple((name, check) for name, field in _fields(table).items() if (check := _check(field)) is not None)


def _check(field: Field) -> Callable[[Any], bool] | None:
    if isinstance(field, BooleanField):
        return None
    if isinstance(field, IntegerField):
        return lambda value: abs(value) <= _LARGEST
    if isinstance(field, DayField):
        return _is_day
    if isinstance(field, MomentField):
        return _is_moment
    if isinstance(field, JsonField):
        return _is_json
    if isinstance(field, CharField):
        most: int = field.max_length
        return lambda value: len(value) <= most
    return None


def _misread(table: str, values: Mapping[str, Any]) -> bool:
    for name, fine in _checks(table):
        value = values.get(name)
        if value is not None and not fine(value):
            return True
    return False


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def _is_moment(text: str) -> bool:
    try:
        return moment_text(datetime.fromisoformat(text)) == text
    except ValueError:
        return False


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
