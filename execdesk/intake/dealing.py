"""Dealing the cases of a ledger: its own judge, the judge of a related case, or the least load, counted as they come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.assignment import (
    RESUMED,
    Load,
    case_weight,
    former_handler,
    former_reason,
    is_judge,
    judges_of,
    loads,
)
from execdesk.casefile.settings import bureau_settings
from execdesk.intake.report import LedgerCase
from execdesk.records.cases import Assignment, Case, CaseState, Party
from execdesk.records.court import Group
from execdesk.records.people import Person

ROLES = {"judge": "承办人", "clerk": "书记员", "officer": "执行员"}


def ledger_reason(role: str, written: str, name: str) -> str:
    """「台账载明承办人丙法官（即法官丙）」: who a ledger names, as it writes the name, and who that is."""
    return f"台账载明{ROLES[role]}{written}" + (f"（即{name}）" if written != name else "")


def written_name(role: str, reason: str) -> str:
    """The name as the ledger wrote it, out of :func:`ledger_reason`'s words."""
    return reason.removeprefix(f"台账载明{ROLES[role]}").split("（即")[0]


@dataclass(frozen=True)
class Dealt:
    """Who gets a case, and why."""

    person: str
    reason: str
    rule: str


@dataclass
class Dealer:
    """Loads of each group (by row id) and judges of known debtors, kept up to date while cases are dealt."""

    session: Session
    loads: dict[str, list[Load]]
    names: dict[str, str]
    day: date
    related: dict[str, tuple[str, str]] = field(default_factory=dict)  # debtor's number → (judge, case number)
    closed: dict[str, list[LedgerCase]] = field(default_factory=dict)  # debtor's number → closed cases of this ledger with a judge

    @classmethod
    def open(cls, session: Session, day: date) -> Dealer:
        """Read the loads of the day, and the judges of open cases by their debtors' numbers."""
        query: Any = (
            Party.select(Party.id_no, Assignment.person, Case.number)
            .join(Case, on=(Party.case == Case.id)).join(Assignment, on=(Assignment.case == Case.id))
            .where(
                Party.side == "debtor", Party.id_no.is_null(False), Party.struck.is_null(), Case.state == CaseState.OPEN, Case.struck.is_null(),
                Assignment.role == "judge", Assignment.struck.is_null(), Assignment.ends_on.is_null(),
            ).order_by(Case.filed_on, Case.id).tuples()
        )
        by_group = {g.id: loads(session, judges_of(g.id, day), day) for g in Group.select()}
        dealer = cls(session, by_group, {p.id: p.name for p in Person.select()}, day)
        for number, person, case in query:
            dealer.related.setdefault(number, (person, case))
        return dealer

    def foresee(self, cases: Iterable[LedgerCase]) -> None:
        """Note the cases whose judge the ledger names, so that earlier rows of the same debtors go there too."""
        for ledger in cases:
            if ledger.state == CaseState.CLOSED and ledger.judge_id:
                for number in _numbers(ledger):
                    self.closed.setdefault(number, []).append(ledger)
            elif ledger.state == CaseState.OPEN and ledger.judge_id:
                for number in _numbers(ledger):
                    self.related.setdefault(number, (ledger.judge_id, ledger.number))

    def deal(self, case: Case, ledger: LedgerCase) -> Dealt | None:
        """The judge of a new case. The rule deals only open cases that have a group; a closed case keeps whom the ledger names,
        one that waits for its group or belongs to 审管办 gets nobody by rule."""
        if case.state == CaseState.REVIEW_OFFICE:
            return None
        if ledger.judge_id:
            written = dict(ledger.written).get("judge", ledger.judge)
            dealt: Dealt | None = Dealt(ledger.judge_id, ledger_reason("judge", written, ledger.judge), "ledger")
        elif case.state == CaseState.OPEN and case.group:
            dealt = self._former(ledger) or self._related(ledger) or self._least(case.group)
        else:
            dealt = None
        if dealt is not None and case.state == CaseState.OPEN:
            self._count(ledger, dealt.person)
            for number in _numbers(ledger):
                self.related.setdefault(number, (dealt.person, case.number))
        return dealt

    def _former(self, ledger: LedgerCase) -> Dealt | None:
        """The former handler of a resumed case, of the last closed one in the store or in this ledger."""
        if ledger.type_code != RESUMED:
            return None
        last: tuple[date, str, str] | None = None
        found = former_handler(ledger.type_code, ledger.basis_no, _numbers(ledger), self.day)
        if found is not None:
            last = (found[1].closed_on, found[0].id, found[1].number)
        for one in (case for number in _numbers(ledger) for case in self.closed.get(number, ())):
            same = not ledger.basis_no or not one.basis_no or ledger.basis_no == one.basis_no
            if same and one.closed_on and is_judge(one.judge_id, self.day) and (last is None or one.closed_on > last[0]):
                last = (one.closed_on, one.judge_id, one.number)
        return Dealt(last[1], former_reason(last[2], self.names[last[1]]), "former") if last else None

    def _related(self, ledger: LedgerCase) -> Dealt | None:
        found = next((self.related[number] for number in _numbers(ledger) if number in self.related), None)
        if found is None:
            return None
        person, number = found
        return Dealt(person, f"被执行人相同的 {number} 由{self.names[person]}承办，关联案件一并办理", "related")

    def _least(self, group: str) -> Dealt | None:
        candidates = self.loads.get(group)
        if not candidates:
            return None
        least = min(candidates, key=lambda load: load.weight)
        others = "、".join(f"{one.person.name} {one.weight:g}" for one in candidates)
        return Dealt(least.person.id, f"本组加权负荷最轻（{others}）", "least_load")

    def _count(self, ledger: LedgerCase, person: str) -> None:
        weight = case_weight(bureau_settings(self.session.resources), ledger.type_code, ledger.claim_fen, len(ledger.debtors))
        for group, held in self.loads.items():
            self.loads[group] = [
                Load(load.person, load.cases + 1, round(load.weight + weight, 2)) if load.person.id == person else load for load in held
            ]


def _numbers(ledger: LedgerCase) -> list[str]:
    return [party.id_no for party in ledger.debtors if party.id_no]
