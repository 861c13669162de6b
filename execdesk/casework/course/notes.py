"""Work notes: one line of what was said or seen, and what is to be followed up; a reminder is the only to-do that a person sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.casefile.dossier import Dossier
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import End, Start, TermRules, term
from execdesk.casefile.view import CaseView, view_in
from execdesk.records.cases import CaseState
from execdesk.records.charge import NOTING
from execdesk.records.course import WorkNote

KINDS = {"call": "电话", "visit": "走访", "talk": "谈话", "log": "记事"}
SHOWN = 12  # characters of a note in a line


def still_open(notes: Iterable[WorkNote]) -> list[WorkNote]:
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
    return [(None, "不跟进以前的记录"), *((row.id, _line(row)) for row in still_open(view_in(context).rows(WorkNote)))]


@start("note_to_follow")
def note_to_follow(context: FormContext) -> str | None:
    """The note that the step is about."""
    return context.target if context.target in dict(notes_open(context)) else None


@steps(70)
def following(view: CaseView) -> Iterator[Step]:
    """Notes whose day has come."""
    mine = bool(view.may.intersection(NOTING.duties))
    for row in still_open(view.rows(WorkNote)):
        if row.follow_up_on <= view.day:
            yield Step("note.record", f"跟进{KINDS[row.kind]} {row.with_whom or row.on}", row.id, f"约定 {row.follow_up_on}", "soon", "您可办理" if mine else "办案人员办理", mine)


def _waits(dossier: Dossier, _rules: TermRules) -> Iterator[Start]:
    notes = dossier.of(WorkNote)
    if notes and dossier.case.state == CaseState.OPEN:
        yield from (Start(row, row.on) for row in still_open(notes))  # type: ignore[arg-type]


def _agreed(_rules: TermRules, one: Start) -> Iterator[End]:
    yield End(one.row.follow_up_on, "工作记录")


FOLLOW_UP = term(
    "note.follow_up", words="跟进", title="约定跟进的日期", owner="carry_out", starts=_waits, ends=_agreed, tables=(WorkNote,),
)
