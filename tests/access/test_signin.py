"""Set-up and sign-in on real stores: line 1, sessions that verify, locks, wrong passwords, lost keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import main
from execdesk.access import certificates as certs
from execdesk.access import places, slots
from execdesk.access.desk_keys import desk_signer, trust_of
from execdesk.access.founding import NewPerson, Wanted
from execdesk.access.key_file import unpack_root
from execdesk.access.organisation import Organisation, load_demo_people, load_organisation
from execdesk.access.setup import DEMO_PASSPHRASE, SetUp, demo_wanted, set_up
from execdesk.access.signin import SignedIn, second_person, sign_in, sign_in_again
from execdesk.law.refusal import Refusal
from execdesk.records.court import Area, Court
from execdesk.records.journal import Line
from execdesk.records.people import Certificate, Delegation, Person, Post, SessionKey
from execdesk.records.teams import Team
from execdesk.store.act import open_act
from execdesk.store.check import check
from execdesk.store.clock import DemonstrationClock
from execdesk.store.store import Store
from tests.access.conftest import CHEAP, DAY, FOLDER
from tests.looking import look_at

Enter = Callable[..., SignedIn]


def refused(call: Callable[..., object], *args: object, **named: object) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def verify_all(store: Store) -> list[str]:
    verdict = check(store, trust_of(store).judge(load_organisation(FOLDER).posts, main.build().authority))
    return [fault.text for fault in verdict.faults]


def test_line_1_carries_root_and_people_and_is_signed_by_the_desk(made: SetUp, enter: Enter) -> None:
    store = enter("judge-1").store
    first = Line.get(Line.number == 1)
    assert (first.act, first.person) == ("store.setup", "")
    court = Court.select().get()
    assert (court.demo, court.root_fingerprint, court.started_on) == (True, made.root_fingerprint, DAY)
    assert certs.is_demo(trust_of(store).root)
    assert trust_of(store).fingerprint == made.root_fingerprint
    assert Area.select().count() == 16
    assert Team.select().count() == 4
    assert Delegation.select().count() == 1
    assert Certificate.select().where(Certificate.purpose == "person").count() == 15
    assert {p.account for p in Person.select() if p.account} == set(made.accounts)
    assert all(post.state == "effective" for post in Post.select())
    assert desk_signer(store).key == json.loads(bytes(first.body))["key"]
    assert verify_all(store) == []


def test_everybody_with_an_account_signs_in_and_signs_a_line(made: SetUp, enter: Enter) -> None:
    for account in made.accounts:
        signed_in = enter(account)
        with open_act(signed_in.store, "test.nothing"):
            pass
        assert (signed_in.person.account, signed_in.seal is not None) == (account, account == "seal")
    assert SessionKey.select().count() == len(made.accounts) > 10
    assert Line.select().count() == 1 + 2 * len(made.accounts)
    assert verify_all(signed_in.store) == []


def test_a_sitting_on_another_day_goes_on_and_the_clock_is_asked_about(folder: Path) -> None:
    sign_in(folder, "clerk", "demo", DemonstrationClock(date(2018, 6, 1))).store.close()
    strict = DemonstrationClock(date(2018, 12, 1), confirmed=False)
    assert refused(sign_in, folder, "clerk", "demo", strict) == "store.clock"
    signed_in = sign_in(folder, "clerk", "demo", strict, confirm_day=True)
    assert verify_all(signed_in.store) == []
    signed_in.store.close()


def test_wrong_password_counts_and_then_waits(folder: Path, clock: DemonstrationClock) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)  # the machine's moment; the demonstration's own day stands still
    for _ in range(2):
        assert refused(sign_in, folder, "clerk", "nope", clock, now=now) == "access.wrong_password"
    with pytest.raises(Refusal, match="请 1 秒后重新输入"):
        sign_in(folder, "clerk", "nope", clock, now=now)
    assert refused(sign_in, folder, "clerk", "demo", clock, now=now) == "access.wait"
    signed_in = sign_in(folder, "judge-1", "demo", clock, now=now)
    assert signed_in.earlier_failures == 0
    signed_in.store.close()
    signed_in = sign_in(folder, "clerk", "demo", clock, now=now + timedelta(seconds=1))
    assert signed_in.earlier_failures == 3
    signed_in.store.close()


def test_a_damaged_slot_is_told_and_not_counted(folder: Path, clock: DemonstrationClock) -> None:
    file = places.slots_file(folder)
    file.write_bytes(file.read_bytes().replace(b'"name":"clerk"', b'"name":"clerc"'))
    for _ in range(4):
        assert refused(sign_in, folder, "clerk", "demo", clock) == "access.slot_broken"
    assert not places.attempts_file(folder).exists()


def test_damaged_counters_are_told_at_sign_in(folder: Path, clock: DemonstrationClock) -> None:
    places.attempts_file(folder).write_bytes(b"?")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert refused(sign_in, folder, "clerk", "demo", clock, now=now) == "access.wait"
    signed_in = sign_in(folder, "clerk", "demo", clock, now=now + timedelta(minutes=1))
    assert "曾损坏" in signed_in.warnings[0]
    signed_in.store.close()


def test_locking_leaves_nothing_that_could_sign_and_unlocking_goes_on(folder: Path, enter: Enter) -> None:
    signed_in = enter("seal")
    assert signed_in.seal is not None
    signed_in.lock()
    assert signed_in.signer.locked
    assert refused(signed_in.key.sign, b"x") == refused(signed_in.seal.material) == "access.locked"
    with pytest.raises(Refusal) as refusal, open_act(signed_in.store, "test.nothing"):
        pass
    assert refusal.value.code == "store.locked"
    again = sign_in_again(signed_in.store, folder, "seal", "demo")
    assert again.signer.key != signed_in.signer.key
    with open_act(signed_in.store, "test.nothing"):
        pass
    assert verify_all(signed_in.store) == []


def test_change_of_person_on_the_open_store(folder: Path, enter: Enter) -> None:
    signed_in = enter("clerk")
    other = sign_in_again(signed_in.store, folder, "director", "demo")
    with open_act(signed_in.store, "test.nothing"):
        pass
    line = Line.select().order_by(Line.number.desc()).first()
    assert line.person == other.person.id != signed_in.person.id
    assert refused(sign_in_again, signed_in.store, folder, "judge-1", "wrong") == "access.wrong_password"


def test_a_sitting_of_somebody_else_is_found(folder: Path, enter: Enter) -> None:
    signed_in = enter("clerk")
    signed_in.signer.person = Person.get(Person.account == "president").id
    with open_act(signed_in.store, "test.forged"):
        pass
    assert any("属于另一个人" in fault for fault in verify_all(signed_in.store))


def test_the_second_person_signs_the_same_line(folder: Path, enter: Enter) -> None:
    signed_in = enter("admin")
    second, _ = second_person(signed_in.store, folder, "president", "demo")
    with open_act(signed_in.store, "test.two", cosigner=second.as_cosigner()):
        pass
    assert verify_all(signed_in.store) == []
    assert Line.select().order_by(Line.number.desc()).first().cosignature is not None


def test_lost_key_file_missing_store_and_wrong_slots(folder: Path, clock: DemonstrationClock, made: SetUp, tmp_path: Path) -> None:
    for file in (folder / places.KEYS_FOLDER).iterdir():
        file.unlink()
    assert refused(sign_in, folder, "clerk", "demo", clock) == "access.key_missing"
    slots.remove(places.slots_file(folder), "clerk")
    slots.add_person(places.slots_file(folder), "clerk", "demo", bytes(32), CHEAP)
    assert refused(sign_in, folder, "clerk", "demo", clock) == "store.unreadable"
    places.store_file(folder).unlink()
    assert refused(sign_in, folder, "clerk", "demo", clock) == "store.missing_file"


def test_the_recovery_code_opens_the_store_but_is_nobody(folder: Path, made: SetUp, clock: DemonstrationClock) -> None:
    code = made.recovery_code.lower().replace("-", " ")
    assert refused(sign_in, folder, slots.RECOVERY, code, clock) == "access.no_person"
    assert refused(sign_in, folder, slots.RECOVERY, "abc", clock) == "access.recovery_code"


def test_demo_root_opens_with_its_passphrase(folder: Path, made: SetUp) -> None:
    root = unpack_root((folder / places.DEMO_ROOT_FILE).read_bytes(), DEMO_PASSPHRASE)
    assert certs.fingerprint(root.certificate) == made.root_fingerprint


def test_setup_refuses_a_second_store_and_missing_people(folder: Path, organisation: Organisation, tmp_path: Path, clock: DemonstrationClock) -> None:
    wanted = demo_wanted(organisation, load_demo_people(FOLDER, organisation), CHEAP)
    assert refused(set_up, folder, wanted, clock) == "store.exists"
    without = replace(wanted, people=[p for p in wanted.people if "admin" not in p.posts])
    assert refused(set_up, tmp_path / "a", without, clock) == "setup.people"
    double = replace(wanted, people=[*wanted.people, NewPerson("某人", "clerk", "x")])
    assert refused(set_up, tmp_path / "a", double, clock) == "person.account"
    assert not (tmp_path / "a").exists()


def real(organisation: Organisation, root_to: Path | None, passphrase: str = "院长自己想的一句长口令") -> Wanted:
    people = [
        NewPerson("甲院长", "yuanzhang", "院子里那棵凤凰木", posts=("president",)),
        NewPerson("乙局长", "juzhang", "涨潮以前收网回家", posts=("director",)),
        NewPerson("丙管理", "guanli", "木棉花落在屋檐上", "public_service", ("admin",)),
    ]
    return Wanted(organisation, people, root_to=root_to, passphrase=passphrase, cost=CHEAP)


def test_a_real_store_keeps_its_root_apart(organisation: Organisation, tmp_path: Path, clock: DemonstrationClock) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick" / "root.p12"
    assert refused(set_up, data, real(organisation, None), clock) == "setup.root"
    assert refused(set_up, data, real(organisation, data / "root.p12"), clock) == "setup.root"
    assert refused(set_up, data, real(organisation, stick, "short"), clock) == "access.short_passphrase"
    made = set_up(data, real(organisation, stick), clock)
    assert {p.name for p in data.iterdir()} >= {places.STORE_FILE, places.SLOTS_FILE, places.KEYS_FOLDER}
    assert not (data / places.DEMO_ROOT_FILE).exists()
    assert certs.fingerprint(unpack_root(stick.read_bytes(), "院长自己想的一句长口令").certificate) == made.root_fingerprint
    signed_in = sign_in(data, "juzhang", "涨潮以前收网回家", clock)
    look_at(signed_in.store)
    assert not Court.select().get().demo
    assert verify_all(signed_in.store) == []
    signed_in.store.close()


def test_a_demonstration_mark_beside_a_real_store_opens_nothing(
    organisation: Organisation, tmp_path: Path, made: SetUp, clock: DemonstrationClock
) -> None:
    data = tmp_path / "data"
    set_up(data, real(organisation, tmp_path / "root.p12"), clock)
    (data / places.DEMO_ROOT_FILE).write_bytes((made.folder / places.DEMO_ROOT_FILE).read_bytes())
    with pytest.raises(Refusal, match="这是正式库") as refusal:
        sign_in(data, "juzhang", "涨潮以前收网回家", clock)
    assert refusal.value.code == "access.false_demonstration"
    (data / places.DEMO_ROOT_FILE).unlink()
    sign_in(data, "juzhang", "涨潮以前收网回家", clock).store.close()


def test_nothing_secret_lies_open_in_the_data_folder(folder: Path, made: SetUp) -> None:
    everything = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert made.recovery_code.encode() not in everything
    assert b"PRIVATE KEY" not in everything
    assert "法官甲".encode() not in everything.replace((folder / places.DEMO_ROOT_FILE).read_bytes(), b"")
