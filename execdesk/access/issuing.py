"""The issuing key of this desk: it lies wrapped, and two shares of its secret open it for one act.

Those who may issue or attend here hold a share each, the desk's sealed envelope one more. Shares lie in the key slots, each sealed to
its holder, and are dealt anew at every issue, so that whoever came to attend since then holds one too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from execdesk.access import key_file, places, recovery, slots
from execdesk.access.certificates import Issued, read_pem, serial
from execdesk.access.files import write_atomic
from execdesk.access.organisation_data import ATTENDING, PostData
from execdesk.access.session import Session, posts_on
from execdesk.access.shares import combine_shares, new_secret
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.court import Site
from execdesk.records.people import Person
from execdesk.store.store import Store, on_store

REPLACE = WayOn("用证书根更换签发钥匙", "issuing.replace")
ISSUING_KEY = "issuing_key"  # the kind of incident that a replacement of the key settles


@dataclass(frozen=True)
class IssuingKey:
    """The key while two persons hold it open, with the secret behind the shares."""

    issued: Issued = field(repr=False)
    secret: bytes = field(repr=False)


def keep_issuing_key(folder: Path, issued: Issued, holders: Iterable[str]) -> None:
    """Wrap a new issuing key under a fresh secret and deal that to the slots of ``holders`` and of the envelope."""
    secret = new_secret()
    write_atomic(places.key_file(folder, issued.serial), key_file.pack(issued, secret))
    file = places.slots_file(folder)
    slots.deal(file, secret, {*holders, *slots.of_nobody(file)})


def open_issuing_key(store: Store, folder: Path, shares: tuple[bytes, bytes]) -> IssuingKey:
    """The key behind two shares.

    Raises:
        Refusal: ``issuing.none`` where this desk has no such key, ``issuing.shares`` where the two do not meet.
    """
    try:
        data = places.key_file(folder, serial(read_pem(current_certificate(store))[0])).read_bytes()
    except FileNotFoundError:
        raise Refusal("本机没有签发钥匙的文件。请从备份恢复，或由院长用证书根更换签发钥匙。", code="issuing.none", ways=(REPLACE,)) from None
    try:
        secret = combine_shares(shares)
        return IssuingKey(key_file.unpack(data, secret), secret)
    except (Refusal, ValueError):
        raise Refusal("两份签发钥匙份额合不上，没有签发。请由院长用证书根更换签发钥匙。", code="issuing.shares", ways=(REPLACE,)) from None


def deal_anew(session: Session, folder: Path, key: IssuingKey) -> None:
    """Fresh shares for all who may issue or attend today and have a slot here, for the envelope and the telephone; nobody else keeps one."""
    file = places.slots_file(folder)
    slots.deal(file, key.secret, {*entitled(session), *slots.of_nobody(file)})


def renew_envelope(store: Store, folder: Path) -> str:
    """A fresh recovery code in the place of the old one, and the sentence that tells it once; shares are dealt afterwards."""
    file, code = places.slots_file(folder), recovery.new_code()
    slots.renew(file, slots.prepare(slots.RECOVERY, code, slots.cost_of(file)), store.data_key)
    return f"新的恢复码：{code}。只显示这一次：请抄写或打印，封入新信封，旧信封作废。"


def entitled(session: Session) -> tuple[str, ...]:
    """The accounts of those who may issue certificates or attend today."""
    people = Person.select().where(Person.struck.is_null(), Person.account != "").order_by(Person.account)
    return tuple(person.account for person in people if attends(session, person.id))


def attends(session: Session, person: str) -> bool:
    """Whether a post that a person holds today lets him issue certificates or attend their issue."""
    return any_attends(session.organisation.posts.get(post.post) for post in posts_on(person, session.day))


def keeps_root(session: Session, person: str) -> bool:
    """Whether a person is 院长 today: his certificates come from the root itself, so that no two others can make one."""
    held = (session.organisation.posts.get(post.post) for post in posts_on(person, session.day))
    return any(post is not None and "keep_root" in post.may for post in held)


def any_attends(posts: Iterable[PostData | None]) -> bool:
    """Whether one of the posts lets its holder issue certificates or attend."""
    return any(post is not None and post.may & ATTENDING for post in posts)


@on_store
def current_certificate(store: Store) -> str:
    """The issuing certificate of this desk, PEM; refuses ``issuing.none`` where it has none."""
    site = Site.get_or_none(Site.code == store.site)
    if site is None or site.certificate is None:
        raise Refusal("本机没有签发证书的钥匙，请在县院本部签发。", code="issuing.none")
    return str(site.certificate)
