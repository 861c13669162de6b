"""Matters decided within the last days, the latest word of each first: one's own words, or those of all for who looks at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from execdesk.access.session import Session
from execdesk.approval.paper import AWAITED, provisional_among
from execdesk.issue.printing import KIND_WORDS
from execdesk.reads.boardparts import NUMBER, of_case
from execdesk.reads.boardsql import Asked, Where, marks, stands
from execdesk.reads.casewords import narrow
from execdesk.reads.listcolumns import ListColumn, Spoken
from execdesk.reads.listing import BoardList, ListTables, ListView
from execdesk.reads.listorder import NUMBERED, always, by
from execdesk.reads.lists.requests import InboxRow, day_of, sees_all
from execdesk.reads.rights import DECISION, REQUEST
from execdesk.records.approvals import REQUEST_MOVES, RequestState
from execdesk.records.people import Person

DECIDED_DAYS = 30
DECIDED_KINDS = ("approve", "return", "sign_issue", "comment", "refer")
_PERSON = f'"{Person._meta.table_name}"'
_AFTER = (*NUMBERED, 'r."row"')


def _source(session: Session, asked: Asked) -> ListTables:
    case, where = of_case(asked, 'r."case"')
    words, values = _words(session, asked, "d")
    later, later_values = _words(session, asked, "e")
    where.add(f'{stands("r", asked)} AND r."state" <> {session.store.base.param}', RequestState.SUBMITTED)
    where.add(words, *values)
    where.add(
        f'NOT EXISTS (SELECT 1 FROM {DECISION} e WHERE e."request" = d."request" AND {later} AND (e."at", e."row") > (d."at", d."row"))', *later_values,
    )
    tables = f'{DECISION} d JOIN {REQUEST} r ON r."row" = d."request"{case} JOIN {_PERSON} q ON q."id" = r."applicant"'
    return ListTables(tables, ('r."row"', 'r."title"', 'b."number"', 'q."name"', 'r."submitted_at"', 'r."state"', 'd."kind"', 'd."decided_on"'), where)


def _words(session: Session, asked: Asked, name: str) -> tuple[str, list[Any]]:
    """A word that decides, said within these days."""
    mark = session.store.base.param
    text, values = f'{stands(name, asked)} AND {name}."decided_on" >= {mark} AND {name}."kind" IN ({marks(mark, DECIDED_KINDS)})', [_since(asked), *DECIDED_KINDS]
    return (text, values) if sees_all(session) else (f'{text} AND {name}."person" = {mark}', [*values, session.me.id])


def _since(asked: Asked) -> str:
    return (asked.on - timedelta(days=DECIDED_DAYS)).isoformat()


def _rows(_session: Session, _asked: Asked, entries: Sequence[tuple[Any, ...]]) -> list[InboxRow]:
    waits = provisional_among(entry[0] for entry in entries)
    return [
        InboxRow(row, title, number, applicant, day_of(at), state, "done", f"{date.fromisoformat(on):%m-%d} {KIND_WORDS[kind]}{AWAITED if row in waits else ''}", "plain", None)
        for row, title, number, applicant, at, state, kind, on in entries
    ]


def _in(state: str) -> ListView:
    return ListView(REQUEST_MOVES.words[state], lambda session, _asked: Where([f'r."state" = {session.store.base.param}'], [state]))


DECIDED = BoardList[InboxRow](
    name="decided", title="已决定", unit="件", sort="decided", descending=True, key='r."row"', source=_source, rows=_rows,
    columns=(
        ListColumn("title", "事项", lambda r: r.title, by('r."title"', _AFTER), 'r."title"', width=130, grow=1),
        ListColumn("number", "案号", lambda r: narrow(r.case), always(*_AFTER), NUMBER, whole=True),
        ListColumn("applicant", "提出人", lambda r: r.applicant, always('q."name"', *_AFTER), 'q."name"', whole=True),
        ListColumn(
            "state", "现在", lambda r: REQUEST_MOVES.words[r.state], always('r."state"', *_AFTER),
            Spoken('r."state"', lambda _session, _asked, state: REQUEST_MOVES.words[state]), whole=True,
        ),
        ListColumn("decided", "决定", lambda r: r.chip, always('d."at"', 'd."row"'), whole=True, align="right", tone=lambda _r: "muted"),
    ),
    views={"all": ListView("已决定"), **{state: _in(state) for state in (RequestState.APPROVED, RequestState.RETURNED, RequestState.USED)}},
    empty=("近来没有决定过的事项。", "批准、退回、签发、签署意见过的事项留在这里三十天。"),
)
