"""Rows of ledgers that wait for a decision, of the oldest import first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from execdesk.access.session import Session
from execdesk.reads.boardsql import Asked, Where, stands
from execdesk.reads.casewords import narrow
from execdesk.reads.listcolumns import ListColumn, Spoken
from execdesk.reads.listing import BoardList, ListTables, ListView
from execdesk.reads.listorder import always, by
from execdesk.records.board import BoardImport, BoardTray

_TRAY, _IMPORT = (f'"{model._meta.table_name}"' for model in (BoardTray, BoardImport))
_IN_ORDER = ('t."run"', 't."sheet"', 't."number"', 't."row"')
DECIDE = "decide"
KINDS = {DECIDE: "需您决定", "refused": "不能导入"}


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


def _source(_session: Session, asked: Asked) -> ListTables:
    tables = f'{_TRAY} t LEFT JOIN {_IMPORT} m ON m."row" = t."run" AND {stands("m", asked)}'
    fields = ('t."row"', 't."run"', 'm."file"', 't."sheet"', 't."number"', 't."case_no"', 't."kind"', 't."words"')
    return ListTables(tables, fields, Where([stands("t", asked)]))


def _rows(_session: Session, _asked: Asked, entries: Sequence[tuple[Any, ...]]) -> list[WaitingRow]:
    return [WaitingRow(row, run, file or "", sheet, number, case or "", KINDS[kind], words) for row, run, file, sheet, number, case, kind, words in entries]


def _of(kind: str) -> ListView:
    return ListView(KINDS[kind], lambda session, _asked: Where([f't."kind" = {session.store.base.param}'], [kind]), "soon" if kind == DECIDE else "late")


TRAY = BoardList[WaitingRow](
    name="tray", title="待决定的行", unit="行", sort="file", key='t."row"', source=_source, rows=_rows,
    columns=(
        ListColumn("file", "文件", lambda r: r.file, always(*_IN_ORDER), 'm."file"', width=120, grow=1, tone=lambda _r: "muted"),
        ListColumn("sheet", "工作表", lambda r: r.sheet, always('t."sheet"', 't."number"', 't."row"'), 't."sheet"', shown=False),
        ListColumn("row", "行", lambda r: str(r.row), always('t."number"', 't."row"'), Spoken('t."number"', lambda _s, _a, n: str(n)), align="right", width=44, cell=lambda r: r.row),
        ListColumn(
            "case", "案号", lambda r: narrow(r.case_no) or "—", by('t."case_no"', _IN_ORDER), "REPLACE(REPLACE(t.\"case_no\", '（', '('), '）', ')')", width=150,
            whole=True,
        ),
        ListColumn(
            "kind", "类别", lambda r: r.kind, always('t."kind"', *_IN_ORDER), Spoken('t."kind"', lambda _s, _a, kind: KINDS[kind]), whole=True,
            tone=lambda r: "!soon" if r.kind == KINDS[DECIDE] else "late",
        ),
        ListColumn("text", "问题", lambda r: r.text, find='t."words"', width=200, grow=3),
    ),
    views={"all": ListView("待决定的行"), **{kind: _of(kind) for kind in KINDS}},
    empty=("没有待定的行。", "导入时没有决定的行会留在这里，一行不丢。"),
)
