"""Rows that go on with the row above: a further party, an amount or a word of the same case, without a number of their own.

Where the number's cell is merged over both rows, the ledger itself says that they are one case. Where it is only left empty, the
question is asked once for the sheet; until it is answered the row above waits too, so that no case comes in with half its parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from execdesk.fields.cells import Note, Option, compact
from execdesk.fields.money import read_money, read_money_text
from execdesk.intake.amounts import MONEY
from execdesk.intake.columns import OF_PARTIES, OF_SIDE
from execdesk.intake.partycells import read_parties
from execdesk.intake.report import LedgerParty, Problem, Question
from execdesk.intake.settling import SKIP, RowReader, RowReading, SheetContext
from execdesk.intake.workbook import RowCells

CODE = "row.continued"
JOIN, APART = "join", "apart"
FOR_ALL = "这张表里有的行案号和立案日期都空着，像是接着上一行写的：另一名当事人，或者另一笔金额。"
_BESIDE = frozenset({"serial", "remarks"})
_OPTIONS: tuple[Option[str], ...] = (
    Option(JOIN, "接着写的行并入上面的案件", JOIN, "案号和立案日期都空着"), Option(APART, "接着写的行另是一件，补填案号等再导入", APART),
)


@dataclass
class Further:
    """What a row adds to the case of the row above: parties by side, amounts by column as they stand, its reading."""

    reading: RowReading
    parties: dict[str, tuple[LedgerParty, ...]] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)


def by_case(context: SheetContext, rows: Iterable[RowCells]) -> list[list[RowCells]]:
    """The rows of each case: its own, and those right below that go on with it."""
    found: list[list[RowCells]] = []
    for row in rows:
        if found and row.number == found[-1][-1].number + 1 and _goes_on(context, row, found[-1][0]) and _chosen(context, row, found[-1][0]) != APART:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _goes_on(context: SheetContext, row: RowCells, head: RowCells) -> bool:
    column, above, own = context.layout.column, context.cells(head.number), context.cells(row.number)
    number, filed = column.get("case_no", ""), column.get("filed_on", "")
    if not number or not filed or {"case_no", "filed_on"} & context.layout.ambiguous.keys() or number not in above or not compact(above[number].text):
        return False
    if is_sure(context, row):
        return own[number].merged == (above[number].merged or f"{number}{head.number}") and (
            filed not in own or filed not in above or compact(own[filed].text) == compact(above[filed].text)
        )
    if any(one in own and compact(own[one].text) for one in (number, filed)):
        return False
    said = {name for name, letter in column.items() if letter in own and compact(own[letter].text)}
    said |= {name for columns in context.layout.numbered.values() for name, letter in columns.items() if letter in own}
    return said <= OF_PARTIES | set(MONEY) | _BESIDE and bool(said - _BESIDE)


def is_sure(context: SheetContext, row: RowCells) -> bool:
    """Whether the number's cell of ``row`` is one with that above."""
    cell = context.cells(row.number).get(context.layout.column.get("case_no", ""))
    return cell is not None and bool(cell.merged)


def _chosen(context: SheetContext, row: RowCells, head: RowCells) -> str:
    """What a person decided: of the row, of the one above, or of all rows of the sheet; empty while it is open."""
    decisions, name, letter = context.setting.decisions, context.sheet.name, context.layout.column.get("case_no", "")
    return decisions.get((name, row.number, letter, CODE)) or decisions.get((name, head.number, letter, CODE)) or decisions.get((CODE, name), "")


def read_further(context: SheetContext, head: RowCells, rows: Sequence[RowCells]) -> list[Further]:
    """Read the rows that go on with ``head``; whether they may is settled with it by :func:`settle_heads`."""
    return [_Continuing(context, row).read(head) for row in rows]


class _Continuing(RowReader):
    """Reads what a row has of its own: cells merged with the row above belong to that one."""

    def __init__(self, context: SheetContext, row: RowCells) -> None:
        super().__init__(context, row)
        self._cells = {letter: cell for letter, cell in self._cells.items() if not cell.merged}

    def read(self, head: RowCells) -> Further:
        found = Further(self.reading)
        for letter, cell in self._cells.items():
            self.state(f"col:{self.context.layout.headings.get(letter, letter)}", compact(cell.text))
        number = self.context.cells(head.number)[self.letter("case_no")]
        self.state("goes_on", compact(number.text))  # two cases may go on with the same words
        self.reading.case_no = compact(number.text)
        for side in OF_SIDE:
            if self._says(side):
                found.parties[side] = read_parties(self, side)
        for column in MONEY:
            written = self.cell(column)
            if written is not None:
                answer = read_money(written, self.context.layout.unit.get(self.letter(column), 1))
                value = self.settle(column, written.text, answer, read_money_text)
                if value is not None:
                    found.amounts[column] = value
        self._settle(head)
        return found

    def _says(self, side: str) -> bool:
        layout = self.context.layout
        letters = [columns.get(one, "") for columns in (layout.column, *layout.numbered.values()) for one in OF_SIDE[side]]
        return any(letter in self._cells for letter in letters)

    def _settle(self, head: RowCells) -> None:
        chosen = JOIN if is_sure(self.context, self.reading.row) else _chosen(self.context, self.reading.row, head)
        if chosen == SKIP:
            self.reading.skipped = f"接着第 {head.number} 行写的"
        elif chosen != JOIN:
            text = f"本行没有案号和立案日期，像是接着第 {head.number} 行写的：另一名当事人，或者另一笔金额。"
            self.reading.questions.insert(0, self.question(text))

    def question(self, text: str) -> Question:
        """Whether rows go on with the one above: one answer serves the sheet."""
        return _question(self.context, self.reading, text)


def _question(context: SheetContext, reading: RowReading, text: str, options: tuple[Option[str], ...] = _OPTIONS) -> Question:
    letter = context.layout.column.get("case_no", "")
    name, proposal = (context.sheet.name, JOIN) if options else ("", "")
    return Question(CODE, letter, context.layout.headings.get(letter, "案号"), reading.case_no, text, options, proposal, name)


def settle_heads(head: RowReading, further: Sequence[Further]) -> list[Further]:
    """What comes into the case of ``head``; it waits while a row below it is open."""
    for number, one in enumerate(further, 1):
        head.stated[f"col:接着写的第 {number} 行"] = "\n".join(one.reading.stated.values())
        one.reading.head = head
    asked = [one.reading for one in further if one.reading.questions and not one.reading.skipped]
    wrong = [one.reading for one in further if one.reading.problems and not one.reading.skipped]
    if undecided := [one for one in asked if one.questions[0].code == CODE]:
        text = f"{_rows(undecided)}没有案号和立案日期，像是接着本行写的。定了才能导入本行。"
        head.questions.append(_question(head.context, head, text))
    elif wrong:
        letter = head.context.layout.column.get("case_no", "")
        text = f"接着本行写的{_rows(wrong)}不能导入（{wrong[0].problems[0].text.rstrip('。')}），改正后一并导入。"
        head.problems.append(Problem(CODE, letter, head.context.layout.headings.get(letter, "案号"), head.case_no, text))
    elif asked:
        head.questions.append(_question(head.context, head, f"接着本行写的{_rows(asked)}还有待定的事项，先定那一行。", ()))
    return [one for one in further if not one.reading.skipped and not one.reading.questions and not one.reading.problems]


def _rows(readings: Sequence[RowReading]) -> str:
    return f"第 {'、'.join(str(one.row.number) for one in readings)} 行"


def settle_further(readings: Iterable[RowReading]) -> None:
    """Rows that went into the case above share its lot; asked once that is settled."""
    for reading in readings:
        head = reading.head
        if head is None or reading.passed or reading.skipped or reading.questions or reading.problems:
            continue
        letter = reading.context.layout.column.get("case_no", "")
        heading = reading.context.layout.headings.get(letter, "案号")
        if head.skipped:
            reading.skipped = f"接着第 {head.row.number} 行写的，那一行不导入"
        elif head.passed:
            reading.passed = ("row.joined", f"接着第 {head.row.number} 行写的；那一行：{head.passed[1]}")
        elif head.problems:
            text = f"接着第 {head.row.number} 行写的，那一行不能导入，改正后一并导入。"
            reading.problems.append(Problem(CODE, letter, heading, reading.case_no, text))
        elif head.questions or not head.cases:
            text = f"接着第 {head.row.number} 行写的，那一行还有待定的事项，定了以后一并导入。"
            reading.questions.append(_question(reading.context, reading, text, ()))
        else:
            reading.passed = ("row.joined", f"并入第 {head.row.number} 行的案件")
            head.also.append(reading)
            head.warnings.append(Note("row.joined", f"第 {reading.row.number} 行接着本行写，已并入。"))
