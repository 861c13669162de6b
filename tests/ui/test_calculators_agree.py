"""Every calculator says in the window what the command line says; filled from a case; F1 opens the clause."""

from __future__ import annotations

import argparse
import io
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import main
from execdesk import law_commands
from execdesk.law.calculators import CALCULATORS
from execdesk.law.refusal import Refusal
from tests.work import court_store, many_measures
from tests.work.conftest import real_store
from ui.calculators import CalculatorsPage, rule_of
from ui.case.known import known_of
from ui.clauses import show_clause
from ui.lawview import LawPage

__all__ = ["real_store"]
TODAY = date(2018, 1, 2)
TYPED: dict[str, list[dict[str, str]]] = {
    "period": [{"start": "2017-12-31", "length": "6", "unit": "month"}, {"start": "2018-02-01", "length": "7", "unit": "workday", "roll": "否", "excluded": "2018-02-03..2018-02-04"}],
    "deadline": [{"node": "closing.money", "start": "2017-07-08"}, {"node": "closing.money", "start": "2017-07-08", "excluded": "2017-08-01..2017-09-01"}],
    "control_end": [{"kind": "bank_deposit", "start": "2018-01-02"}, {"kind": "immovable", "start": "2016-02-29", "months": "12"}],
    "renewal": [{"kind": "bank_deposit", "old_end": "2018-01-10", "served_on": "2018-01-02"}],
    "fee": [{"amount": "50,123.45", "on": "2018-01-02"}, {"amount": "12345678.9", "on": "2018-01-02"}],
    "preservation_fee": [{"amount": "80000", "on": "2018-01-02"}],
    "interest": [
        {"debt": "100000", "period_end": "2017-03-31", "until": "2018-01-02"},
        {"debt": "100000", "period_end": "2017-03-31", "until": "2018-01-02", "paid": "2017-08-01:30000\n2017-12-01:10,000.50", "rate": "6%", "excluded": "2017-05-01..2017-05-31"},
    ],
    "distribution": [{"pot": "50000", "claims": "甲:30000\n乙:50000:优先\n丙:20000", "on": "2018-01-02", "fee": "650"}],
    "auction": [{"appraisal": "1000000", "on": "2018-01-02"}, {"appraisal": "1000000", "on": "2018-01-02", "first": "800000"}],
    "auction_notice": [{"starts_on": "2018-03-01", "sort": "immovable"}, {"starts_on": "2018-03-01", "sort": "movable", "round": "second"}],
    "application_period": [{"start": "2016-05-31"}, {"start": "2016-05-31", "interrupted": "2017-01-01"}],
    "requery": [{"closed_on": "2017-12-29"}],
    "fine": [{"subject": "individual", "on": "2018-01-02"}],
    "detention": [{"starts_at": "2018-01-02 09:30", "days": "15"}],
    "listing": [{"grounds": "1", "decided_on": "2018-01-02"}, {"grounds": "2", "decided_on": "2018-01-02", "extension": "12", "serious": "是"}],
    "amount_words": [{"text": "50123.45"}], "day_words": [{"text": "2018-01-02"}], "case_number": [{"text": "（2017）琼9027执123号之一"}],
    "identity": [{"text": "469027198808080008"}],
}


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
    parts = main.build()
    page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(parts.law, parts.calendar), today=TODAY, chosen=name)
    qtbot.addWidget(page)
    page.panel.form.restore(values)
    assert page.panel.form.missing == []
    page.panel.calculate()
    shown = page.panel.view.sheet
    assert shown is not None
    assert law_commands.sheet_json(shown) == {key: value for key, value in command(name, values).items() if key in law_commands.sheet_json(shown)}


def test_calculators_are_filled_from_the_case_and_calculate(real_store: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk = court_store.at(Path(shutil.copytree(real_store, tmp_path / "data")), "judge")
    many_measures.add(desk, 1, TODAY)
    known = known_of(desk.reads.case(court_store.NUMBER), TODAY)
    parts = desk.parts
    page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(desk.law, parts.calendar), today=TODAY, known=known, case=court_store.NUMBER)
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
    desk = court_store.at(Path(shutil.copytree(real_store, tmp_path / "data")), "judge")
    row = desk.do("law.propose", key="control.term.bank_deposit", value="6", valid_from=TODAY, source="某条", reason="有误").ids("LawCorrection")[0]
    court_store.change(desk, "director").do("law.approve", correction=row)
    page = CalculatorsPage(tuple(CALCULATORS.values()), rule_of(desk.law, desk.parts.calendar), today=TODAY, chosen="control_end")
    qtbot.addWidget(page)
    page.panel.form.restore({"kind": "bank_deposit", "start": "2018-01-02"})
    page.panel.calculate()
    shown = page.panel.view.sheet
    assert shown is not None
    assert any("2018-01-02 更正" in line for line in law_commands.sheet_json(shown)["lines"])
    desk.close()


def test_f1_opens_the_clause_behind_the_sheet_and_the_figure(qtbot: QtBot, tmp_path: Path, real_store: Path) -> None:
    desk = court_store.at(Path(shutil.copytree(real_store, tmp_path / "data")), "judge")
    pages: list[Any] = [
        CalculatorsPage(tuple(CALCULATORS.values()), rule_of(desk.law, desk.parts.calendar), today=TODAY, chosen="control_end", known={"control_end": TYPED["control_end"][0]}),
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
