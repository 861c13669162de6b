"""That no request stands before a level, is approved or has become paper without the facts that its matter rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.premises import PremiseAsked, lacking, premises_of, refusal_of
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Request, RequestState
from execdesk.records.cases import Case, Party
from execdesk.records.papers import Document
from execdesk.store import rows
from execdesk.store.clock import COURT_TIME
from execdesk.store.invariants import Broken, invariant

_STANDING = (RequestState.SUBMITTED, RequestState.APPROVED, RequestState.USED)


def unmet(session: Session, request: Request, on: date) -> Refusal | None:
    """Why a request may not go forward on a day: what its matter rests on and does not stand; ``None`` where nothing lacks."""
    if request.matter not in premises_of(session.resources):
        return None
    party = Party.get_or_none(Party.id == request.party) if request.party else None
    return refusal_of(request.title, lacking(PremiseAsked(session, Case.get_by_id(request.case), party, on), request.matter))


def require_premises(session: Session, request: Request, on: date) -> None:
    """Return if all that the request's matter rests on stands on the day.

    Raises:
        Refusal: ``request.premise``, naming what lacks with the steps that bring it about.
    """
    if (refusal := unmet(session, request, on)) is not None:
        raise refusal


@invariant("request.premise", Request, Document)
def premises_stand(session: Session, written: frozenset[str] | None) -> Iterator[Broken]:
    """What is put forward, approved or signed rests on facts that stood on its day."""
    for request in _concerned(sorted(premises_of(session.resources)), written):
        papers = list(Document.select().where(Document.request == request.id, Document.struck.is_null()))
        on = max([request.submitted_at.astimezone(COURT_TIME).date(), *(row.signed_on for row in papers if row.signed_on is not None)])
        if (refusal := unmet(session, request, on)) is not None:
            yield Broken((request.id, *sorted(row.id for row in papers)), refusal.text, request.case, refusal.ways, refusal.clauses)


def _concerned(matters: list[str], written: frozenset[str] | None) -> Iterator[Request]:
    """The requests in these matters that stand, as far as rows written are theirs or of their papers."""
    query: Any = Request.select().where(Request.matter.in_(matters), Request.state.in_(_STANDING), Request.submitted_at.is_null(False), Request.struck.is_null())
    if written is None:
        yield from query.order_by(Request.id)
        return
    for some in rows.batches(sorted(written)):
        of_papers: Any = Document.select(Document.request).where(Document.id.in_(some), Document.request.is_null(False))
        yield from query.where(Request.id.in_(some) | Request.id.in_(of_papers)).order_by(Request.id)
