"""The papers with which execution begins: the notice to the debtor, and the order to report his property."""

from __future__ import annotations

from typing import Any

from execdesk.access.actions import CASE, action
from execdesk.access.session import Session
from execdesk.approval.proposing import propose
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.law.fields import Field
from execdesk.store.act import Changes


@action(
    "notice.execution", "发出执行通知书",
    CASE, Field("party", "被执行人", "choice", options="debtors", start="debtor"),
    Field("days", "履行日数", "count", required=False, least=1, hint="不填即责令立即履行"),
    Field("non_money", "另有非金钱义务", "flag", required=False),
    button="拟执行通知书", matter="issue_execution_notice", to_draft=True,
)
def execution_notice(session: Session, *, case: str, party: str, days: int | None = None, non_money: bool = False) -> Changes:
    """The execution notice to a debtor; without ``days`` he is to perform at once."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    inputs: dict[str, Any] = {"deadline": "自本通知书送达之日起{n}日内" if days else "立即", "n": days}
    if non_money:
        inputs["delay"] = "支付迟延履行金"
    return propose(session, "notice.execution", found, "issue_execution_notice", f"向 {owner.name} 发出执行通知书", owner, inputs=inputs)


@action(
    "order.property_report", "发出报告财产令",
    CASE, Field("party", "被执行人", "choice", options="debtors", start="debtor"),
    Field("days", "报告期限（日）", "count", least=1),
    button="拟报告财产令", matter="issue_property_report_order", to_draft=True,
)
def property_report_order(session: Session, *, case: str, party: str, days: int) -> Changes:
    """The order to report property, issued with the execution notice (财产调查规定第3条)."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    title = f"向 {owner.name} 发出报告财产令"
    return propose(session, "order.property_report", found, "issue_property_report_order", title, owner, inputs={"days": days})
