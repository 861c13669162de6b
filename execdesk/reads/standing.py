"""The person signed in, as the window shows him."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.duty import duties
from execdesk.access.session import Session, posts_on
from execdesk.approval.who import Who as Who
from execdesk.records.court import Group
from execdesk.records.people import Person


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
