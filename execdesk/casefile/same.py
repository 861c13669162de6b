"""One person in several cases, one thing entered twice: the same checked number, or a person's word, says that rows are the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from execdesk.records.cases import Party, PartyTie
from execdesk.records.property import Property, PropertyTie
from execdesk.store import rows

CHECKED = ("id18", "credit_code")  # numbers with a checksum of their own: equal ones are one person


def same_persons(parties: Iterable[str]) -> frozenset[str]:
    """These parties and all that are one person with one of them, whatever their case. A tie is an edge; edges add up."""
    found: set[str] = set(parties)
    fresh = set(found)
    while fresh:
        fresh = (_of_one_number(fresh) | _tied(PartyTie, PartyTie.party, fresh)) - found
        found |= fresh
    return frozenset(found)


def same_things(properties: Iterable[str]) -> frozenset[str]:
    """These properties and all that are one thing with one of them: one kind and natural key, or tied."""
    found: set[str] = set(properties)
    fresh = set(found)
    while fresh:
        fresh = (_of_one_key(fresh) | _tied(PropertyTie, PropertyTie.property, fresh)) - found
        found |= fresh
    return frozenset(found)


def twin_groups(properties: Iterable[Property]) -> list[list[Property]]:
    """Some properties, each group of those that are one thing together, the oldest row first: counted once."""
    left = {row.id: row for row in properties}
    groups: list[list[Property]] = []
    for row in sorted(left.values(), key=lambda one: str(one.id)):
        if row.id in left:
            same = same_things([row.id])
            groups.append([left.pop(other) for other in sorted(same & left.keys())])
    return groups


def untied(group: list[Property]) -> list[Property]:
    """Those of a group that no tie joins to the rest of it: found twice by their key, and nobody has looked yet."""
    if len(group) < 2:
        return []
    reached = {group[0].id}
    while fresh := _tied(PropertyTie, PropertyTie.property, reached) - reached:
        reached |= fresh
    return [row for row in group if row.id not in reached]


def _of_one_number(parties: set[str]) -> set[str]:
    numbers: set[tuple[str, str]] = set()
    for some in rows.batches(sorted(parties)):
        query: Any = Party.select(Party.id_kind, Party.id_no).where(Party.id.in_(some), Party.id_kind.in_(CHECKED), Party.id_no.is_null(False)).tuples()
        numbers |= set(query)
    found: set[str] = set()
    for some in rows.batches(sorted({number for _, number in numbers})):
        query = Party.select(Party.id, Party.id_kind, Party.id_no).where(Party.id_no.in_(some), Party.struck.is_null()).tuples()
        found |= {party for party, kind, number in query if (kind, number) in numbers}
    return found


def _of_one_key(properties: set[str]) -> set[str]:
    keys: set[tuple[str, str]] = set()
    for some in rows.batches(sorted(properties)):
        query: Any = Property.select(Property.kind, Property.natural_key).where(Property.id.in_(some), Property.natural_key.is_null(False)).tuples()
        keys |= set(query)
    found: set[str] = set()
    for some in rows.batches(sorted({key for _, key in keys})):
        query = Property.select(Property.id, Property.kind, Property.natural_key).where(Property.natural_key.in_(some), Property.struck.is_null()).tuples()
        found |= {row for row, kind, key in query if (kind, key) in keys}
    return found


def _tied(model: type[PartyTie] | type[PropertyTie], end: Any, ids: set[str]) -> set[str]:
    found: set[str] = set()
    for some in rows.batches(sorted(ids)):
        query: Any = model.select(end, model.other).where(model.struck.is_null(), end.in_(some) | model.other.in_(some)).tuples()
        found |= {row for pair in query for row in pair}
    return found
