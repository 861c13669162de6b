"""What must hold over the merged state though no single desk broke it: one judge in a team, no number given twice. Listed as incidents.

An action sees to it at its own desk; two desks that did not know of each other may both have been right, and together they are not.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from peewee import fn

from execdesk.access.session import Session
from execdesk.access.teams import TeamSpan, spans_of
from execdesk.integrity.incidents import BROKEN_RULE, DerivedIncident, record_once
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident
from execdesk.records.papers import NumberState, TakenNumber
from execdesk.records.teams import Team
from execdesk.store.invariants import Broken, all_broken


def broken_invariants(session: Session) -> list[DerivedIncident]:
    """What does not hold, each with its place and a sentence: what rooms declare, and what is looked at across all of them."""
    declared = [DerivedIncident(f"{name}:{'+'.join(broken.rows)}", _of_case(broken), broken.case) for name, broken in all_broken(session)]
    return [*_teams_of_two_judges(), *_numbers_given_twice(), *declared]


def _of_case(broken: Broken) -> str:
    case = Case.get_or_none(Case.id == broken.case) if broken.case else None
    return f"{case.number}：{broken.text}" if case else broken.text


def record_broken(session: Session) -> list[Incident]:
    """Name what does not hold, each once."""
    return record_once(session, BROKEN_RULE, broken_invariants(session), "两处合并后有不能并存的事项")


def _teams_of_two_judges() -> list[DerivedIncident]:
    found = []
    for team in Team.select().where(Team.struck.is_null(), Team.ends_on.is_null()).order_by(Team.id):
        judges = [span for span in spans_of(team.id) if span.role == "judge"]
        both = next((day for day in _starts(judges) if sum(span.holds(day) for span in judges) > 1), None)
        if both is not None:
            found.append(DerivedIncident(f"Team:{team.id}:{both}", f"{team.name}自 {both} 起有两名法官（方案第4条：一个团队一名法官）。请局长定由谁带队，另一名退出。", None))
    return found


def _starts(judges: list[TeamSpan]) -> list[date]:
    return sorted({span.starts_on for span in judges})


def _numbers_given_twice() -> list[DerivedIncident]:
    """Each series counts for itself: a ruling and a notice of one case rightly carry the same number."""
    twice: Any = (
        TakenNumber.select(TakenNumber.number, fn.MIN(TakenNumber.case).alias("of")).where(TakenNumber.struck.is_null(), TakenNumber.state == NumberState.USED)
        .group_by(TakenNumber.series, TakenNumber.number).having(fn.COUNT(TakenNumber.id) > 1).order_by(TakenNumber.number)
    )
    found = []
    for number, of in twice.tuples():
        case = Case.get_or_none(Case.id == of)
        found.append(DerivedIncident(f"TakenNumber:{number}", f"文号{number}被用了两次。请查明哪一份在后，作废其文号并另行签发。", case.id if case else None))
    return found
