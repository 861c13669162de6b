"""What presses a debtor: restriction of consumption, detention."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.steps import Step, steps
from execdesk.casefile.view import CaseView
from execdesk.casework.sanctions.actions import DETENTION


@steps(300)
def consumption(view: CaseView) -> Iterator[Step]:
    """Restriction of consumption."""
    yield Step("order.consumption", "提请限制消费令", view.case.id, matter="issue_consumption_order")


@steps(310)
def detention(view: CaseView) -> Iterator[Step]:
    """Detention of a debtor who is a person."""
    person = next((p for p in view.debtors if p.kind == "natural"), None)
    if person is not None:
        yield Step("sanction.detain", f"提请拘留 {person.name}", view.case.id, matter=DETENTION)
