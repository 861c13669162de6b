"""The rows a checked ledger becomes: cases, parties, assignments, where each came from; known cases as a person decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.assignment import end_role
from execdesk.casefile.recovered import came_in
from execdesk.casefile.settings import bureau_settings
from execdesk.intake.dealing import Dealer, ledger_reason
from execdesk.intake.report import DETAILS, Entry, LedgerCase, LedgerParty, LedgerReport
from execdesk.law.identity import SEXES
from execdesk.records.base import Journaled
from execdesk.records.cases import Assignment, Case, CaseState, Party
from execdesk.records.court import Group
from execdesk.records.ledgers import Import, LedgerRow
from execdesk.store.act import Act

SHEET_NAME = 64
_PEOPLE = {"judge_id": "judge", "clerk_id": "clerk", "officer_id": "officer"}
_SIDES = {"applicants": "applicant", "debtors": "debtor"}


@dataclass
class Entering:
    """One import inside its act."""

    session: Session
    act: Act
    run: Import
    report: LedgerReport
    groups: dict[str, str] = field(init=False)
    dealer: Dealer = field(init=False)

    def __post_init__(self) -> None:
        self.groups = {g.code: g.id for g in Group.select()}
        self.dealer = Dealer.open(self.session, self.act.day)
        self.dealer.foresee(case for entry in self.report.imported for case in entry.cases if not case.changes)

    def rows(self, entry: Entry) -> Iterator[Journaled]:
        """The new rows of one row of the ledger; decided changes of a known case are written on the way."""
        for told in entry.cases:
            if told.changes:
                case_id = self._rewrite(told)
            else:
                case = self._case(told)
                case_id = case.id
                yield case
                yield from (party_row(case_id, party) for party in (*told.applicants, *told.debtors))
                yield from self._assignments(case, told)
            yield origin(self.run, case_id, entry)

    def _case(self, told: LedgerCase) -> Case:
        """A case as the ledger tells it; a closed one comes in closed, marked 台账载明, with no approval invented."""
        site = self.session.store.site
        return Case(
            number=told.number, year=told.year, type_code=told.type_code, sequence=told.seq, cause=told.cause, filed_on=told.filed_on,
            kind=bureau_settings(self.session.resources).kind_of(told.basis_no),
            basis_no=told.basis_no or None, basis_organ=told.basis_organ or None, basis_effective_on=told.basis_effective_on,
            claim_fen=told.claim_fen, principal_fen=told.principal_fen, interest_fen=told.interest_fen, costs_fen=told.costs_fen,
            fee_fen=told.fee_fen, opening_recovered_fen=told.recovered_fen, town=told.town or None, group=self.groups.get(told.group),
            group_reason=told.group_reason or None, state=told.state, closed_on=told.closed_on,
            closing_mode=told.closing_mode or None, closing_source=told.closing_source or None, origin="ledger", held_by=site,
            provisional=site != "HQ", remarks=told.remarks or None,
        )

    def _assignments(self, case: Case, told: LedgerCase) -> Iterator[Assignment]:
        dealt = self.dealer.deal(case, told)
        starts_on = told.assigned_on or told.filed_on
        if dealt is not None:
            yield Assignment(case=case.id, person=dealt.person, role="judge", starts_on=starts_on, reason=dealt.reason, rule=dealt.rule)
        if told.state == CaseState.REVIEW_OFFICE:
            return
        written = dict(told.written)
        for person, name, role in ((told.clerk_id, told.clerk, "clerk"), (told.officer_id, told.officer, "officer")):
            if person:
                reason = ledger_reason(role, written.get(role, name), name)
                yield Assignment(case=case.id, person=person, role=role, starts_on=starts_on, reason=reason, rule="ledger")

    # -- a case that is known already

    def _rewrite(self, told: LedgerCase) -> str:
        """Write the decided fields of a known case, and only those; its row id."""
        found = Case.get(Case.number == told.number, Case.struck.is_null())
        case = self.act.get(Case, found.id)
        values: dict[str, Any] = {}
        for name, _, _ in told.changes:
            if name in _PEOPLE:
                self._person(case, _PEOPLE[name], told)
            elif name in _SIDES:
                self._parties(case, told.applicants if name == "applicants" else told.debtors, _SIDES[name])
            elif name in DETAILS:
                self._details(case, told, *DETAILS[name])
            elif name == "closing":
                values |= {n: getattr(told, n) for n in ("state", "closed_on", "closing_mode", "closing_source")}
            elif name == "recovered_fen":  # the ledger tells a total; what is booked here since stays rows
                total = told.recovered_fen
                values["opening_recovered_fen"] = None if total is None else total - came_in([case.id]).get(case.id, 0)
            else:
                value = getattr(told, name)
                values[name] = None if value == "" else value
        if values:
            self.act.change(case, **values)
        return str(case.id)

    def _person(self, case: Case, role: str, told: LedgerCase) -> None:
        """Who holds a role from today on. A judge is only ever entered where there was none: changing him is for 局长."""
        end_role(self.act, case.id, role, self.act.day - timedelta(days=1))
        person, name = getattr(told, f"{role}_id"), getattr(told, role)
        reason = ledger_reason(role, dict(told.written).get(role, name), name)
        self.act.add(Assignment(case=case.id, person=person, role=role, starts_on=self.act.day, reason=reason, rule="ledger"))

    def _parties(self, case: Case, wanted: tuple[LedgerParty, ...], side: str) -> None:
        """Parties the ledger no longer names are struck, new ones entered; the others stay what they are."""
        kept: set[str] = set()
        names = {party.name for party in wanted}
        for row in list(Party.select().where(Party.case == case.id, Party.side == side, Party.struck.is_null())):
            if row.name in names:
                kept.add(row.name)
            else:
                self.act.strike(self.act.get(Party, row.id), "台账更正当事人")
        self.act.add_many([party_row(case.id, party) for party in wanted if party.name not in kept])

    def _details(self, case: Case, told: LedgerCase, side: str, field: str) -> None:
        """Write one thing the ledger tells of parties that are known: number of their papers, address or telephone."""
        wanted = {p.name: p for p in (told.applicants if side == "applicant" else told.debtors) if getattr(p, field)}
        for row in list(Party.select().where(Party.case == case.id, Party.side == side, Party.struck.is_null())):
            party = wanted.get(row.name)
            if party is None or getattr(row, field) == getattr(party, field):
                continue
            new = party_row(case.id, party)
            names = ("id_kind", "id_no", "born_on", "sex") if field == "id_no" else (field,)
            self.act.change(self.act.get(Party, row.id), **{name: getattr(new, name) for name in names})


def party_row(case: str, told: LedgerParty) -> Party:
    """A party as the ledger tells it."""
    return Party(
        case=case, side=told.side, position=told.position - 1, kind=told.kind, name=told.name, id_kind=told.id_kind or None,
        id_no=told.id_no or None, sex=SEXES.get(told.sex) if told.sex else None, born_on=told.born_on, address=told.address or None,
        phone=told.phone or None,
    )


def origin(run: Import, case: str, entry: Entry) -> LedgerRow:
    """Which row of which ledger a case came from, with what was odd about it."""
    warnings = [{"code": note.code, "text": note.text} for note in entry.warnings]
    return LedgerRow(
        run=run.id, case=case, sheet=entry.sheet[:SHEET_NAME], row=entry.row, fingerprint=entry.fingerprint, warnings=warnings or None
    )
