"""What presses a debtor: restriction of consumption; sanctions for recorded acts only."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.steps import Step, steps
from execdesk.casefile.view import CaseView
from execdesk.casework.sanctions.actions import DETENTION
from execdesk.casework.sanctions.acts import acts_in, bearing


@steps(300)
def consumption(view: CaseView) -> Iterator[Step]:
    """Restriction of consumption."""
    yield Step("order.consumption", "提请限制消费令", view.case.id, matter="issue_consumption_order")


@steps(310)
def sanctions(view: CaseView) -> Iterator[Step]:
    """Recording an act; detention for each act of a debtor who is a person, until it has been asked for."""
    mine = bool({"carry_out", "undertake", "draft"} & view.may)
    for row in acts_in(view):
        party = view.party(row.party)
        if party is not None and party.side == "debtor" and party.kind == "natural" and bearing(view.documents, row.id) is None:
            yield Step("sanction.detain", f"提请拘留 {party.name}", row.id, f"{row.on} 的行为", matter=DETENTION)
    yield Step("obstruction.record", "登记妨害行为…", view.case.id, "", "", "您可登记" if mine else "办案人员登记", mine)
