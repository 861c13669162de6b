"""The root is lost: 院长 and 局长 together name a new one; what the old one vouched for stays good, and it vouches for nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import certificates as certs
from execdesk.access import places
from execdesk.access.actions import credentials, replacing
from execdesk.access.actions.root_replacing import replace_root
from execdesk.access.certificates import Validity, read_pem
from execdesk.access.desk_keys import trust_of
from execdesk.access.key_file import unpack_root
from execdesk.access.root_replacing import new_root_words
from execdesk.access.session import Session
from execdesk.access.setup import DEMO_PASSPHRASE
from execdesk.access.signin import sign_in_again
from execdesk.access.trust import Trust
from execdesk.law.refusal import Refusal
from execdesk.records.court import Court
from execdesk.records.people import Certificate
from execdesk.store.act import Changes
from execdesk.store.check import check
from tests import court_store
from tests.access.conftest import DAY
from tests.at_will import at_will

Sit = Callable[..., Session]
NEW, PHRASE = "新的密码一二三四", "新的证书根 口令 十二字以上"


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def replaced(session: Session, **named: Any) -> Changes:
    wanted = {"root_to": "x", "passphrase": PHRASE, "reason": "U盘遗失", "witness": "director", "witness_password": "demo", **named}
    return replace_root(session, **wanted)


def faults(session: Session, trust: Trust | None = None) -> dict[str, str]:
    found = check(session.store, (trust or trust_of(session.store)).judge(session.organisation.posts, session.authority)).faults
    return {fault.place: fault.text for fault in found}


def test_a_new_root_takes_over_and_the_old_certificates_stay(sit: Sit, folder: Path) -> None:
    old = trust_of(sit("president").store).root
    stolen = (folder / places.DEMO_ROOT_FILE).read_bytes()
    changes = replaced(sit("president"))
    store = sit("clerk").store  # whose certificate comes from the old root
    new = unpack_root((folder / places.DEMO_ROOT_FILE).read_bytes(), PHRASE).certificate
    assert trust_of(store).roots == (old, new) and certs.fingerprint(new) in changes.told
    issue = {"password": NEW, "own_password": "demo", "witness": "director", "witness_password": "demo", "forgotten": True}
    credentials.issue(sit("admin"), person="judge-1", **issue)
    root = {"root_file": str(folder / places.DEMO_ROOT_FILE), "passphrase": PHRASE}
    credentials.issue(sit("admin"), person="president", **issue, **root)
    judge = sit("judge-1", NEW)
    assert faults(judge) == {}
    assert faults(judge, Trust(old)) == {}, "the lines alone tell the new root"
    (folder / "stolen.p12").write_bytes(stolen)
    president = sit("president", NEW)
    old_root = {"root_file": str(folder / "stolen.p12"), "passphrase": DEMO_PASSPHRASE, "reason": "x", "witness": "director", "witness_password": "demo"}
    assert code(replacing.replace_issuing_key, president, **old_root) == "root.other"
    replacing.replace_issuing_key(president, **{**old_root, **root})
    assert faults(sit("clerk")) == {}


@pytest.mark.attack("8.1")
def test_the_lost_root_makes_no_issuing_key_any_more(sit: Sit, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = unpack_root((folder / places.DEMO_ROOT_FILE).read_bytes(), DEMO_PASSPHRASE)
    replaced(sit("president"))
    monkeypatch.setattr(replacing, "open_root", lambda *_told: lost)
    changes = replacing.replace_issuing_key(
        sit("president"), root_file="x", passphrase="x", reason="x", witness="director", witness_password="demo"
    )
    assert "席位" in faults(sit("clerk"))[changes.lines[0]]


@pytest.mark.parametrize(
    ("account", "named", "told"),
    [
        ("director", {"witness": "president"}, "access.duty"), ("admin", {}, "access.duty"), ("president", {"witness": "admin"}, "root.director"),
        ("president", {"witness": "deputy"}, "root.director"), ("president", {"witness_password": "nope"}, "access.wrong_password"),
        ("president", {"passphrase": "short"}, "access.short_passphrase"), ("president", {"witness": "president"}, "access.two_people"),
    ],
)
def test_who_may_not(sit: Sit, folder: Path, account: str, named: dict[str, Any], told: str) -> None:
    session = sit(account)
    before = {path: path.read_bytes() for path in (places.slots_file(folder), folder / places.DEMO_ROOT_FILE)}
    assert code(replaced, session, **named) == told
    assert {path: path.read_bytes() for path in before} == before and len(trust_of(session.store).roots) == 1


@pytest.mark.attack("8.1")
@pytest.mark.parametrize("account", ["president", "director", "admin"])
def test_a_line_of_one_alone_names_no_root(sit: Sit, account: str) -> None:
    session = sit(account)
    own = certs.court_root(session.court.name, Validity.years(DAY, 9), demo=True)
    with at_will(session, "root.replace") as act:
        court = act.get(Court, Court.get().id)
        act.change(court, root_certificate=court.root_certificate + certs.pem(own.certificate))
    assert act.changes is not None
    assert "设立时" in faults(session, Trust(read_pem(Court.get().root_certificate)[0]))[act.changes.lines[0]]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Session]:
    """院长 at the desk of a real court."""
    court_store.make(tmp_path / "data", tmp_path / "stick" / "root.p12")
    desk = court_store.at(tmp_path / "data", "president")
    with desk.reading():
        yield desk.session
    desk.close()


def test_a_real_root_goes_to_another_stick(real: Session, tmp_path: Path) -> None:
    named = {"witness_password": court_store.password_of("director")}
    assert code(replaced, real, root_to=str(tmp_path / "data" / "root.p12"), **named) == "setup.root"
    assert code(replaced, real, root_to=str(tmp_path / "stick" / "root.p12"), **named) == "setup.root"
    target = str(tmp_path / "other" / "root.p12")
    assert dict(new_root_words(real, {"root_to": target, "reason": "遗失"}))["新证书根写到"] == target
    replaced(real, root_to=target, **named)
    assert unpack_root(Path(target).read_bytes(), PHRASE).certificate == trust_of(real.store).root
    assert real.store.folder is not None
    sign_in_again(real.store, real.store.folder, "clerk", court_store.password_of("clerk"))
    assert Certificate.select().count() == 8
