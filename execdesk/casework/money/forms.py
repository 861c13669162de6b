"""What money lends to forms: the bookings of the case."""

from __future__ import annotations

from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.casefile.view import view_in
from execdesk.casework.money.actions import claim_words
from execdesk.law.words import amount_in_list
from execdesk.records.money import Claiming, MoneyReceipt


def _case_of(receipt: str) -> str:
    found = Claiming.get_or_none((Claiming.receipt == receipt) & Claiming.struck.is_null())
    return str(found.case) if found else ""


@options("booked", case=_case_of)
def booked(context: FormContext) -> Pairs:
    """The receipts claimed to the case, with day, kind and number."""
    view = view_in(context)
    found, words = [], claim_words(context.session)
    for row in view.rows(Claiming):
        receipt = MoneyReceipt.get_or_none(MoneyReceipt.id == row.receipt)
        if row.reverses is None and receipt is not None:
            found.append((receipt.id, f"{receipt.received_on} {words.get(row.kind, row.kind)} {receipt.bank_ref} {amount_in_list(receipt.amount_fen)} 元"))
    return found


@start("booked")
def booked_start(context: FormContext) -> str | None:
    """The receipt the form is about, else the first."""
    known = [key for key, _words in booked(context)]
    return context.target if context.target in known else next(iter(known), None)
