"""What waits in a case for its requests, and what can be put forward at any time."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import TermRules
from execdesk.casefile.view import CaseView
from execdesk.casefile.waiting import Waits, waiting
from execdesk.records.approvals import Request, RequestState
from execdesk.records.papers import UNSIGNED, Document

WORDS = {RequestState.DRAFT: "待提交", RequestState.RETURNED: "被退回", RequestState.LAPSED: "批准失效", RequestState.APPROVED: "待签发"}
TO_FINISH, TO_REPLACE = "待办结", "文书作废，待重制"
CLOSE_MATTER, CLOSE_ROUND = "终结本次执行程序", "terminate_this_round"


def _requests(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    papers: dict[str, set[str]] = {}
    for paper in dossier.of(Document):
        papers.setdefault(str(paper.request), set()).add(paper.state)
    return (Waits(row, _waits_for(row.state, papers.get(row.id, set())), row.applicant) for row in dossier.of(Request) if row.state in WORDS)


def _waits_for(state: str, papers: set[str]) -> str:
    """For what a request waits: one that is approved for its paper, or for what was done where none goes with it."""
    if state != RequestState.APPROVED or not papers.isdisjoint(UNSIGNED):
        return WORDS[state]
    return TO_REPLACE if papers else TO_FINISH


REQUESTS = waiting("request", place=10, find=_requests, tables=(Request, Document))


@steps(900)
def close(view: CaseView) -> Iterator[Step]:
    """Closing this round of enforcement."""
    yield Step("document.propose", f"提请{CLOSE_MATTER}", view.case.id, matter=CLOSE_MATTER, values=(("matter", CLOSE_ROUND),))
