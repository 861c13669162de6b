"""A store that lay idle, and a backup however old: opened after the day was confirmed; with certificates out of their time, for reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import main
from execdesk.access import safekeeping
from execdesk.commands import frame
from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.store.clock import AHEAD_LIMIT, COURT_TIME
from tests import court_store
from tests.looking import look_at
from tests.world import Shelf

MADE = datetime(2018, 1, 2, 1, tzinfo=UTC)  # the moment of the last line
LIMIT = AHEAD_LIMIT.days
YEARS_LATER = 2_000  # days: certificates last five years


@dataclass
class Wall:
    """The clock of a PC on a day: nobody has confirmed it."""

    at: datetime
    confirmed: bool = False

    def now(self) -> datetime:
        return self.at

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(COURT_TIME).date()


def sit(folder: Path, days: float, account: str = "admin", *, confirm: bool = False) -> Desk:
    desk = Desk.open(main.build(), folder, account, court_store.password_of(account), Wall(MADE + timedelta(days=days)), confirm_day=confirm)
    look_at(desk)
    return desk


def refused(folder: Path, days: float) -> str:
    with pytest.raises(Refusal) as caught:
        sit(folder, days)
    return caught.value.code


@pytest.fixture
def backup(worlds: Shelf, tmp_path: Path) -> Path:
    desk = court_store.at(worlds.get("real").copy(tmp_path / "first"), "admin")
    desk.backups.write(tmp_path / "a.zip")
    desk.close()
    return tmp_path / "a.zip"


@pytest.mark.parametrize("days", [LIMIT, LIMIT + 1, 400])
def test_a_backup_is_restored_and_opened_however_old(backup: Path, tmp_path: Path, days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safekeeping, "SystemClock", lambda: Wall(MADE + timedelta(days=days)))
    made = safekeeping.restore(backup, tmp_path / "new", "admin", court_store.password_of("admin"))
    if days > LIMIT:
        assert refused(tmp_path / "new", days) == "store.clock"
    desk = sit(tmp_path / "new", days, confirm=days > LIMIT)
    assert desk.session.store.chain == made.chain == "HQ.2" and desk.check().whole
    assert desk.session.store.latest_moment() >= MADE + timedelta(days=days)  # type: ignore[operator]
    desk.close()
    assert sit(tmp_path / "new", days + LIMIT).session.store.head.number > 1, "from now on it goes by itself"


def test_a_window_left_locked_for_months_is_unlocked_once_the_day_is_confirmed(worlds: Shelf, tmp_path: Path) -> None:
    desk = sit(worlds.get("real").copy(tmp_path / "data"), 0)
    clock = desk.session.store.clock
    desk.lock()
    assert isinstance(clock, Wall)
    clock.at += timedelta(days=LIMIT + 1)
    with pytest.raises(Refusal) as caught:
        desk.change_person("admin", court_store.password_of("admin"))
    assert caught.value.code == "store.clock" and "再登录一次确认" in caught.value.text
    desk.change_person("admin", court_store.password_of("admin"), confirm_day=True)
    assert desk.check().whole
    desk.close()


def test_the_command_line_takes_the_day_told(
    worlds: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = worlds.get("real").copy(tmp_path / "data")
    monkeypatch.setattr(frame, "SystemClock", lambda: Wall(MADE + timedelta(days=400)))
    monkeypatch.setenv("EXECDESK_PASSWORD", court_store.password_of("admin"))
    command = ["--data", str(folder), "--user", "admin", "backup", str(tmp_path / "a.zip")]
    assert main.main(command) == 1 and "--confirm-day" in capsys.readouterr().err
    assert main.main([*command, "--confirm-day", "2019-02-05"]) == 1, "a script may not say any day"
    assert not (tmp_path / "a.zip").exists()
    assert main.main([*command, "--confirm-day", "2019-02-06"]) == 0 and (tmp_path / "a.zip").exists()


@pytest.mark.parametrize("restored", [False, True])
def test_certificates_out_of_their_time_open_for_reading_and_backing_up(
    backup: Path, tmp_path: Path, restored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("new" if restored else "first")
    if restored:
        monkeypatch.setattr(safekeeping, "SystemClock", lambda: Wall(MADE + timedelta(days=YEARS_LATER)))
        safekeeping.restore(backup, folder, "admin", court_store.password_of("admin"))
    desk = sit(folder, YEARS_LATER, confirm=True)
    before = desk.session.store.heads()
    assert any("签名证书已在" in told and "到期" in told for told in desk.notices)
    assert desk.check().whole and len(desk.reads.cases()) == 1
    with pytest.raises(Refusal) as caught:
        desk.do("person.staffing", person="clerk", staffing="contract", reason="变更")
    assert caught.value.code == "store.expired" and "到期" in desk.reads.store_facts().fault
    desk.backups.write(tmp_path / "b.zip")
    desk.change_person("director", court_store.password_of("director"))
    assert desk.session.store.heads() == before, "not a line was written"
    desk.close()
