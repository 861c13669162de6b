"""Which cases lines concern, as they now are: what the board works out anew after an act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from peewee import Database

from execdesk.casefile.dossier import (
    BESIDE,
    READ,
    Dossier,
    arrange,
    cases_ever,
    cases_of,
    owner_field,
    read_dossiers,
    watched,
)
from execdesk.records.cases import Case
from execdesk.records.tables import BY_NAME
from execdesk.store.follower import Touched

Made = Mapping[str, Mapping[str, Mapping[str, Any]]]


def concerned(base: Database, touched: Touched, tables: Collection[str]) -> tuple[dict[str, Dossier | None], set[str]]:
    """The cases concerned with their dossiers, ``None`` for what is no case any more, and those of them that are new: these were made
    with all their rows and need no look into the database. ``tables`` are looked at besides those that always are."""
    found: dict[str, Mapping[str, Mapping[str, Any]]] = {}
    asked: dict[str, set[str]] = {}
    cases: set[str] = set()
    through = {beside.through.__name__ for beside in BESIDE.values()}
    for table, made in touched.made.items():
        if table in BESIDE or table in through:  # what a case sees beside it only the database tells
            asked.setdefault(table, set()).update(made)
        elif watched(table):
            found[table] = made
            _owners(table, made, touched.made, cases, asked)
    fresh = set(found.get("Case", ()))
    for table, row in touched.changed:
        if watched(table):
            asked.setdefault(table, set()).add(row)
    known = cases_of(base, asked) if asked else set()
    for table, row in touched.moved:
        if table in READ:
            known |= cases_ever(base, table, row)
    fresh -= known
    old = (cases | known) - fresh
    dossiers: dict[str, Dossier | None] = dict.fromkeys((*fresh, *old))
    if fresh:
        arranged = arrange(found)
        dossiers.update((case, arranged[case]) for case in fresh if case in arranged)
    dossiers.update(read_dossiers(base, sorted(old), tables))
    return dossiers, fresh


def _owners(table: str, some: Mapping[str, Mapping[str, Any]], made: Made, cases: set[str], asked: dict[str, set[str]]) -> None:
    """Note the cases of new rows of a table, or the rows by which the database tells them."""
    if table == "Case":
        return
    name, parent = owner_field(BY_NAME[table])
    named = {values[name] for values in some.values()}
    if parent is Case:
        cases |= named
        return
    beside = made.get(parent.__name__, {})
    _owners(parent.__name__, {row: beside[row] for row in named if row in beside}, made, cases, asked)
    if unknown := {row for row in named if row not in beside}:
        asked.setdefault(parent.__name__, set()).update(unknown)
