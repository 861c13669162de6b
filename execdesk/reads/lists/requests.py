"""Matters that wait for a decision: those that lie with the person signed in, and those of his cases that lie with others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from execdesk.access.session import Session, posts_on
from execdesk.approval.board import among
from execdesk.casefile.settings import CONTROL, bureau_settings
from execdesk.law.matters import Level
from execdesk.reads.boardparts import NUMBER
from execdesk.reads.boardsql import Asked, Where, stands
from execdesk.reads.casewords import narrow
from execdesk.reads.listcolumns import ListColumn, Spoken
from execdesk.reads.listing import BoardList, ListTables, ListView
from execdesk.reads.listorder import NUMBERED, always, by
from execdesk.reads.rights import About, Rights, matters, rights_of
from execdesk.records.board import BoardTerm, BoardWorker
from execdesk.records.people import Person
from execdesk.store.clock import COURT_TIME

PRESSES_NONE = "execution_notice"  # a late notice presses no decision
_TERM, _WORKER, _PERSON = (f'"{model._meta.table_name}"' for model in (BoardTerm, BoardWorker, Person))
_AFTER = (*NUMBERED, 'r."row"')


@dataclass(frozen=True)
class InboxRow:
    """One matter in the list. ``group``: mine | others | done; ``tone`` of its chip."""

    id: str
    title: str
    case: str
    applicant: str
    submitted_on: date | None
    state: str
    group: str
    chip: str
    tone: str
    days_left: int | None


def chip_of(session: Session, mine: bool, designates: bool, signs: bool, level: Level, left: int | None, near: bool) -> tuple[str, str]:
    """What stands beside a matter, and its tone: how it presses, or whom it waits for."""
    if not mine:
        return f"待{_whom(session, level)}{'签发' if signs else ''}", ""
    if designates:
        return "指定合议庭", "navy"
    return ("待签发", "navy") if signs else _due_chip(left, near)


def _whom(session: Session, level: Level) -> str:
    if level.rank == 1:
        return "承办法官"
    return session.authority.data.posts.get(level.posts[0], level.name) if level.posts else level.name


def _due_chip(left: int | None, near: bool) -> tuple[str, str]:
    if left is None:
        return "", ""
    if left < 0:
        return f"超期 {-left} 天", "late"
    if left == 0:
        return "今天满限", "soon"
    return ("明天满限" if left == 1 else f"剩 {left} 天"), "soon" if near else ""


def sees_all(session: Session) -> bool:
    """Whether the person signed in looks at the matters of all."""
    posts = session.organisation.posts
    return any("read_all" in posts[p.post].may for p in posts_on(session.me.id, session.day) if p.post in posts)


def day_of(at: str | None) -> date | None:
    """The day of a moment, in court time."""
    return datetime.fromisoformat(at).astimezone(COURT_TIME).date() if at else None


def _source(session: Session, asked: Asked) -> ListTables:
    day = asked.on.isoformat()
    tables, where = matters(asked)
    nearest = (
        f' LEFT JOIN {_TERM} n ON n."id" = (SELECT x."id" FROM {_TERM} x WHERE x."case" = r."case" AND {stands("x", asked)} AND x."due_on" IS NOT NULL '
        f"AND x.\"term\" <> '{PRESSES_NONE}' AND (x.\"kind\" <> '{CONTROL}' OR x.\"due_on\" >= '{day}') "
        f"ORDER BY x.\"due_on\", CASE WHEN x.\"kind\" = '{CONTROL}' THEN 0 ELSE 1 END, x.\"id\" LIMIT 1)"
    )
    rights = rights_of(session, asked)
    seen, waits = _seen(session, asked, rights), rights.waiting()
    where.add(waits.text, *waits.values)
    where.add(seen.text, *seen.values)
    fields = (
        'r."row"', 'r."title"', 'b."number"', 'q."name"', 'r."submitted_at"', 'r."state"', 'r."sort"', 'r."put_forward"', 'w."person"', rights.acted(), 'n."due_on"', 'n."kind"',
    )
    return ListTables(f'{tables}{nearest} LEFT JOIN {_PERSON} q ON q."id" = r."applicant"', fields, where)


def _seen(session: Session, asked: Asked, rights: Rights) -> Where:
    """His to decide, his own, of his cases; all for who looks at all."""
    if sees_all(session):
        return Where(["1 = 1"])
    mark, me = session.store.base.param, session.me.id
    own, mine = f'EXISTS (SELECT 1 FROM {_WORKER} o WHERE o."case" = r."case" AND {stands("o", asked)} AND o."person" = {mark} AND o."to_on" >= {mark})', rights.lies_with_me()
    return Where([f'({mine.text} OR r."applicant" = {mark} OR {own})'], [*mine.values, me, me, asked.on.isoformat()])


def _rows(session: Session, asked: Asked, entries: Sequence[tuple[Any, ...]]) -> list[InboxRow]:
    rights, settings = rights_of(session, asked), bureau_settings(session.resources)
    return [_row(rights, settings.near_days, values) for values in entries]


def _row(rights: Rights, near_days: Any, values: tuple[Any, ...]) -> InboxRow:
    row, title, number, applicant, at, state, told, put_forward, judge, acted, due, kind = values
    sort, me = rights.sort(told), rights.session.me.id
    whose = rights.posts_of({*filter(None, put_forward.split("|")), *filter(None, [judge])})
    mine = rights.mine(sort, About(among(me) in put_forward, judge == me, bool(acted)), whose)
    left = (date.fromisoformat(due) - rights.asked.on).days if due else None
    chip, tone = chip_of(
        rights.session, mine, rights.designates(sort), sort.signs, rights.level(sort, whose), left,
        left is not None and left <= near_days(kind),
    )
    return InboxRow(row, title, number, applicant or "", day_of(at), state, "mine" if mine else "others", chip, tone, left)


def _with_others(session: Session, asked: Asked) -> Where:
    mine = rights_of(session, asked).lies_with_me()
    return Where([f"NOT ({mine.text})"], mine.values)


REQUESTS = BoardList[InboxRow](
    name="requests", title="待决定", unit="件", sort="due", key='r."row"', source=_source, rows=_rows,
    columns=(
        ListColumn("title", "事项", lambda r: r.title, by('r."title"', _AFTER), 'r."title"', width=130, grow=1),
        ListColumn("number", "案号", lambda r: narrow(r.case), always(*_AFTER), NUMBER, whole=True),
        ListColumn("applicant", "提出人", lambda r: r.applicant, by('q."name"', _AFTER), 'q."name"', whole=True),
        ListColumn(
            "submitted", "提交", lambda r: r.submitted_on.isoformat() if r.submitted_on else "—", by('r."submitted_at"', _AFTER),
            Spoken('r."submitted_at"', lambda _session, _asked, at: str(day_of(at))), whole=True, cell=lambda r: r.submitted_on,
        ),
        ListColumn("due", "最近期限", lambda r: r.chip or "—", by('n."due_on"', _AFTER), whole=True, align="right", tone=lambda r: r.tone if r.tone in ("late", "soon") else "muted"),
    ),
    views={
        "all": ListView("待决定"), "mine": ListView("待我决定", lambda session, asked: rights_of(session, asked).lies_with_me()),
        "others": ListView("待他人决定", _with_others),
    },
    empty=("没有等待决定的事项。", "别人提交、须由您批准的事项会出现在这里。"),
)
