"""Clues as forms, terms and next steps see them: where they come from, what was found, which are still open."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.casefile.dossier import Dossier
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import Start, TermRules, term
from execdesk.casefile.view import CaseView, view_in
from execdesk.casefile.waiting import Waits, waiting
from execdesk.casework.property.forms import things_in
from execdesk.law.refusal import Refusal
from execdesk.records.charge import NOTING
from execdesk.records.search import ClueCheck, ClueState, PropertyClue

SEALED = "reward"
GIVEN_BY = {"applicant": "申请执行人", "debtor": "被执行人", SEALED: "悬赏举报", "other": "其他"}
RESULTS = {"found": "找到财产", "nothing": "没有财产", "unclear": "无法查明"}
SHOWN = 14  # characters of a clue in a line
ORDINARY, URGENT = "clue_verify", "clue_verify_urgent"


def clue_of(row: str) -> PropertyClue:
    """A clue by row id.

    Raises:
        Refusal: ``clue.missing``.
    """
    found = PropertyClue.get_or_none((PropertyClue.id == row) & PropertyClue.struck.is_null())
    if found is None:
        raise Refusal("找不到该线索，请刷新后再试。", code="clue.missing")
    clue: PropertyClue = found
    return clue


def case_of_clue(row: str) -> str:
    """The case (row id) that a clue is of; empty for none."""
    found = PropertyClue.get_or_none(PropertyClue.id == row)
    return found.case if found else ""


def in_short(text: str) -> str:
    """A clue in a line."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _in_states(context: FormContext, *states: str) -> Pairs:
    view = view_in(context)
    rows = [row for row in view.rows(PropertyClue) if row.state in states]
    return [(row.id, f"{row.given_on} {in_short(row.text)}") for row in rows]


@options("clues_given", case=case_of_clue)
def clues_given(context: FormContext) -> Pairs:
    """The clues that nobody has looked into yet."""
    return _in_states(context, ClueState.GIVEN)


@options("clues_checked", case=case_of_clue)
def clues_checked(context: FormContext) -> Pairs:
    """The clues that were looked into and wait for the judge."""
    return _in_states(context, ClueState.CHECKED)


@options("clues_open", case=case_of_clue)
def clues_open(context: FormContext) -> Pairs:
    """The clues that are not finished."""
    return _in_states(context, ClueState.GIVEN, ClueState.CHECKED)


@options("things_of_clue", within="property_rows")
def things_of_clue(context: FormContext) -> Pairs:
    """The things of the case, or none."""
    return [(None, "尚未登记"), *((one.rows[0].id, one.rows[0].words) for one in things_in(view_in(context)))]


@start("clue")
def clue(context: FormContext) -> str | None:
    """The clue the form is about, else the first open one."""
    rows = view_in(context).rows(PropertyClue)
    return next((row.id for row in rows if row.id == context.target), next((row.id for row in rows if row.state in (ClueState.GIVEN, ClueState.CHECKED)), None))


def _row(context: FormContext) -> PropertyClue | None:
    wanted = clue(context)
    return next((row for row in view_in(context).rows(PropertyClue) if row.id == wanted), None)


@start("clue_clear")
def clue_clear(context: FormContext) -> bool | None:
    """Whether the clue is clear as it stands."""
    row = _row(context)
    return row.clear if row else None


@start("clue_urgent")
def clue_urgent(context: FormContext) -> bool | None:
    """Whether the clue is urgent as it stands."""
    row = _row(context)
    return row.urgent if row else None


def _unseen(dossier: Dossier, _rules: TermRules) -> Iterator[Start]:
    """From the day a clear clue was given until somebody has looked into it."""
    for row in dossier.of(PropertyClue):
        if row.state == ClueState.GIVEN and row.clear:
            yield Start(row, row.given_on, URGENT if row.urgent else ORDINARY)


CLUE_DUE = term("clue.verify", words="核实线索", title="核实财产线索", owner="carry_out", starts=_unseen, tables=(PropertyClue,), of=PropertyClue)


def _to_check(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    checked = {row.clue for row in dossier.of(ClueCheck)}
    for row in dossier.of(PropertyClue):
        if row.state == ClueState.GIVEN:
            yield Waits(row, "退回再核实" if row.id in checked else "线索待核实")


def _to_confirm(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    yield from (Waits(row, "线索核实待确认") for row in dossier.of(PropertyClue) if row.state == ClueState.CHECKED)


TO_CHECK = waiting(
    "clue.check", place=30, find=_to_check, tables=(PropertyClue, ClueCheck), duty="carry_out", step=lambda row: f"核实线索 {in_short(row.text)}",
    who=("您可办理", "执行员办理"),
)
TO_CONFIRM = waiting(
    "clue.confirm", place=31, find=_to_confirm, tables=(PropertyClue,), duty="undertake", step=lambda row: f"确认线索核实结果 {in_short(row.text)}",
    who=("您可确认", "承办法官确认"),
)


def _unentered(view: CaseView) -> Iterator[tuple[PropertyClue, ClueCheck]]:
    """The last look into each clue that found a thing which is not entered yet."""
    clues, things = {row.id: row for row in view.rows(PropertyClue)}, things_in(view)
    last = {row.clue: row for row in view.rows(ClueCheck)}
    for row in last.values():
        given, entered = clues.get(row.clue), any(one.rows[0].found_by == "clue" and one.rows[0].found_on == row.done_on for one in things)
        if given is not None and given.state in (ClueState.CHECKED, ClueState.VERIFIED) and row.result == "found" and row.property is None and not entered:
            yield given, row


@steps(60)
def found(view: CaseView) -> Iterator[Step]:
    """A thing that a clue led to is to be entered, so that it can be controlled."""
    mine = bool(view.may.intersection(NOTING.duties))
    for given, row in _unentered(view):
        yield Step(
            "property.register", f"登记线索找到的财产 {in_short(given.text)}", given.party, f"{row.done_on} 核实", "soon", ("办案人员登记", "您可登记")[mine], mine,
            values=(("party", given.party), ("found_by", "clue"), ("found_on", row.done_on.isoformat())),
        )
