"""Desks for the tests of the store: real keys, a founding line, sessions opened by lines of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from execdesk.records.base import in_context, new_id
from execdesk.records.cases import Case, Party
from execdesk.records.court import Court, Site
from execdesk.records.journal import Line
from execdesk.records.measures import Measure
from execdesk.records.people import Certificate, Person, SessionKey
from execdesk.store import replay
from execdesk.store.act import open_act
from execdesk.store.chains import entry_of
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import create_schema, open_sqlite
from execdesk.store.line import Entry
from execdesk.store.merge import Receipt, take_in
from execdesk.store.signatures import LineVerifier
from execdesk.store.store import Store
from tests.looking import look_at
from tests.store.seconds import common

ROOT = "f" * 64
START = date(2018, 1, 2)


class Key:
    """An Ed25519 key that signs lines, of a person or (without one) of a desk."""

    def __init__(self, person: str = "") -> None:
        self.person = person
        self._private = Ed25519PrivateKey.generate()
        self.key = self._private.public_key().public_bytes_raw().hex()

    def sign(self, digest: bytes) -> bytes:
        return self._private.sign(digest)


@dataclass
class FixedClock:
    """A clock that stands where it is put."""

    moment: datetime
    confirmed: bool = False

    def now(self) -> datetime:
        return self.moment

    def day_of(self, moment: datetime) -> date:
        return DemonstrationClock(START).day_of(moment)


def vouched(session: dict[str, Any], certificate: dict[str, Any] | None) -> str | None:
    """The binding of the tests: a session is good if its certificate is known, its own and not revoked."""
    if certificate is None:
        return "没有签名证书"
    if certificate["person"] != session["person"]:
        return "用了别人的证书"
    return "证书已吊销" if certificate.get("revoked_at") else None


def judge() -> LineVerifier:
    return LineVerifier(vouched, root=ROOT)


@dataclass
class Desk:
    """A store with the key of its desk, the session of one person, and a judge that has read all its lines."""

    store: Store
    key: Key
    judge: LineVerifier = field(default_factory=judge)

    def line(self, number: int, chain: str | None = None) -> Entry:
        site, incarnation = (chain or self.store.chain).split(".")
        look_at(self.store)
        return entry_of(Line.get(Line.site == site, Line.incarnation == int(incarnation), Line.number == number))

    def lines(self) -> list[Entry]:
        return list(replay.all_entries(self.store))

    def take(self, entries: Iterable[Entry]) -> Receipt:
        return take_in(self.store, list(entries), self.fresh_judge())

    def fresh_judge(self) -> LineVerifier:
        """A judge as a program makes it: primed with the lines here."""
        from execdesk.store.primed import prime

        look_at(self.store)
        return prime(self.store.base, judge())

    def hash(self) -> str:
        return replay.state_hash(replay.stored_rows(self.store))

    def sign_in(self, person: Person, certificate: Certificate) -> Key:
        """Open a session: the first line its key signs tells the key."""
        key = Key(person.id)
        self.store.signer = key
        with open_act(self.store, "session.open") as act:
            act.add(SessionKey(
                person=person.id, certificate=certificate.id, site=self.store.site, public=key.key, opened_at=act.at, binding="-"
            ))
        return key


@dataclass
class Bureau:
    """Several desks founded by one line; ``people`` have a certificate each."""

    desks: list[Desk]
    people: list[Person]
    certificates: list[Certificate]

    def __iter__(self) -> Iterator[Desk]:
        return iter(self.desks)


def empty_store(site: str, path: Path | None = None, key: bytes | None = None, clock: Any = None) -> Store:
    base = open_sqlite(path, key)
    in_context.set(base)
    create_schema(base)
    store = Store(base, clock=clock or DemonstrationClock(START), folder=path.parent if path else None, ruled=False)
    store.name_site(site, 1)
    return store


def found(store: Store, desk: Key, sites: dict[str, str]) -> tuple[list[Person], list[Certificate]]:
    """The founding line: the court, its desks with their keys, its people with a certificate each."""
    people = [Person(name=f"演示{i}", account=f"p{i}") for i in range(3)]
    certificates = [
        Certificate(person=p.id, site="HQ", serial=f"{i}", pem=common()[0], purpose="person", state="valid",
                    issued_at=datetime(2018, 1, 1, tzinfo=UTC))
        for i, p in enumerate(people)
    ]
    store.signer = desk
    with open_act(store, "store.setup") as act:
        act.add(Court(name="演示法院", code="琼9027", upper="演示中院", demo=True, root_fingerprint=ROOT, root_certificate="-",
                      started_on=START))
        act.add_many([Site(code=code, name=code, key=key) for code, key in sites.items()])
        act.add_many(people)
        act.add_many(certificates)
    return people, certificates


def bureau(*sites: str) -> Bureau:
    """Desks in memory that all hold the founding line; one person is signed in at each."""
    sites = sites or ("HQ", "HL", "JS")
    keys = {site: Key() for site in sites}
    desks = [Desk(empty_store(site), keys[site]) for site in sites]
    first = desks[0]
    look_at(first.store)
    people, certificates = found(first.store, first.key, {site: key.key for site, key in keys.items()})
    founding = first.lines()
    for desk, person, certificate in zip(desks, people, certificates, strict=False):
        if desk is not first:
            desk.take(founding)
        look_at(desk.store)
        desk.sign_in(person, certificate)
    return Bureau(desks, people, certificates)


def case(number: int, **values: Any) -> Case:
    return Case(**{
        "number": f"（2017）琼9027执{number}号", "year": 2017, "type_code": "执", "sequence": number, "cause": "借款合同纠纷",
        "filed_on": date(2017, 8, 1), "state": "open", "origin": "registered", "held_by": "HQ", **values,
    })


def party(of: Case, name: str = "演示甲", position: int = 1) -> Party:
    return Party(case=of.id, side="debtor", position=position, kind="natural", name=name)


def measure(of: Case, who: Party, **values: Any) -> Measure:
    return Measure(**{
        "case": of.id, "party": who.id, "property": new_id(), "kind": "freeze", "term_kind": "bank_deposit", "words": "存款", "state": "proposed",
        **values,
    })


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a store, table by table: to show that nothing changed."""
    look_at(store)
    tables = [name for (name,) in store.base.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {name: list(store.base.execute_sql(f'SELECT * FROM "{name}"')) for name in tables}
    return {**found, "kept files": [(name, store.files.get(name)) for name in store.files.all_names()]}
