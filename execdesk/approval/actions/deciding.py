"""Deciding a request: comment on the way, approve, return, sign for issue where statute names the signer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session, posts_on
from execdesk.approval.deciding import Speaker, decide, has_signature, may_refer
from execdesk.approval.requests import current_subject, reopen, request_of, require_unused
from execdesk.approval.standing import person_facts, request_facts, ruling_for
from execdesk.casefile.lookup import case_of, open_for_bureau
from execdesk.integrity.history import require_whole
from execdesk.law.authority import Ruling
from execdesk.law.fields import Field
from execdesk.law.permission import Permission, may_decide, may_sign
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.approvals import Panel, PanelState, Request, RequestState
from execdesk.records.cases import Case
from execdesk.store.act import Act, Changes


@action(
    "request.approve", "批准",
    Field("request", "报批事项", "row"), Field("opinion", "意见", "long", required=False),
    Field("seen_version", "版本", "version", required=False),
)
def approve(session: Session, *, request: str, opinion: str = "", seen_version: int | None = None) -> Changes:
    """Approve at the right level, with the table in force today; on the ladder before the reform, one step of it."""
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    require_whole(session, case)
    with session.act("request.approve", case=case.id, reason=opinion) as act:
        fresh = _submitted(act, row, seen_version)
        require_subject(session, fresh, case)
        ruling = ruling_for(session, fresh, act.day)
        permission = may_decide(session.authority, ruling, person_facts(session.me, fresh, case, act.day),
                                request_facts(fresh, ruling, case, act.day))
        _require_paper_ladder(session, ruling)
        require_panel(fresh, ruling)
        decide(session, act, fresh, ruling, permission, "approve", opinion)
        last = not ruling.ladder or fresh.step + 1 >= len(ruling.path)
        if last:
            act.change(fresh, state=RequestState.APPROVED, level=ruling.level)
        else:
            act.change(fresh, step=fresh.step + 1)
        signing = _signing_too(session, ruling, fresh, case, act.day) if last else None
        if signing is not None:
            decide(session, act, fresh, ruling, signing, "sign_issue", opinion)
    return act.changes


def _require_paper_ladder(session: Session, ruling: Ruling) -> None:
    """In a real store the ladder is history: an approval given under it stands on paper and is recorded from there."""
    if ruling.ladder and not session.demo:
        raise Refusal(
            f"{ruling.on} 适用逐级审批，批准在书面上作出。请由提出人以外的人录入纸面批准。", code="paper.only", clauses=ruling.clauses,
            ways=(WayOn("录入纸面批准", "request.paper_approval"),),
        )


def require_subject(session: Session, request: Request, case: Case) -> None:
    """What was submitted for one kind of subject is not decided for another."""
    if current_subject(session, request, case) != request.subject:
        raise Refusal(f"「{request.title}」提交后，对象的特殊主体身份有变化，请退回由承办法官重新提交。", code="request.subject")


@action("request.sign", "签发", Field("request", "报批事项", "row"), Field("opinion", "意见", "long", required=False))
def sign_issue(session: Session, *, request: str, opinion: str = "") -> Changes:
    """Sign the issue sheet where statute names a signer above the deciding level (R8): both gates must be open."""
    row = request_of(request)
    case = open_for_bureau(case_of(row.case))
    require_whole(session, case)
    with session.act("request.sign", case=case.id, reason=opinion) as act:
        fresh = act.get(Request, row.id)
        require_possible(fresh, act.name, f"「{row.title}」", "request.state", "须先经批准再签发")
        if has_signature(fresh):
            raise Refusal(f"「{row.title}」的审批单已经签发过。", code="request.state")
        ruling = ruling_for(session, fresh, act.day)
        permission = signing_permission(session, ruling, fresh, case, act.day)
        decide(session, act, fresh, ruling, permission, "sign_issue", opinion)
    return act.changes


@action("request.return", "退回", Field("request", "报批事项", "row"), Field("opinion", "意见", "long"))
def send_back(session: Session, *, request: str, opinion: str) -> Changes:
    """Return a request to its drafter, with reasons; whoever may decide it, or a higher level at any time (R3)."""
    row = request_of(request)
    case = case_of(row.case)
    _needs_words(opinion, "退回")
    with session.act("request.return", case=case.id, reason=opinion) as act:
        fresh = _submitted(act, row, None)
        require_unused(fresh)
        ruling = ruling_for(session, fresh, act.day)
        level = _level_to_return(session, fresh, ruling, case, act.day)
        decide(session, act, fresh, ruling, level, "return", opinion)
        reopen(act, fresh, f"{session.me.name}退回：{opinion.strip()}")
    return act.changes


@action("request.comment", "签署意见", Field("request", "报批事项", "row"), Field("opinion", "意见", "long"))
def comment(session: Session, *, request: str, opinion: str) -> Changes:
    """A stop on the way up comments; the comment is for reference, the last level decides (R2)."""
    with _upward(session, "request.comment", request, opinion, "签署意见") as word:
        levels = session.authority.data.levels
        mine = {p.post for p in posts_on(session.me.id, word.act.day)}
        stops = {post for stop in word.ruling.stops for post in levels[stop].posts} | {"deputy_director"}
        if not mine & stops:
            raise Refusal("您不在本事项的报送途中，不能签署意见。", code="authority.comment", clauses=word.ruling.clauses)
        word.give(session, sorted(mine & stops)[0], "comment", opinion)
    return word.act.changes


@action("request.refer", "转报", Field("request", "报批事项", "row"), Field("opinion", "意见", "long"))
def refer(session: Session, *, request: str, opinion: str) -> Changes:
    """The judge, or a stop on the way, refers a matter upward (层报): a higher level may then decide it."""
    with _upward(session, "request.refer", request, opinion, "层报") as word:
        if not may_refer(person_facts(session.me, word.request, word.case, word.act.day)):
            raise Refusal("层报由承办法官提出。", code="authority.refer", clauses=word.ruling.clauses)
        post = next((p.post for p in posts_on(session.me.id, word.act.day)), "judge")
        word.give(session, post, "refer", opinion)
        word.act.change(word.request, upward=True)
    return word.act.changes


@dataclass(frozen=True)
class _Word:
    """A word on a submitted request on its way up, in the act that keeps it."""

    act: Act
    request: Request
    case: Case
    ruling: Ruling

    def give(self, session: Session, post: str, step: str, opinion: str) -> None:
        """Keep the word as of somebody in a post."""
        decide(session, self.act, self.request, self.ruling, Speaker(post, session.organisation.posts[post].name), step, opinion)


@contextmanager
def _upward(session: Session, name: str, request: str, opinion: str, what: str) -> Iterator[_Word]:
    row = request_of(request)
    case = case_of(row.case)
    _needs_words(opinion, what)
    with session.act(name, case=case.id, reason=opinion) as act:
        fresh = _submitted(act, row, None)
        yield _Word(act, fresh, case, ruling_for(session, fresh, act.day))


def _submitted(act: Act, row: Request, seen: int | None) -> Request:
    """The request as it stands, if the act may be done to it."""
    fresh = act.get(Request, row.id, seen)
    require_possible(fresh, act.name, f"「{row.title}」", "request.state")
    return fresh


def _level_to_return(session: Session, request: Request, ruling: Ruling, case: Case, day: date) -> Permission | Speaker:
    """Returning needs the deciding level, or any level above it."""
    facts = person_facts(session.me, request, case, day)
    try:
        return may_decide(session.authority, ruling, facts, request_facts(request, ruling, case, day))
    except Refusal:
        rank = session.authority.data.levels[ruling.level].rank
        for level in session.authority.data.levels.values():
            held = [p for p in posts_on(session.me.id, day) if p.post in level.posts and p.post != "vice_president"]
            if level.rank > max(rank, 1) and held:
                return Speaker(held[0].post, session.organisation.posts[held[0].post].name)
        raise


def require_panel(request: Request, ruling: Ruling) -> None:
    """Both gates: what a panel must have sat on is approved after it has."""
    if ruling.panel != "required":
        return
    panel = Panel.get_or_none(Panel.request == request.id, Panel.struck.is_null(), Panel.state == PanelState.CONCLUDED)
    if panel is None:
        raise Refusal(
            f"{ruling.name}须先由合议庭评议：批准与合议是两道关，合议不能代替批准，批准也不能代替合议。请提请局长指定合议庭并录入评议笔录。",
            code="request.panel", ways=(WayOn("提请指定合议庭", "panel.ask"),),
        )


def signing_permission(session: Session, ruling: Ruling, request: Request, case: Case, day: date) -> Permission:
    """Permission of the person signed in to sign for issue: as :func:`may_sign`, and never for what he put forward himself (R7)."""
    facts = person_facts(session.me, request, case, day)
    permission = may_sign(session.authority, ruling, facts)
    if facts.proposes:
        raise Refusal(f"不能由您签发：您是「{request.title}」的提出人或承办人，不得签发自己的申请。", code="authority.self", clauses=ruling.clauses)
    return permission


def _signing_too(session: Session, ruling: Ruling, request: Request, case: Case, day: date) -> Permission | None:
    """Whoever approves and is the statutory signer as well signs in the same breath."""
    try:
        return signing_permission(session, ruling, request, case, day)
    except Refusal:
        return None


def _needs_words(opinion: str, what: str) -> None:
    if not opinion.strip():
        raise Refusal(f"{what}须写明意见。", code="request.opinion", field="opinion")
