"""Who decides a matter of a case, said before anything is pressed, and whether the person signed in may."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.duty import duties
from execdesk.access.session import Session, holders_of, posts_on
from execdesk.approval.requests import subject_of
from execdesk.approval.standing import person_facts, request_facts, ruling_for
from execdesk.law.permission import may_decide, needed_level
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.units import LEVELS
from execdesk.records.approvals import Request
from execdesk.records.cases import Case
from execdesk.records.court import Group
from execdesk.records.people import Person


@dataclass(frozen=True)
class Who:
    """``mine``: the person signed in may decide it. ``words`` for a button (您可批准, 执行局局长批准), ``reason`` in one sentence,
    ``names`` of those who hold the level today, ``signer`` where statute names one besides."""

    matter: str
    title: str
    mine: bool
    words: str
    level: str
    reason: str
    names: str
    signer: str
    panel: bool
    clauses: tuple[Clause, ...]
    article: str = ""  # of the plan, for F1: 6.3


@dataclass(frozen=True)
class PersonShown:
    """Who is signed in: name and posts in words, group, what he may do."""

    id: str
    account: str
    name: str
    posts: str
    group: str
    group_name: str
    may: frozenset[str]
    judge: bool


def who_decides(session: Session, case: Case, matter: str, *, request: Request | None = None, target: str = "") -> Who:
    """Who decides ``matter`` in this case today: by the table in force, the subject flagged, and R7 for one's own request."""
    from execdesk.records.cases import Party

    day = session.day
    party = Party.get_or_none(Party.id == target) if target else None
    asked = request or Request(
        case=case.id, matter=matter, title=matter, subject=subject_of(session, case, party), circumstances=[], applicant=session.me.id, state="draft", upward=False,
    )
    ruling = ruling_for(session, asked, day)
    facts = request_facts(asked, ruling, case, day)
    level = needed_level(session.authority, ruling, facts)
    try:
        reason, mine = may_decide(session.authority, ruling, person_facts(session.me, asked, case, day), facts).text, True
    except Refusal as refusal:
        reason, mine = refusal.text, False
    name = "承办法官" if level.rank == 1 else level.name
    words = "您可批准" if mine else f"{name}{level.verb if not level.rank else '批准'}".replace("，意见供参考", "")
    people = "、".join(p.name for post in level.posts for p in holders_of(post, day)) if level.rank > 1 else ""
    signer = f"{LEVELS[ruling.statute_signer]}签发" if ruling.statute_signer else ""
    return Who(ruling.matter, ruling.name, mine, words, level.id, reason, people, signer, ruling.panel == "required", ruling.clauses, ruling.plan_article)


def person_shown(session: Session) -> PersonShown:
    """The person signed in as the window shows him."""
    me: Person = session.me
    held = posts_on(me.id, session.day)
    names = session.organisation.posts
    group = next((p.group for p in held if p.group), None)
    row = Group.get_or_none(Group.id == group) if group else None
    posts = "、".join(dict.fromkeys(names[p.post].name for p in held if p.post in names)) or "无职务"
    return PersonShown(
        me.id, me.account, me.name, posts, row.id if row else "", row.name if row else "", duties(session), any(p.post == "judge" for p in held),
    )
