"""合议庭 for major matters: the judge asks, 局长 designates an odd number, the minutes carry every vote (plan, article 5)."""

from __future__ import annotations

from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.sitting import Sitting, posts_on
from execdesk.law.refusal import Clause, Refusal
from execdesk.records.approvals import Panel, Permit
from execdesk.records.organisation import Person
from execdesk.store.act import Act, Changes
from execdesk.work.lookup import case_of, person_of
from execdesk.work.requests import request_of
from execdesk.work.verbs import verb

SMALLEST = 3  # an odd number of at least three sits (plan, article 5; civil procedure law on panels)


def panel_of(request: str) -> Panel | None:
    """The panel of a request, if one was asked for."""
    found: Panel | None = Panel.get_or_none(Panel.request == request, Panel.struck.is_null())
    return found


@verb("panel.ask", "提请指定合议庭", request="报批事项", reason="理由")
def ask(sitting: Sitting, *, request: str, reason: str) -> Changes:
    """The judge in charge asks 局长 to designate a panel."""
    row = request_of(request)
    require_may(sitting, ("undertake", "apply"), "提请合议")
    if panel_of(row.id) is not None:
        raise Refusal("已经提请过合议庭。", code="panel.known")
    with sitting.act("panel.ask", case=row.case, reason=reason) as act:
        act.add(Panel(request=row.id, members=[], state="asked"))
    return _done(act)


@verb("panel.designate", "指定合议庭", request="报批事项", members="成员")
def designate(sitting: Sitting, *, request: str, members: list[str]) -> Changes:
    """局长 names the members, the presiding judge first."""
    row = request_of(request)
    require_may(sitting, "designate_panel", "指定合议庭")
    panel = panel_of(row.id)
    if panel is None or panel.state == "concluded":
        raise Refusal("没有待指定的合议庭。", code="panel.state")
    people = [person_of(m) for m in members]
    if len(people) < SMALLEST or len(people) % 2 == 0 or len({p.id for p in people}) != len(people):
        raise Refusal(
            "合议庭须由三名以上的单数成员组成，不得重复。", code="panel.members",
            clauses=(Clause("提请执行局长指定组成合议庭讨论决定", f"{sitting.authority.data.plan.doc_no}第5条"),),
        )
    presiding = people[0]
    if not any(p.post in ("judge", "director", "deputy_director", "president", "vice_president") for p in posts_on(presiding.id, sitting.day)):
        raise Refusal(f"{presiding.name}不是法官，不能任审判长。", code="panel.presiding")
    with sitting.act("panel.designate", case=row.case) as act:
        act.change(act.get(Panel, panel.id), members=[p.id for p in people], designated_by=sitting.me.id, designated_on=act.day, state="designated")
    return _done(act)


@verb("panel.conclude", "录入评议笔录", request="报批事项", minutes="各成员意见", outcome="评议结果")
def conclude(sitting: Sitting, *, request: str, minutes: dict[str, Any], outcome: str) -> Changes:
    """Record each member's vote and opinion, dissent included, and the outcome by majority.

    ``minutes``: member → {``vote``: agree | dissent, ``opinion``: text}.
    """
    row = request_of(request)
    require_may(sitting, ("undertake", "draft"), "录入评议笔录")
    panel = panel_of(row.id)
    if panel is None or panel.state != "designated":
        raise Refusal("合议庭尚未指定，或已评议完毕。", code="panel.state")
    votes = {person_of(name).id: told for name, told in minutes.items()}
    missing = [Person.get_by_id(m).name for m in panel.members if m not in votes]
    if missing or set(votes) - set(panel.members):
        raise Refusal(f"评议笔录须有每位成员的意见，缺：{'、'.join(missing) or '无'}；不得有合议庭以外的人。", code="panel.minutes")
    agree = sum(1 for told in votes.values() if told.get("vote") == "agree")
    if agree * 2 <= len(votes):
        raise Refusal(f"同意 {agree} 人，未过半数，评议结果不能是同意。请退回或重新评议。", code="panel.majority")
    if not outcome.strip():
        raise Refusal("请写明评议结果。", code="panel.outcome")
    with sitting.act("panel.conclude", case=case_of(row.case).id) as act:
        act.change(act.get(Panel, panel.id), minutes=votes, outcome=outcome.strip(), state="concluded")
    return _done(act)


@verb("permit.record", "登记许可", request="报批事项", kind="种类", text="内容")
def record_permit(sitting: Sitting, *, request: str, kind: str, text: str) -> Changes:
    """Record that a permit from outside was granted, e.g. by a people's congress before detaining its deputy (代表法第32条)."""
    row = request_of(request)
    require_may(sitting, ("undertake", "apply"), "登记许可")
    if not text.strip():
        raise Refusal("请写明许可机关和文号。", code="permit.text")
    with sitting.act("permit.record", case=row.case) as act:
        act.add(Permit(request=row.id, kind=kind, text=text.strip(), granted_on=act.day))
    return _done(act)


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
