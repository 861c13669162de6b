"""Indicators over a store, each counted again by hand over its rows; the command tells them."""

from __future__ import annotations

import json
from datetime import date

import pytest

import main
from execdesk.figures.register import FIGURES, case_rows, figures
from execdesk.law.indicators import Period
from execdesk.records.cases import Case
from tests.flow.bureau import Bureau
from tests.world import DAY

YEAR = Period(date(2017, 1, 1), DAY)
FIRST = {"执"}


@pytest.fixture
def rows(bureau: Bureau) -> list[Case]:
    bureau.at("clerk")
    return [row for row in Case.select().where(Case.struck.is_null(), Case.state != "review_office") if row.type_code in FIRST]


@pytest.mark.begins("ledger")
def test_figures_are_what_the_rows_give(bureau: Bureau, rows: list[Case]) -> None:
    found = {(one.id, one.reading): one for one in figures(bureau.desk.session, YEAR)}
    closed = [row for row in rows if row.closed_on and YEAR.first <= row.closed_on <= YEAR.last]
    handled = [row for row in rows if row.filed_on <= YEAR.last and (row.closed_on is None or row.closed_on >= YEAR.first)]
    full = [row for row in closed if row.closing_mode == "执行完毕"]
    assert closed and full and len(handled) > len(closed)
    rate = found["D01", ""]
    assert {item.name for item in rate.numerator} == {row.number for row in closed}
    assert len(rate.denominator) == len(handled)
    assert {item.name for item in found["D08", "含销案"].numerator} == {row.number for row in full}
    recovery = found["D09", "结案口径"]
    assert recovery.money and sum(item.amount for item in recovery.numerator) == sum(row.opening_recovered_fen or 0 for row in closed)
    assert sum(item.amount for item in recovery.denominator) == sum(row.claim_fen or 0 for row in closed)


@pytest.mark.begins("ledger")
def test_what_came_in_since_counts(bureau: Bureau, rows: list[Case]) -> None:
    told = {row.name: row.recovered for row in case_rows(YEAR)}
    assert {row.number: row.opening_recovered_fen or 0 for row in rows}.items() <= told.items()


def test_nothing_over_nothing_is_no_figure(bureau: Bureau) -> None:
    bureau.at("clerk")
    shown = figures(bureau.desk.session, Period(date(2001, 1, 1), date(2001, 12, 31)))
    assert {one.text for one in shown if not one.denominator} == {"—"}


@pytest.mark.file("the command opens the file in the folder")
@pytest.mark.begins("ledger")
def test_the_command_tells_every_figure(bureau: Bureau, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.at("clerk")
    bureau.close()
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    capsys.readouterr()
    assert main.main(["--data", str(bureau.folder), "--json", "figures", "--from", "2017-01-01"]) == 0
    told = json.loads(capsys.readouterr().out)["figures"]
    assert len(told) == len(FIGURES) and all(one["formula"] for one in told)
    rate = next(one for one in told if one["id"] == "D01")
    assert rate["numerator"] + len(rate["not_in_numerator"]) == rate["denominator"]
    assert main.main(["--data", str(bureau.folder), "figures", "--from", "2017-01-01"]) == 0
    assert "结案率" in capsys.readouterr().out
    assert main.main(["--data", str(bureau.folder), "figures", "--from", "2019-01-01", "--to", "2018-01-01"]) == 1
    assert "晚于截止日" in capsys.readouterr().err
