"""Which measure comes first: a thing that is under control already can only be waited for."""

from __future__ import annotations

from collections.abc import Iterable

from execdesk.access.session import Session
from execdesk.casefile.kinds import PropertyKind
from execdesk.casefile.same import same_things
from execdesk.casework.control.views import MeasureView, views_of
from execdesk.law.control import MEASURES
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Case
from execdesk.records.measures import HELD, Measure
from execdesk.records.property import Property


def require_rank(of: PropertyKind, rank: int) -> None:
    """Refusal ``measure.rank`` for a rank that a measure of the kind cannot have."""
    if rank != 1 and not (of.waiting and rank > 1):
        raise Refusal("轮候序位须是从 1 起的整数。" if of.waiting else f"{of.title}没有轮候，序位只能填 1。", code="measure.rank", field="rank")


def require_seizable(things: Iterable[str]) -> None:
    """Refusal ``property.exempt`` where one of some things, or a row that is the same, is marked as not to be seized (查扣冻规定第5条).
    A dwelling that the debtor cannot do without may be seized (第6条): it is not marked so."""
    marked = Property.select().where(Property.id.in_(sorted(same_things(things))), Property.exempt.is_null(False), Property.struck.is_null())
    if (thing := marked.order_by(Property.id).first()) is not None:
        raise Refusal(
            f"{thing.words}已认定不得查封、扣押、冻结：{thing.exempt}。不能采取或者续行控制；认定有误的，由承办法官用「更正财产」撤销标注，写明理由。",
            code="property.exempt", ways=(WayOn("更正财产", f"property.change:{thing.id}"),),
        )


def require_still_first(session: Session, of: PropertyKind, measure: Measure) -> None:
    """Refusal ``measure.rank`` when a first measure is ordered on a thing that another first measure holds by now, of whatever case: two
    that were proposed at one time are not both the first."""
    if measure.rank > 1 or not of.waiting or measure.renewed_from:
        return
    found = (one for one in _holding(session, [measure.property]) if one.measure.id != measure.id)
    if (first := next((one.measure for one in found if one.measure.rank == 1 or one.measure.effective_on), None)) is not None:
        raise Refusal(
            f"{first.words}已由{Case.get_by_id(first.case).number}{MEASURES[first.kind]}在先（{first.state_words}），本裁定不能再作首封签发。"
            "请作废本报批，按轮候重新提出（轮候序位从 2 起）；在先的已解除的，先登记解除通知的送达。", code="measure.rank", field="rank",
        )


def _holding(session: Session, things: Iterable[str]) -> list[MeasureView]:
    """The measures that hold some things today, whatever their case."""
    found = Measure.select().where(Measure.property.in_(sorted(same_things(things))), Measure.state.in_(HELD), Measure.struck.is_null()).order_by(Measure.id)
    return [one for one in views_of(session, found, session.day) if not one.gone]


def require_free(session: Session, of: PropertyKind, thing: Property, rank: int) -> None:
    """Refusal ``measure.rank`` for a first measure on a thing that a measure of any case holds today (查扣冻规定第28条: who comes later waits).

    So with an account too: what is left above the sum frozen first the unit tells in its answer to the one that waits.
    """
    if rank > 1 or not of.waiting:
        return
    if held := [one.measure for one in _holding(session, [thing.id])]:
        first, last = min(held, key=lambda one: (one.rank, one.id)), max(one.rank for one in held)
        raise Refusal(
            f"{thing.words}已由{Case.get_by_id(first.case).number}{MEASURES[first.kind]}（{first.state_words}），不能再作首封。"
            f"请按轮候提出：轮候序位填 {last + 1}；该案已解除的，先登记解除通知的送达。",
            code="measure.rank", field="rank",
        )
