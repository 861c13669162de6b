"""What the calculators take from the case in front: texts as one would type them, by calculator and field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from execdesk.reads.cases import CasePage, MeasureRow
from ui.fields import money

Known = dict[str, dict[str, str]]
TNR = "终结本次执行程序"


def known_of(page: CasePage, today: date) -> Known:
    """Only what is recorded; a calculator that finds nothing in the case is left as it is."""
    case = page.case
    found: Known = {"case_number": {"text": case.number}}
    if case.claim_fen:
        claim = money(case.claim_fen)
        found["fee"] = {"amount": claim, "on": case.filed_on.isoformat()}
        found["amount_words"] = {"text": claim}
        found["distribution"] = {"claims": f"{case.applicant}:{claim}"}
        found["interest"] = _interest(page, today)
    debtor = next((party for party in page.parties if party.side in ("debtor", "被执行人") and party.id_no), None)
    if debtor is not None:
        found["identity"] = {"text": debtor.id_no}
    if case.closing_mode == TNR and case.closed_on:
        found["requery"] = {"closed_on": case.closed_on.isoformat()}
    measure = _nearest(page.measures)
    if measure is not None:
        found |= _measure(measure, today)
    return found


def _interest(page: CasePage, today: date) -> dict[str, str]:
    debt = page.principal_fen or page.case.claim_fen or 0
    known = {"debt": money(debt), "until": today.isoformat()}
    if page.principal_fen and page.interest_fen:
        known["general_due"] = money(page.interest_fen)
    return known


def _nearest(measures: tuple[MeasureRow, ...]) -> MeasureRow | None:
    """The measure in effect that ends first."""
    live = [one for one in measures if one.effective_on and one.ends_on and not one.released_on]
    return min(live, key=lambda one: one.ends_on or date.max, default=None)


def _measure(measure: MeasureRow, today: date) -> Mapping[str, dict[str, str]]:
    assert measure.effective_on is not None and measure.ends_on is not None
    months = {"months": str(measure.months)} if measure.months else {}
    return {
        "control_end": {"kind": measure.kind, "start": measure.effective_on.isoformat(), **months},
        "renewal": {"kind": measure.kind, "old_end": measure.ends_on.isoformat(), "served_on": today.isoformat()},
    }
