"""The register of indicators: one is a function in a module of this room, and is there in the command once it is declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.recovered import all_came_in, total_fen
from execdesk.law.figures import Indicator
from execdesk.law.indicators import IndicatorCase, Period
from execdesk.records.cases import Assignment, Case, CaseState
from execdesk.records.people import Person


@dataclass(frozen=True)
class FigureFacts:
    """What indicators are made from: the cases as they stand, the period with its cut-off, and the session for its law and people."""

    session: Session
    period: Period
    cases: tuple[IndicatorCase, ...]


Figure = Callable[[FigureFacts], Indicator]
FIGURES: dict[str, Figure] = {}


def figure(function: Figure) -> Figure:
    """Declare an indicator under the function's own name."""
    if function.__name__ in FIGURES:
        raise ValueError(f"figure {function.__name__} is declared twice")
    FIGURES[function.__name__] = function
    return function


def figures(session: Session, period: Period) -> list[Indicator]:
    """Every declared indicator over a period, in the order of their numbers."""
    facts = FigureFacts(session, period, case_rows(period))
    return sorted((made(facts) for made in FIGURES.values()), key=lambda found: (found.id, found.title))


def case_rows(period: Period) -> tuple[IndicatorCase, ...]:
    """The bureau's cases as the statistics see them; one known neither by claim nor by what came in counts there with nothing."""
    since, judges = all_came_in(), _judges(period)
    query = Case.select().where(Case.struck.is_null(), Case.state != CaseState.REVIEW_OFFICE).order_by(Case.filed_on, Case.number)
    return tuple(
        IndicatorCase(
            name=case.number, type_code=case.type_code, filed_on=case.filed_on, closed_on=case.closed_on, mode=case.closing_mode or "",
            claim=case.claim_fen or 0, recovered=total_fen(case.opening_recovered_fen, since.get(case.id, 0)) or 0, judge=judges.get(case.id, ""),
        )
        for case in query
    )


def _judges(period: Period) -> dict[str, str]:
    """The judge of each case at the cut-off."""
    query: Any = (
        Assignment.select(Assignment.case, Person.name).join(Person, on=(Assignment.person == Person.id)).where(
            Assignment.role == "judge", Assignment.struck.is_null(), Assignment.starts_on <= period.last,
            Assignment.ends_on.is_null() | (Assignment.ends_on >= period.last),
        ).order_by(Assignment.starts_on).tuples()
    )
    return dict(query)
