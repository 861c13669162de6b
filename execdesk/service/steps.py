"""What waits in a case for its issued papers: service."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.terms import TermRules
from execdesk.casefile.waiting import Waits, waiting
from execdesk.issue.steps import name_of
from execdesk.records.papers import Document, DocumentState, Service


def _unserved(dossier: Dossier, rules: TermRules) -> Iterator[Waits]:
    """Papers issued and not served on anybody; those that stay in the file are not served."""
    papers = dossier.of(Document)
    if not papers:  # by far the most
        return
    served, stay = {row.document for row in dossier.of(Service)}, rules.once("papers that stay", lambda: _stay(rules))
    waits = (paper for paper in papers if paper.state == DocumentState.ISSUED)
    yield from (Waits(paper, "待送达") for paper in waits if paper.id not in served and paper.type_id not in stay)


def _stay(rules: TermRules) -> frozenset[str]:
    return frozenset(kind.id for kind in rules.catalogue.types if not kind.served_on)


SERVICE = waiting(
    "service.record", place=50, duty="register_service", widely="register_case", find=_unserved, step=lambda row: f"送达 {name_of(row)}",
    tables=(Document, Service),
)
