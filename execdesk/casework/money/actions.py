"""What a person does with money that came in: book it for a case, answer a wrong booking, say that two bookings are one."""

from __future__ import annotations

from datetime import date

from execdesk.access.duty import require_may
from execdesk.access.register import CASE, Fen, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.casefile.recovered import came_in, claimed_of, left_of, untied_twins
from execdesk.casework.control.answers import answered, require_new_answer
from execdesk.casework.control.effects import note_returned
from execdesk.casework.control.sending import require_ruled_sum, sending_rulings
from execdesk.casework.control.views import kind_of, measure_of, measure_title, require_held, require_within
from execdesk.casework.money.booking import answer, book, require_new
from execdesk.casework.money.facts import fee_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Case, CaseState
from execdesk.records.charge import ANSWERING
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.money import Claiming, MoneyReceipt, ReceiptTie
from execdesk.records.papers import Document
from execdesk.store.act import Changes

KINDS = {"voluntary": "自动履行", "third_party": "第三人代付", "guarantor": "担保人代付", "other": "其他"}  # what a person books by hand
_OTHERS = "款项不是由其履行的。第三人、担保人代付的，请选相应的款项性质，写明付款人，「由哪一被执行人履行」留空。"


def claim_words(session: Session) -> dict[str, str]:
    """What money is booked as, with its words: by hand, or sent from a kind of property."""
    return {**property_kinds(session.resources).claimed, **KINDS}


@action(
    "receipt.book", "登记到账",
    CASE, Field("amount", "到账金额", "amount"), Field("received_on", "到账日期", "day", start="today", most="today", beside=True),
    Field("bank_ref", "流水号或回执号", "reference", most=64, hint="同一笔款凭它只登记一次"),
    Field("kind", "款项性质", "choice", required=False, options=tuple(KINDS.items()), beside=True),
    Field("payer", "付款人", "name", required=False),
    Field("debtor", "由哪一被执行人履行", "choice", required=False, options="debtors_or_none", beside=True),
    Field("paid_on", "付款日期", "day", required=False, most="today", hint="利息计到付款之日；不填即到账日期"),
    Field("purpose", "用途", required=False),
    Field("checked", "金额已与银行流水核对", "flag", required=False, hint="到账合计超过申请标的与执行费的，核对后勾选"), note="划拨的款在查控措施上登记。登记后只能冲正，不能改。", menu=40,
)
def book_receipt(
    session: Session, *, case: str, amount: Fen, received_on: date, bank_ref: str, kind: str = "voluntary", payer: str | None = None,
    debtor: str | None = None, paid_on: date | None = None, purpose: str | None = None,
    checked: bool = False,
) -> Changes:
    """Book money that came in on the court's account for a case. Interest stops on the day it was paid, else received.

    Raises Refusal ``receipt.amount``, ``receipt.ref``, ``receipt.day``, ``receipt.known``, ``measure.owner``,
    ``receipt.above`` for more in all than claim and fee where nobody has ``checked`` that.
    """
    found = case_of(case)
    require_in_charge(session, found, ANSWERING, "登记到账")
    if found.state == CaseState.REVIEW_OFFICE:
        open_for_bureau(found)
    if amount <= 0:
        raise Refusal("到账金额须大于零；登记错的，用冲正，不登记负数。", code="receipt.amount", field="amount")
    if not bank_ref.strip():
        raise Refusal("请填写银行流水号或回执号，同一笔款凭它只登记一次。", code="receipt.ref", field="bank_ref")
    require_day(found, received_on, paid_on)
    require_new(bank_ref.strip())
    owner = debtor_of(found, debtor, _OTHERS).id if debtor else None
    above = _above(session, found, amount)
    if above and not checked:
        raise Refusal(f"{above}。请与银行流水核对；确实无误的，勾选「金额已与银行流水核对」再登记。", code="receipt.above", field="checked")
    with session.act("receipt.book", case=found.id, reason=f"{above}，已与银行流水核对" if above else "") as act:
        book(
            session, act, found.id, bank_ref=bank_ref.strip(), amount=amount, received_on=received_on, medium="bank", kind=kind, stop_on=paid_on,
            payer_name=(payer or "").strip() or None, by_debtor=owner, purpose=(purpose or "").strip() or None,
        )
    return act.changes


def _above(session: Session, case: Case, amount: int) -> str:
    """That with ``amount`` fen more has come in than claim and fee are; empty where it is not so, or the claim unknown."""
    if case.claim_fen is None:
        return ""
    owed = case.claim_fen + (fee_of(session, case) or 0)
    total = (case.opening_recovered_fen or 0) + came_in([case.id]).get(case.id, 0) + amount
    return f"连同本笔，到账合计 {amount_in_list(total)} 元，超过申请标的与执行费 {amount_in_list(owed)} 元" if total > owed else ""


@action(
    "receipt.reverse", "冲正到账",
    Field("receipt", "到账", "choice", options="booked", start="booked"), Field("reason", "理由", "long"),
    Field("amount", "冲正金额", "amount", required=False, hint="不填即全部"), button="冲正", note="原登记保留，另记一笔相反的。",
)
def reverse_receipt(session: Session, *, receipt: str, reason: str, amount: Fen | None = None) -> Changes:
    """Answer a wrong booking by a counter-booking that names it, wholly or in part; the booking itself stays. A measure
    of which all was sent is under control again.

    Raises Refusal ``receipt.missing``, ``receipt.reason``, ``receipt.reverse`` for more than still stands.
    """
    row = receipt_of(receipt)
    require_may(session, "record_receipt", "冲正到账")
    if not reason.strip():
        raise Refusal("冲正须写明理由，如重复登记、号码写错。", code="receipt.reason", field="reason")
    left = left_of(row)
    wanted = left if amount is None else amount
    if not 0 < wanted <= left:
        raise Refusal(f"本笔尚存 {amount_in_list(left)} 元，冲正金额应大于零、不超过此数。", code="receipt.reverse", field="amount")
    claimed = Claiming.get_or_none(Claiming.receipt == row.id)
    with session.act("receipt.reverse", case=claimed.case if claimed else None, reason=reason.strip()) as act:
        answer(session, act, row, wanted, reason.strip())
        for measure in dict.fromkeys(claiming.measure for claiming, _ in claimed_of(row) if claiming.measure):
            note_returned(act, measure)
    return act.changes


@action(
    "receipt.tie", "认定为同一笔到账",
    Field("receipt", "到账", "choice", options="booked", start="booked"),
    Field("ground", "认定依据", "long", hint="如已核对银行流水，确为同一笔"),
    button="认定", note="同号的几笔都保留，只计一笔。确非同一笔的，冲正其一，号码前加写银行简称后重新登记。",
)
def tie_receipts(session: Session, *, receipt: str, ground: str) -> Changes:
    """Say that receipts of one number, entered apart, are one: both stay, one counts, nobody need look again.

    Raises Refusal ``receipt.missing``, ``receipt.ground``, ``receipt.twin`` where there is nothing to say.
    """
    row = receipt_of(receipt)
    require_may(session, "record_receipt", "认定为同一笔到账")
    if not ground.strip():
        raise Refusal("请写明依据，如已核对银行流水，确为同一笔。", code="receipt.ground", field="ground")
    group = next((some for some in untied_twins() if row.id in {one.id for one in some}), None)
    if group is None:
        raise Refusal("没有与本笔同号而待认定的到账，可能已由他人认定。请刷新。", code="receipt.twin")
    claimed = Claiming.get_or_none(Claiming.receipt == group[0].id)
    with session.act("receipt.tie", case=claimed.case if claimed else None, reason=ground.strip()) as act:
        act.add_many([ReceiptTie(receipt=group[0].id, other=other.id, ground=ground.strip()) for other in group[1:]])
    return act.changes


def receipt_of(row: str) -> MoneyReceipt:
    """A booked receipt by row id; not a counter-booking.

    Raises:
        Refusal: ``receipt.missing``.
    """
    found = MoneyReceipt.get_or_none((MoneyReceipt.id == row) & MoneyReceipt.reverses.is_null() & MoneyReceipt.struck.is_null())
    if found is None:
        raise Refusal("找不到该笔到账，请刷新后再试。", code="receipt.missing")
    receipt: MoneyReceipt = found
    return receipt


def require_day(case: Case, received_on: date, paid_on: date | None) -> None:
    """Refusal ``receipt.day`` for money that came in before it was paid or the case was filed, or was paid before
    that and before the document under execution had effect."""
    if paid_on is not None and paid_on > received_on:
        raise Refusal(f"付款日期 {paid_on} 晚于到账日期 {received_on}，请核对。", code="receipt.day", field="paid_on")
    if received_on < case.filed_on:
        raise Refusal(
            f"到账日期 {received_on} 早于立案日期 {case.filed_on}，请核对；立案前已到位的，请登记在「此前到位」。", code="receipt.day", field="received_on",
            ways=(WayOn("登记此前到位", "case.opening_recovered"),),
        )
    earliest = min(case.filed_on, case.basis_effective_on or case.filed_on)
    if paid_on is not None and paid_on < earliest:
        raise Refusal(f"付款（扣划）日期 {paid_on} 早于 {earliest}，那时执行依据尚未生效或者尚未立案，请核对。", code="receipt.day", field="paid_on")


@action(
    "receipt.deducted", "登记划款到账", Field("measure", "措施", "choice", options="measures", start="measure", leads=True),
    Field("amount", "到账金额", "amount", start="held_amount", hint="不得超过已控制的金额"), Field("on", "到账日期", "day", start="today", most="today", beside=True),
    Field("receipt_no", "流水号或回执号", "reference", most=64), Field("deducted_on", "扣划日期", "day", required=False, most="today", hint="利息计到扣划之日；不填即到账日期", beside=True),
    button="登记到账",
)
def record_deducted(session: Session, *, measure: str, amount: Fen, on: date, receipt_no: str, deducted_on: date | None = None) -> Changes:
    """Record money that a bank or employer sent to the court under a ruling (划拨, 提取): less stays controlled, more has come in, in fen.

    Interest stops on ``deducted_on``, else on the day received. When nothing ordered is left the measure is 已划拨. Raises Refusal
    ``measure.kind``, ``measure.amount`` above what is controlled, ``transfer.order`` without an issued ruling,
    ``transfer.ruled`` above what such rulings order and has not come in, ``transfer.day``, ``receipt.known``.
    """
    row = measure_of(measure)
    require_in_charge(session, case_of(row.case), ANSWERING, "登记划款到账")
    pays = kind_of(session, row).pays
    if pays is None:
        raise Refusal(f"{measure_title(row)}不能划款；其他财产的变价款请登记到账。", code="measure.kind")
    require_held(session, row, "receipt.deducted", "登记划款")
    rulings = _ruled(session, row, on, pays.word)
    require_day(case_of(row.case), on, deducted_on)
    if amount <= 0 or not receipt_no.strip():
        raise Refusal("到账金额须大于零，并请填写回执号。", code="transfer.amount", field="amount")
    require_within(row, amount, pays.word)
    require_new(receipt_no.strip())
    require_new_answer(row, receipt_no.strip())
    if row.origin != "ledger":
        require_ruled_sum(row, rulings, amount, pays.word)
    with session.act("receipt.deducted", case=row.case) as act:
        book(
            session, act, row.case, bank_ref=receipt_no.strip(), amount=amount, received_on=on, medium="deduction", kind=pays.claimed_as, stop_on=deducted_on,
            payer_name=row.assisting_unit, by_debtor=row.party, measure=row.id,
        )
        answered(session, act, AssistReply(measure=row.id, received_on=on, result="transferred", controlled_fen=amount, receipt_no=receipt_no.strip()))
    return act.changes


def _ruled(session: Session, measure: Measure, on: date, word: str) -> list[Document]:
    """The issued rulings that order the money to be sent, before which none comes; of a measure from a ledger they may stand on paper."""
    rulings = [row for row in sending_rulings(session, measure, word) if row.signed_on is not None]
    if measure.origin == "ledger":
        return rulings
    if not rulings:
        raise Refusal(f"本措施还没有签发的{word}裁定，不能登记划款。请先提出{word}并签发。", code="transfer.order")
    if on < rulings[0].signed_on:
        raise Refusal(f"到账日期 {on} 早于{word}裁定的签发日 {rulings[0].signed_on}，请核对。", code="transfer.day", field="on")
    return rulings
