"""Becoming 院长 or 局长: by the former one, or by root, envelope and appointment; told to all concerned; and 院长's own certificate."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import places, slots
from execdesk.access.actions import credentials, people
from execdesk.access.actions.leaving import leave
from execdesk.access.actions.succession import appoint
from execdesk.access.desk_keys import trust_of
from execdesk.access.requesting import certificate_request, request_words
from execdesk.access.session import Session, holders_of, posts_on
from execdesk.access.setup import DEMO_PASSPHRASE, SetUp
from execdesk.access.signin import check_password
from execdesk.access.succession import appointment_words, heads_told
from execdesk.law.refusal import Refusal
from execdesk.records.people import Certificate, Person, Post
from execdesk.store.act import Changes
from execdesk.store.check import check
from tests.access.conftest import DAY
from tests.at_will import at_will

Sit = Callable[..., Session]
NEXT = DAY + timedelta(days=1)
NEW = "新的密码一二三四"


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def who(account: str) -> Person:
    found: Person = Person.get(Person.account == account)
    return found


def faults(session: Session) -> dict[str, str]:
    found = check(session.store, trust_of(session.store).judge(session.organisation.posts, session.authority)).faults
    return {fault.place: fault.text for fault in found}


def prepared(sit: Sit, person: str = "vice", post: str = "president", starts: Any = NEXT) -> str:
    return people.prepare_post(sit("admin"), person=person, post=post, starts_on=starts, note="某人大任〔2018〕1号").ids("Post")[0]


def ended(sit: Sit, account: str, post: str) -> None:
    row = Post.get(Post.post == post, Post.person == who(account).id)
    people.end_post(sit(account), post=row.id, ends_on=DAY, reason="免职")


@pytest.fixture
def scan(tmp_path: Path) -> str:
    file = tmp_path / "appointment.pdf"
    file.write_bytes(b"%PDF-1.4 appointment")
    return str(file)


def appointed(session: Session, folder: Path, made: SetUp, paper: str, post: str, **named: Any) -> Changes:
    wanted = {"post": post, "scan": paper, "root_file": str(folder / places.DEMO_ROOT_FILE), "passphrase": DEMO_PASSPHRASE, "own_password": "demo",
              "recovery_code": made.recovery_code, **named}
    return appoint(session, **wanted)


@pytest.mark.parametrize(("account", "post", "heir"), [("president", "president", "vice"), ("director", "director", "deputy")])
def test_the_former_one_ends_his_own_post_and_countersigns_his_successor(sit: Sit, account: str, post: str, heir: str) -> None:
    sit("admin")
    ended(sit, account, post)
    row = prepared(sit, heir, post)
    for other in {"president", "director"} - {account}:
        assert code(people.countersign_post, sit(other), posts=[row]) == "post.succession"
    people.countersign_post(sit(account), posts=[row])
    assert [p.account for p in holders_of(post, NEXT)] == [heir]
    assert faults(sit("clerk")) == {}


@pytest.mark.attack("8.7")
def test_no_two_others_make_a_president(sit: Sit) -> None:
    president = Post.get(Post.post == "president") if sit("director") else None
    assert president is not None
    assert code(people.end_post, sit("director"), post=president.id, ends_on=DAY, reason="免职") == "post.succession"
    assert code(leave, sit("admin"), person="director", last_day=DAY, reason="调离") == "post.succession"


def test_root_envelope_and_appointment_bring_a_president_in(sit: Sit, folder: Path, made: SetUp, scan: str) -> None:
    row = prepared(sit)
    admin = sit("admin")
    told = dict(appointment_words(admin, {"post": row, "scan": scan}))
    assert told["就任"] == "副院长甲任院长" and told["前任止于前一日"].startswith("院长甲")
    changes = appointed(admin, folder, made, scan, row)
    assert [p.account for p in holders_of("president", DAY)] == ["president"]
    assert [p.account for p in holders_of("president", NEXT)] == ["vice"]
    found = Post.get_by_id(row)
    assert found.countersigned_by is None and admin.store.files.get(found.appointment) == b"%PDF-1.4 appointment"
    renewed = re.search(r"[A-Z0-9-]{47}", changes.told)
    assert renewed is not None and check_password(folder, slots.RECOVERY, renewed[0])[0].share
    assert faults(admin) == {}


@pytest.mark.attack("8.7")
@pytest.mark.parametrize(
    ("account", "named", "told"),
    [
        ("clerk", {}, "access.duty"), ("deputy", {}, "access.duty"), ("admin", {"passphrase": "nope"}, "access.root_passphrase"),
        ("admin", {"recovery_code": "34679"}, "access.recovery_code"), ("admin", {"own_password": "nope"}, "access.wrong_password"),
        ("admin", {"scan": "/nonexistent"}, "file.unreadable"), ("admin", {"root_file": "/nonexistent"}, "file.unreadable"),
    ],
)
def test_whatever_lacks_brings_nobody_in(
    sit: Sit, folder: Path, made: SetUp, scan: str, account: str, named: dict[str, Any], told: str
) -> None:
    row = prepared(sit)
    session = sit(account)
    before = places.slots_file(folder).read_bytes()
    assert code(appointed, session, folder, made, scan, row, **named) == told
    assert (Post.get_by_id(row).state, places.slots_file(folder).read_bytes()) == ("prepared", before)


@pytest.mark.attack("8.7")
def test_nobody_appoints_himself_nor_to_another_post(sit: Sit, folder: Path, made: SetUp, scan: str) -> None:
    own = prepared(sit, "director")
    assert code(appointed, sit("director"), folder, made, scan, own) == "access.oneself"
    judge = people.prepare_post(sit("admin"), person="vice", post="judge", starts_on=NEXT).ids("Post")[0]
    assert code(appointed, sit("admin"), folder, made, scan, judge) == "post.succession"
    sitting = Post.get(Post.post == "president", Post.state == "effective")
    assert code(appointed, sit("admin"), folder, made, scan, sitting.id) == "post.state"


@pytest.mark.attack("8.7")
def test_new_former_and_all_who_approve_are_told_for_thirty_days(sit: Sit, folder: Path, made: SetUp, scan: str) -> None:
    appointed(sit("admin"), folder, made, scan, prepared(sit))
    for account in ("vice", "president", "director", "deputy", "judge-1", "review", "seal"):
        told = heads_told(sit(account))
        assert len(told) == 1 and "副院长甲任院长" in told[0] and "凭任命文件" in told[0] and "系统管理员甲办理" in told[0], account
    assert heads_told(sit("clerk")) == ()
    session = sit("judge-1")
    session.store.clock.day = DAY + timedelta(days=31)  # type: ignore[attr-defined]
    assert heads_told(session) == ()


def forged(sit: Sit, account: str, act_name: str, work: Callable[[Any], Any]) -> str:
    with at_will(sit(account), act_name) as act:
        work(act)
    assert act.changes is not None
    return act.changes.lines[-1]


@pytest.mark.attack("8.7")
def test_lines_of_ones_own_bring_no_president_in(sit: Sit, folder: Path, made: SetUp, scan: str) -> None:
    row = prepared(sit)
    values: list[tuple[str, str, dict[str, Any]]] = [
        ("director", "post.countersign", {"countersigned_by": who("director").id}),
        ("admin", "post.appoint", {"appointment": "a" * 64, "root_signature": "00" * 70}),
        ("director", "post.appoint", {"countersigned_by": who("president").id}),
    ]
    for account, name, fields in values:
        line = forged(sit, account, name, lambda act, fields=fields: act.change(act.get(Post, row), state="effective", **fields))  # type: ignore[misc]
        assert "前任" in faults(sit("clerk"))[line]
        with at_will(sit("admin"), "event") as act:  # back to where it was, so that the next is judged alike
            act.change(act.get(Post, row), state="prepared", countersigned_by=None, appointment=None, root_signature=None)
    sitting = Post.get(Post.post == "president", Post.person == who("president").id)
    line = forged(sit, "director", "post.end", lambda act: act.change(act.get(Post, sitting.id), ends_on=DAY))
    assert "终止了院长的任职" in faults(sit("clerk"))[line]


@pytest.mark.attack("8.7")
def test_a_term_of_earlier_days_is_countersigned_by_another_and_never_prolonged(sit: Sit) -> None:
    """Who was 院长 then: by 院长 or 局长, not by himself, not by others; and no such term reaches today."""
    past = {"starts_on": DAY - timedelta(days=1500), "ends_on": DAY - timedelta(days=1000)}
    row = people.prepare_post(sit("admin"), person="vice", post="president", note="某人大任〔2015〕3号", **past).ids("Post")[0]
    for account in ("vice", "clerk"):
        line = forged(sit, account, "post.countersign", lambda act, me=account: act.change(act.get(Post, row), state="effective", countersigned_by=who(me).id))  # type: ignore[misc]
        assert line in faults(sit("admin"))
        with at_will(sit("admin"), "event") as act:
            act.change(act.get(Post, row), state="prepared", countersigned_by=None)
    people.countersign_post(sit("president"), posts=[row])
    assert any("补记的以前任职" in text for text in heads_told(sit("director")))
    assert [one.account for one in holders_of("president", DAY - timedelta(days=1200))] == ["vice"] and "vice" not in [one.account for one in holders_of("president", DAY)]
    line = forged(sit, "director", "post.end", lambda act: act.change(act.get(Post, row), ends_on=DAY + timedelta(days=500)))
    assert line in faults(sit("clerk")), "a term that is over is not made to run on"


@pytest.mark.attack("8.7")
def test_the_roots_word_for_one_post_serves_no_other(sit: Sit, folder: Path, made: SetUp, scan: str) -> None:
    row = prepared(sit)
    appointed(sit("admin"), folder, made, scan, row)
    true = Post.get_by_id(row)

    def again(act: Any) -> None:
        post = act.add(Post(person=who("vice").id, post="president", site="HQ", starts_on=true.starts_on, state="prepared"))
        act.change(post, state="effective", appointment=true.appointment, root_signature=true.root_signature)

    forged(sit, "admin", "post.prepare", again)
    assert any("院长" in text for text in faults(sit("clerk")).values())


def test_the_president_gets_a_certificate_from_the_root_alone(sit: Sit, folder: Path) -> None:
    wanted: dict[str, Any] = {"person": "president", "password": NEW, "own_password": "demo", "witness": "director", "witness_password": "demo", "forgotten": True}
    admin = sit("admin")
    assert code(credentials.issue, admin, **wanted) == code(request_words, admin, wanted) == "certificate.root"
    root = {"root_file": str(folder / places.DEMO_ROOT_FILE), "passphrase": DEMO_PASSPHRASE}
    assert code(credentials.issue, admin, **wanted, **{**root, "passphrase": "nope"}) == "access.root_passphrase"
    credentials.issue(admin, **wanted, **root)
    president = sit("president", NEW)
    assert [p.post for p in posts_on(president.me.id, DAY)] == ["president"]
    assert Certificate.get_by_id(president.key.certificate).pem.count("BEGIN") == 1  # type: ignore[union-attr]
    assert faults(president) == {}


@pytest.mark.attack("8.1")
def test_two_who_conspire_make_no_certificate_of_the_president(sit: Sit, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The issuing key in two hands, a program that asks for no root: the line names two persons and has no effect."""
    admin = sit("admin")
    monkeypatch.setattr(credentials, "certificate_request", lambda *asked, **more: replace(certificate_request(*asked, **more), by_root=False))
    changes = credentials.issue(
        admin, person="president", password=NEW, own_password="demo", witness="director", witness_password="demo", forgotten=True
    )
    assert "没有用证书根" in faults(sit("clerk"))[changes.lines[0]]


