"""A session: an opened store, the law and the documents beside it, and the person who is signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from peewee import JOIN

from execdesk.access.corrections import CorrectedLaw
from execdesk.access.courttexts import CorrectedTexts
from execdesk.access.personal_box import PersonalBox
from execdesk.documents.catalogue import Catalogue
from execdesk.documents.pdfservice import KeyMaterial, PdfService
from execdesk.law.authority import AuthorityTable
from execdesk.law.book import LawBook
from execdesk.law.calendar import CourtCalendar
from execdesk.law.refusal import Refusal
from execdesk.records.court import Court, Site
from execdesk.records.people import Certificate, CertificateState, GrantState, Person, Post
from execdesk.store.act import Act, open_act
from execdesk.store.line import Cosigner
from execdesk.store.look import looking, seen
from execdesk.store.store import Store

if TYPE_CHECKING:
    from execdesk.access.organisation import Organisation


class PersonKey(Protocol):
    """The certificate key of the person who is signed in; signs decisions and documents."""

    @property
    def certificate(self) -> str:
        """Row id of the certificate."""

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256 over ``data``."""

    def material(self) -> KeyMaterial:
        """What the PDF signer needs: key and certificate chain."""

    @property
    def box(self) -> PersonalBox:
        """What seals for this person alone."""


@dataclass
class Session:
    """Everything an action needs."""

    store: Store
    if TYPE_CHECKING:
        law: LawBook
    else:
        law: LawBook = CorrectedLaw()  # given the shipped book, it answers it with the court's effective corrections
    authority: AuthorityTable
    organisation: Organisation
    calendar: CourtCalendar
    resources: Path
    if TYPE_CHECKING:
        catalogue: Catalogue
    else:
        catalogue: Catalogue = CorrectedTexts()  # given the shipped catalogue, it answers it with the court's adopted texts
    pdf: PdfService
    person: Person | None = None
    key: PersonKey | None = None
    seal: PersonKey | None = None  # the court seal's own key, in the hands of its keeper
    memory: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """Today in the court's time zone: the machine's day, or the day of a demonstration store."""
        return self.store.clock.day_of(self.store.clock.now())

    @property
    def me(self) -> Person:
        """The person signed in.

        Raises:
            Refusal: ``store.locked`` if nobody is.
        """
        if self.person is None:
            raise Refusal("尚未登录，不能办理。请先登录。", code="store.locked")
        return self.person

    @property
    def signing_key(self) -> PersonKey:
        """The key of the person signed in.

        Raises:
            Refusal: ``store.locked`` if it is not unlocked.
        """
        if self.key is None:
            raise Refusal("尚未登录，不能签名。请先登录。", code="store.locked")
        return self.key

    @property
    def court(self) -> Court:
        """The court's row."""
        with self.store.reading():
            found: Court = seen("court", Court.select().get)
        return found

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration store: so by its first line and root, never by a setting."""
        return bool(self.court.demo)

    @property
    def site_name(self) -> str:
        """The name of this desk."""
        return site_name(self.store.site)

    def _require_certificate(self) -> None:
        if self.person is None or self.key is None:
            return
        row = Certificate.get_or_none(Certificate.id == self.key.certificate)
        if row is None or row.state == CertificateState.REVOKED:
            raise Refusal(
                "您的签名证书已经撤销，不能再办理。请系统管理员会同另一人重新签发，再重新登录。", code="access.certificate_revoked"
            )

    @contextmanager
    def act(
        self, name: str, *, case: str | None = None, reason: str = "", cosigner: Cosigner | None = None, corrects: bool = False
    ) -> Iterator[Act]:
        """Open an act of the person signed in. One that ``corrects`` rows is refused where it changes none (``act.same``).

        Raises:
            Refusal: ``access.certificate_revoked`` if his certificate has been revoked since he signed in.
        """
        with self.store.reading():
            self._require_certificate()
        with open_act(self.store, name, case=case, reason=reason, cosigner=cosigner) as act:
            act.session, act.corrects = self, corrects
            yield act


@dataclass(frozen=True)
class Everybody:
    """Everybody who ever worked here, by account, and the posts each ever held: a few dozen rows, read at once in a look."""

    people: dict[str, Person]
    posts: dict[str, list[Post]]

    @classmethod
    def read(cls) -> Everybody:
        made = cls({}, defaultdict(list))
        query = Person.select(Person, Post).join(Post, JOIN.LEFT_OUTER, on=(Post.person == Person.id), attr="a_post")
        for row in query.order_by(Person.account, Person.id, Post.id):
            made.people.setdefault(row.id, row)
            post = getattr(row, "a_post", None)
            if post is not None and post.id is not None:
                made.posts[row.id].append(post)
        return made


def everybody() -> Everybody:
    """Everybody and their posts; read once in a look."""
    return seen("everybody", Everybody.read)


def _staff() -> Everybody | None:
    """Everybody, where a look will ask for more of them; else the row wanted is read by itself."""
    return everybody() if looking() else None


def person_of(row: str) -> Person | None:
    """A person by row id; ``None`` where his row has not come from the other desk yet."""
    staff = _staff()
    found: Person | None = Person.get_or_none(Person.id == row) if staff is None else staff.people.get(row)
    return found


def posts_of(person: str) -> list[Post]:
    """All posts ever entered for a person, struck ones too."""
    staff = _staff()
    return list(Post.select().where(Post.person == person).order_by(Post.id)) if staff is None else list(staff.posts.get(person, ()))


def posts_on(person: str, day: date) -> list[Post]:
    """The posts of a person in effect on a day."""
    staff = _staff()
    if staff is not None:
        return [post for post in staff.posts.get(person, ()) if _in_effect(post, day)]
    found = Post.select().where(
        Post.person == person, Post.state == GrantState.EFFECTIVE, Post.struck.is_null(), Post.starts_on <= day,
        Post.ends_on.is_null() | (Post.ends_on >= day),
    )
    return list(found.order_by(Post.id))


def is_past(post: Post, day: date) -> bool:
    """Whether a term lies before a day: entered so that what was approved in it can be recorded, it gives no authority any more."""
    return post.ends_on is not None and bool(post.ends_on < day)


def site_name(code: str) -> str:
    """The name of a desk of the court; its code where it is none."""
    site = Site.get_or_none(Site.code == code)
    return site.name if site else code


def holders_of(post: str, day: date, site: str | None = None) -> list[Person]:
    """Who holds a post on a day, anywhere or at one desk, in the order of accounts."""
    staff = _staff()
    if staff is not None:
        held = ((person, one) for person in staff.people.values() for one in staff.posts.get(person.id, ()))
        return [person for person, one in held if one.post == post and _in_effect(one, day) and site in (None, "", one.site)]
    found = (
        Person.select().join(Post, on=(Post.person == Person.id))
        .where(
            Post.post == post, Post.state == GrantState.EFFECTIVE, Post.struck.is_null(), Post.starts_on <= day,
            Post.ends_on.is_null() | (Post.ends_on >= day),
        ).order_by(Person.account, Person.id, Post.id)
    )
    return list(found.where(Post.site == site) if site else found)


def _in_effect(post: Post, day: date) -> bool:
    return post.state == GrantState.EFFECTIVE and post.struck is None and post.starts_on <= day and (post.ends_on is None or post.ends_on >= day)
