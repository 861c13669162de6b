"""Acts of obstruction recorded, and what answers them: restriction of consumption, detention; each with the paper it calls for."""

from __future__ import annotations

from datetime import date

from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.approval.proposing import propose
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau, party_of
from execdesk.casework.sanctions.acts import act_of, bearing
from execdesk.drafting.taking import entered_number
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.charge import WATCHING
from execdesk.records.papers import Document
from execdesk.records.sanctions import ObstructionAct
from execdesk.store.act import Changes

DETENTION = "detention"


@action(
    "obstruction.record", "登记妨害行为", CASE,
    Field("party", "行为人", "choice", required=False, options="parties_or_outsider", start="debtor"),
    Field("outsider", "案外人（单位或个人）", "name", required=False, hint="行为人不是本案当事人的填写", beside=True),
    Field("on", "行为日期", "day", start="today", most="today"), Field("place", "地点", required=False, most=128, beside=True),
    Field("statute_item", "行为种类", "choice", options="act_kinds"), Field("words", "经过", "long", hint="何时、何地、何人、做了什么；提请制裁时作为查明的事实"),
    Field("evidence", "证据", "long", required=False, hint="笔录、照片、录音录像所在"), button="登记行为", menu=75,
)
def record_act(
    session: Session, *, case: str, on: date, statute_item: str, words: str, party: str | None = None, outsider: str | None = None,
    place: str | None = None, evidence: str | None = None,
) -> Changes:
    """Record what somebody did to obstruct enforcement; sanctions name it.

    Raises Refusal ``obstruction.person`` unless exactly one of ``party`` and ``outsider`` is named.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, WATCHING, "登记妨害行为")
    if bool(party) == bool(outsider):
        raise Refusal("请写明行为人：本案当事人，或者案外人的姓名、名称，只选其一。", code="obstruction.person", field="outsider")
    row = party_of(found, party).id if party else None
    with session.act("obstruction.record", case=found.id) as act:
        act.add(ObstructionAct(
            case=found.id, party=row, outsider=outsider or None, on=on, place=place or None, words=words, statute_item=statute_item, evidence=evidence or None,
        ))
    return act.changes


@action(
    "order.consumption", "提请限制消费令", CASE, Field("party", "被执行人", "choice", options="debtors", start="debtor"),
    Field("persons", "单位的有关人员", "long", required=False, hint="被执行人为单位的，写法定代表人等四类人员"),
    Field("signer", "签发人", "choice", required=False, options="order_signers"),
    button="拟限制消费令", matter="issue_consumption_order", to_draft=True,
)
def consumption_order(session: Session, *, case: str, party: str, persons: str | None = None, signer: str | None = None) -> Changes:
    """The restriction of consumption: 院长's matter and 院长's signature, or a delegate's whose letter names it."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    inputs = {"persons": persons, "signer": signer}
    return propose(session, "order.consumption", found, "issue_consumption_order", f"对 {owner.name} 限制消费", owner, inputs=inputs)


@action(
    "sanction.detain", "提请拘留", CASE, Field("act", "妨害行为", "choice", options="obstruction_acts", start="obstruction_act", leads=True),
    Field("party", "被执行人", "choice", options="natural_debtors", start="obstructing_debtor"),
    Field("days", "日数", "count", least=1, most="law:detention.max", unit="日", hint="一日以上，十五日以下"),
    Field("sanction_number", "司惩案号", "name", hint="由立案庭给号，如（2018）琼9027司惩3号", beside=True),
    Field("ground", "事由", "choice", options="detention_grounds", start="act_ground"), Field("facts", "查明的事实", "long", start="act_words"),
    Field("reasoning", "理由", "long"), Field("urgent", "现场紧急，事后补报", "flag", required=False),
    Field("note", "报批理由", "long", required=False, hint="印在审批表的事实理由里"),
    button="拟拘留决定书", matter=DETENTION, to_draft=True,
)
def detain(
    session: Session, *, case: str, act: str, party: str, days: int, ground: str, facts: str, reasoning: str, sanction_number: str,
    urgent: bool = False, note: str | None = None,
) -> Changes:
    """A decision on detention for a recorded act: 院长's matter; the number 司惩 is given by 立案庭.

    Raises Refusal ``sanction.act`` for another person's act or one that bears a detention already, ``sanction.person`` for a unit.
    """
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    if owner.kind != "natural":
        raise Refusal(f"{owner.name}是单位，不能拘留；可对其主要负责人或直接责任人员提请。", code="sanction.person", field="party")
    row = act_of(found, act)
    if row.party != owner.id:
        raise Refusal(f"所依据的妨害行为不是{owner.name}所为，请选择其本人的行为，或先登记。", code="sanction.act", field="act")
    catalogue, day = session.catalogue, session.day
    kind = catalogue.draftable(day, matter=DETENTION)
    before = bearing(list(Document.select().where(Document.case == found.id, Document.type_id == kind.id)), row.id)
    if before is not None:
        raise Refusal(f"对 {row.on} 的这一行为已拟过《{before.title}》，同一行为不得再次拘留；有新的行为请另行登记。", code="sanction.act", field="act")
    number = entered_number(session, catalogue.series(kind.id, day), sanction_number, day)
    inputs = {"days": days, "ground": ground, "found_facts": facts, "reasoning": reasoning, "sanction_number": number, "act": row.id}
    return propose(session, "sanction.detain", found, DETENTION, f"拘留 {owner.name} {days} 日", owner, inputs=inputs,
                   circumstances=["urgent_on_scene"] if urgent else [], note=note)
