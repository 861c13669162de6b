"""What must hold for moves of control measures, read from the rows as the act leaves them."""

from __future__ import annotations

from datetime import date

from execdesk.access.conditions import session_of
from execdesk.casework.control.ends import Ends
from execdesk.casework.control.facts import nothing_left
from execdesk.casework.control.views import GONE
from execdesk.records.measures import NOTHING_CAUGHT, AssistReply, Measure, MeasureState
from execdesk.records.moves import condition
from execdesk.records.papers import Document, Service
from execdesk.store.act import Act


@condition("first_in_rank", "首位")
def first_in_rank(row: Measure, _act: Act) -> bool:
    """Whether nobody's measure comes before."""
    return bool(row.rank == 1)


@condition("waiting", "轮候")
def waits(row: Measure, _act: Act) -> bool:
    """Whether another's measure comes before."""
    return bool(row.rank > 1)


def _end_of(measure: Measure, act: Act) -> date | None:
    return min((on for _, on in Ends(session_of(act).law).of(measure)), default=None)


@condition("in_time", "原期限届满前送达")
def in_time(row: Measure, act: Act) -> bool:
    """Whether a renewal of the measure took effect on or before its end."""
    renewal = Measure.get_or_none(Measure.renewed_from == row.id, Measure.state == MeasureState.LIVE, Measure.struck.is_null())
    end = _end_of(row, act)
    return renewal is not None and (end is None or renewal.served_on <= end)


@condition("too_late", "届满后送达")
def too_late(row: Measure, act: Act) -> bool:
    """Whether what the measure renews had come to its end before, of itself or otherwise."""
    old = Measure.get_by_id(row.renewed_from) if row.renewed_from else None
    end = _end_of(old, act) if old is not None else None
    return old is not None and (old.state in GONE or (end is not None and row.served_on > end))


@condition("served_before", "查明更早的送达")
def served_before(row: Measure, act: Act) -> bool:
    """Whether the act records a service of a paper of the measure earlier than one known of the same paper."""
    papers = Document.select(Document.id).where(Document.measure == row.id)
    services = list(Service.select().where(Service.document.in_(papers), Service.struck.is_null()))
    fresh = [one for one in services if act.writes("Service", one.id)]
    return any(other.document == one.document and other.served_on > one.served_on for one in fresh for other in services)


@condition("all_sent", "已全部划走")
def all_sent(row: Measure, _act: Act) -> bool:
    """Whether nothing is left of what the measure ordered or caught."""
    return nothing_left(row)


@condition("not_all_sent", "款项退回，未全部划走")
def not_all_sent(row: Measure, _act: Act) -> bool:
    """Whether something is left again of what the measure ordered or caught."""
    return not nothing_left(row)


@condition("nothing_caught", "查无财产或拒绝协助")
def nothing_caught(row: Measure, act: Act) -> bool:
    """Whether the unit tells in this act that it found nothing, or refuses."""
    answers = AssistReply.select().where(AssistReply.measure == row.id, AssistReply.result.in_(NOTHING_CAUGHT))
    return any(act.writes("AssistReply", answer.id) for answer in answers)
