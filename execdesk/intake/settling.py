"""One row on its way to a case: answers are settled by the person's decisions or become questions and problems."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from execdesk.fields.cells import Answer, Cell, CellDecision, Note, Option, Refused, Value, compact
from execdesk.fields.numbers import Numbers
from execdesk.intake.columns import Layout
from execdesk.intake.formulas import MAX_DEPTH, compute
from execdesk.intake.report import LedgerCase, Problem, Question
from execdesk.intake.setting import Setting
from execdesk.intake.workbook import RowCells, SheetRows

T = TypeVar("T")
NOTHING = frozenset({"否", "无", "不是", "-", "—", "/", "0"})  # what stands in a cell of which there is nothing to say
SKIP = "skip"  # decision: this row is not imported
OWN = "text:"  # decision: the person's own entry, read as if it stood in the cell

# Columns that make the case: an unreadable formula or error there stops the row, elsewhere it is a warning.
MATTERS = frozenset({
    "case_no", "filed_on", "applicant", "applicant_id", "debtor", "debtor_id", "effective_on", "claim", "recovered", "judge",
    "closed_on", "closing_mode",
})  # fmt: skip
_LINK = re.compile(r'=\s*HYPERLINK\(\s*"(?P<target>[^"]*)"\s*[,;]\s*"(?P<label>[^"]*)"\s*\)\s*', re.IGNORECASE)


@dataclass
class SheetContext:
    """One sheet while it is checked: its layout, its year and why, days of filing by row, cells for formulas."""

    setting: Setting
    sheet: SheetRows
    layout: Layout
    date1904: bool = False
    year: int | None = None
    year_ground: str = ""
    filed: dict[int, date] = field(default_factory=dict)
    serial_agrees: bool = False
    waiting: int = 0  # rows so far for whose group only the turn speaks
    series: dict[str, str] = field(default_factory=dict)  # debtor's number → group of an earlier row, placed or proposed
    _cells: dict[int, dict[str, Cell]] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[str, str]:
        """Identifiers of the columns by letter, numbered ones among them."""
        return {letter: name for one in (self.layout.column, *self.layout.numbered.values()) for name, letter in one.items()}

    def cells(self, row: int) -> dict[str, Cell]:
        """The used cells of a row counted from 1."""
        if row not in self._cells:
            found = self.sheet.rows[row - 1].by_column() if 0 < row <= len(self.sheet.rows) else {}
            self._cells[row] = found
        return self._cells[row]

    def computed(self, formula: str, depth: int = 0) -> Decimal | None:
        """What ``formula`` gives from the values shown in this sheet; None where that cannot be computed here."""

        def lookup(row: int, column: str) -> Decimal | str | None:
            cell = self.cells(row).get(column)
            if cell is None:
                return None
            if cell.kind == "number" and not isinstance(cell.value, bool):
                return Decimal(repr(cell.value))
            if cell.kind == "formula" and cell.formula and depth < MAX_DEPTH:
                found = self.computed(cell.formula, depth + 1)
                return found if found is not None else cell.text
            return cell.text

        return compute(formula, lookup)


def fingerprint(stated: Mapping[str, str]) -> str:
    """SHA-256 over what a row says by column."""
    return hashlib.sha256(json.dumps(sorted(stated.items()), ensure_ascii=False).encode()).hexdigest()


@dataclass
class RowReading:
    """A row as far as it is settled."""

    context: SheetContext
    row: RowCells
    numbers: Numbers | None = None
    serial: int | None = None
    case_no: str = ""
    cases: tuple[LedgerCase, ...] = ()
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)
    skipped: str = ""
    passed: tuple[str, str] | None = None
    head: RowReading | None = None  # the row that this one goes on with
    also: list[RowReading] = field(default_factory=list)  # rows that came into the case of this one

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over what the row says, whatever the file type and the person's decisions; asked once the row is read."""
        return fingerprint(self.stated)

    @property
    def body(self) -> tuple[tuple[str, str], ...]:
        """What the row says beside its serial number: two rows with the same body are the same row twice."""
        return tuple(sorted((name, text) for name, text in self.stated.items() if name != "serial"))

    def raw(self) -> tuple[tuple[str, str], ...]:
        """Every used cell as (heading or column letter, text shown), so that nothing is lost."""
        headings = self.context.layout.headings
        return tuple((headings.get(cell.column) or cell.column, cell.text) for cell in self.row.cells)


class RowReader:
    """Reads the cells of one row by column identifier and settles their answers."""

    def __init__(self, context: SheetContext, row: RowCells) -> None:
        self.context = context
        self.setting = context.setting
        self.reading = RowReading(context, row)
        self._cells = context.cells(row.number)
        self._ready: dict[tuple[str, int], Cell | None] = {}
        self.number = 0  # of the numbered columns that are read now, as 被执行人2; 0 for the usual ones

    # -- cells

    def letter(self, column: str) -> str:
        """The letter of a column, empty where the ledger has none of this kind."""
        layout = self.context.layout
        return (layout.numbered.get(self.number, {}) if self.number else layout.column).get(column, "")

    def every(self, column: str) -> list[Cell]:
        """The cell of a column and those of its numbered companions, where something stands in them."""
        own, found = self.number, []
        for number in (0, *sorted(self.context.layout.numbered)):
            self.number = number
            found.append(self.cell(column) if self.has(column) else None)
        self.number = own
        return [cell for cell in found if cell is not None]

    def has(self, column: str) -> bool:
        """Whether the ledger has a column of this kind."""
        return bool(self.letter(column))

    def cell(self, column: str) -> Cell | None:
        """The cell to read, formulas and errors dealt with; None where there is nothing to read."""
        key = (column, self.number)
        if key not in self._ready:
            self._ready[key] = self._prepared(column)
        return self._ready[key]

    def _prepared(self, column: str) -> Cell | None:
        letters = None if self.number else self.context.layout.ambiguous.get(column)
        found = self._unambiguous(column, letters) if letters else self._cells.get(self.letter(column))
        if found is None or not (found.text.isalnum() or compact(found.text)):  # nearly all cells need no folding to be seen
            return None
        if found.formula and (link := _LINK.fullmatch(found.formula)):
            self.warn("formula.link", f"{found.column} 列是链接公式，只取文字「{link['label']}」，未打开「{link['target']}」。")
            return Cell(found.column, link["label"], link["label"], "text") if link["label"] else None
        if found.kind == "error":
            self._error(column, found)
            return None
        return self._unshown(column, found) if found.kind == "formula" else found

    def text(self, column: str) -> str:
        """The text of a cell in one line, blanks kept single."""
        cell = self.cell(column)
        text = " ".join(cell.text.split()) if cell else ""
        self.state(column, compact(text))
        return text

    def _unambiguous(self, column: str, letters: tuple[str, ...]) -> Cell | None:
        title = self.setting.columns.title[column]
        chosen = self.setting.decisions.get(("column.ambiguous", f"{self.context.sheet.name}!{title}"))
        if chosen in letters:
            return self._cells.get(chosen)
        used = [self._cells[one] for one in letters if one in self._cells]
        if len({compact(cell.text) for cell in used}) <= 1:
            return used[0] if used else None
        headings = self.context.layout.headings
        options = tuple(Option(one, f"用 {one} 列「{headings[one]}」", one) for one in letters)
        text = f"{'、'.join(letters)} 列都像是「{title}」，而内容不同，请选定用哪一列。"
        self.ask(column, used[0].text, CellDecision("column.ambiguous", text, options), f"{self.context.sheet.name}!{title}")
        return None

    def _error(self, column: str, cell: Cell) -> None:
        text = f"单元格显示错误「{cell.text}」，读不出内容，请在台账中改正。"
        if column in MATTERS:
            self.refuse(column, cell.text, Refused("formula.error", text))
        else:
            self.warn("formula.error", f"{cell.column} 列{text}")

    def _unshown(self, column: str, cell: Cell) -> Cell | None:
        """A formula whose shown value the file does not keep: never run, at most computed to be proposed."""
        formula = cell.formula or ""
        computed = self.context.computed(formula)
        told = f"按公式可算得 {computed.normalize():f}，未采用" if computed is not None else "本程序不运行公式，也算不出它的值"
        if column not in MATTERS:
            kind = next((one.kind for one in self.setting.columns.columns if one.id == column), "text")
            if kind == "text":
                self.warn("formula.text", f"{cell.column} 列是公式「{formula}」，按文字保存，不运行。")
                return Cell(cell.column, formula, formula, "text")
            self.warn("formula.no_value", f"{cell.column} 列是公式「{formula}」，文件中没有存它的显示值；{told}，先空着。")
            return None
        option = (Option(f"computed:{computed}", f"采用算得的 {computed.normalize():f}", computed),) if computed is not None else ()
        text = f"「{formula}」是公式，文件中没有存它的显示值；{told}。"
        answer: Answer[Decimal] = CellDecision("formula.no_value", text, option, option[0].key if option else "")
        own = lambda entry: Value(entry)  # noqa: E731 - the entry is read below as the cell's text
        value = self.settle(column, cell.text, answer, own)
        return None if value is None else Cell(cell.column, str(value), str(value), "text")

    # -- answers

    def state(self, column: str, text: str) -> None:
        """Note what the row says in ``column``, for its fingerprint."""
        if text:
            self.reading.stated[f"{column}@{self.number}" if self.number else column] = text

    def settle(
        self, column: str, shown: str, answer: Answer[T], again: Callable[[str], Answer[T]], name: str = ""
    ) -> T | None:
        """The value behind ``answer``; None where it is refused or still open. ``again`` reads a person's own entry."""
        if isinstance(answer, Value):
            self.reading.warnings.extend(answer.warnings)
            return answer.value
        if isinstance(answer, Refused):
            self.refuse(column, shown, answer)
            return None
        chosen = self.chosen(column, answer.code, name)
        for option in answer.options:
            if option.key == chosen:
                self.warn("decided", f"{self._heading(column)}{_written(shown)}按您的决定：{option.label}。")
                return option.value
        if chosen == SKIP:
            self.reading.skipped = answer.text
        elif chosen.startswith(OWN):
            return self._own(column, chosen.removeprefix(OWN), again, name, shown)
        else:
            self.ask(column, shown, answer, name)
        return None

    def _own(self, column: str, entry: str, again: Callable[[str], Answer[T]], name: str, shown: str) -> T | None:
        answer = again(entry)
        if isinstance(answer, Value):
            self.warn("decided", f"{self._heading(column)}{_written(shown)}按您填写的「{entry}」。")
            self.reading.warnings.extend(answer.warnings)
            return answer.value
        if isinstance(answer, Refused):
            self.refuse(column, entry, answer)
        else:
            self.ask(column, entry, answer, name)
        return None

    def chosen(self, column: str, code: str, name: str = "") -> str:
        """The person's decision on this question, empty while there is none."""
        decisions = self.setting.decisions
        key = (self.context.sheet.name, self.reading.row.number, self.letter(column), code)
        return decisions.get(key) or (decisions.get((code, name), "") if name else "")

    def ask(self, column: str, shown: str, answer: CellDecision[Any], name: str = "") -> None:
        """Leave ``answer`` open as a question of this row."""
        self.reading.questions.append(
            Question(
                answer.code, self.letter(column), self._heading(column), shown, answer.text, answer.options, answer.proposal, name
            )
        )

    def refuse(self, column: str, shown: str, refused: Refused) -> None:
        """Note why this row cannot be taken in."""
        self.reading.problems.append(
            Problem(refused.code, self.letter(column), self._heading(column), shown, refused.text)
        )

    def warn(self, code: str, text: str) -> None:
        """Note something that does not stop the row."""
        self.reading.warnings.append(Note(code, text))

    def _heading(self, column: str) -> str:
        return self.context.layout.headings.get(self.letter(column)) or self.setting.columns.title.get(column, column)


def _written(shown: str) -> str:
    """What the ledger wrote where something else is taken: it stays legible with the case."""
    words = " ".join(shown.split())
    return f"原写「{words}」，" if words else ""
