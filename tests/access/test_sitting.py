"""Several certificates in one sitting: two type their passwords once, each new person his own; the keys are held no longer than that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import places, slots
from execdesk.access.actions import credentials, people
from execdesk.access.session import Session
from execdesk.access.sitting import Sitting, begin_sitting
from execdesk.reads.sitting import without_certificate
from execdesk.records.journal import Line
from execdesk.records.people import Certificate, Person
from tests.access.conftest import DAY
from tests.access.test_credentials import NEW, Sit, code, live, whole

TWO = {"own_password": "demo", "witness": "director", "witness_password": "demo"}
MANY = ("new-1", "new-2", "new-3")


@pytest.fixture
def admin(sit: Sit) -> Session:
    """The administrator, who has entered a clerk, a judge and somebody without a post."""
    session = sit("admin")
    for account in MANY:
        people.add_person(session, name=f"新人{account}", account=account)
    people.prepare_post(session, person="new-1", post="clerk", starts_on=DAY)
    people.prepare_post(session, person="new-2", post="judge", starts_on=DAY)
    return session


@pytest.fixture
def begun() -> Iterator[Callable[..., Sitting]]:
    """Begin a sitting; its keys are gone after the test."""
    found: list[Sitting] = []

    def begin(session: Session, **named: Any) -> Sitting:
        found.append(begin_sitting(session, **{**TWO, **named}))
        return found[-1]

    yield begin
    for one in found:
        one.end()


def states() -> list[str]:
    return [str(live(account)[0].state) for account in MANY]


def test_each_new_person_types_only_his_own_password(admin: Session, begun: Callable[..., Sitting], folder: Path) -> None:
    sitting = begun(admin)
    assert [one.account for one in without_certificate(admin)] == list(MANY)
    began = time.perf_counter()
    for account in MANY:
        sitting.issue(person=account, password=f"{NEW}{account}")
    assert time.perf_counter() - began < 40 * len(MANY), "40 seconds each"
    assert states() == ["valid", "awaiting", "valid"]
    assert without_certificate(admin) == ()
    lines = list(Line.select().where(Line.act == "certificate.issue"))
    assert len(lines) == len(MANY) and all(line.cosignature is not None for line in lines)
    assert whole(admin)
    for account in MANY:
        assert slots.open_slot(places.slots_file(folder), account, f"{NEW}{account}").name == account


def test_one_refused_keeps_the_others_and_the_sitting(admin: Session, begun: Callable[..., Sitting]) -> None:
    sitting, before = begun(admin), Certificate.select().count()
    for named, told in (
        ({"person": "new-1", "password": "x"}, "access.weak_password"), ({"person": "admin"}, "access.oneself"), ({"person": "director"}, "certificate.sitting"),
        ({"person": "president"}, "certificate.sitting"), ({"person": "nobody"}, "person.missing"), ({"person": "new-1", "purpose": "seal"}, "certificate.keeper"),
    ):
        assert code(sitting.issue, **{"password": NEW, **named}) == told, named
    assert Certificate.select().count() == before
    sitting.issue(person="new-1", password=NEW)
    assert Certificate.select().count() == before + 1


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"witness": "admin"}, "access.two_people"), ({"witness": "clerk"}, "access.two_people"), ({"witness_password": "x"}, "access.wrong_password"),
        ({"own_password": "x"}, "access.wrong_password"),
    ],
)
def test_two_who_hold_shares_begin_it(admin: Session, begun: Callable[..., Sitting], named: dict[str, str], told: str) -> None:
    assert code(begun, admin, **named) == told


def test_who_may_not_issue_begins_none(sit: Sit, begun: Callable[..., Sitting]) -> None:
    assert code(begun, sit("clerk")) == "access.duty"


def test_the_keys_are_forgotten_at_the_end_and_when_the_time_is_over(admin: Session) -> None:
    at = [0.0]
    limit = admin.organisation.sitting_minutes * 60
    with begin_sitting(admin, **TWO, now=lambda: at[0]) as sitting:
        at[0] = limit - 1
        assert sitting.seconds_left == 1
        sitting.issue(person="new-1", password=NEW)
        at[0] = limit
        assert sitting.seconds_left == 0
        assert code(sitting.issue, person="new-2", password=NEW) == "certificate.sitting"
        at[0] = 0
        assert code(sitting.issue, person="new-2", password=NEW) == "certificate.sitting", "what is forgotten does not come back"
    with begin_sitting(admin, **TWO) as other:
        other.end()
        assert other.seconds_left == 0
        assert code(other.issue, person="new-2", password=NEW) == "certificate.sitting"
    assert not live("new-2")


def test_a_sitting_ends_with_the_certificate_of_either(admin: Session, sit: Sit, begun: Callable[..., Sitting]) -> None:
    sitting = begun(admin)
    row = Certificate.get(Certificate.person == Person.get(Person.account == "director").id)
    credentials.revoke(sit("president"), certificate=row.id, reason="遗失")
    assert code(sitting.issue, person="new-1", password=NEW) == "certificate.sitting"
    again = begun(sit("admin"), witness="deputy")
    again.session.person = Person.get(Person.account == "clerk")
    assert code(again.issue, person="new-1", password=NEW) == "certificate.sitting", "somebody else took the desk"
    assert again.seconds_left == 0
