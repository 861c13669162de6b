"""Verbs about letters of authority (授权书, T03 and T05): prepared by the administrator, in effect when 院长 countersigns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from execdesk.access.duty import require_may
from execdesk.access.lookup import person_of
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session, posts_on
from execdesk.law.fields import Field
from execdesk.law.matters import PRESIDENT
from execdesk.law.permission import EVERYTHING, VICE
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.people import Delegation, GrantState, Person
from execdesk.store.act import Act, Changes
from execdesk.store.outside import read_outside

LONGEST_SCAN = 20 * 1024**2


@action(
    "delegation.prepare", "登记授权书",
    Field("person", "受权人（副院长）", "choice", options="vice_presidents"),
    Field("letter", "文号", hint="如 乐法授〔2018〕1号", most=64), Field("matters", "列明的事项", "many", options="delegable"),
    Field("starts_on", "自哪一日起", "day", start="form_day"), Field("ends_on", "到哪一日", "day", most="+10y"),
    Field("scan", "扫描件（可以以后补）", "file", required=False, unit="扫描件 (*.pdf *.jpg *.png);;所有文件 (*)"),
    note="登记后待院长签署。法律留给院长的事项须逐项写明，「全部」不包括它们。", done="已登记授权书，待院长签署。",
)
def prepare_delegation(
    session: Session, *, person: str, letter: str, matters: list[str], starts_on: date, ends_on: date, scan: str = ""
) -> Changes:
    """Enter a letter of 院长 to a vice-president: matters of the president's list (or ``all``), from day to day; ``scan`` is a file.

    ``all`` covers what statute does not keep for 院长; a matter that statute keeps must be listed by name.
    """
    require_may(session, "prepare_delegations", "登记授权书")
    row = person_of(person)
    _check_letter(letter, starts_on, ends_on)
    _check_vice(row, starts_on)
    for matter in matters:
        _require_presidents(session, matter)
    if not matters:
        raise Refusal("授权书须写明事项，请至少选一项。", code="delegation.matters", field="matters")
    data = read_scan(scan)
    with session.act("delegation.prepare", reason=f"登记授权书{letter.strip()}") as act:
        act.add(
            Delegation(
                id=new_id(), person=row.id, letter=letter.strip(), matters=sorted(set(matters)), starts_on=starts_on, ends_on=ends_on,
                scan=act.keep_file(data) if data else None, state=GrantState.PREPARED,
            )
        )
    return act.changes


@action("delegation.countersign", "签署授权书", Field("delegation", "授权书", "row"), done="已签署，授权书在其期间内有效。")
def countersign_delegation(session: Session, *, delegation: str) -> Changes:
    """院长 brings a letter into effect; nobody else can, and nobody for himself."""
    require_may(session, "delegate", "签署授权书")
    with session.act("delegation.countersign") as act:
        row = _possible(act, delegation)
        if row.person == session.me.id:
            raise Refusal("不能签署给自己的授权书。", code="access.oneself")
        _check_vice(Person.get_by_id(row.person), row.starts_on)
        act.change(row, state=GrantState.EFFECTIVE, countersigned_by=session.me.id)
    return act.changes


@action(
    "delegation.refuse", "不签署授权书",
    Field("delegation", "授权书", "row"), Field("reason", "理由", "long"),
    button="不签署", note="登记人会看到理由。", done="已记为不签署。",
)
def refuse_delegation(session: Session, *, delegation: str, reason: str) -> Changes:
    """院长 turns a prepared letter down."""
    require_may(session, "delegate", "签署授权书")
    with session.act("delegation.refuse", reason=reason) as act:
        act.change(_possible(act, delegation), state=GrantState.REFUSED, countersigned_by=session.me.id)
    return act.changes


@action(
    "delegation.revoke", "撤销授权",
    Field("delegation", "授权书", "row"), Field("revoked_on", "自哪一日起撤销", "day", start="form_day"),
    Field("reason", "理由", "long"), note="自撤销日起不得再依此批准；此前的批准仍然有效。", done="已撤销授权。",
)
def revoke_delegation(session: Session, *, delegation: str, revoked_on: date, reason: str) -> Changes:
    """院长 takes a letter back from a day on (that day included); never for days that are past."""
    require_may(session, "delegate", "撤销授权")
    with session.act("delegation.revoke", reason=reason) as act:
        row = act.get(Delegation, delegation)
        require_possible(row, act.name, f"授权书{row.letter}", "delegation.state")
        if row.revoked_on is not None:
            raise Refusal("该授权书已经撤销，请刷新后再看。", code="delegation.state")
        if revoked_on < act.day:
            raise Refusal(f"撤销日不能早于今天 {act.day}：此前依授权作出的批准仍然有效。", code="delegation.days", field="revoked_on")
        act.change(row, revoked_on=revoked_on)
    return act.changes


def _check_letter(letter: str, starts_on: date, ends_on: date) -> None:
    if not letter.strip():
        raise Refusal("请填写授权书文号。", code="delegation.letter", field="letter")
    if ends_on < starts_on:
        raise Refusal(f"止日 {ends_on} 早于起日 {starts_on}，请改正。", code="delegation.days", field="ends_on")
    same = Delegation.select().where(
        Delegation.letter == letter.strip(), Delegation.struck.is_null(), Delegation.state != GrantState.REFUSED
    )
    if same.exists():
        raise Refusal(f"授权书{letter.strip()}已登记，请核对文号。", code="delegation.letter", field="letter")


def _check_vice(person: Person, day: date) -> None:
    if VICE not in {post.post for post in posts_on(person.id, day)}:
        raise Refusal(
            f"{person.name}在 {day} 不是副院长。院长只能授权副院长（方案第6条），请先登记其任职。", code="delegation.person"
        )


def _require_presidents(session: Session, matter: str) -> None:
    """A matter is on the president's list; one of another level needs no letter."""
    row = session.authority.matter(matter)
    if matter == EVERYTHING or row is None:
        return
    level = session.authority.data.levels[row.level]
    if PRESIDENT not in level.posts and row.statute_signer != PRESIDENT:
        raise Refusal(f"{row.name}由{level.name}决定，不用院长授权，请从事项中去掉。", code="delegation.matters", field="matters")


def read_scan(path: str) -> bytes:
    """The bytes of a scan, kept as they are; nothing where none is told. Raises Refusal as :func:`read_outside`, ``delegation.scan`` if empty."""
    if not path:
        return b""
    data = read_outside(Path(path), LONGEST_SCAN)
    if not data:
        raise Refusal(f"扫描件「{Path(path).name}」是空的，请另选。", code="delegation.scan", field="scan")
    return data


def _possible(act: Act, delegation: str) -> Delegation:
    """A letter to which the act may be done."""
    row = act.get(Delegation, delegation)
    require_possible(row, act.name, f"授权书{row.letter}", "delegation.state")
    return row
