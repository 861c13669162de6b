"""From one row of a ledger to one case: field by field, then the checks that hold between fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from execdesk.intake.cells import Answer, Decision, Option, Refused, Value, compact, tidy
from execdesk.intake.dates import Window, read_date, read_date_text
from execdesk.intake.money import read_money, read_money_text, yuan
from execdesk.intake.names import read_person, unknown_person
from execdesk.intake.numbers import Numbers, YearHint, read_case_numbers
from execdesk.intake.partycells import read_parties
from execdesk.intake.placing import Placing, place
from execdesk.intake.report import LEDGER_MARK, LedgerCase
from execdesk.intake.settling import RowReader, RowReading, SheetContext
from execdesk.intake.workbook import Cell, RowCells
from execdesk.law.refusal import Refusal
from execdesk.law.words import CaseNumber, format_case_number

_BEFORE = {"effective_on": 20, "filed_on": 3, "assigned_on": 3, "closed_on": 1}  # plausible years before the ledger's year
_AFTER = {"closed_on": 5}


def read_case_row(context: SheetContext, row: RowCells) -> RowReading:
    """Read ``row``; the reading has a case, or says what stands in the way."""
    return _CaseRow(context, row).read()


@dataclass
class _Closing:
    closed_on: date | None = None
    mode: str = ""


class _CaseRow(RowReader):
    def read(self) -> RowReading:
        reading = self.reading
        if reading.row.hidden:
            self.warn("row.hidden", "该行在原表中被隐藏（常因筛选），照常读取。")
        self._keep_unread()
        self._serial()
        filed_on = self._day("filed_on", needed=True)
        numbers = self._numbers(filed_on)
        route = self._route(numbers.first, self.text("cause")) if numbers else ""
        fields = self._fields(filed_on, numbers, route)
        if numbers and filed_on and not reading.problems and not reading.questions and not reading.skipped:
            reading.cases = self._cases(numbers, filed_on, fields)
        return reading

    def _fields(self, filed_on: date | None, numbers: Numbers | None, route: str) -> dict[str, Any]:
        closing = self._closing(filed_on, numbers.first if numbers else None, route)
        people = {role: self._person(role) for role in ("judge", "clerk", "officer")}
        applicants = read_parties(self, "applicant")
        debtors = read_parties(self, "debtor")
        open_case = route == "bureau" and closing.closed_on is None and not self.reading.problems
        judge = people["judge"][0]
        placing = place(self, judge, ask=open_case)
        if closing.closed_on:
            state = "closed"
        else:
            state = "open"
        return {
            "state": "review_office" if route == "review_office" else state,
            "cause": self.text("cause"),
            "assigned_on": self._day("assigned_on"),
            "applicants": applicants,
            "debtors": debtors,
            "basis_no": self.text("basis_no"),
            "basis_organ": self.text("basis_organ"),
            "basis_effective_on": self._effective(filed_on, route),
            **self._amounts(closing),
            **{role: person[0] for role, person in people.items()},
            **{f"{role}_id": person[1] for role, person in people.items()},
            **_placed(placing),
            "closed_on": closing.closed_on,
            "closing_mode": closing.mode,
            "closing_source": LEDGER_MARK if closing.closed_on else "",
            "remarks": self._remarks(),
            "special": self.text("special"),
        }

    def _cases(self, numbers: Numbers, filed_on: date, fields: dict[str, Any]) -> tuple[LedgerCase, ...]:
        others = () if numbers.split else tuple(format_case_number(number) for number in numbers.others)
        first = LedgerCase(
            **_numbered(numbers.first), filed_on=filed_on, other_numbers=others, raw=self.reading.raw(), **fields
        )
        if not numbers.split:
            return (first,)
        self.warn("case_no.split", "一行拆为几件，标的和到位须分别补录。")
        bare = replace(first, claim_fen=None, recovered_fen=None, fee_fen=None, principal_fen=None, interest_fen=None, costs_fen=None)
        every = (numbers.first, *numbers.others)
        return tuple(replace(bare, **_numbered(number)) for number in every)

    # -- the single fields

    def _keep_unread(self) -> None:
        """Columns nobody reads still belong to what the row says."""
        read = set(self.context.layout.column.values()) | {c for cs in self.context.layout.ambiguous.values() for c in cs}
        for cell in self.reading.row.cells:
            if cell.column not in read:
                self.state(f"col:{self.context.layout.headings.get(cell.column, cell.column)}", compact(cell.text))

    def _serial(self) -> None:
        text = compact(self.text("serial"))
        self.reading.serial = int(text) if text.isdigit() and len(text) < 9 else None

    def _numbers(self, filed_on: date | None) -> Numbers | None:
        cell = self.cell("case_no")
        hints = [YearHint(self.context.year, self.context.year_ground)] if self.context.year else []
        if filed_on:
            hints.append(YearHint(filed_on.year, f"本行立案日期为 {filed_on}"))

        def again(text: str) -> Answer[Numbers]:
            return read_case_numbers(text, self.setting.home, tuple(hints))

        if cell is None:
            if any(question.code == "column.ambiguous" for question in self.reading.questions):
                return None
            missing: Answer[Numbers] = Decision("case_no.missing", "本行没有案号，请填写，或决定不导入。", ())
            return self._numbered(self.settle("case_no", "", missing, again))
        answer = again(cell.text)
        self.state("case_no", _number_text(answer, cell))
        self.reading.case_no = " ".join(tidy(cell.text).split())
        return self._numbered(self.settle("case_no", cell.text, answer, again))

    def _numbered(self, numbers: Numbers | None) -> Numbers | None:
        if numbers:
            self.reading.numbers = numbers
            self.reading.case_no = format_case_number(numbers.first)
        return numbers

    def _route(self, number: CaseNumber, cause: str) -> str:
        """bureau or review_office by the type code (article 1 of the plan); other types are a question."""
        route = self.setting.columns.route
        if number.type_code in route["bureau"]:
            return "bureau"
        suit = number.type_code in route["suit_types"] and any(word in cause for word in route["suit_causes"])
        if suit or number.type_code in route["review_office"]:
            self.warn("route.review_office", f"「{number.type_code}」案件归审管办，本局只读。")
            return "review_office"
        if number.old and number.type_code == "执":
            return "bureau"
        options = (Option("review_office", "移交审管办，本局只读", "review_office"),)
        text = f"类型代字「{number.type_code}」不是执行局办理的案件，请核对案号，或移交审管办。"
        answer: Answer[str] = Decision("route.unknown_type", text, options)
        again: Any = lambda _: Refused("route.unknown_type", text)  # noqa: E731
        return self.settle("case_no", self.reading.case_no, answer, again) or ""

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
            missing: Answer[date] = Decision("date.missing", f"没有「{title}」，期限都从它算起，请填写。", ())
            return self._sensible(column, self.settle(column, "", missing, again))
        answer = read_date(cell, window, date1904=self.context.date1904)
        self.state(column, str(answer.value) if isinstance(answer, Value) else compact(cell.text))
        return self._sensible(column, self.settle(column, cell.text, answer, again))

    def _sensible(self, column: str, day: date | None) -> date | None:
        today = self.setting.today
        if day and today and day > today and column != "effective_on":
            text = f"{self.setting.columns.title[column]} {day} 晚于今天 {today}，请核对。"
            answer: Answer[date] = Decision("date.future", text, ())
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
            answer: Answer[date | None] = Decision("basis.after_filing", text, options)
            return self.settle("effective_on", str(day), answer, lambda entry: read_date_text(entry))
        return day

    def _money(self, column: str) -> int | None:
        cell = self.cell(column)
        unit = self.context.layout.unit.get(self.letter(column), 1)
        if cell is None:
            return None
        answer = read_money(cell, unit)
        self.state(column, str(answer.value) if isinstance(answer, Value) else compact(cell.text))
        if cell.formula and isinstance(answer, Value) and answer.value is not None:
            answer = self._compared(column, cell, answer, unit)
        return self.settle(column, cell.text, answer, lambda entry: read_money_text(entry, unit))

    def _compared(self, column: str, cell: Cell, answer: Value[int | None], unit: int) -> Answer[int | None]:
        """The shown value of a formula beside what its formula gives from the shown values."""
        computed = self.context.computed(cell.formula or "")
        fen = round(computed * unit * 100) if computed is not None else None
        if fen is None or answer.value is None or abs(fen - answer.value) <= 1:
            return answer
        text = f"显示值 {yuan(answer.value)} 与公式「{cell.formula}」算得的 {yuan(fen)} 不一致"
        if column not in ("claim", "recovered"):
            self.warn("formula.differs", f"{cell.column} 列{text}，用显示值。")
            return answer
        options: tuple[Option[int | None], ...] = (
            Option(f"take:{answer.value}", f"用显示值 {yuan(answer.value)} 元", answer.value),
            Option(f"take:{fen}", f"用算得的 {yuan(fen)} 元", fen),
        )
        return Decision("formula.differs", f"{text}，请选定。", options)

    def _amounts(self, closing: _Closing) -> dict[str, int | None]:
        money = {name: self._money(name) for name in ("claim", "principal", "interest", "costs", "fee", "recovered")}
        money["claim"] = self._split_agrees(money)
        claim, recovered = money["claim"], money["recovered"]
        if claim is not None and recovered is not None and recovered > claim:
            self.warn("recovered.over_claim", f"实际到位 {yuan(recovered)} 元多于申请标的 {yuan(claim)} 元，照台账记。")
        if closing.mode == "执行完毕" and claim is not None and (recovered or 0) < claim:
            self.warn("closing.recovered_short", f"以执行完毕结案，而到位 {yuan(recovered or 0)} 元少于标的 {yuan(claim)} 元。")
        return {f"{name}_fen": amount for name, amount in money.items()}

    def _split_agrees(self, money: dict[str, int | None]) -> int | None:
        """The claim; where parts are given, it must be their sum with or without the fee of enforcement."""
        claim = money["claim"]
        parts = [money[name] for name in ("principal", "interest", "costs") if money[name] is not None]
        if claim is None or money["principal"] is None or len(parts) < 2:
            return claim
        total = sum(part for part in parts if part is not None)
        if claim in (total, total + (money["fee"] or 0)):
            return claim
        options = (
            Option(f"take:{claim}", f"用合计 {yuan(claim)} 元", claim),
            Option(f"take:{total}", f"用分项之和 {yuan(total)} 元", total),
        )
        text = f"标的 {yuan(claim)} 元与分项之和 {yuan(total)} 元不符，请选定。"
        answer: Answer[int] = Decision("claim.split", text, options)
        again: Any = lambda entry: read_money_text(entry)  # noqa: E731
        return self.settle("claim", yuan(claim), answer, again)

    def _person(self, role: str) -> tuple[str, str]:
        cell = self.cell(role)
        if cell is None:
            if role == "judge" and self.has(role):
                self.warn("judge.missing", "台账没有写承办人，导入后按规则分案。")
            return "", ""
        self.state(role, compact(cell.text))
        answer = read_person(cell.text, self.setting.people)
        name = compact(cell.text)

        def again(text: str) -> Answer[tuple[str, str]]:
            found = read_person(text, self.setting.people)
            return unknown_person(compact(text), self.setting.people) if isinstance(found, Refused) else found

        return self.settle(role, cell.text, answer, again, name) or (name, "")

    def _closing(self, filed_on: date | None, number: CaseNumber | None, route: str) -> _Closing:
        day = self._day("closed_on")
        cell = self.cell("closing_mode")
        raw = compact(cell.text) if cell else ""
        self.state("closing_mode", raw)
        asked = {question.column for question in self.reading.questions}
        if raw in self.setting.columns.closing_open:
            raw = ""
        if (not raw and day is None) or self.letter("closed_on") in asked - {""}:
            return _Closing()
        if day and filed_on and day < filed_on:
            day = self._before_filing(day, filed_on)
        if not route:  # the case number itself is still open; the way of closing depends on its type
            return _Closing(day, raw)
        if route == "review_office":
            self.warn("closing.review_office", f"结案方式「{raw}」照录，由审管办核对。")
            return _Closing(day, raw)
        mode = self._mode(raw, number, day or filed_on)
        if raw and day is None and mode and not self.reading.problems:
            day = self._no_day(raw)
            mode = mode if day else ""
        return _Closing(day, mode if day else "")

    def _no_day(self, raw: str) -> date | None:
        answer: Answer[date | None] = Decision(
            "closing.no_date",
            f"结案方式写「{raw}」，没有结案日期。",
            (Option("open", "按未结导入", None, "没有结案日期"),),
        )
        return self.settle("closed_on", "", answer, lambda entry: read_date_text(entry))

    def _before_filing(self, day: date, filed_on: date) -> date | None:
        text = f"结案日期 {day} 早于立案日期 {filed_on}，两者必有一误，请填写正确的结案日期，或先按未结导入。"
        answer: Answer[date | None] = Decision(
            "closing.before_filing", text, (Option("open", "先按未结导入", None, "结案日期待查"),)
        )

        def again(entry: str) -> Answer[date | None]:
            found = read_date_text(entry)
            if isinstance(found, Value) and found.value < filed_on:
                return Refused("closing.before_filing", f"{found.value} 仍早于立案日期 {filed_on}。")
            return found

        return self.settle("closed_on", str(day), answer, again)

    def _mode(self, raw: str, number: CaseNumber | None, on: date | None) -> str:
        if number is None or on is None:
            return raw
        columns = self.setting.columns
        mode = columns.closing.get(raw, raw)
        try:
            listed = self.setting.law.value(f"case.closing.{number.type_code}", on)
        except Refusal as refusal:
            self.warn("closing.no_list", f"结案方式「{raw}」照录：{refusal.text}")
            return mode
        allowed = [str(one) for one in listed.value]
        if mode in allowed:
            return mode
        likely = columns.closing_proposal.get(number.type_code, {}).get(mode, "")
        options = tuple(Option(f"take:{one}", one, one, "台账用语与此相近" if one == likely else "") for one in allowed)
        what = f"「{raw}」不是「{number.type_code}」案件的结案方式" if raw else "有结案日期，没有结案方式"
        answer: Answer[str] = Decision("closing.mode", f"{what}（{listed.source}），请选定。", options, f"take:{likely}" if likely else "")

        def again(entry: str) -> Answer[str]:
            own = columns.closing.get(compact(entry), compact(entry))
            return Value(own) if own in allowed else Refused("closing.mode", f"可用的结案方式：{'、'.join(allowed)}。")

        return self.settle("closing_mode", raw, answer, again) or ""

    def _remarks(self) -> str:
        cell = self.cell("remarks")
        text = tidy(cell.text) if cell else ""
        self.state("remarks", compact(text))
        return text


def _number_text(answer: Answer[Numbers], cell: Cell) -> str:
    if isinstance(answer, Value):
        return format_case_number(answer.value.first)
    return compact(cell.text)


def _numbered(number: CaseNumber) -> dict[str, Any]:
    return {
        "number": format_case_number(number),
        "year": number.year,
        "court_code": number.court_code,
        "type_code": number.type_code,
        "seq": number.seq,
    }


def _placed(placing: Placing) -> dict[str, str]:
    return {
        "town": placing.town,
        "town_state": placing.state,
        "group": placing.group,
        "group_reason": placing.reason,
    }


