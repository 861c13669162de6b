"""The daily backup: when it is due, to a place chosen once, how many are kept, what is told of its age and of one that failed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from execdesk.access import daily_backup
from execdesk.access.daily_backup import BackupPlan, backup_settings
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.store.backup_list import last_whole, made_backups
from execdesk.store.clock import DemonstrationClock
from tests import court_store
from tests.flow.test_faults import full_after
from tests.looking import look_at
from tests.world import Shelf


@pytest.fixture
def desk(worlds: Shelf, tmp_path: Path) -> Iterator[Desk]:
    made = court_store.at(worlds.get("real").copy(tmp_path / "data"), "admin")
    yield made
    made.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


def later(desk: Desk, days: int) -> None:
    clock = desk.session.store.clock
    assert isinstance(clock, DemonstrationClock)
    clock.day += timedelta(days=days)


def told(desk: Desk) -> str:
    return "".join(daily_backup.told_of_backups(desk.session))


def refusal(work: object, *args: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        work(*args)  # type: ignore[operator]
    return caught.value


def zips(place: Path) -> list[str]:
    return sorted(path.name for path in place.glob("*.zip"))


def test_who_chooses_a_place_and_which(desk: Desk, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds, own = backup_settings(desk.session.resources), desk.folder
    assert desk.backups.plan == BackupPlan("", bounds.kept) and not desk.backups.due
    assert refusal(desk.backups.write_today).code == "backup.nowhere"
    (own / "inside").mkdir()
    for folder in (str(own), str(own / "inside"), str(share / "gone"), "share"):
        assert refusal(desk.backups.choose, folder, bounds.kept).code == "backup.place"
    for kept in (bounds.kept_least - 1, bounds.kept_most + 1):
        assert refusal(desk.backups.choose, str(share), kept).code == "backup.kept"
    for kept in (bounds.kept_least, bounds.kept_most):
        assert desk.backups.choose(str(share), kept) == BackupPlan(str(share), kept)
    with full_after(0), monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
        assert refusal(desk.backups.choose, str(share), bounds.kept).code == "backup.place"
    assert desk.backups.due and list(share.iterdir()) == []
    court_store.change(desk, "judge")
    assert refusal(desk.backups.choose, "", bounds.kept).code == "access.duty"
    assert desk.backups.due, "whoever sits there makes it"


def test_once_a_day_by_whoever_sits_there_also_while_the_window_is_locked(desk: Desk, share: Path) -> None:
    desk.backups.choose(str(share), 3)
    court_store.change(desk, "clerk")
    desk.lock()
    assert desk.backups.write_today().whole
    assert not desk.backups.due and zips(share) == ["每日备份-HQ.1-2018-01-02.zip"]
    later(desk, 1)
    assert desk.backups.due
    (share / "每日备份-HQ.1-2018-01-03.zip").write_text("of another court", encoding="utf-8")
    desk.backups.write_today()
    assert zips(share)[1:] == ["每日备份-HQ.1-2018-01-03-2.zip", "每日备份-HQ.1-2018-01-03.zip"]
    assert (share / "每日备份-HQ.1-2018-01-03.zip").read_text(encoding="utf-8") == "of another court"
    later(desk, 1)
    desk.session.store.base.execute_sql("ALTER TABLE meta RENAME TO gone")
    assert not desk.backups.due, "a store that cannot be asked keeps nobody from leaving"
    desk.session.store.base.execute_sql("ALTER TABLE gone RENAME TO meta")
    assert desk.backups.due
    desk.session.store.only_reading = "被搬动"
    later(desk, 1)
    assert not desk.backups.due, "what a store holds that is left to reading is in doubt"


def test_the_oldest_go_and_nothing_else(desk: Desk, share: Path) -> None:
    desk.backups.choose(str(share), 3)
    desk.backups.write(share / "离职前.zip")
    for _ in range(3):
        later(desk, 1)
        desk.backups.write_today()
    shutil.copy(share / "离职前.zip", share / "每日备份-HQ.1-2018-01-03.zip")  # somebody laid another one there
    later(desk, 1)
    desk.backups.write_today()
    assert zips(share) == ["每日备份-HQ.1-2018-01-03.zip", *(f"每日备份-HQ.1-2018-01-0{day}.zip" for day in (4, 5, 6)), "离职前.zip"]
    later(desk, 1)
    (share / "每日备份-HQ.1-2018-01-03.zip").unlink()
    desk.backups.write_today()
    assert zips(share) == [*(f"每日备份-HQ.1-2018-01-0{day}.zip" for day in (5, 6, 7)), "离职前.zip"]
    assert [one.by_itself for one in made_backups(desk.session.store)] == [False, True, True, True]
    desk.session.store.closed_reason = "留痕 HQ.1:1 被改动"
    for _ in range(4):
        later(desk, 1)
        desk.backups.write_today()
    names = zips(share)
    assert [name for name in names if "缺损" not in name] == [*(f"每日备份-HQ.1-2018-01-0{day}.zip" for day in (5, 6, 7)), "离职前.zip"], "never crowded out"
    assert len([name for name in names if "缺损" in name]) == 3


def test_a_restored_store_takes_none_of_another_chain_away(desk: Desk, share: Path) -> None:
    desk.backups.choose(str(share), 3)
    for _ in range(3):
        later(desk, 1)
        desk.backups.write_today()
    before = zips(share)
    desk.session.store.name_site("HQ", 2)  # as a practice copy that was restored on the same PC
    for _ in range(4):
        later(desk, 1)
        desk.backups.write_today()
    assert [name for name in zips(share) if "HQ.1" in name] == before and len(zips(share)) == 6


def test_a_place_that_is_gone_or_full_is_told_and_the_last_backup_stays(desk: Desk, share: Path) -> None:
    desk.backups.choose(str(share), 3)
    whole = desk.backups.write_today()
    later(desk, 1)
    with full_after(100_000):
        assert refusal(desk.backups.write_today).code == "backup.full"
    assert zips(share) == [whole.file] and "空间不足" in daily_backup.standing(desk.session).failed
    share.rename(share.with_name("pulled"))
    assert refusal(desk.backups.write_today).code == "backup.target"
    assert not share.exists()
    failed = daily_backup.standing(desk.session).failed
    assert failed.startswith("2018-01-03 09:00 的每日备份没有做成：") and "请插好U盘" in failed and failed in told(desk)
    share.with_name("pulled").rename(share)
    assert desk.backups.due
    desk.backups.write_today()
    assert daily_backup.standing(desk.session).failed == "" and told(desk) == ""


def test_the_age_stands_at_sign_in(desk: Desk, share: Path) -> None:
    late = backup_settings(desk.session.resources).late_days
    assert told(desk) == "", "a store of today"
    later(desk, late)
    assert "还没有备份过" in told(desk) and "每日备份…" in told(desk)
    desk.backups.write(share / "a.zip")
    assert told(desk) == ""
    later(desk, late - 1)
    assert told(desk) == ""
    later(desk, 1)
    assert f"{late} 天前" in told(desk) and "工具 → 诊断" in told(desk)
    court_store.change(desk, "clerk")
    assert "请告知系统管理员" in told(desk)
    look_at(desk)
    assert any(f"{late} 天前" in age for age in desk.reads.store_facts().ages)
    made = last_whole(desk.session.store)
    assert made is not None and desk.reads.store_facts().backed_up == made.at


def test_a_demonstration_is_left_in_peace_until_a_place_is_chosen(worlds: Shelf, tmp_path: Path) -> None:
    import main
    from tests.world import DAY

    desk = Desk.open(main.build(), worlds.get("demo").copy(tmp_path / "data"), "clerk", "demo", DemonstrationClock(DAY))
    later(desk, 90)
    assert told(desk) == "" and desk.reads.store_facts().backed_up == "" and desk.reads.store_facts().ages == ()
    desk.close()
