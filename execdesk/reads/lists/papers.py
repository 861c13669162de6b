"""Papers that are signed and still want a hand: one's own signature, the seal, the signatures of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.approval.board import among
from execdesk.reads.boardparts import NUMBER, of_case
from execdesk.reads.boardsql import Asked, Where, stands
from execdesk.reads.casewords import narrow
from execdesk.reads.listcolumns import ListColumn
from execdesk.reads.listing import BoardList, ListTables, ListView
from execdesk.reads.listorder import NUMBERED, always, by
from execdesk.reads.lists.requests import sees_all
from execdesk.records.board import BoardPaper
from execdesk.records.papers import DocumentState

_PAPER = f'"{BoardPaper._meta.table_name}"'
_AFTER = (*NUMBERED, 'u."row"')


@dataclass(frozen=True)
class PaperRow:
    """A document that waits for a signature or the seal."""

    id: str
    title: str
    number: str
    case: str
    state: str
    waits_for: str
    mine: bool


def _cosign(session: Session, _asked: Asked) -> Where:
    return Where([f'u."state" = {session.store.base.param}', _signs(session)], [DocumentState.TO_COSIGN])


def _signs(session: Session) -> str:
    return f"REPLACE(u.\"persons\", '{among(session.me.id)}', '') <> u.\"persons\""


def _seal(session: Session, _asked: Asked) -> Where:
    if "seal" not in duties(session):
        return Where(["1 = 0"])
    return Where([f'u."state" = {session.store.base.param}'], [DocumentState.TO_SEAL])


def _others(session: Session, _asked: Asked) -> Where:
    if not sees_all(session):
        return Where(["1 = 0"])
    return Where([f'u."state" = {session.store.base.param}', f"NOT {_signs(session)}"], [DocumentState.TO_COSIGN])


def _source(session: Session, asked: Asked) -> ListTables:
    case, where = of_case(asked, 'u."case"')
    parts = [part(session, asked) for part in (_cosign, _seal, _others)]
    where.add(stands("u", asked))
    where.add(f"({' OR '.join(f'({part.text})' for part in parts)})", *(value for part in parts for value in part.values))
    return ListTables(f"{_PAPER} u{case}", ('u."row"', 'u."title"', 'u."number"', 'b."number"', 'u."state"', 'u."words"', 'u."persons"'), where)


def _rows(session: Session, _asked: Asked, entries: Sequence[tuple[Any, ...]]) -> list[PaperRow]:
    me, seals = among(session.me.id), "seal" in duties(session)
    return [
        PaperRow(row, title, number or "", case, state, words, seals if state == DocumentState.TO_SEAL else me in persons)
        for row, title, number, case, state, words, persons in entries
    ]


PAPERS = BoardList[PaperRow](
    name="papers", title="待签章文书", unit="件", sort="issued", key='u."row"', source=_source, rows=_rows,
    columns=(
        ListColumn("title", "文书", lambda r: r.title, by('u."title"', _AFTER), 'u."title"', width=120, grow=1),
        ListColumn("issued", "文号", lambda r: narrow(r.number) or "—", always('u."row"'), "REPLACE(REPLACE(u.\"number\", '（', '('), '）', ')')", whole=True),
        ListColumn("number", "案号", lambda r: narrow(r.case), always(*_AFTER), NUMBER, shown=False, whole=True),
        ListColumn("waits", "等待", lambda r: r.waits_for, always('u."words"', *_AFTER), 'u."words"', width=90, grow=1),
    ),
    views={"all": ListView("待签章"), "cosign": ListView("待我会签", _cosign), "seal": ListView("待盖章", _seal), "others": ListView("待他人会签", _others)},
    empty=("没有待签名、待盖章的文书。", "签发后还缺签名或院印的文书会列在这里。"),
)
