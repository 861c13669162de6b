"""The columns of the list of cases, each said once: the window, the export and the command ``case list`` show them, the list is sorted by them.

One more column is one more entry. What it shows is of a :class:`CaseRow`; what it is sorted by is SQL over the board (``b``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from execdesk.reads.boardsql import Asked
from execdesk.reads.caserows import CaseRow
from execdesk.reads.casewords import left_words, narrow, percent, sum_words
from execdesk.records.board import NEVER, BoardWorker
from execdesk.records.cases import CaseState
from execdesk.records.people import Person

_NUMBERED = ('b."year"', 'b."sequence"')


@dataclass(frozen=True)
class CaseOrder:
    """How a list is sorted: what must be known (empty: it always is), and the columns."""

    known: str
    columns: tuple[str, ...]


def by(column: str) -> Callable[[Asked], CaseOrder]:
    """By one column of the board, where it is known, then by number."""
    return lambda _asked: CaseOrder(column, (column, *_NUMBERED))


def by_number(_asked: Asked) -> CaseOrder:
    """By number."""
    return CaseOrder("", (*_NUMBERED, 'b."number"'))


def by_judge(asked: Asked) -> CaseOrder:
    """By the name of the judge in charge on the day."""
    stands = f'w."until" = {NEVER}' if asked.place is None else f'w."since" <= {asked.place} AND w."until" > {asked.place}'
    holds = f'w."case" = b."case" AND {stands} AND w."role" = \'judge\' AND w."from_on" <= \'{asked.on}\' AND w."to_on" >= \'{asked.on}\''
    last = f'FROM "{BoardWorker._meta.table_name}" w WHERE {holds} ORDER BY w."from_on" DESC, w."row" DESC LIMIT 1'
    named = f'(SELECT p."name" FROM "{Person._meta.table_name}" p WHERE p."id" = w."person")'
    return CaseOrder(f'(SELECT w."row" {last})', (f"(SELECT {named} {last})", *_NUMBERED))


@dataclass(frozen=True)
class CaseColumn:
    """One column. ``name`` is what sorting and the command call it, ``text`` what is painted, copied, exported and printed.

    ``order`` tells how the list is sorted by it on a day (none: it is not); ``shown`` whether it is there before a person says otherwise;
    the rest is how the window paints it (:class:`ui.table_source.Column`).
    """

    name: str
    title: str
    text: Callable[[CaseRow], str]
    order: Callable[[Asked], CaseOrder] | None = None
    shown: bool = True
    align: Literal["left", "right", "center"] = "left"
    width: float = 80
    grow: int = 0
    whole: bool = False
    tone: Callable[[CaseRow], str] | None = None
    tip: Callable[[CaseRow], str] | None = None


def deadline(row: CaseRow) -> str:
    """The nearest day in words; for closed cases the day they were closed."""
    if row.state == CaseState.CLOSED:
        return f"{row.closed_on} 结" if row.closed_on else row.state_words
    return left_words(row.days_left)


def deadline_tip(row: CaseRow) -> str:
    """Which day that is."""
    if row.due_on is None:
        return ""
    return f"{row.due_title or row.node} {row.due_on}"


def urgency(row: CaseRow) -> str:
    """The tone of the nearest day."""
    if row.state != CaseState.OPEN or row.days_left is None:
        return "muted"
    if row.days_left < 0:
        return "late"
    return "!soon" if row.near else "muted"


def _muted(_row: CaseRow) -> str:
    return "muted"


COLUMNS = (
    CaseColumn("number", "案号", lambda r: narrow(r.number), by_number, whole=True),
    CaseColumn("applicant", "申请执行人", lambda r: r.applicant, by('b."applicant"'), width=92, grow=1),
    CaseColumn("debtor", "被执行人", lambda r: r.debtor, by('b."debtor"'), width=92, grow=1),
    CaseColumn("judge", "承办法官", lambda r: r.judge or "—", by_judge, shown=False, whole=True),
    CaseColumn("town", "乡镇", lambda r: r.town or "—", by("NULLIF(b.\"town\", '')"), shown=False),
    CaseColumn("filed", "立案日期", lambda r: r.filed_on.isoformat(), by('b."filed_on"'), shown=False, whole=True),
    CaseColumn("claim", "标的（元）", lambda r: sum_words(r.claim_fen), by('b."claim_fen"'), align="right", whole=True),
    CaseColumn(
        "recovered", "到位", lambda r: percent(r.recovered_fen, r.claim_fen), by('(b."recovered_fen" * 1.0 / NULLIF(b."claim_fen", 0))'), align="right", width=44,
    ),
    CaseColumn("closed", "结案日期", lambda r: r.closed_on.isoformat() if r.closed_on else "—", by('b."closed_on"'), shown=False, whole=True),
    CaseColumn("node", "节点", lambda r: r.node, width=54, whole=True, tone=_muted, tip=deadline_tip),
    CaseColumn("due", "最近期限", deadline, by('b."due_on"'), align="right", whole=True, tone=urgency, tip=deadline_tip),
)
ORDERS = {column.name: column.order for column in COLUMNS if column.order is not None}
