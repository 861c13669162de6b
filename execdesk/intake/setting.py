"""What a check needs beside the file: law, people, organisation, decisions, and what the store knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from execdesk.access.organisation import Organisation
from execdesk.access.routing import Leads
from execdesk.fields.names import People
from execdesk.intake.columns import ColumnBook
from execdesk.law.identity import Areas
from execdesk.law.values import DatedValue

Decisions = Mapping[tuple[Any, ...], str]


class Law(Protocol):
    """The part of the law book an import asks."""

    def value(self, key: str, on: date) -> DatedValue:
        """The figure in force on a day; raises Refusal outside validity."""


class LeadsOf(Protocol):
    """Asks what else is known of a case that the plan does not place."""

    def __call__(self, kind: str, basis_no: str, numbers: Sequence[str], *, before: int) -> Leads:
        """Leads by type code, basis and the debtors' numbers; ``before`` cases of this ledger wait already."""


def no_leads(kind: str, basis_no: str, numbers: Sequence[str], *, before: int) -> Leads:
    """Nothing is known but the turn."""
    return Leads(turns=before)


@dataclass(frozen=True)
class Setting:
    """What a check needs beside the file: column book, law, people by role (judge, clerk, officer), the organisation, the
    decisions, area codes, the day, the group of each judge, what the store knows of a case that has no place."""

    columns: ColumnBook
    law: Law
    people: Mapping[str, People]
    organisation: Organisation
    decisions: Decisions
    home: str = "琼9027"
    areas: Areas | None = None
    today: date | None = None
    group_of: Mapping[str, str] = field(default_factory=dict)
    leads: LeadsOf = no_leads
    remembered: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (role, name in a ledger) → person

    @cached_property
    def decided_rows(self) -> frozenset[tuple[str, int]]:
        """The rows (sheet, number) that a person has just decided something about."""
        return frozenset((key[0], key[1]) for key in self.decisions if len(key) == 4)

    def name_of(self, person: str) -> str:
        """The name of one of the people, or the id of somebody who no longer is one of them."""
        return self._names.get(person, person)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {
            one: name for people in self.people.values() for name, ids in people.items()
            for one in ((ids,) if isinstance(ids, str) else ids)
        }
