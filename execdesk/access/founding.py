"""The rows of line 1, and what a set-up is asked for: court with its root, desks, groups, people, posts, teams, certificates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from execdesk.access import certificates as certs
from execdesk.access.certificates import Issued
from execdesk.access.organisation import Organisation
from execdesk.access.organisation_data import DemoDelegation, NewTeam
from execdesk.access.sealing import Cost
from execdesk.access.session_keys import DeskSigner
from execdesk.law.refusal import Refusal
from execdesk.records.base import Journaled, new_id
from execdesk.records.court import COURT_DETAILS, Area, Court, Group, Site
from execdesk.records.people import Certificate, CertificateState, Delegation, GrantState, Person, Post
from execdesk.records.teams import Team, TeamMember
from execdesk.store.permissions import Owners


@dataclass(frozen=True)
class NewPerson:
    """Somebody entered at set-up; with an account and the password he types himself he can sign in."""

    name: str
    account: str = ""
    password: str = field(default="", repr=False)
    staffing: str = "political"
    posts: tuple[str, ...] = ()
    group: str | None = None
    site: str = "HQ"
    phone: str = ""


@dataclass(frozen=True)
class Wanted:
    """What to set up. ``root_to`` is where the root goes, apart from the data, under 院长's ``passphrase``; a demonstration
    store keeps its root with the data. ``owners`` are the accounts of the system that may read and write the files."""

    organisation: Organisation
    people: Sequence[NewPerson]
    site: str = "HQ"
    demo: bool = False
    teams: Sequence[NewTeam] = ()
    delegations: Sequence[DemoDelegation] = ()
    root_to: Path | None = None
    passphrase: str = field(default="", repr=False)
    posts_from: date | None = None
    cost: Cost | None = None
    owners: Owners = Owners()


@dataclass(frozen=True)
class Founding:
    """What the rows are made from."""

    organisation: Organisation
    site: str
    day: date
    demo: bool
    root: Issued
    issuing: Issued
    desk: DeskSigner


@dataclass(frozen=True)
class FoundingRows:
    """All rows, and the keys to be wrapped: account, certificate row id, key."""

    records: list[Journaled]
    keys: list[tuple[str, str, Issued]]


def founding_rows(founding: Founding, wanted: Wanted, certified_from: date, years: int) -> FoundingRows:
    """The rows of a new store; a post without 院长's presence could not be, so all are in effect."""
    groups = {code: Group(id=new_id(), code=code, name=g.name, seat=g.seat, site=g.site, starts_on=g.valid_from, ends_on=g.valid_to)
              for code, g in founding.organisation.groups.items()}
    people = {p.name: Person(id=new_id(), name=p.name, account=p.account, staffing=p.staffing, phone=p.phone or None) for p in wanted.people}
    president = next(people[p.name] for p in wanted.people if "president" in p.posts)
    records: list[Journaled] = [_court(founding), *_sites(founding), *groups.values(), *_areas(founding, groups), *people.values()]
    starts = wanted.posts_from or founding.day
    for person in wanted.people:
        records.extend(_posts(person, people[person.name], groups, president, starts))
    records.extend(_teams(founding, wanted, people, groups))
    records.extend(_delegations(wanted, people, president))
    keys: list[tuple[str, str, Issued]] = []
    for person in wanted.people:
        for row, issued in _certificates(founding, person, people[person.name], certs.Validity.years(certified_from, years)):
            records.append(row)
            keys.append((person.account, row.id, issued))
    return FoundingRows(records, keys)


def certificate_row(issued: Issued, person: Person, site: str, purpose: str, row: str | None = None) -> Certificate:
    """The journaled row of a certificate; ``issued_at`` is the act's."""
    return Certificate(
        id=row or new_id(), person=person.id, site=site, serial=issued.serial, pem=issued.pem, purpose=purpose, state=CertificateState.VALID
    )


def subject_of_person(organisation: Organisation, person: Person, posts: Sequence[str], purpose: str) -> certs.CertificateSubject:
    """Whom a certificate of a person names; that of the seal names the seal, in the hands of its keeper."""
    court = organisation.court.name
    titles = "、".join(organisation.posts[post].name for post in posts if post in organisation.posts)
    name, title = (f"{court}印章", "院印") if purpose == "seal" else (person.name, titles[:64])
    return certs.CertificateSubject(name, title, court, person.id)


def new_certificate(issuing: Issued, subject: certs.CertificateSubject, purpose: str, validity: certs.Validity) -> Issued:
    """A key and certificate for a person, or for the seal."""
    return certs.signature_certificate(issuing, subject, validity, "seal" if purpose == "seal" else "person")


def _court(founding: Founding) -> Court:
    data = founding.organisation.court
    return Court(
        id=new_id(), name=data.name, code=data.code, upper=data.upper, short=data.short, letters=data.letters, demo=founding.demo,
        **{name: getattr(data, name) or None for name in COURT_DETAILS},
        root_fingerprint=certs.fingerprint(founding.root.certificate), root_certificate=certs.pem(founding.root.certificate),
        started_on=founding.day,
    )


def _sites(founding: Founding) -> Iterator[Site]:
    for code, data in founding.organisation.sites.items():
        own = code == founding.site
        yield Site(
            id=new_id(), code=code, name=data.name, certificate=founding.issuing.pem if own else None,
            key=founding.desk.key if own else None,
        )


def _areas(founding: Founding, groups: dict[str, Group]) -> Iterator[Area]:
    for area in founding.organisation.areas:
        group = groups[area.group].id if area.group else None
        yield Area(id=new_id(), code=area.code, name=area.name, names=list(area.names), group=group, near=area.near, kind=area.kind)


def _posts(new: NewPerson, person: Person, groups: dict[str, Group], president: Person, starts: date) -> Iterator[Post]:
    for post in new.posts:
        yield Post(
            id=new_id(), person=person.id, post=post, group=groups[new.group].id if new.group else None, site=new.site, starts_on=starts,
            state=GrantState.EFFECTIVE, countersigned_by=None if person is president else president.id, note="设立时登记",
        )


def _teams(founding: Founding, wanted: Wanted, people: dict[str, Person], groups: dict[str, Group]) -> Iterator[Journaled]:
    for team in wanted.teams:
        starts = max(founding.organisation.groups[team.group].valid_from, wanted.posts_from or founding.day)
        row = Team(id=new_id(), name=team.name, group=groups[team.group].id, starts_on=starts)
        yield row
        for name in (team.judge, *team.officers):
            role = "judge" if name == team.judge else "officer"
            yield TeamMember(id=new_id(), team=row.id, person=people[name].id, role=role, starts_on=starts)


def _delegations(wanted: Wanted, people: dict[str, Person], president: Person) -> Iterator[Delegation]:
    for letter in wanted.delegations:
        if letter.name not in people:
            raise Refusal(f"授权书{letter.letter}的“{letter.name}”不在人员里，请补齐。", code="setup.people")
        yield Delegation(
            id=new_id(), person=people[letter.name].id, letter=letter.letter, matters=list(letter.matters),
            starts_on=letter.valid_from, ends_on=letter.valid_to, state=GrantState.EFFECTIVE, countersigned_by=president.id,
        )


def _certificates(
    founding: Founding, new: NewPerson, person: Person, validity: certs.Validity
) -> Iterator[tuple[Certificate, Issued]]:
    if not new.password:
        return  # he is not here: he receives one with two present, once the court is founded
    for purpose in ("person", "seal") if "seal_keeper" in new.posts else ("person",):
        issued = new_certificate(founding.issuing, subject_of_person(founding.organisation, person, new.posts, purpose), purpose, validity)
        yield certificate_row(issued, person, founding.site, purpose), issued
