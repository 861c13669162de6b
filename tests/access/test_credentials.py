"""Certificates with two people present, the recovery envelope, forgotten passwords, leaving and the new key of the store."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import attempts, places, slots
from execdesk.access.actions import credentials, people
from execdesk.access.actions.leaving import leave
from execdesk.access.desk_keys import trust_of
from execdesk.access.register import ACTIONS
from execdesk.access.rekeying import give_key, rekey_if_due
from execdesk.access.session import Session, posts_on
from execdesk.access.signin import change_password, check_password, open_store, sign_in, sign_in_again
from execdesk.desk import AppServices
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident
from execdesk.records.journal import Line
from execdesk.records.papers import KeptFile
from execdesk.records.people import Certificate, Delegation, Person, Post
from execdesk.store.act import Changes, open_act
from execdesk.store.check import check
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import encrypt_anew, open_sqlite
from execdesk.store.files import digest_of
from tests.access.conftest import DAY, session_on
from tests.looking import look_at
from tests.world import Shelf, World

Sit = Callable[..., Session]
NEW = "新的密码一二三四"


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def whole(session: Session) -> bool:
    return check(session.store, trust_of(session.store).judge(session.organisation.posts, session.authority)).whole


def live(account: str, purpose: str = "person") -> list[Certificate]:
    holder = Person.get(Person.account == account)
    found = Certificate.select().where(Certificate.person == holder.id, Certificate.purpose == purpose, Certificate.state != "revoked")
    return list(found)


def issued(session: Session, **named: Any) -> Changes:
    wanted = {"person": "judge-1", "password": NEW, "own_password": "demo", "witness": "president", "witness_password": "demo", "forgotten": True, **named}
    return credentials.issue(session, **wanted)


def issue(session: Session, **named: Any) -> list[str]:
    return issued(session, **named).ids("Certificate")


def test_a_forgotten_password_ends_the_old_certificate_and_begins_a_new_one(sit: Sit, folder: Path) -> None:
    admin = sit("admin")
    old = live("judge-1")[0]
    issue(admin)
    assert Certificate.get_by_id(old.id).state == "revoked"
    assert [row.state for row in live("judge-1")] == ["valid"]
    assert code(check_password, folder, "judge-1", "demo", DemonstrationClock(DAY).now()) == "access.wrong_password"
    judge = sit("judge-1", NEW)
    assert judge.key is not None and judge.key.certificate == live("judge-1")[0].id != old.id
    assert whole(judge)
    line = Line.get(Line.act == "certificate.issue")
    assert line.cosignature is not None


def test_a_new_person_signs_in_once_he_has_a_certificate(sit: Sit, folder: Path) -> None:
    admin = sit("admin")
    people.add_person(admin, name="法官戊", account="judge-5")
    assert code(sign_in_again, admin.store, folder, "judge-5", NEW) == "access.wrong_password"
    issue(admin, person="judge-5", forgotten=False)
    assert sit("judge-5", NEW).me.name == "法官戊"


def test_renewal_with_the_password_keeps_the_slot(sit: Sit, folder: Path) -> None:
    admin = sit("admin")
    before = slots.read(places.slots_file(folder)).slots
    issue(admin, password="demo", forgotten=False)
    after = slots.read(places.slots_file(folder)).slots
    assert {name: replace(slot, share=b"") for name, slot in after.items()} == {name: replace(slot, share=b"") for name, slot in before.items()}
    assert sit("judge-1", "demo").key.certificate == live("judge-1")[0].id  # type: ignore[union-attr]
    assert code(issue, sit("admin"), password="wrong", forgotten=False) == "access.wrong_password"


def test_the_keeper_of_the_seal_gets_a_new_seal_certificate(sit: Sit, folder: Path) -> None:
    admin = sit("admin")
    personal, seal = live("seal")[0], live("seal", "seal")[0]
    issue(admin, person="seal", password="demo", forgotten=False, purpose="seal")
    assert [row.id for row in live("seal")] == [personal.id]
    assert live("seal", "seal")[0].id != seal.id
    assert code(issue, admin, purpose="seal") == "certificate.keeper"
    signed_in = sign_in_again(admin.store, folder, "seal", "demo")
    assert signed_in.seal is not None and signed_in.seal.certificate == live("seal", "seal")[0].id


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"witness": "admin"}, "access.two_people"),  # the one who issues
        ({"witness": "judge-1"}, "access.two_people"),  # the one who receives
        ({"witness": "clerk"}, "access.two_people"),  # no post to witness
        ({"witness": "", "witness_password": ""}, "access.two_people"),
        ({"witness": "", "recovery_code": "x"}, "access.two_people"),  # others could have witnessed
        ({"witness_password": "nope"}, "access.wrong_password"),
        ({"own_password": "nope"}, "access.wrong_password"),
        ({"person": "admin"}, "access.oneself"),
        ({"person": "书记员乙"}, "certificate.account"),
        ({"purpose": "root"}, "field.value"),
        ({"password": "short"}, "access.weak_password"),
    ],
)
def test_without_two_other_people_nothing_is_issued(sit: Sit, folder: Path, named: dict[str, Any], told: str) -> None:
    admin = sit("admin")
    before = (sorted((folder / places.KEYS_FOLDER).iterdir()), places.slots_file(folder).read_bytes(), Certificate.select().count())
    assert code(issue, admin, **named) == told
    after = (sorted((folder / places.KEYS_FOLDER).iterdir()), places.slots_file(folder).read_bytes(), Certificate.select().count())
    assert before == after


def test_a_judge_issues_nothing(sit: Sit) -> None:
    assert code(issue, sit("judge-1"), person="clerk") == "access.duty"


def test_the_administrators_own_certificate_comes_from_two_others(sit: Sit) -> None:
    director = sit("director")
    issue(director, person="admin")
    assert sit("admin", NEW).me.account == "admin"


@pytest.fixture
def branch(worlds: Shelf, tmp_path: Path) -> World:
    """A store at Huangliu: of those who could witness only the deputy sits there."""
    return worlds.get("huangliu").own(tmp_path / "branch")


def test_the_recovery_envelope_is_an_incident_until_ratified(
    branch: World, services: AppServices
) -> None:
    signed_in = sign_in(branch.folder, "deputy", "demo", DemonstrationClock(DAY))
    look_at(signed_in.store)

    def session(account: str) -> Session:
        again = sign_in_again(signed_in.store, branch.folder, account, "demo")
        return session_on(services, again, signed_in.store)

    deputy = session("deputy")
    assert code(issue, deputy, witness="") == "access.two_people"
    wrong = branch.notes["recovery"][:-1] + ("A" if branch.notes["recovery"][-1] != "A" else "C")
    assert code(issue, deputy, witness="", recovery_code=wrong) == "access.recovery_code"
    changes = issued(deputy, witness="", recovery_code=branch.notes["recovery"])
    found = live("judge-1")[0]
    assert (found.id in changes.ids("Certificate"), found.state) == (True, "awaiting")
    renewed = re.search(r"[A-Z0-9-]{47}", changes.told)
    assert renewed is not None and code(issue, session("deputy"), person="judge-2", witness="", recovery_code=branch.notes["recovery"]) == "access.wrong_password"
    incident = Incident.get(Incident.kind == "recovery_envelope")
    assert "法官甲" in incident.text and incident.state == "open"
    assert code(credentials.ratify, session("director"), certificates=[found.id]) == "access.duty"
    credentials.ratify(session("president"), certificates=[found.id])
    assert (live("judge-1")[0].state, Incident.get_by_id(incident.id).state) == ("valid", "settled")
    issue(session("deputy"), person="judge-2", witness="", recovery_code=renewed[0])
    second = live("judge-2")[0]
    president = session("president")
    assert code(credentials.annul, president, certificate=second.id, reason="") == "field.missing"
    credentials.annul(president, certificate=second.id, reason="未见本人")
    assert live("judge-2") == []
    assert code(credentials.ratify, president, certificates=[second.id]) == "certificate.state"
    assert whole(president)
    signed_in.store.close()


def test_revoked_certificate_signs_in_no_more(sit: Sit, folder: Path) -> None:
    director = sit("director")
    row = live("judge-1")[0]
    assert code(credentials.revoke, director, certificate=row.id, reason="") == "field.missing"
    credentials.revoke(director, certificate=row.id, reason="钥匙外借")
    assert code(sign_in_again, director.store, folder, "judge-1", "demo") == "access.no_certificate"
    assert code(credentials.revoke, director, certificate=row.id, reason="x") == "certificate.state"


def test_changing_ones_password(folder: Path, clock: DemonstrationClock) -> None:
    now = clock.now()
    assert code(change_password, folder, "clerk", "nope", NEW, now) == "access.wrong_password"
    change_password(folder, "clerk", "demo", NEW, now)
    signed_in = sign_in(folder, "clerk", NEW, clock)
    signed_in.store.close()


def test_who_leaves_is_shut_out_and_the_store_has_a_new_key(sit: Sit, folder: Path, clock: DemonstrationClock) -> None:
    admin = sit("admin")
    old_key = slots.open_slot(places.slots_file(folder), "vice", "demo").data_key
    leave(admin, person="vice", last_day=DAY, reason="调离")
    vice = Person.get(Person.account == "vice")
    assert [post.post for post in posts_on(vice.id, DAY)] == ["vice_president"]
    assert posts_on(vice.id, date(2018, 1, 3)) == []
    assert Delegation.get(Delegation.person == vice.id).revoked_on == DAY
    assert live("vice") == []
    assert code(sign_in, folder, "vice", "demo", clock) == "access.wrong_password"
    assert slots.open_slot(places.slots_file(folder), "clerk", "demo").data_key != old_key
    clerk = sit("clerk")
    people_count = Person.select().count()
    clerk.store.close()
    for name in ("execdesk.db", "execdesk-files.db"):
        with pytest.raises(Refusal):
            open_sqlite(folder / name, old_key)
    signed_in = sign_in(folder, "clerk", "demo", clock)
    assert Person.select().count() == people_count
    assert check(signed_in.store, trust_of(signed_in.store).judge(clerk.organisation.posts, clerk.authority)).whole
    signed_in.store.close()


def test_while_another_window_is_open_the_new_key_waits_for_the_next_start(sit: Sit, folder: Path, clock: DemonstrationClock) -> None:
    admin = sit("admin")
    opened = slots.open_slot(places.slots_file(folder), "clerk", "demo")
    other = open_sqlite(places.store_file(folder), opened.data_key)
    other.execute_sql('SELECT count(*) FROM "person"').fetchall()
    leave(admin, person="vice", last_day=DAY, reason="调离")
    assert slots.open_slot(places.slots_file(folder), "clerk", "demo").data_key == opened.data_key
    assert code(sign_in, folder, "vice", "demo", clock) == "access.wrong_password"
    other.close()
    admin.store.close()
    signed_in = sign_in(folder, "clerk", "demo", clock)
    assert slots.open_slot(places.slots_file(folder), "clerk", "demo").data_key != opened.data_key
    assert rekey_if_due(signed_in.store) is False
    signed_in.store.close()


def test_a_power_cut_while_rekeying_leaves_a_way_in(folder: Path, clock: DemonstrationClock) -> None:
    file = places.slots_file(folder)
    fresh = slots.new_data_key()

    def cut(_key: bytes) -> None:
        raise OSError("power cut")

    with pytest.raises(OSError):
        slots.rekey(file, fresh, cut)
    store = open_store(folder, slots.open_slot(file, "clerk", "demo"), clock)  # the old key still opens the store
    store.close()
    assert slots.open_slot(file, "clerk", "demo").next_key is None

    def given(key: bytes) -> None:
        base = open_sqlite(places.store_file(folder), slots.open_slot(file, "clerk", "demo").data_key)
        base.connection().pragma("journal_mode", "delete")
        encrypt_anew(base.connection(), key)
        base.close()
        raise OSError("power cut")

    with pytest.raises(OSError):
        slots.rekey(file, fresh, given)
    store = open_store(folder, slots.open_slot(file, "clerk", "demo"), clock)  # the new one does
    store.close()
    opened = slots.open_slot(file, "clerk", "demo")
    assert (opened.data_key, opened.next_key) == (fresh, None)


@pytest.mark.parametrize("given", [(), ("execdesk.db",), ("execdesk-files.db",), ("execdesk.db", "execdesk-files.db")])
def test_a_power_cut_between_the_two_files_leaves_both_with_one_key(folder: Path, clock: DemonstrationClock, given: tuple[str, ...]) -> None:
    file, fresh = places.slots_file(folder), slots.new_data_key()
    signed_in = sign_in(folder, "clerk", "demo", clock)
    with open_act(signed_in.store, "event") as act:
        act.add(KeptFile(document=new_id(), sha256=act.keep_file(b"paper"), size=5, kind="scan", person=signed_in.person.id, at=act.at))
    signed_in.store.close()
    before = slots.open_slot(file, "clerk", "demo").data_key

    def cut(key: bytes) -> None:
        for name in given:
            base = open_sqlite(folder / name, before)
            base.connection().pragma("journal_mode", "delete")
            give_key([base], key)
            base.close()
        raise OSError("power cut")

    with pytest.raises(OSError):
        slots.rekey(file, fresh, cut)
    store = open_store(folder, slots.open_slot(file, "clerk", "demo"), clock)
    assert store.files.get(digest_of(b"paper")) == b"paper"
    store.close()
    opened = slots.open_slot(file, "clerk", "demo")
    assert (opened.data_key, opened.next_key) == (fresh if given else before, None)
    for name in ("execdesk.db", "execdesk-files.db"):
        open_sqlite(folder / name, opened.data_key).close()


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"person": "admin"}, "access.oneself"), ({"person": "president"}, "person.last"), ({"reason": " "}, "field.missing"),
        ({"last_day": date(2018, 1, 3)}, "field.value"),
    ],
)
def test_leaving_is_refused(sit: Sit, named: dict[str, Any], told: str) -> None:
    assert code(leave, sit("admin"), **{"person": "vice", "last_day": DAY, "reason": "调离", **named}) == told


def test_the_administrator_alone_brings_nothing_about_in_anothers_name(sit: Sit, folder: Path) -> None:
    """Every action of this room, as administrator alone, with values that would suit him."""
    admin = sit("admin")
    judge, vice = Person.get(Person.account == "judge-1"), Person.get(Person.account == "vice")
    post = people.prepare_post(admin, person="admin", post="judge", starts_on=DAY).ids("Post")[0]
    letter = Delegation.get(Delegation.person == vice.id)
    certificate = live("judge-1")[0].id
    suited: dict[str, Any] = {
        "person": judge.id, "post": post, "delegation": letter.id, "certificate": certificate, "certificates": [certificate], "reason": "试", "starts_on": DAY,
        "ends_on": DAY, "revoked_on": DAY, "matters": ["all"], "letter": "乐法授〔2018〕9号", "password": NEW, "name": "某人",
        "staffing": "contract", "last_day": DAY, "group": "coastal", "judge": "法官甲", "officers": ["法警乙"], "team": "法官甲团队",
        "own_password": "demo", "witness": "president", "witness_password": "guess", "root_to": "root.p12", "root_file": str(folder / places.DEMO_ROOT_FILE), "passphrase": "guess",
        "scan": str(folder / places.SLOTS_FILE), "recovery_code": "34679",
        "site": "HL", "call": "1 号 K7QX", "master": "34679", "serial": "0000", "pin": "480172",
    }
    room = [action for action in ACTIONS.values() if action.run.__module__.startswith("execdesk.access.")]
    assert len(room) >= 14
    for action in room:
        if action.name in ("person.leave", "person.account", "certificate.revoke"):
            continue  # these end authority; they give none
        values = {field.name: suited[field.name] for field in action.fields if field.required}
        try:
            action.run(admin, **values)
        except Refusal as refusal:
            assert refusal.text.endswith("。")
    assert {p.post for p in posts_on(admin.me.id, DAY)} == {"admin"}
    assert not Delegation.select().where(Delegation.state == "effective", Delegation.id != letter.id).exists()
    assert [row.id for row in live("judge-1")] == [certificate]
    assert all(p.countersigned_by != admin.me.id for p in Post.select())
    assert code(check_password, folder, "judge-1", NEW, admin.store.clock.now()) == "access.wrong_password"
    attempts.succeeded(places.attempts_file(folder), "judge-1", admin.store.clock.now())
    assert whole(admin)


def test_if_the_slots_cannot_be_written_nothing_was_issued(sit: Sit, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = sit("admin")
    before = (sorted((folder / places.KEYS_FOLDER).iterdir()), live("judge-1")[0].id, Line.select().count())

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(slots, "renew", full)
    with pytest.raises(OSError, match="disk full"):
        issue(admin)
    assert (sorted((folder / places.KEYS_FOLDER).iterdir()), live("judge-1")[0].id, Line.select().count()) == before
    assert sit("judge-1").me.account == "judge-1"
