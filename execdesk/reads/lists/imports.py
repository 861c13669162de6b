"""Earlier imports of ledgers, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from execdesk.access.session import Session
from execdesk.reads.boardsql import Asked, Where, stands
from execdesk.reads.listcolumns import ListColumn, Spoken
from execdesk.reads.listing import BoardList, ListTables, ListView
from execdesk.reads.listorder import always, by
from execdesk.records.board import BoardImport, BoardTray
from execdesk.records.journal import Line, Touch
from execdesk.records.ledgers import IMPORT_MOVES, ImportState
from execdesk.records.people import Person
from execdesk.store.clock import COURT_TIME
from execdesk.store.store import utc

_IMPORT, _TRAY, _LINE, _TOUCH, _PERSON = (f'"{model._meta.table_name}"' for model in (BoardImport, BoardTray, Line, Touch, Person))
_LATER = ('m."row"',)


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


def _waiting(asked: Asked) -> str:
    return f'(SELECT COUNT(*) FROM {_TRAY} t WHERE t."run" = m."row" AND {stands("t", asked)})'


def _source(_session: Session, asked: Asked) -> ListTables:
    """Each with the line that wrote it, which tells when and who."""
    tables = (
        f'{_IMPORT} m LEFT JOIN {_LINE} l ON l."taken" = (SELECT MIN(u."line") FROM {_TOUCH} u WHERE u."tbl" = \'Import\' AND u."row" = m."row") '
        f'LEFT JOIN {_PERSON} p ON p."id" = l."person"'
    )
    fields = ('m."row"', 'm."file"', 'l."at"', 'p."name"', 'm."imported"', 'm."decide"', 'm."refused"', 'm."state"', _waiting(asked))
    return ListTables(tables, fields, Where([stands("m", asked)]))


def _rows(_session: Session, _asked: Asked, entries: Sequence[tuple[Any, ...]]) -> list[RunRow]:
    return [
        RunRow(row, file, _at(at), person or "本机", imported, decide, refused, state, IMPORT_MOVES.words[state], waiting)
        for row, file, at, person, imported, decide, refused, state, waiting in entries
    ]


def _at(at: str | None) -> str:
    return utc(at).astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M") if at else ""


IMPORTS = BoardList[RunRow](
    name="imports", title="台账导入", unit="次", sort="at", descending=True, key='m."row"', source=_source, rows=_rows,
    columns=(
        ListColumn("at", "时间", lambda r: r.at, by('l."at"', _LATER), Spoken('l."at"', lambda _session, _asked, at: _at(at)), whole=True, cell=lambda r: datetime.fromisoformat(r.at) if r.at else None),
        ListColumn("file", "文件", lambda r: r.file, by('m."file"', _LATER), 'm."file"', width=110, grow=2),
        ListColumn("person", "办理人", lambda r: r.person, by('p."name"', _LATER), "COALESCE(p.\"name\", '本机')", whole=True, tone=lambda _r: "muted"),
        ListColumn("imported", "导入", lambda r: f"{r.imported:,}", always('m."imported"', *_LATER), align="right", whole=True, cell=lambda r: r.imported),
        ListColumn(
            "waiting", "待定", lambda r: f"{r.waiting:,}" if r.waiting else "—", lambda asked: always(_waiting(asked), *_LATER)(asked), align="right", whole=True,
            tone=lambda r: "!soon" if r.waiting else "muted", cell=lambda r: r.waiting,
        ),
        ListColumn(
            "state", "状态", lambda r: r.state_words, by('m."state"', _LATER), Spoken('m."state"', lambda _session, _asked, state: IMPORT_MOVES.words[state]), whole=True,
            tone=lambda _r: "muted",
        ),
    ),
    views={
        "all": ListView("导入"), "done": ListView(IMPORT_MOVES.words[ImportState.DONE], lambda session, _asked: _in(session, ImportState.DONE)),
        "undone": ListView(IMPORT_MOVES.words[ImportState.UNDONE], lambda session, _asked: _in(session, ImportState.UNDONE)),
    },
    empty=("还没有导入过台账。", "选择一份 .xlsx、.xls 或 .csv 台账开始。"),
)


def _in(session: Session, state: str) -> Where:
    return Where([f'm."state" = {session.store.base.param}'], [state])
