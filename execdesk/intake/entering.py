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
from execdesk.intake.report import DETAILS, LedgerCase, LedgerEntry, LedgerParty, LedgerReport
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

    def rows(self, entry: LedgerEntry) -> Iterator[Journaled]:
        """The new rows of one row of the ledger; decided changes of a known case are written on the way."""
        for ledger in entry.cases:
            if ledger.changes:
                case_id = self._rewrite(ledger)
            else:
                case = self._case(ledger)
                case_id = case.id
                yield case
                yield from (party_row(case_id, party) for party in (*ledger.applicants, *ledger.debtors))
                yield from self._assignments(case, ledger)
            yield origin(self.run, case_id, entry)
            yield from (origin(self.run, case_id, one) for one in entry.also)

    def _case(self, ledger: LedgerCase) -> Case:
        """A case as the ledger tells it; a closed one comes in closed, marked 台账载明, with no approval invented."""
        site = self.session.store.site
        return Case(
            number=ledger.number, year=ledger.year, type_code=ledger.type_code, sequence=ledger.seq, cause=ledger.cause, filed_on=ledger.filed_on,
            kind=bureau_settings(self.session.resources).kind_of(ledger.basis_no),
            basis_no=ledger.basis_no or None, basis_organ=ledger.basis_organ or None, basis_effective_on=ledger.basis_effective_on,
            claim_fen=ledger.claim_fen, principal_fen=ledger.principal_fen, interest_fen=ledger.interest_fen, costs_fen=ledger.costs_fen,
            fee_fen=ledger.fee_fen, opening_recovered_fen=ledger.recovered_fen, town=ledger.town or None, group=self.groups.get(ledger.group),
            group_reason=ledger.group_reason or None, state=ledger.state, closed_on=ledger.closed_on,
            closing_mode=ledger.closing_mode or None, closing_source=ledger.closing_source or None, origin="ledger", held_by=site,
            provisional=site != "HQ", remarks=ledger.remarks or None,
        )

    def _assignments(self, case: Case, ledger: LedgerCase) -> Iterator[Assignment]:
        dealt = self.dealer.deal(case, ledger)
        starts_on = ledger.assigned_on or ledger.filed_on
        if dealt is not None:
            yield Assignment(case=case.id, person=dealt.person, role="judge", starts_on=starts_on, reason=dealt.reason, rule=dealt.rule)
        if ledger.state == CaseState.REVIEW_OFFICE:
            return
        written = dict(ledger.written)
        for person, name, role in ((ledger.clerk_id, ledger.clerk, "clerk"), (ledger.officer_id, ledger.officer, "officer")):
            if person:
                reason = ledger_reason(role, written.get(role, name), name)
                yield Assignment(case=case.id, person=person, role=role, starts_on=starts_on, reason=reason, rule="ledger")

    # -- a case that is known already

    def _rewrite(self, ledger: LedgerCase) -> str:
        """Write the decided fields of a known case, and only those; its row id."""
        found = Case.get(Case.number == ledger.number, Case.struck.is_null())
        case = self.act.get(Case, found.id)
        values: dict[str, Any] = {}
        for name, _, _ in ledger.changes:
            if name in _PEOPLE:
                self._person(case, _PEOPLE[name], ledger)
            elif name in _SIDES:
                self._parties(case, ledger.applicants if name == "applicants" else ledger.debtors, _SIDES[name])
            elif name in DETAILS:
                self._details(case, ledger, *DETAILS[name])
            elif name == "closing":
                values |= {n: getattr(ledger, n) for n in ("state", "closed_on", "closing_mode", "closing_source")}
            elif name == "recovered_fen":  # the ledger tells a total; what is booked here since stays rows
                total = ledger.recovered_fen
                values["opening_recovered_fen"] = None if total is None else total - came_in([case.id]).get(case.id, 0)
            else:
                value = getattr(ledger, name)
                values[name] = None if value == "" else value
        if values:
            self.act.change(case, **values)
        return str(case.id)

    def _person(self, case: Case, role: str, ledger: LedgerCase) -> None:
        """Who holds a role from today on. A judge is only ever entered where there was none: changing him is for 局长."""
        end_role(self.act, case.id, role, self.act.day - timedelta(days=1))
        person, name = getattr(ledger, f"{role}_id"), getattr(ledger, role)
        reason = ledger_reason(role, dict(ledger.written).get(role, name), name)
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

    def _details(self, case: Case, ledger: LedgerCase, side: str, field: str) -> None:
        """Write one thing the ledger tells of parties that are known: number of their papers, address or telephone."""
        wanted = {p.name: p for p in (ledger.applicants if side == "applicant" else ledger.debtors) if getattr(p, field)}
        for row in list(Party.select().where(Party.case == case.id, Party.side == side, Party.struck.is_null())):
            party = wanted.get(row.name)
            if party is None or getattr(row, field) == getattr(party, field):
                continue
            new = party_row(case.id, party)
            names = ("id_kind", "id_no", "born_on", "sex") if field == "id_no" else (field,)
            self.act.change(self.act.get(Party, row.id), **{name: getattr(new, name) for name in names})


def party_row(case: str, ledger: LedgerParty) -> Party:
    """A party as the ledger tells it."""
    return Party(
        case=case, side=ledger.side, position=ledger.position - 1, kind=ledger.kind, name=ledger.name, id_kind=ledger.id_kind or None,
        id_no=ledger.id_no or None, sex=SEXES.get(ledger.sex) if ledger.sex else None, born_on=ledger.born_on, address=ledger.address or None,
        phone=ledger.phone or None,
    )


def origin(run: Import, case: str, entry: LedgerEntry) -> LedgerRow:
    """Which row of which ledger a case came from, with what was odd about it."""
    warnings = [{"code": note.code, "text": note.text} for note in entry.warnings]
    return LedgerRow(
        run=run.id, case=case, sheet=entry.sheet[:SHEET_NAME], row=entry.row, fingerprint=entry.fingerprint, warnings=warnings or None
    )
