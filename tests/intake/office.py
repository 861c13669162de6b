"""A desk to import at: a demonstration store, ledgers written as files, and what must hold after every step."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from execdesk.desk import Desk
from execdesk.intake.importing import Taken, check_ledger, take_ledger
from execdesk.intake.report import LedgerReport
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.ledgers import LedgerRow, TrayRow
from execdesk.records.people import Person
from execdesk.store.replay import all_entries, differences, fold, stored_rows
from tests.intake.conftest import HEADINGS


def write_ledger(path: Path, rows: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> Path:
    """A ledger of one sheet as .xlsx or, by the name's ending, as UTF-8 .csv."""
    if path.suffix == ".csv":
        out = io.StringIO(newline="")
        csv.writer(out).writerows([headings, *(["" if v is None else v for v in row] for row in rows)])
        path.write_bytes(out.getvalue().encode())
        return path
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2017年台账"
    for row in (headings, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


@dataclass
class Office:
    """One desk at which a clerk sits."""

    desk: Desk
    folder: Path

    def take(self, path: Path, decisions: dict[Any, str] | None = None, **more: Any) -> Taken:
        return take_ledger(self.desk.session, path, decisions, **more)

    def look(self, path: Path, decisions: dict[Any, str] | None = None) -> LedgerReport:
        return check_ledger(self.desk.session, path, decisions)

    @property
    def head(self) -> tuple[int, str]:
        head = self.desk.session.store.head
        return head.number, head.hash

    def sound(self) -> None:
        """The self-test finds nothing, and the journal fed to an empty store gives the same rows."""
        assert self.desk.check().faults == []
        store = self.desk.session.store
        assert differences(fold(all_entries(store)), stored_rows(store)) == []

    def case(self, number: str) -> Case:
        found: Case = Case.get(Case.number == number, Case.struck.is_null())
        return found

    def assigned(self, number: str, role: str = "judge") -> list[tuple[str, str, str]]:
        """(person, rule, reason) of those who hold a role."""
        query = Assignment.select().where(
            Assignment.case == self.case(number).id, Assignment.role == role, Assignment.struck.is_null(), Assignment.ends_on.is_null()
        )
        return [(Person.get_by_id(a.person).name, a.rule, a.reason) for a in query]

    def parties(self, number: str, side: str) -> list[str]:
        query = Party.select().where(Party.case == self.case(number).id, Party.side == side, Party.struck.is_null())
        return [party.name for party in query.order_by(Party.position)]

    def tray(self, state: str = "waiting") -> list[TrayRow]:
        return list(TrayRow.select().where(TrayRow.state == state, TrayRow.struck.is_null()).order_by(TrayRow.row))

    def living(self) -> dict[str, int]:
        """Rows that stand, by table."""
        return {m.__name__: m.select().where(m.struck.is_null()).count() for m in (Case, Party, Assignment, LedgerRow, TrayRow)}
