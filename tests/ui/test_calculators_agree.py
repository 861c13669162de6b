"""Every calculator says in the window what the command line says; filled from a case; F1 opens the clause."""

from __future__ import annotations

import argparse
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import main
from execdesk.commands import law as law_commands
from execdesk.commands.law_json import sheet_json
from execdesk.law.calculators import CALCULATORS
from execdesk.law.refusal import Refusal
from execdesk.reads.caserows import MoneyRow
from tests import court_store, many_measures
from tests.law.calculator_samples import TYPED
from tests.world import at_home
from ui.calculators import CalculatorsPage, rule_of
from ui.case.known import known_of, notes_of
from ui.clauses import show_clause
from ui.lawview import LawPage

TODAY = date(2018, 1, 2)


def command(name: str, values: dict[str, str]) -> dict[str, Any]:
    """``law calc NAME --set … --json``."""
    parser = argparse.ArgumentParser()
    law_commands.add_commands(parser)
    given = [part for key, value in values.items() for line in value.splitlines() for part in ("--set", f"{key}={line}")]
    out = io.StringIO()
    args = parser.parse_args(["calc", name, *given, "--json"])
    code = law_commands.run(args, main.RESOURCES / "law", TODAY, main.build().calendar, out)
    assert code == 0, out.getvalue()
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_every_calculator_is_compared() -> None:
    assert TYPED.keys() == CALCULATORS.keys()


@pytest.mark.parametrize(("name", "values"), [(name, values) for name, some in TYPED.items() for values in some])
def test_window_and_command_line_agree(qtbot: QtBot, name: str, values: dict[str, str]) -> None:
    services = main.build()
    page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(services.law, services.calendar), today=TODAY, chosen=name)
    qtbot.addWidget(page)
    page.panel.form.restore(values)
    assert page.panel.form.missing == []
    page.panel.calculate()
    shown = page.panel.view.sheet
    assert shown is not None
    assert sheet_json(shown) == {key: value for key, value in command(name, values).items() if key in sheet_json(shown)}


def test_calculators_are_filled_from_the_case_and_calculate(real_store: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk = court_store.at(at_home(real_store, tmp_path / "data"), "judge")
    many_measures.add(desk, 1, TODAY)
    known = known_of(desk.reads.case(court_store.NUMBER), TODAY)
    services = desk.services
    page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(desk.law, services.calendar), today=TODAY, known=known, case=court_store.NUMBER)
    qtbot.addWidget(page)
    assert known.keys() >= {"fee", "interest", "control_end", "renewal", "amount_words", "case_number", "identity", "distribution"}
    for name in known.keys() - {"interest", "distribution"}:
        page.list.choose(name)
        assert page.panel.view.sheet is not None, (name, page.panel.form.missing)
    page.list.choose("interest")
    assert page.panel.form["debt"].text == "50,000.00"
    assert page.panel.form.missing == ["履行期间届满日"]
    page.panel.form["period_end"].set_text("2017-06-30")
    page.panel.calculate()
    assert page.panel.view.sheet is not None
    page.list.choose("distribution")
    assert page.panel.form["claims"].text.startswith("符示例:")
    desk.close()


def test_the_window_calculates_with_corrected_law(real_store: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk = court_store.at(at_home(real_store, tmp_path / "data"), "judge")
    row = desk.do("law.propose", key="control.term.bank_deposit", value="6", valid_from=TODAY, source="某条", reason="有误").ids("LawCorrection")[0]
    court_store.change(desk, "director").do("law.approve", correction=row)
    page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(desk.law, desk.services.calendar), today=TODAY, chosen="control_end")
    qtbot.addWidget(page)
    page.panel.form.restore({"kind": "bank_deposit", "start": "2018-01-02"})
    page.panel.calculate()
    shown = page.panel.view.sheet
    assert shown is not None
    assert any("2018-01-02 更正" in line for line in sheet_json(shown)["lines"])
    desk.close()


def test_f1_opens_the_clause_behind_the_sheet_and_the_figure(qtbot: QtBot, tmp_path: Path, real_store: Path) -> None:
    desk = court_store.at(at_home(real_store, tmp_path / "data"), "judge")
    pages: list[Any] = [
        CalculatorsPage(tuple(CALCULATORS.values()), rule_of(desk.law, desk.services.calendar), today=TODAY, chosen="control_end", known={"control_end": TYPED["control_end"][1]}),
        LawPage(desk.law, TODAY),
    ]
    for page in pages:
        qtbot.addWidget(page)
        dialog = show_clause(desk, page.clause_topic, page)
        assert "第" in dialog.windowTitle()
        dialog.close()
    assert pages[0].clause_topic == "INT:control_term"
    with pytest.raises(Refusal):
        show_clause(desk, "INT:nothing", pages[0])
    desk.close()


def test_money_that_came_in_is_taken_into_interest_and_distribution(real_store: Path, tmp_path: Path) -> None:
    desk = court_store.at(at_home(real_store, tmp_path / "data"), "judge")
    many_measures.add(desk, 2, TODAY)
    page = desk.reads.case(court_store.NUMBER)
    came = (
        MoneyRow("1", "T1", date(2017, 12, 2), date(2017, 12, 1), "deduction", "划拨", "", 300_000, 300_000, None, False),
        MoneyRow("2", "T2", date(2017, 11, 1), date(2017, 11, 1), "voluntary", "自动履行", "", 500_000, 0, None, False),
    )
    told = replace(page, case=replace(page.case, recovered_fen=400_000), fee_fen=65_000, money=came)
    known = known_of(told, TODAY)
    assert known["interest"]["paid"] == "2017-12-01:3,000.00"
    assert known["interest"]["general_due"] == "123.45"
    assert (known["distribution"]["pot"], known["distribution"]["fee"], known["distribution"]["debtor"]) == ("4,000.00", "650.00", "person")
    assert known["deadline"] == {"node": "closing.money", "start": "2017-07-08"}
    notes = notes_of(told)
    assert "1,000.00 元没有记载到账日" in notes["interest"]
    nearest = min((m for m in page.measures if m.ends_on), key=lambda m: m.ends_on or date.max)
    assert known["control_end"]["kind"] == nearest.term_kind
    assert nearest.title in notes["control_end"]
    desk.close()


def test_notes_on_values_of_the_case_stand_above_the_fields(qtbot: QtBot) -> None:
    services = main.build()
    page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(services.law, services.calendar), today=TODAY, chosen="interest", case="x", notes={"interest": "缺到账日。"})
    qtbot.addWidget(page)
    page.show()
    assert page.panel.note.isVisible() and page.panel.note.text() == "缺到账日。"
    page.list.choose("fee")
    assert not page.panel.note.isVisible()
