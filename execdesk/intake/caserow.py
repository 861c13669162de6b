"""From one row of a ledger to one case: field by field, then the checks that hold between fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from execdesk.casefile.basis import enforcement_number
from execdesk.casefile.persons import twice
from execdesk.fields.cells import Answer, CellDecision, Note, Option, Refused, Value, compact, tidy
from execdesk.fields.dates import Window, read_date, read_date_text
from execdesk.fields.names import read_person, unknown_person
from execdesk.fields.numbers import Numbers
from execdesk.intake.amounts import MONEY, read_amounts
from execdesk.intake.caseno import read_number, read_route
from execdesk.intake.closing import read_closing
from execdesk.intake.continuing import Further, read_further, settle_heads
from execdesk.intake.delimited import LOST
from execdesk.intake.partycells import read_parties
from execdesk.intake.placing import Placed, place
from execdesk.intake.remainder import with_remainder
from execdesk.intake.report import LEDGER_MARK, LedgerCase, LedgerParty
from execdesk.intake.settling import NOTHING, RowReader, RowReading, SheetContext
from execdesk.intake.workbook import RowCells
from execdesk.law.words import CaseNumber, format_case_number
from execdesk.records.cases import CaseState

_BEFORE = {"effective_on": 20, "filed_on": 3, "assigned_on": 3, "closed_on": 1}  # plausible years before the ledger's year
_AFTER = {"closed_on": 5}
LONGEST = {"cause": ("cause", 64), "basis_no": ("basis_no", 64), "basis_organ": ("basis_organ", 64), "town": ("town", 32)}
LONGEST_NAME, LONGEST_PHONE = 128, 32


def read_case_row(context: SheetContext, row: RowCells, *following: RowCells) -> list[RowReading]:
    """Read ``row`` and those that go on with it, each by itself; the first has the case, or says what stands in the way."""
    further = read_further(context, row, following)
    reader = _CaseRow(context, row)
    reader.further = settle_heads(reader.reading, further)
    return [reader.read(), *(one.reading for one in further)]


class _CaseRow(RowReader):
    further: Sequence[Further] = ()

    def read(self) -> RowReading:
        reading = self.reading
        if reading.row.hidden:
            self.warn("row.hidden", "该行在原表中被隐藏（常因筛选），照常读取。")
        self._keep_unread()
        self._serial()
        self._torn()
        filed_on = self._day("filed_on", needed=True)
        numbers = read_number(self, filed_on)
        route = read_route(self, numbers.first, self.text("cause")) if numbers else ""
        fields = self._fields(filed_on, numbers, route)
        if self._short(fields) and numbers and filed_on and not reading.problems and not reading.questions and not reading.skipped:
            reading.cases = self._cases(numbers, filed_on, fields)
        return reading

    def _fields(self, filed_on: date | None, numbers: Numbers | None, route: str) -> dict[str, Any]:
        closing = read_closing(self, self._day("closed_on"), filed_on, numbers.first if numbers else None, route)
        people = {role: self._person(role) for role in ("judge", "clerk", "officer")}
        applicants = self._parties("applicant")
        debtors = self._parties("debtor")
        for _, second, text in twice((*applicants, *debtors)):
            self.refuse(second.side, second.name, Refused("party.twice", text))
        open_case = route == "bureau" and closing.closed_on is None and not self.reading.problems
        further = [p.address for one in self.further for p in one.parties.get("debtor", ()) if p.address]
        placing = place(self, Placed(people["judge"], debtors, *self._kind(numbers), further), ask=open_case)
        state = CaseState.CLOSED if closing.closed_on else CaseState.OPEN
        return {
            "state": CaseState.REVIEW_OFFICE if route == "review_office" else state,
            "cause": self.text("cause"),
            "assigned_on": self._day("assigned_on"),
            "applicants": applicants,
            "debtors": debtors,
            "basis_no": self._basis_no(numbers),
            "basis_organ": self.text("basis_organ"),
            "basis_effective_on": self._effective(filed_on, route),
            **read_amounts(self, closing.mode, [one.amounts for one in self.further]),
            **{role: person[0] for role, person in people.items()},
            **{f"{role}_id": person[1] for role, person in people.items()},
            "written": tuple((role, compact(cell.text)) for role in people if (cell := self.cell(role)) is not None),
            "town": placing.town,
            "town_state": placing.state,
            "group": placing.group,
            "group_reason": placing.reason,
            "closed_on": closing.closed_on,
            "closing_mode": closing.mode,
            "closing_source": LEDGER_MARK if closing.closed_on else "",
            "remarks": self._remarks(numbers),
            "special": self._special(),
        }

    def _cases(self, numbers: Numbers, filed_on: date, fields: dict[str, Any]) -> tuple[LedgerCase, ...]:
        others = () if numbers.split else tuple(format_case_number(number) for number in numbers.others)
        first = LedgerCase(
            **_numbered(numbers.first), filed_on=filed_on, other_numbers=others, **fields
        )
        readings = [self.reading, *(one.reading for one in self.further)]
        if not numbers.split:
            told = with_remainder(first, readings)
            return (first if told == first.remarks else replace(first, remarks=told),)
        self.warn("case_no.split", "一行拆为几件，标的和到位须分别补录。")
        sums = [f"几件合写的{self._heading(name)} {' '.join(cell.text.split())}" for name in MONEY if (cell := self.cell(name)) is not None]
        bare = replace(
            first, claim_fen=None, recovered_fen=None, fee_fen=None, principal_fen=None, interest_fen=None, costs_fen=None,
            remarks=with_remainder(first, readings, sums),
        )
        every = (numbers.first, *numbers.others)
        return tuple(replace(bare, **_numbered(number)) for number in every)

    def _parties(self, side: str) -> tuple[LedgerParty, ...]:
        """The parties of one side, those of the rows that go on with this one behind; the same party again is one."""
        own = read_parties(self, side)
        if not self.further:
            return own
        every = {(one.name, one.id_no): one for group in (own, *(f.parties.get(side, ()) for f in self.further)) for one in group}
        return tuple(replace(one, position=at) for at, one in enumerate(every.values(), 1)) if own else ()

    def _kind(self, numbers: Numbers | None) -> tuple[str, str]:
        """Type code and basis, by which the former handler of a resumed case is found."""
        return numbers.first.type_code if numbers else "", self._basis(numbers, self.text("basis_no"))

    # -- the single fields

    def _keep_unread(self) -> None:
        """Columns nobody reads still belong to what the row says."""
        layout = self.context.layout
        read = set(layout.column.values()) | {c for one in layout.numbered.values() for c in one.values()} | {c for cs in layout.ambiguous.values() for c in cs}
        for cell in self.reading.row.cells:
            if cell.column not in read:
                self.state(f"col:{self.context.layout.headings.get(cell.column, cell.column)}", compact(cell.text))

    def _torn(self) -> None:
        """Characters that the file itself has lost are asked about, wherever in the row they stand."""
        cells = [cell for cell in self.reading.row.cells if LOST in cell.text]
        if not cells:
            return
        headings = self.context.layout.headings
        listed = "、".join(f"「{headings.get(cell.column, cell.column)}」「{cell.text}」" for cell in cells)
        text = f"文件第 {self.reading.row.number} 行有不成字的字节，以「{LOST}」标出：{listed}。请对照原件。"
        option = Option("keep", f"照此导入，缺的字留作「{LOST}」，以后更正", "keep")
        self.settle("", cells[0].text, CellDecision("text.torn", text, (option,)), lambda _: Value("keep"))

    def _serial(self) -> None:
        text = compact(self.text("serial"))
        self.reading.serial = int(text) if text.isdigit() and len(text) < 9 else None

    def _day(self, column: str, *, needed: bool = False) -> date | None:
        cell = self.cell(column)
        window = self._window(column)

        def again(text: str) -> Answer[date]:
            return read_date_text(text, window, date1904=self.context.date1904)

        if cell is None:
            already = any(q.column == self.letter(column) and q.column for q in self.reading.questions)
            if not needed or already or any(p.column == self.letter(column) for p in self.reading.problems):
                return None
            title = self.setting.columns.title[column]
            missing: Answer[date] = CellDecision("date.missing", f"没有「{title}」，期限都从它算起，请填写。", ())
            return self._sensible(column, self.settle(column, "", missing, again))
        answer = read_date(cell, window, date1904=self.context.date1904)
        self.state(column, str(answer.value) if isinstance(answer, Value) else compact(cell.text))
        return self._sensible(column, self.settle(column, cell.text, answer, again))

    def _sensible(self, column: str, day: date | None) -> date | None:
        today = self.setting.today
        if day and today and day > today and column != "effective_on":
            text = f"{self.setting.columns.title[column]} {day} 晚于今天 {today}，请核对。"
            answer: Answer[date] = CellDecision("date.future", text, ())
            return self.settle(column, str(day), answer, lambda entry: read_date_text(entry))
        return day

    def _window(self, column: str) -> Window:
        year = self.context.year
        if year is None:
            return Window()
        earliest, latest = date(year - _BEFORE.get(column, 3), 1, 1), date(year + _AFTER.get(column, 1), 12, 31)
        return Window(earliest, latest, year, self._witnesses(column))

    def _witnesses(self, column: str) -> tuple[tuple[str, date], ...]:
        """The days of filing in the rows above and below speak for the reading of this row's."""
        if column != "filed_on":
            own = self.context.filed.get(self.reading.row.number)
            return (("本行立案日期", own),) if own else ()
        near = ((self.reading.row.number + step, f"第 {self.reading.row.number + step} 行立案日期") for step in (-1, 1))
        return tuple((label, self.context.filed[row]) for row, label in near if row in self.context.filed)

    def _effective(self, filed_on: date | None, route: str) -> date | None:
        """An effective day after filing contradicts itself, except for preservation, which needs no effective document."""
        day = self._day("effective_on")
        preserving = self.reading.numbers and self.reading.numbers.first.type_code == "执保"
        if day and filed_on and day > filed_on and route == "bureau" and not preserving:
            options: tuple[Option[date | None], ...] = (
                Option("keep", "两个日期都照台账记", day, "待查原件"),
                Option("drop", "生效日期先空着", None, "以原件补录"),
            )
            text = f"生效日期 {day} 晚于立案日期 {filed_on}：未生效的文书不能立案执行，两者必有一误。"
            answer: Answer[date | None] = CellDecision("basis.after_filing", text, options)
            return self.settle("effective_on", str(day), answer, lambda entry: read_date_text(entry))
        return day

    def _person(self, role: str) -> tuple[str, str]:
        cell = self.cell(role)
        if cell is None:
            if role == "judge" and self.has(role):
                self.warn("judge.missing", "台账没有写承办人，导入后按规则分案。")
            return "", ""
        self.state(role, compact(cell.text))
        people = self.setting.people[role]
        answer = read_person(cell.text, people)
        name = compact(cell.text)
        answer = self._remembered(role, name, answer)

        def again(text: str) -> Answer[tuple[str, str]]:
            found = read_person(text, people)
            return unknown_person(compact(text), people) if isinstance(found, Refused) else found

        return self.settle(role, cell.text, answer, again, name) or (name, "")

    def _remembered(self, role: str, name: str, answer: Answer[tuple[str, str]]) -> Answer[tuple[str, str]]:
        """A name that an earlier import tied to a person who still may hold the role needs no second answer."""
        known = self.setting.remembered.get((role, name), "")
        if not isinstance(answer, CellDecision) or answer.code != "person.unmapped" or self.chosen(role, answer.code, name):
            return answer
        found = next((option.value for option in answer.options if option.key == f"person:{known}"), None)
        if found is None:
            return answer
        return Value(found, (Note("person.remembered", f"「{name}」沿用此前导入时的对应：{found[0]}。"),))

    def _remarks(self, numbers: Numbers | None) -> str:
        """The remarks, with the other numbers of a cell that were not taken as cases of their own."""
        cell = self.cell("remarks")
        text = tidy(cell.text) if cell else ""
        self.state("remarks", compact(text))
        if numbers and numbers.others and not numbers.split:
            others = "关联案号：" + "、".join(format_case_number(number) for number in numbers.others)
            return f"{text}\n{others}" if text else others
        return text

    def _basis_no(self, numbers: Numbers | None) -> str:
        """The effective document; the number of the enforcement case that was resumed is none, and goes to the remarks."""
        told = self.text("basis_no")
        if told and not self._basis(numbers, told):
            self.warn("basis.enforcement", f"「{told}」是执行案件的案号，不是执行依据：记入备注，依据导入后请补充。")
        return self._basis(numbers, told)

    def _basis(self, numbers: Numbers | None, told: str) -> str:
        """A case of 审管办 is about an enforcement case; one of the bureau executes none."""
        own = self.setting.columns.route["bureau"]
        return "" if numbers and numbers.first.type_code in own and enforcement_number(told, own) else told

    def _special(self) -> str:
        """What the ledger says of a 特殊主体 is shown with the case; flagging it, with the source, is for a person."""
        text = self.text("special")
        if text and text not in NOTHING:
            self.warn("special.to_flag", f"台账「{self._heading('special')}」写「{text}」：请核实后在当事人处标注特殊主体及依据。")
        return text

    def _short(self, fields: dict[str, Any]) -> bool:
        """Whether every text fits its place; a text that does not has most likely slipped into the wrong column."""
        before = len(self.reading.problems)
        for name, (column, limit) in LONGEST.items():
            self._fits(column, fields[name], limit)
        for party in (*fields["applicants"], *fields["debtors"]):
            self._fits(party.side, party.name, LONGEST_NAME)
            self._fits(f"{party.side}_phone", party.phone, LONGEST_PHONE)
        return len(self.reading.problems) == before

    def _fits(self, column: str, text: str, limit: int) -> None:
        if len(text) > limit:
            title = self._heading(column)
            told = f"「{title}」有 {len(text)} 个字，最多 {limit} 个字，请核对是否填错了列。"
            self.refuse(column, text[:40], Refused("cell.too_long", told))


def _numbered(number: CaseNumber) -> dict[str, Any]:
    return {
        "number": format_case_number(number),
        "year": number.year,
        "court_code": number.court_code,
        "type_code": number.type_code,
        "seq": number.seq,
    }
