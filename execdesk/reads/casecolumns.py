"""The columns of the list of cases, each said once: the window, the export and the command ``case list`` show them, the list is sorted by them.

One more column is one more entry. What it shows is of a :class:`CaseRow`; what it is sorted by is SQL over the board (``b``).
"""

from __future__ import annotations

from collections.abc import Sequence

from execdesk.reads.boardsql import Asked, stands
from execdesk.reads.caserows import CaseRow
from execdesk.reads.casewords import left_words, narrow, percent, sum_words
from execdesk.reads.export import yuan
from execdesk.reads.listcolumns import ListColumn
from execdesk.reads.listorder import NUMBERED, ListOrder, always, by
from execdesk.records.board import BoardWorker
from execdesk.records.cases import CaseState
from execdesk.records.people import Person


def by_judge(asked: Asked) -> ListOrder:
    """By the name of the judge in charge on the day."""
    holds = f'w."case" = b."case" AND {stands("w", asked)} AND w."role" = \'judge\' AND w."from_on" <= \'{asked.on}\' AND w."to_on" >= \'{asked.on}\''
    last = f'FROM "{BoardWorker._meta.table_name}" w WHERE {holds} ORDER BY w."from_on" DESC, w."row" DESC LIMIT 1'
    named = f'(SELECT p."name" FROM "{Person._meta.table_name}" p WHERE p."id" = w."person")'
    return ListOrder(f'(SELECT w."row" {last})', (f"(SELECT {named} {last})", *NUMBERED), len(NUMBERED))


def who(names: Sequence[str]) -> str:
    """All of a side where the list names one of several."""
    return "、".join(names) if len(names) > 1 else ""


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


COLUMNS: tuple[ListColumn[CaseRow], ...] = (
    ListColumn("number", "案号", lambda r: narrow(r.number), always(*NUMBERED, 'b."number"'), whole=True),
    ListColumn("applicant", "申请执行人", lambda r: r.applicant, by('b."applicant"'), width=92, grow=1, tip=lambda r: who(r.applicants)),
    ListColumn("debtor", "被执行人", lambda r: r.debtor, by('b."debtor"'), width=92, grow=1, tip=lambda r: who(r.debtors)),
    ListColumn("judge", "承办法官", lambda r: r.judge or "—", by_judge, shown=False, whole=True),
    ListColumn("town", "乡镇", lambda r: r.town or "—", by("NULLIF(b.\"town\", '')"), shown=False, whole=True),
    ListColumn("filed", "立案日期", lambda r: r.filed_on.isoformat(), by('b."filed_on"'), shown=False, whole=True, cell=lambda r: r.filed_on),
    ListColumn("claim", "标的（元）", lambda r: sum_words(r.claim_fen), by('b."claim_fen"'), align="right", whole=True, cell=lambda r: yuan(r.claim_fen)),
    ListColumn(
        "recovered", "到位", lambda r: percent(r.recovered_fen, r.claim_fen), by('(b."recovered_fen" * 1.0 / NULLIF(b."claim_fen", 0))'), align="right", width=44,
        cell=lambda r: r.recovered_fen / r.claim_fen if r.recovered_fen is not None and r.claim_fen else None,
    ),
    ListColumn(
        "received", "已到位（元）", lambda r: sum_words(r.recovered_fen), by('b."recovered_fen"'), shown=False, align="right", whole=True, cell=lambda r: yuan(r.recovered_fen),
    ),
    ListColumn("closed", "结案日期", lambda r: r.closed_on.isoformat() if r.closed_on else "—", by('b."closed_on"'), shown=False, whole=True, cell=lambda r: r.closed_on),
    ListColumn("node", "节点", lambda r: r.node, width=44, whole=True, tone=_muted, tip=deadline_tip),
    ListColumn("due", "最近期限", deadline, by('b."due_on"'), align="right", whole=True, tone=urgency, tip=deadline_tip, cell=lambda r: r.due_on if r.state == CaseState.OPEN else None),
)
ORDERS = {column.name: column.order for column in COLUMNS if column.order is not None}
