"""Backups outlive accounts: whose password still opens which, told where somebody leaves, and proved by restoring one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from execdesk.access.old_backups import NAMED, opened_by, outlived, words_on
from execdesk.access.safekeeping import restore
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.records.people import Person
from execdesk.store.backup_kept import kept_name
from execdesk.store.backup_list import MadeBackup, remember
from tests import court_store
from tests.world import Shelf


@pytest.fixture
def desk(worlds: Shelf, tmp_path: Path) -> Iterator[Desk]:
    made = court_store.at(worlds.get("real").copy(tmp_path / "data"), "admin")
    yield made
    made.close()


def test_who_leaves_still_opens_what_was_made_before(desk: Desk, tmp_path: Path) -> None:
    store = desk.session.store
    for name in ("a", "b"):
        desk.backups.write(tmp_path / f"{name}.zip")
    (tmp_path / "b.zip").rename(tmp_path / "拷走.zip")
    judge, clerk = (Person.get(Person.account == account) for account in ("judge", "clerk"))
    shown = desk.reads.form("person.leave", given={"person": judge.id})
    for words in ("法官丙的旧密码离任以后仍能打开 2 份", f"「{tmp_path}」2 份：b.zip、a.zip（1 份已不在原处，可能被拷走或改名）", "销毁，或者封存交院长保管"):
        assert words in shown.note
    assert "旧密码" not in desk.reads.form("person.leave").note
    assert outlived(store) == {} and desk.reads.health().backups.outlived == ""
    told = desk.do("person.leave", person="judge", last_day=desk.day, reason="调离").told
    assert "法官丙的旧密码仍能打开 2 份" in told and "核对无误" in told
    desk.backups.write(tmp_path / "c.zip")
    assert [Path(one.path).name for one in opened_by(store, "judge")] == ["b.zip", "a.zip"]
    assert [Path(one.path).name for one in opened_by(store, "clerk")] == ["c.zip", "b.zip", "a.zip"]
    assert list(outlived(store)) == ["judge"]
    assert "已离任的 judge 的旧密码仍能打开 1 份备份" in desk.reads.health().backups.outlived, "what lies where it was written, until that is gone too"
    assert clerk.id and "3 份" in desk.reads.form("person.leave", given={"person": clerk.id}).note
    made = restore(tmp_path / "a.zip", tmp_path / "old", "judge", court_store.password_of("judge"))
    assert made.chain == "HQ.2", "it is so"
    with pytest.raises(Refusal) as caught:
        restore(tmp_path / "c.zip", tmp_path / "new", "judge", court_store.password_of("judge"))
    assert caught.value.code == "access.wrong_password"


def test_a_restored_store_remembers_its_own_backup_and_no_more_than_a_few_are_named(desk: Desk, tmp_path: Path) -> None:
    for number in range(NAMED + 2):
        desk.backups.write(tmp_path / f"{number}.zip")
    found = opened_by(desk.session.store, "judge")
    assert len(found) == NAMED + 2 and words_on(desk.session.store, found).endswith(" 等") and words_on(desk.session.store, found).count(".zip") == NAMED
    desk.close()
    restore(tmp_path / f"{NAMED + 1}.zip", tmp_path / "new", "admin", court_store.password_of("admin"))
    shutil.rmtree(tmp_path / "data")
    again = court_store.at(tmp_path / "new", "admin")
    assert len(opened_by(again.session.store, "judge")) == NAMED + 2, "the one it came from too, which was not in itself"
    again.close()


def test_a_file_of_kept_files_is_named_where_no_other_backup_needs_it(desk: Desk) -> None:
    store = desk.session.store
    own, old = kept_name(store.data_key), "execdesk-kept-00000000.db"

    def made(name: str, account: str, kept_file: str) -> MadeBackup:
        one = MadeBackup(name, "2018-01-02T01:00:00.000+00:00", "HQ.1", 1, f"/share/{name}.zip", True, (account,), kept_file=kept_file)
        remember(store, one)
        return one

    his = [made("a", "judge", old), made("b", "judge", own)]
    assert f"{old} 只供它们用" in words_on(store, his) and own not in words_on(store, his), "the next backup adds to this one"
    made("c", "clerk", old)
    assert old not in words_on(store, his), "another backup, of which he knows nothing, needs it"
