"""Putting the renewal of a measure forward."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casework.control.ranking import require_seizable
from execdesk.casework.control.submitting import MEASURE, add_papers, checked_months
from execdesk.casework.control.views import kind_of, measure_of, measure_title, view_of
from execdesk.law.calculation import MONTHS
from execdesk.law.control import MEASURES, renewal_end
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Party
from execdesk.records.charge import DRAFTING
from execdesk.records.measures import Measure, MeasureState
from execdesk.store.act import Changes


@action(
    "measure.renew", "续行控制措施", MEASURE, MONTHS,
    Field("applied_on", "申请续行日期", "day", required=False, most="today", beside=True, hint="申请书要先登记为卷内材料；没有申请的不填"),
    button="提出续行，拟裁定书", matter="renew_control", to_draft=True,
)
def renew(session: Session, *, measure: str, months: int | None = None, applied_on: date | None = None) -> Changes:
    """Put the renewal of a live measure forward; it begins the day after the old end and must be served before it."""
    old = measure_of(measure)
    case = open_for_bureau(case_of(old.case))
    require_in_charge(session, case, DRAFTING, "提出续行")
    require_seizable([old.property])
    view = view_of(session, old, session.day)
    if not view.state.in_effect:
        raise Refusal(f"{measure_title(old)}{view.state.words}，不能续行。已失效的须重新采取措施。", code="measure.not_live")
    if view.state.ends_on is None or old.term_kind is None:
        raise Refusal(f"{measure_title(old)}没有期限，不需要续行。", code="measure.no_term")
    term = checked_months(session, old.term_kind, months)
    renewed = renewal_end(session.law, old.term_kind, view.state.ends_on, session.day, term)
    owner, of = Party.get_by_id(old.party), kind_of(session, old)
    with session.act("measure.renew", case=case.id) as act:
        copied = {n: getattr(old, n) for n in ("case", "property", "party", "kind", "term_kind", "words", "assisting_unit", "amount_fen", "rank")}
        new = act.add(Measure(**copied, months=term, state=MeasureState.PROPOSED, renewed_from=old.id))
        request = open_request(session, act, case, "renew_control", f"续行{measure_title(old)}", target=owner)
        inputs: dict[str, Any] = {
            "old_end": view.state.ends_on.isoformat(), "fixed_start": (view.state.ends_on + timedelta(days=1)).isoformat(),
            "fixed_end": renewed.ends_on.isoformat(),
        }
        if applied_on:
            inputs["applied_renewal_on"] = applied_on.isoformat()
        ruling = session.catalogue.draftable(act.day, matter="renew_control", trait="orders_control").id
        add_papers(session, act, new, of, request.id, ruling, inputs, MEASURES[old.kind])
    return act.changes
