"""Having money under control sent to the court: 划拨 of deposits, 提取 of income."""

from __future__ import annotations

from execdesk.access.register import Fen, action
from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casework.control.sending import require_unordered
from execdesk.casework.control.submitting import MEASURE, add_papers, require_positive
from execdesk.casework.control.views import kind_of, measure_of, require_held, require_within
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Party
from execdesk.records.charge import DRAFTING
from execdesk.records.property import Property
from execdesk.store.act import Changes


@action(
    "measure.deduct", "划拨、提取", MEASURE, Field("amount", "金额", "amount", start="held_amount"),
    button="提出划拨，拟裁定书", note="款项划至本院登记的执行款账户。", matter="@deduct_matter", to_draft=True,
)
def deduct(session: Session, *, measure: str, amount: Fen) -> Changes:
    """Put the sending of money under control to the court's account forward (划拨存款, 提取收入): the judge's level. The account is the court's.

    Raises Refusal ``measure.kind``, ``measure.amount`` above what is controlled, ``measure.ordered`` above what is not yet ordered to be sent.
    """
    row = measure_of(measure)
    case = open_for_bureau(case_of(row.case))
    require_in_charge(session, case, DRAFTING, "提出划拨")
    require_positive(amount)
    of = kind_of(session, row)
    if of.pays is None:
        able = "、".join(f"{one.name}（{one.pays.word}）" for one in property_kinds(session.resources).all if one.pays)
        raise Refusal(f"{of.name}不能划拨；可以直接转为案款的是：{able}，其他财产请走处置程序。", code="measure.kind")
    require_held(session, row, "measure.deduct", of.pays.word)
    require_within(row, amount, of.pays.word)
    require_unordered(session, row, amount, of.pays.word)
    owner, thing = Party.get_by_id(row.party), Property.get_by_id(row.property)
    with session.act("measure.deduct", case=case.id) as act:
        title = f"{of.pays.word} {owner.name} {of.named(thing.identifiers)} {amount_in_list(amount)} 元"
        request = open_request(session, act, case, of.pays.matter, title, target=owner)
        add_papers(session, act, row, of, request.id, of.pays.ruling, {"amount_fen": amount}, of.pays.word)
    return act.changes
