"""A new issuing key: when a holder of a share leaves, when shares no longer meet; by 院长 with the root and one more person."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import places, slots
from execdesk.access.actions import credentials, people
from execdesk.access.actions.leaving import leave
from execdesk.access.actions.replacing import replace_issuing_key
from execdesk.access.certificates import read_pem, serial
from execdesk.access.desk_keys import trust_of
from execdesk.access.issuing import current_certificate, open_issuing_key
from execdesk.access.replacing import replacement_words
from execdesk.access.session import Session
from execdesk.access.setup import DEMO_PASSPHRASE
from execdesk.access.signin import check_password
from execdesk.law.refusal import Refusal
from execdesk.records.court import Site
from execdesk.records.incidents import Incident
from execdesk.records.people import Certificate, Person, Post
from execdesk.store.act import Changes
from execdesk.store.check import check
from tests.access.conftest import DAY
from tests.at_will import at_will

Sit = Callable[..., Session]
NEW = "新的密码一二三四"


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def replaced(session: Session, folder: Path, **named: Any) -> Changes:
    wanted = {"root_file": str(folder / places.DEMO_ROOT_FILE), "passphrase": DEMO_PASSPHRASE, "reason": "持有人离任", "witness": "director",
              "witness_password": "demo", **named}
    return replace_issuing_key(session, **wanted)


def issue(session: Session, **named: Any) -> Changes:
    wanted = {"person": "clerk", "password": NEW, "own_password": "demo", "witness": "director", "witness_password": "demo", "forgotten": True, **named}
    return credentials.issue(session, **wanted)


def share(folder: Path, account: str, password: str = "demo") -> bytes:
    return slots.open_slot(places.slots_file(folder), account, password).share


def whole(session: Session) -> bool:
    return check(session.store, trust_of(session.store).judge(session.organisation.posts, session.authority)).whole


def incidents() -> list[str]:
    return [row.state for row in Incident.select().where(Incident.kind == "issuing_key")]


@pytest.mark.attack("8.1")
def test_what_the_one_who_left_copied_opens_nothing_any_more(sit: Sit, folder: Path) -> None:
    president = sit("president")
    kept = share(folder, "deputy")
    leave(president, person="deputy", last_day=DAY, reason="调离")
    assert incidents() == ["open"] and "deputy" not in slots.holders(places.slots_file(folder))
    assert open_issuing_key(president.store, folder, (kept, share(folder, "admin"))), "until it is replaced, his share still meets"
    old = places.key_file(folder, serial(read_pem(current_certificate(president.store))[0]))
    changes = replaced(president, folder)
    assert incidents() == ["settled"] and not old.exists()
    assert code(open_issuing_key, president.store, folder, (kept, share(folder, "admin"))) == "issuing.shares"
    new_code = re.search(r"[A-Z0-9-]{47}", changes.told)
    assert new_code is not None and check_password(folder, slots.RECOVERY, new_code[0])[0].share
    issue(sit("admin"))
    assert whole(sit("clerk", NEW))


def test_shares_that_do_not_meet_are_said_to_and_replaced(sit: Sit, folder: Path) -> None:
    admin = sit("admin")
    slots.deal(places.slots_file(folder), bytes(16), ("president", "director", "admin"))
    assert code(issue, admin) == "issuing.shares"
    replaced(sit("president"), folder)
    issue(sit("admin"))
    assert whole(sit("director"))


def test_a_post_that_ends_takes_the_share_and_asks_for_a_new_key(sit: Sit, folder: Path) -> None:
    president = sit("president")
    post = Post.get(Post.post == "deputy_director")
    people.end_post(president, post=post.id, ends_on=DAY, reason="免职")
    assert incidents() == ["open"]


def test_a_new_holder_is_dealt_a_share_at_the_next_issue(sit: Sit, folder: Path) -> None:
    president = sit("president")
    people.add_person(sit("admin"), name="管理新", account="admin-2")
    post = people.prepare_post(sit("admin"), person="admin-2", post="admin", starts_on=DAY).ids("Post")[0]
    people.countersign_post(sit("president"), posts=[post])
    issue(sit("admin"), person="admin-2")
    assert "admin-2" in slots.holders(places.slots_file(folder))
    assert len({share(folder, name, NEW if name == "admin-2" else "demo") for name in ("admin-2", "president", "director", "deputy", "admin")}) == 5
    waiting = Certificate.get(Certificate.person == Person.get(Person.account == "admin-2").id)
    assert code(issue, sit("admin-2", NEW), person="judge-1", own_password=NEW, witness="president") == "certificate.awaiting"
    credentials.ratify(sit("president"), certificates=[waiting.id])
    issue(sit("admin-2", NEW), person="judge-1", own_password=NEW, witness="president")
    assert whole(president)


@pytest.mark.parametrize(
    ("account", "named", "told"),
    [
        ("director", {"witness": "president"}, "access.duty"), ("admin", {}, "access.duty"), ("clerk", {}, "access.duty"),
        ("president", {"witness": "president"}, "access.two_people"), ("president", {"witness": "clerk"}, "access.two_people"),
        ("president", {"witness_password": "nope"}, "access.wrong_password"), ("president", {"passphrase": "nope"}, "access.root_passphrase"),
        ("president", {"root_file": "/nonexistent"}, "file.unreadable"),
    ],
)
def test_who_may_not_and_what_does_not_open(sit: Sit, folder: Path, account: str, named: dict[str, Any], told: str) -> None:
    session = sit(account)
    before = (places.slots_file(folder).read_bytes(), current_certificate(session.store), sorted((folder / places.KEYS_FOLDER).iterdir()))
    assert code(replaced, session, folder, **named) == told
    after = (places.slots_file(folder).read_bytes(), current_certificate(session.store), sorted((folder / places.KEYS_FOLDER).iterdir()))
    assert before == after


def test_the_words_name_who_will_hold_a_share(sit: Sit, folder: Path) -> None:
    told = dict(replacement_words(sit("president"), {"root_file": "U", "reason": "离任"}))
    assert told["新的份额分给"] == "系统管理员甲、副局长甲、局长甲、院长甲、恢复信封"


@pytest.mark.attack("8.1")
@pytest.mark.parametrize("account", ["admin", "director", "president"])
def test_a_line_of_one_alone_changes_no_issuing_key(sit: Sit, account: str) -> None:
    session = sit(account)
    with at_will(session, "issuing.replace") as act:
        act.change(act.get(Site, Site.get(Site.code == "HQ").id), certificate=current_certificate(session.store) + "\n")
    assert act.changes is not None
    faults = {fault.place: fault.text for fault in check(session.store, trust_of(session.store).judge(session.organisation.posts, session.authority)).faults}
    assert "席位" in faults[act.changes.lines[0]]
