"""Which new certificates serve at once, which wait for 院长, and his one consent to all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from execdesk.access import places, slots
from execdesk.access.actions import credentials, people
from execdesk.access.consenting import require_consented
from execdesk.access.setup import DEMO_PASSPHRASE, SetUp
from execdesk.records.incidents import Incident
from execdesk.records.people import Certificate, CertificateState, Person
from tests.access.conftest import DAY
from tests.access.test_credentials import NEW, Sit, code, issued, live, whole


def state(account: str, purpose: str = "person") -> str:
    return str(live(account, purpose)[0].state)


@pytest.mark.parametrize(
    ("account", "witness", "told"),
    [
        ("clerk", "director", "valid"), ("officer", "director", "valid"), ("auxiliary", "deputy", "valid"),
        ("judge-1", "director", "awaiting"), ("seal", "director", "awaiting"), ("review", "director", "awaiting"), ("deputy", "director", "awaiting"),
        ("director", "deputy", "awaiting"), ("vice", "director", "awaiting"), ("judge-1", "president", "valid"), ("seal", "president", "valid"),
    ],
)
def test_who_signs_nothing_begins_at_once_and_others_wait_for_the_president(sit: Sit, account: str, witness: str, told: str) -> None:
    admin = sit("admin")
    issued(admin, person=account, witness=witness)
    assert state(account) == told
    assert not Incident.select().exists()
    assert whole(admin)


def test_a_post_prepared_or_to_come_waits_too(sit: Sit) -> None:
    admin = sit("admin")
    for account, name in (("new-1", "新人甲"), ("new-2", "新人乙")):
        people.add_person(admin, name=name, account=account)
    people.prepare_post(admin, person="new-1", post="judge", starts_on=DAY.replace(month=3))
    for account in ("new-1", "new-2"):
        issued(admin, person=account, witness="director", forgotten=False)
    assert (state("new-1"), state("new-2")) == ("awaiting", "valid")
    assert whole(admin)


def test_the_president_present_or_the_root_is_the_consent(sit: Sit, folder: Path) -> None:
    issued(sit("president"), person="judge-1", witness="director")
    root = {"root_file": str(folder / places.DEMO_ROOT_FILE), "passphrase": DEMO_PASSPHRASE}
    issued(sit("admin"), person="president", witness="director", password="demo", forgotten=False, **root)
    assert (state("judge-1"), state("president")) == ("valid", "valid")


def test_two_and_the_envelope_let_a_judge_sign_and_are_an_incident(sit: Sit, made: SetUp, folder: Path) -> None:
    admin = sit("admin")
    assert code(issued, admin, witness="director", recovery_code="AAAA") == "access.recovery_code"
    assert state("judge-1") == "valid", "nothing was issued"
    changes = issued(admin, witness="director", recovery_code=made.recovery_code)
    row = live("judge-1")[0]
    require_consented(admin, row.id)
    incident = Incident.get()
    assert (row.state, incident.place, "局长甲" in incident.text) == ("provisional", f"Certificate:{row.id}", True)
    assert "新的恢复码" in changes.told
    assert code(slots.open_slot, places.slots_file(folder), slots.RECOVERY, made.recovery_code) != "", "the old envelope is void"
    assert whole(admin)


def test_an_envelope_that_serves_nothing_is_not_opened(sit: Sit, made: SetUp, folder: Path) -> None:
    admin, before = sit("admin"), places.slots_file(folder).read_bytes()
    assert code(issued, admin, person="clerk", witness="director", recovery_code=made.recovery_code) == "certificate.envelope"
    assert code(issued, admin, witness="director", recovery_code="x", telephone=True) == "certificate.envelope"
    assert places.slots_file(folder).read_bytes() == before


def test_whoever_waits_neither_issues_nor_attends_nor_countersigns(sit: Sit) -> None:
    admin = sit("admin")
    people.add_person(admin, name="新人甲", account="new-1")
    post = people.prepare_post(admin, person="new-1", post="judge", starts_on=DAY).ids("Post")[0]
    issued(admin, person="director", witness="deputy", password="demo", forgotten=False)
    assert code(issued, admin, witness="director") == "certificate.awaiting"
    director = sit("director")
    assert code(people.countersign_post, director, posts=[post]) == "certificate.awaiting"
    assert code(issued, director, witness="president") == "certificate.awaiting"
    credentials.ratify(sit("president"), certificates=[live("director")[0].id])
    people.countersign_post(sit("director"), posts=[post])


def test_the_president_consents_to_all_by_one_act_or_to_none(sit: Sit) -> None:
    admin = sit("admin")
    for account in ("judge-1", "judge-2", "review"):
        issued(admin, person=account, witness="director")
    waiting: list[Any] = [live(account)[0].id for account in ("judge-1", "judge-2", "review")]
    own = Certificate.get(Certificate.person == Person.get(Person.account == "president").id)
    assert code(credentials.ratify, sit("director"), certificates=waiting) == "access.duty"
    president = sit("president")
    assert code(credentials.ratify, president, certificates=[]) == "certificate.none"
    for wrong in (own.id, live("clerk")[0].id):
        assert code(credentials.ratify, president, certificates=[*waiting, wrong]) == "certificate.state"
    assert [row.state for row in Certificate.select().where(Certificate.id.in_(waiting))] == ["awaiting"] * 3
    changes = credentials.ratify(president, certificates=waiting)
    assert len(changes.lines) == 1
    assert {row.state for row in Certificate.select().where(Certificate.id.in_(waiting))} == {CertificateState.VALID}
    assert whole(president)


def test_what_can_be_done_where_nobody_can_attend_is_said(sit: Sit, folder: Path) -> None:
    admin = sit("admin")
    for account in ("president", "director", "deputy"):
        Person.update(account="").where(Person.account == account).execute()
    with pytest.raises(Exception, match="院长同意以前可以登录") as refusal:
        issued(admin, witness="")
    assert "县院本部" in str(refusal.value)
    with pytest.raises(Exception, match="领证后即可使用"):
        issued(admin, person="clerk", witness="", password=NEW)
