"""The tray opened again: its rows are read where they stand, in the ledgers they came from, which the store keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from execdesk.access.session import Session
from execdesk.intake.importing import Taken, check_book, take_book
from execdesk.intake.reading import read_workbook
from execdesk.intake.report import LedgerEntry, LedgerReport, SharedQuestion
from execdesk.intake.setting import Decisions
from execdesk.intake.waiting import waiting_rows
from execdesk.intake.workbook import Workbook
from execdesk.law.refusal import Refusal
from execdesk.records.ledgers import Import, TrayRow
from execdesk.store.act import Changes
from execdesk.store.files import kept_file

TRAY_NAME = "待定行"
Progress = Callable[[int, int], None]
_LISTS = ("imported", "decide", "refused", "passed_over")


@dataclass(frozen=True)
class TrayPart:
    """One kept ledger with rows in the tray: its file as kept and as read, the rows' fingerprints, its sheets' names as shown → as in the file."""

    file_name: str
    data: bytes
    book: Workbook
    waiting: frozenset[str]
    sheets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TrayBook(Workbook):
    """The sheets of all ledgers with rows in the tray; a sheet's name tells the file where two would be alike."""

    parts: tuple[TrayPart, ...] = ()


def tray_book(rows: list[TrayRow]) -> TrayBook:
    """The ledgers that ``rows`` came from, as they were imported; a ledger imported twice stands for all its rows.

    Raises:
        Refusal: ``ledger.tray`` if a kept file is not here.
    """
    runs = {run.id: run for run in Import.select().where(Import.id.in_(sorted({row.run for row in rows})))}
    files: dict[str, tuple[str, set[str]]] = {}
    for row in rows:
        run = runs[row.run]
        files.setdefault(run.file_sha256, (run.file_name, set()))[1].add(row.fingerprint)
    sheets, parts, taken = [], [], set[str]()
    for digest, (name, waiting) in files.items():
        data = _kept(digest, name)
        names, book = [], read_workbook(data, name)
        for sheet in book.sheets:
            shown = _unused(sheet.name, name, taken)
            names.append((shown, sheet.name))
            sheets.append(replace(sheet, name=shown))
        parts.append(TrayPart(name, data, book, frozenset(waiting), tuple(names)))
    return TrayBook(tuple(sheets), "tray", parts=tuple(parts))


def _kept(digest: str, name: str) -> bytes:
    found = kept_file(digest)
    if found is None:
        raise Refusal(f"本机没有留存台账「{name}」，请重新导入该文件后再处理其中的待定行。", code="ledger.tray")
    return found


def _unused(sheet: str, file: str, taken: set[str]) -> str:
    shown = sheet if sheet not in taken else f"{sheet}（{file}）"
    while shown in taken:
        shown += "′"
    taken.add(shown)
    return shown


def check_tray(session: Session, decisions: Decisions, book: Workbook | None = None, progress: Progress | None = None) -> LedgerReport:
    """What the rows of the tray come to with ``decisions``; nothing is written."""
    reports = []
    for part in _parts(session, book):
        report = check_book(session, part.book, _inner(part, decisions), progress)
        reports.append(_shown(part, report.only(part.waiting)))
    return _together(reports)


def take_tray(session: Session, decisions: Decisions, book: Workbook | None = None, progress: Progress | None = None) -> Taken:
    """Take in what the decisions settle, an act for each ledger; rows that come in or are left out leave the tray."""
    reports: list[LedgerReport] = []
    run: str | None = None
    lines: list[str] = []
    touched: set[tuple[str, str]] = set()
    for part in _parts(session, book):
        taken = take_book(session, part.book, part.data, part.file_name, _inner(part, decisions), progress, only=part.waiting)
        reports.append(_shown(part, taken.report))
        if taken.changes is not None:
            run = taken.run
            lines += taken.changes.lines
            touched |= taken.changes.rows
    return Taken(_together(reports), run, Changes("ledger.import", None, tuple(lines), frozenset(touched)) if lines else None)


def _parts(session: Session, book: Workbook | None) -> tuple[TrayPart, ...]:
    return book.parts if isinstance(book, TrayBook) else tray_book(waiting_rows()).parts


def _inner(part: TrayPart, decisions: Decisions) -> Decisions:
    """The decisions of one ledger, its sheets called as in the file."""
    names = dict(part.sheets)
    found = {}
    for key, choice in decisions.items():
        if len(key) != 4:
            found[key] = choice
        elif key[0] in names:
            found[(names[key[0]], *key[1:])] = choice
    return found


def _shown(part: TrayPart, report: LedgerReport) -> LedgerReport:
    names = {inner: shown for shown, inner in part.sheets}

    def renamed(entry: LedgerEntry) -> LedgerEntry:
        return replace(entry, sheet=names[entry.sheet])

    asked = {(q.code, q.name) for entry in report.decide for q in entry.questions}
    shared = tuple(one for one in report.shared if (one.code, one.name) in asked)
    lists: dict[str, Any] = {name: tuple(renamed(entry) for entry in getattr(report, name)) for name in _LISTS}
    used = {names[sheet]: count for sheet, count in report.used_rows.items()}
    return replace(report, **lists, shared=shared, used_rows=used)


def _together(reports: list[LedgerReport]) -> LedgerReport:
    shared: dict[tuple[str, str], SharedQuestion] = {}
    for one in (one for report in reports for one in report.shared):
        known = shared.get((one.code, one.name))
        shared[one.code, one.name] = one if known is None else replace(known, rows=known.rows + one.rows)
    lists: dict[str, Any] = {name: tuple(entry for report in reports for entry in getattr(report, name)) for name in _LISTS}
    return LedgerReport(
        **lists, shared=tuple(shared.values()),
        notes=tuple(dict.fromkeys(note for report in reports for note in report.notes)),
        used_rows={sheet: count for report in reports for sheet, count in report.used_rows.items()},
    )


__all__ = ["TRAY_NAME", "TrayBook", "check_tray", "take_tray", "tray_book", "waiting_rows"]
