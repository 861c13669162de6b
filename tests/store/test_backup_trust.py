"""Backups that were tampered with, cut short, made of a broken chain or left half-written by a program that was killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical
from execdesk.store import backup
from execdesk.store.alone import locked
from execdesk.store.backup import FAULTY, back_up, read_backup
from execdesk.store.backup_file import KIND, MANIFEST, Manifest, manifest_of
from execdesk.store.backup_kept import kept_name
from execdesk.store.backup_list import forget, last_whole, made_backups
from execdesk.store.backup_mark import marked
from execdesk.store.beginning import faults_restored
from execdesk.store.check import check
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import EncryptedDatabase, open_sqlite
from execdesk.store.files import digest_of
from execdesk.store.restore import restore
from execdesk.store.store import Store
from tests.looking import kept
from tests.store.backups import KEY, desk_with_files, paper, register, restored
from tests.store.desks import START, Desk, judge

OTHER = bytes(32)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_with_files(tmp_path / "desk")
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that nobody changes where it lies."""
    base = tmp_path_factory.mktemp("good")
    made = desk_with_files(base / "desk")
    back_up(made.store, KEY, base / "a.zip")
    made.store.close()
    return base / "a.zip"


def in_vain(path: Path, folder: Path, key: bytes = KEY) -> Refusal:
    """Why a backup is not restored; nothing is left in the folder."""
    with pytest.raises(Refusal) as refused:
        restore(path, folder, lambda where: key, DemonstrationClock(START))
    assert not folder.exists()
    return refused.value


def rewritten(good: Path, to: Path, change: Callable[[Manifest, dict[str, bytes]], Manifest]) -> Path:
    """A backup made of another by somebody who knows its format but has not the key."""
    with zipfile.ZipFile(good) as box:
        parts = {name: box.read(name) for name in box.namelist() if name != MANIFEST}
    manifest = change(manifest_of(good), parts)
    with zipfile.ZipFile(to, "w") as box:
        for name, data in parts.items():
            box.writestr(name, data)
        box.writestr(MANIFEST, canonical({"kind": KIND, **asdict(manifest)}))
    return to


def swapped(name: str, data: bytes, *, told: bool) -> Callable[[Manifest, dict[str, bytes]], Manifest]:
    def change(manifest: Manifest, parts: dict[str, bytes]) -> Manifest:
        parts[name] = data
        return replace(manifest, parts={**manifest.parts, name: digest_of(data)}) if told else manifest

    return change


def dropped(name: str, *, told: bool) -> Callable[[Manifest, dict[str, bytes]], Manifest]:
    def change(manifest: Manifest, parts: dict[str, bytes]) -> Manifest:
        del parts[name]
        return replace(manifest, parts={n: d for n, d in manifest.parts.items() if n != name}) if told else manifest

    return change


def added(manifest: Manifest, parts: dict[str, bytes]) -> Manifest:
    parts["keys/z.p12"] = b"x"
    return manifest


CHANGES: dict[str, tuple[Callable[[Manifest, dict[str, bytes]], Manifest], str, str]] = {
    "a part exchanged": (swapped("slots.json", b"{}", told=False), "restore.broken", "slots.json"),
    "a part exchanged, its hash too": (
        swapped("slots.json", b"{}", told=True),
        "restore.changed",
        "「slots.json」被换过",
    ),
    "a key file exchanged": (swapped("keys/a.p12", b"other", told=True), "restore.changed", "「keys/a.p12」被换过"),
    "a part gone": (dropped("keys/a.p12", told=False), "restore.broken", "缺少「keys/a.p12」"),
    "a part gone from the manifest too": (dropped("keys/a.p12", told=True), "restore.changed", "清单被改过"),
    "a part of nobody": (added, "restore.broken", "多出清单上没有的「keys/z.p12」"),
    "another end of the chain": (lambda m, parts: replace(m, number=2), "restore.changed", "清单被改过"),
    "another day": (
        lambda m, parts: replace(m, made_at="2030-01-01T00:00:00.000+00:00"),
        "restore.changed",
        "清单被改过",
    ),
    "a finding left out": (lambda m, parts: replace(m, found=("x",)), "restore.changed", "清单被改过"),
    "marks of another key": (lambda m, parts: marked(m, OTHER), "restore.foreign", "钥匙槽不是"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_backup_is_told_by_name_before_anything_is_written(good: Path, tmp_path: Path, change: str) -> None:
    work, code, words = CHANGES[change]
    changed = rewritten(good, tmp_path / good.name, work)
    shutil.copy(good.parent / manifest_of(good).kept_file, tmp_path)
    refusal = in_vain(changed, tmp_path / "new")
    assert (refusal.code, words in refusal.text) == (code, True), refusal.text


def test_a_part_of_another_backup_is_told_though_it_had_a_good_mark_there(desk: Desk, tmp_path: Path) -> None:
    back_up(desk.store, KEY, tmp_path / "old.backup")
    assert desk.store.folder is not None
    (desk.store.folder / "slots.json").write_text('{"slots": [1]}', encoding="utf-8")
    back_up(desk.store, KEY, tmp_path / "a.backup")
    old = dict(manifest_of(tmp_path / "old.backup").part_marks)

    def transplanted(manifest: Manifest, parts: dict[str, bytes]) -> Manifest:
        changed = swapped("slots.json", b'{"slots": []}', told=True)(manifest, parts)
        return replace(
            changed, part_marks=tuple({**dict(manifest.part_marks), "slots.json": old["slots.json"]}.items())
        )

    rewritten(tmp_path / "a.backup", tmp_path / "b.backup", transplanted)
    with pytest.raises(Refusal, match="「slots.json」被换过"):
        restore(tmp_path / "b.backup", tmp_path / "new", lambda where: KEY, DemonstrationClock(START))


def test_a_slot_of_another_store_is_told(good: Path, tmp_path: Path) -> None:
    assert in_vain(good, tmp_path / "new", OTHER).code == "restore.foreign"


@pytest.mark.parametrize("spoil", [b"null", b"[]", b"{}", b'{"kind": "execdesk backup 2"}', b'{"kind": "execdesk backup 1"}', b"[" * 100_000])
def test_a_manifest_full_of_nonsense(good: Path, tmp_path: Path, spoil: bytes) -> None:
    with zipfile.ZipFile(good) as box, zipfile.ZipFile(tmp_path / "b.zip", "w") as other:
        for name in box.namelist():
            other.writestr(name, spoil if name == MANIFEST else box.read(name))
    assert in_vain(tmp_path / "b.zip", tmp_path / "new").code in {"restore.wrong_file", "restore.broken", "restore.newer"}


def test_every_flipped_byte_is_found_and_its_part_named(good: Path, tmp_path: Path) -> None:
    whole = good.read_bytes()
    with zipfile.ZipFile(good) as box:
        heads = {info.filename: (info.header_offset, info.file_size) for info in box.infolist()}
    places = {name: at + 30 + sum(struct.unpack("<HH", whole[at + 26 : at + 30])) + size // 2 for name, (at, size) in heads.items()}
    for name, at in places.items():
        (tmp_path / "b.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        refusal = in_vain(tmp_path / "b.zip", tmp_path / "new")
        assert refusal.code in {"restore.broken", "restore.changed"}
        assert name == MANIFEST or name in refusal.text


def break_chain(store: Store) -> None:
    """A byte of an old line changed behind the journal."""
    store.base.execute_sql("DROP TRIGGER line_no_update")
    store.base.execute_sql(
        "UPDATE line SET body = CAST(replace(CAST(body AS TEXT), '\"number\":2', '\"number\":7') AS BLOB) WHERE number = 2"
    )


def test_a_broken_chain_is_not_backed_up_as_whole(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    before = back_up(desk.store, KEY, target)
    whole = target.read_bytes()
    break_chain(desk.store)
    told = [back_up(desk.store, KEY, target) for _ in range(2)]
    assert [one.file for one in told] == [f"a{FAULTY}.zip", f"a{FAULTY}2.zip"], "over no other file"
    assert target.read_bytes() == whole, "never over the last whole one"
    assert not told[0].whole and told[0].found == ("留痕 HQ.1:2（session.open）被改动。",)
    assert last_whole(desk.store) == made_backups(desk.store)[0] and made_backups(desk.store)[0].id == before.id
    made = restore(tmp_path / told[0].file, tmp_path / "new", lambda where: KEY, DemonstrationClock(START))
    assert made.found == told[0].found
    store = Store(
        open_sqlite(tmp_path / "new" / "execdesk.db", KEY),
        clock=DemonstrationClock(START),
        folder=tmp_path / "new",
        ruled=False,
    )
    assert [(fault.chain, fault.text) for fault in faults_restored(store)] == [
        (True, "备份时已查出：留痕 HQ.1:2（session.open）被改动。")
    ]
    store.close()


def test_what_is_known_against_the_chain_stands_in_the_manifest(desk: Desk, tmp_path: Path) -> None:
    desk.store.closed_reason = "留痕 HQ.1:1 签名不符"
    manifest = back_up(desk.store, KEY, tmp_path / "a.zip", found=["院长查明有人伪造。"])
    assert manifest.found == ("留痕 HQ.1:1 签名不符。", "院长查明有人伪造。")
    assert [path.name for path in tmp_path.glob("*.zip")] == [manifest.file]


def test_backups_are_remembered_by_path_and_forgotten_when_taken_away(desk: Desk, tmp_path: Path) -> None:
    for name in ("a", "b", "a"):
        back_up(desk.store, KEY, tmp_path / f"{name}.zip", accounts=["director", "clerk"])
    made = made_backups(desk.store)
    assert [Path(one.path).name for one in made] == ["b.zip", "a.zip"] and made[0].accounts == ("director", "clerk")
    forget(desk.store, {made[1].id})
    assert made_backups(desk.store) == made[:1]
    desk.store.set_meta("backups", "[3]")
    assert made_backups(desk.store) == []


def killed(work: Callable[[Callable[[int, int], None]], object], after: int) -> bool:
    """Do work in a process that is killed at its step ``after``; whether it came so far."""
    child = os.fork()
    if child == 0:
        steps = iter(range(10_000))

        def step(_done: int, _total: int) -> None:
            if next(steps) == after:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            work(step)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_killed_while_backing_up_anywhere(desk: Desk, tmp_path: Path) -> None:
    """The last backup stands, what was left is cleared by the next one, and nobody else's files are touched."""
    place = tmp_path / "usb"
    place.mkdir()
    back_up(desk.store, KEY, place / "a.zip")
    (place / ".execdesk-backup-notes.txt").write_text("x", encoding="utf-8")
    register(desk, 2)
    desk.store.close()
    for after in (0, 3, 7):
        assert killed(lambda step: back_up(desk.store, KEY, place / "a.zip", step), after), after
        assert [path.name for path in place.iterdir() if path.is_dir()], "as a killed one leaves it"
        assert read_backup(place / "a.zip").number == 3
        store = restored(place / "a.zip", tmp_path / f"new{after}", desk)
        assert kept().get(digest_of(paper(1))) == paper(1) and check(store, judge()).faults == []
        store.close()
    assert back_up(desk.store, KEY, place / "a.zip").number == 4
    assert sorted(path.name for path in place.iterdir()) == [".execdesk-backup-notes.txt", "a.zip", kept_name(KEY)]


def test_one_that_is_still_at_work_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / ".execdesk-backup-0badcafe").mkdir()
    handle = os.open(tmp_path / ".execdesk-backup-0badcafe.lock", os.O_RDWR | os.O_CREAT)
    assert locked(handle)
    back_up(desk.store, KEY, tmp_path / "a.zip")
    assert (tmp_path / ".execdesk-backup-0badcafe").exists()
    os.close(handle)
    back_up(desk.store, KEY, tmp_path / "a.zip")
    assert not list(tmp_path.glob(".execdesk-backup-*"))


def test_a_file_of_kept_files_left_in_the_middle_of_a_change_is_set_right_in_a_copy(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    back_up(desk.store, KEY, place / "a.zip")
    child = os.fork()
    if child == 0:
        base = EncryptedDatabase(str(place / kept_name(KEY)), KEY, by_itself=True)
        base.connect()
        base.execute_sql("PRAGMA cache_size = 1")
        with base.atomic("IMMEDIATE"):
            base.execute_sql("UPDATE kept_bytes SET data = zeroblob(3000000)")  # beyond the cache: the file itself is changed
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    assert any(name.endswith("-journal") for name in before)
    store = restored(place / "a.zip", tmp_path / "new", desk)
    assert kept().get(digest_of(paper(1))) == paper(1)
    assert sorted(
        path.name for path in (tmp_path / "new").glob("*.db*") if not path.name.endswith(("-wal", "-shm"))
    ) == ["execdesk-files.db", "execdesk.db"]
    store.close()
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before, "where it lies nothing is changed"


def test_kept_files_of_backups_have_no_log_beside_them_while_they_are_written(desk: Desk, tmp_path: Path) -> None:
    """Neither a log nor shared memory, which no share has."""
    seen: set[str] = set()
    back_up(
        desk.store,
        KEY,
        tmp_path / "a.zip",
        lambda done, total: seen.update(path.name for path in tmp_path.glob("execdesk-kept-*")),
    )
    assert kept_name(KEY) in seen and not [name for name in seen if name.endswith(("-wal", "-shm"))]


def test_a_place_that_takes_no_writing_is_told_in_chinese(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(backup, "_copy_pages", refuses)
    with pytest.raises(Refusal, match="那里只能读，不能写") as refused:
        back_up(desk.store, KEY, tmp_path / "a.zip")
    assert refused.value.code == "backup.target" and "denied" not in refused.value.text


def test_the_manifest_is_plain_json_that_names_its_kind(good: Path) -> None:
    with zipfile.ZipFile(good) as box:
        told = json.loads(box.read(MANIFEST))
    assert (told["kind"], len(told["mark"]), len(told["part_marks"])) == (KIND, 64, 4)
