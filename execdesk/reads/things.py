"""The property of a case: what is under control in it and what its debtors own, each thing once, with measures of other cases on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.same import Thing, things_among
from execdesk.casework.property.actions import FOUND_BY, VALUED_BY
from execdesk.law.control import IN_EFFECT, MEASURES
from execdesk.reads.caserows import MeasureRow, ThingRow
from execdesk.records.cases import Case, Party
from execdesk.records.measures import HELD, Measure
from execdesk.records.property import Property, PropertyOwner


def things_of(session: Session, case: str, every: Sequence[Property], measures: Sequence[MeasureRow]) -> tuple[ThingRow, ...]:
    """The property of a case by kind, in the order of the kinds and of its oldest rows; a handful of queries however much there is."""
    rows = [row for row in every if row.struck is None]
    if not rows:
        return ()
    known = [row.id for row in rows]
    owners, elsewhere = _owners(known), _elsewhere(known, case)
    kinds = property_kinds(session.resources)
    order = {kind.id: number for number, kind in enumerate(kinds.all)}
    found = [_row(session, thing, owners, elsewhere, measures) for thing in things_among(rows)]
    return tuple(sorted(found, key=lambda one: (order[one.kind], one.id)))


def _owners(things: list[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query: Any = (
        PropertyOwner.select(PropertyOwner.property, Party.name, PropertyOwner.share).join(Party, on=(PropertyOwner.party == Party.id))
        .where(PropertyOwner.property.in_(things), PropertyOwner.struck.is_null()).order_by(PropertyOwner.id).tuples()
    )
    for thing, name, share in query:
        found[thing].append((name, share))
    return found


def _elsewhere(things: list[str], case: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    query: Any = (
        Measure.select(Measure.property, Case.number, Measure.kind, Measure.rank, Measure.effective_on).join(Case, on=(Measure.case == Case.id))
        .where(Measure.property.in_(things), Measure.case != case, Measure.state.in_(HELD), Measure.struck.is_null()).order_by(Measure.id).tuples()
    )
    for thing, number, kind, rank, effective_on in query:
        found[thing].append(f"{number} {'轮候' if rank > 1 and not effective_on else ''}{MEASURES[kind]}")
    return found


def _row(
    session: Session, thing: Thing, owners: dict[str, list[tuple[str, str]]], elsewhere: dict[str, list[str]], measures: Sequence[MeasureRow],
) -> ThingRow:
    first, ids = thing.rows[0], frozenset(row.id for row in thing.rows)
    kind = property_kinds(session.resources).of(first.kind)
    told = {name: value for row in reversed(thing.rows) for name, value in row.identifiers.items()}
    held = [one.held_fen for one in measures if one.property in ids and one.state in IN_EFFECT and one.held_fen is not None]
    valued = next((row for row in thing.rows if row.value_fen is not None), first)
    return ThingRow(
        first.id, ids, kind.id, kind.name, kind.title, kind.count, kind.listed(told), tuple((one.label, told[one.name]) for one in kind.identifiers if told.get(one.name)),
        tuple(dict.fromkeys(pair for row in thing.rows for pair in owners.get(row.id, ()))), tuple(words for row in thing.rows for words in elsewhere.get(row.id, ())),
        thing.untied, next((row.place for row in thing.rows if row.place), "") or "", FOUND_BY[first.found_by], first.found_on,
        valued.value_fen, VALUED_BY.get(valued.value_from or "", ""), sum(held) if held else None,
    )
