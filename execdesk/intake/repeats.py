"""The same case number twice in a ledger, and cases the store already knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from execdesk.intake.cells import Note, Option, Value
from execdesk.intake.money import yuan
from execdesk.intake.numbers import Numbers, read_case_numbers
from execdesk.intake.report import COMPARED, Known, LedgerCase, Question, compared, contrary
from execdesk.intake.settling import OWN, SKIP, RowReading
from execdesk.law.words import CaseNumber, format_case_number

CODE = "repeat.differs"
KEPT = "decided.keep"
_ROUNDS = 3  # a renumbered row may meet another; each round settles what the one before has moved


def settle_repeats(readings: list[RowReading]) -> None:
    """Settle rows with one number: the same row again is passed over, another row with the number is a question.

    Where the serial numbers of the ledger run with the case numbers, the row whose serial agrees keeps the number and only
    the others are asked about; else all of them are.
    """
    for _ in range(_ROUNDS):
        moved = False
        for reading in readings:
            reading.questions = [question for question in reading.questions if question.code != CODE]
            reading.warnings = [note for note in reading.warnings if note.code != "repeat.others"]
        for group in _groups(readings):
            distinct = _pass_same(group)
            if len(distinct) > 1:
                moved |= _settle_group(distinct, readings)
        if not moved:
            return


def _groups(readings: Iterable[RowReading]) -> list[list[RowReading]]:
    found: dict[CaseNumber, list[RowReading]] = {}
    for reading in readings:
        if reading.numbers and not reading.passed and not reading.skipped and not reading.problems:
            found.setdefault(reading.numbers.first, []).append(reading)
    return [group for group in found.values() if len(group) > 1]


def _pass_same(group: list[RowReading]) -> list[RowReading]:
    first: dict[Any, RowReading] = {}
    for reading in group:
        same = first.setdefault(reading.body, reading)
        if same is not reading:
            reading.passed = ("repeat.same", f"与{_place(same, reading)}相同")
    return [reading for reading in group if not reading.passed]


def _settle_group(group: list[RowReading], readings: list[RowReading]) -> bool:
    """True where a decision moved a row to another number or out of the way."""
    kept = [r for r in group if r.context.serial_agrees and r.numbers and r.serial == r.numbers.first.seq]
    asked = [r for r in group if r is not kept[0]] if len(kept) == 1 else list(group)
    moved = False
    for reading in asked:
        other = next(r for r in group if r is not reading)
        moved |= _apply(reading, other, group, readings)
    if len(kept) == 1 and not kept[0].passed:
        rows = "、".join(_place(r, kept[0]) for r in asked if not r.passed)
        if rows:
            kept[0].warnings.append(Note("repeat.others", f"{rows}同号而内容不同；本行序号与案号相合，照常读取。"))
    return moved


def _apply(reading: RowReading, other: RowReading, group: list[RowReading], readings: list[RowReading]) -> bool:
    assert reading.numbers is not None
    letter = reading.context.layout.column.get("case_no", "")
    key = (reading.context.sheet.name, reading.row.number, letter, CODE)
    chosen = reading.context.setting.decisions.get(key, "")
    options = _options(reading, readings)
    if chosen == SKIP:
        reading.passed = ("decided.skip", f"按您的决定不导入：与{_place(other, reading)}同号")
        return True
    if chosen == f"this:{format_case_number(reading.numbers.first)}":
        for one in group:
            if one is not reading:
                one.passed = ("repeat.superseded", f"按您的决定，以{_place(reading, one)}为准")
                one.questions.clear()
        return True
    number = next((option.value for option in options if option.key == chosen), None) or _typed(reading, chosen)
    if number is not None and number != reading.numbers.first:
        _renumber(reading, number)
        return True
    reading.questions.insert(0, _question(reading, other, options, letter))
    return False


def _options(reading: RowReading, readings: list[RowReading]) -> list[Option[CaseNumber]]:
    assert reading.numbers is not None
    number = reading.numbers.first
    options: list[Option[CaseNumber]] = []
    if reading.context.serial_agrees and reading.serial and reading.serial != number.seq:
        proposed = replace(number, seq=reading.serial)
        if not any(one.numbers and one.numbers.first == proposed for one in readings):
            shown = format_case_number(proposed)
            ground = f"本行序号为 {reading.serial}，本表各行案号与序号一致，且没有别的行用这个号"
            options.append(Option(f"take:{shown}", f"案号应为 {shown}", proposed, ground))
    shown = format_case_number(number)
    options.append(Option(f"this:{shown}", "同一件案件，以本行为准", number, "同号的其他行不导入"))
    return options


def _typed(reading: RowReading, chosen: str) -> CaseNumber | None:
    if not chosen.startswith(OWN):
        return None
    answer = read_case_numbers(chosen.removeprefix(OWN), reading.context.setting.home, ())
    return answer.value.first if isinstance(answer, Value) else None


def _renumber(reading: RowReading, number: CaseNumber) -> None:
    reading.numbers = Numbers(number)
    reading.case_no = format_case_number(number)
    reading.cases = tuple(
        replace(case, number=reading.case_no, year=number.year, type_code=number.type_code, seq=number.seq)
        for case in reading.cases[:1]
    )
    reading.warnings.append(Note("decided", f"案号按您的决定：{reading.case_no}。"))


def _question(reading: RowReading, other: RowReading, options: list[Option[CaseNumber]], letter: str) -> Question:
    fields = _differing(reading, other)
    text = f"与{_place(other, reading)}同号，{'、'.join(fields[:4])}{'等' if len(fields) > 4 else ''}不同。"
    proposal = options[0].key if options[0].key.startswith("take:") else ""
    heading = reading.context.layout.headings.get(letter, "案号")
    return Question(CODE, letter, heading, reading.case_no, text, tuple(options), proposal)


def _differing(one: RowReading, other: RowReading) -> list[str]:
    titles = one.context.setting.columns.title
    names = [name for name in one.stated | other.stated if name != "serial" and one.stated.get(name) != other.stated.get(name)]
    return [titles.get(name, name.removeprefix("col:")) for name in names]


def _place(reading: RowReading, seen_from: RowReading) -> str:
    """「第 7 行」, with the sheet's name where it is another sheet."""
    sheet = "" if reading.context.sheet is seen_from.context.sheet else f"「{reading.context.sheet.name}」表"
    return f"{sheet}第 {reading.row.number} 行"


def settle_known(reading: RowReading, known: Known) -> None:
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


def _differs(case: LedgerCase, known: Known) -> bool:
    held = known.lookup(case.number) or {}
    return any(name in held and contrary(held[name], value) for name, value in compared(case).items())


def _against(reading: RowReading, case: LedgerCase, known: Known) -> LedgerCase | None:
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
        field = _Field(reading, case.number, name, *apart, _barred(name, held))
        chosen = field.choice()
        if chosen == "take":
            changes.append((name, field.old, field.new))
        elif not chosen:
            reading.questions.append(field.question())
    return replace(case, changes=tuple(changes)) if changes else None


def _barred(name: str, held: Mapping[str, Any]) -> str:
    """Why a ledger cannot change this field of a known case; empty where it can."""
    if name == "judge_id" and held[name]:
        return "变更承办人须局长批准，请由局长在案件中办理「分案」"
    if name == "closing" and held.get("origin") == "registered":
        return "本案在本系统办理，结案须经本系统审批"
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
            return yuan(value)
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
