"""What a post may do at all: checked by every action, beside the approval table which says who decides."""

from __future__ import annotations

from execdesk.access.consenting import require_consented
from execdesk.access.session import Session, posts_on
from execdesk.law.refusal import Refusal


def duties(session: Session) -> frozenset[str]:
    """What the person signed in may do today, by all posts held."""
    posts = session.organisation.posts
    held = [posts[p.post] for p in posts_on(session.me.id, session.day) if p.post in posts]
    return frozenset(duty for post in held for duty in post.may)


def require_may(session: Session, duty: str | tuple[str, ...], what: str) -> None:
    """Refuse unless a post of the person signed in carries ``duty``, or one of several.

    Raises:
        Refusal: ``access.duty``, naming the posts that may; ``certificate.awaiting`` for one that decides, signs or seals, while 院长 has
            not consented to the person's certificate.
    """
    wanted = {duty} if isinstance(duty, str) else set(duty)
    posts = session.organisation.posts
    held = wanted & duties(session)
    if held:
        if session.key is not None and held <= {one for post in posts.values() for one in post.deciding}:
            require_consented(session, session.key.certificate)
        return
    able = "、".join(post.name for post in posts.values() if wanted & post.may) or "专责人员"
    mine = "、".join(posts[p.post].name for p in posts_on(session.me.id, session.day) if p.post in posts) or "无职务"
    raise Refusal(f"不能由您办理：{what}由{able}办理，您任{mine}。", code="access.duty")
