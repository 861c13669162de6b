"""Every declared field of every action and calculator against hostile values: a sentence that names it, or a value that can be stored and read again."""

from __future__ import annotations

from typing import Any

import pytest

from execdesk.access.register import ACTIONS
from execdesk.law.calculators import CALCULATORS
from execdesk.law.fields import Field, Limits
from execdesk.law.kinds import KINDS
from execdesk.law.refusal import Refusal
from tests.hostile import HOSTILE, TEXTS, faults_of_refusal, faults_of_value, flat
from tests.law.rules import BOOK, day

LIMITS = Limits(day("2018-01-02"), lambda key: BOOK.value(key, day("2018-01-02")))
READ_AGAIN = {"text", "line", "name", "long", "figure", "file", "row", "case_number", "identity", "account", "reference", "day", "amount", "sum", "count", "whole", "version", "flag"}


def labels(field: Field) -> list[str]:
    return [one.label for one in flat([field])]


def faults_of(field: Field, value: Any, *, typed: bool) -> list[str]:
    """What is wrong with how a field takes a value, as given or as typed."""
    try:
        taken = field.read(value) if typed else field.take(value)
    except Refusal as refusal:
        return faults_of_refusal(refusal.text, labels(field))
    found = faults_of_value(taken) if field.kind != "secret" else []  # never stored
    if taken in (None, "") and field.required and field.kind != "choice":
        found.append("required, and nothing was told")
    if field.kind in READ_AGAIN and taken not in (None, "", ()):
        kind = KINDS[field.kind]
        found += [] if field.take(taken) == taken else ["is not taken as it was taken before"]
        found += [] if kind.check(field, kind.read(field, kind.write(taken))) == taken else ["is not read as it was written"]
    return found


DECLARED = {**{name: action.fields for name, action in ACTIONS.items()}, **{f"law calc {name}": entry.fields for name, entry in CALCULATORS.items()}}


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_every_declared_field_is_its_own_barrier(name: str) -> None:
    wrong = []
    for field in flat(DECLARED[name]):
        bounded = field.within(LIMITS)
        for value in HOSTILE:
            wrong += [(field.name, repr(value)[:40] if not isinstance(value, int) else "number", fault) for fault in faults_of(bounded, value, typed=False)]
        for text in TEXTS:
            wrong += [(field.name, repr(text)[:40], "typed", fault) for fault in faults_of(bounded, text, typed=True)]
    assert not wrong
