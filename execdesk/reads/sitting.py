"""Who has no certificate to sign in or seal with: the people of a sitting in which several receive one."""

from __future__ import annotations

from dataclasses import dataclass

from execdesk.access.issuing import keeps_root
from execdesk.access.session import Session, posts_of, posts_on
from execdesk.access.signin import usable_certificate
from execdesk.law.refusal import Refusal
from execdesk.records.people import Person


@dataclass(frozen=True)
class WithoutCertificate:
    """One certificate to be issued: ``key`` is person (row id) and purpose."""

    person: str
    purpose: str
    name: str
    account: str
    posts: str

    @property
    def key(self) -> str:
        """The person and what the certificate is for."""
        return f"{self.person}:{self.purpose}"


def without_certificate(session: Session) -> tuple[WithoutCertificate, ...]:
    """Everybody with an account but no certificate in its time, in the order of accounts; 院长, whose comes from the root, is not among
    them, nor is the person signed in. Who keeps the seal without its certificate is there for that too."""
    found: list[WithoutCertificate] = []
    for person in Person.select().where(Person.struck.is_null(), Person.account != "").order_by(Person.account):
        if person.id == session.me.id or keeps_root(session, person.id):
            continue
        held = [session.organisation.posts[one.post] for one in posts_of(person.id) if one.struck is None and one.post in session.organisation.posts]
        words = "、".join(dict.fromkeys(post.name for post in held)) or "没有职务"
        keeps = any("seal" in session.organisation.posts[one.post].may for one in posts_on(person.id, session.day) if one.post in session.organisation.posts)
        wanted = ("person", "seal") if keeps else ("person",)
        found += [WithoutCertificate(person.id, purpose, person.name, person.account, words) for purpose in wanted if not _has(session, person, purpose)]
    return tuple(found)


def _has(session: Session, person: Person, purpose: str) -> bool:
    try:
        usable_certificate(person, purpose, session.store.clock.now())
    except Refusal:
        return False
    return True
