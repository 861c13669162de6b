"""One person in several cases, one thing entered twice: the same checked number, or a person's word, says that rows are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from execdesk.records.cases import Party, PartyTie
from execdesk.records.property import Property, PropertyOwner, PropertyTie
from execdesk.store import rows
from execdesk.store.look import seen

CHECKED = ("id18", "credit_code")  # numbers with a checksum of their own: equal ones are one person


def same_persons(parties: Iterable[str]) -> frozenset[str]:
    """These parties and all that are one person with one of them, whatever their case. A tie is an edge; edges add up. Asked once in a look."""
    begun = frozenset(parties)

    def read() -> frozenset[str]:
        found, fresh = set(begun), set(begun)
        while fresh:
            fresh = _one_person_with(fresh) - found
            found |= fresh
        return frozenset(found)

    return seen(("same persons", begun), read)


def rows_of_things(debtors: Iterable[str], held: Iterable[str]) -> list[Property]:
    """What debtors own and measures lie on, with all rows that are one thing with it; struck ones too. Asked once in a look."""
    persons, held = frozenset(debtors), frozenset(held)

    def read() -> list[Property]:
        query: Any = PropertyOwner.select(PropertyOwner.property).where(
            PropertyOwner.party.in_(sorted(same_persons(persons))), PropertyOwner.struck.is_null()
        ).tuples()
        ids = held | {row for (row,) in query}
        return list(Property.select().where(Property.id.in_(sorted(same_things(ids))))) if ids else []

    return seen(("rows of things", persons, held), read)


def same_things(properties: Iterable[str]) -> frozenset[str]:
    """These properties and all that are one thing with one of them: one kind and natural key, or tied."""
    found: set[str] = set(properties)
    fresh = set(found)
    while fresh:
        fresh = (_of_one_key(fresh) | _tied(fresh)) - found
        found |= fresh
    return frozenset(found)


def tied_things(properties: Iterable[str]) -> frozenset[str]:
    """These properties and all that somebody has said to be one thing with one of them."""
    found: set[str] = set(properties)
    fresh = set(found)
    while fresh:
        fresh = _tied(fresh) - found
        found |= fresh
    return frozenset(found)


@dataclass(frozen=True)
class Thing:
    """One thing with all its rows, the oldest first; ``untied`` are rows that only their key joins to it: nobody has looked yet."""

    rows: tuple[Property, ...]
    untied: tuple[str, ...]


def things_among(properties: Iterable[Property]) -> list[Thing]:
    """Some properties, those that are one thing together: it counts once. In the order of their oldest rows."""
    rows_ = sorted(properties, key=lambda row: str(row.id))
    ties = _ties(row.id for row in rows_)
    tied = _joined([row.id for row in rows_], ties)
    keys: dict[tuple[str, str], str] = {}
    alike = [(keys.setdefault((row.kind, row.natural_key), row.id), row.id) for row in rows_ if row.natural_key]
    whole = _joined([row.id for row in rows_], [*ties, *alike])
    found: dict[str, list[Property]] = {}
    for row in rows_:
        found.setdefault(whole[row.id], []).append(row)
    return [Thing(tuple(group), tuple(row.id for row in group if tied[row.id] != tied[group[0].id])) for group in found.values()]


def _ties(properties: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(_pairs(set(properties)))


def _joined(ids: list[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each id with the first of those that pairs join it to."""
    first = {row: row for row in ids}

    def of(row: str) -> str:
        while first.setdefault(row, row) != row:
            row = first[row]
        return row

    for one, two in pairs:
        low, high = sorted((of(one), of(two)))
        first[high] = low
    return {row: of(row) for row in ids}


def _one_person_with(parties: set[str]) -> set[str]:
    other, found = Party.alias(), set[str]()
    for some in rows.batches(sorted(parties)):
        alike: Any = other.select(other.id).join(Party, on=(Party.id_no == other.id_no) & (Party.id_kind == other.id_kind)).where(
            Party.id.in_(some), Party.id_kind.in_(CHECKED), Party.id_no.is_null(False), other.struck.is_null()
        )
        query = alike | _other_end(PartyTie.party, PartyTie.other, some) | _other_end(PartyTie.other, PartyTie.party, some)
        found |= {party for (party,) in query.tuples()}
    return found


def _other_end(end: Any, wanted: Any, parties: list[str]) -> Any:
    return PartyTie.select(wanted).where(end.in_(parties), PartyTie.struck.is_null())


def _of_one_key(properties: set[str]) -> set[str]:
    other, found = Property.alias(), set[str]()
    for some in rows.batches(sorted(properties)):
        query: Any = other.select(other.id).join(Property, on=(Property.natural_key == other.natural_key) & (Property.kind == other.kind)).where(
            Property.id.in_(some), Property.natural_key.is_null(False), other.struck.is_null()
        ).tuples()
        found |= {row for (row,) in query}
    return found


def _tied(ids: set[str]) -> set[str]:
    return {row for pair in _pairs(ids) for row in pair}


def _pairs(ids: set[str]) -> set[tuple[str, str]]:
    """What a person has tied to these properties; asked once in a look."""
    model, found = PropertyTie, set[tuple[str, str]]()
    for some in rows.batches(sorted(ids)):
        ends: Any = model.property.in_(some) | model.other.in_(some)
        query: Any = model.select(model.property, model.other).where(model.struck.is_null(), ends).tuples()
        found |= seen(("ties", tuple(some)), partial(frozenset, query))
    return found
