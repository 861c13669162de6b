"""All tables, found by a look through this package: a table is one class in one of its modules (and its migration)."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import execdesk.records
from execdesk.records.base import Journaled, Record, RowField

_NONE = ("tables", "words")  # they speak of all tables and hold none


def _found() -> Iterator[type[Record]]:
    for module in sorted(info.name for info in pkgutil.iter_modules(execdesk.records.__path__)):
        names = vars(import_module(f"execdesk.records.{module}")) if module not in _NONE else {}
        for made in names.values():
            here = isinstance(made, type) and issubclass(made, Record) and made.__module__ == f"execdesk.records.{module}"
            if here and not made.__subclasses__():  # what tables have in common is none
                yield made


ALL: tuple[type[Record], ...] = tuple(_found())
JOURNALED: tuple[type[Journaled], ...] = tuple(model for model in ALL if issubclass(model, Journaled))
LOCAL: tuple[type[Record], ...] = tuple(model for model in ALL if not issubclass(model, Journaled))
BY_NAME: dict[str, type[Journaled]] = {model.__name__: model for model in JOURNALED}


@cache
def parents_of(model: type[Journaled]) -> tuple[tuple[str, type[Journaled]], ...]:
    """The fields of ``model`` that name the row it belongs to, with that row's table."""
    return tuple((field.name, BY_NAME[field.target]) for field in model._meta.sorted_fields if isinstance(field, RowField) and field.owner)


@cache
def children_of(model: type[Journaled]) -> tuple[tuple[type[Journaled], str], ...]:
    """Tables whose rows belong to a row of ``model``, with the field that names it."""
    return tuple((child, name) for child in JOURNALED for name, parent in parents_of(child) if parent is model)
