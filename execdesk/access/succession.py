"""院长 and 局长: brought into office by the root, the envelope and the scan of the appointment where the former one cannot; told to all concerned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from execdesk.access import places, slots
from execdesk.access.actions import action
from execdesk.access.appointment import sign_appointment
from execdesk.access.attending import data_folder, own_share
from execdesk.access.duty import duties, require_may
from execdesk.access.files import put_back_on_failure
from execdesk.access.forms import Words, consent
from execdesk.access.issuing import deal_anew, open_issuing_key, renew_envelope
from execdesk.access.letters import read_scan
from execdesk.access.possible import require_possible
from execdesk.access.replacing import note_holder_left
from execdesk.access.root import PASSPHRASE, ROOT_FILE, open_root
from execdesk.access.session import Session
from execdesk.access.signin import check_password
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text
from execdesk.records.journal import Line
from execdesk.records.people import GrantState, Person, Post
from execdesk.store.act import Act, Changes
from execdesk.store.chains import entry_of
from execdesk.store.files import digest_of

ENDING = ("prepare_posts", "countersign")
APPROVING = frozenset({"approve", "approve_delegated", "review", "comment", "sign_order", "sign_documents", "seal"})
TOLD_FOR = timedelta(days=30)
SCAN = Field("scan", "任命文件的扫描件", "file", unit="扫描件 (*.pdf *.jpg *.png);;所有文件 (*)")


@action(
    "post.appoint", "凭任命文件就任", Field("post", "任职", "row"), SCAN, ROOT_FILE, PASSPHRASE, Field("own_password", "您自己的密码", "secret"),
    Field("recovery_code", "恢复信封中的恢复码", "secret"),
    button="就任", note="只在前任不能会签时办理：须有证书根、恢复信封和任命文件。前任的职务止于就任前一日；恢复信封同时换新。登录时告知各审批人。", done="已就任。",
)
def appoint(session: Session, *, post: str, scan: str, root_file: str, passphrase: str, own_password: str, recovery_code: str) -> Changes:
    """Bring a prepared post of 院长 or 局长 into effect without the former holder: the root signs for it, for every desk to verify.

    Raises:
        Refusal: ``access.duty``, ``access.oneself``, ``post.state``, ``post.succession`` for any other post, ``delegation.scan``, those of
            :func:`open_root`, and those of a wrong password or code.
    """
    require_may(session, ENDING, "凭任命文件登记就任")
    folder, data, row = data_folder(session), read_scan(scan), _prepared(session, post)
    root = open_root(session, root_file, passphrase)
    envelope, _ = check_password(folder, slots.RECOVERY, recovery_code)
    key = open_issuing_key(session.store, folder, (own_share(session, own_password), envelope.share))
    with put_back_on_failure(places.slots_file(folder)), session.act("post.appoint", reason=_reason(session, row)) as act:
        _end_former(session, act, row)
        kept = {**row.journal_values(), "id": row.id, "appointment": act.keep_file(data)}
        act.change(
            act.get(Post, row.id), state=GrantState.EFFECTIVE, countersigned_by=None, appointment=kept["appointment"],
            root_signature=sign_appointment(root, kept),
        )
        told = renew_envelope(session.store, folder)
        deal_anew(session, folder, key)
    assert act.changes is not None
    return replace(act.changes, told=told)


@consent("post.appoint")
def appointment_words(session: Session, values: Mapping[str, Any]) -> Words:
    """Who comes into which office from when, and who goes."""
    row = _prepared(session, values["post"])
    going = "、".join(f"{Person.get_by_id(one.person).name}（{one.starts_on} 起）" for one in _former(row))
    return (
        ("就任", _reason(session, row)), ("自", str(row.starts_on)), ("到", str(row.ends_on or "没有期限")), ("前任止于前一日", going or "没有前任"),
        ("任命文件", f"{values['scan']}，校验值 {digest_of(read_scan(values['scan']))[:16]}"), ("恢复信封", "同时换新，旧的作废"),
    )


def heads_told(session: Session) -> tuple[str, ...]:
    """Sentences for whoever signs in within 30 days of a new 院长 or 局长: the new one, the former one, all who approve, sign or seal."""
    return tuple(text for post, line in _brought_in(session) if (text := _told(session, post, line)))


def _brought_in(session: Session) -> Iterator[tuple[Post, Line]]:
    since = moment_text(session.store.clock.now() - TOLD_FOR)
    for line in Line.select().where(Line.act.in_(("post.countersign", "post.appoint")), Line.at >= since).order_by(Line.at):
        for change in entry_of(line).changes:
            post = Post.get_or_none(Post.id == change.row) if change.table == "Post" and change.values.get("state") == GrantState.EFFECTIVE else None
            if post is not None and post.state == GrantState.EFFECTIVE and _succeeds(session, post):
                yield post, line


def _told(session: Session, post: Post, line: Line) -> str:
    concerned = bool(APPROVING & duties(session)) or session.me.id in {post.person, *(one.person for one in _former(post))}
    if not concerned:
        return ""
    by = "凭任命文件、证书根和恢复信封" if post.root_signature else f"由前任{Person.get_by_id(post.countersigned_by).name}会签"
    return (
        f"{_reason(session, post)}（自 {post.starts_on}），{by}，{Person.get_by_id(line.person).name}办理，留痕 {line.ref}。与您所知不符的，请立即告知局长或院长，并做全面自检。"
    )


def _prepared(session: Session, post: str) -> Post:
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


def _former(post: Post) -> list[Post]:
    """Those who hold or held the same post, earlier."""
    found = Post.select().where(Post.post == post.post, Post.id != post.id, Post.state == GrantState.EFFECTIVE, Post.struck.is_null())
    return [one for one in found.order_by(Post.starts_on, Post.id) if one.person != post.person]


def _end_former(session: Session, act: Act, row: Post) -> None:
    last = row.starts_on - timedelta(days=1)
    for one in _former(row):
        if one.ends_on is None or one.ends_on > last:
            act.change(act.get(Post, one.id), ends_on=max(last, one.starts_on))
            note_holder_left(session, act, Person.get_by_id(one.person))


def _reason(session: Session, post: Post) -> str:
    return f"{Person.get_by_id(post.person).name}任{session.organisation.posts[post.post].name}"
