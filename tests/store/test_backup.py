"""Backups: opened before they count, nothing left on failure, restored as a new incarnation that goes on the old chain."""

from __future__ import annotations

import json
import resource
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.people import Certificate, Person
from execdesk.store import upgrade
from execdesk.store.act import open_act
from execdesk.store.backup import MANIFEST, Manifest, back_up, read_backup
from execdesk.store.backup_kept import kept_name
from execdesk.store.backup_list import made_backups
from execdesk.store.check import check
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import EncryptedDatabase
from execdesk.store.files import digest_of
from execdesk.store.replay import state_hash, stored_rows
from execdesk.store.restore import CLEARED, restore, restored_from
from tests.looking import kept, look_at
from tests.store.backups import KEY, desk_with_files, paper, register, restored
from tests.store.desks import START, Desk, case, contents, empty_store, judge


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_with_files(tmp_path / "desk")
    yield made
    made.store.close()


def test_a_backup_holds_everything(desk: Desk, tmp_path: Path) -> None:
    target, told = tmp_path / "usb" / "a.backup", []
    target.parent.mkdir()
    manifest = back_up(desk.store, KEY, target, lambda done, total: told.append((done, total)))
    assert sorted(manifest.parts) == ["execdesk.db", "heads.json", "keys/a.p12", "slots.json"]
    assert (manifest.chain, manifest.number, manifest.hash) == ("HQ.1", 3, desk.store.head.hash)
    assert told[-1][0] == told[-1][1] > 0
    assert read_backup(target) == manifest
    assert sorted(path.name for path in target.parent.iterdir()) == ["a.backup", kept_name(KEY)] == ["a.backup", manifest.kept_file]
    assert manifest.kept == 1 and paper(1) not in (target.parent / kept_name(KEY)).read_bytes()
    assert "执1号".encode() not in target.read_bytes()
    (made,) = made_backups(desk.store)
    assert (made.id, made.number, made.path, made.whole, made.lies_there) == (manifest.id, 3, str(target), True, True)


def test_a_backup_while_others_write(desk: Desk, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 10
        while not stop.is_set():
            with open_act(desk.store, "case.register") as act:
                act.add(case(number))
            number += 1
        desk.store.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifest = back_up(desk.store, KEY, tmp_path / "a.backup")
    finally:
        stop.set()
        writer.join()
    store = restored(tmp_path / "a.backup", tmp_path / "new", desk)
    assert store.heads()["HQ.1"] == manifest.number
    assert check(store, judge()).faults[:1] == [] or all(f.kind == "orphan" for f in check(store, judge()).faults)
    store.close()


def test_restored_as_a_new_incarnation(desk: Desk, tmp_path: Path) -> None:
    before = state_hash(stored_rows(desk.store))
    back_up(desk.store, KEY, tmp_path / "a.backup")
    register(desk, 2)
    store = restored(tmp_path / "a.backup", tmp_path / "new", desk)
    assert (store.chain, store.head.number) == ("HQ.2", 1)
    assert state_hash(stored_rows(store)) == before
    assert list(kept().all_names()) == [digest_of(paper(1))]
    assert restored_from(store) == "HQ.1:3"
    assert [f for f in check(store, judge()).faults if f.kind != "orphan"] == []
    again = Desk(store, desk.key)
    entry = again.line(1)
    assert (entry.data["act"], entry.data["person"], entry.data["previous"]) == ("store.incarnation", "", again.line(3, "HQ.1").hash)
    assert sorted(p.name for p in (tmp_path / "new").iterdir() if not p.name.endswith(("-wal", "-shm"))) == [
        "execdesk-files.db", "execdesk.db", "heads.json", "keys", "slots.json"
    ]
    again.sign_in(Person.select().order_by(Person.account).first(), Certificate.select().order_by(Certificate.serial).first())
    with open_act(store, CLEARED):
        pass
    assert restored_from(store) is None
    store.close()


def test_lines_written_after_the_backup_come_back(desk: Desk, tmp_path: Path) -> None:
    """What another desk already has of the lost lines is taken back, and nobody calls it a fork."""
    back_up(desk.store, KEY, tmp_path / "a.backup")
    lost = register(desk, 2)
    other = Desk(empty_store("HL"), desk.key)
    other.take(desk.lines())
    store = restored(tmp_path / "a.backup", tmp_path / "new", desk)
    again = Desk(store, desk.key)
    assert other.take(again.lines()).applied == ["HQ.2:1"]
    assert again.take(other.lines()).applied == ["HQ.1:4"]
    look_at(store)
    assert Case.get_by_id(lost.id).sequence == 2
    assert again.hash() == other.hash()
    assert [(f.kind, f.place) for f in check(store, judge()).faults] == [("file", digest_of(paper(2)))], "lines bring no files"
    store.close()


def test_a_second_restore_of_one_backup_takes_another_incarnation(desk: Desk, tmp_path: Path) -> None:
    back_up(desk.store, KEY, tmp_path / "a.backup")
    first = restored(tmp_path / "a.backup", tmp_path / "one", desk)
    second = restored(tmp_path / "a.backup", tmp_path / "two", desk, incarnation=3)
    assert (first.chain, second.chain) == ("HQ.2", "HQ.3")
    look_at(second)
    assert check(second, judge()).faults == []
    assert Desk(first, desk.key).take(Desk(second, desk.key).lines()).applied == ["HQ.3:1"]
    first.close()
    second.close()


def test_stale_logs_are_not_replayed(desk: Desk, tmp_path: Path) -> None:
    back_up(desk.store, KEY, tmp_path / "a.backup")
    register(desk, 2)
    folder = tmp_path / "new"
    folder.mkdir()
    for suffix in ("-wal", "-shm"):
        shutil.copy(f"{desk.store.folder}/execdesk.db{suffix}", folder / f"execdesk.db{suffix}")
    (folder / ".making-12345678").mkdir()
    store = restored(tmp_path / "a.backup", folder, desk)
    assert store.heads() == {"HQ.1": 3, "HQ.2": 1}
    assert not list(folder.glob(".making*"))
    store.close()


def test_a_folder_with_files_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    back_up(desk.store, KEY, tmp_path / "a.backup")
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        restored(tmp_path / "a.backup", folder, desk)
    assert refused.value.code == "restore.not_empty"
    with pytest.raises(Refusal) as refused:
        restored(tmp_path / "a.backup", folder / "letter.txt", desk)
    assert refused.value.code == "restore.not_empty"
    assert [p.name for p in folder.iterdir()] == ["letter.txt"]


def test_wrong_and_broken_files(desk: Desk, tmp_path: Path) -> None:
    good = tmp_path / "a.backup"
    back_up(desk.store, KEY, good)
    raw = bytearray(good.read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / "flipped").write_bytes(raw)
    (tmp_path / "cut").write_bytes(good.read_bytes()[:-200])
    (tmp_path / "text").write_text("not a backup", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "zip", "w") as box:
        box.writestr("a.txt", "x")
    with zipfile.ZipFile(tmp_path / "other", "w") as box:
        box.writestr(MANIFEST, '{"kind": "something else"}')
    with zipfile.ZipFile(good) as box:
        told = json.loads(box.read(MANIFEST))
    with zipfile.ZipFile(tmp_path / "escape", "w") as box:
        box.writestr("../x", "x")
        box.writestr(MANIFEST, json.dumps({**told, "parts": {"../x": "0" * 64}}))
    wanted = {"flipped": "restore.broken", "cut": "restore.wrong_file", "text": "restore.wrong_file", "zip": "restore.wrong_file",
              "other": "restore.wrong_file", "escape": "restore.broken", "missing": "restore.wrong_file"}
    for name, code in wanted.items():
        with pytest.raises(Refusal) as refused:
            restored(tmp_path / name, tmp_path / "new", desk)
        assert refused.value.code == code, name
        assert not (tmp_path / "new").exists()


def test_a_wrong_password_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    back_up(desk.store, KEY, tmp_path / "a.backup")

    def wrong(where: Path) -> bytes:
        assert (where / "slots.json").exists() and (where / "keys" / "a.p12").read_bytes() == b"wrapped"
        raise Refusal("密码错误", code="access.password")

    for key in (wrong, lambda where: bytes(32)):
        with pytest.raises(Refusal) as refused:
            restore(tmp_path / "a.backup", tmp_path / "new", key, DemonstrationClock(START))
        assert refused.value.code in {"access.password", "restore.foreign"}
        assert not (tmp_path / "new").exists()


def test_a_backup_of_a_newer_program(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(desk.store, KEY, tmp_path / "a.backup")
    older = tmp_path / "migrations"
    older.mkdir()
    monkeypatch.setattr("execdesk.store.restore.refuse_newer", lambda base: upgrade.refuse_newer(base, older))
    with pytest.raises(Refusal) as refused:
        restored(tmp_path / "a.backup", tmp_path / "new", desk)
    assert refused.value.code == "store.newer"


def test_cancel_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    for after in (1, 3):
        asked = iter(range(100))
        with pytest.raises(Refusal) as refused:
            back_up(desk.store, KEY, tmp_path / "usb" / "a.backup", cancelled=lambda: next(asked) >= after)  # noqa: B023
        assert refused.value.code == "backup.cancelled"
        assert list((tmp_path / "usb").iterdir()) == []
    register(desk, 5)


def test_a_full_disk_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    before = contents(desk.store)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = sum(page for (page,) in desk.store.base.execute_sql("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
    for most in (100_000, size + 200):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
        try:
            with pytest.raises(Refusal) as refused:
                back_up(desk.store, KEY, tmp_path / "usb" / "a.backup")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert refused.value.code == "backup.full" and "空间不足" in refused.value.text
        assert list((tmp_path / "usb").iterdir()) == []
    assert contents(desk.store) == before


def test_a_place_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        back_up(desk.store, KEY, tmp_path / "file" / "a.backup")
    assert refused.value.code == "backup.target"


def test_an_old_backup_is_replaced_only_by_a_whole_one(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "a.backup"
    back_up(desk.store, KEY, target)
    before = target.read_bytes()
    with pytest.raises(Refusal):
        back_up(desk.store, KEY, target, cancelled=lambda: True)
    assert target.read_bytes() == before
    register(desk, 2)
    assert back_up(desk.store, KEY, target).number == 4


def copied(desk: Desk, target: Path) -> tuple[Manifest, list[tuple[int, int]]]:
    """A backup; what it told of its progress with kept files."""
    told: list[tuple[int, int]] = []
    pages = desk.store.base.execute_sql("PRAGMA page_count").fetchone()[0]
    manifest = back_up(desk.store, KEY, target, lambda done, total: told.append((done, total)) if total < pages else None)
    return manifest, told


def test_a_backup_copies_what_the_last_one_lacks(desk: Desk, tmp_path: Path) -> None:
    first, told = copied(desk, tmp_path / "a.backup")
    assert (first.kept, told) == (1, [(1, 2), (2, 2)])
    for number in (2, 3):
        register(desk, number)
    second, told = copied(desk, tmp_path / "b.backup")
    assert (second.kept, told) == (3, [(1, 4), (2, 4), (3, 4), (4, 4)])
    assert first.kept_file == second.kept_file
    assert copied(desk, tmp_path / "c.backup")[1] == []
    for name, count in (("a", 1), ("b", 3), ("c", 3)):
        store = restored(tmp_path / f"{name}.backup", tmp_path / name, desk)
        assert kept().count() == count, "each with its own, though they share a file"
        assert [kept().get(digest_of(paper(n))) for n in range(1, count + 1)] == [paper(n) for n in range(1, count + 1)]
        assert check(store, judge()).faults == []
        store.close()


def test_a_backup_without_its_kept_files_is_refused(desk: Desk, tmp_path: Path) -> None:
    manifest = back_up(desk.store, KEY, tmp_path / "a.backup")
    beside = tmp_path / manifest.kept_file
    whole = beside.read_bytes()
    for spoil in (
        lambda base: base.execute_sql("DELETE FROM kept_bytes"), lambda base: base.execute_sql("UPDATE kept_bytes SET data = ?", (b"other",)),
    ):
        base = EncryptedDatabase(str(beside), KEY)
        spoil(base)
        base.close()
        assert refused_restore(desk, tmp_path) == "restore.broken"
        beside.write_bytes(whole)
    beside.write_bytes(b"x" * 4096)
    assert refused_restore(desk, tmp_path) == "restore.broken"
    beside.unlink()
    assert refused_restore(desk, tmp_path) == "restore.no_kept"
    assert not (tmp_path / "new").exists()
    beside.write_bytes(whole)
    restored(tmp_path / "a.backup", tmp_path / "new", desk).close()


def refused_restore(desk: Desk, tmp_path: Path) -> str:
    with pytest.raises(Refusal) as refused:
        restored(tmp_path / "a.backup", tmp_path / "new", desk)
    return refused.value.code


def test_a_damaged_file_of_the_backup_folder_stops_the_backup_and_says_so(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / kept_name(KEY)).write_bytes(b"x" * 4096)
    with pytest.raises(Refusal) as refused:
        back_up(desk.store, KEY, tmp_path / "a.backup")
    assert refused.value.code == "backup.target" and kept_name(KEY) in refused.value.text
    assert not (tmp_path / "a.backup").exists()


def test_a_backup_beside_its_store_needs_no_copy(desk: Desk, tmp_path: Path) -> None:
    assert desk.store.folder is not None
    manifest = back_up(desk.store, KEY, desk.store.folder / "before.zip")
    assert (manifest.kept_file, manifest.kept) == ("execdesk-files.db", 1)
    store = restored(desk.store.folder / "before.zip", tmp_path / "new", desk)
    assert kept().get(digest_of(paper(1))) == paper(1)
    store.close()


def test_a_file_gone_from_the_store_does_not_stop_its_backup(desk: Desk, tmp_path: Path) -> None:
    register(desk, 2)
    desk.store.files.drop([digest_of(paper(1))])
    assert back_up(desk.store, KEY, tmp_path / "a.backup").kept == 1
    store = restored(tmp_path / "a.backup", tmp_path / "new", desk)
    assert [(f.kind, f.place) for f in check(store, judge()).faults] == [("file", digest_of(paper(1)))], "and is told of as before"
    store.close()
