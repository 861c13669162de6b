"""``law …`` by the law of a store: the court's corrections apply and are said; without a store the answer says so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.desk import AppServices, Desk
from execdesk.store.clock import DemonstrationClock
from tests.world import DAY, Shelf

KEY = "control.term.bank_deposit"
CONTROL = ["law", "control-end", "bank_deposit", "--from", "2018-01-02"]


@pytest.fixture(scope="module")
def corrected(services: AppServices, worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration store in which 局长 approved six months for a frozen deposit."""
    folder = worlds.get("demo").copy(tmp_path_factory.mktemp("law") / "data")
    desk = Desk.open(services, folder, "judge-1", "demo", DemonstrationClock(DAY))
    row = desk.do("law.propose", key=KEY, value="6", valid_from=date(2018, 1, 1), source="某文件第三条", reason="有误").ids("LawCorrection")[0]
    desk.change_person("director", "demo")
    desk.do("law.approve", correction=row)
    desk.close()
    return folder


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main.main([*words])
    return code, capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    code, out = asked(capsys, *words, "--json")
    assert code == 0, out
    found: dict[str, Any] = json.loads(out)
    return found


def test_without_a_store_the_shipped_law_is_used_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, *CONTROL)
    assert (found["ends_on"], found["law"]["store"], found["law"]["corrections"]) == ("2019-01-01", None, [])
    assert asked(capsys, *CONTROL)[1].splitlines()[-1].startswith("法规参数：随程序提供的文本；没有打开库，不含本院的更正")


@pytest.mark.parametrize("early", [True, False])
def test_the_corrections_of_a_store_apply_and_are_said(corrected: Path, early: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    words = ["--data", str(corrected), *CONTROL] if early else [*CONTROL, "--data", str(corrected), "--user", "judge-2"]
    found = answer(capsys, *words)
    assert (found["ends_on"], found["months"]) == ("2018-07-01", 6)
    (told,) = found["law"]["corrections"]
    assert (told["key"], told["value"], told["valid_from"]) == (KEY, 6, "2018-01-01")
    assert "2018-01-02 更正" in told["corrected_by"]
    lines = asked(capsys, *words)[1].splitlines()
    assert any("本院更正了 1 个时段" in line and "演示库" in line for line in lines)
    assert any("某文件第三条" in line and "更正" in line for line in lines[:-2])  # on the sheet itself, too


def test_other_answers_of_a_store_say_it_too(corrected: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    for words in (["words", "5万"], ["list"], ["article", "delay_interest", "--on", "2018-01-02"], ["authority", "detention"]):
        assert answer(capsys, "law", *words, "--data", str(corrected))["law"]["corrections"], words


def test_the_day_of_a_demonstration_is_the_day_of_calculation(corrected: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    found = answer(capsys, "law", "fee", "50000", "--data", str(corrected))
    assert "2018-01-02" in found["law"]["text"]
    assert asked(capsys, "law", "fee", "50000", "--today", "2018-01-02")[0] == 1


def test_a_wrong_password_or_no_store_is_refused(corrected: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECDESK_PASSWORD", "falsch")
    code, out = asked(capsys, "law", "fee", "1", "--data", str(tmp_path / "none"), "--json")
    assert code == 1 and json.loads(out)["refused"] == "store.none"
    code, out = asked(capsys, "law", "fee", "1", "--data", str(corrected), "--json")
    assert code == 1 and json.loads(out)["refused"].startswith("access.")
