"""What control proves of what texts claim: that a measure stands on the signing day, and that a notice goes to the unit that assists it."""

from __future__ import annotations

from execdesk.casework.control.facts import measure_called
from execdesk.casework.control.views import view_of
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted
from execdesk.law.refusal import WayOn
from execdesk.records.measures import Measure, MeasureState

_NOT_YET = (MeasureState.PROPOSED, MeasureState.ORDERED)


def _measure(wanted: FactsWanted) -> Measure | None:
    return measure_called(wanted.document.measure) if wanted.document.measure else None


def _new(wanted: FactsWanted) -> WayOn:
    return WayOn("采取控制措施", f"measure.propose:{wanted.case.id}")


@claim("measure_stands")
def measure_stands(wanted: FactsWanted) -> Proof | Lacking:
    """That the measure a paper speaks of was ordered and still holds the thing on the signing day."""
    measure = _measure(wanted)
    if measure is not None and measure.renewed_from and measure.state in _NOT_YET:
        measure = measure_called(measure.renewed_from)  # what a renewal speaks of is what it renews
    if measure is None:
        return Lacking("本件没有随哪一项控制措施拟写；请从措施上提出", (_new(wanted),))
    view = view_of(wanted.session, measure, wanted.on)
    if view.gone:
        return Lacking(f"{view.title}在签署日已不在控制中（{view.words}）", (_new(wanted),))
    if measure.state == MeasureState.PROPOSED:
        return Lacking(f"{view.title}还没有裁定", (_new(wanted),))
    return Proof(f"{view.title}{view.words}")


@claim("addressee_assists")
def addressee_assists(wanted: FactsWanted) -> Proof | Lacking:
    """That a notice goes to the unit which the measure names as assisting."""
    measure, name = _measure(wanted), wanted.document.addressee or ""
    if measure is not None and name and name == measure.assisting_unit:
        return Proof(f"{name}为该措施的协助单位")
    unit = (measure.assisting_unit if measure else "") or "没有"
    return Lacking(f"受文者「{name or '未填'}」不是该措施登记的协助单位（{unit}）；请撤回后重新提出，写明协助单位", (_new(wanted),))
