"""Import of a ledger as the window works on it: a session that checks, keeps decisions and takes in; earlier imports; the tray."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from execdesk.access.sitting import Sitting
from execdesk.intake.cells import Option as Option
from execdesk.intake.columns import find_layout, load_columns
from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.importing import Taken, _setting, take_ledger
from execdesk.intake.ledger import check
from execdesk.intake.report import Entry as Entry
from execdesk.intake.report import LedgerReport as LedgerReport
from execdesk.intake.report import Question as Question
from execdesk.intake.report import SharedQuestion as SharedQuestion
from execdesk.intake.settling import OWN, SKIP
from execdesk.intake.stored import StoredCases
from execdesk.intake.workbook import Workbook, letter, position
from execdesk.intake.write import report_xlsx
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Import, TrayRow
from execdesk.records.journal import Blob, Line, Touch
from execdesk.records.organisation import Person
from execdesk.store.clock import COURT_TIME
from execdesk.store.store import utc

Progress = Callable[[int, int], None]
Key = tuple[object, ...]
BESIDE = 3  # columns shown on either side of the cell


@dataclass(frozen=True)
class CellView:
    """One cell of the excerpt; ``asked`` is the one the question is about."""

    text: str
    asked: bool = False


@dataclass(frozen=True)
class Excerpt:
    """The cell among its neighbours: headings with their letters, and up to three rows."""

    place: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[CellView, ...]], ...]


@dataclass(frozen=True)
class Outcome:
    """What taking in did."""

    run: str | None
    counts: dict[str, int]
    cases: int


@dataclass(frozen=True)
class RunRow:
    """An earlier import."""

    id: str
    file: str
    at: str
    person: str
    imported: int
    decide: int
    refused: int
    state: str
    waiting: int


@dataclass(frozen=True)
class WaitingRow:
    """A row in the tray."""

    id: str
    run: str
    file: str
    sheet: str
    row: int
    case_no: str
    kind: str
    text: str


@dataclass
class ImportSession:
    """One ledger on its way into the store. Decisions are kept here until they are taken in; checking writes nothing."""

    sitting: Sitting
    name: str
    data: bytes
    book: Workbook | None = None
    decisions: dict[Key, str] = field(default_factory=dict)
    asked: dict[tuple[str, int], Entry] = field(default_factory=dict)
    report: LedgerReport | None = None

    def check(self, progress: Progress | None = None) -> LedgerReport:
        """Read the file once and check it with the decisions so far; refusals as :func:`read_bytes`."""
        self.sitting.store.activate()
        if self.book is None:
            self.book = read_bytes(self.data, self.name)
        report = check(self.book, _setting(self.sitting, self.decisions), known=StoredCases(), progress=progress)
        for entry in report.decide:
            self.asked[entry.sheet, entry.row] = entry
        self.report = report
        return report

    def take(self, progress: Progress | None = None) -> Outcome:
        """Check once more and write what can be written, in one act."""
        with TemporaryDirectory(prefix="ledger-") as folder:
            path = Path(folder) / (Path(self.name).name or "ledger")
            path.write_bytes(self.data)
            taken: Taken = take_ledger(self.sitting, path, self.decisions, progress)
        self.report = taken.report
        cases = {case.number for entry in taken.report.imported for case in entry.cases}
        return Outcome(taken.run, taken.report.counts, len(cases) if taken.changes else 0)

    # decisions
    def key(self, entry: Entry, question: Question) -> Key:
        """Where a decision on a question of a row is kept."""
        return (entry.sheet, entry.row, question.column, question.code)

    def decide(self, entry: Entry, question: Question, choice: str) -> None:
        """Choose an option by its key for one row."""
        self.decisions[self.key(entry, question)] = choice

    def decide_own(self, entry: Entry, question: Question, words: str) -> None:
        """The person's own entry for one cell."""
        self.decide(entry, question, OWN + words)

    def leave_out(self, entry: Entry, question: Question) -> None:
        """This row is not imported."""
        self.decide(entry, question, SKIP)

    def take_back(self, entry: Entry) -> None:
        """Forget the decisions on a row."""
        for key in [k for k in self.decisions if len(k) == 4 and k[:2] == (entry.sheet, entry.row)]:
            del self.decisions[key]

    def answer(self, shared: SharedQuestion, choice: str) -> None:
        """Answer a question that serves many rows; nothing takes the answer back."""
        if choice:
            self.decisions[shared.code, shared.name] = choice
        else:
            self.decisions.pop((shared.code, shared.name), None)

    def decided_words(self, entry: Entry) -> str:
        """What was decided on a row, for its line in the list; empty while nothing was."""
        for question in entry.questions:
            chosen = self.decisions.get(self.key(entry, question), "")
            if chosen == SKIP:
                return "不导入"
            if chosen.startswith(OWN):
                return f"填 {chosen.removeprefix(OWN)}"
            if chosen:
                return next((o.label for o in question.options if o.key == chosen), chosen)
        return ""

    def open_question(self, entry: Entry) -> Question | None:
        """The first question of a row without a decision."""
        return next((q for q in entry.questions if not self.decisions.get(self.key(entry, q)) and not self.decisions.get((q.code, q.name))), None)

    def alike(self, entry: Entry, question: Question, choice: str) -> list[tuple[Entry, Question]]:
        """Other open rows with the same question whose evidence speaks for their own proposal just as it does here."""
        if self.report is None or not question.proposal or choice != question.proposal:
            return []
        found = []
        for other in self.report.decide:
            asked = self.open_question(other) if other is not entry and (other.sheet, other.row) != (entry.sheet, entry.row) else None
            if asked is not None and asked.code == question.code and asked.column == question.column and asked.proposal and not asked.name:
                found.append((other, asked))
        return found

    # looking
    def excerpt(self, entry: Entry, column: str) -> Excerpt:
        """The cell of a question among its neighbours, as the file shows them."""
        assert self.book is not None
        sheet = next(s for s in self.book.sheets if s.name == entry.sheet)
        layout = find_layout(sheet, load_columns(self.sitting.resources / "intake" / "columns.toml"))
        used = sorted({position(c.column) for c in sheet.rows[entry.row - 1].cells} | ({position(c) for c in layout.headings} if layout else set()))
        at = position(column) if column else (used[0] if used else 0)
        place = next((n for n, c in enumerate(used) if c >= at), 0)
        first = max(0, min(place - BESIDE, len(used) - 2 * BESIDE - 1))
        shown = used[first:first + 2 * BESIDE + 1]
        headings = tuple(f"{letter(c)} {layout.headings.get(letter(c), '') if layout else ''}".strip() for c in shown)
        rows = []
        for number in range(max(1, entry.row - 1), min(len(sheet.rows), entry.row + 1) + 1):
            cells = sheet.rows[number - 1].by_column()
            texts = tuple(
                CellView(" ".join(cells[letter(c)].text.split()) if letter(c) in cells else "", number == entry.row and c == at) for c in shown
            )
            if any(cell.text for cell in texts):
                rows.append((number, texts))
        kind = {"text": "文本", "number": "数值", "date": "日期", "formula": "公式", "error": "错误", "bool": "真假"}
        own = sheet.rows[entry.row - 1].by_column().get(column)
        return Excerpt(f"表「{entry.sheet}」{column}{entry.row} 格，{kind[own.kind] if own else '空'}型", headings, tuple(rows))

    def export(self, path: Path) -> None:
        """Write the four lists as a workbook."""
        assert self.report is not None
        path.write_bytes(report_xlsx(self.report))


def begin(sitting: Sitting, path: Path) -> ImportSession:
    """A session on a file; refusals as :func:`read_file`."""
    return ImportSession(sitting, path.name, read_file(path))


def reopen(sitting: Sitting, run: str) -> ImportSession:
    """A session on the kept file of an earlier import, to decide what waits from it; what came in then is passed over.

    Raises:
        Refusal: ``intake.no_file`` where the file was not kept.
    """
    sitting.store.activate()
    row = Import.get_by_id(run)
    blob = Blob.get_or_none(Blob.sha256 == row.file_sha256)
    if blob is None:
        raise Refusal(f"库中没有留存「{row.file_name}」的原件，请重新选择这份台账，待定的行会一并提出。", code="intake.no_file")
    return ImportSession(sitting, row.file_name, bytes(blob.data))


def waiting_rows() -> list[TrayRow]:
    """Rows that wait, oldest import first."""
    return list(TrayRow.select().where(TrayRow.state == "waiting", TrayRow.struck.is_null()).order_by(TrayRow.run, TrayRow.sheet, TrayRow.row))


def runs(sitting: Sitting) -> tuple[RunRow, ...]:
    """Earlier imports, newest first."""
    sitting.store.activate()
    people = {p.id: p.name for p in Person.select(Person.id, Person.name)}
    left: dict[str, int] = {}
    for row in waiting_rows():
        left[row.run] = left.get(row.run, 0) + 1
    found = []
    for run in Import.select().where(Import.struck.is_null()).order_by(Import.id.desc()):
        line = Line.select().join(Touch, on=(Touch.line == Line.taken)).where(Touch.table == "Import", Touch.row == run.id).order_by(Line.taken).first()
        at = utc(line.at).astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M") if line else ""
        counts = run.counts
        found.append(RunRow(run.id, run.file_name, at, people.get(line.person, "本机") if line else "", counts.get("imported", 0), counts.get("decide", 0),
                            counts.get("refused", 0), "已撤销" if run.state == "undone" else "已导入", left.get(run.id, 0)))
    return tuple(found)


def tray(sitting: Sitting) -> tuple[WaitingRow, ...]:
    """Rows that wait for a decision."""
    sitting.store.activate()
    files = {run.id: run.file_name for run in Import.select()}
    return tuple(
        WaitingRow(r.id, r.run, files.get(r.run, ""), r.sheet, r.row, r.case_no or "", "需您决定" if r.kind == "decide" else "不能导入", "；".join(p["text"] for p in r.problems))
        for r in waiting_rows()
    )
