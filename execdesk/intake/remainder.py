"""What a row says beyond the fields of a case: it goes into the remarks under its heading, so that no word of a ledger is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from execdesk.fields.cells import compact
from execdesk.intake.report import LedgerCase
from execdesk.intake.settling import NOTHING, RowReading
from execdesk.records.cases import CaseState

HEAD = "台账另载："
_AMOUNTS = frozenset({"claim", "principal", "interest", "costs", "fee", "recovered"})
_VALUES = _AMOUNTS | {"filed_on", "effective_on", "closed_on", "case_no", "remarks"}
_UNREAD = frozenset({"case_type", "closing_approver", "group", "property_at"})
_PEOPLE = ("judge", "clerk", "officer")
_PARTED = re.compile(r"[\n、,，;；/|()（）\[\]【】〔〕:：\s]+|(?<=[0-9A-Za-z*])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z*])")


class _Words:
    """The words of the fields and notes of a case: as they stand, and without blanks and punctuation once that is asked."""

    def __init__(self, case: LedgerCase, readings: Sequence[RowReading]) -> None:
        words = [case.cause, case.basis_no, case.basis_organ, case.town, case.group_reason, case.remarks]
        for party in (*case.applicants, *case.debtors):
            words += (party.name, party.id_no, party.address, party.phone, "男女"[party.sex - 1] if party.sex else "")
        words += [note.text for reading in readings for note in reading.warnings]
        self._words = "\n".join(words)

    @cached_property
    def _bare(self) -> str:
        return _bare(self._words)

    def holds(self, text: str, heading: str) -> bool:
        """Whether ``text`` stands among them, in one piece or in several."""
        if text in self._words:
            return True
        bare = _bare(text)
        if not bare:
            return False
        if bare in self._bare:
            return True
        said = _bare(heading) + "\n" + self._bare
        return all(_bare(piece) in said for piece in _PARTED.split(text) if piece not in NOTHING)


def with_remainder(case: LedgerCase, readings: Sequence[RowReading], rest: Iterable[str] = ()) -> str:
    """The remarks of ``case`` and, below, what its rows say that stands neither in a field nor in a note of the row."""
    kept, found = _Words(case, readings), list(rest)
    for number, reading in enumerate(readings):
        where = f"第 {reading.row.number} 行" if number else ""
        found += [where + line for line in _of_row(case, reading, kept, own=not number)]
    if not found:
        return case.remarks
    return f"{case.remarks}\n{HEAD}{'；'.join(found)}".lstrip("\n")


def _of_row(case: LedgerCase, reading: RowReading, kept: _Words, *, own: bool) -> Iterable[str]:
    columns, headings = reading.context.columns, reading.context.layout.headings
    for cell in reading.row.cells:
        if cell.merged and not own:
            continue
        name, heading = columns.get(cell.column, ""), headings.get(cell.column, "")
        if (name in _VALUES and own) or _stands(case, reading, name, cell.text, kept, heading):
            continue
        yield f"{heading or f'{cell.column} 列'} {' '.join(cell.text.split())}"


def _stands(case: LedgerCase, reading: RowReading, name: str, text: str, kept: _Words, heading: str) -> bool:
    """Whether the content of a cell stands in a field or a note."""
    told = compact(text)
    if not told or told in NOTHING or name in _AMOUNTS:
        return True
    if name == "serial":
        return told.isdigit()
    if name in _PEOPLE:
        return bool(getattr(case, f"{name}_id")) and case.state != CaseState.REVIEW_OFFICE
    if name == "assigned_on":
        return bool(case.judge_id or case.clerk_id or case.officer_id) and case.state != CaseState.REVIEW_OFFICE
    if name == "closing_mode":
        return bool(case.closing_mode) or told in reading.context.setting.columns.closing_open or kept.holds(text, heading)
    if name == "debtor_id_kind":
        return all(compact(piece) in reading.context.setting.columns.papers for piece in _PARTED.split(text) if piece)
    return bool(name) and name not in _UNREAD and kept.holds(text, heading)


def _bare(text: str) -> str:
    """Text as it is sought: half width, one case, letters and figures only."""
    return "".join(filter(str.isalnum, compact(text).upper()))
