"""What a row says beyond the fields of a case: it goes into the remarks under its heading, so that no word of a ledger is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from execdesk.fields.cells import Cell, compact
from execdesk.intake.report import LedgerCase
from execdesk.intake.settling import NOTHING, RowReading
from execdesk.records.cases import CaseState

HEAD = "台账另载："
_VALUES = frozenset({"filed_on", "effective_on", "closed_on", "case_no", "claim", "principal", "interest", "costs", "fee", "recovered", "remarks"})
_PEOPLE = ("judge", "clerk", "officer")
_PARTED = re.compile(r"[\n、,，;；/|()（）\[\]【】〔〕:：\s]+|(?<=[0-9A-Za-z*])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z*])")


def with_remainder(case: LedgerCase, readings: Sequence[RowReading], rest: Iterable[str] = ()) -> str:
    """The remarks of ``case`` and, below, what its rows say that stands neither in a field nor in a note of the row."""
    kept = _kept(case, readings)
    found = list(rest)
    for number, reading in enumerate(readings):
        where = f"第 {reading.row.number} 行" if number else ""
        found += [where + line for line in _of_row(case, reading, kept, own=not number)]
    if not found:
        return case.remarks
    return f"{case.remarks}\n{HEAD}{'；'.join(found)}".lstrip("\n")


def _of_row(case: LedgerCase, reading: RowReading, kept: str, *, own: bool) -> Iterable[str]:
    layout = reading.context.layout
    columns = {letter: name for name, letter in layout.column.items()}
    columns |= {letter: name for one in layout.numbered.values() for name, letter in one.items()}
    for cell in reading.row.cells:
        if cell.merged and not own:
            continue
        heading = layout.headings.get(cell.column) or f"{cell.column} 列"
        name = columns.get(cell.column, "")
        if not _stands(case, reading, name, cell, kept, own=own):
            yield f"{heading} {' '.join(cell.text.split())}"


def _stands(case: LedgerCase, reading: RowReading, name: str, cell: Cell, kept: str, *, own: bool) -> bool:
    """Whether the content of a cell stands in a field or a note."""
    text = compact(cell.text)
    if not text or text in NOTHING or (name in _VALUES and (own or name not in ("remarks", "case_no"))):
        return True
    if name == "serial":
        return text.isdigit()
    if name in _PEOPLE:
        return bool(getattr(case, f"{name}_id")) and case.state != CaseState.REVIEW_OFFICE
    if name == "assigned_on":
        return bool(case.judge_id or case.clerk_id or case.officer_id) and case.state != CaseState.REVIEW_OFFICE
    if name == "closing_mode":
        return bool(case.closing_mode) or text in reading.context.setting.columns.closing_open or _bare(text) in kept
    if not name or name in ("case_type", "closing_approver", "group", "property_at"):
        return False
    if name == "debtor_id_kind":
        return all(compact(piece) in reading.context.setting.columns.papers for piece in _PARTED.split(cell.text) if piece)
    if _bare(text) in kept:
        return True
    said = reading.context.layout.headings.get(cell.column, "") + kept
    return all(_bare(piece) in said for piece in _PARTED.split(cell.text) if piece not in NOTHING)


def _kept(case: LedgerCase, readings: Sequence[RowReading]) -> str:
    parties = (*case.applicants, *case.debtors)
    words = [case.cause, case.basis_no, case.basis_organ, case.town, case.group_reason, case.remarks]
    words += [one for party in parties for one in (party.name, party.id_no, party.address, party.phone, "男女"[party.sex - 1] if party.sex else "")]
    words += [note.text for reading in readings for note in reading.warnings]
    return _bare("\n".join(words))


def _bare(text: str) -> str:
    """Text as it is sought: half width, one case, without blanks and punctuation."""
    return "".join(c for c in compact(text).upper() if unicodedata.category(c)[0] not in "PZS" or c in "?□〓■\ufffd")
