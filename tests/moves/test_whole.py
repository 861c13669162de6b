"""The journeys walk every move there is: a new one without a journey fails here."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

import tests.moves
from execdesk.access.register import ACTIONS
from execdesk.records.moves import ANY
from tests.moves.walking import DECLARED, LISTED, Walk, walks

# Moves that no action makes by its own name, and what does.
MACHINE = {
    "store.setup": "the founding of a store, before anybody can act in it",
    "store.incident": "the desk itself notes what a check found",
    "store.incarnation": "the desk goes on with a store that was put back or copied, two persons deciding",
    "request.lapse": "an issue that finds the content changed ends the approval, then refuses",
}


def test_every_move_is_walked_and_none_that_is_not_declared() -> None:
    for module in pkgutil.iter_modules(tests.moves.__path__):
        if module.name.startswith("test_"):
            import_module(f"tests.moves.{module.name}")
    listed = frozenset().union(*LISTED.values())
    assert not (missed := sorted(DECLARED - listed)), f"declared, but no journey walks it: {missed}"
    assert not (gone := sorted(listed - DECLARED)), f"listed, but no longer declared: {gone}"
    assert all(LISTED.values()), "a journey that walks nothing of its own"


def test_moves_are_made_by_actions_or_by_the_machine_for_a_reason() -> None:
    acts = {act for _, _, _, act in DECLARED} - {ANY}
    assert acts - ACTIONS.keys() == MACHINE.keys()


def test_a_journey_that_does_not_walk_what_it_lists_fails() -> None:
    @walks(Case="case.register >open")
    def journey(walk: Walk) -> None:
        walk.made.add(("Case", "", "review_office", "case.register"))

    try:
        with pytest.raises(AssertionError, match="not walked"):
            journey(walk=Walk())
    finally:
        del LISTED["journey"]
