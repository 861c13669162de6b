"""What control offers in a case: measures that end soon, answers that wait, freezing, transfer and release."""

from __future__ import annotations

from collections.abc import Iterator

from execdesk.casefile.dossier import Dossier
from execdesk.casefile.kinds import PropertyKind, property_kinds
from execdesk.casefile.settings import bureau_settings
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import TermRules
from execdesk.casefile.view import CaseView
from execdesk.casefile.waiting import Waits, waiting
from execdesk.casework.control.views import MeasureView, views_of
from execdesk.records.measures import AssistReply, Measure, MeasureState
from execdesk.records.property import Property


def views_in(view: CaseView) -> list[MeasureView]:
    """The measures of the case with their days as they stand today; worked out once."""
    found: list[MeasureView] = view.once("control.views", lambda: list(views_of(view.session, view.measures, view.day)))
    return found


def kinds_in(view: CaseView) -> dict[str, PropertyKind]:
    """The kind of property each measure of the case lies on."""
    kinds, things = property_kinds(view.session.resources), things_under(view)
    return {measure.id: kinds.of(things[measure.property].kind) for measure in view.measures}


def things_under(view: CaseView) -> dict[str, Property]:
    """The property that measures of the case lie on, by row; read once."""
    found: dict[str, Property] = view.once("control.things", lambda: _things([measure.property for measure in view.measures]))
    return found


def _things(ids: list[str]) -> dict[str, Property]:
    return {row.id: row for row in Property.select().where(Property.id.in_(sorted(set(ids))))} if ids else {}


@steps(20)
def ending(view: CaseView) -> Iterator[Step]:
    """Measures that end within the days the bureau counts as near, and are not being renewed."""
    within = bureau_settings(view.session.resources).control_days
    renewed = {measure.renewed_from for measure in view.measures}
    for one in views_in(view):
        left = one.state.days_left
        if one.state.in_effect and left is not None and left <= within and one.measure.id not in renewed:
            yield Step("measure.renew", f"续行{one.title}", one.measure.id, f"{left} 天后失效", "soon", matter="renew_control")


def _unanswered(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    """Notices served on a unit that has not answered."""
    measures = dossier.of(Measure)
    if not measures:  # by far the most
        return
    answered = {row.measure for row in dossier.of(AssistReply)}
    live = (row for row in measures if row.served_on is not None and row.state == MeasureState.LIVE)
    yield from (Waits(row, "待回执") for row in live if row.id not in answered)


ANSWER = waiting(
    "measure.reply", place=60, duty="record_receipt", widely="register_case", find=_unanswered,
    step=lambda row: f"登记回执 {row.assisting_unit or row.words}", tables=(Measure, AssistReply),
)


@steps(120)
def proposing(view: CaseView) -> Iterator[Step]:
    """Control of each kind of property."""
    for kind in property_kinds(view.session.resources).all:
        yield Step("measure.propose", kind.title, view.case.id, matter=kind.matter, values=(("kind", kind.id),))


@steps(130)
def held(view: CaseView) -> Iterator[Step]:
    """Having money sent, and release of what is under control."""
    kinds = kinds_in(view)
    for one in views_in(view):
        if one.state.in_effect:
            kind = kinds[one.measure.id]
            if kind.pays is not None:
                yield Step("measure.deduct", f"{kind.pays.word} {one.title}", one.measure.id, matter=kind.pays.matter)
            exempt = things_under(view)[one.measure.property].exempt
            yield Step("measure.release", f"解除{one.title}", one.measure.id, "已认定不得查封" if exempt else "", "soon" if exempt else "", matter=kind.release)
