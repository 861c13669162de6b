"""What an import does to the tray, where rows wait that need a decision or were refused; nothing of them is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from execdesk.intake.entering import SHEET_NAME
from execdesk.intake.report import LedgerEntry, LedgerReport
from execdesk.records.ledgers import Import, TrayRow, TrayState
from execdesk.store.act import Act

DROPPED = frozenset({"decided.skip", "repeat.superseded", "repeat.same", "repeat.joined", "row.joined", "decided.keep"})  # a person's decision lets the row go


def waiting_rows() -> list[TrayRow]:
    """The rows in the tray, in the order in which they came."""
    query = TrayRow.select().where(TrayRow.state == TrayState.WAITING, TrayRow.struck.is_null())
    return list(query.order_by(TrayRow.run, TrayRow.sheet, TrayRow.row))


@dataclass
class Tray:
    """What an import does to the tray, worked out before anything is written."""

    fresh: list[tuple[LedgerEntry, str]] = field(default_factory=list)  # rows to put in, and as what
    changed: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # rows that wait with other questions, or leave

    @classmethod
    def after(cls, report: LedgerReport, known_numbers: frozenset[str]) -> Tray:
        """The tray after ``report``; ``known_numbers`` are the cases that were in the store before."""
        tray = cls()
        waiting: dict[str, list[TrayRow]] = {}
        for row in waiting_rows():
            waiting.setdefault(row.fingerprint, []).append(row)
        for entry in (*report.decide, *report.refused):
            tray._keep(entry, waiting.get(entry.fingerprint, []), report)
        for entry in report.imported:
            tray._leave(waiting.pop(entry.fingerprint, []), TrayState.IMPORTED)
        for entry in report.passed_over:
            if entry.code in DROPPED or entry.code == "known.same":
                rows = waiting.pop(entry.fingerprint, []) if entry.fingerprint else []
                tray._leave(rows, TrayState.DROPPED if entry.code in DROPPED else TrayState.IMPORTED)
                if entry.code == "decided.skip" and not rows:
                    tray.fresh.append((entry, TrayState.DROPPED))
        new = {case.number for entry in report.imported for case in entry.cases} - known_numbers
        still = {entry.fingerprint for entry in (*report.decide, *report.refused)}
        for print_, rows in waiting.items():  # mended in the file itself: the row says something else now, and its case came in
            if print_ not in still:
                tray._leave([row for row in rows if row.case_no in new], TrayState.IMPORTED)
        return tray

    @property
    def empty(self) -> bool:
        """Whether the tray stays as it is."""
        return not self.fresh and not self.changed

    def write(self, act: Act, run: Import) -> Iterator[TrayRow]:
        """Change the rows that are there; the rows to put in."""
        for row, values in self.changed:
            act.change(act.get(TrayRow, row), **values)
        for entry, state in self.fresh:
            yield _row(run, entry, state)

    def _keep(self, entry: LedgerEntry, rows: Sequence[TrayRow], report: LedgerReport) -> None:
        if not rows:
            self.fresh.append((entry, TrayState.WAITING))
        for row in rows:
            values = {"kind": _kind(entry), "problems": _problems(entry)}
            if any(getattr(row, name) != value for name, value in values.items()):
                self.changed.append((row.id, values))

    def _leave(self, rows: Sequence[TrayRow], state: str) -> None:
        self.changed += [(row.id, {"state": state}) for row in rows]


def _kind(entry: LedgerEntry) -> str:
    return "decide" if entry.questions or entry.code == "decided.skip" else "refused"


def _problems(entry: LedgerEntry) -> list[dict[str, str]]:
    asked: list[Any] = [*entry.questions, *entry.problems]
    return [{"code": q.code, "column": q.column, "heading": q.heading, "value": q.value, "text": q.text} for q in asked] or [
        {"code": entry.code, "column": entry.column, "heading": "", "value": entry.value, "text": entry.text}
    ]


def _row(run: Import, entry: LedgerEntry, state: str) -> TrayRow:
    return TrayRow(
        run=run.id, sheet=entry.sheet[:SHEET_NAME], row=entry.row, fingerprint=entry.fingerprint, case_no=entry.case_no[:64] or None,
        kind=_kind(entry), problems=_problems(entry), raw=[list(pair) for pair in entry.raw], state=state,
    )
