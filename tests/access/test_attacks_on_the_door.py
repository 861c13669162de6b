"""Attacks on files and passwords: each tried in several ways, each refused or told."""

from __future__ import annotations

import grp
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.access import attempts, drafts, places, sealing, slots
from execdesk.access.actions import credentials
from execdesk.access.actions.people import add_person
from execdesk.access.files import write_atomic
from execdesk.access.founding import NewPerson, Wanted
from execdesk.access.organisation import Organisation, load_demo_people
from execdesk.access.session import Session
from execdesk.access.setup import demo_wanted, set_up
from execdesk.access.signin import SignedIn, check_password, sign_in
from execdesk.commands import frame
from execdesk.desk import AppServices
from execdesk.law.refusal import Refusal
from execdesk.opening import Opening, change_password
from execdesk.records.journal import Draft
from execdesk.store import database, whereabouts
from execdesk.store.clock import DemonstrationClock
from execdesk.store.making import making
from execdesk.store.permissions import Owners
from execdesk.store.verifying import Helper
from tests import court_store
from tests.access.conftest import CHEAP, FOLDER, session_on
from tests.world import at_home
from ui.application import FAULTS_FOLDER
from ui.gate import SETTINGS_FILE

Sit = Callable[..., Session]
NOW = datetime(2026, 1, 1, tzinfo=UTC)  # the machine's moment: a demonstration's own day stands still
GOOD = "椰林里那座旧灯塔"
PHRASE = "院长自己想的一句长口令"


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def real(organisation: Organisation, stick: Path, **passwords: str) -> Wanted:
    people = [
        NewPerson("甲院长", "yuanzhang", passwords.get("yuanzhang", GOOD), posts=("president",)),
        NewPerson("丙管理", "guanli", passwords.get("guanli", GOOD), "public_service", ("admin",)),
    ]
    return Wanted(organisation, people, root_to=stick, passphrase=PHRASE, cost=CHEAP)


# -- passwords -------------------------------------------------------------------------------------------------------------

WEAK = [
    "院长密码七个字", "demo", "password1", "Passw0rd", "ｐａｓｓｗｏｒｄ１", "woaini1314", "1qaz2wsx", "!!Sunshine2018!!", "aaaaaaab",  # common
    "19800808", "13800138000",  # a birthday, a telephone
    "ledong2018", "乐东县法院2018", "海南省乐东黎族自治县人民法院", "LeDong-FaYuan-1", "执行局执行局执行局",  # the court's words
    "yuanzhang2018", "YuanZhang-password", "甲院长甲院长甲院长", "jiayuanzhang1", "yuanzhang\u200byuanzhang",  # account and name
]


@pytest.mark.attack("8.10")
@pytest.mark.parametrize("password", WEAK)
def test_no_guessable_password_founds_a_real_store(organisation: Organisation, tmp_path: Path, clock: DemonstrationClock, password: str) -> None:
    assert code(set_up, tmp_path / "data", real(organisation, tmp_path / "root", yuanzhang=password), clock) == "access.weak_password"
    assert not (tmp_path / "data").exists() and not (tmp_path / "root").exists()


@pytest.mark.attack("8.10")
def test_the_same_rule_at_a_change_and_at_a_new_certificate(services: AppServices, real_store: Path, tmp_path: Path) -> None:
    folder = at_home(real_store, tmp_path / "data")
    desk = court_store.at(folder, "clerk")
    old = court_store.password_of("clerk")
    for password in ("clerk2018!", "书记员丁书记员丁", "password1", "20180102"):
        assert code(change_password, desk, old, password) == "access.weak_password"
    change_password(desk, old, "山后有片橡胶林子")
    assert code(check_password, folder, "clerk", old, NOW) == "access.wrong_password"
    court_store.change(desk, "admin")
    wanted = {"own_password": court_store.password_of("admin"), "witness": "president", "witness_password": court_store.password_of("president")}
    for password in ("judge-judge-judge", "woaini1314", "法官丙的密码2018"):
        assert code(credentials.issue, desk.session, person="judge", password=password, forgotten=True, **wanted) == "access.weak_password"
    desk.close()


@pytest.mark.parametrize("password", ["椰林里那座旧灯塔", "correct horse battery", "潮水 yuanzhang 退去以后见礁石", "9月的甘蔗比8月甜"])
def test_what_is_hard_to_guess_is_taken(organisation: Organisation, tmp_path: Path, clock: DemonstrationClock, password: str) -> None:
    set_up(tmp_path / "data", real(organisation, tmp_path / "root", yuanzhang=password), clock)
    sign_in(tmp_path / "data", "yuanzhang", password, clock).store.close()


# -- the same answer, as late ------------------------------------------------------------------------------------------------


def answer(folder: Path, account: str, password: str) -> tuple[str, str, list[Any]]:
    costs: list[Any] = []
    derive = sealing.argon2.hash_secret_raw
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Refusal) as refusal:
        patch.setattr(sealing.argon2, "hash_secret_raw", lambda secret, salt, *cost, **more: (costs.append((len(salt), cost)), derive(secret, salt, *cost, **more))[1])
        check_password(folder, account, password, NOW)
    return refusal.value.code, refusal.value.text, costs


@pytest.mark.attack("8.10")
@pytest.mark.parametrize("stranger", ["nobody", "Clerk", "ｃｌｅｒｋ", "clеrk", "院长", " clerk", "x" * 500])
def test_a_name_that_nobody_has_is_answered_as_a_wrong_password_and_costs_as_much(folder: Path, stranger: str) -> None:
    for _ in range(4):  # the fourth says how long to wait
        known, unknown = answer(folder, "clerk", "nope"), answer(folder, stranger, "demo")
        assert known == unknown
    assert known[0] == "access.wait" and known[2] == []


def test_the_first_answers_cost_a_derivation_each(folder: Path) -> None:
    assert answer(folder, "nobody", "demo")[2] == answer(folder, "clerk", "nope")[2] != []


# -- counters ----------------------------------------------------------------------------------------------------------------


def five_wrong(folder: Path, account: str = "clerk") -> None:
    for _ in range(5):
        with pytest.raises(Refusal):
            check_password(folder, account, "nope", NOW)
        attempts_off(folder)
    attempts_off(folder)


def attempts_off(folder: Path) -> None:
    """What an attacker does between two tries."""
    places.attempts_file(folder).unlink(missing_ok=True)


def test_a_deleted_file_of_counters_forgets_nothing(folder: Path) -> None:
    five_wrong(folder)
    assert code(check_password, folder, "clerk", "demo", NOW) == "access.wait"


@pytest.mark.attack("8.10")
def test_a_copied_folder_goes_on_counting(folder: Path, tmp_path: Path) -> None:
    for copy in range(4):
        there = Path(shutil.copytree(folder, tmp_path / f"copy-{copy}"))
        with pytest.raises(Refusal):
            check_password(there, "clerk", f"guess {copy}", NOW)
    assert code(check_password, Path(shutil.copytree(folder, tmp_path / "last")), "clerk", "demo", NOW) == "access.wait"


def test_a_renamed_slot_or_an_old_file_of_counters_gains_no_tries(folder: Path) -> None:
    write_atomic(places.attempts_file(folder), json.dumps({"format": 1, "people": {}, "damaged_at": None}).encode())
    old = places.attempts_file(folder).read_bytes()
    for guess in range(4):
        with pytest.raises(Refusal):
            check_password(folder, "clerk", f"guess {guess}", NOW)
        places.attempts_file(folder).write_bytes(old)
    assert code(check_password, folder, "clerk", "demo", NOW) == "access.wait"


def test_the_greater_of_both_counts(folder: Path) -> None:
    for _ in range(3):
        with pytest.raises(Refusal):
            check_password(folder, "clerk", "nope", NOW)
    places.machine_attempts_file().unlink()
    assert code(check_password, folder, "clerk", "demo", NOW) == "access.wait"


def test_strangers_push_nobody_who_is_known_out_of_the_counters(folder: Path) -> None:
    count = {"failures": 3, "last": NOW.isoformat()}
    people = {"clerk": count, **{f"{attempts.STRANGER}{number}": count for number in range(250)}}
    places.attempts_file(folder).write_text(json.dumps({"format": 1, "people": people, "damaged_at": None}))
    attempts.failed(places.attempts_file(folder), f"{attempts.STRANGER}more", NOW + timedelta(seconds=1))
    left = json.loads(places.attempts_file(folder).read_bytes())["people"]
    assert len(left) == 201 and f"{attempts.STRANGER}more" in left
    assert code(attempts.check, places.attempts_file(folder), "clerk", NOW) == "access.wait"


# -- look-alikes -------------------------------------------------------------------------------------------------------------


LOOK_ALIKES = (
    "ｃｌｅｒｋ", "сlerk", "Clerk", "clerk\u200b", "c1erk", "cIerk", "judge-l", "judge_1", "judge1", "0fficer", "presldent", "dire\u0441tor", "recovery",
    "rec0very", "admin.", "书记员", "-clerk", "c", "vice\u2060",
)


@pytest.mark.attack("8.10")
def test_an_account_that_reads_like_another_is_refused(sit: Sit) -> None:
    admin = sit("admin")
    for account in LOOK_ALIKES:
        assert code(add_person, admin, name="某人", account=account) == "person.account", account
    for account in ("judge-5", "li.wei", "wang2"):
        add_person(admin, name="某人", account=account)


def test_look_alikes_are_refused_at_set_up_too(organisation: Organisation, tmp_path: Path, clock: DemonstrationClock) -> None:
    wanted = demo_wanted(organisation, load_demo_people(FOLDER, organisation), CHEAP)
    for account in ("c1erk", "CLERK", "judge-l"):
        assert code(set_up, tmp_path / "a", replace(wanted, people=[*wanted.people, NewPerson("某人", account, "x")]), clock) == "person.account"
    assert not (tmp_path / "a").exists()


# -- drafts ------------------------------------------------------------------------------------------------------------------


@pytest.mark.attack("8.10")
def test_a_draft_is_read_by_nobody_else_with_the_stores_key(sit: Sit, services: AppServices, folder: Path) -> None:
    judge = sit("judge-1")
    words = {"reason": "被执行人行踪的线索"}
    drafts.keep(judge, "measure.freeze", words)
    assert drafts.kept(judge, "measure.freeze") == words
    row = Draft.get()
    raw = b"".join(str(value).encode() + (bytes(value) if isinstance(value, (bytes, memoryview)) else b"") for value in row.__data__.values())
    assert "线索".encode() not in raw and br"\u7ebf" not in raw
    clerk = sit("clerk")
    assert drafts.kept(clerk, "measure.freeze") == {}
    Draft.update(person=clerk.me.id).execute()  # a row handed to another
    assert drafts.kept(clerk, "measure.freeze") == {}
    Draft.update(person=judge.me.id, place="measure.seize").execute()  # and laid elsewhere
    again = sit("judge-1")
    assert drafts.kept(again, "measure.seize") == {}
    Draft.update(place="measure.freeze").execute()
    assert drafts.kept(again, "measure.freeze") == words


def test_a_locked_window_opens_no_draft(enter: Callable[..., SignedIn], services: AppServices) -> None:
    signed_in = enter("judge-1")
    session = session_on(services, signed_in, signed_in.store)
    drafts.keep(session, "p", {"a": 1})
    signed_in.lock()
    assert code(drafts.kept, session, "p") == "access.locked"
    assert code(drafts.keep, session, "p", {"a": 2}) == "access.locked"


def test_a_changed_password_keeps_the_drafts(sit: Sit, folder: Path) -> None:
    drafts.keep(sit("clerk"), "p", {"a": 1})
    slots.change_password(places.slots_file(folder), "clerk", "demo", GOOD)
    assert drafts.kept(sit("clerk", GOOD), "p") == {"a": 1}


# -- files -------------------------------------------------------------------------------------------------------------------


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_a_new_store_is_its_accounts_alone(made_here: Path) -> None:
    found = modes(made_here)
    assert {mode for name, mode in found.items() if (made_here / name).is_file() or name.endswith(".p12")} == {0o600}
    assert found[made_here.name] == found[places.KEYS_FOLDER] == 0o700


@pytest.mark.parametrize("mode", [None, 0o755, 0o777], ids=str)
def test_nothing_wider_is_told_of_a_folder_that_was_just_made(organisation: Organisation, tmp_path: Path, clock: DemonstrationClock, mode: int | None) -> None:
    folder = tmp_path / "data"
    before = os.umask(0o022)
    try:
        if mode is not None:
            folder.mkdir()
            folder.chmod(mode)
        told = set_up(folder, demo_wanted(organisation, load_demo_people(FOLDER, organisation), CHEAP), clock).made
    finally:
        os.umask(before)
    assert not [line for line in told if "别的系统账号" in line]
    assert {mode & 0o077 for mode in modes(folder).values()} == {0}


def test_a_folder_in_which_nothing_came_to_be_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    with pytest.raises(ZeroDivisionError), making(tmp_path / "data", lambda _folder: None):
        assert modes(tmp_path / "data")["data"] == 0o700
        _ = 1 // 0
    assert modes(tmp_path / "data")["data"] == 0o755


@pytest.fixture
def made_here(organisation: Organisation, tmp_path: Path, clock: DemonstrationClock) -> Path:
    before = os.umask(0o022)
    try:
        set_up(tmp_path / "data", real(organisation, tmp_path / "root"), clock)
    finally:
        os.umask(before)
    return tmp_path / "data"


@pytest.mark.attack("8.10")
@pytest.mark.parametrize(("name", "mode"), [("", 0o755), (places.STORE_FILE, 0o644), (places.SLOTS_FILE, 0o666), (places.KEYS_FOLDER, 0o750)])
def test_what_was_opened_wider_is_told_and_closed_again(made_here: Path, clock: DemonstrationClock, name: str, mode: int) -> None:
    (made_here / name).chmod(mode)
    signed_in = sign_in(made_here, "yuanzhang", GOOD, clock)
    assert any("可由别的系统账号读写" in told and (made_here / name).name in told for told in signed_in.warnings)
    signed_in.store.close()
    assert stat.S_IMODE((made_here / name).stat().st_mode) & 0o077 == 0
    again = sign_in(made_here, "yuanzhang", GOOD, clock)
    assert again.warnings == ()
    again.store.close()


def test_what_cannot_be_closed_is_told_each_time(made_here: Path, clock: DemonstrationClock, monkeypatch: pytest.MonkeyPatch) -> None:
    places.slots_file(made_here).chmod(0o644)
    monkeypatch.setattr(Path, "chmod", lambda *_args, **_named: None)  # as on a stick that knows no owners
    for _ in range(2):
        signed_in = sign_in(made_here, "yuanzhang", GOOD, clock)
        assert any("权限改不了" in told and places.SLOTS_FILE in told for told in signed_in.warnings)
        signed_in.store.close()


def test_what_a_window_keeps_for_itself_raises_no_alarm(made_here: Path, clock: DemonstrationClock) -> None:
    assert {SETTINGS_FILE, FAULTS_FOLDER} == places.OF_WINDOW
    (made_here / SETTINGS_FILE).write_text("{}")
    (made_here / FAULTS_FOLDER).mkdir()
    (made_here / FAULTS_FOLDER / "fault.txt").write_text("")
    (made_here / SETTINGS_FILE).chmod(0o644)
    signed_in = sign_in(made_here, "yuanzhang", GOOD, clock)
    assert signed_in.warnings == () and modes(made_here)[SETTINGS_FILE] == 0o600
    signed_in.store.close()


def test_a_store_of_a_group_stays_the_groups(
    organisation: Organisation, tmp_path: Path, clock: DemonstrationClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = next(one for one in grp.getgrall() if one.gr_gid not in (os.getgid(), 0))
    assert code(set_up, tmp_path / "a", replace(real(organisation, tmp_path / "root"), owners=Owners("没有这个组")), clock) == "setup.group"
    if os.getuid() != 0 and group.gr_gid not in os.getgroups():
        pytest.skip("this account may give files to no other group")
    data, wanted = tmp_path / "data", replace(real(organisation, tmp_path / "root"), owners=Owners(group.gr_name))
    assert code(set_up, data, wanted, clock) == "setup.group", "each account would keep its own counters and places"
    for_all = tmp_path / "for all"
    for_all.mkdir()
    os.chown(for_all, -1, group.gr_gid)
    for_all.chmod(0o2770)
    monkeypatch.setattr(whereabouts, "FOR_ALL", for_all)
    set_up(data, wanted, clock)
    signed_in = sign_in(data, "yuanzhang", GOOD, clock)  # writes counters, mark and log
    assert signed_in.warnings == ()
    assert {(path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) for path in data.rglob("*") if path.is_file()} == {(group.gr_gid, 0o660)}
    assert {(path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) for path in (data, data / places.KEYS_FOLDER)} == {(group.gr_gid, 0o2770)}
    signed_in.store.close()
    os.chown(places.slots_file(data), -1, 0)
    places.store_file(data).chmod(0o664)
    signed_in = sign_in(data, "yuanzhang", GOOD, clock)
    assert len(signed_in.warnings) == 1 and all(name in signed_in.warnings[0] for name in (places.SLOTS_FILE, places.STORE_FILE))
    signed_in.store.close()


@pytest.mark.attack("8.10")
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "fuse.rclone", "ceph", "vboxsf", "virtiofs"])
def test_no_share_holds_a_store(folder: Path, clock: DemonstrationClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    odd = tmp_path / "共享 盘\t\\x"
    shutil.copytree(folder, odd / "data")
    written = str(odd).replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nsrv:/x {written} {kind} rw 0 0\n", encoding="utf-8")
    really = database.mount_kind
    monkeypatch.setattr(database, "mount_kind", lambda path: really(path, mounts))
    assert code(sign_in, odd / "data", "clerk", "demo", clock) == "store.network_path"
    linked = tmp_path / "link"
    linked.symlink_to(odd / "data")
    assert code(sign_in, linked, "clerk", "demo", clock) == "store.network_path"
    places.store_file(folder).unlink()
    places.store_file(folder).symlink_to(places.store_file(odd / "data"))  # the folder here, the file there
    assert code(sign_in, folder, "clerk", "demo", clock) == "store.network_path"


# -- the environment's password ------------------------------------------------------------------------------------------------


@pytest.mark.attack("8.10")
def test_no_process_that_is_started_is_told_the_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(frame.PASSWORD, "secret-of-the-clerk")
    told: list[str] = []

    def look(*_args: object) -> int:
        helper = Helper()
        assert helper.process is not None
        told.append(Path(f"/proc/{helper.process.pid}/environ").read_text())
        helper.process.kill()
        told.append(subprocess.run([sys.executable, "-c", "import os; print(dict(os.environ))"], capture_output=True, text=True, check=True).stdout)
        return 0

    for words in ([], ["case", "list"], ["demo", str(tmp_path)]):  # the window, a command, the demonstration with its window
        with monkeypatch.context() as patch:
            for name in ("window", "demo", "_run"):
                patch.setattr(main, name, look)
            assert main.main(words) == 0
    assert len(told) == 6 and not any("secret-of-the-clerk" in one for one in told)


def test_a_real_backup_is_not_restored_with_it(
    real_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = at_home(real_store, tmp_path / "data")
    desk = court_store.at(folder, "admin")
    desk.backups.write(tmp_path / "b.zip")
    desk.close()
    monkeypatch.setenv(frame.PASSWORD, court_store.password_of("admin"))
    assert main.main(["restore", str(tmp_path / "b.zip"), "--data", str(tmp_path / "new"), "--user", "admin", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"] == "access.environment"
    assert not (tmp_path / "new").exists()


def test_the_names_of_a_real_store_are_not_told_before_the_password(services: AppServices, real_store: Path) -> None:
    assert Opening(services, str(real_store)).accounts == ()


