"""Earlier imports of ledgers, and the rows of them that wait for a decision."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.law.refusal import Refusal
from execdesk.records.journal import Line, Touch
from execdesk.records.ledgers import Import, TrayRow, TrayState
from execdesk.records.people import Person
from execdesk.store.clock import COURT_TIME
from execdesk.store.store import utc


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
    state_words: str
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


def waiting_rows() -> list[TrayRow]:
    """Rows that wait, oldest import first."""
    return list(TrayRow.select().where(TrayRow.state == TrayState.WAITING, TrayRow.struck.is_null()).order_by(TrayRow.run, TrayRow.sheet, TrayRow.row))


def runs(session: Session) -> tuple[RunRow, ...]:
    """Earlier imports, newest first."""
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
                            counts.get("refused", 0), run.state, run.state_words, left.get(run.id, 0)))
    return tuple(found)


def importing_refused(session: Session) -> str:
    """Why the person signed in may check a ledger but not import it; empty where he may."""
    try:
        require_may(session, "import_ledger", "导入台账")
    except Refusal as refusal:
        return refusal.text
    return ""


def tray(session: Session) -> tuple[WaitingRow, ...]:
    """Rows that wait for a decision."""
    files = {run.id: run.file_name for run in Import.select()}
    return tuple(
        WaitingRow(r.id, r.run, files.get(r.run, ""), r.sheet, r.row, r.case_no or "", "需您决定" if r.kind == "decide" else "不能导入", "；".join(p["text"] for p in r.problems))
        for r in waiting_rows()
    )
