"""Work notes: one line of what was said or seen, and what is to be followed up; a reminder is the only to-do that a person sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from execdesk.access.actions import CASE, action
from execdesk.access.duty import require_may
from execdesk.access.forms import FormContext, Pairs, options, start
from execdesk.access.session import Session
from execdesk.casefile.dossier import Dossier
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import End, Start, TermRules, term
from execdesk.casefile.view import CaseView, view_in
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, CaseState
from execdesk.records.course import WorkNote
from execdesk.store.act import Changes

KINDS = {"call": "电话", "visit": "走访", "talk": "谈话", "log": "记事"}
MAY = ("carry_out", "undertake", "draft")
SHOWN = 12  # characters of a note in a line


@action(
    "note.record", "记工作记录", CASE, Field("kind", "方式", "choice", options=tuple(KINDS.items()), default="call"),
    Field("with_whom", "对方", "name", required=False, hint="与谁通话、谈话，走访了哪里", beside=True),
    Field("on", "日期", "day", start="today", most="today"), Field("words", "内容", "long", hint="一两句话；听取意见的，写对方原话"),
    Field("follow_up_on", "跟进日期", "day", required=False, least="today", hint="到期列入期限和下一步"),
    Field("follows", "所跟进的记录", "choice", required=False, options="notes_open", start="note_to_follow", beside=True), button="记下", menu=8,
)
def record_note(
    session: Session, *, case: str, kind: str, on: date, words: str, with_whom: str | None = None, follow_up_on: date | None = None, follows: str | None = None,
) -> Changes:
    """Note a call, a visit, a talk; one with a day to follow up stays open until a later note follows it.

    Raises Refusal ``note.follows`` where the note named is none of the case that waits to be followed up.
    """
    found = open_for_bureau(case_of(case))
    require_may(session, MAY, "记工作记录")
    if follows and follows not in {row.id for row in _open(_noted(found))}:
        raise Refusal("所跟进的记录不是本案待跟进的记录，请从列出的记录中选择。", code="note.follows")
    told = f"{KINDS[kind]}{f' {with_whom}' if with_whom else ''}：{words}"
    with session.act("note.record", case=found.id, reason=told) as act:
        act.add(WorkNote(case=found.id, kind=kind, with_whom=with_whom or None, on=on, words=words, follow_up_on=follow_up_on, follows=follows or None))
    return act.changes


def _noted(case: Case) -> list[WorkNote]:
    return list(WorkNote.select().where(WorkNote.case == case.id, WorkNote.struck.is_null()).order_by(WorkNote.id))


def _open(notes: Iterable[WorkNote]) -> list[WorkNote]:
    """The notes that are to be followed up and have not been, the nearest day first."""
    rows = list(notes)
    followed = {row.follows for row in rows}
    return sorted((row for row in rows if row.follow_up_on is not None and row.id not in followed), key=lambda row: (row.follow_up_on, row.id))


def _line(row: WorkNote) -> str:
    words = row.words if len(row.words) <= SHOWN else f"{row.words[:SHOWN]}…"
    return f"{row.on} {KINDS[row.kind]}{f' {row.with_whom}' if row.with_whom else ''}：{words}"


@options("notes_open")
def notes_open(context: FormContext) -> Pairs:
    """The notes of the case that wait to be followed up."""
    return [(None, "不跟进以前的记录"), *((row.id, _line(row)) for row in _open(view_in(context).rows(WorkNote)))]


@start("note_to_follow")
def note_to_follow(context: FormContext) -> str | None:
    """The note that the step is about."""
    return context.target if context.target in dict(notes_open(context)) else None


@steps(70)
def following(view: CaseView) -> Iterator[Step]:
    """Notes whose day has come."""
    mine = bool(view.may.intersection(MAY))
    for row in _open(view.rows(WorkNote)):
        if row.follow_up_on <= view.day:
            yield Step("note.record", f"跟进{KINDS[row.kind]} {row.with_whom or row.on}", row.id, f"约定 {row.follow_up_on}", "soon", "您可办理" if mine else "办案人员办理", mine)


def _waits(dossier: Dossier, _rules: TermRules) -> Iterator[Start]:
    if dossier.case.state == CaseState.OPEN:
        yield from (Start(row, row.on) for row in _open(dossier.of(WorkNote)))  # type: ignore[arg-type]


def _agreed(_rules: TermRules, one: Start) -> Iterator[End]:
    yield End(one.row.follow_up_on, "工作记录")


FOLLOW_UP = term(
    "note.follow_up", words="跟进", title="约定跟进的日期", owner="carry_out", nodes=(), starts=_waits, ends=_agreed, tables=(WorkNote,),
)
