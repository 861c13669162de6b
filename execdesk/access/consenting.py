"""Who may decide, sign and seal with a new certificate at once, and who only after 院长 consents; what waits for him.

One who approves, signs and seals nothing uses his certificate at once. For all others two holders of shares are not enough: 院长 is one
of them, or consents afterwards, or the envelope is opened beside them, and then 院长 looks at what was signed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable

from execdesk.access.session import PersonKey, Session, holders_of, posts_of, posts_on
from execdesk.law.refusal import Refusal
from execdesk.records.people import FOR_PRESIDENT, Certificate, CertificateState, GrantState, Person
from execdesk.store.clock import COURT_TIME

UNTIL_THEN = "同意以前可以登录、起草、登记，不能审批、签名、盖章"


def signs(session: Session, person: str) -> bool:
    """Whether a post that a person holds, will hold or is prepared for approves, signs or seals."""
    posts = session.organisation.posts
    return any(
        posts[post.post].countersign for post in posts_of(person)
        if post.post in posts and post.struck is None and post.state != GrantState.REFUSED and (post.ends_on is None or post.ends_on >= session.day)
    )


def consents(session: Session, people: Iterable[str]) -> bool:
    """Whether one of ``people`` is 院长 today, whose signature on the act is his consent."""
    posts = session.organisation.posts
    return any("ratify" in posts[post.post].may for person in people for post in posts_on(person, session.day) if post.post in posts)


def require_consented(session: Session, certificate: str) -> None:
    """Refuse ``certificate.awaiting`` while 院长 has not consented to a certificate (row id), and say who he is."""
    row = Certificate.get_or_none((Certificate.id == certificate) & (Certificate.state == CertificateState.AWAITING))
    if row is None:
        return
    whose = Person.get_by_id(row.person).name
    what = "院印证书" if row.purpose == "seal" else "证书"
    raise Refusal(
        f"{whose}的{what}待院长同意：{UNTIL_THEN}。请{president_words(session)}在「审批」里同意；急需办理而院长不在的，请两人在场并启用恢复信封重新签发。",
        code="certificate.awaiting",
    )


def president_words(session: Session) -> str:
    """院长 by name, or his office where nobody holds it today."""
    able = [code for code, post in session.organisation.posts.items() if "ratify" in post.may]
    found = [person.name for code in able for person in holders_of(code, session.day)]
    return f"院长{'、'.join(found)}" if found else "院长（现在无人任院长，请先办理就任）"


def waiting_certificates(session: Session) -> list[Certificate]:
    """The certificates that wait for 院长, the oldest first; not those of the person signed in."""
    found = Certificate.select().where(Certificate.state.in_(FOR_PRESIDENT), Certificate.struck.is_null(), Certificate.person != session.me.id)
    return list(found.order_by(Certificate.issued_at, Certificate.id))


def about_certificate(session: Session, row: Certificate) -> str:
    """What a certificate is for, whose posts it serves, when it was issued and how it stands, in words."""
    posts = session.organisation.posts
    held = dict.fromkeys(posts[one.post].name for one in posts_of(row.person) if one.post in posts and one.struck is None)
    day = row.issued_at.astimezone(COURT_TIME).date()
    return f"{'院印' if row.purpose == 'seal' else '、'.join(held) or '没有职务'}，{day} 签发，{row.state_words}"


def told_waiting(session: Session) -> tuple[str, ...]:
    """The sentence for whoever signs in with a certificate that waits for 院长."""
    row = Certificate.get_or_none(Certificate.id == session.key.certificate) if session.key is not None else None
    waits = row is not None and row.state == CertificateState.AWAITING
    return (f"您的证书待{president_words(session)}同意：{UNTIL_THEN}。",) if waits else ()


def deciding_key(session: Session) -> PersonKey:
    """The key of the person signed in, to decide or sign a paper with; refuses ``store.locked``, ``certificate.awaiting``."""
    key = session.signing_key
    require_consented(session, key.certificate)
    return key


def sealing_key(session: Session) -> PersonKey:
    """The key of the court's seal in the hands of its keeper; refuses ``access.no_seal``, ``certificate.awaiting``."""
    if session.seal is None:
        raise Refusal("本机没有可用的院印钥匙，请由印章管理员办理，或登记湿印。", code="access.no_seal")
    require_consented(session, session.seal.certificate)
    return session.seal
