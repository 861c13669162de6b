"""Every column there is: the list is sorted by it the way its rows say, place and page agree, and the command prints it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.casefile.settings import CONTROL, bureau_settings
from execdesk.desk import AppServices, Desk
from execdesk.reads.casecolumns import COLUMNS, ORDERS, urgency
from execdesk.reads.caserows import CaseRow
from execdesk.reads.casewhere import ListFilter
from execdesk.store.clock import DemonstrationClock
from tests.world import DAY, Shelf

ALL = ListFilter("all")
VALUES: dict[str, Any] = {  # by what a row of a list is sorted; of several parties the first; unknown ones stand last either way
    "number": lambda r: "", "applicant": lambda r: r.applicant.split("等 ")[0], "debtor": lambda r: r.debtor.split("等 ")[0], "town": lambda r: r.town or None,
    "filed": lambda r: r.filed_on, "claim": lambda r: r.claim_fen, "closed": lambda r: r.closed_on, "due": lambda r: r.due_on, "judge": lambda r: r.judge or None,
    "recovered": lambda r: r.recovered_fen / r.claim_fen if r.claim_fen and r.recovered_fen is not None else None,
    "received": lambda r: r.recovered_fen,
}


@pytest.fixture(scope="module")
def folder(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worlds.get("ledger").copy(tmp_path_factory.mktemp("columns") / "data")


@pytest.fixture(scope="module")
def desk(services: AppServices, folder: Path) -> Iterator[Desk]:
    made = Desk.open(services, folder, "clerk", "demo", DemonstrationClock(DAY))
    made.board_whole()
    yield made
    made.close()


def whole(desk: Desk, sort: str, descending: bool) -> list[CaseRow]:
    return list(desk.reads.case_list(ALL, sort, descending, 0, 1000).rows)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", list(ORDERS))
def test_the_list_is_sorted_by_it_and_every_case_is_found_in_its_place(desk: Desk, name: str, descending: bool) -> None:
    rows = whole(desk, name, descending)
    known = [value for row in rows if (value := VALUES[name](row)) is not None]
    assert len(rows) > 400 and known == sorted(known, reverse=descending)
    assert [VALUES[name](row) is None for row in rows] == [False] * len(known) + [True] * (len(rows) - len(known)), "unknown ones stand last"
    for at in range(0, len(rows), 37):
        assert desk.reads.case_place(ALL, name, descending, rows[at].id) == at
    page = desk.reads.case_list(ALL, name, descending, 100, 20).rows
    assert [row.id for row in page] == [row.id for row in rows[100:120]]


def test_its_name_and_title_are_its_own_and_it_always_has_words(desk: Desk) -> None:
    assert len({column.name for column in COLUMNS}) == len({column.title for column in COLUMNS}) == len(COLUMNS)
    rows = whole(desk, "due", False)
    assert all(column.text(row) for column in COLUMNS for row in rows)


def test_the_command_prints_the_columns_asked_for(desk: Desk, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    rows, names = whole(desk, "due", False), [column.name for column in COLUMNS]
    desk.close()
    for words, wanted in (([], [c for c in COLUMNS if c.shown]), (["--columns", ",".join(names)], list(COLUMNS))):
        assert main.main(["case", "list", "--data", str(folder), "--user", "clerk", "--today", DAY.isoformat(), "--json", *words]) == 0
        told = json.loads(capsys.readouterr().out)["cases"]
        assert [case["texts"] for case in told] == [{c.name: c.text(row) for c in wanted} for row in rows]
    with pytest.raises(SystemExit):
        main.main(["case", "list", "--data", str(folder), "--columns", "number,nothing"])
    assert "nothing" in capsys.readouterr().err


def test_how_soon_the_nearest_day_is_coloured_is_the_bureau_s_to_set(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(desk.session.resources / "bureau", tmp_path / "bureau")
    monkeypatch.setattr(desk.session, "resources", tmp_path)
    left = sorted(row.days_left for row in whole(desk, "due", False) if row.days_left is not None and row.days_left >= 0)
    for days in (left[0], left[len(left) // 2]):
        work = re.sub(r"procedure_days = \d+", f"procedure_days = {days}", (tmp_path / "bureau" / "work.toml").read_text("utf-8"))
        (tmp_path / "bureau" / "work.toml").write_text(work, "utf-8")
        bureau_settings.cache_clear()
        amber = [row.days_left for row in whole(desk, "due", False) if urgency(row) == "!soon"]
        assert amber and sorted(amber) == [each for each in left if each <= days]
    assert bureau_settings(tmp_path).near_days(CONTROL) == bureau_settings(tmp_path).control_days != days
