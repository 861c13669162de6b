"""The open cases of a group by the towns it serves and those its judges have are told side by side, and go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from execdesk.desk import Desk
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.listing import ListWanted
from execdesk.reads.teams import GroupRow
from tests.ui import office_store
from tests.world import Shelf
from ui.team.cards import reconciled

EXCEPTIONS = 10


@pytest.fixture
def desk(worlds: Shelf, tmp_path: Path) -> Iterator[Desk]:
    made = office_store.at(worlds.get("ledger").copy(tmp_path / "data"), "director")
    yield made
    made.close()


def test_towns_and_judges_of_the_sample_go_together_ten_cases_apart(desk: Desk) -> None:
    groups = desk.reads.team_day(desk.day).groups
    assert len(groups) == 2 and sum(group.others for group in groups) == sum(group.further for group in groups) == EXCEPTIONS
    for group in groups:
        assert group.cases == desk.reads.case_list(ListFilter("open", group.id)).total == group.own + group.others + group.unassigned
        judges = [team.judge_id for team in group.teams]
        with_judges = [desk.reads.case_list(ListFilter("open", judge=judge)).total for judge in judges]
        assert group.assigned == sum(with_judges) == sum(team.cases for team in group.teams)
        assert len(judges) == 2 and min(with_judges) > 50, "four judges are busy"


def test_the_sample_has_the_rows_it_had(desk: Desk) -> None:
    run, = desk.reads.list_page(ListWanted("imports")).rows
    assert (run.imported, run.decide, run.refused) == (547, 51, 22)


def test_the_words_add_up(desk: Desk) -> None:
    for group in desk.reads.team_day(desk.day).groups:
        for words in reconciled(group):
            whole, *parts = [int(number) for number in re.findall(r"(\d+)", words.split("　")[0])]
            assert whole == sum(parts) > 0, words
    bare = GroupRow("", "空组", "", "", (), 0, 0.0, (), 0, 0, 0, 0)
    assert reconciled(bare) == ("本组当日没有在办案件",)
