"""The command line on a real store: no acts, no day of one's own, and the environment's password only looks and backs up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import main
from execdesk.access import places
from execdesk.commands import frame
from execdesk.commands import store as store_commands
from execdesk.records.incidents import Incident
from execdesk.records.journal import Line
from execdesk.store.backup import FAULTY
from execdesk.store.chains import entry_of
from execdesk.store.clock import DemonstrationClock
from tests import court_store
from tests.court_store import DAY, at
from tests.world import at_home


@pytest.fixture
def court(real_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(frame, "SystemClock", lambda: DemonstrationClock(DAY))
    return at_home(real_store, tmp_path / "court")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main.main([*words, "--json"])
    told = json.loads(capsys.readouterr().out)
    return code, told.get("refused", "") if isinstance(told, dict) else ""


def acts(folder: Path) -> list[str]:
    desk = at(folder, "clerk")
    found = [line.act for line in Line.select().order_by(Line.taken) if line.act != "session.open"]
    desk.close()
    return found


@pytest.mark.attack("8.10")
def test_what_the_environments_password_opens(court: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = acts(court)
    who = ("--data", str(court), "--user", "admin")
    monkeypatch.setenv(frame.PASSWORD, court_store.password_of("admin"))
    for words in (["act", "case.opening_recovered", "--set", "amount=1"], ["ledger", "import", "resources/demo/ledger-2017.xlsx"]):
        assert said(capsys, *words, *who) == (1, "access.environment")
    assert said(capsys, "case", "list", *who) == (0, "")
    assert said(capsys, "backup", str(tmp_path / "backup.zip"), *who)[0] == 0
    assert said(capsys, "case", "list", *who, "--today", "2018-01-03") == (1, "store.today")
    assert acts(court) == before


def test_a_broken_chain_is_backed_up_beside_the_last_whole_one_and_told_where_it_is_restored(
    court: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target, who = tmp_path / "a.zip", ("--data", str(court), "--user", "admin")
    monkeypatch.setenv(frame.PASSWORD, court_store.password_of("admin"))
    assert main.main(["backup", str(target), *who]) == 0
    whole = target.read_bytes()
    desk = at(court, "admin")
    desk.session.store.base.execute_sql("DROP TRIGGER line_no_update")
    desk.session.store.base.execute_sql("UPDATE line SET body = CAST(replace(CAST(body AS TEXT), '民间借贷', '买卖合同') AS BLOB) WHERE act = 'case.register'")
    desk.close()
    capsys.readouterr()
    assert main.main(["backup", str(target), *who]) == 1
    told = capsys.readouterr().out
    assert "留痕有缺损，不算完好的备份" in told and f"a{FAULTY}.zip" in told and "（case.register）" in told
    assert target.read_bytes() == whole
    monkeypatch.delenv(frame.PASSWORD)
    monkeypatch.setattr(store_commands, "ask", lambda prompt, **more: court_store.password_of("director"))
    assert main.main(["restore", str(tmp_path / f"a{FAULTY}.zip"), "--data", str(tmp_path / "new"), "--user", "director"]) == 0
    assert "做的时候，留痕已有缺损" in capsys.readouterr().out
    again = at(tmp_path / "new", "director")
    assert [row.text for row in Incident.select().where(Incident.state == "open")][:1] and again.reads.health().closed
    assert "备份时留痕已有缺损" in entry_of(Line.get(Line.act == "store.incarnation")).data["reason"]
    again.close()


def test_acts_are_for_demonstrations_however_one_signs_in(court: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = acts(court)
    monkeypatch.delenv(frame.PASSWORD, raising=False)
    monkeypatch.setattr(frame, "ask", lambda prompt, **more: court_store.password_of("director"))
    assert said(capsys, "act", "law.propose", "--data", str(court), "--user", "director") == (1, "act.real_store")
    (court / places.DEMO_ROOT_FILE).write_bytes(b"{}")
    assert said(capsys, "act", "law.propose", "--data", str(court), "--user", "director") == (1, "access.false_demonstration")
    (court / places.DEMO_ROOT_FILE).unlink()
    assert acts(court) == before
