"""The same case number twice in a ledger: the same row again, a case with a row for each party, or a slip in the number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from execdesk.fields.cells import Note, Option, Value
from execdesk.fields.numbers import Numbers, read_case_numbers
from execdesk.intake.columns import OF_PARTIES
from execdesk.intake.report import LedgerParty, Question
from execdesk.intake.settling import OWN, SKIP, RowReading
from execdesk.law.words import CaseNumber, format_case_number

CODE = "repeat.differs"
REFUSED = "repeat.refused"
SPLIT = "repeat.split"
_FOR_ALL = ("this:", "join:")  # choices that speak for every row of a number
_ROUNDS = 3  # a renumbered row may meet another; each round settles what the one before has moved


def settle_repeats(readings: list[RowReading]) -> None:
    """Settle rows with one number: the same row again is passed over, another row with the number is a question.

    Where the serial numbers of the ledger run with the case numbers, the row whose serial agrees keeps the number and only
    the others are asked about; else all of them are.
    """
    _settle_rounds(readings)
    _after_refused(readings)
    _after_split(readings)


def _after_refused(readings: list[RowReading]) -> None:
    """A row whose number an earlier row has that cannot come in: whether it is that case, or a slip, is asked."""
    refused: dict[CaseNumber, RowReading] = {}
    for reading in readings:
        number = reading.numbers.first if reading.numbers else None
        if number is None or reading.passed or reading.skipped:
            continue
        before = refused.get(number)
        if reading.problems:
            refused.setdefault(number, reading)
        elif before is not None and before.body != reading.body:
            _ask_after(reading, before)


def _ask_after(reading: RowReading, before: RowReading) -> None:
    letter, chosen, shown = reading.context.layout.column.get("case_no", ""), _chosen(reading, REFUSED), reading.case_no
    if chosen == SKIP:
        reading.passed = ("decided.skip", f"按您的决定不导入：与{_place(before, reading)}同号，那一行不能导入")
    elif chosen == f"this:{shown}":
        reading.warnings.append(Note("decided", f"与{_place(before, reading)}同号，那一行不能导入；按您的决定，本行照常导入。"))
    else:
        text = f"与{_place(before, reading)}同号，那一行不能导入（{before.problems[0].text.rstrip('。')}）。请先看那一行，再定本行。"
        options: tuple[Option[None], ...] = (Option(f"this:{shown}", "案号无误，本行照常导入", None, "那一行留在待决定的行中"),)
        heading = reading.context.layout.headings.get(letter, "案号")
        reading.questions.insert(0, Question(REFUSED, letter, heading, shown, text, options, ""))


def _after_split(readings: list[RowReading]) -> None:
    """A row whose number is among those that another row is divided into: one number cannot be two cases."""
    made: dict[str, RowReading] = {}
    for reading in readings:
        if reading.passed or reading.skipped or reading.problems or reading.questions:
            continue
        for case in reading.cases:
            other = made.setdefault(case.number, reading)
            if other is not reading:
                _ask_split(reading, other, case.number)
                break


def _ask_split(reading: RowReading, other: RowReading, number: str) -> None:
    letter = reading.context.layout.column.get("case_no", "")
    if _chosen(reading, SPLIT) == SKIP:
        reading.passed = ("decided.skip", f"按您的决定不导入：与{_place(other, reading)}同号")
        return
    text = f"案号 {number} 在{_place(other, reading)}已经有了（一格多号拆为几件）。请改那一行的决定，或决定不导入本行。"
    reading.questions.insert(0, Question(SPLIT, letter, reading.context.layout.headings.get(letter, "案号"), number, text, (), ""))


def _settle_rounds(readings: list[RowReading]) -> None:
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
    number = group[0].numbers
    for reading in sorted(asked, key=lambda one: _chosen(one).startswith(_FOR_ALL)):  # rows that leave the number go first
        if reading.passed:  # a row before it was chosen for both
            continue
        other = next(r for r in group if r is not reading)
        rest = [one for one in group if not one.passed and one.numbers and number and one.numbers.first == number.first]
        moved |= _apply(reading, other, rest, readings)
    if len(kept) == 1 and not kept[0].passed:
        rows = "、".join(_place(r, kept[0]) for r in asked if not r.passed)
        if rows:
            kept[0].warnings.append(Note("repeat.others", f"{rows}同号而内容不同；本行序号与案号相合，照常读取。"))
    return moved


def _chosen(reading: RowReading, code: str = CODE) -> str:
    """What a person decided on a row with the number of another; empty while it is open."""
    key = (reading.context.sheet.name, reading.row.number, reading.context.layout.column.get("case_no", ""), code)
    return reading.context.setting.decisions.get(key, "")


def _apply(reading: RowReading, other: RowReading, group: list[RowReading], readings: list[RowReading]) -> bool:
    assert reading.numbers is not None
    letter, chosen = reading.context.layout.column.get("case_no", ""), _chosen(reading)
    options = _options(reading, readings, joinable=_joinable(group))
    if chosen == SKIP:
        reading.passed = ("decided.skip", f"按您的决定不导入：与{_place(other, reading)}同号")
        return True
    if chosen == _join_key(reading) and _joinable(group):
        return _join(reading, group)
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


def _join_key(reading: RowReading) -> str:
    return f"join:{format_case_number(reading.numbers.first)}" if reading.numbers else ""


def _joinable(group: list[RowReading]) -> bool:
    """Whether the rows differ in their parties only, as where a case with several parties has a row for each."""
    return all({name.partition("@")[0] for name in _differing_ids(group[0], one)} <= OF_PARTIES for one in group[1:])


def _join(reading: RowReading, group: list[RowReading]) -> bool:
    """One case with the parties of all rows, in their order; not before every row is settled otherwise."""
    if not all(len(one.cases) == 1 for one in group):
        return False
    cases = [one.cases[0] for one in group]
    applicants, debtors = _every(case.applicants for case in cases), _every(case.debtors for case in cases)
    reading.cases = (replace(reading.cases[0], applicants=applicants, debtors=debtors),)
    for one in group:
        if one is not reading:
            one.passed = ("repeat.joined", f"按您的决定，当事人并入{_place(reading, one)}")
            reading.also.append(one)
    reading.warnings.append(Note("decided", f"按您的决定，合并了 {len(group)} 行的当事人。"))
    return True


def _every(sides: Iterable[tuple[LedgerParty, ...]]) -> tuple[LedgerParty, ...]:
    found = {(party.name, party.id_no): party for side in sides for party in side}
    return tuple(replace(party, position=at) for at, party in enumerate(found.values(), 1))


def _options(reading: RowReading, readings: list[RowReading], *, joinable: bool = False) -> list[Option[CaseNumber]]:
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
    if joinable:
        options.append(Option(_join_key(reading), "同一件案件，合并各行的当事人", number, "各行只有当事人不同"))
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
    proposal = options[0].key if options[0].key.startswith(("take:", "join:")) else ""
    heading = reading.context.layout.headings.get(letter, "案号")
    return Question(CODE, letter, heading, reading.case_no, text, tuple(options), proposal)


def _differing(one: RowReading, other: RowReading) -> list[str]:
    titles = one.context.setting.columns.title
    named = (name.partition("@") if not name.startswith("col:") else (name, "", "") for name in _differing_ids(one, other))
    return [titles.get(name, name.removeprefix("col:")) + number for name, _, number in named]


def _differing_ids(one: RowReading, other: RowReading) -> list[str]:
    return [name for name in one.stated | other.stated if name != "serial" and one.stated.get(name) != other.stated.get(name)]


def _place(reading: RowReading, seen_from: RowReading) -> str:
    """「第 7 行」, with the sheet's name where it is another sheet."""
    sheet = "" if reading.context.sheet is seen_from.context.sheet else f"「{reading.context.sheet.name}」表"
    return f"{sheet}第 {reading.row.number} 行"
