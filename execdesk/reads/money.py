"""Money booked for a case, with what still stands of each."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.casefile.recovered import booked, standing, untied_twins
from execdesk.casework.money.actions import claim_words
from execdesk.reads.caserows import MoneyRow
from execdesk.records.money import Claiming, MoneyReceipt


def money_of(session: Session, case: str) -> tuple[MoneyRow, ...]:
    """What was booked for a case in the order of its days, also what was answered since or counts elsewhere; counter-bookings are in the sums."""
    found = sorted(booked(Claiming.case, [case]), key=lambda one: (one.interest_stop_on, one.id))
    if not found:
        return ()
    stands = {row.id: net for row, net in standing([case])}
    receipts = {row.id: row for row in MoneyReceipt.select().where(MoneyReceipt.id.in_([one.receipt for one in found]))}
    twins = {row.id for group in untied_twins() for row in group}
    words = claim_words(session)
    return tuple(_row(one, words.get(one.kind, one.kind), receipts[one.receipt], stands.get(one.id, 0), one.receipt in twins) for one in found if one.receipt in receipts)


def _row(claimed: Claiming, words: str, receipt: MoneyReceipt, stands: int, twin: bool) -> MoneyRow:
    return MoneyRow(
        receipt.id, receipt.bank_ref, receipt.received_on, claimed.interest_stop_on, claimed.kind, words, receipt.payer_name or "",
        claimed.amount_fen, stands, claimed.measure, twin,
    )
