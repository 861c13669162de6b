"""A figure corrected in the window rules everywhere: form, sheet, paper, document, clause, command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import main
from execdesk.law.refusal import Refusal
from execdesk.law.unitvalues import read_value
from tests.ui import office_store
from tests.ui.journey_tools import Hands
from tests.ui.test_clause_everywhere import CASE, tool
from tests.ui.test_law_tools import page_words
from tests.world import Shelf
from ui.admin.corrections import CorrectionsPage
from ui.rowsfield import ItemsField
from ui.sheetview import sheet_pdf

KEY = "control.term.bank_deposit"
FREEZE = {"case": CASE, "party": "林例一", "kind": "bank_deposit", "identifiers": {"bank": "某某银行乐东支行", "account_no": "6228480000007777"}, "amount": 100_000}


@pytest.fixture
def made(worlds: Shelf, tmp_path: Path) -> office_store.Made:
    found = office_store.waiting(worlds)
    return office_store.Made(worlds.get("matters").copy(tmp_path / "store"), found.ids)


@pytest.fixture
def hands(qtbot: QtBot, made: office_store.Made) -> Hands:
    """The window; the test itself leaves it, for the command line comes after it."""
    return Hands(qtbot, made.folder)


def propose(hands: Hands) -> None:
    """The administrator fills the form in the window."""
    hands.sign_in("admin")
    page = tool(hands, "法规参数")
    page.correct(page.book.history(KEY)[-1])
    page.dialog.form.restore({"value": "６", "source": "某司法解释第一条", "reason": "条文已改"})
    page.dialog.go.click()
    hands.rest()
    page.show_corrections()
    hands.rest()
    assert not hands.page.approve.isEnabled()  # type: ignore[attr-defined]


def approve(hands: Hands) -> None:
    """局长 approves it in the window."""
    hands.change_person("director")
    page = tool(hands, "法规参数")
    page.show_corrections()
    hands.rest()
    assert isinstance(hands.page, CorrectionsPage)
    hands.page.approve.click()
    hands.rest()
    assert hands.page.shown is not None and hands.page.shown.corrections[0].state == "effective"


def test_from_the_form_to_every_sheet_and_document(
    hands: Hands, made: office_store.Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    propose(hands)
    approve(hands)
    hands.change_person(made.ids["judge"])
    page = tool(hands, "计算")
    page.list.choose("control_end")
    page.panel.form.restore({"kind": "bank_deposit", "start": "2018-01-02", "months": ""})
    page.panel.calculate()
    assert page.panel.view.sheet.result == "末日 2018年7月1日"
    assert "含本院更正" in page.panel.view.toPlainText()
    assert any("含本院更正" in words for words in page_words(sheet_pdf(page.panel.view.sheet)))
    desk: Any = hands.place.desk
    assert "更正" in "".join(desk.reads.clause_text("INT:control_term").paragraphs)
    with pytest.raises(Refusal, match="不得超过 6 个月（某司法解释第一条）"):
        desk.do("measure.propose", **FREEZE, months=12)
    paper = desk.do("measure.propose", **FREEZE).ids("Document")[0]
    words = "".join(page_words(desk.reads.draft_pages(paper)))
    assert "冻结期限为六个月" in words or "期限为六个月" in words
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    folder = str(desk.folder)
    hands.rest()
    hands.leave()
    assert main.main(["law", "control-end", "bank_deposit", "--from", "2018-01-02", "--data", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ends_on"] == "2018-07-01"


TIERS = "fee.preservation.tiers"


def test_a_tier_is_corrected_in_its_own_fields(hands: Hands, made: office_store.Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong field keeps the form open and names itself; what is put right rules in the calculation and by command."""
    hands.sign_in("admin")
    page = tool(hands, "法规参数")
    before = page.book.history(TIERS)[-1]
    page.correct(before)
    form, tiers = page.dialog.form, page.dialog.form["value"]
    assert isinstance(tiers, ItemsField) and [field.title for field in tiers.row_lines[1].fields] == ["超过（元）", "至（元）", "每件（元）", "比例"]
    assert [[field.text for field in line.fields] for line in tiers.row_lines] == [["", "1000", "30", ""], ["1000", "100000", "", "1%"], ["100000", "", "", "0.5%"]]
    assert read_value(before.unit, tiers.value, before.value) == before.value
    form.restore({"source": "某办法第一条", "reason": "条文已改"})
    over, _upto, _flat, rate = tiers.row_lines[1].fields
    rate.set_text("两成")
    page.dialog.go.click()
    hands.rest()
    assert page.dialog.isVisible() and "「两成」不是比例" in rate.sentence.text() and rate.sentence.isVisibleTo(page.dialog)
    rate.set_text("2%")
    over.set_text("999")
    page.dialog.go.click()
    hands.rest()
    assert page.dialog.isVisible() and "第 2 项「超过（元）」：应为 1000" in tiers.sentence.text() and tiers.sentence.isVisibleTo(page.dialog)
    over.set_text("1,000")
    page.dialog.go.click()
    hands.rest()
    approve(hands)
    hands.change_person(made.ids["judge"])
    desk: Any = hands.place.desk
    assert desk.law.value(TIERS, desk.day).value == [before.value[0], {**before.value[1], "rate": "0.02"}, before.value[2]]
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    folder = str(desk.folder)
    hands.rest()
    hands.leave()
    said = ["act", "law.propose", "--data", folder, "--user", "admin", "--set", f"key={TIERS}", "--set", "valid_from=2018-01-02", "--set", "source=某条", "--set", "reason=有误"]
    assert main.main([*said, "--set", "value=:1000:30；1000:::两成"]) == 1
    assert "第 2 项「比例」：「两成」不是比例" in capsys.readouterr().err
    assert main.main([*said, "--set", "value=:1000:30；1000:100000::1.5%；100000:::0.5%"]) == 0
    assert "LawCorrection" in capsys.readouterr().out
