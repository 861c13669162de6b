"""What the store already holds, for the check of a ledger: asked once, answered from memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from execdesk.records.cases import Assignment, Case, LedgerRow, Party


class StoredCases:
    """Cases by number with the values a ledger is compared with."""

    def lookup(self, number: str) -> Mapping[str, Any] | None:
        """Values of the case with this number, or None."""
        return self._cases.get(number)

    def has_row(self, fingerprint: str) -> bool:
        """Whether a row with this fingerprint was imported before and not undone."""
        return fingerprint in self._rows

    @cached_property
    def _rows(self) -> set[str]:
        query: Any = LedgerRow.select(LedgerRow.fingerprint).where(LedgerRow.struck.is_null()).tuples()
        return {row[0] for row in query}

    @cached_property
    def _cases(self) -> dict[str, dict[str, Any]]:
        names: dict[tuple[str, str], list[str]] = defaultdict(list)
        parties: Any = Party.select(Party.case, Party.side, Party.name).where(Party.struck.is_null()).order_by(Party.position).tuples()
        for case, side, name in parties:
            names[case, side].append(name)
        people: dict[tuple[str, str], str] = {}
        assigned: Any = Assignment.select(Assignment.case, Assignment.role, Assignment.person).where(
            Assignment.struck.is_null(), Assignment.ends_on.is_null()
        ).tuples()
        for case, role, person in assigned:
            people[case, role] = person
        return {
            case.number: {
                **{n: getattr(case, n) for n in _PLAIN}, "applicants": tuple(names[case.id, "applicant"]),
                "debtors": tuple(names[case.id, "debtor"]), "judge_id": people.get((case.id, "judge")),
                "clerk_id": people.get((case.id, "clerk")),
            }
            for case in Case.select().where(Case.struck.is_null())
        }


_PLAIN = (
    "filed_on", "cause", "basis_no", "basis_effective_on", "claim_fen", "principal_fen", "interest_fen", "costs_fen", "fee_fen",
    "recovered_fen", "town", "closed_on", "closing_mode", "remarks",
)
