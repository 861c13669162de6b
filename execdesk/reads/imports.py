"""Import of a ledger as the window works on it: a session that checks, keeps decisions and takes in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from execdesk.access.door import Door
from execdesk.access.session import Session
from execdesk.fields.cells import Option as Option
from execdesk.intake.columns import Layout, find_layout, load_columns
from execdesk.intake.files import read_file
from execdesk.intake.importing import Taken, setting_of, take_book
from execdesk.intake.ledger import check
from execdesk.intake.reading import read_workbook
from execdesk.intake.report import LedgerEntry as LedgerEntry
from execdesk.intake.report import LedgerReport as LedgerReport
from execdesk.intake.report import Question as Question
from execdesk.intake.report import SharedQuestion as SharedQuestion
from execdesk.intake.settling import OWN
from execdesk.intake.stored import StoredCases
from execdesk.intake.workbook import RowCells, SheetRows, Workbook
from execdesk.law.refusal import Refusal
from execdesk.reads.excerpts import Excerpt as Excerpt
from execdesk.reads.excerpts import excerpt_of
from execdesk.reads.importdecisions import Checked as Checked
from execdesk.reads.importdecisions import Decided
from execdesk.reads.importdecisions import Listed as Listed
from execdesk.reads.importlists import export_lists, will_write
from execdesk.records.ledgers import Import
from execdesk.store.files import kept_file

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
FIRST, AROUND = 150, 40  # rows of a sheet, from its first and on either side, that are read to judge one entry


@dataclass(frozen=True)
class Outcome:
    """What taking in did: the run's row id (None where nothing was new), rows per list, cases, cases changed."""

    run: str | None
    counts: dict[str, int]
    cases: int
    changed: int = 0


@dataclass
class ImportSession(Decided, Door):
    """One ledger on its way into the store. Decisions are kept here until they are taken in; checking writes nothing."""

    session: Session
    name: str
    data: bytes
    path: Path | None = None
    book: Workbook | None = None
    _layouts: dict[str, Layout | None] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The file's digest, by which decisions kept from last time know it again."""
        return hashlib.sha256(self.data).hexdigest()

    # checking
    def read(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Workbook:
        """The file, read once, by a helper of its own; ``progress`` hears (rows read, rows in all).

        Raises:
            Refusal: as :func:`read_workbook`.
        """
        if self.book is None:
            self.book = read_workbook(self.data, self.name, progress, cancelled)
        return self.book

    def run(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Checked:
        """Check the file with the decisions so far, off the window's thread; nothing here changes but the book.

        Raises:
            Refusal: as :func:`read_workbook`; ``intake.cancelled``.
        """
        book = self.read(None, cancelled)
        decisions = dict(self.decisions)
        setting = setting_of(self.session, decisions)
        self.names = frozenset(name for held in setting.people.values() for name in held)
        report = check(book, setting, known=StoredCases(), progress=progress, cancelled=cancelled)
        return Checked(report, decisions)

    def check(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> LedgerReport:
        """:meth:`run` and :meth:`adopt` in one, where nobody else works on this session."""
        return self.adopt(self.run(progress, cancelled))

    def try_own(self, entry: LedgerEntry, question: Question, words: str) -> str:
        """Why one's own entry would not do; empty where the row reads with it. Writes and decides nothing.

        Of a long sheet only the rows around are read with it, so that the answer comes while one types; the whole file is
        checked with it once it is decided.
        """
        assert self.book is not None
        decisions = {**self.decisions, self.key(entry, question): OWN + words}
        report = check(self._around(entry), setting_of(self.session, decisions), known=StoredCases())
        for found in (*report.refused, *report.decide):
            if (found.sheet, found.row) == (entry.sheet, entry.row):
                said = [(p.code, p.column, p.text) for p in found.problems] + [(q.code, q.column, q.text) for q in found.questions]
                before = {(q.code, q.column) for q in entry.questions} - {(question.code, question.column)}
                return next((text for code, column, text in said if (code, column) not in before), "")
        return ""

    def _around(self, entry: LedgerEntry) -> Workbook:
        assert self.book is not None
        sheet = next(s for s in self.book.sheets if s.name == entry.sheet)
        rows = tuple(r if r.number <= FIRST or abs(r.number - entry.row) <= AROUND else RowCells(r.number, ()) for r in sheet.rows)
        return replace(self.book, sheets=(replace(sheet, rows=rows),))

    def take(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Outcome:
        """Check once more and write what can be written, in one act; refusals as :func:`take_ledger`."""
        book = self.read(None, cancelled)
        taken: Taken = take_book(self.session, book, self.data, self.name, dict(self.decisions), progress, cancelled)
        cases = {case.number: bool(case.changes) for entry in taken.report.imported for case in entry.cases}
        if taken.run is None:
            return Outcome(None, taken.report.counts, 0)
        changed = sum(cases.values())
        return Outcome(taken.run, taken.report.counts, len(cases) - changed, changed)

    # looking
    def sheet(self, name: str) -> tuple[SheetRows, Layout | None]:
        """A sheet of the file with its layout."""
        assert self.book is not None
        sheet = next(s for s in self.book.sheets if s.name == name)
        if name not in self._layouts:
            self._layouts[name] = find_layout(sheet, load_columns(self.session.resources / "intake" / "columns.toml"))
        return sheet, self._layouts[name]

    def excerpt(self, entry: LedgerEntry, column: str) -> Excerpt:
        """The cell of a question among its neighbours, as the file shows them."""
        return excerpt_of(*self.sheet(entry.sheet), entry.row, column)

    def who(self, entry: LedgerEntry) -> str:
        """「申请执行人 甲 · 被执行人 乙」 as the row says it."""
        sheet, layout = self.sheet(entry.sheet)
        cells = sheet.rows[entry.row - 1].by_column()
        said = []
        for name, words in (("applicant", "申请执行人"), ("debtor", "被执行人")):
            cell = cells.get(layout.column.get(name, "")) if layout else None
            if cell is not None and cell.text.strip():
                said.append(f"{words} {' '.join(cell.text.split())}")
        return " · ".join(said)

    def will_write(self, entry: LedgerEntry) -> tuple[tuple[str, str], ...]:
        """What a row that can be imported becomes, in (name, words)."""
        return will_write(self.session, entry)

    def export(self, path: Path) -> None:
        """Write the four lists as ``.xlsx`` (a sheet each) or ``.csv`` (one table)."""
        assert self.report is not None
        export_lists(self.report, path)

    # between two visits
    def kept(self) -> dict[str, Any]:
        """The decisions as a draft, to come back with :meth:`restore`; empty where there are none."""
        if not self.decisions:
            return {}
        where = str(self.path) if self.path is not None else ""
        return {"path": where, "name": self.name, "sha256": self.sha256, "decisions": [[list(key), value] for key, value in self.decisions.items()]}

    def restore(self, kept: dict[str, Any]) -> bool:
        """Bring back the decisions of :meth:`kept`; False where the file is no longer the same."""
        if kept.get("sha256") != self.sha256:
            return False
        self.decisions.update({tuple(key): str(value) for key, value in kept["decisions"]})
        return True


def begin(session: Session, path: Path) -> ImportSession:
    """A session on a file; refusals as :func:`read_file`."""
    return ImportSession(session, path.name, read_file(path), path)


def reopen(session: Session, run: str) -> ImportSession:
    """A session on the kept file of an earlier import, to decide what waits from it; what came in then is passed over.

    Raises:
        Refusal: ``intake.no_file`` where the file was not kept.
    """
    row = Import.get_by_id(run)
    data = kept_file(row.file_sha256)
    if data is None:
        raise Refusal(f"库中没有留存「{row.file_name}」的原件，请重新选择这份台账，待定的行会一并提出。", code="intake.no_file")
    return ImportSession(session, row.file_name, data)
