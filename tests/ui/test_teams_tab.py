"""The team tab on a real store: everything follows the date; 1+N holds whatever is pressed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from execdesk.law.refusal import Refusal
from execdesk.reads.teams import TeamRow
from tests.ui import office_store
from tests.ui.at_once import AtOnce
from tests.world import Shelf
from ui.notices import Notices
from ui.teamtab import TeamTab

DAY = office_store.DAY


@pytest.fixture(scope="session")
def bare(worlds: Shelf) -> Path:
    """The store, made once."""
    return office_store.waiting(worlds).folder


@pytest.fixture
def tab(bare: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[TeamTab]:
    """The director's team tab on a copy of the store."""
    desk = office_store.at(Path(shutil.copytree(bare, tmp_path / "data")), "director")
    notices = Notices()
    qtbot.addWidget(notices)
    made = TeamTab(desk, AtOnce(), notices, lambda page: None, save=lambda _parent, name: str(tmp_path / name))
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    made.entered()
    yield made
    desk.close()


def first(tab: TeamTab, group: int = 0, team: int = 0) -> TeamRow:
    """A team on the day shown."""
    assert tab.shown is not None
    return tab.shown.groups[group].teams[team]


def names(team: TeamRow) -> set[str]:
    """Everybody in a team."""
    return {member.name for column in team.columns for member in column}


def test_groups_teams_and_columns_of_the_day(tab: TeamTab) -> None:
    assert tab.shown is not None
    assert [group.name for group in tab.shown.groups] == ["沿海组", "山区组"]
    assert "黄流" in tab.shown.groups[0].towns and tab.shown.groups[0].head.startswith("组长 副局长甲")
    team = first(tab)
    assert team.judge == "法官甲" and team.size == "1+4"
    assert [m.name for m in team.columns[3]] == ["法警乙"] and not team.gaps


def test_everything_follows_the_date(tab: TeamTab) -> None:
    team = first(tab)
    police = team.columns[3][0]
    tab.act("part", team)
    tab.dialog.form["person"].set_value(police.id)
    tab.dialog.form["reason"].set_text("派驻期满")
    tab.dialog.go.click()
    assert police.name in names(first(tab)), "the last day is still a day in the team"
    tab.after.click()
    assert tab.day == DAY + timedelta(days=1)
    later = first(tab)
    assert police.name not in names(later) and 3 in later.gaps and "无司法警察" in later.warnings[0]
    assert tab.shown is not None
    assert [row.name for row in tab.shown.unplaced] == [police.name]
    assert any(change.sign == "出" and police.name in change.text for change in tab.shown.changes)
    tab.today.click()
    assert tab.day == DAY and not first(tab).gaps
    tab.go(date(2015, 12, 31))
    assert tab.shown is not None and all(not group.teams for group in tab.shown.groups)


def test_an_officer_is_lent_for_some_days_from_the_other_group(tab: TeamTab) -> None:
    mountain = first(tab, 1)
    lent = mountain.columns[1][0]
    tab.act("join", first(tab))
    tab.dialog.form["person"].set_value(lent.id)
    tab.dialog.form["ends_on"].set_value(DAY + timedelta(days=3))
    tab.dialog.go.click()
    assert lent.name in names(first(tab))
    tab.go(DAY + timedelta(days=4))
    assert lent.name not in names(first(tab)) and lent.name in names(first(tab, 1))


def test_a_team_without_officer_or_with_a_judge_already_leading_is_refused(tab: TeamTab) -> None:
    assert tab.desk.reads.judges_free(DAY) == ()
    tab.act("form", None)
    assert not tab.dialog.form.demand(), "there is no judge to choose"
    tab.dialog.close()
    team = first(tab, 0, 1)
    members = [m for column in team.columns[1:] for m in column]
    for number, member in enumerate(members):
        tab.act("part", team)
        tab.dialog.form["person"].set_value(member.id)
        tab.dialog.form["reason"].set_text("调离")
        tab.dialog.go.click()
        if number < len(members) - 1:
            continue
        assert any("至少应有一名" in words for words in tab.dialog.says.shown)
        tab.dialog.close()


def test_a_team_is_closed_and_formed_again(tab: TeamTab) -> None:
    team = first(tab)
    judge, officer = team.judge_id, team.columns[1][0].id
    tab.act("close", team)
    tab.dialog.form["reason"].set_text("重新编组")
    tab.dialog.go.click()
    tab.after.click()
    tab.act("form", None)
    tab.dialog.form["name"].set_text("第一团队")
    tab.dialog.form["judge"].set_value(judge)
    tab.dialog.go.click()
    assert tab.dialog.form["group"].error, "no group stands there until one is chosen"
    tab.dialog.form["group"].set_value(next(iter(dict(tab.dialog.form.declared["group"].pairs))))
    tab.dialog.go.click()
    assert any("至少应有一名" in words for words in tab.dialog.says.shown)
    tab.dialog.form["officers"].boxes[officer].setChecked(True)
    tab.dialog.go.click()
    assert first(tab).name == "第一团队" and first(tab).size == "1+1"


def test_two_judges_are_refused(tab: TeamTab) -> None:
    team, other = first(tab), first(tab, 1)
    assert team.judge_id not in dict(tab.desk.reads.judges_free(DAY)), "who leads a team is not offered as another's judge"
    tab.act("judge", other)
    assert tab.dialog.form["person"].box.count() == 0
    tab.dialog.close()
    with pytest.raises(Refusal) as told:
        tab.desk.do("team.judge", team=other.id, person=team.judge_id, starts_on=DAY + timedelta(days=1), reason="代管")
    assert "一名法官同时只带一个团队" in told.value.text


def test_the_ratio_of_article_nine_with_its_lists(tab: TeamTab) -> None:
    assert tab.shown is not None
    ratio = tab.shown.ratio
    assert (len(ratio.bureau.numerator), len(ratio.bureau.denominator)) == (6, 18)
    assert ratio.verdict == "符合" and "31.58%" in ratio.margin
    tab.lists.click()
    assert "法官比例" in tab.dialog.windowTitle()
    tab.dialog.close()


def test_who_may_not_assign_is_offered_nothing(bare: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk = office_store.at(Path(shutil.copytree(bare, tmp_path / "data")), "judge-1")
    made = TeamTab(desk, AtOnce(), Notices(), lambda page: None)
    qtbot.addWidget(made)
    made.entered()
    assert not made.form_button.isVisibleTo(made) and made.shown is not None and not made.shown.may_form
    made.act("form", None)
    assert made.dialog is None
    desk.close()


def test_the_day_is_written_as_a_table(tab: TeamTab, tmp_path: Path) -> None:
    tab.export_button.click()
    rows = list(openpyxl.load_workbook(tmp_path / f"团队 {DAY}.xlsx").active.iter_rows(values_only=True))
    assert rows[0][:3] == ("日期", "组", "团队") and len(rows) == 17
