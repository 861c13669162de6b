"""What waits in a case for its issued papers: service."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.view import CaseView
from execdesk.casefile.waiting import Waits, waiting
from execdesk.issue.steps import name_of
from execdesk.records.papers import Document, DocumentState, Service


def _unserved(dossier: Dossier) -> Iterator[Waits]:
    served = {row.document for row in dossier.of(Service)}
    return (Waits(paper, "待送达") for paper in dossier.of(Document) if paper.state == DocumentState.ISSUED and paper.id not in served)


SERVICE = waiting("service.record", place=30, duty="register_service", widely="register_case", find=_unserved, tables=(Document, Service))


@steps(50)
def unserved(view: CaseView) -> Iterator[Step]:
    """Papers to serve."""
    mine = SERVICE.duty in view.may
    for one in SERVICE.find(view.dossier):
        yield Step(SERVICE.name, f"送达 {name_of(one.row)}", one.row.id, one.words, "", "您可登记" if mine else "办案人员登记", mine)
