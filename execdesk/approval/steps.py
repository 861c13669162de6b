"""What waits in a case for its requests, and what can be put forward at any time."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import TermRules
from execdesk.casefile.view import CaseView
from execdesk.casefile.waiting import Waits, waiting
from execdesk.records.approvals import Request, RequestState

WORDS = {RequestState.DRAFT: "待提交", RequestState.RETURNED: "被退回", RequestState.LAPSED: "批准失效", RequestState.APPROVED: "待签发"}
CLOSE_MATTER, CLOSE_ROUND = "终结本次执行程序", "terminate_this_round"


def _requests(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    return (Waits(row, WORDS[row.state], row.applicant) for row in dossier.of(Request) if row.state in WORDS)


REQUESTS = waiting("request", place=10, find=_requests, tables=(Request,))


@steps(900)
def close(view: CaseView) -> Iterator[Step]:
    """Closing this round of enforcement."""
    yield Step("document.propose", f"提请{CLOSE_MATTER}", view.case.id, matter=CLOSE_MATTER, values=(("matter", CLOSE_ROUND),))
