"""The case list cut from the index says of each case what its own row says, in every view and order."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from execdesk.casework.control.measures import view_of
from execdesk.desk import Desk
from execdesk.reads.caseindex import lists_of
from execdesk.reads.caselist import ListFilter
from execdesk.reads.cases import Filter, controls_of, list_cases
from execdesk.reads.finding import search_of
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.court import Group
from execdesk.records.measures import Measure
from execdesk.records.people import Person
from tests.work import many_measures
from tests.work.court_store import DAY


@pytest.fixture
def desk(enter: Callable[..., Desk]) -> Desk:
    """A desk with some fifty cases of every standing, and measures on some of them."""
    desk = enter("judge")
    many_measures.add(desk, 30, DAY)
    groups = [group.id for group in Group.select().order_by(Group.code)]
    with desk.session.act("test.cases") as act:
        for n in range(50):
            act.add_many(_case(n, desk.session.me.id, groups))
    return desk


def _case(n: int, me: str, groups: list[str]) -> list[Any]:
    closed = n % 7 == 3
    of = Case(
        number=f"（2017）琼9027执{n + 100}号", year=2017, type_code="执", sequence=n + 100, cause="借款", filed_on=date(2017, 5 + n % 3, 28 + n % 3),
        state="closed" if closed else "review_office" if n % 11 == 5 else "open", closed_on=DAY - timedelta(days=n) if closed else None,
        closing_mode=("终结本次执行程序" if n % 2 else "执行完毕") if closed else None, origin="ledger", held_by="HQ", claim_fen=None if n % 9 == 1 else n * 777,
        opening_recovered_fen=None if n % 5 else n * 100, group=groups[n % 2] if n % 4 else None, town="九所镇" if n % 3 else None,
    )
    made: list[Any] = [of, Party(case=of.id, side="debtor", position=0, kind="natural", name=f"林例{n % 10}")]
    if n % 6:
        made += [Party(case=of.id, side="applicant", position=place, kind="natural", name=f"符示例{n % 8}") for place in (1, 0)]
    if n % 5 < 3:
        made.append(Assignment(case=of.id, person=me, role="judge", starts_on=date(2017, 6, 1), reason="按负荷", rule="least_load"))
    if n % 8 == 2:
        made.append(Measure(
            case=of.id, party=made[1].id, kind="movable", action="seize", property="小型轿车", months=24, state="live", effective_on=date(2017, 6, 1),
            end_printed=DAY + timedelta(days=n - 20),
        ))
    return made


@pytest.mark.parametrize("view", ["open", "late", "soon", "closed", "tnr", "review", "ungrouped", "all"])
def test_a_view_lists_the_cases_it_names_with_their_own_rows(desk: Desk, view: str) -> None:
    page = desk.reads.case_list(ListFilter(view))
    told = {row.id: row for row in list_cases(desk.session, Filter("all"))}
    named: dict[str, Callable[[Any], bool]] = {
        "open": lambda r: r.state == "open", "late": lambda r: r.days_left is not None and r.days_left < 0,
        "soon": lambda r: r.days_left is not None and 0 <= r.days_left <= 7, "closed": lambda r: r.state == "closed" and r.closing_mode == "执行完毕",
        "tnr": lambda r: r.closing_mode == "终结本次执行程序", "review": lambda r: r.state == "review_office",
        "ungrouped": lambda r: r.state == "open" and not r.group, "all": lambda r: True,
    }
    assert {row.id for row in page.rows} == {row.id for row in told.values() if named[view](row)}
    assert all(row == told[row.id] for row in page.rows)
    assert (page.total, page.claim_fen) == (len(page.rows), sum(row.claim_fen or 0 for row in page.rows))
    assert desk.reads.case_counts().views[view if view != "all" else "open"] <= page.total


@pytest.mark.parametrize("sort", ["due", "number", "claim", "recovered", "filed", "applicant", "debtor", "town"])
def test_parts_of_an_order_make_the_whole(desk: Desk, sort: str) -> None:
    whole = desk.reads.case_list(ListFilter("all"), sort).rows
    parts = [row for first in range(0, len(whole), 7) for row in desk.reads.case_list(ListFilter("all"), sort, first=first, count=7).rows]
    assert parts == list(whole)
    key: dict[str, Callable[[Any], Any]] = {
        "due": lambda r: r.due_on, "number": lambda r: r.sort_key[1], "claim": lambda r: r.claim_fen, "filed": lambda r: r.filed_on,
        "recovered": lambda r: r.recovered_fen / r.claim_fen if r.claim_fen and r.recovered_fen is not None else None,
        "applicant": lambda r: None if r.applicant == "—" else r.applicant.partition("等")[0], "debtor": lambda r: r.debtor, "town": lambda r: r.town or None,
    }
    found = [key[sort](row) for row in whole]
    known = [value for value in found if value is not None]
    assert found == [*sorted(known), *[None] * (len(found) - len(known))], "unknown ones stand last"


def test_ones_own_cases_are_those_one_works_on_today(desk: Desk) -> None:
    me = desk.session.me.id
    own = desk.reads.case_list(ListFilter("all", judge=me)).rows
    assert {row.id for row in own} == {row.id for row in list_cases(desk.session, Filter("all")) if row.judge_id == me}
    assert 0 < len(own) < 50
    with desk.session.act("test.cases") as act:
        row = Assignment.get(Assignment.case == own[0].id)
        act.change(act.get(Assignment, row.id), ends_on=DAY - timedelta(days=1))
    again = desk.reads.case_list(ListFilter("all", judge=me)).rows
    assert {row.id for row in again} == {row.id for row in own} - {own[0].id}, "an act is seen at once"


def test_the_nearest_end_is_that_of_the_measures_themselves(desk: Desk) -> None:
    found = controls_of(desk.session)
    for case in Case.select():
        views = [view_of(desk.session, m, DAY) for m in Measure.select().where(Measure.case == case.id, Measure.state.in_(["ordered", "live"]))]
        ends = [v.state.ends_on for v in views if v.state.ends_on and v.state.state not in ("released", "disposed", "lapsed")]
        assert (found[case.id][0] if case.id in found else None) == min(ends, default=None)
    assert Person.select().exists() and len(found) > 3


class Slow(dict[str, Any]):
    """A memory in which the next thread looks before this one has written."""

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key, default)
        time.sleep(0.02)
        return found


@pytest.mark.parametrize("make", [lists_of, search_of])
def test_two_who_ask_at_once_share_one(make: Callable[[Any], object]) -> None:
    store = SimpleNamespace(heads=dict, listeners=[])
    session = SimpleNamespace(store=store, memory=Slow(), day=DAY, me=SimpleNamespace(id="me"))
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(make, [session, session])
    assert first is second
    assert len(store.listeners) <= 1
