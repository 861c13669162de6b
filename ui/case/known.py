"""What the calculators take from the case in front: texts as one would type them, by calculator and field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from execdesk.reads.cases import CasePage, MeasureRow, PartyRow
from ui.fields import money

Known = dict[str, dict[str, str]]
TNR = "终结本次执行程序"
DEBTORS = {"natural": "person", "legal": "enterprise", "organisation": "other_org"}  # kinds of party as the distribution tells them apart


def known_of(page: CasePage, today: date) -> Known:
    """Only what is recorded; a calculator that finds nothing in the case is left as it is."""
    case = page.case
    found: Known = {"case_number": {"text": case.number}, "deadline": {"node": page.closing_node, "start": case.filed_on.isoformat()}}
    if case.claim_fen:
        claim = money(case.claim_fen)
        found["fee"] = {"amount": claim, "on": case.filed_on.isoformat()}
        found["amount_words"] = {"text": claim}
        found["distribution"] = _distribution(page)
        found["interest"] = _interest(page, today)
    debtor = next((party for party in _debtors(page) if party.id_no), None)
    if debtor is not None:
        found["identity"] = {"text": debtor.id_no}
    if case.closing_mode == TNR and case.closed_on:
        found["requery"] = {"closed_on": case.closed_on.isoformat()}
    measure = _nearest(page.measures)
    if measure is not None:
        found |= _measure(measure, today)
    return found


def notes_of(page: CasePage) -> dict[str, str]:
    """What a person must know of the values taken from the case, by calculator: what was chosen, what the case lacks."""
    found = {}
    missing = (page.case.recovered_fen or 0) - sum(fen for _day, fen in payments_of(page))
    if missing > 0:
        found["interest"] = f"本案已到位的款项中有 {money(missing)} 元没有记载到账日，请在「给付」中补填，否则利息偏高。"
    measure = _nearest(page.measures)
    if measure is not None:
        found["control_end"] = found["renewal"] = f"按最先到期的措施带入：{measure.title}。"
    return found


def _debtors(page: CasePage) -> list[PartyRow]:
    return [party for party in page.parties if party.side in ("debtor", "被执行人")]


def payments_of(page: CasePage) -> list[tuple[date, int]]:
    """Money that came in, by the day on which it stops the interest."""
    return sorted((one.interest_stop_on, one.stands_fen) for one in page.money if one.stands_fen)


def _distribution(page: CasePage) -> dict[str, str]:
    known = {"claims": f"{page.case.applicant}:{money(page.case.claim_fen or 0)}"}
    if page.case.recovered_fen:
        known["pot"] = money(page.case.recovered_fen)
    if page.fee_fen:
        known["fee"] = money(page.fee_fen)
    kinds = {DEBTORS.get(party.kind, "") for party in _debtors(page)}
    if len(kinds) == 1 and (kind := kinds.pop()):
        known["debtor"] = kind
    return known


def _interest(page: CasePage, today: date) -> dict[str, str]:
    debt = page.principal_fen or page.case.claim_fen or 0
    known = {"debt": money(debt), "until": today.isoformat()}
    if page.principal_fen and page.interest_fen:
        known["general_due"] = money(page.interest_fen)
    if paid := payments_of(page):
        known["paid"] = "\n".join(f"{day}:{money(fen)}" for day, fen in paid)
    return known


def _nearest(measures: tuple[MeasureRow, ...]) -> MeasureRow | None:
    """The measure in effect that ends first."""
    live = [one for one in measures if one.effective_on and one.ends_on and not one.released_on]
    return min(live, key=lambda one: one.ends_on or date.max, default=None)


def _measure(measure: MeasureRow, today: date) -> Mapping[str, dict[str, str]]:
    assert measure.effective_on is not None and measure.ends_on is not None
    months = {"months": str(measure.months)} if measure.months else {}
    if not measure.term_kind:
        return {}
    return {
        "control_end": {"kind": measure.term_kind, "start": measure.effective_on.isoformat(), **months},
        "renewal": {"kind": measure.term_kind, "old_end": measure.ends_on.isoformat(), "served_on": today.isoformat(), **months},
    }
