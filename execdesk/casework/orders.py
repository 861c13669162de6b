"""Notices, orders and decisions of a case: each verb puts its matter forward with the document it needs, as a draft."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.access.actions import action
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casework.control.measures import debtor_of
from execdesk.drafting.drafts import add_draft, document_of
from execdesk.drafting.taking import entered_number
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, Party
from execdesk.store.act import Act, Changes


def _put(
    session: Session, act_name: str, case: Case, matter: str, title: str, type_id: str, target: Party | None, *,
    addressee: str | None = None, inputs: dict[str, Any] | None = None, circumstances: list[str] | None = None, corrects: str | None = None,
    note: str | None = None,
) -> Changes:
    """One matter with one document, in one act."""
    require_may(session, ("draft", "undertake"), title)
    with session.act(act_name, case=case.id) as act:
        request = open_request(session, act, case, matter, title, target=target, circumstances=circumstances or (), note=note)
        values = {k: v for k, v in (inputs or {}).items() if v not in (None, "")}
        add_draft(session, act, case.id, type_id, request=request.id, addressee=addressee, inputs=values, corrects=corrects)
    return _done(act)


@action("notice.execution", "发出执行通知书", case="案件", party="被执行人", days="履行日数", non_money="非金钱义务")
def execution_notice(session: Session, *, case: str, party: str, days: int | None = None, non_money: bool = False) -> Changes:
    """The execution notice to a debtor; without ``days`` he is to perform at once."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    inputs: dict[str, Any] = {"deadline": "自本通知书送达之日起{n}日内" if days else "立即", "n": days, "target": owner.id}
    if non_money:
        inputs["delay"] = "支付迟延履行金"
    return _put(session, "notice.execution", found, "issue_execution_notice", f"向 {owner.name} 发出执行通知书", "notice_execution", owner,
                addressee=owner.name, inputs=inputs)


@action("order.property_report", "发出报告财产令", case="案件", party="被执行人", days="报告期限（日）")
def property_report_order(session: Session, *, case: str, party: str, days: int) -> Changes:
    """The order to report property, issued with the execution notice (财产调查规定第3条)."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    return _put(session, "order.property_report", found, "issue_property_report_order", f"向 {owner.name} 发出报告财产令",
                "order_property_report", owner, addressee=owner.name, inputs={"days": days, "target": owner.id})


@action("order.consumption", "提请限制消费令", case="案件", party="被执行人", persons="单位的有关人员", signer="签发人")
def consumption_order(session: Session, *, case: str, party: str, persons: str | None = None, signer: str | None = None) -> Changes:
    """The restriction of consumption: 院长's matter and 院长's signature, or a delegate's whose letter names it."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    return _put(session, "order.consumption", found, "issue_consumption_order", f"对 {owner.name} 限制消费", "order_consumption", owner,
                addressee=owner.name, inputs={"persons": persons, "signer": signer, "target": owner.id})


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
    number = entered_number(session, session.tools.catalogue.series("decision_detention", session.day), sanction_number, session.day)
    inputs = {"days": days, "ground": ground, "found_facts": facts, "reasoning": reasoning, "sanction_number": number, "target": owner.id}
    return _put(session, "sanction.detain", found, "detention", f"拘留 {owner.name} {days} 日", "decision_detention", owner,
                addressee=owner.name, inputs=inputs, circumstances=["urgent_on_scene"] if urgent else [], note=note)


@action("document.correct", "补正裁定", document="被补正文书", wrong="误写", right="更正为")
def correct(session: Session, *, document: str, wrong: str, right: str) -> Changes:
    """A ruling that corrects a slip of the pen in an issued ruling; the wrong words must stand in it."""
    row = document_of(document)
    case = open_for_bureau(Case.get_by_id(row.case))
    if row.series != "ruling" or row.signed_on is None:
        raise Refusal("只能补正已经签发的裁定书。", code="correct.state")
    if not wrong.strip() or wrong == right:
        raise Refusal("请写明误写的文字和更正后的文字。", code="correct.text")
    from execdesk.issue.issuing import pages_of

    if "".join(wrong.split()) not in "".join(session.tools.pen.text(pages_of(row)).split()):
        raise Refusal(f"《{row.number}》中没有「{wrong}」，请照原文填写。", code="correct.text")
    signed: date = row.signed_on
    inputs = {"corrections": [{"wrong": wrong, "right": right}], "doc_day": signed.isoformat()}
    return _put(session, "document.correct", case, "correct_document", f"补正 {row.number}", "ruling_correction", None,
                inputs=inputs, corrects=row.id)


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
