"""What the person signed in may do with a request now: for the buttons of the approval tab, never instead of the checks of the actions themselves."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.duty import duties
from execdesk.access.session import Session, holders_of, posts_on
from execdesk.approval.deciding import has_signature, may_refer
from execdesk.approval.panel import may_ask, may_record
from execdesk.approval.standing import person_facts, request_facts, ruling_for
from execdesk.law.authority import Ruling
from execdesk.law.matters import Level
from execdesk.law.permission import Permission, may_decide, may_sign, needed_level, signing_level
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import UNDER_WAY, Panel, PanelState, Request, RequestState
from execdesk.records.cases import Case


@dataclass(frozen=True)
class Standing:
    """One person before one request: the ruling of today, permission or refusal, and what is offered to him.

    Offered: ``approve``, ``sign``, ``return``, ``comment``, ``refer``, ``withdraw``, ``panel_ask``, ``panel_designate``, ``panel_conclude``.
    """

    ruling: Ruling
    level: Level  # whose word is needed now: one higher where the applicant holds the ruling's own, the statutory signer's where his is awaited
    permission: Permission | None
    refusal: Refusal | None
    offered: frozenset[str]
    signs: bool  # the question is the statutory signer's signature, not the approval


def standing_of(session: Session, request: Request, case: Case) -> Standing:
    """Ask the table in force today; nothing is written."""
    day = session.day
    ruling = ruling_for(session, request, day)
    signs = request.state == RequestState.APPROVED and bool(ruling.statute_signer) and not has_signature(request)
    facts = person_facts(session.me, request, case, day)
    permission, refusal = None, None
    try:
        permission = (
            may_sign(session.authority, ruling, facts) if signs
            else may_decide(session.authority, ruling, facts, request_facts(request, ruling, case, day))
        )
    except Refusal as found:
        refusal = found
    offered = _steps(session, request, case, ruling, permission, signs)
    if facts.proposes and request.state in UNDER_WAY:
        offered |= {"withdraw"}
    if may_refer(facts) and request.state == RequestState.SUBMITTED and not request.upward and refusal is None:
        offered |= {"refer"}
    level = signing_level(session.authority, ruling) if signs else needed_level(session.authority, ruling, request_facts(request, ruling, case, day))
    return Standing(ruling, level, permission, refusal, frozenset(offered), signs)


def who_decides(session: Session, request: Request, case: Case, standing: Standing) -> tuple[str, ...]:
    """Names of those who may decide, or sign, today: holders of the level's posts for whom the table says yes."""
    found: list[str] = []
    facts = request_facts(request, standing.ruling, case, session.day)
    for post in standing.level.posts:
        for person in holders_of(post, session.day):
            try:
                theirs = person_facts(person, request, case, session.day)
                may_sign(session.authority, standing.ruling, theirs) if standing.signs else may_decide(session.authority, standing.ruling, theirs, facts)
            except Refusal:
                continue
            if person.name not in found:
                found.append(person.name)
    return tuple(found)


def _steps(session: Session, request: Request, case: Case, ruling: Ruling, permission: Permission | None, signs: bool) -> set[str]:
    found: set[str] = set()
    if request.state not in UNDER_WAY:
        return found
    if permission is not None and signs:
        found |= {"sign", "return"}
    elif permission is not None and request.state == RequestState.SUBMITTED:
        found |= {"approve", "return"}
    if request.state == RequestState.SUBMITTED and permission is None and comments_as(session, ruling):
        found.add("comment")
    if _above(session, ruling):
        found.add("return")
    return found | _panel_steps(session, request, case, ruling)


def comments_as(session: Session, ruling: Ruling) -> str:
    """The post by which the person signed in stands on the request's way up; empty where he does not."""
    levels = session.authority.data.levels
    stops = {post for stop in ruling.stops for post in levels[stop].posts} | {"deputy_director"}
    return next((p.post for p in posts_on(session.me.id, session.day) if p.post in stops), "")


def _above(session: Session, ruling: Ruling) -> bool:
    """A level above the deciding one may return at any time (R3)."""
    levels = session.authority.data.levels
    rank = max(levels[ruling.level].rank, 1)
    higher = {post for level in levels.values() if level.rank > rank for post in level.posts} - {"vice_president"}
    return any(p.post in higher for p in posts_on(session.me.id, session.day))


def _panel_steps(session: Session, request: Request, case: Case, ruling: Ruling) -> set[str]:
    if ruling.panel != "required" or request.state != RequestState.SUBMITTED:
        return set()
    panel = Panel.get_or_none(Panel.request == request.id, Panel.struck.is_null())
    if panel is None:
        return {"panel_ask"} if may_ask(session, case) else set()
    if panel.state == PanelState.ASKED:
        return {"panel_designate"} if "designate_panel" in duties(session) else set()
    if panel.state == PanelState.DESIGNATED:
        return {"panel_conclude"} if may_record(session, panel, case) else set()
    return set()
