"""Full disks, pulled sticks, damaged files: each told in a sentence, nothing half-written, the store whole afterwards."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from execdesk.access import places, signin
from execdesk.access.demonstration import demonstration_day, keep_day
from execdesk.access.organisation import load_demo_people
from execdesk.access.safekeeping import restore
from execdesk.access.setup import demo_wanted, set_up
from execdesk.desk import AppServices
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.papers import Document, TakenNumber
from execdesk.store.clock import DemonstrationClock
from execdesk.store.mark import HEADS_FILE, Mark
from tests.flow.bureau import Bureau
from tests.world import CHEAP

pytestmark = pytest.mark.file("full disks and damaged files")

LEDGER = Path(__file__).parents[2] / "resources" / "demo" / "ledger-2017.xlsx"
DEPTHS = (0, 100, 5_000, 100_000)  # bytes after which no file may grow: the write fails at once, or midway
FULL = {"store.full", "store.device", "file.full", "backup.full"}
MORNING = datetime(2018, 1, 2, 1, tzinfo=UTC)


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """No file of this process grows beyond ``size``, as on a full disk; needs no rights and no device."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def refused_when_full(work: Callable[[], Any], depths: tuple[int, ...] = DEPTHS) -> None:
    for size in depths:
        with pytest.raises(Refusal) as caught, full_after(size):
            work()
        assert caught.value.code in FULL, (size, caught.value.text)
        assert "请" in caught.value.text, "what to do next"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


def test_a_full_disk_keeps_nothing_of_a_document_and_loses_no_number(bureau: Bureau) -> None:
    case = bureau.register()
    request = bureau.at(bureau.judge(case)).do("notice.execution", case=case, party="林例一").ids("Request")[0]
    refused_when_full(lambda: bureau.desk.do("request.submit", request=request))
    for action in ("request.submit", "request.approve"):
        bureau.desk.do(action, request=request)
    paper = bureau.papers(request)[0].id
    refused_when_full(lambda: bureau.desk.do("document.issue", document=paper))
    row = Document.get_by_id(paper)
    assert (row.state, row.number, row.file) == ("submitted", None, None)
    assert TakenNumber.select().count() == 0
    bureau.desk.do("document.issue", document=paper)
    assert Document.get_by_id(paper).number == "（2018）琼9027执1号", "the first number is not lost"
    refused_when_full(lambda: bureau.at("seal"))
    bureau.at("seal")
    refused_when_full(lambda: bureau.desk.do("document.seal", document=paper))
    assert Document.get_by_id(paper).state == "to_seal"
    bureau.desk.do("document.seal", document=paper)
    assert bureau.desk.check().whole
    bureau.close()
    assert bureau.at("clerk").check().whole, "opened again"


def test_a_full_disk_keeps_nothing_of_an_import_a_draft_or_a_check(bureau: Bureau) -> None:
    desk = bureau.at("clerk")
    before = desk.session.store.head
    desk.keep_draft("form", {"amount": "50000"})
    refused_when_full(lambda: desk.keep_draft("form", {"amount": "9" * 200_000}))
    assert desk.draft("form") == {"amount": "50000"}, "what was kept before stays"
    refused_when_full(lambda: desk.do("ledger.import", file=str(LEDGER)), (100_000,))
    assert desk.session.store.head == before
    assert Case.select().count() == 0
    refused_when_full(lambda: desk.note_check(desk.check()), (0, 5_000))
    assert desk.check().whole


def test_a_full_disk_and_the_small_files_beside_the_store(bureau: Bureau) -> None:
    folder = bureau.folder
    slots = places.slots_file(folder).read_bytes()
    refused_when_full(lambda: signin.check_password(folder, "clerk", "wrong", MORNING), (0, 20))
    refused_when_full(lambda: signin.change_password(folder, "clerk", "demo", "longer-word", MORNING), (0, 5_000))
    assert places.slots_file(folder).read_bytes() == slots
    keep_day(folder, bureau.day)
    refused_when_full(lambda: keep_day(folder, date(2018, 1, 3)), (0, 10))
    assert demonstration_day(folder) == bureau.day
    assert not [name for name in names(folder) if name.endswith(".tmp")]
    refused_when_full(lambda: bureau.at("clerk"), (0, 100))  # opening says the disk, not that the store is damaged
    assert bureau.at("clerk").check().whole


def test_a_head_that_cannot_be_marked_undoes_no_act(bureau: Bureau) -> None:
    bureau.at("clerk")
    mark = Mark(bureau.folder)
    before = mark.read()
    with full_after(0):
        mark.write("HQ.1", 999, "0" * 64)
    assert mark.read() == before
    with full_after(60):
        mark.write("HQ.1", 999, "0" * 64)
    bureau.register()
    assert bureau.desk.check().whole, "half a mark is written over by the next act"


def test_a_full_disk_leaves_no_backup_no_restored_store_and_no_new_store(bureau: Bureau, services: AppServices, tmp_path: Path) -> None:
    desk, stick = bureau.at("director"), tmp_path / "stick"
    stick.mkdir()
    refused_when_full(lambda: desk.backups.write(stick / "copy.zip"))
    assert not names(stick)
    desk.backups.write(stick / "copy.zip")
    refused_when_full(lambda: restore(stick / "copy.zip", tmp_path / "again", "director", "demo"))
    assert not (tmp_path / "again").exists()
    people = load_demo_people(services.resources / "organisation", services.organisation)
    wanted = demo_wanted(services.organisation, people, CHEAP)
    refused_when_full(lambda: set_up(tmp_path / "new", wanted, DemonstrationClock(bureau.day)))
    assert names(tmp_path) & {"new", ".new.new"} == set()


def test_the_stick_is_pulled(bureau: Bureau, tmp_path: Path) -> None:
    desk, stick = bureau.at("director"), tmp_path / "stick"
    with pytest.raises(Refusal, match="U盘可能已拔出") as caught:
        desk.backups.write(stick / "copy.zip")
    assert caught.value.code == "backup.target"
    assert not stick.exists(), "no folder of that name on this PC instead"
    stick.mkdir()
    with pytest.raises(Refusal, match="写不进去"):  # midway
        desk.backups.write(stick / "copy.zip", lambda done, total: shutil.rmtree(stick, ignore_errors=True))
    assert not (stick / "copy.zip").exists()
    for target in (tmp_path, Path("/dev/null")):
        with pytest.raises(Refusal) as caught:
            desk.backups.write(target)
        assert caught.value.code == "backup.target"
    assert Path("/dev/null").is_char_device()
    assert desk.check().whole


def test_a_backup_cut_short_anywhere_is_refused_and_leaves_nothing(bureau: Bureau, tmp_path: Path) -> None:
    bureau.at("director").backups.write(tmp_path / "copy.zip")
    whole = (tmp_path / "copy.zip").read_bytes()
    for size in (0, 3, 100, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:size])
        with pytest.raises(Refusal) as caught:
            restore(tmp_path / "cut.zip", tmp_path / "again", "director", "demo")
        assert caught.value.code in {"restore.wrong_file", "restore.broken"}
    for at in (len(whole) // 3, len(whole) // 2):
        (tmp_path / "cut.zip").write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Refusal) as caught:
            restore(tmp_path / "cut.zip", tmp_path / "again", "director", "demo")
        assert caught.value.code == "restore.broken"
    assert not (tmp_path / "again").exists()


DEEP = b"[" * 100_000
NONSENSE = {"empty": b"", "null": b"null", "list": b"[]", "zeros": bytes(400), "deep": DEEP, "number": b'{"n":' + b"9" * 5000 + b"}"}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_files_beside_the_store_full_of_nonsense(bureau: Bureau, nonsense: bytes) -> None:
    folder = bureau.folder
    kept = {name: (folder / name).read_bytes() for name in (places.SLOTS_FILE, HEADS_FILE)}
    (folder / places.SLOTS_FILE).write_bytes(nonsense)
    assert signs_in(bureau) == "access.slot_broken"
    (folder / places.SLOTS_FILE).write_bytes(kept[places.SLOTS_FILE])
    places.attempts_file(folder).write_bytes(nonsense)
    assert signs_in(bureau) == "access.wait"
    places.attempts_file(folder).unlink()
    (folder / "demonstration-day.json").write_bytes(nonsense)
    assert demonstration_day(folder) is None
    (folder / HEADS_FILE).write_bytes(nonsense)
    assert any("不能排除数据库被换成旧的" in told for told in bureau.at("clerk").signed_in.warnings)


def test_damaged_keys_and_pages_are_told_at_sign_in_or_by_the_check(bureau: Bureau) -> None:
    folder = bureau.folder
    keys = {path: path.read_bytes() for path in (folder / "keys").iterdir()}
    for damage in (lambda d: d[: len(d) // 2], lambda d: b"", lambda d: d[:200] + bytes([d[200] ^ 1]) + d[201:]):
        for path, data in keys.items():
            path.write_bytes(damage(data))
        assert signs_in(bureau) == "access.key_file"
    for path, data in keys.items():
        path.write_bytes(data)
    file = places.store_file(folder)
    whole = file.read_bytes()
    for data in (b"", whole[:3000], bytes(len(whole)), flipped(whole, 0), flipped(whole, 20)):
        file.write_bytes(data)
        assert signs_in(bureau) in {"store.unreadable", "store.missing_file"}
        remove_logs(folder)
    told = set()
    for part in range(1, 12):
        file.write_bytes(flipped(whole, len(whole) * part // 12))
        told.add(signs_in(bureau) or "whole or not read")
        remove_logs(folder)
    assert "faults" in told, "the check names the page and goes on"
    assert told <= {"store.damaged", "store.unreadable", "whole or not read", "faults"}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :]


def remove_logs(folder: Path) -> None:
    for end in ("-wal", "-shm"):
        places.store_file(folder).with_name(places.STORE_FILE + end).unlink(missing_ok=True)


def signs_in(bureau: Bureau) -> str:
    """The code of the refusal at sign-in or at the check; empty if the store was found whole, 「faults」 if not."""
    try:
        desk = Bureau(bureau.services, bureau.folder, bureau.day).at("clerk")
    except Refusal as refusal:
        return refusal.code
    try:
        return "" if desk.check().whole else "faults"
    except Refusal as refusal:
        return refusal.code
    finally:
        desk.close()
