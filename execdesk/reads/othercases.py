"""The other cases of a case's debtors: the same person by his checked number or by a person's word, with what is under control there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peewee import fn

from execdesk.casefile.same import same_persons
from execdesk.casefile.view import CaseView
from execdesk.records.cases import CASE_MOVES, Case, Party
from execdesk.records.measures import HELD, Measure

SIDES = {"applicant": "申请执行人", "debtor": "被执行人", "third": "第三人"}


@dataclass(frozen=True)
class OtherCaseRow:
    """A case in which a debtor of this one stands too: as what, its state, how many measures are in force there."""

    case: str
    number: str
    name: str
    side: str
    state_words: str
    held: int


def other_cases(view: CaseView) -> tuple[OtherCaseRow, ...]:
    """The other cases of the debtors, the newest first; two queries however many there are."""
    own = {party.id for party in view.parties}
    others = sorted(same_persons(party.id for party in view.debtors) - own)
    if not others:
        return ()
    held: Any = Measure.select(fn.COUNT(Measure.id)).where(Measure.case == Case.id, Measure.state.in_(HELD), Measure.struck.is_null())
    query: Any = (
        Party.select(Case.id, Case.number, Party.name, Party.side, Case.state, held).join(Case, on=(Party.case == Case.id))
        .where(Party.id.in_(others), Party.struck.is_null(), Case.struck.is_null(), Case.id != view.case.id)
        .order_by(Case.year.desc(), Case.sequence.desc(), Case.id).tuples()
    )
    return tuple(OtherCaseRow(case, number, name, SIDES[side], CASE_MOVES.words[state], count) for case, number, name, side, state, count in query)
