"""Attacks on where a store lies and on the end of its chain: each is told, nothing is written, and no alarm fades by itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.access import places
from execdesk.access.founding import NewPerson, Wanted
from execdesk.access.setup import set_up
from execdesk.commands import frame
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.records.incidents import Incident
from execdesk.records.journal import Acknowledged, Line, Meta
from execdesk.store.check import completed_at
from execdesk.store.clock import DemonstrationClock
from execdesk.store.mark import HEADS_FILE
from execdesk.store.restore import restored_from
from execdesk.store.store import Store
from execdesk.store.whereabouts import PLACE_FILE, machine_folder
from tests import court_store
from tests.court_store import CHEAP, DAY, password_of, refused
from tests.world import Shelf, at_home

WITNESS = {"witness": "president", "witness_password": password_of("president"), "reason": "换了新电脑"}
At = Callable[..., Desk]


@pytest.fixture
def data(real_store: Path, tmp_path: Path) -> Path:
    return at_home(real_store, tmp_path / "data")


@pytest.fixture
def at() -> Iterator[At]:
    """Sign somebody in; who sat there before has closed."""
    desks: list[Desk] = []

    def sit(folder: Path, account: str = "director") -> Desk:
        for desk in desks:
            desk.close()
        desks[:] = [court_store.at(folder, account)]
        return desks[0]

    yield sit
    for desk in desks:
        desk.close()


def lines(store: Store) -> int:
    return int(Line.select().where(Line.site == store.site).count())


def only_reads(desk: Desk, words: str) -> None:
    """The sentence is told, the case is shown, and nothing is written, whoever acts."""
    before = lines(desk.session.store)
    assert any(words in told for told in desk.notices), desk.notices
    assert desk.reads.health().only_reading and desk.reads.person().account
    assert tried(desk) == "store.only_reading"
    verdict = desk.check()
    desk.note_check(verdict)
    desk.check_on()
    assert lines(desk.session.store) == before and Line.select().order_by(Line.taken.desc()).first().act != "store.incident"


def tried(desk: Desk) -> str:
    """The code with which an act is refused; empty where its line is written."""
    try:
        with desk.session.act("test.nothing"):
            pass
    except Refusal as refusal:
        return refusal.code
    return ""


def works(desk: Desk) -> bool:
    return tried(desk) == ""


# -- the place ---------------------------------------------------------------------------------------------------------------


def test_at_home_nothing_is_asked(data: Path, at: At) -> None:
    assert at(data).session.store.only_reading is None
    assert works(at(data))


@pytest.mark.attack("8.8")
def test_a_copied_folder_writes_nothing_and_goes_on_only_as_another_incarnation(data: Path, tmp_path: Path, at: At) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "copy"))
    for _ in range(3):
        only_reads(at(copy), "复制出来的")
    desk = at(copy)
    assert refused(desk, "store.moved", **WITNESS) == "store.not_moved"
    desk.do("store.go_on", **WITNESS)
    assert desk.session.store.chain == "HQ.2" and works(desk)
    assert restored_from(desk.session.store) is not None, "issues nothing until the numbers on paper are entered"
    first = Line.get(Line.incarnation == 2, Line.number == 1)
    assert first.act == "store.incarnation" and first.cosignature is not None
    assert desk.check().whole, [fault.text for fault in desk.check().faults]
    assert works(at(copy)) and works(at(data)), "both go on, each in its own chain"
    assert Incident.select().count() == 0
    at(copy)
    assert [row.kind for row in Incident.select().where(Incident.state == "open")] == ["place"]


def test_a_moved_folder_goes_on_with_two_persons(data: Path, tmp_path: Path, at: At) -> None:
    moved = tmp_path / "elsewhere" / "data"
    moved.parent.mkdir()
    data.rename(moved)
    only_reads(at(moved), "被搬动或者换了磁盘")
    desk = at(moved)
    for wrong, told in (({"witness": "clerk", "witness_password": password_of("clerk")}, "access.two_people"), ({"witness_password": "x"}, "access.wrong_password"),
                        ({"witness": "director", "witness_password": password_of("director")}, "access.two_people"), ({"reason": ""}, "field.missing")):
        assert refused(desk, "store.moved", **{**WITNESS, **wrong}) == told
    assert desk.session.store.only_reading
    desk.do("store.moved", **WITNESS)
    assert (desk.session.store.chain, works(desk)) == ("HQ.1", True)
    assert desk.check().whole
    desk = at(moved, "judge")
    assert desk.session.store.only_reading is None
    assert [(row.kind, row.state) for row in Incident.select()] == [("place", "open")]
    data.mkdir()
    shutil.copytree(moved, data, dirs_exist_ok=True)
    only_reads(at(data), "复制出来的")


@pytest.mark.attack("8.8")
def test_a_folder_of_another_pc_is_asked_about(data: Path, at: At) -> None:
    shutil.rmtree(machine_folder())
    only_reads(at(data), "本机没有登记过")
    at(data).do("store.moved", **WITNESS)
    assert works(at(data))


@pytest.mark.parametrize("how", ["gone", "another's", "nonsense"])
def test_the_file_beside_is_part_of_the_place(data: Path, at: At, how: str) -> None:
    if how == "gone":
        (data / PLACE_FILE).unlink()
    else:
        (data / PLACE_FILE).write_text('{"id":"0123","root":""}' if how == "another's" else "[[[")
    only_reads(at(data), PLACE_FILE)


def test_an_id_taken_out_of_the_store_is_asked_about(data: Path, at: At) -> None:
    desk = at(data)
    Meta.delete().where(Meta.key == "place.id").execute()
    desk.close()
    only_reads(at(data), "本机没有登记过")


@pytest.mark.attack("8.8")
def test_a_whole_store_under_another_root_in_the_same_folder(data: Path, tmp_path: Path, at: At) -> None:
    people = [NewPerson(name, account, password_of(account), staffing, (post,)) for name, account, staffing, post in court_store.PEOPLE]
    other = tmp_path / "other"
    wanted = Wanted(main.build().organisation, people, root_to=tmp_path / "root", passphrase=court_store.PASSPHRASE, cost=CHEAP)
    set_up(other, wanted, DemonstrationClock(DAY))
    shutil.rmtree(data)
    other.rename(data)
    only_reads(at(data), "证书根也不同")
    assert refused(at(data), "store.moved", **WITNESS) == "store.not_moved"


def test_a_demonstration_may_lie_anywhere(worlds: Shelf, tmp_path: Path) -> None:
    folder = worlds.get("registered").copy(tmp_path / "demo")
    desk = Desk.open(main.build(), Path(shutil.copytree(folder, tmp_path / "copy")), "clerk", "demo", DemonstrationClock(DAY))
    assert desk.session.store.only_reading is None
    desk.close()


# -- the end of the chain ------------------------------------------------------------------------------------------------------


def put_back(data: Path, tmp_path: Path, at: At, *names: str) -> Path:
    """The store as it was some acts ago; ``names`` are put back with it."""
    at(data).close()
    old = Path(shutil.copytree(data, tmp_path / "old"))
    assert works(at(data, "judge"))
    at(data).close()
    for file in data.glob("execdesk.db*"):
        file.unlink()
    for name in (places.STORE_FILE, *names):
        shutil.copy(old / name, data / name)
    return data


@pytest.mark.attack("8.8")
@pytest.mark.parametrize("names", [(), (HEADS_FILE,), (HEADS_FILE, PLACE_FILE, places.SLOTS_FILE)], ids=["rows", "with its mark", "whole folder"])
def test_a_store_put_back_is_told_however_often_one_signs_in(data: Path, tmp_path: Path, at: At, names: tuple[str, ...]) -> None:
    put_back(data, tmp_path, at, *names)
    for account in ("director", "clerk", "judge", "director"):
        only_reads(at(data, account), "尾部被截去，或库被换成旧的")
    desk = at(data)
    assert refused(desk, "store.moved", **WITNESS) == "store.not_astray"
    desk.do("store.go_on", **WITNESS)
    desk = at(data, "judge")
    assert desk.session.store.chain == "HQ.2" and desk.session.store.only_reading is None
    rows = list(Incident.select())
    assert [(row.kind, row.state) for row in rows] == [("tamper", "open")] and "曾经存在" in rows[0].text
    assert json.loads(bytes(Line.get(Line.incarnation == 2, Line.number == 1).body))["changes"][0][0] == "Incident"
    assert desk.check().whole


@pytest.mark.attack("8.8")
def test_a_lost_mark_is_an_incident_until_a_person_settles_it(data: Path, at: At) -> None:
    at(data).close()
    (data / HEADS_FILE).unlink()
    for account in ("clerk", "judge", "director"):
        at(data, account)
        assert [(row.kind, row.place, row.state) for row in Incident.select()] == [("check", HEADS_FILE, "open")]
    at(data).do("incident.settle", incident=Incident.get().id, who="局长乙查", found="与纸面链尾一致")
    at(data, "judge")
    assert [row.state for row in Incident.select()] == ["settled"]


# -- what only paper tells -----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    monkeypatch.setattr(frame, "SystemClock", lambda: DemonstrationClock(DAY))
    monkeypatch.setenv(frame.PASSWORD, password_of("director"))

    def go(*words: str) -> tuple[int, Any]:
        code = main.main([*words, "--data", str(data), "--user", "director", "--json"])
        return code, json.loads(capsys.readouterr().out)

    return go


def test_a_head_on_paper_is_asked_for_ever_after(data: Path, tmp_path: Path, at: At, run: Callable[..., tuple[int, Any]]) -> None:
    desk = at(data)
    printed = f"HQ.1:{desk.session.store.head.number} {desk.session.store.head.hash[:16]}"
    desk.close()
    assert run("check", "--head", printed)[0] == 0
    desk = at(data)
    assert [(row.chain, row.hash) for row in Acknowledged.select()] == [("HQ.1", printed[-16:])]
    Acknowledged.update(hash="0" * 16).execute()  # as if another line had stood there when it was printed
    only_reads(at(data), "纸面审批表")


@pytest.mark.parametrize("told", [("--head", "HQ.1:900 0123456789abcdef"), ("--head", "HQ.1:1 0123456789abcdef"), ("--root", "0123 4567 89ab cdef 0123")])
def test_what_paper_says_otherwise_stands_as_an_incident(data: Path, at: At, run: Callable[..., tuple[int, Any]], told: tuple[str, str]) -> None:
    code, answer = run("check", *told)
    assert code == 1 and len(answer["faults"]) == 1
    for account in ("clerk", "judge", "director"):
        at(data, account)
        assert [(row.kind, row.state, row.case) for row in Incident.select()] == [("tamper", "open", None)]


def test_in_the_window_paper_is_compared_and_remembered(data: Path, at: At) -> None:
    desk = at(data)
    head = desk.session.store.head
    desk.do("journal.compare", head=f"HQ.1:{head.number} {head.hash[:16]}", root=desk.session.court.root_fingerprint)
    assert Acknowledged.get().number == head.number
    assert refused(desk, "journal.compare", head="HQ.1:1 0123456789abcdef") == "journal.head_lost"
    assert refused(desk, "journal.compare", head="链尾") == "journal.head"
    assert [(row.kind, row.state) for row in Incident.select()] == [("tamper", "open")]


def test_the_right_root_is_found_right(data: Path, at: At, run: Callable[..., tuple[int, Any]]) -> None:
    fingerprint = at(data).session.court.root_fingerprint
    at(data).close()
    assert run("check", "--root", fingerprint[:20].upper())[0] == 0
    assert run("check", "--root", "xyz")[1]["refused"] == "journal.root"


def test_reading_commands_end_with_1_at_a_broken_chain_and_not_elsewhere(data: Path, tmp_path: Path, at: At, run: Callable[..., tuple[int, Any]]) -> None:
    shutil.rmtree(machine_folder())
    assert run("case", "list")[0] == 0, "reading is exempt from the place"
    at(data).do("store.moved", **WITNESS)
    put_back(data, tmp_path, at)
    assert run("case", "list")[0] == 1


# -- the weekly check ----------------------------------------------------------------------------------------------------------


def forged(desk: Desk, how: str) -> None:
    """Local rows that would switch the weekly check off."""
    me, at = desk.session.me.id, (desk.session.store.clock.now() + timedelta(days=4000 if how == "to come" else 0)).isoformat(timespec="milliseconds")
    text = json.dumps({"at": at})
    for key in ("check.completed", f"check.completed.{me}"):
        value = text.encode().hex() if how == "sealed by nobody" else text
        Meta.insert(key=key, value=value).on_conflict(conflict_target=[Meta.key], update={Meta.value: value}).execute()
    if how == "another's":
        value = desk.session.signing_key.box.seal(text.encode(), f"check.completed.{me}").hex()
        desk.change_person("judge", password_of("judge"))
        Meta.insert(key=f"check.completed.{desk.session.me.id}", value=value).on_conflict(conflict_target=[Meta.key], update={Meta.value: value}).execute()


@pytest.mark.attack("8.8")
@pytest.mark.parametrize("how", ["plain", "to come", "sealed by nobody", "another's"])
def test_local_rows_do_not_switch_the_weekly_check_off(data: Path, at: At, how: str) -> None:
    desk = at(data)
    desk.session.store.base.execute_sql("UPDATE party SET name = '林例乙' WHERE name = '林例一'")
    forged(desk, how)
    while desk.check_on():
        pass
    assert Incident.select().where(Incident.kind == "tamper", Incident.state == "open").exists()
    assert completed_at(desk.session.store, desk.session.signing_key.box) is not None
    assert desk.check_on() is False


@pytest.mark.attack("8.8")
def test_a_forged_position_leaves_nothing_out(data: Path, at: At) -> None:
    desk = at(data)
    desk.session.store.base.execute_sql("UPDATE party SET name = '林例乙' WHERE name = '林例一'")
    end = json.dumps({"stage": "files", "line": 9999, "touched": 9999, "heads": {}, "table": 999, "row": "", "file": "", "began": "2018-01-01T00:00:00.000+00:00"})
    for key in ("check.position", f"check.position.{desk.session.me.id}"):
        desk.session.store.set_meta(key, end)
    while desk.check_on():
        pass
    assert Incident.select().where(Incident.kind == "tamper").exists()


def test_a_refused_act_leaves_the_store_to_reading(data: Path, tmp_path: Path, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at(Path(shutil.copytree(data, tmp_path / "copy")))

    def fails(*_args: object) -> None:
        raise Refusal("磁盘已满。", code="store.full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write_lines", fails)
        assert refused(desk, "store.go_on", **WITNESS) == "store.full"
    assert (desk.session.store.chain, bool(desk.session.store.only_reading)) == ("HQ.1", True)
    desk.do("store.go_on", **WITNESS)
