"""Forming, changing and closing the teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from execdesk.access.duty import require_may
from execdesk.access.lookup import group_of, person_of
from execdesk.access.register import action
from execdesk.access.session import Session, posts_on
from execdesk.access.teams import ONE_DAY, TeamSpan, first_fault, members_of, span_of, spans_of
from execdesk.law.fields import Field
from execdesk.law.refusal import Clause, Refusal
from execdesk.records.base import new_id
from execdesk.records.teams import Team, TeamMember
from execdesk.store.act import Changes

ONE_JUDGE = Clause("形成“1+N”（即1名法官与多名执行员）的执行团队", "乐法〔2017〕33号方案第4条")


@action(
    "team.form", "组建团队",
    Field("name", "团队名称", "name", most=32), Field("group", "执行组", "choice", options="groups"),
    Field("judge", "法官（一名）", "choice", options="free_judges"),
    Field("officers", "执行员（至少一名）", "many", options="officers"),
    Field("starts_on", "自哪一日起", "day", start="form_day"), note="一个团队有且只有一名法官，至少一名执行员（方案第4条）。", done="已组建团队。",
)
def form_team(session: Session, *, name: str, group: str, judge: str, officers: list[str], starts_on: date) -> Changes:
    """Form a team of one judge and several officers in a group."""
    require_may(session, "assign", "组建团队")
    spans = [_span(session, judge, "judge", starts_on, None), *(_span(session, one, "officer", starts_on, None) for one in officers)]
    _check(spans, starts_on, None)
    _check_judge_free(spans[0], exclude="")
    with session.act("team.form", reason=f"组建{name.strip()}") as act:
        team = act.add(Team(id=new_id(), name=name.strip(), group=group_of(group).id, starts_on=starts_on))
        act.add_many([_member(team.id, span) for span in spans])
    return act.changes


@action(
    "team.join", "编入团队",
    Field("team", "团队", "choice", options="teams", start="team", leads=True),
    Field("person", "人员", "choice", options="joinable"), Field("starts_on", "自哪一日起", "day", start="form_day"),
    Field("ends_on", "到哪一日（借调须填，长期的留空）", "day", required=False), note="也可从另一组借调；同一人可在几个团队。", done="已编入团队。",
)
def join(session: Session, *, team: str, person: str, starts_on: date, ends_on: date | None = None) -> Changes:
    """Add an officer to a team for some days."""
    require_may(session, "assign", "编入团队")
    row = Team.get_by_id(team)
    span = _span(session, person, "officer", starts_on, ends_on)
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(f"止日 {ends_on} 早于起日 {starts_on}，请改正。", code="team.days", field="ends_on")
    for other in spans_of(row.id):
        if other.person == span.person and _overlap(other, span):
            raise Refusal("此人在这些日子里已在该团队，不用重复编入。", code="team.double", field="person")
    with session.act("team.join") as act:
        act.add(_member(row.id, span))
    return act.changes


@action(
    "team.part", "调出团队",
    Field("team", "团队", "choice", options="teams", start="team", leads=True),
    Field("person", "人员", "choice", options="team_officers"), Field("last_day", "最后一日", "day", start="form_day"),
    Field("reason", "理由", "long"), note="最后一名执行员不能调出；须先编入他人。", done="已调出。",
)
def part(session: Session, *, team: str, person: str, last_day: date, reason: str) -> Changes:
    """Take an officer out of a team after a day; the last one cannot be taken out."""
    require_may(session, "assign", "调出团队")
    row, who = Team.get_by_id(team), person_of(person)
    member = next((m for m in members_of(row.id) if m.person == who.id and span_of(m).holds(last_day)), None)
    if member is None:
        raise Refusal(f"{who.name}在 {last_day} 不在{row.name}，请核对日期。", code="team.member", field="last_day")
    kept = [span_of(m) for m in members_of(row.id) if m.id != member.id]
    _check([*kept, TeamSpan(who.id, member.role, member.starts_on, last_day)], row.starts_on, row.ends_on)
    with session.act("team.part", reason=reason) as act:
        act.change(act.get(TeamMember, member.id), ends_on=last_day)
    return act.changes


@action(
    "team.judge", "更换团队法官",
    Field("team", "团队", "choice", options="teams", start="team", leads=True),
    Field("person", "新任法官", "choice", options="free_judges"), Field("starts_on", "自哪一日起", "day", start="form_day"),
    Field("reason", "理由", "long"), button="更换法官", note="前任于前一日止；在办案件不随之变更承办人。", done="已更换法官。",
)
def change_judge(session: Session, *, team: str, person: str, starts_on: date, reason: str) -> Changes:
    """Put another judge at the head of a team from a day on; the former one ends the day before. Cases do not follow by this."""
    require_may(session, "assign", "更换团队法官")
    row = Team.get_by_id(team)
    span = _span(session, person, "judge", starts_on, row.ends_on)
    _check_judge_free(span, exclude=row.id)
    former = next((m for m in members_of(row.id) if m.role == "judge" and span_of(m).holds(starts_on)), None)
    if former is None or starts_on <= former.starts_on or former.person == span.person:
        raise Refusal("请选择另一名法官，起日应晚于现任法官的起日。", code="team.days", field="person")
    others = [span_of(m) for m in members_of(row.id) if m.id != former.id]
    _check([*others, TeamSpan(former.person, "judge", former.starts_on, starts_on - ONE_DAY), span], row.starts_on, row.ends_on)
    with session.act("team.judge", reason=reason) as act:
        act.change(act.get(TeamMember, former.id), ends_on=starts_on - ONE_DAY)
        act.add(_member(row.id, span))
    return act.changes


@action(
    "team.close", "撤销团队",
    Field("team", "团队", "choice", options="teams", start="team", leads=True),
    Field("last_day", "最后一日", "day", start="form_day"), Field("reason", "理由", "long"),
    note="成员自次日起未编入团队。", done="已撤销团队。",
)
def close_team(session: Session, *, team: str, last_day: date, reason: str) -> Changes:
    """End a team after a day, with all memberships that would go on."""
    require_may(session, "assign", "撤销团队")
    row = Team.get_by_id(team)
    if last_day < row.starts_on:
        raise Refusal(f"最后一日不能早于团队起日 {row.starts_on}。", code="team.days", field="last_day")
    with session.act("team.close", reason=reason) as act:
        act.change(act.get(Team, row.id), ends_on=last_day)
        for member in members_of(row.id):
            if member.ends_on is None or member.ends_on > last_day:
                act.change(member, ends_on=max(last_day, member.starts_on))
    return act.changes


def _span(session: Session, person: str, role: str, starts_on: date, ends_on: date | None) -> TeamSpan:
    row = person_of(person)
    posts = session.organisation.posts
    roles = {posts[post.post].team for post in posts_on(row.id, starts_on) if post.post in posts}
    if role not in roles:
        able = "执行法官" if role == "judge" else "书记员、法官助理、协警或司法警察"
        raise Refusal(f"{row.name}在 {starts_on} 不是{able}，不能这样编入（方案第4条）。", code="team.role", clauses=(ONE_JUDGE,))
    return TeamSpan(row.id, role, starts_on, ends_on)


def _check(spans: Sequence[TeamSpan], starts_on: date, ends_on: date | None) -> None:
    fault = first_fault(spans, starts_on, ends_on)
    if fault:
        raise Refusal(f"{fault}。请先补齐人员。", code="team.one_plus_n", clauses=(ONE_JUDGE,))


def _check_judge_free(span: TeamSpan, exclude: str) -> None:
    for member in TeamMember.select().where(TeamMember.person == span.person, TeamMember.role == "judge", TeamMember.struck.is_null()):
        if member.team != exclude and _overlap(span_of(member), span):
            raise Refusal(f"该法官自 {member.starts_on} 起已带{Team.get_by_id(member.team).name}，一名法官同时只带一个团队。", code="team.judge_taken", field="judge")


def _overlap(first: TeamSpan, second: TeamSpan) -> bool:
    return (first.ends_on is None or second.starts_on <= first.ends_on) and (
        second.ends_on is None or first.starts_on <= second.ends_on
    )


def _member(team: str, span: TeamSpan) -> TeamMember:
    return TeamMember(
        id=new_id(), team=team, person=span.person, role=span.role, starts_on=span.starts_on, ends_on=span.ends_on
    )
