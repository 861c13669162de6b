"""What a case begins with: the notice to the debtor, the order to report his property."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.steps import Step, steps
from execdesk.casefile.view import CaseView
from execdesk.records.papers import DocumentState


@steps(110)
def notices(view: CaseView) -> Iterator[Step]:
    """The execution notice until there is one, and the order to report property."""
    types = {kind.id for kind in view.session.catalogue.bearing("execution_notice")}
    if not any(d.type_id in types and d.state != DocumentState.VOID for d in view.documents):
        yield Step("notice.execution", "发出执行通知书", view.case.id, matter="issue_execution_notice")
    yield Step("order.property_report", "发出报告财产令", view.case.id, matter="issue_property_report_order")
