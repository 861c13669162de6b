"""The rows by which money is booked: a receipt with what of it is claimed, and the counter-booking that answers both."""

from __future__ import annotations

from datetime import date

from execdesk.access.session import Session
from execdesk.casefile.recovered import claimed_of, left_of, same_receipt
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Case
from execdesk.records.money import BANK, Claiming, MoneyReceipt
from execdesk.store.act import Act


def require_new(bank_ref: str) -> None:
    """A receipt is booked once.

    Raises:
        Refusal: ``receipt.known`` naming the case it counts for.
    """
    for known in same_receipt(BANK, bank_ref):
        claimed = Claiming.get_or_none(Claiming.receipt == known.id, Claiming.reverses.is_null())
        of = Case.get_or_none(Case.id == claimed.case) if claimed else None
        raise Refusal(
            f"流水号（回执号）{bank_ref} 已于 {known.booked_on} 登记过{f'，在 {of.number}' if of else ''}，{amount_in_list(known.amount_fen)} 元。"
            "确系另一家银行的同号回执的，请在号码前加写银行简称。", code="receipt.known",
        )


def book(
    session: Session, act: Act, case: str, *, bank_ref: str, amount: int, received_on: date, medium: str, kind: str, stop_on: date | None = None,
    payer_name: str | None = None, by_debtor: str | None = None, measure: str | None = None, purpose: str | None = None,
) -> Claiming:
    """A receipt with its whole sum claimed to one case, inside an open act. Interest stops on ``stop_on``, else on the day received."""
    receipt = act.add(MoneyReceipt(
        bank_ref=bank_ref, account=BANK, received_on=received_on, booked_on=session.day, amount_fen=amount, payer_name=payer_name, purpose=purpose,
        medium=medium,
    ))
    return act.add(Claiming(
        receipt=receipt.id, case=case, amount_fen=amount, kind=kind, by_debtor=by_debtor, measure=measure, interest_stop_on=stop_on or received_on,
        claimed_on=session.day,
    ))


def answer(session: Session, act: Act, receipt: MoneyReceipt, amount: int, purpose: str) -> MoneyReceipt:
    """A counter-booking of ``amount`` fen against a receipt and what of it is claimed, inside an open act."""
    copied = {name: getattr(receipt, name) for name in ("bank_ref", "account", "received_on", "payer_name", "payer_account", "medium")}
    counter = act.add(MoneyReceipt(**copied, booked_on=session.day, amount_fen=-amount, purpose=purpose, reverses=receipt.id))
    unclaimed = left_of(receipt) + amount  # the counter-booking is written already
    claimed = claimed_of(receipt)
    rest = max(amount - (unclaimed - sum(net for _, net in claimed)), 0)
    for row, net in claimed:
        part = min(rest, net)
        rest -= part
        if part:
            act.add(Claiming(
                receipt=counter.id, case=row.case, amount_fen=-part, kind=row.kind, by_debtor=row.by_debtor, measure=row.measure,
                interest_stop_on=row.interest_stop_on, claimed_on=session.day, reverses=row.id,
            ))
    return counter

