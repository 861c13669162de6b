"""Which cases lines concern, as they now are: what the board works out anew after an act."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from peewee import Database

from execdesk.casefile.dossier import (
    BESIDE,
    READ,
    Dossier,
    Pair,
    arrange,
    cases_ever,
    cases_of,
    owner_field,
    read_dossiers,
    watched,
)
from execdesk.records.tables import BY_NAME
from execdesk.store.follower import Touched


def concerned(base: Database, touched: Touched, tables: Collection[str]) -> tuple[dict[str, Dossier | None], set[str]]:
    """The cases concerned with their dossiers, ``None`` for what is no case any more, and those of them that are new: these were made
    with all their rows and need no look into the database. ``tables`` are looked at besides those that always are."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    asked: dict[str, set[str]] = {}
    cases: set[str] = set()
    through = {beside.through.__name__ for beside in BESIDE.values()}
    for (table, row), values in touched.made.items():
        if table in BESIDE or table in through:  # what a case sees beside it only the database tells
            asked.setdefault(table, set()).add(row)
        elif watched(table):
            found.setdefault(table, {})[row] = values
            _owner(table, values, touched.made, cases, asked)
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
        made = arrange(found)
        dossiers.update((case, made[case]) for case in fresh if case in made)
    dossiers.update(read_dossiers(base, sorted(old), tables))
    return dossiers, fresh


def _owner(table: str, values: Mapping[str, Any], made: Mapping[Pair, Mapping[str, Any]], cases: set[str], asked: dict[str, set[str]]) -> None:
    """Note the case of a new row, or the row by which the database tells it."""
    while table != "Case":
        name, parent = owner_field(BY_NAME[table])
        table, row = parent.__name__, values[name]
        if table == "Case":
            cases.add(row)
        elif (table, row) in made:
            values = made[table, row]
        else:
            asked.setdefault(table, set()).add(row)
            return
