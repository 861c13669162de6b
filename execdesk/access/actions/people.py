"""Verbs about people and their posts: prepared by the administrator, in effect when 院长 or 局长 countersigns, nobody for himself."""

from __future__ import annotations

from datetime import date

from execdesk.access.accounts import require_fit
from execdesk.access.actions.details import PAPERS
from execdesk.access.appointment import APPOINT
from execdesk.access.duty import require_may
from execdesk.access.issuing import any_attends
from execdesk.access.lookup import group_of, person_of
from execdesk.access.organisation_data import PostData
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.replacing import note_holder_left
from execdesk.access.session import Session, is_past, posts_on
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.base import new_id
from execdesk.records.people import GrantState, Person, Post
from execdesk.store.act import Act, Changes


@action(
    "person.add", "登记人员",
    Field("name", "姓名", "name", most=64), Field("account", "登录名", required=False, hint="小写字母和数字；不登录的人员留空", most=32),
    Field("staffing", "编制", "choice", default="political", required=False, options="staffings"),
    *PAPERS, note="登记后还没有职务，不能办事；领到证书以后才能登录。", done="已登记人员。",
)
def add_person(
    session: Session, *, name: str, account: str = "", staffing: str = "political", phone: str = "", id_no: str = "", certificate_no: str = "",
    enforcement_no: str = "", police_no: str = "",
) -> Changes:
    """Enter somebody who works here. He can do nothing until he has a post, and sign in only once he has a certificate."""
    require_may(session, "prepare_people", "登记人员")
    _check_person(name, account)
    with session.act("person.add", reason=f"登记{name.strip()}") as act:
        act.add(
            Person(
                id=new_id(), name=name.strip(), account=account.strip(), staffing=staffing, phone=phone or None, id_no=id_no or None,
                certificate_no=certificate_no or None, enforcement_no=enforcement_no or None, police_no=police_no or None,
            )
        )
    return act.changes


@action(
    "person.staffing", "变更编制",
    Field("person", "人员", "choice", options="people"), Field("staffing", "编制", "choice", options="staffings"),
    Field("reason", "理由", "long"), note="政法编为执行员，其余为辅助执行员（方案第4条）。", done="已变更编制。",
)
def change_staffing(session: Session, *, person: str, staffing: str, reason: str) -> Changes:
    """Set somebody's 编制, which makes him 执行员 or 辅助执行员 (plan, article 4)."""
    require_may(session, "prepare_people", "变更编制")
    row = person_of(person)
    _not_for_oneself(session, row.id, "变更自己的编制")
    with session.act("person.staffing", reason=reason, corrects=True) as act:
        act.change(act.get(Person, row.id), staffing=staffing)
    return act.changes


@action(
    "post.prepare", "登记任职",
    Field("person", "人员", "choice", options="people", start="without_post"), Field("post", "职务", "choice", options="posts"),
    Field("starts_on", "自哪一日起", "day", start="form_day"), Field("ends_on", "到哪一日（没有期限的留空）", "day", required=False),
    Field("group", "执行组", "choice", required=False, options="groups_or_none", start="no_group"),
    Field("site", "席位", "choice", required=False, options="sites", start="this_site"),
    Field("note", "依据", required=False, hint="任命文件的名称和文号"),
    note="批准、签名、盖章的职务登记后待院长或局长会签，会签以前不生效。补记以前的任职（录入当时的纸面批准要用）：起止日照任命文件填，止日在本系统已记的任职以前；本人以外的院长或局长会签。", done="已登记任职。",
)
def prepare_post(
    session: Session, *, person: str, post: str, starts_on: date, ends_on: date | None = None, group: str = "", site: str = "",
    note: str = "",
) -> Changes:
    """Enter a post held from a day. One that approves, signs or seals waits for a countersignature; others hold at once."""
    require_may(session, "prepare_posts", "登记任职")
    row, data = person_of(person), session.organisation.posts[post]
    _check_days(starts_on, ends_on)
    if not data.succession:  # a successor is prepared while the former one still holds it
        _check_single(data, starts_on, ends_on)
    _check_double(row, data, starts_on, ends_on)
    if not data.countersign:
        _not_for_oneself(session, row.id, "给自己登记任职")
    with session.act("post.prepare", reason=note or f"登记{row.name}任{data.name}") as act:
        act.add(
            Post(
                id=new_id(), person=row.id, post=data.code, group=group_of(group).id if group else None, site=site or session.store.site, starts_on=starts_on,
                ends_on=ends_on, state=GrantState.PREPARED if data.countersign else GrantState.EFFECTIVE, note=note or None,
            )
        )
    return act.changes


@action("post.countersign", "会签任职", Field("posts", "任职", "many", required=False), button="会签", note="会签以后任职生效。", done="已会签，任职在其期间内有效。")
def countersign_post(session: Session, *, posts: list[str] | None = None) -> Changes:
    """Bring prepared posts into effect, all of them or none: 院长 or 局长, never for himself.

    Raises:
        Refusal: ``access.duty``, ``access.oneself``, ``post.none`` for none, ``post.state``, ``post.succession``, ``post.single``, ``post.double``.
    """
    require_may(session, "countersign", "会签任职")
    if not posts:
        raise Refusal("没有选定任职，请选定要会签的。", code="post.none")
    with session.act("post.countersign") as act:
        for post in dict.fromkeys(posts):
            row = _possible(act, post)
            _not_for_oneself(session, row.person, "会签自己的任职")
            data = session.organisation.posts[row.post]
            if not is_past(row, session.day):
                _require_former(session, data)
            _check_single(data, row.starts_on, row.ends_on)
            _check_double(Person.get_by_id(row.person), data, row.starts_on, row.ends_on)
            act.change(row, state=GrantState.EFFECTIVE, countersigned_by=session.me.id)
    return act.changes


@action(
    "post.refuse", "不同意任职",
    Field("post", "任职", "row"), Field("reason", "理由", "long"), button="不同意", note="登记人会看到理由。", done="已记为不同意。",
)
def refuse_post(session: Session, *, post: str, reason: str) -> Changes:
    """Turn a prepared post down, with the reason."""
    require_may(session, "countersign", "会签任职")
    with session.act("post.refuse", reason=reason) as act:
        act.change(_possible(act, post), state=GrantState.REFUSED, countersigned_by=session.me.id)
    return act.changes


@action(
    "post.end", "登记免职",
    Field("post", "任职", "row"), Field("ends_on", "最后一日", "day", start="form_day"), Field("reason", "理由", "long"),
    note="此前依该职务办理的事项仍然有效。", done="已登记免职。",
)
def end_post(session: Session, *, post: str, ends_on: date, reason: str) -> Changes:
    """Say on which day a post ends. What was done under it before stays; a post already over is not prolonged this way."""
    row = _effective(post)
    data = session.organisation.posts[row.post]
    require_may(session, "countersign" if data.countersign else ("prepare_posts", "countersign"), f"登记{data.name}免职")
    if data.succession and row.person != session.me.id:
        raise Refusal(f"{data.name}的免职由本人登记；本人不能登记的，继任人凭任命文件就任时一并终止。", code="post.succession", ways=(APPOINT,))
    if ends_on < row.starts_on or (row.ends_on is not None and ends_on > row.ends_on):
        latest = f"，不晚于 {row.ends_on}" if row.ends_on else ""
        raise Refusal(f"免职日应不早于任职日 {row.starts_on}{latest}。需要延长的，另行登记任职。", code="post.days", field="ends_on")
    with session.act("post.end", reason=reason) as act:
        act.change(act.get(Post, row.id), ends_on=ends_on)
        others = (session.organisation.posts[post.post] for post in posts_on(row.person, session.day) if post.id != row.id)
        if any_attends([data]) and not any_attends(others):
            note_holder_left(session, act, Person.get_by_id(row.person))
    return act.changes


def _require_former(session: Session, data: PostData) -> None:
    """院长 and 局长 are brought in by the one who was it before."""
    if data.succession and data.code not in {post.post for post in posts_on(session.me.id, session.day)}:
        raise Refusal(f"新任{data.name}由前任会签；前任不能会签的，凭任命文件、证书根和恢复信封就任。", code="post.succession", ways=(APPOINT,))


def _check_person(name: str, account: str) -> None:
    if not name.strip():
        raise Refusal("请填写姓名。", code="person.name", field="name")
    if account.strip():
        require_fit(account.strip(), (row.account for row in Person.select(Person.account).where(Person.account != "", Person.struck.is_null())))


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(f"止日 {ends_on} 早于起日 {starts_on}，请改正。", code="post.days", field="ends_on")


def _overlapping(starts_on: date, ends_on: date | None) -> list[Post]:
    found = Post.select().where(
        Post.state == GrantState.EFFECTIVE, Post.struck.is_null(), Post.ends_on.is_null() | (Post.ends_on >= starts_on)
    )
    return [row for row in found if ends_on is None or row.starts_on <= ends_on]


def _check_single(data: PostData, starts_on: date, ends_on: date | None) -> None:
    """A post that only one person holds is free on all those days."""
    for row in _overlapping(starts_on, ends_on) if data.single else ():
        if row.post == data.code:
            holder = Person.get_by_id(row.person).name
            raise Refusal(
                f"{data.name}自 {row.starts_on} 起由{holder}担任，同一期间不能有两人。请先登记其免职日。", code="post.single",
                ways=(WayOn("登记免职", "post.end"),),
            )


def _check_double(person: Person, data: PostData, starts_on: date, ends_on: date | None) -> None:
    for row in _overlapping(starts_on, ends_on):
        if row.person == person.id and row.post == data.code:
            raise Refusal(f"{person.name}自 {row.starts_on} 起已任{data.name}，不用重复登记。", code="post.double", field="post")


def _possible(act: Act, post: str) -> Post:
    """A post to which the act may be done."""
    row = act.get(Post, post)
    require_possible(row, act.name, "该任职", "post.state")
    return row


def _effective(post: str) -> Post:
    row = Post.get_or_none((Post.id == post) & Post.struck.is_null())
    if row is None:
        raise Refusal("找不到这项任职，请在人员页面核对。", code="post.state")
    require_possible(row, "post.end", "该任职", "post.state")
    found: Post = row
    return found


def _not_for_oneself(session: Session, person: str, what: str) -> None:
    if session.me.id == person:
        raise Refusal(f"不能{what}，请由另一人办理。", code="access.oneself")
