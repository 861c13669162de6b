"""After an accident: lost passwords of the heads, somebody else's key file, the delay after wrong passwords, a store on a share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import attending, places
from execdesk.access.actions import credentials, daysetting
from execdesk.access.session import Session
from execdesk.access.setup import DEMO_PASSPHRASE, SetUp
from execdesk.access.signin import check_password, sign_in, sign_in_again
from execdesk.law.refusal import Refusal
from execdesk.records.people import Certificate, Person
from execdesk.store import database
from execdesk.store.clock import DemonstrationClock
from tests.access.conftest import DAY

Sit = Callable[..., Session]


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def test_a_demonstration_goes_forward_only(sit: Sit) -> None:
    assert code(daysetting.correct, sit("director"), witness="president", witness_password="demo", reason="误") == "clock.demo"


@pytest.mark.parametrize(("lost", "by", "witness"), [("president", "admin", "director"), ("admin", "director", "president"), ("director", "admin", "president")])
def test_the_lost_password_of_a_head_comes_back_with_two_others(sit: Sit, lost: str, by: str, witness: str) -> None:
    session = sit(by)
    assert session.store.folder is not None
    credentials.issue(
        session, person=lost, password="一个全新的密码12", own_password="demo", witness=witness, witness_password="demo", forgotten=True,
        root_file=str(session.store.folder / places.DEMO_ROOT_FILE), passphrase=DEMO_PASSPHRASE,  # 院长's own comes from the root
    )
    assert code(sign_in_again, session.store, session.store.folder, lost, "demo") == "access.wrong_password"
    assert sit(lost, "一个全新的密码12").me.account == lost


def test_the_envelope_gives_no_certificate_to_the_president(made: SetUp, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    session = sit("admin")
    monkeypatch.setattr(attending, "sits_here", lambda session, person: False)
    refusal = code(credentials.issue, session, person="president", password="一个全新的密码12", own_password="demo", recovery_code=made.recovery_code, forgotten=True)
    assert refusal == "access.two_people"


def test_a_colleagues_key_file_is_of_no_use(folder: Path, sit: Sit) -> None:
    sit("clerk").store.close()
    keys = {
        account: places.key_file(folder, Certificate.get(Certificate.person == Person.get(Person.account == account).id).id)
        for account in ("clerk", "judge-1")
    }
    shutil.copy(keys["judge-1"], keys["clerk"])
    assert code(sign_in, folder, "clerk", "demo", DemonstrationClock(DAY)) == "access.key_file"


def test_the_delay_outlasts_a_restart_and_ends_by_itself(folder: Path) -> None:
    """Each start of the program reads the counters anew: whoever closes it after every try waits all the same."""
    now = datetime(2018, 1, 2, 1, tzinfo=UTC)
    waits = []
    for _ in range(8):
        while True:
            try:
                check_password(folder, "clerk", "falsch", now)
            except Refusal as refusal:
                if refusal.code == "access.wrong_password":
                    break
                now += timedelta(seconds=1)
        waits.append(now)
    gaps = [(b - a).total_seconds() for a, b in zip(waits, waits[1:], strict=False)]
    assert gaps == sorted(gaps) and gaps[-1] > gaps[0]
    assert code(check_password, folder, "clerk", "demo", now) == "access.wait"
    check_password(folder, "clerk", "demo", now + timedelta(days=1))


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "fuse.sshfs"])
def test_a_store_moved_to_a_share_is_not_opened(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/share {folder.parent.resolve()} {kind} rw 0 0\n", encoding="utf-8")
    real = database.mount_kind
    monkeypatch.setattr(database, "mount_kind", lambda path: real(path, mounts))
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert code(sign_in, folder, "clerk", "demo", DemonstrationClock(DAY)) == "store.network_path"
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
