"""Cases the store already knows: passed over where nothing differs, else asked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from execdesk.fields.cells import Option
from execdesk.intake.report import COMPARED, KnownCases, LedgerCase, Question, compared, contrary
from execdesk.intake.settling import SKIP, RowReading
from execdesk.law.words import amount_in_list

KEPT = "decided.keep"


def settle_known(reading: RowReading, known: KnownCases) -> None:
    """Pass over what the store already holds; other values of a known case are asked field by field."""
    if known.has_row(reading.fingerprint):
        reading.passed = ("known.row", "已在库：此行此前已导入")
        return
    place = (reading.context.sheet.name, reading.row.number)
    if known.was_dropped(reading.fingerprint) and place not in reading.context.setting.decided_rows:
        reading.passed = ("known.dropped", "此前已决定不导入此行；要重新处理，请对此行另作决定")
        return
    if not reading.cases or reading.questions or reading.problems or reading.passed or reading.skipped:
        return
    cases = [_against(reading, case, known) for case in reading.cases]
    new = tuple(case for case in cases if case is not None)
    if not new and not reading.questions:
        kept = place in reading.context.setting.decided_rows and any(_differs(case, known) for case in reading.cases)
        reading.passed = (KEPT, "按您的决定，保留库中的内容") if kept else ("known.same", "已在库：案件已登记，所读各栏与库中一致")
    reading.cases = new


def _differs(case: LedgerCase, known: KnownCases) -> bool:
    held = known.lookup(case.number) or {}
    return any(name in held and contrary(held[name], value) for name, value in compared(case).items())


def _against(reading: RowReading, case: LedgerCase, known: KnownCases) -> LedgerCase | None:
    """The case with the changes a person let through; None where the store holds it already."""
    held = known.lookup(case.number)
    if held is None:
        return case
    stated = compared(case)
    changes = []
    for name, value in stated.items():
        apart = contrary(held[name], value) if name in held else None
        if apart is None:
            continue
        field = _Field(reading, case.number, name, *apart, _barred(name, held, apart[1]))
        chosen = field.choice()
        if chosen == "take":
            changes.append((name, field.old, field.new))
        elif not chosen:
            reading.questions.append(field.question())
    return replace(case, changes=tuple(changes)) if changes else None


def _barred(name: str, held: Mapping[str, Any], value: Any) -> str:
    """Why a ledger cannot change this field of a known case; empty where it can."""
    if name == "judge_id" and held[name]:
        return "变更承办人须局长批准，请由局长在案件中办理「分案」"
    if name == "closing" and held.get("origin") == "registered":
        return "本案在本系统办理，结案须经本系统审批"
    if name == "recovered_fen" and isinstance(value, int) and value < held["booked_fen"]:
        return f"本系统已登记到账 {amount_in_list(held['booked_fen'])} 元，多于台账；登记有误的请冲正"
    return ""


@dataclass(frozen=True)
class _Field:
    """One field of a known case for which the ledger has another value."""

    reading: RowReading
    number: str
    name: str
    held: Any
    value: Any
    barred: str

    @property
    def old(self) -> str:
        return self._shown(self.held)

    @property
    def new(self) -> str:
        return self._shown(self.value)

    @property
    def letter(self) -> str:
        return self.reading.context.layout.column.get(_COLUMNS.get(self.name, self.name), "")

    def choice(self) -> str:
        """take, keep, or empty while it is open."""
        context = self.reading.context
        key = (context.sheet.name, self.reading.row.number, self.letter, f"known.{self.name}")
        chosen = context.setting.decisions.get(key, "")
        if chosen == SKIP:
            self.reading.skipped = f"{self.number} 已在库"
            return "keep"
        if chosen == f"keep:{self.old}":
            return "keep"
        return "take" if chosen == f"take:{self.new}" and not self.barred else ""

    def question(self) -> Question:
        """What to ask: keep what is known, or take what the ledger says where it may."""
        options = [Option(f"keep:{self.old}", f"保留库中的「{self.old}」", self.held, self.barred)]
        if not self.barred:
            options.append(Option(f"take:{self.new}", f"改为台账的「{self.new}」", self.value))
        text = f"{self.number} 已在库，{COMPARED[self.name]}库中为「{self.old}」，台账为「{self.new}」。"
        text += f"{self.barred}。" if self.barred else ""
        proposal = options[0].key if self.barred else ""
        return Question(f"known.{self.name}", self.letter, COMPARED[self.name], self.new, text, tuple(options), proposal)

    def _shown(self, value: Any) -> str:
        if value in (None, "", ()):
            return "空"
        if self.name in ("judge_id", "clerk_id", "officer_id"):
            return self.reading.context.setting.name_of(value)
        if self.name.endswith("_fen") and isinstance(value, int):
            return amount_in_list(value)
        if isinstance(value, Mapping):
            return "、".join(f"{name}：{told or '空'}" for name, told in value.items())
        return "、".join(value) if isinstance(value, tuple) else str(value)


_COLUMNS = {
    "applicants": "applicant", "debtors": "debtor", "basis_effective_on": "effective_on", "claim_fen": "claim",
    "principal_fen": "principal", "interest_fen": "interest", "costs_fen": "costs", "fee_fen": "fee", "recovered_fen": "recovered",
    "judge_id": "judge", "clerk_id": "clerk", "officer_id": "officer", "closing": "closed_on", "applicant_ids": "applicant_id",
    "applicant_addresses": "applicant_address", "applicant_phones": "applicant_phone", "debtor_ids": "debtor_id",
    "debtor_addresses": "address", "debtor_phones": "debtor_phone",
}  # fmt: skip
