"""What papers do to a measure: the ruling orders it, service on the unit puts it into effect, its answers tell what is held."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.casework.control.facts import controlled_now, line_of, nothing_left
from execdesk.casework.control.ranking import require_seizable, require_still_first
from execdesk.casework.control.views import GONE, kind_of, measure_title, view_of
from execdesk.issue.effects import Event, effect
from execdesk.law.days import add_days, add_months
from execdesk.law.words import amount_in_list
from execdesk.records.measures import MEASURE_MOVES, AssistReply, Measure, MeasureRelease, MeasureState
from execdesk.store.act import Act


@effect("control.ordered")
def ordered(event: Event) -> None:
    """The signed ruling orders the measure: its day of order and the end it prints; of a waiting measure it prints none.

    Refused where the property was found exempt meanwhile, or another's measure has come first.
    """
    measure, signed = event.measure, event.document.signed_on
    if measure is None or signed is None:
        return
    require_seizable([measure.property])
    require_still_first(event.session, kind_of(event.session, measure), measure)
    inputs = event.document.inputs or {}
    end = date.fromisoformat(inputs["fixed_end"]) if "fixed_end" in inputs else None
    if end is None and measure.months is not None and measure.rank == 1:
        end = add_days(add_months(signed, measure.months), -1)
    event.act.change(measure, state=MeasureState.ORDERED, ordered_on=signed, end_printed=end)


@effect("control.ordered_no_more")
def ordered_no_more(event: Event) -> None:
    """The ruling that ordered a measure was declared void before it went out."""
    measure = event.measure
    if measure is not None and measure.state == MeasureState.ORDERED and measure.served_on is None:
        event.act.change(measure, state=MeasureState.PROPOSED, ordered_on=None, end_printed=None)


@effect("control.in_effect")
def in_effect(event: Event) -> str | None:
    """Service on the unit puts a measure into effect (查扣冻规定第1条), one that waits excepted; the first service counts."""
    measure = event.measure
    if measure is None or measure.served_on is not None and event.day >= measure.served_on:
        return None
    if measure.renewed_from:
        return _renewed(event, measure)
    effective = None if measure.rank > 1 else event.day
    event.act.change(measure, state=MeasureState.LIVE if effective else MeasureState.ORDERED, served_on=event.day, effective_on=effective)
    return None


def _renewed(event: Event, measure: Measure) -> str | None:
    """Service of a renewal on or before the old end (convention.renewal_start): the old measure goes over into the new one.

    Later it renews nothing, and the sentence says so.
    """
    served_on, act = event.day, event.act
    if measure.state == MeasureState.LIVE:  # served before already; an earlier day only makes it begin to count earlier
        act.change(measure, served_on=served_on, effective_on=served_on)
        return None
    old = act.get(Measure, measure.renewed_from)
    ends_on = view_of(event.session, old, served_on).state.ends_on
    if old.state in GONE or (ends_on is not None and served_on > ends_on):
        act.change(measure, state=MeasureState.LATE, served_on=served_on, effective_on=None)
        why = f"原措施已于 {ends_on} 届满" if old.state not in GONE else "原措施已不在控制中"
        return f"{why}，{served_on} 送达的续行不生效，请重新采取措施并核对顺位"
    act.change(measure, state=MeasureState.LIVE, served_on=served_on, effective_on=served_on)
    act.change(old, state=MeasureState.RENEWED)
    return None


@effect("control.released")
def released(event: Event) -> str | None:
    """Service of the release on the unit ends a measure; an earlier service found later moves the day back.

    One that came to another end meanwhile stays what it is, and the sentence says so.
    """
    measure = event.measure
    if measure is None:
        return None
    if not MEASURE_MOVES.allows(measure.state, MeasureState.RELEASED, event.act.name):
        return f"{measure_title(measure)}{measure.state_words}，不因解除的送达而变"
    inputs, held = event.document.inputs or {}, controlled_now(measure)
    if inputs.get("scope") == "partial" and held is not None:
        return _released_in_part(event, measure, int(inputs["amount_fen"]), held)
    event.act.change(measure, state=MeasureState.RELEASED, released_on=min(event.day, measure.released_on or event.day))
    return None


def _released_in_part(event: Event, measure: Measure, freed: int, held: int) -> str | None:
    """What is freed, in fen, is a row, once however often the paper is served, on the earliest of its days; the rest stays."""
    known = list(MeasureRelease.select().where(MeasureRelease.document == event.document.id, MeasureRelease.struck.is_null()))
    if any(row.served_on <= event.day for row in known):
        return None
    if freed > held and not known:
        return f"{measure_title(measure)}现控制 {amount_in_list(held)} 元，少于解除的 {amount_in_list(freed)} 元，请核对后另行办理"
    event.act.add(MeasureRelease(measure=measure.id, document=event.document.id, amount_fen=freed, served_on=event.day))
    return None if known else f"解除 {amount_in_list(freed)} 元，其余 {amount_in_list(held - freed)} 元继续控制"


@effect("control.told")
def told(event: Event) -> None:
    """The unit told what it holds, in fen, and to which day."""
    if event.measure is not None and event.answer is not None:
        note_held(event.act, event.measure, event.answer)


@effect("control.told_waiting")
def told_waiting(event: Event) -> None:
    """The unit told that another's measure comes first: no term runs yet."""
    if event.measure is not None and event.answer is not None:
        note_waiting(event.act, event.measure, event.answer)


@effect("control.void")
def caught_nothing(event: Event) -> None:
    """The unit found nothing to hold, or refused."""
    if event.measure is not None and event.answer is not None:
        note_void(event.act, event.measure, event.answer)


@effect("control.transferred")
def transferred(event: Event) -> None:
    """The unit sent money to the court."""
    if event.measure is not None and event.answer is not None:
        note_transferred(event.act, event.measure, event.answer)


def note_held(act: Act, measure: Measure, answer: AssistReply) -> None:
    """Keep what an answer tells of a measure: the amount held and its own end; of several ends told the earliest rules.

    One that an earlier answer had ended, as holding nothing or refused, is in effect again.
    """
    if measure.state == MeasureState.VOID:
        act.change(measure, state=MeasureState.LIVE if measure.effective_on else MeasureState.ORDERED)
    ends = [day for day in (measure.end_told, answer.ends_on) if day is not None]
    act.change(measure, end_told=min(ends, default=None), **_told(measure, answer))


def _told(measure: Measure, answer: AssistReply) -> dict[str, Any]:
    """What is kept of an answer's sum: nothing, where a later answer is known already."""
    if measure.told_by is not None and (measure.told_on, measure.told_by) > (answer.received_on, answer.id):
        return {}
    return {"told_fen": answer.controlled_fen, "told_on": answer.received_on, "told_by": answer.id}


def note_waiting(act: Act, measure: Measure, answer: AssistReply) -> None:
    """Another's measure comes first: rank as told, neither day of effect nor end."""
    act.change(measure, state=MeasureState.ORDERED, rank=answer.rank, effective_on=None, end_printed=None, **_told(measure, answer))


def note_void(act: Act, measure: Measure, answer: AssistReply) -> None:
    """The measure caught nothing and is over."""
    act.change(measure, state=MeasureState.VOID, **_told(measure, answer))


def note_transferred(act: Act, measure: Measure, answer: AssistReply) -> None:
    """A measure with nothing left of what it ordered or caught is over. What was sent stands as money already."""
    if nothing_left(measure):
        act.change(measure, state=MeasureState.TRANSFERRED, disposed_on=answer.received_on)


def note_returned(act: Act, measure: str) -> None:
    """Money sent under a measure is counter-booked: the measure, or one that renewed it, that was all sent is what it was before."""
    case = act.get(Measure, measure).case
    for row in Measure.select().where(Measure.case == case, Measure.state == MeasureState.TRANSFERRED, Measure.struck.is_null()):
        if measure in [one.id for one in line_of(row)] and not nothing_left(row):
            act.change(act.get(Measure, row.id), state=MeasureState.LIVE if row.effective_on else MeasureState.ORDERED, disposed_on=None)


_NOTES = {"waiting": note_waiting, "no_object": note_void, "refused": note_void, "transferred": note_transferred}


def note(act: Act, measure: Measure, answer: AssistReply) -> None:
    """What an answer does to a measure by itself, whatever paper asked for it."""
    _NOTES.get(answer.result, note_held)(act, measure, answer)
