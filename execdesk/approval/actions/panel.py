"""A panel: asking for it, naming it, entering what it concluded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.lookup import person_of
from execdesk.access.possible import require_possible
from execdesk.access.providers import so_far
from execdesk.access.register import action
from execdesk.access.session import Session, posts_on
from execdesk.approval.panel import may_ask, may_record, panel_of
from execdesk.approval.requests import documents_of, put_forward, request_of
from execdesk.casefile.lookup import case_of, open_for_bureau, responsible_judge
from execdesk.law.fields import Field
from execdesk.law.refusal import Clause, Refusal
from execdesk.records.approvals import Panel, PanelState, Permit, Request, RequestState
from execdesk.records.cases import Case
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import Person
from execdesk.store.act import Act, Changes

JUDGES = ("judge", "director", "deputy_director", "president", "vice_president")


VOTES = (("agree", "同意"), ("dissent", "不同意"))


SMALLEST = 3  # an odd number of at least three sits (plan, article 5; civil procedure law on panels)


def is_panel(count: int) -> bool:
    """Whether so many persons can sit as a panel."""
    return count >= SMALLEST and count % 2 == 1


@so_far("panel.designate")
def chosen_so_far(told: Mapping[str, Any]) -> str:
    """How many are chosen, and what their number or the presiding judge still lacks."""
    presiding, members = told.get("presiding"), told.get("members") or []
    count = len({*members, presiding} - {None})
    twice = presiding in members
    lacking = (
        "审判长不用再选为成员" if twice else "须为三名以上的单数" if not is_panel(count) else "还须选定审判长" if presiding is None else ""
    )
    return f"已选 {count} 人" + (f"，{lacking}" if lacking else "")


@action("panel.ask", "提请指定合议庭", Field("request", "报批事项", "row"), Field("reason", "理由", "long"))
def ask(session: Session, *, request: str, reason: str) -> Changes:
    """The judge in charge asks 局长 to designate a panel."""
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    judge = responsible_judge(case, session.day)
    if not may_ask(session, case):
        raise Refusal(f"提请合议由承办法官{judge.name}办理。", code="request.not_mine")
    require_possible(row, "panel.ask", f"「{row.title}」", "request.state")
    if panel_of(row.id) is not None:
        raise Refusal("已经提请过合议庭。", code="panel.known")
    with session.act("panel.ask", case=row.case, reason=reason) as act:
        act.add(Panel(request=row.id, members=[], state=PanelState.ASKED))
    return act.changes


@action(
    "panel.designate", "指定合议庭", Field("request", "报批事项", "row"), Field("presiding", "审判长", "choice", options="panel_judges"),
    Field("members", "其他成员（两名以上的双数）", "many", options="panel_judges"),
    note="合议庭由三名以上的单数成员组成，从中选定一名审判长（方案第5条）。", done="已指定合议庭。",
)
def designate(session: Session, *, request: str, presiding: str, members: list[str]) -> Changes:
    """局长 names the presiding judge and the other members."""
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    require_may(session, "designate_panel", "指定合议庭")
    panel = panel_of(row.id)
    if panel is None:
        raise Refusal("没有待指定的合议庭。", code="panel.state")
    require_possible(panel, "panel.designate", "合议庭", "panel.state")
    require_possible(row, "panel.designate", f"「{row.title}」", "panel.state")
    people = [person_of(m) for m in (presiding, *members)]
    if not is_panel(len(people)) or len({p.id for p in people}) != len(people):
        raise Refusal(
            "合议庭须由三名以上的单数成员组成，不得重复。", code="panel.members",
            clauses=(Clause("提请执行局长指定组成合议庭讨论决定", f"{session.authority.data.plan.doc_no}第5条"),),
        )
    laymen = [p.name for p in people if not any(post.post in JUDGES for post in posts_on(p.id, session.day))]
    if laymen:
        raise Refusal(f"{'、'.join(laymen)}不是法官，不能组成合议庭。", code="panel.presiding", field="presiding")
    with session.act("panel.designate", case=row.case) as act:
        act.change(act.get(Panel, panel.id), members=[p.id for p in people], designated_by=session.me.id, designated_on=act.day, state=PanelState.DESIGNATED)
        _sign_as_panel(session, act, act.get(Request, row.id), case)
    return act.changes


def _sign_as_panel(session: Session, act: Act, request: Request, case: Case) -> None:
    """The members sign what is drafted: of a request already submitted the content is frozen anew, with them under it."""
    if request.state != RequestState.SUBMITTED:
        return
    for document in documents_of(request.id):
        if document.state == DocumentState.SUBMITTED:
            act.change(act.get(Document, document.id), state=DocumentState.DRAFT)
    put_forward(session, act, request, case)


@action(
    "panel.conclude", "录入评议笔录",
    Field("request", "报批事项", "row"), Field("minutes", "各成员意见", "group", start="panel_minutes", of=(
        Field("member", "成员", "choice", options="panel_members"), Field("vote", "表决", "choice", options=VOTES), Field("opinion", "意见", required=False))),
    Field("outcome", "评议结果", "long", hint="如：同意拍卖，起拍价按评估价的百分之七十"),
    note="按多数意见；少数意见也记入笔录（方案第5条）。", done="已录入评议笔录。",
)
def conclude(session: Session, *, request: str, minutes: list[Any], outcome: str) -> Changes:
    """Record each member's vote and opinion, dissent included, and the outcome by majority."""
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    panel = panel_of(row.id)
    if panel is None:
        raise Refusal("合议庭尚未提请和指定。", code="panel.state")
    require_possible(panel, "panel.conclude", "合议庭", "panel.state")
    require_possible(row, "panel.conclude", f"「{row.title}」", "panel.state", "评议的是提交报批的内容，请先提交，再录入评议笔录")
    _require_recorder(session, panel, case)
    votes = {person_of(told["member"]).id: {"vote": told["vote"], "opinion": told.get("opinion", "")} for told in minutes}
    missing = [Person.get_by_id(m).name for m in panel.members if m not in votes]
    if missing or len(minutes) != len(panel.members) or set(votes) - set(panel.members):
        raise Refusal(f"评议笔录须有每位成员的意见，缺：{'、'.join(missing) or '无'}；不得有合议庭以外的人，一人一次。", code="panel.minutes", field="minutes")
    agree = sum(1 for told in votes.values() if told.get("vote") == "agree")
    if agree * 2 <= len(votes):
        raise Refusal(f"同意 {agree} 人，未过半数，评议结果不能是同意。请退回或重新评议。", code="panel.majority", field="outcome")
    with session.act("panel.conclude", case=case_of(row.case).id) as act:
        act.change(act.get(Panel, panel.id), minutes=votes, outcome=outcome.strip(), state=PanelState.CONCLUDED)
    return act.changes


def _require_recorder(session: Session, panel: Panel, case: Case) -> None:
    """Minutes are kept by the clerk of the case, its judge, or one who sat."""
    if not may_record(session, panel, case):
        raise Refusal("评议笔录由本案书记员、承办法官或者合议庭成员录入。", code="access.duty")


@action(
    "permit.record", "登记许可",
    Field("request", "报批事项", "row"), Field("text", "许可机关和文号", "long"), Field("kind", "种类", required=False),
    Field("granted_on", "许可日期", "day", required=False, most="today"),
)
def record_permit(
    session: Session, *, request: str, text: str, kind: str | None = None, granted_on: date | None = None
) -> Changes:
    """Record that a permit from outside was granted, e.g. by a people's congress before detaining its deputy (代表法第32条).

    Without ``kind`` it is the one that submission found to be needed. Raises Refusal ``permit.none`` if none waits, ``permit.text``.
    """
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    judge = responsible_judge(case, session.day)
    if judge.id != session.me.id:
        raise Refusal(f"许可由承办法官{judge.name}登记。", code="request.not_mine")
    if not text.strip():
        raise Refusal("请写明许可机关和文号。", code="permit.text", field="text")
    day = granted_on or session.day
    waiting = list(Permit.select().where(Permit.request == row.id, Permit.struck.is_null(), Permit.granted_on.is_null()))
    waiting = [p for p in waiting if p.kind == kind] or waiting
    if len(waiting) != 1:
        raise Refusal("没有待取得的许可，或不止一项，请在报批事项中选定。", code="permit.none")
    with session.act("permit.record", case=row.case, reason=text.strip()) as act:
        act.change(act.get(Permit, waiting[0].id), granted_on=day, text=f"{waiting[0].text}：{text.strip()}")
    return act.changes
