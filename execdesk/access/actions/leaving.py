"""When somebody leaves: posts and letters end, certificates are void, the key slot is gone and the store gets a new key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from execdesk.access.appointment import APPOINT
from execdesk.access.duty import require_may
from execdesk.access.lookup import person_of
from execdesk.access.old_backups import told_of_leaving
from execdesk.access.register import action
from execdesk.access.rekeying import shut_out
from execdesk.access.replacing import note_holder_left
from execdesk.access.session import Session, posts_on
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.people import Certificate, CertificateState, Delegation, GrantState, Person, Post
from execdesk.records.teams import TeamMember
from execdesk.store.act import Act, Changes


@action(
    "person.leave", "登记离任",
    Field("person", "人员", "choice", options="people"), Field("last_day", "最后一日", "day", start="form_day", most="today", hint="在离任当日或者之后登记；此前可先登记免职日"),
    Field("reason", "理由", "long"), note="职务、授权、团队自该日后终止，证书即时作废，登录钥匙撤去。已办的事项都在。", done="已登记离任。",
)
def leave(session: Session, *, person: str, last_day: date, reason: str) -> Changes:
    """End everything a person held after his last day; certificates end at once, and the store is re-keyed without him.

    What he did stays, and so do the backups that his password opens: they are told to who acts. Refuses ``access.oneself``, ``person.last`` for the last one who signs in as 院长 or 系统管理员.
    """
    require_may(session, ("prepare_people", "countersign"), "登记离任")
    row = person_of(person)
    if row.id == session.me.id:
        raise Refusal("不能登记自己离任，请由另一人办理。", code="access.oneself")
    _check_not_last(session, row)
    _check_succession(session, row, last_day)
    with session.act("person.leave", reason=reason) as act:
        note_holder_left(session, act, row)
        _end(act, row, last_day, reason)
    told = told_of_leaving(session, row)  # before his slot is gone
    shut_out(session.store, row.account)
    return replace(act.changes, told=told or "")


def _check_not_last(session: Session, person: Person) -> None:
    for needed in ("president", "admin"):
        holders = {
            post.person
            for post in Post.select().where(
                Post.post == needed, Post.state == GrantState.EFFECTIVE, Post.struck.is_null(),
                Post.ends_on.is_null() | (Post.ends_on >= session.day),
            )
        }
        if holders == {person.id}:
            name = session.organisation.posts[needed].name
            raise Refusal(f"{person.name}是现在唯一的{name}，请先登记新的{name}并会签。", code="person.last")


def _check_succession(session: Session, person: Person, last_day: date) -> None:
    """院长 and 局长 hand over first: nobody else puts an end to their office."""
    for post in posts_on(person.id, last_day):
        data = session.organisation.posts.get(post.post)
        if data is not None and data.succession and (post.ends_on is None or post.ends_on > last_day):
            raise Refusal(
                f"{person.name}仍任{data.name}：请本人先登记免职，或由继任人凭任命文件就任。急需停用的，先撤销其证书。", code="post.succession", ways=(APPOINT,)
            )


def _end(act: Act, person: Person, last_day: date, reason: str) -> None:
    for post in Post.select().where(Post.person == person.id, Post.struck.is_null()):
        if post.state == GrantState.PREPARED:
            act.change(post, state=GrantState.REFUSED)
        elif post.state == GrantState.EFFECTIVE and (post.ends_on is None or post.ends_on > last_day):
            act.change(post, ends_on=max(last_day, post.starts_on))
    for letter in Delegation.select().where(Delegation.person == person.id, Delegation.struck.is_null()):
        if letter.state == GrantState.EFFECTIVE and letter.revoked_on is None and letter.ends_on > last_day:
            act.change(letter, revoked_on=act.day)
    for member in TeamMember.select().where(TeamMember.person == person.id, TeamMember.struck.is_null()):
        if member.ends_on is None or member.ends_on > last_day:
            act.change(member, ends_on=max(last_day, member.starts_on))
    for certificate in Certificate.select().where(Certificate.person == person.id, Certificate.struck.is_null()):
        if certificate.state != CertificateState.REVOKED:
            act.change(certificate, state=CertificateState.REVOKED, revoked_at=act.at, reason=reason)
