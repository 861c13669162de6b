"""Who may write the rows of a table: declared once beside it, asked by every act before it commits and by the judge of lines for ever.

A declaration is part of the rules of a line's writer (:data:`execdesk.records.moves.RULES`), which lines name: one that takes a grant
away counts the number up and keeps the old one for the old lines. What a grant says of persons and of the case is judged by what the
writer knew: posts, letters, assignments and papers told by lines with effect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from execdesk.records.charge import InCharge
from execdesk.records.moves import ANY, NEW, Hands, Moves, Names, charge_of, hands

Test = Callable[[Any], bool]

ANYONE = "anyone"  # whoever is signed in
IN_CHARGE = "in_charge"  # the limit that grants with a charge ask for


@dataclass(frozen=True)
class Role:
    """Somebody who may write a row for what he is to it, where no duty of a post says it: in ``words``, and as a function of a write."""

    words: str
    holds: Test


ROLES_OF_LINES: dict[str, Role] = {}  # registered by the room that knows posts and cases; every name in ``by`` is one of these or a duty
LIMITS: dict[str, Role] = {}  # what must hold beside the person, by the name that grants call it


def _registering(kept: dict[str, Role]) -> Callable[[str, str], Callable[[Test], Test]]:
    def told(name: str, words: str) -> Callable[[Test], Test]:
        def register(holds: Test) -> Test:
            if name in kept:
                raise ValueError(f"{name} is registered twice")
            kept[name] = Role(words, holds)
            return holds

        return register

    return told


role, limit = _registering(ROLES_OF_LINES), _registering(LIMITS)


@dataclass(frozen=True)
class Grant:
    """What one act, or several, may write of a row at whose hands.

    ``by`` are duties of posts or :data:`ROLES_OF_LINES`, of which one suffices; ``fields`` what a change may give another value, ``None``
    for all; ``own`` the fields that must name the line's person where they are written; ``at`` those that must be the line's moment;
    ``day`` those that must be its day; ``blank`` what a new row must leave empty; ``only`` which values a field may take; ``when``
    which of :data:`LIMITS` must hold; ``charge`` in which cases the duties count, where they do not in all.
    """

    acts: tuple[str, ...]
    by: tuple[str, ...]
    new: bool
    fields: frozenset[str] | None = None
    own: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    only: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    when: tuple[str, ...] = ()
    charge: InCharge | None = None


def makes(acts: str, by: Hands = (), *, own: str = "", at: str = "", day: str = "", blank: str = "", only: Mapping[str, Names] | None = None, when: str = "") -> Grant:
    """Acts (names with a space between them) that may make a row; without ``by`` at the hands the table of moves names."""
    return Grant(tuple(acts.split()), hands(by), True, None, _split(own), _split(at), _split(day), _split(blank), _values(only), _split(when), charge_of(by))


def writes(acts: str, fields: str, by: Hands = (), *, own: str = "", at: str = "", day: str = "", only: Mapping[str, Names] | None = None, when: str = "") -> Grant:
    """Acts that may change some fields of a row (:data:`ALL` of them); without ``by`` at the hands the table of moves names."""
    open_to = None if fields == ALL else frozenset(fields.split())
    return Grant(tuple(acts.split()), hands(by), False, open_to, _split(own), _split(at), _split(day), (), _values(only), _split(when), charge_of(by))


ALL = "*"


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _values(only: Mapping[str, Names] | None) -> dict[str, tuple[str, ...]]:
    return {name: hands(values) for name, values in (only or {}).items()}


class TableOwners:
    """The declaration of one table; ``moves`` are those of its states, which say who makes them."""

    def __init__(self, *grants: Grant, moves: Moves | None = None) -> None:
        self.grants = tuple(told for grant in grants for told in _with_hands(grant, moves))
        self._by: dict[tuple[bool, str], tuple[Grant, ...]] = {}
        for grant in self.grants:
            for act in grant.acts:
                self._by[grant.new, act] = (*self._by.get((grant.new, act), ()), grant)

    def to(self, act: str, new: bool) -> tuple[Grant, ...]:
        """The grants under which an act may make a row, or change one; of several one suffices."""
        return self._by.get((new, act)) or self._by.get((new, ANY)) or ()


def _with_hands(grant: Grant, moves: Moves | None) -> tuple[Grant, ...]:
    """A grant as it is told; one that leaves its hands to the moves for each of its acts by itself, so that nobody has another act's hands."""
    if grant.by:
        return (grant,)
    found = []
    for act in grant.acts:
        told = [move for move in (moves.rows if moves is not None else ()) if move.act == act and (move.start == NEW) == grant.new]
        if not told:
            raise ValueError(f"nobody is said to make {act}")
        for charge in dict.fromkeys(move.charge for move in told):
            by = [name for move in told if move.charge == charge for name in move.by]
            found.append(replace(grant, acts=(act,), by=tuple(dict.fromkeys(by)), charge=charge))
    return tuple(found)
