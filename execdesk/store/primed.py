"""A verifier of lines that already knows the keys told by the lines here."""

from __future__ import annotations

from typing import Any

from peewee import Database

from execdesk.records.journal import IN_BREACH, Line, Touch
from execdesk.store.chains import entry_of
from execdesk.store.signatures import TEACHING, LineVerifier


def prime(base: Database, verifier: LineVerifier, upto: int | None = None) -> LineVerifier:
    """Let a verifier learn from the lines here, up to a place, without judging them again; returns it."""
    places = Touch.select(Touch.line).where(Touch.table.in_(sorted({*TEACHING, IN_BREACH[0]})))
    without = places_in_breach()
    query = Line.select().where(Line.taken.in_(places)).order_by(Line.taken)
    if upto is not None:
        query = query.where(Line.taken <= upto)
    for line in query.bind(base).iterator():
        verifier.learn(entry_of(line), line.taken not in without)
    return verifier


def places_in_breach() -> frozenset[int]:
    """The places of the lines that are kept without effect."""
    query: Any = Touch.select(Touch.line).where(Touch.table == IN_BREACH[0], Touch.row == IN_BREACH[1]).tuples()
    return frozenset(place for (place,) in query)


__all__ = ["places_in_breach", "prime"]
