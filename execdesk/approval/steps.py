"""What waits in a case for its requests: to be put forward, to be put forward again, to be issued."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.waiting import Waits, waiting
from execdesk.records.approvals import Request

WORDS = {"draft": "待提交", "returned": "被退回", "lapsed": "批准失效", "approved": "待签发"}


def _requests(dossier: Dossier) -> Iterator[Waits]:
    return (Waits(row, WORDS[row.state], row.applicant) for row in dossier.of(Request) if row.state in WORDS)


REQUESTS = waiting("request", place=10, find=_requests, tables=(Request,))
