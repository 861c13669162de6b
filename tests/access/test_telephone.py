"""A forgotten password at a desk without a second person: two persons at the other desk stand in by telephone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import places, slots, telephone
from execdesk.access.actions import credentials
from execdesk.access.actions import telephone as calling
from execdesk.access.desk_keys import trust_of
from execdesk.access.replacing import new_issuing_key, put_in_place
from execdesk.access.requesting import request_words
from execdesk.access.root import open_root
from execdesk.access.session import Session
from execdesk.access.setup import DEMO_PASSPHRASE
from execdesk.access.signin import sign_in, sign_in_again
from execdesk.access.slotcheck import slot_faults
from execdesk.desk import AppServices
from execdesk.law.refusal import Refusal
from execdesk.records.base import in_context
from execdesk.records.incidents import Incident
from execdesk.records.journal import Line
from execdesk.records.people import Certificate, Person
from execdesk.store.check import check
from execdesk.store.clock import DemonstrationClock
from tests.access.conftest import DAY, session_on
from tests.looking import look_at
from tests.world import Shelf

NEW = "新的密码一二三四"
TWO = {"own_password": "demo", "witness": "president", "witness_password": "demo", "reason": "席位上只有一人"}
At = Callable[..., Session]


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def told(text: str) -> str:
    found = re.search(r"[A-Z0-9-]{47}", text)
    assert found is not None
    return found[0]


@pytest.fixture
def desks(worlds: Shelf, tmp_path: Path, services: AppServices) -> Iterator[At]:
    """Somebody at Huangliu (``HL``), where only the deputy attends, or at the courthouse (``HQ``); the tables mean that desk then."""
    folders = {"HL": worlds.get("huangliu").copy(tmp_path / "hl"), "HQ": worlds.get("demo").copy(tmp_path / "hq")}
    stores: dict[str, Any] = {}

    def at(site: str, account: str, password: str = "demo") -> Session:
        folder = folders[site]
        if site in stores:
            in_context.set(stores[site].base)
            signed_in = sign_in_again(stores[site], folder, account, password)
        else:
            signed_in = sign_in(folder, account, password, DemonstrationClock(DAY))
            stores[site] = signed_in.store
            look_at(signed_in.store)
        return session_on(services, signed_in, signed_in.store)

    yield at
    for store in stores.values():
        store.close()


@pytest.fixture
def ready(desks: At) -> str:
    """Codes prepared at Huangliu, their master kept at the courthouse; the master."""
    master = told(calling.prepare(desks("HL", "deputy"), **TWO).told)
    calling.keep(desks("HQ", "admin"), site="HL", master=master, **TWO)
    return master


def read_out(session: Session, person: str = "judge-1") -> str:
    """What those at Huangliu are shown to read out."""
    return dict(request_words(session, {"person": person, "forgotten": True, "telephone": True}))["读给另一席位"]


def answered(session: Session, call: str, person: str = "judge-1", **named: Any) -> str:
    return told(calling.answer(session, **{"site": "HL", "call": call, "person": person, **TWO, **named}).told)


def issue(session: Session, answer: str, **named: Any) -> Any:
    wanted = {"person": "judge-1", "password": NEW, "own_password": "demo", "forgotten": True, "telephone": True, "recovery_code": answer, **named}
    return credentials.issue(session, **wanted)


def whole(session: Session) -> bool:
    return check(session.store, trust_of(session.store).judge(session.organisation.posts, session.authority)).whole


def test_a_password_is_reset_by_telephone_and_stays_provisional_until_ratified(desks: At, ready: str) -> None:
    began = time.perf_counter()
    call = read_out(desks("HL", "deputy"))
    answer = answered(desks("HQ", "admin"), call)
    line = Line.select().order_by(Line.taken.desc()).get()
    assert (line.act, line.cosignature is not None, "法官甲".encode() in bytes(line.body)) == ("telephone.answer", True, True)
    assert answer.encode() not in bytes(line.body) and whole(desks("HQ", "admin"))
    issue(desks("HL", "deputy"), answer.lower().replace("-", " "))
    assert time.perf_counter() - began < 180, "three minutes at the PC"
    row = Certificate.get(Certificate.person == Person.get(Person.account == "judge-1").id, Certificate.state == "awaiting")
    incident = Incident.get()
    assert (incident.place, incident.state, "电话" in incident.text) == (f"Certificate:{row.id}", "open", True)
    assert desks("HL", "judge-1", NEW).me.name == "法官甲"
    assert code(credentials.ratify, desks("HL", "director"), certificates=[row.id]) == "access.duty"
    president = desks("HL", "president")
    credentials.ratify(president, certificates=[row.id])
    assert (Certificate.get_by_id(row.id).state, Incident.get_by_id(incident.id).state) == ("valid", "settled")
    assert whole(president)


def test_the_slots_of_the_codes_are_known_and_others_called_like_them_are_not(desks: At, ready: str) -> None:
    session = desks("HL", "deputy")
    assert slot_faults(session.store) == []
    assert session.store.folder is not None
    file = places.slots_file(session.store.folder)
    slots.add_person(file, "telephone.1.3333", "不是总码算出来的", session.store.data_key)
    assert [fault.place for fault in slot_faults(session.store)] == ["钥匙槽 telephone.1.3333"]


def test_a_code_serves_once_at_both_desks(desks: At, ready: str) -> None:
    call = read_out(desks("HL", "deputy"))
    answer = answered(desks("HQ", "admin"), call)
    for session in (desks("HQ", "admin"), desks("HQ", "director")):
        assert code(answered, session, call) == "telephone.answered"
    issue(desks("HL", "deputy"), answer)
    following = read_out(desks("HL", "deputy"), "judge-2")
    assert following != call
    assert code(issue, desks("HL", "deputy"), answer, person="judge-2") == "access.wrong_password"
    second = answered(desks("HQ", "admin"), following, "judge-2")
    issue(desks("HL", "deputy"), second, person="judge-2")


@pytest.mark.parametrize("heard", ["3 号", "K7QX", "11 号 K7QX", "1 号 1111", "1 号 K7QXX"])
def test_what_was_misheard_is_not_answered(desks: At, ready: str, heard: str) -> None:
    assert code(answered, desks("HQ", "admin"), heard) == "telephone.call"
    assert not Line.select().where(Line.act == "telephone.answer").exists()


@pytest.mark.attack("8.10")
def test_only_two_who_attend_answer_and_never_for_themselves(desks: At, ready: str) -> None:
    call = read_out(desks("HL", "deputy"))
    for account, named, refused in (
        ("admin", {"witness": "admin"}, "access.two_people"), ("admin", {"witness": "clerk"}, "access.two_people"), ("clerk", {}, "access.duty"),
        ("admin", {"witness_password": "x"}, "access.wrong_password"), ("admin", {"own_password": "x"}, "access.wrong_password"),
        ("admin", {"person": "admin"}, "access.oneself"), ("admin", {"person": "president"}, "access.two_people"),
    ):
        assert code(answered, desks("HQ", account), call, **named) == refused, (account, named)
    assert not Line.select().where(Line.act == "telephone.answer").exists()


@pytest.mark.attack("8.10")
def test_the_desk_that_asks_knows_no_answer(desks: At, ready: str) -> None:
    session = desks("HL", "deputy")
    call = telephone.next_call(session.store.folder or Path())
    answers = [telephone.answer_to(ready, telephone.call_of(ready, number)) for number in telephone.NUMBERS]
    for site in ("HL", "HQ"):
        session = desks(site, "deputy")
        session.store.base.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        everything = b"".join(path.read_bytes() for path in (session.store.folder or Path()).rglob("*") if path.is_file())
        assert not any(secret.encode() in everything for secret in (ready, *answers))
    hl = desks("HL", "deputy")
    for wrong in (answers[1], ready, answers[0][:-1] + ("A" if answers[0][-1] != "A" else "C")):
        assert code(issue, hl, wrong) in {"access.wrong_password", "access.recovery_code", "access.wait"}
    assert call in telephone.calls_left(hl.store.folder or Path())


def test_whoever_can_attend_here_attends_and_the_president_is_not_helped(desks: At, ready: str) -> None:
    hq = desks("HQ", "admin")
    calling.prepare(hq, **TWO)
    assert code(issue, hq, "x") == "access.two_people", "others sit at this desk"
    hl = desks("HL", "deputy")
    root = {"root_file": str((hl.store.folder or Path()) / places.DEMO_ROOT_FILE), "passphrase": DEMO_PASSPHRASE}
    assert code(issue, hl, "x", person="president", **root) == "access.two_people"
    assert code(issue, hl, "") == "access.two_people"


def test_a_new_set_ends_the_old_one(desks: At, ready: str) -> None:
    call = read_out(desks("HL", "deputy"))
    calling.prepare(desks("HL", "deputy"), **TWO)
    fresh = read_out(desks("HL", "deputy"))
    assert code(answered, desks("HQ", "admin"), fresh) == "telephone.call", "the courthouse keeps the old master"
    answer = answered(desks("HQ", "admin"), call)
    assert code(issue, desks("HL", "deputy"), answer) == "access.wrong_password"
    for call_left in telephone.calls_left(desks("HL", "deputy").store.folder or Path()):
        slots.remove(places.slots_file(desks("HL", "deputy").store.folder or Path()), call_left.slot)
    assert code(read_out, desks("HL", "deputy")) == "telephone.none"


def test_a_replaced_issuing_key_closes_the_master(desks: At, ready: str) -> None:
    call = read_out(desks("HL", "deputy"))
    president = desks("HQ", "president")
    root = open_root(president, str((president.store.folder or Path()) / places.DEMO_ROOT_FILE), DEMO_PASSPHRASE)
    with president.act("issuing.replace", reason="x") as act:
        put_in_place(president, act, new_issuing_key(president, root))
    assert code(answered, desks("HQ", "admin"), call) == "telephone.no_master"
    assert code(calling.keep, desks("HQ", "admin"), site="HL", master="A" * 40, **TWO) == "access.recovery_code"
