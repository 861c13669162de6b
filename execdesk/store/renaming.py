"""What a release calls otherwise than those before it: tables, fields, facts and acts, old names beside new ones.

Lines are never rewritten. One in an older format is read with the names of today, whatever it is read for, and its bytes stay what was hashed and
signed; of what is derived of the lines and kept under names here, an upgrade renames what the release renamed. A rename is one entry of
:data:`RENAMES`, and a migration that renames table and column.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from peewee import Database

FIRST = 1  # the format of the first release's lines


@dataclass(frozen=True)
class Renames:
    """Old name → new name. Fields and facts are told by (table under its new name, old name); ``migration`` is the one that renames columns."""

    migration: str
    tables: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[tuple[str, str], str] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)

    def fact(self, table: str, fact: str) -> str:
        """A fact's new name; a field that is a fact by itself is renamed with it."""
        return self.facts.get((table, fact)) or self.fields.get((table, fact), fact)

    def change(self, told: list[Any]) -> list[Any]:
        """A change as a line has it, under the new names."""
        old, row, new, values, over = told
        table = self.tables.get(old, old)
        return [
            table, row, new, {self.fields.get((table, name), name): value for name, value in values.items()},
            {self.fact(table, fact): lines for fact, lines in over.items()},
        ]


RENAMES: dict[int, Renames] = {}  # by the format of the lines that bear the new names first


def present_format() -> int:
    """The format of the lines this program writes."""
    return max((FIRST, *RENAMES))


def lifted(data: dict[str, Any]) -> dict[str, Any]:
    """The parsed body of a line of an older format, under the names of today."""
    for number in sorted(RENAMES):
        if data["format"] < number:
            renames = RENAMES[number]
            data = {**data, "act": renames.acts.get(data["act"], data["act"]), "changes": [renames.change(change) for change in data["changes"]]}
    return data


@lru_cache(maxsize=64)
def ever(act: str) -> tuple[str, ...]:
    """All names that an act has had, as the columns beside lines tell them: today's, and those before."""
    found = [act]
    for number in sorted(RENAMES, reverse=True):
        found += [old for old, new in RENAMES[number].acts.items() if new in found]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=64)
def today(act: str) -> str:
    """The name that an act has today."""
    for number in sorted(RENAMES):
        act = RENAMES[number].acts.get(act, act)
    return act


def rename_derived(base: Database, migrations: Collection[str], facts: Mapping[str, str]) -> None:
    """Let the index of rows touched, the clashes and the rows' own notes of their lines bear the names that some migrations brought.

    ``facts`` gives the SQL name of each journaled table by its name of today.
    """
    for number in sorted(RENAMES):
        renames = RENAMES[number]
        if renames.migration in migrations:
            for old, new in renames.tables.items():
                for place in ("touch", "clash"):
                    base.execute_sql(f'UPDATE "{place}" SET "tbl" = {base.param} WHERE "tbl" = {base.param}', (new, old))
            for table in sorted({table for table, _ in (*renames.fields, *renames.facts)}):
                _rename_facts(base, renames, table, facts[table])


def _rename_facts(base: Database, renames: Renames, table: str, place: str) -> None:
    mark = base.param
    for row, text in base.execute_sql(f'SELECT "id", "writes" FROM "{place}"').fetchall():
        told = json.loads(text)
        now = {renames.fact(table, fact): line for fact, line in told.items()}
        if now != told:
            base.execute_sql(f'UPDATE "{place}" SET "writes" = {mark} WHERE "id" = {mark}', (json.dumps(now, sort_keys=True), row))
    for row, fact, values in base.execute_sql(f'SELECT "id", "fact", "vals" FROM "clash" WHERE "tbl" = {mark}', (table,)).fetchall():
        named = [{renames.fields.get((table, name), name): value for name, value in one.items()} for one in json.loads(values)]
        base.execute_sql(
            f'UPDATE "clash" SET "fact" = {mark}, "vals" = {mark} WHERE "id" = {mark}',
            (renames.fact(table, fact), json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":")), row),
        )
