"""Whether a line's values fit the columns they are for: a program of one's own may write anything, and no database is to choke on it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from operator import gt, itemgetter
from typing import Any

from peewee import BooleanField, CharField, Field, IntegerField

from execdesk.records.base import DayField, JsonField, MomentField, moment_text
from execdesk.records.tables import BY_NAME
from execdesk.records.words import TABLES
from execdesk.store.line import Entry

_LARGEST = 2**63 - 1  # of a whole number
_YEARS = frozenset(map(str, range(1800, 2200)))  # births before 1900 are told by old numbers, certificates last beyond 2100
_Asked = tuple[Callable[[Mapping[str, Any]], Iterable[Any]], tuple[int, ...], tuple[tuple[str, Callable[[Any], bool]], ...]]
"""Which texts have a bound, how long each may be, and what else is to be asked, by field."""
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def shape_fault(entry: Entry) -> str | None:
    """Why a line has no effect, as the end of a sentence: a value is missing that must be there, of another kind, or too long."""
    for table, _, new, values, _ in entry.data["changes"]:
        if not _is_whole(table, values, bool(new)):
            return f"写下的{TABLES[table]}残缺不全，或不是该填的内容"
    return None


def fits(table: str, values: Mapping[str, Any], *, new: bool) -> bool:
    """Whether an act may write plain values into a table: each of its column's kind and length, a day in a year that may be spoken of, text
    without what no database and no page takes; of a ``new`` row every one that must be there."""
    if not _is_whole(table, values, new):
        return False
    days = _days(table)
    return all(
        value[:4] in _YEARS if name in days else value.isprintable() or _NO_TEXT.search(value) is None
        for name, value in values.items() if type(value) is str
    )


def _is_whole(table: str, values: Mapping[str, Any], new: bool) -> bool:
    asked = _fits(table, new, tuple(values), tuple(map(type, values.values())))
    if asked is None:
        return False
    texts, most, checks = asked
    if any(map(gt, map(len, texts(values)), most)):  # a package asks this of every text
        return False
    return not checks or all(fine(values[name]) for name, fine in checks)


@lru_cache(maxsize=64)
def _days(table: str) -> frozenset[str]:
    return frozenset(name for name, field in _fields(table).items() if isinstance(field, (DayField, MomentField)))


@lru_cache(maxsize=4096)
def _fits(table: str, new: bool, names: tuple[str, ...], kinds: tuple[type, ...]) -> _Asked | None:
    """What is still to be asked of the values of these kinds; ``None`` where a kind is wrong, or one is missing."""
    told = dict(zip(names, kinds, strict=True))
    fields = _fields(table)
    if new and any(not field.null and field.default is None and name not in told for name, field in fields.items()):
        return None
    if not all(_kind_fits(fields[name], kind) for name, kind in told.items()):
        return None
    there = [name for name, kind in told.items() if kind is not type(None)]
    bound = {name: most for name in there if (most := _length(fields[name])) is not None}
    return _texts(tuple(bound)), tuple(bound.values()), tuple((name, check) for name in there if (check := _check(fields[name])) is not None)


def _texts(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Iterable[Any]]:
    """The values of some fields: of one alone ``itemgetter`` would tell no tuple."""
    return itemgetter(*names) if len(names) > 1 else lambda values: [values[name] for name in names]


def _kind_fits(field: Field, kind: type) -> bool:
    if kind is type(None):
        return bool(field.null)
    if isinstance(field, BooleanField):
        return kind is bool
    return kind is (int if isinstance(field, IntegerField) else str)


@lru_cache(maxsize=64)
def _fields(table: str) -> dict[str, Field]:
    return {field.name: field for field in BY_NAME[table].journal_fields()}


def _length(field: Field) -> int | None:
    """How long the text of a column may be; days and moments are asked otherwise."""
    return int(field.max_length) if isinstance(field, CharField) and not isinstance(field, (DayField, MomentField)) else None


def _check(field: Field) -> Callable[[Any], bool] | None:
    if isinstance(field, BooleanField):
        return None
    if isinstance(field, IntegerField):
        return lambda value: abs(value) <= _LARGEST
    if isinstance(field, DayField):
        return _is_day
    if isinstance(field, MomentField):
        return is_moment
    if isinstance(field, JsonField):
        return _is_json
    return None


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@lru_cache(maxsize=4096)
def is_moment(text: str) -> bool:
    """Whether a text is a moment as lines write it; TypeError for what is no text."""
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
