"""Restriction of consumption and detention: each puts its matter forward with the paper it calls for."""

from __future__ import annotations

from execdesk.access.actions import action
from execdesk.access.session import Session
from execdesk.approval.proposing import propose
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casework.control.measures import debtor_of
from execdesk.drafting.taking import entered_number
from execdesk.law.refusal import Refusal
from execdesk.store.act import Changes

DETENTION = "detention"


@action("order.consumption", "提请限制消费令", case="案件", party="被执行人", persons="单位的有关人员", signer="签发人")
def consumption_order(session: Session, *, case: str, party: str, persons: str | None = None, signer: str | None = None) -> Changes:
    """The restriction of consumption: 院长's matter and 院长's signature, or a delegate's whose letter names it."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    inputs = {"persons": persons, "signer": signer}
    return propose(session, "order.consumption", found, "issue_consumption_order", f"对 {owner.name} 限制消费", owner, inputs=inputs)


@action("sanction.detain", "提请拘留", case="案件", party="被执行人", days="日数", ground="事由", facts="查明的事实", reasoning="理由",
      sanction_number="司惩案号", urgent="现场紧急", note="报批理由")
def detain(
    session: Session, *, case: str, party: str, days: int, ground: str, facts: str, reasoning: str, sanction_number: str,
    urgent: bool = False, note: str | None = None,
) -> Changes:
    """A decision on detention: 院长's matter; the number 司惩 is given by 立案庭. Raises Refusal ``sanction.days``, ``sanction.person``."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    longest = session.law.value("detention.max", session.day)
    if not 1 <= days <= longest.value:
        raise Refusal(f"拘留须在一日以上、{longest.value}日以下（{longest.source}），请改正。", code="sanction.days")
    if owner.kind != "natural":
        raise Refusal(f"{owner.name}是单位，不能拘留；可对其主要负责人或直接责任人员提请。", code="sanction.person")
    catalogue, day = session.tools.catalogue, session.day
    series = catalogue.series(catalogue.draftable(day, matter=DETENTION).id, day)
    number = entered_number(session, series, sanction_number, day)
    inputs = {"days": days, "ground": ground, "found_facts": facts, "reasoning": reasoning, "sanction_number": number}
    return propose(session, "sanction.detain", found, DETENTION, f"拘留 {owner.name} {days} 日", owner, inputs=inputs,
                   circumstances=["urgent_on_scene"] if urgent else [], note=note)
