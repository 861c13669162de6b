"""The papers with which execution begins: the notice to the debtor, and the order to report his property."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.approval.proposing import propose
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.casework.course.notes import KINDS
from execdesk.law.fields import Field
from execdesk.records.charge import NOTING
from execdesk.records.course import WorkNote
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


@action(
    "note.record", "记工作记录", CASE, Field("kind", "方式", "choice", options=tuple(KINDS.items()), default="call"),
    Field("with_whom", "对方", "name", required=False, hint="与谁通话、谈话，走访了哪里", beside=True),
    Field("on", "日期", "day", start="today", most="today"), Field("words", "内容", "long", hint="一两句话；听取意见的，写对方原话"),
    Field("follow_up_on", "跟进日期", "day", required=False, least="today", hint="到期列入期限和下一步"),
    Field("follows", "所跟进的记录", "choice", required=False, options="notes_open", start="note_to_follow", beside=True), button="记下", menu=8,
)
def record_note(
    session: Session, *, case: str, kind: str, on: date, words: str, with_whom: str | None = None, follow_up_on: date | None = None, follows: str | None = None,
) -> Changes:
    """Note a call, a visit, a talk; one with a day to follow up stays open until a later note follows it."""
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, NOTING, "记工作记录")
    told = f"{KINDS[kind]}{f' {with_whom}' if with_whom else ''}：{words}"
    with session.act("note.record", case=found.id, reason=told) as act:
        act.add(WorkNote(case=found.id, kind=kind, with_whom=with_whom or None, on=on, words=words, follow_up_on=follow_up_on, follows=follows or None))
    return act.changes
