"""What the requests of control have in common: their fields, the term, the papers of the submission."""

from __future__ import annotations

from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.kinds import PropertyKind
from execdesk.drafting.drafts import add_draft
from execdesk.law.control import longest_term
from execdesk.law.fields import Field
from execdesk.law.refusal import Clause, Refusal
from execdesk.records.measures import Measure
from execdesk.store.act import Act

OF_RULING = ("ground", "cause_of_release", "third", "applied_renewal_on", "immediate")  # what the ruling alone says
MEASURE = Field("measure", "措施", "choice", options="measures", start="measure", leads=True)
NOTE = Field("note", "报批理由", "long", required=False, hint="印在审批表的事实理由里")


def add_papers(session: Session, act: Act, measure: Measure, of: PropertyKind, request: str, ruling: str, inputs: dict[str, Any], word: str) -> None:
    """The ruling and the notice to the assisting unit, as drafts of one submission; ``word`` says what both order."""
    add_draft(session, act, measure.case, ruling, request=request, measure=measure.id, inputs={**inputs, "action": word})
    if measure.assisting_unit:
        shared = {k: v for k, v in inputs.items() if k not in OF_RULING}
        add_draft(session, act, measure.case, of.notice, request=request, measure=measure.id, addressee=measure.assisting_unit, inputs={**shared, "action": word})


def checked_months(session: Session, term: str, months: int | None) -> int | None:
    """A term within what the law allows today; the longest if none is named, none where the law sets no term.

    Raises:
        Refusal: ``measure.term`` with the source.
    """
    if not term:
        if months is not None:
            raise Refusal("这种措施没有法定期限，期限请留空。", code="measure.term", field="months")
        return None
    longest = longest_term(session.law, term, session.day)
    if months is None:
        return int(longest.value)
    if months > longest.value:
        raise Refusal(
            f"期限不得超过 {longest.value} 个月（{longest.source}），请改为 1 至 {longest.value}。", code="measure.term", field="months",
            clauses=(Clause(f"{longest.value} 个月", longest.source),),
        )
    return months


def require_positive(amount: int) -> None:
    """Refusal ``measure.amount`` for a sum in fen that is none."""
    if amount <= 0:
        raise Refusal("金额须大于零，控制存款、收入都要写明具体数额。", code="measure.amount", field="amount")
