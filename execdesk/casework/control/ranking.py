"""Which measure comes first: a thing that is under control already can only be waited for."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.casefile.kinds import PropertyKind
from execdesk.casefile.same import same_things
from execdesk.casework.control.views import views_of
from execdesk.law.control import MEASURES
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.measures import HELD, Measure
from execdesk.records.property import Property


def require_rank(of: PropertyKind, rank: int) -> None:
    """Refusal ``measure.rank`` for a rank that a measure of the kind cannot have."""
    if rank != 1 and not (of.waiting and rank > 1):
        raise Refusal("轮候序位须是从 1 起的整数。" if of.waiting else f"{of.title}没有轮候，序位只能填 1。", code="measure.rank")


def require_free(session: Session, of: PropertyKind, thing: Property, rank: int) -> None:
    """Refusal ``measure.rank`` for a first measure on a thing that a measure of any case holds today (查扣冻规定第28条: who comes later waits).

    What is held by amount may be held more than once: each measure catches a sum of its own, and the unit tells whether it waits.
    """
    if rank > 1 or of.amount or not of.waiting:
        return
    found = Measure.select().where(Measure.property.in_(sorted(same_things([thing.id]))), Measure.state.in_(HELD), Measure.struck.is_null())
    if held := [one.measure for one in views_of(session, found, session.day) if not one.gone]:
        first, last = min(held, key=lambda one: (one.rank, one.id)), max(one.rank for one in held)
        raise Refusal(
            f"{thing.words}已由{Case.get_by_id(first.case).number}{MEASURES[first.kind]}（{first.state_words}），不能再作首封。"
            f"请按轮候提出：轮候序位填 {last + 1}；该案已解除的，先登记解除通知的送达。",
            code="measure.rank",
        )
