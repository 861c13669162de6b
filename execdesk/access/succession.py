"""院长 and 局长: brought into office by the root, the envelope and the scan of the appointment where the former one cannot; told to all concerned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from execdesk.access.actions.letters import read_scan
from execdesk.access.duty import duties
from execdesk.access.possible import require_possible
from execdesk.access.providers import Words, consent
from execdesk.access.session import Session, is_past
from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text
from execdesk.records.journal import Line
from execdesk.records.people import GrantState, Person, Post
from execdesk.store.chains import entry_of
from execdesk.store.files import digest_of
from execdesk.store.renaming import ever

APPROVING = frozenset({"approve", "approve_delegated", "review", "comment", "sign_order", "sign_documents", "seal"})
TOLD_FOR = timedelta(days=30)


@consent("post.appoint")
def appointment_words(session: Session, values: Mapping[str, Any]) -> Words:
    """Who comes into which office from when, and who goes."""
    row = prepared(session, values["post"])
    going = "、".join(f"{Person.get_by_id(one.person).name}（{one.starts_on} 起）" for one in former_holder(row))
    return (
        ("就任", reason(session, row)), ("自", str(row.starts_on)), ("到", str(row.ends_on or "没有期限")), ("前任止于前一日", going or "没有前任"),
        ("任命文件", f"{values['scan']}，校验值 {digest_of(read_scan(values['scan']))[:16]}"), ("恢复信封", "同时换新，旧的作废"),
    )


def heads_told(session: Session) -> tuple[str, ...]:
    """Sentences for whoever signs in within 30 days of a new 院长 or 局长: the new one, the former one, all who approve, sign or seal."""
    return tuple(text for post, line in _brought_in(session) if (text := _told(session, post, line)))


def _brought_in(session: Session) -> Iterator[tuple[Post, Line]]:
    since = moment_text(session.store.clock.now() - TOLD_FOR)
    for line in Line.select().where(Line.act.in_((*ever("post.countersign"), *ever("post.appoint"))), Line.at >= since).order_by(Line.at):
        for change in entry_of(line).changes:
            post = Post.get_or_none(Post.id == change.row) if change.table == "Post" and change.values.get("state") == GrantState.EFFECTIVE else None
            if post is not None and post.state == GrantState.EFFECTIVE and _succeeds(session, post):
                yield post, line


def _told(session: Session, post: Post, line: Line) -> str:
    concerned = bool(APPROVING & duties(session)) or session.me.id in {post.person, *(one.person for one in former_holder(post))}
    if not concerned:
        return ""
    past = is_past(post, session.store.clock.day_of(datetime.fromisoformat(line.at)))
    by = "凭任命文件、证书根和恢复信封" if post.root_signature else f"由{'' if past else '前任'}{Person.get_by_id(post.countersigned_by).name}会签"
    until = f"至 {post.ends_on}，补记的以前任职" if past else ""
    return (
        f"{reason(session, post)}（自 {post.starts_on}{until}），{by}，{Person.get_by_id(line.person).name}办理，留痕 {line.ref}。与您所知不符的，请立即告知局长或院长，并做全面自检。"
    )


def prepared(session: Session, post: str) -> Post:
    row = Post.get_or_none(Post.id == post)
    if row is None or not _succeeds(session, row):
        raise Refusal("只有院长、局长凭任命文件就任；其他职务由院长或局长会签。", code="post.succession")
    require_possible(row, "post.appoint", "该任职", "post.state")
    if row.state != GrantState.PREPARED:
        raise Refusal("该任职已经生效，不用再办。", code="post.state")
    if row.person == session.me.id:
        raise Refusal("不能办理自己的就任，请由另一人办理。", code="access.oneself")
    found: Post = row
    return found


def _succeeds(session: Session, post: Post) -> bool:
    data = session.organisation.posts.get(post.post)
    return data is not None and data.succession


def former_holder(post: Post) -> list[Post]:
    """Those who hold or held the same post, earlier."""
    found = Post.select().where(Post.post == post.post, Post.id != post.id, Post.state == GrantState.EFFECTIVE, Post.struck.is_null())
    return [one for one in found.order_by(Post.starts_on, Post.id) if one.person != post.person]


def reason(session: Session, post: Post) -> str:
    return f"{Person.get_by_id(post.person).name}任{session.organisation.posts[post.post].name}"
