"""Verbs about certificates: issued with two people present, the old one revoked; ratified or annulled by 院长.

Two people are the person signed in and a witness who types his own password here; each may issue or witness, and neither is the one
who receives. A desk where nobody else could witness uses the recovery envelope instead: that is an incident, and the
certificate stays provisional until 院长 ratifies it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from execdesk.access import held, places, slots
from execdesk.access.actions import action
from execdesk.access.certificates import Issued, Validity
from execdesk.access.desk_keys import issuing_key
from execdesk.access.duty import require_may
from execdesk.access.founding import certificate_row, new_certificate
from execdesk.access.lookup import person_of
from execdesk.access.possible import require_possible
from execdesk.access.session import Session, posts_on
from execdesk.access.setup import DEMO_PERSON_YEARS, PERSON_YEARS
from execdesk.access.signin import check_password, second_person
from execdesk.access.slots import Prepared
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.people import SIGNED_WITH, Certificate, CertificateState, Person
from execdesk.store.act import Act, Changes
from execdesk.store.database import EncryptedDatabase

ATTENDING = frozenset({"issue_certificates", "witness"})


@dataclass(frozen=True)
class _Receiver:
    """Who receives a certificate: the secret it will be wrapped under, and the new slot if one is made."""

    person: Person
    secret: bytes
    prepared: Prepared | None


@action(
    "certificate.issue", "签发证书",
    Field("person", "领证人", "choice", options="receivers"), Field("password", "领证人自己输入密码", "secret"),
    Field("witness", "在场的第二人", "choice", required=False, options="witnesses"),
    Field("witness_password", "第二人自己输入密码", "secret", required=False),
    Field("recovery_code", "恢复信封中的恢复码", "secret", required=False, hint="没有第二人在场时填写", rare=True),
    Field("forgotten", "领证人的密码", "flag", default="仍用现在的密码", required=False, options=((False, "仍用现在的密码"), (True, "另设新密码（首次领证，或原密码已忘记）"))),
    Field("purpose", "用途", "choice", default="person", required=False, options=(("person", "个人签名"), ("seal", "院印（只给印章管理员）"))),
    Field("reason", "理由", "long", required=False, rare=True),
    note="须两人在场：您和另一名院长、局长、副局长或系统管理员。领证人和第二人各自输入自己的密码。原证书同时作废。", done="已签发证书。",
)
def issue(
    session: Session, *, person: str, password: str, witness: str = "", witness_password: str = "", recovery_code: str = "",
    forgotten: bool = False, purpose: str = "person", reason: str = "",
) -> Changes:
    """Give a person (or the seal, in its keeper's hands) a new key and certificate; the former ones are revoked in the same act.

    The receiver types his own password. With ``forgotten`` his key slot is made anew; without, the password must open the one
    he has.
    """
    require_may(session, tuple(ATTENDING), "签发证书")
    receiver_row = person_of(person)
    _check_receiver(session, receiver_row, purpose)
    folder = _folder(session)
    second = second_attending(session, witness, witness_password, receiver_row.id) if witness else None
    if second is None:
        _check_envelope(session, receiver_row, recovery_code)
    receiver = _receiver(session, receiver_row, password, forgotten)
    row_id, issued = new_id(), _new_key(session, receiver_row, purpose)
    held.keep(folder, row_id, issued, receiver.secret)
    try:
        cosigner = second.as_cosigner() if second else None
        with session.act("certificate.issue", reason=reason or f"为{receiver_row.name}签发证书", cosigner=cosigner) as act:
            _write(session, act, receiver, row_id, issued, purpose, provisional=second is None)
            _replace_slot(session, folder, receiver)
    except BaseException:
        places.key_file(folder, row_id).unlink(missing_ok=True)
        raise
    finally:
        if second is not None:
            second.lock()
    return _done(act)


@action(
    "certificate.revoke", "撤销证书",
    Field("certificate", "证书", "row"), Field("reason", "理由", "long"),
    note="自现在起不能再用它登录和签名；此前的签名仍然有效。", done="已撤销证书。",
)
def revoke(session: Session, *, certificate: str, reason: str) -> Changes:
    """Make a certificate void from now on; what it signed before stays good."""
    require_may(session, ("issue_certificates", "countersign"), "撤销证书")
    if not reason.strip():
        raise Refusal("撤销证书须写明理由。", code="access.reason")
    with session.act("certificate.revoke", reason=reason.strip()) as act:
        _revoke(act, _standing(act, certificate), reason.strip())
    return _done(act)


@action("certificate.ratify", "追认证书", Field("certificate", "证书", "row"), done="已追认证书。")
def ratify(session: Session, *, certificate: str) -> Changes:
    """院长 ratifies a certificate that was issued with the recovery envelope as the second person."""
    require_may(session, "ratify", "追认证书")
    with session.act("certificate.ratify") as act:
        row = _standing(act, certificate)
        if row.person == session.me.id:
            raise Refusal("不能追认自己的证书，请由另一人办理。", code="access.oneself")
        act.change(row, state=CertificateState.VALID)
        _settle(session, act, row, "院长追认")
    return _done(act)


@action(
    "certificate.annul", "不予追认证书",
    Field("certificate", "证书", "row"), Field("reason", "理由", "long"),
    button="不予追认", note="证书即时作废；它签过的事项请逐一核对。", done="已不予追认。",
)
def annul(session: Session, *, certificate: str, reason: str) -> Changes:
    """院长 does not ratify: the certificate is void from now on, and what it signed is his to look at."""
    require_may(session, "ratify", "追认证书")
    if not reason.strip():
        raise Refusal("不予追认须写明理由。", code="access.reason")
    with session.act("certificate.annul", reason=reason.strip()) as act:
        row = _standing(act, certificate)
        _revoke(act, row, reason.strip())
        _settle(session, act, row, f"院长不予追认：{reason.strip()}")
    return _done(act)


def _check_receiver(session: Session, person: Person, purpose: str) -> None:
    if purpose not in ("person", "seal"):
        raise Refusal("证书的用途只有 person（个人）和 seal（院印）。", code="certificate.purpose")
    if not person.account:
        raise Refusal(f"{person.name}没有登录名，请先登记。", code="certificate.account")
    if person.id == session.me.id:
        raise Refusal("不能给自己签发证书，请由另外两人办理。", code="access.oneself")
    held_posts = {post.post for post in posts_on(person.id, session.day)}
    keeper = any("seal" in session.organisation.posts[post].may for post in held_posts if post in session.organisation.posts)
    if purpose == "seal" and not keeper:
        raise Refusal(f"{person.name}不是印章管理员，不能领用院印证书。", code="certificate.keeper")


def _may_attend(session: Session, person: str) -> bool:
    posts = session.organisation.posts
    held_posts = (posts[post.post] for post in posts_on(person, session.day) if post.post in posts)
    return any(post.may & ATTENDING for post in held_posts)


def second_attending(session: Session, account: str, password: str, receiver: str = "") -> held.HeldKey:
    """The key of a second person who attends an act of two; lock it afterwards.

    Raises:
        Refusal: ``access.two_people`` for the one at the desk, for ``receiver``, and for one whose posts do not attend.
    """
    second = second_person(session.store, _folder(session), account, password)
    if second.person in (receiver, session.me.id):
        raise Refusal("在场的第二人不能是领证人，也不能是您自己。请另一人输入密码。", code="access.two_people")
    if not _may_attend(session, second.person):
        raise Refusal("在场的第二人须是院长、局长、副局长或系统管理员。请另一人输入密码。", code="access.two_people")
    return second


def _check_envelope(session: Session, receiver: Person, code: str) -> None:
    able = [
        person.name
        for person in Person.select().where(Person.struck.is_null(), Person.account != "")
        if person.id not in (receiver.id, session.me.id) and _may_attend(session, person.id) and sits_here(session, person.id)
    ]
    if able:
        raise Refusal(
            f"签发证书须两人在场，请{'、'.join(able)}之一输入密码；没有这样的人在本席位时，才可启用恢复码信封。", code="access.two_people",
            ways=(WayOn("请第二人输入密码", "certificate.issue"),),
        )
    if _ratifies(session, receiver.id):
        raise Refusal("给院长签发证书须有第二人在场：启用恢复码信封的证书由院长追认，不能由院长追认自己的。", code="access.two_people")
    if not code:
        raise Refusal("本席位没有可在场的第二人，请启封恢复码信封并输入恢复码；此事将记为事件，证书须院长追认。", code="access.two_people")
    check_password(_folder(session), slots.RECOVERY, code)


def _ratifies(session: Session, person: str) -> bool:
    posts = session.organisation.posts
    return any("ratify" in posts[post.post].may for post in posts_on(person, session.day) if post.post in posts)


def sits_here(session: Session, person: str) -> bool:
    return any(post.site == session.store.site for post in posts_on(person, session.day))


def _receiver(session: Session, person: Person, password: str, forgotten: bool) -> _Receiver:
    file = places.slots_file(_folder(session))
    text = slots.read(file)
    if person.account in text.slots and not forgotten:
        opened, _ = check_password(_folder(session), person.account, password)
        return _Receiver(person, opened.p12_secret, None)
    slots.check_new_password(password)
    cost = next(iter(text.slots.values())).cost if text.slots else None
    prepared = slots.prepare(person.account, password, cost)
    return _Receiver(person, prepared.p12_secret, prepared)


def _new_key(session: Session, person: Person, purpose: str) -> Issued:
    validity = Validity.years(session.day, DEMO_PERSON_YEARS if session.demo else PERSON_YEARS)
    held_posts = [post.post for post in posts_on(person.id, session.day)]
    return new_certificate(issuing_key(session.store), session.organisation, person, held_posts, purpose, validity)


def _write(session: Session, act: Act, receiver: _Receiver, row_id: str, issued: Issued, purpose: str, *, provisional: bool) -> None:
    purposes = ("person", "seal") if receiver.prepared is not None else (purpose,)
    for old in _live(receiver.person, purposes):
        _revoke(act, act.get(Certificate, old.id), "签发了新证书")
    row = certificate_row(issued, receiver.person, session.store.site, purpose, row_id)
    row.issued_at, row.state = act.at, CertificateState.PROVISIONAL if provisional else CertificateState.VALID
    act.add(row)
    if provisional:
        text = f"本席位无第二人在场，{session.me.name}启用恢复码信封为{receiver.person.name}签发证书，待院长追认。"
        place = f"Certificate:{row_id}"
        act.add(Incident(id=new_id(), kind="recovery_envelope", place=place, text=text, found_at=act.at, state=IncidentState.OPEN))


def _replace_slot(session: Session, folder: Path, receiver: _Receiver) -> None:
    """Last within the act: if the slots cannot be written, the act keeps nothing either."""
    if receiver.prepared is None:
        return
    base = session.store.base
    assert isinstance(base, EncryptedDatabase)
    slots.renew(places.slots_file(folder), receiver.prepared, base.data_key)


def _live(person: Person, purposes: tuple[str, ...]) -> list[Certificate]:
    found = Certificate.select().where(
        Certificate.person == person.id, Certificate.purpose.in_(purposes), Certificate.struck.is_null(),
        Certificate.state.in_(SIGNED_WITH),
    )
    return list(found)


def _standing(act: Act, certificate: str) -> Certificate:
    row = act.get(Certificate, certificate)
    require_possible(row, act.name, "该证书", "certificate.state")
    return row


def _revoke(act: Act, row: Certificate, reason: str) -> None:
    act.change(row, state=CertificateState.REVOKED, revoked_at=act.at, reason=reason)


def _settle(session: Session, act: Act, row: Certificate, note: str) -> None:
    for incident in Incident.select().where(Incident.place == f"Certificate:{row.id}", Incident.state == IncidentState.OPEN):
        act.change(incident, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=note)


def _folder(session: Session) -> Path:
    folder = session.store.folder
    if folder is None:
        raise Refusal("本库没有数据文件夹，不能签发证书。", code="certificate.folder")
    return folder


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
