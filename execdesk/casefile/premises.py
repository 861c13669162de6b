"""Premises: the facts that must stand before a matter may be put forward, approved or made paper, each declared once.

Data (``resources/premises``) names the fact, the law that asks for it and the matters that rest on it: what stops one paper stops every
paper of these matters, whatever action or desk it comes from. A room that knows a fact registers how it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from execdesk.access.session import Session
from execdesk.law.datafile import read_plain
from execdesk.law.lookup import in_force
from execdesk.law.refusal import Clause, Refusal, WayOn
from execdesk.records.cases import Case, Party


@dataclass(frozen=True)
class Lack:
    """What does not stand, in words that end without a full stop, and the steps that record or bring it about."""

    text: str
    ways: tuple[WayOn, ...] = ()
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class PremiseAsked:
    """Whether a fact stands in a case on a day, of one party or, where none is named, of all whom it must hold of."""

    session: Session
    case: Case
    party: Party | None
    on: date


Look = Callable[[PremiseAsked], Iterable[Lack]]
PREMISES: dict[str, Look] = {}


@dataclass(frozen=True)
class PremiseRule:
    """That some matters rest on a fact, by which law; ``unless`` are facts, each with its law, of which one takes its place."""

    fact: str
    law: str
    matters: tuple[str, ...]
    unless: tuple[tuple[str, str], ...]


def premise(name: str) -> Callable[[Look], Look]:
    """Register how a fact is looked at: a function that tells what lacks, nothing where the fact stands.

    Raises:
        ValueError: that name is taken.
    """

    def register(look: Look) -> Look:
        if name in PREMISES:
            raise ValueError(f"premise {name} is told twice")
        PREMISES[name] = look
        return look

    return register


@lru_cache(maxsize=4)
def premises_of(resources: Path) -> Mapping[str, tuple[PremiseRule, ...]]:
    """What each matter rests on; Refusal ``program.data`` for a fact that no room registers."""
    return read_plain(resources / "premises" / "premises.toml", _read)


def _read(data: dict[str, Any]) -> dict[str, tuple[PremiseRule, ...]]:
    found: dict[str, tuple[PremiseRule, ...]] = {}
    for row in data["premise"]:
        rule = PremiseRule(row["fact"], row["law"], tuple(row["matters"]), tuple((one["fact"], one["law"]) for one in row.get("unless", [])))
        if strange := [name for name in (rule.fact, *(name for name, _ in rule.unless)) if name not in PREMISES]:
            raise ValueError(f"没有名为「{strange[0]}」的事实")
        for matter in rule.matters:
            found[matter] = (*found.get(matter, ()), rule)
    return found


def lacking(asked: PremiseAsked, matter: str) -> Iterator[Lack]:
    """What lacks of all that a matter rests on by the law of the day, each with the clause that asks for it."""
    book = asked.session.law
    for rule in premises_of(asked.session.resources).get(matter, ()):
        law = in_force(book, rule.law, asked.on)
        if law is None or any(in_force(book, key, asked.on) and not list(PREMISES[fact](asked)) for fact, key in rule.unless):
            continue
        clause = Clause(str(law.value) if law.unit in ("rule", "text") else law.name, law.source)
        yield from (Lack(one.text, one.ways, one.clauses or (clause,)) for one in PREMISES[rule.fact](asked))


def refusal_of(title: str, lacks: Iterable[Lack]) -> Refusal | None:
    """The refusal ``request.premise`` that names all that lacks, with the ways on; ``None`` where nothing does."""
    found = list(lacks)
    if not found:
        return None
    ways = tuple(dict.fromkeys(way for one in found for way in one.ways))
    clauses = tuple(dict.fromkeys(clause for one in found for clause in one.clauses))
    return Refusal(f"「{title}」的前提还不具备：{'；'.join(dict.fromkeys(one.text for one in found))}。", code="request.premise", clauses=clauses, ways=ways[:3])
