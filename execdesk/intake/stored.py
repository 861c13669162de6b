"""What the store already holds, for the check of a ledger: asked once, answered from memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from execdesk.casefile.recovered import all_came_in, total_fen
from execdesk.intake.report import DETAILS
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.ledgers import LedgerRow, TrayRow, TrayState


class StoredCases:
    """Cases by number with the values a ledger is compared with."""

    def lookup(self, number: str) -> Mapping[str, Any] | None:
        """Values of the case with this number, or None."""
        return self._cases.get(number)

    def has_row(self, fingerprint: str) -> bool:
        """Whether a row with this fingerprint was imported before, and neither it nor its case was struck since."""
        return fingerprint in self._rows

    def was_dropped(self, fingerprint: str) -> bool:
        """Whether a person decided before that this row is not to be imported."""
        return fingerprint in self._dropped

    @cached_property
    def _rows(self) -> set[str]:
        query: Any = (
            LedgerRow.select(LedgerRow.fingerprint).join(Case, on=(LedgerRow.case == Case.id))
            .where(LedgerRow.struck.is_null(), Case.struck.is_null()).tuples()
        )
        return {fingerprint for (fingerprint,) in query}

    @cached_property
    def _dropped(self) -> set[str]:
        query: Any = TrayRow.select(TrayRow.fingerprint).where(TrayRow.state == TrayState.DROPPED, TrayRow.struck.is_null()).tuples()
        return {fingerprint for (fingerprint,) in query}

    @cached_property
    def _cases(self) -> dict[str, dict[str, Any]]:
        parties = _parties()
        people: dict[tuple[str, str], str] = {}
        assigned: Any = Assignment.select(Assignment.case, Assignment.role, Assignment.person).where(
            Assignment.struck.is_null(), Assignment.ends_on.is_null()
        ).tuples()
        for case, role, person in assigned:
            people[case, role] = person
        stored: Any = Case.select(Case.id, Case.number, Case.closed_on, Case.closing_mode, Case.origin, *_PLAIN).where(Case.struck.is_null())
        found, since = {}, all_came_in()
        for values in stored.dicts():
            case, closed_on, mode = values.pop("id"), values.pop("closed_on"), values.pop("closing_mode")
            number, opening = values.pop("number"), values.pop("opening_recovered_fen")
            found[number] = values | {
                "recovered_fen": total_fen(opening, since.get(case, 0)), "booked_fen": since.get(case, 0),
                "applicants": tuple(parties[case, "applicant"]), "debtors": tuple(parties[case, "debtor"]),
                "judge_id": people.get((case, "judge")), "clerk_id": people.get((case, "clerk")), "officer_id": people.get((case, "officer")),
                "closing": (str(closed_on), mode or "") if closed_on else (),
            }
            for name, (side, field) in DETAILS.items():
                found[number][name] = {one: told[field] for one, told in parties[case, side].items()}
        return found


def _parties() -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    """By case and side: what is known of each party by name, in their order."""
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
    query: Any = (
        Party.select(Party.case, Party.side, Party.name, Party.id_no, Party.address, Party.phone)
        .where(Party.struck.is_null()).order_by(Party.position).tuples()
    )
    for case, side, name, id_no, address, phone in query:
        found[case, side][name] = {"id_no": id_no or "", "address": address or "", "phone": phone or ""}
    return found


_PLAIN = (
    Case.filed_on, Case.cause, Case.basis_no, Case.basis_organ, Case.basis_effective_on, Case.claim_fen, Case.principal_fen, Case.interest_fen, Case.costs_fen,
    Case.fee_fen, Case.opening_recovered_fen, Case.town, Case.remarks,
)
