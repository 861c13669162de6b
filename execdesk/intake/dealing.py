"""Dealing the cases of a ledger: its own judge, the judge of a related case, or the least load, counted as they come in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from execdesk.access.sitting import Sitting
from execdesk.intake.report import LedgerCase
from execdesk.records.cases import Assignment, Case, Party
from execdesk.work.assignment import Load, judges_of, loads
from execdesk.work.settings import bureau_settings


@dataclass(frozen=True)
class Dealt:
    """Who gets a case, and why."""

    person: str
    reason: str
    rule: str


@dataclass
class Dealer:
    """Loads of each group and judges of known debtors, kept up to date while cases are dealt."""

    sitting: Sitting
    day: date
    loads: dict[str, list[Load]] = field(default_factory=dict)
    related: dict[str, tuple[str, str]] = field(default_factory=dict)  # debtor's number → (judge, case number)

    @classmethod
    def open(cls, sitting: Sitting, day: date) -> Dealer:
        """Read the judges of open cases by their debtors' numbers."""
        query: Any = (
            Party.select(Party.id_no, Assignment.person, Case.number)
            .join(Case, on=(Party.case == Case.id)).join(Assignment, on=(Assignment.case == Case.id))
            .where(
                Party.side == "debtor", Party.id_no.is_null(False), Party.struck.is_null(), Case.state == "open", Case.struck.is_null(),
                Assignment.role == "judge", Assignment.struck.is_null(), Assignment.ends_on.is_null(),
            ).order_by(Case.filed_on).tuples()
        )
        dealer = cls(sitting, day)
        for number, person, case in query:
            dealer.related.setdefault(number, (person, case))
        return dealer

    def deal(self, case: Case, parties: list[Party], told: LedgerCase) -> Dealt | None:
        """The judge of a new case; none for cases of 审管办 and for cases without a group."""
        if case.state == "review_office":
            return None
        numbers = [p.id_no for p in parties if p.side == "debtor" and p.id_no]
        if told.judge_id:
            dealt: Dealt | None = Dealt(told.judge_id, f"台账载明承办人{told.judge}", "ledger")
        elif (known := next((self.related[n] for n in numbers if n in self.related), None)) is not None:
            dealt = Dealt(known[0], f"被执行人相同的 {known[1]} 的承办人，关联案件一并办理", "related")
        else:
            dealt = self._least(case)
        if dealt is not None and case.state == "open":
            for number in numbers:
                self.related.setdefault(number, (dealt.person, case.number))
            self._count(case, dealt.person, len(numbers) or 1)
        return dealt

    def _group(self, group: str) -> list[Load]:
        if group not in self.loads:
            self.loads[group] = loads(self.sitting, judges_of(group, self.day), self.day)
        return self.loads[group]

    def _least(self, case: Case) -> Dealt | None:
        if not case.group or not self._group(case.group):
            return None
        least = min(self._group(case.group), key=lambda load: load.weight)
        return Dealt(least.person.id, f"本组加权负荷最轻（{least.weight:g}）", "least_load")

    def _count(self, case: Case, person: str, debtors: int) -> None:
        settings = bureau_settings(self.sitting.resources)
        weight = settings.type_weight.get(case.type_code, 1.0) + settings.extra_debtor_adds * (debtors - 1)
        weight += settings.claim_adds if (case.claim_fen or 0) > settings.claim_over_fen else 0.0
        for group in self.loads:
            self.loads[group] = [
                Load(load.person, load.cases + 1, round(load.weight + weight, 2)) if load.person.id == person else load
                for load in self.loads[group]
            ]
