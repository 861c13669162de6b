"""The papers with which execution begins: the notice to the debtor, and the order to report his property."""

from __future__ import annotations

from typing import Any

from execdesk.access.actions import action
from execdesk.access.session import Session
from execdesk.approval.proposing import propose
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.casework.control.measures import debtor_of
from execdesk.store.act import Changes


@action("notice.execution", "发出执行通知书", case="案件", party="被执行人", days="履行日数", non_money="非金钱义务")
def execution_notice(session: Session, *, case: str, party: str, days: int | None = None, non_money: bool = False) -> Changes:
    """The execution notice to a debtor; without ``days`` he is to perform at once."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    inputs: dict[str, Any] = {"deadline": "自本通知书送达之日起{n}日内" if days else "立即", "n": days}
    if non_money:
        inputs["delay"] = "支付迟延履行金"
    return propose(session, "notice.execution", found, "issue_execution_notice", f"向 {owner.name} 发出执行通知书", owner, inputs=inputs)


@action("order.property_report", "发出报告财产令", case="案件", party="被执行人", days="报告期限（日）")
def property_report_order(session: Session, *, case: str, party: str, days: int) -> Changes:
    """The order to report property, issued with the execution notice (财产调查规定第3条)."""
    found = open_for_bureau(case_of(case))
    owner = debtor_of(found, party)
    title = f"向 {owner.name} 发出报告财产令"
    return propose(session, "order.property_report", found, "issue_property_report_order", title, owner, inputs={"days": days})
