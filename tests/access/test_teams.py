"""1+N: exactly one judge and at least one officer, on every day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.access.actions import people, teams
from execdesk.access.session import Session
from execdesk.access.teams import TeamSpan, first_fault, lacks_police, spans_of
from execdesk.law.refusal import Refusal
from execdesk.records.people import Person
from execdesk.records.teams import Team
from tests.access.conftest import DAY

Sit = Callable[..., Session]
FEB, JAN_31 = date(2018, 2, 1), date(2018, 1, 31)


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    assert refusal.value.text.endswith("。")
    return refusal.value.code


def span(role: str, start: int, end: int | None, person: str = "x") -> TeamSpan:
    return TeamSpan(person, role, DAY + timedelta(days=start), None if end is None else DAY + timedelta(days=end))


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([("judge", 0, None), ("officer", 0, None)], ""),
        ([("judge", 0, 9), ("judge", 10, None), ("officer", 0, None)], ""),
        ([("judge", 0, 9), ("judge", 11, None), ("officer", 0, None)], "2018-01-12 起团队有 0 名法官"),
        ([("judge", 0, 10), ("judge", 10, None), ("officer", 0, None)], "2018-01-12 起团队有 2 名法官"),
        ([("judge", 0, None), ("officer", 0, 9)], "2018-01-12 起团队没有执行员"),
        ([("judge", 0, None), ("officer", 1, None)], "2018-01-02 起团队没有执行员"),
        ([("officer", 0, None)], "2018-01-02 起团队有 0 名法官"),
        ([], "2018-01-02 起团队有 0 名法官"),
    ],
)
def test_the_first_faulty_day_is_named(spans: list[tuple[str, int, int | None]], told: str) -> None:
    assert first_fault([span(*one) for one in spans], DAY, None).startswith(told)
    assert bool(first_fault([span(*one) for one in spans], DAY, None)) == bool(told)


@given(st.lists(st.tuples(st.sampled_from(["judge", "officer"]), st.integers(0, 20), st.integers(0, 20)), max_size=6), st.integers(0, 20))
def test_no_fault_means_every_single_day_is_right(raw: list[tuple[str, int, int]], last: int) -> None:
    spans = [span(role, start, max(start, end)) for role, start, end in raw]
    right = all(
        sum(s.role == "judge" and s.holds(day) for s in spans) == 1 and any(s.role == "officer" and s.holds(day) for s in spans)
        for day in (DAY + timedelta(days=n) for n in range(last + 1))
    )
    assert (first_fault(spans, DAY, DAY + timedelta(days=last)) == "") == right


def new_judge(sit: Sit) -> str:
    admin = sit("admin")
    row = people.add_person(admin, name="法官戊").ids("Person")[0]
    post = people.prepare_post(admin, person=row, post="judge", starts_on=DAY, group="coastal").ids("Post")[0]
    people.countersign_post(sit("director"), posts=[post])
    return row


def test_a_team_is_formed_changed_and_closed(sit: Sit) -> None:
    judge = new_judge(sit)
    director = sit("director")
    wanted: dict[str, Any] = {"name": "新团队", "group": "沿海组", "officers": ["书记员甲", "法警丁"], "starts_on": FEB}
    assert code(teams.form_team, director, judge="法官甲", **wanted) == "team.judge_taken"
    assert code(teams.form_team, director, judge="书记员甲", **wanted) == "team.role"
    assert code(teams.form_team, director, judge=judge, **{**wanted, "officers": ["法官乙"]}) == "team.role"
    assert code(teams.form_team, director, judge=judge, **{**wanted, "officers": []}) == "team.one_plus_n"
    assert code(teams.form_team, director, judge=judge, **{**wanted, "group": "x"}) == "field.value"
    team = teams.form_team(director, judge=judge, **wanted).ids("Team")[0]
    assert code(teams.join, director, team=team, person="书记员甲", starts_on=FEB) == "team.double"
    teams.join(director, team=team, person="辅助执行员丁", starts_on=FEB, ends_on=date(2018, 3, 1))
    assert not lacks_police(director, team, FEB)
    for name in ("法警丁", "辅助执行员丁"):
        teams.part(director, team=team, person=name, last_day=date(2018, 2, 10), reason="调整")
    assert lacks_police(director, team, date(2018, 2, 11))
    assert not lacks_police(director, team, date(2018, 2, 10))
    assert code(teams.part, director, team=team, person="书记员甲", last_day=date(2018, 2, 10), reason="x") == "team.one_plus_n"
    assert code(teams.part, director, team=team, person=judge, last_day=date(2018, 2, 10), reason="x") == "team.one_plus_n"
    assert code(teams.part, director, team=team, person="法官丁", last_day=FEB, reason="x") == "team.member"
    teams.close_team(director, team=team, last_day=date(2018, 2, 20), reason="合并")
    assert all(s.ends_on is not None and s.ends_on <= date(2018, 2, 20) for s in spans_of(team))


def test_another_judge_takes_a_team_over_without_a_day_between(sit: Sit) -> None:
    judge = new_judge(sit)
    director, team = sit("director"), Team.get(Team.name == "法官甲团队")
    assert code(teams.change_judge, director, team="法官甲团队", person="法官乙", starts_on=FEB, reason="x") == "team.judge_taken"
    teams.change_judge(director, team="法官甲团队", person=judge, starts_on=FEB, reason="轮岗")
    judges = {s.person: s for s in spans_of(team.id) if s.role == "judge"}
    former = Person.get(Person.name == "法官甲").id
    assert (judges[former].ends_on, judges[judge].starts_on) == (JAN_31, FEB)
    assert first_fault(spans_of(team.id), team.starts_on, None) == ""
    assert code(teams.change_judge, director, team=team.id, person=judge, starts_on=FEB, reason="x") == "team.days"


def test_only_the_director_arranges_teams(sit: Sit) -> None:
    for account in ("admin", "judge-1", "clerk", "deputy"):
        assert code(teams.join, sit(account), team="法官甲团队", person="书记员甲", starts_on=FEB) == "access.duty"
