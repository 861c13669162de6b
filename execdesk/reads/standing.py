"""The person signed in and the store, as the window shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.daily_backup import is_kept_here, standing
from execdesk.access.duty import duties
from execdesk.access.session import Session, posts_on
from execdesk.approval.who import Who as Who
from execdesk.records.court import Group
from execdesk.records.people import Person
from execdesk.store.backup_list import last_whole
from execdesk.store.clock import COURT_TIME


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


@dataclass(frozen=True)
class StoreFacts:
    """``court`` by its full and its short name; ``site`` in words; ``demo_day`` the day of a demonstration store; ``fault`` a sentence where the store is closed;
    ``backed_up`` the moment of the last whole backup as stored, ``-`` where there is none, empty where that is no concern of this desk."""

    site: str
    demo_day: date | None
    ages: tuple[str, ...]
    fault: str
    backed_up: str = ""
    court: str = ""
    court_short: str = ""


def store_facts(session: Session) -> StoreFacts:
    """Where this desk is, its day, how old the other desk's data and the last whole backup are."""
    own = session.store.site
    ages = []
    for chain, head in session.store.ends().items():
        site = chain.partition(".")[0]
        if site != own and head.at is not None:
            at = head.at.astimezone(COURT_TIME)
            days = (session.day - at.date()).days
            ages.append(f"{site} 数据截至 {at:%Y-%m-%d %H:%M}（{'今天' if days <= 0 else f'{days} 天前'}）")
    store = session.store
    whole, kept_here = last_whole(store), is_kept_here(session)
    if kept_here:
        ages.append(f"完好的备份：{standing(session).age}")
    fault = f"只能查看：{store.only_reading}" if store.only_reading else store.expired if store.expired else f"留痕链有缺损：{store.closed_reason}" if store.closed_reason else ""
    court = session.court
    return StoreFacts(
        session.site_name, session.day if session.demo else None, tuple(ages), fault, (whole.at if whole else "-") if kept_here else "",
        court.name, court.short or court.name,
    )
