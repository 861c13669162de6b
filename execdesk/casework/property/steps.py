"""What property offers in a case: a thing that was entered twice, at two desks or in two cases, waits for a person to say so."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.steps import Step, steps
from execdesk.casefile.view import CaseView
from execdesk.casework.property.forms import things_in
from execdesk.records.charge import NOTING


@steps(80)
def twins(view: CaseView) -> Iterator[Step]:
    """Rows that look like one thing and are not tied yet, one step a thing."""
    mine = bool(view.may.intersection(NOTING.duties))
    for thing in things_in(view):
        if thing.untied:
            row = thing.rows[0]
            yield Step("property.tie", f"认定为同一财产 {row.words}", row.id, "登记了两次", "soon", ("办案人员认定", "您可认定")[mine], mine)
