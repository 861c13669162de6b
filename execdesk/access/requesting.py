"""A certificate request: exactly what certificate is to be issued to whom, in words that all present read before they type a password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from execdesk.access import places, slots
from execdesk.access.attending import data_folder
from execdesk.access.certificates import CertificateSubject, Validity, read_pem
from execdesk.access.consenting import UNTIL_THEN, consents, signs
from execdesk.access.founding import subject_of_person
from execdesk.access.issuing import attends, current_certificate, keeps_root
from execdesk.access.lookup import person_of
from execdesk.access.providers import Words, consent
from execdesk.access.session import Session, posts_on
from execdesk.access.setup import DEMO_PERSON_YEARS, PERSON_YEARS
from execdesk.access.telephone import next_call
from execdesk.law.refusal import Refusal
from execdesk.records.people import STANDING, Certificate, Person
from execdesk.store.clock import COURT_TIME

PURPOSES = {"person": "个人签名", "seal": "院印（由印章管理员保管）"}


@dataclass(frozen=True)
class CertificateRequest:
    """What is to be issued. ``replaced`` are the certificates that end with it; ``new_password``: the receiver's slot is made anew;
    ``by_root``: 院长's own comes from the root itself; ``signs``: a post of the receiver approves, signs or seals; ``consented``: the one
    who issues is 院长."""

    person: Person
    purpose: str
    subject: CertificateSubject
    validity: Validity
    site_name: str
    replaced: tuple[Certificate, ...]
    new_password: bool
    attends: bool
    by_root: bool
    signs: bool
    consented: bool

    @property
    def words(self) -> Words:
        """What those present read: label and words."""
        old = "、".join(f"序号 {row.serial[:12]}…（{PURPOSES[row.purpose]}）" for row in self.replaced)
        found = [
            ("领证人", f"{self.person.name}（登录名 {self.person.account}）"), ("用途", PURPOSES[self.purpose]),
            ("证书上的姓名", self.subject.name), ("证书上的职务", self.subject.post or "没有职务"),
            ("有效期", f"{self.validity.first} 至 {self.validity.last}"), ("签发席位", self.site_name),
            ("同时作废", old or "没有"), ("密码", "领证人另设新密码" if self.new_password else "领证人仍用现在的密码"),
        ]
        found += [("签发者", "证书根（院长的U盘和口令）" if self.by_root else "本席位的签发钥匙")]
        if self.signs and not self.by_root and not self.consented:
            found += [("批准、签名、盖章", f"院长是在场第二人的，即可办理；不然待院长同意，{UNTIL_THEN}")]
        return (*found, ("签发钥匙", "领证人将持有一份")) if self.attends else tuple(found)


def certificate_request(session: Session, person: str, purpose: str = "person", forgotten: bool = False) -> CertificateRequest:
    """The request of the person signed in.

    Raises:
        Refusal: ``certificate.purpose``, ``certificate.account``, ``access.oneself``, ``certificate.keeper``, ``issuing.none``.
    """
    receiver = person_of(person)
    _check_receiver(session, receiver, purpose)
    new_password = forgotten or receiver.account not in slots.names(places.slots_file(data_folder(session)))
    above = read_pem(current_certificate(session.store))[0].not_valid_after_utc.astimezone(COURT_TIME).date()
    wanted = Validity.years(session.day, DEMO_PERSON_YEARS if session.demo else PERSON_YEARS)
    held = [post.post for post in posts_on(receiver.id, session.day)]
    return CertificateRequest(
        receiver, purpose, subject_of_person(session.organisation, receiver, held, purpose), Validity(wanted.first, min(wanted.last, above)),
        session.site_name, _live(receiver, tuple(PURPOSES) if new_password else (purpose,)), new_password, attends(session, receiver.id),
        keeps_root(session, receiver.id), signs(session, receiver.id), consents(session, [session.me.id]),
    )


@consent("certificate.issue")
def request_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What is to be issued; the root that 院长's own needs is asked for before anybody types a password."""
    request = certificate_request(session, values["person"], values.get("purpose") or "person", bool(values.get("forgotten")))
    if request.by_root and not values.get("root_file"):
        raise root_wanted()
    if not values.get("telephone"):
        return request.words
    return (*request.words, ("读给另一席位", str(next_call(data_folder(session)))), ("对方", "两人核对后读回一个码，填在下面；证书待院长追认"))


def root_wanted() -> Refusal:
    """The sentence where 院长's certificate is asked for without the root."""
    return Refusal("院长的证书由证书根签发：请插入院长的U盘，选证书根文件（窗口里在「更多栏目」），并输入口令。", code="certificate.root")


def _check_receiver(session: Session, person: Person, purpose: str) -> None:
    if purpose not in PURPOSES:
        raise Refusal("证书的用途只有 person（个人）和 seal（院印）。", code="certificate.purpose")
    if not person.account:
        raise Refusal(f"{person.name}没有登录名，请先登记。", code="certificate.account")
    if person.id == session.me.id:
        raise Refusal("不能给自己签发证书，请由另外两人办理。", code="access.oneself")
    held_posts = {post.post for post in posts_on(person.id, session.day)}
    keeper = any("seal" in session.organisation.posts[post].may for post in held_posts if post in session.organisation.posts)
    if purpose == "seal" and not keeper:
        raise Refusal(f"{person.name}不是印章管理员，不能领用院印证书。", code="certificate.keeper")


def _live(person: Person, purposes: tuple[str, ...]) -> tuple[Certificate, ...]:
    found = Certificate.select().where(
        Certificate.person == person.id, Certificate.purpose.in_(purposes), Certificate.struck.is_null(),
        Certificate.state.in_(STANDING),
    )
    return tuple(found.order_by(Certificate.issued_at, Certificate.id))
