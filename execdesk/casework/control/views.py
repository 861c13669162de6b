"""Control measures as they stand on a day: their state, their ends and which of them rules, what is held of money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from execdesk.access.possible import require_possible
from execdesk.access.session import Session
from execdesk.casefile.dossier import DossierRow
from execdesk.casefile.kinds import PropertyKind, property_kinds
from execdesk.casefile.settings import bureau_settings
from execdesk.casefile.terms import End, earliest
from execdesk.casework.control.ends import Ends
from execdesk.casework.control.facts import controlled_now
from execdesk.law.control import MEASURES, ControlFacts, ControlState, OnDay, state_on
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.measures import MEASURE_MOVES, Measure, MeasureState
from execdesk.records.property import Property

ENDED = (  # states that another act brought about; no day changes them
    MeasureState.RENEWED, MeasureState.TRANSFERRED, MeasureState.LATE, MeasureState.VOID,
)
GONE = (OnDay.RELEASED, OnDay.DISPOSED, OnDay.LAPSED, *ENDED)
_PAPER_WORDS = {MeasureState.PROPOSED: "待批准签发", MeasureState.ORDERED: "已裁定，待送达"}
_DAY_RULES = (OnDay.LAPSED, OnDay.RELEASED, OnDay.DISPOSED, OnDay.WAITING)  # whatever the paper


@dataclass(frozen=True)
class MeasureView:
    """A measure on a day: its state and days left, its ends by source, and which of them rules."""

    measure: Measure
    state: ControlState
    ends: tuple[tuple[str, date], ...]
    ruling_end: str

    @property
    def title(self) -> str:
        """冻结 某某银行 尾号 6621."""
        return measure_title(self.measure)

    @property
    def words(self) -> str:
        """Its state in words: how far its paper is, then what the day makes of it."""
        if self.measure.state == MeasureState.LIVE or self.state.state in _DAY_RULES:
            return self.state.words
        return _PAPER_WORDS.get(self.measure.state, self.state.words)

    @property
    def gone(self) -> bool:
        """Whether it holds the thing no more and never will."""
        return self.state.state in GONE


def measure_title(measure: Measure | DossierRow) -> str:
    """A short name: what is under control."""
    return f"{MEASURES[measure.kind]} {measure.words}"


def measure_of(row: str) -> Measure:
    """A measure by row id.

    Raises:
        Refusal: ``measure.missing``.
    """
    found = Measure.get_or_none((Measure.id == row) & Measure.struck.is_null())
    if found is None:
        raise Refusal("找不到该措施，请刷新后再试。", code="measure.missing")
    measure: Measure = found
    return measure


def kind_of(session: Session, measure: Measure) -> PropertyKind:
    """The kind of property a measure lies on."""
    return property_kinds(session.resources).of(Property.get_by_id(measure.property).kind)


def view_of(session: Session, measure: Measure, day: date) -> MeasureView:
    """A measure on a day. The earliest recorded end rules; where service is known the computed end counts too."""
    return next(views_of(session, (measure,), day))


def views_of(session: Session, measures: Iterable[Measure], day: date) -> Iterator[MeasureView]:
    """Many measures on a day, as :func:`view_of` sees each."""
    ends, within = Ends(session.law), bureau_settings(session.resources).control_days
    for measure in measures:
        found = ends.of(measure)
        facts = ControlFacts(
            effective_on=measure.effective_on, waiting_since=measure.served_on if measure.rank > 1 else None,
            ends=tuple(e for _, e in found), released_on=measure.released_on, disposed_on=measure.disposed_on,
        )
        first = earliest(End(on, words) for words, on in found)
        by_act = ControlState(measure.state, first.on if first else None, None, MEASURE_MOVES.words.get(measure.state, ""))
        state = by_act if measure.state in ENDED else state_on(facts, day, within)
        yield MeasureView(measure, state, found, first.told_by if first else "")


def require_held(session: Session, measure: Measure, act: str, what: str) -> None:
    """What is no longer under control can be neither released nor transferred.

    Raises:
        Refusal: ``measure.not_live``, for a renewed one naming the measure that goes on.
    """
    state = view_of(session, measure, session.day).state
    if state.state == MeasureState.RENEWED:
        raise Refusal(f"{measure_title(measure)}已续行，{what}请在续行后的措施上办理。", code="measure.not_live")
    if state.state in GONE:
        raise Refusal(f"{measure_title(measure)}已不在控制中（{state.words}），不能{what}。", code="measure.not_live")
    require_possible(measure, act, measure_title(measure), "measure.not_live")


def require_within(measure: Measure, amount: int, word: str) -> None:
    """Refusal ``measure.amount`` for more than is under control."""
    limit = controlled_now(measure)
    if limit is not None and amount > limit:
        raise Refusal(f"{word} {amount_in_list(amount)} 元超过已控制的 {amount_in_list(limit)} 元，请核对。", code="measure.amount", field="amount")
