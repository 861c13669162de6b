"""The case list asked of the board says of each case what its records say, in every view and order."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from execdesk.desk import Desk
from execdesk.reads.boarding import board_of
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.finding import search_of
from execdesk.records.approvals import Request
from execdesk.records.base import new_id
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.court import Group
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.papers import Document, Service
from execdesk.records.property import Property
from tests import court_store, many_measures
from tests.at_will import at_will
from tests.court_store import DAY, NUMBER
from tests.reads.caseoracle import Expected, expected, names_of


@pytest.fixture
def desk(enter: Callable[..., Desk]) -> Desk:
    """A desk with some fifty cases of every standing, and measures on some of them."""
    desk = enter("judge")
    many_measures.add(desk, 30, DAY)
    groups = [group.id for group in Group.select().order_by(Group.code)]
    with at_will(desk.session, "test.cases") as act:
        for n in range(50):
            act.add_many(_case(n, desk.session.me.id, groups))
    return desk


def _case(n: int, me: str, groups: list[str]) -> list[Any]:
    closed = n % 7 == 3
    of = Case(
        number=f"（2017）琼9027执{n + 200}号", year=2017, type_code="执", sequence=n + 200, cause="借款", filed_on=date(2017, 5 + n % 3, 28 + n % 3),
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
        thing = Property(kind="vehicle", identifiers={"brand": "小型轿车"}, words="小型轿车", found_by="answer", found_on=date(2017, 6, 1))
        made += [thing, Measure(
            case=of.id, party=made[1].id, property=thing.id, kind="seize", term_kind="movable", words="小型轿车", months=24, state="live", effective_on=date(2017, 6, 1),
            end_printed=DAY + timedelta(days=n - 22),
        )]
    return made


MONDAY = DAY - timedelta(days=DAY.weekday())
SORTS = ("due", "number", "claim", "recovered", "filed", "closed", "applicant", "debtor", "town")
VIEWS: dict[str, Callable[[Any, Expected], bool]] = {
    "open": lambda c, e: c.state == "open", "late": lambda c, e: e.due_on is not None and e.due_on < DAY,
    "soon": lambda c, e: e.due_on is not None and DAY <= e.due_on <= DAY + timedelta(days=7),
    "control": lambda c, e: c.state == "open" and e.control is not None and e.control <= DAY + timedelta(days=30),
    "week": lambda c, e: c.state == "open" and any(d is not None and MONDAY <= d <= MONDAY + timedelta(days=6) for d in (e.due_on, e.control)),
    "closed": lambda c, e: c.state == "closed" and c.closing_mode == "执行完毕", "tnr": lambda c, e: c.closing_mode == "终结本次执行程序",
    "review": lambda c, e: c.state == "review_office", "ungrouped": lambda c, e: c.state == "open" and not c.group, "all": lambda c, e: True,
}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_lists_the_cases_it_names_with_what_their_records_say(desk: Desk, view: str) -> None:
    page = desk.reads.case_list(ListFilter(view))
    told = {case.id: (case, expected(desk, case, DAY)) for case in Case.select()}
    assert {row.id for row in page.rows} == {case.id for case, wanted in told.values() if VIEWS[view](case, wanted)} != set()
    for row in page.rows:
        case, wanted = told[row.id]
        shown = Expected(row.state, row.applicant, row.debtor, row.due_on, row.node, row.judge, row.judge_id, row.group_name, wanted.control)
        assert shown == wanted
        assert (row.applicants, row.debtors) == (names_of(case, "applicant"), names_of(case, "debtor"))
        assert (row.number, row.claim_fen, row.recovered_fen, row.filed_on, row.closed_on) == (
            case.number, case.claim_fen, case.opening_recovered_fen, case.filed_on, case.closed_on)
    assert (page.total, page.claim_fen) == (len(page.rows), sum(row.claim_fen or 0 for row in page.rows))
    assert page.recovered_fen == sum(row.recovered_fen or 0 for row in page.rows)


def test_the_counts_are_those_of_the_lists(desk: Desk) -> None:
    me, group = desk.session.me.id, Group.select().order_by(Group.code).get().id
    for of, judge in (("", ""), (group, ""), ("", me), (group, me)):
        found = desk.reads.case_counts(of, judge)
        assert {view: desk.reads.case_list(ListFilter(view, of, judge=judge)).total for view in found.views} == found.views
        for town, number in found.towns:
            rows = desk.reads.case_list(ListFilter("open", of, town, judge)).rows
            assert sum(bool(row.group) for row in rows) == number


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_parts_of_an_order_make_the_whole_and_every_row_has_its_place(desk: Desk, sort: str, descending: bool) -> None:
    whole = desk.reads.case_list(ListFilter("all"), sort, descending).rows
    parts = [row for first in range(0, len(whole), 7) for row in desk.reads.case_list(ListFilter("all"), sort, descending, first, 7).rows]
    assert parts == list(whole)
    assert [desk.reads.case_place(ListFilter("all"), sort, descending, row.id) for row in whole] == list(range(len(whole)))
    assert desk.reads.case_place(ListFilter("all"), sort, descending, whole[3].number) == 3
    assert desk.reads.case_place(ListFilter("tnr"), sort, descending, next(row.id for row in whole if row.state == "open")) == -1
    key: dict[str, Callable[[Any], Any]] = {
        "due": lambda r: r.due_on, "number": lambda r: r.sort_key[1], "claim": lambda r: r.claim_fen, "filed": lambda r: r.filed_on,
        "recovered": lambda r: r.recovered_fen / r.claim_fen if r.claim_fen and r.recovered_fen is not None else None, "closed": lambda r: r.closed_on,
        "applicant": lambda r: None if r.applicant == "—" else r.applicant.partition("等")[0], "debtor": lambda r: r.debtor, "town": lambda r: r.town or None,
    }
    found = [key[sort](row) for row in whole]
    known = [value for value in found if value is not None]
    assert found == [*sorted(known, reverse=descending), *[None] * (len(found) - len(known))], "unknown ones stand last"


@pytest.mark.parametrize("view", ["open", "late", "soon", "ungrouped", "week", "tnr"])
@pytest.mark.parametrize("descending", [False, True])
def test_every_row_of_ones_own_list_has_its_place_however_it_is_come_by(desk: Desk, view: str, descending: bool) -> None:
    wanted = ListFilter(view, judge=desk.session.me.id)
    whole = desk.reads.case_list(wanted, "due", descending).rows
    assert [desk.reads.case_place(wanted, "due", descending, row.id) for row in whole] == list(range(len(whole)))
    parts = [row for first in range(0, len(whole), 2) for row in desk.reads.case_list(wanted, "due", descending, first, 2).rows]
    assert parts == list(whole)


def test_words_are_looked_for_in_number_names_and_town(desk: Desk) -> None:
    def hits(needle: str) -> set[str]:
        return {row.number for row in desk.reads.case_list(ListFilter("all", needle=needle)).rows}

    cases = {case.number: (case, [p.name for p in Party.select().where(Party.case == case.id)]) for case in Case.select()}
    assert hits("(2017)琼9027执201") == {n for n in cases if "执201号" in n}
    assert hits("九所") == {n for n, (case, _) in cases.items() if case.town and "九所" in case.town} != set()
    assert hits("九所 林例3") == {n for n, (case, names) in cases.items() if case.town and any("林例3" in name for name in names)} != set()
    assert hits("100%") == hits("_") == set(), "what SQL means by these is not meant here"


def test_ones_own_cases_are_those_one_works_on_today(desk: Desk) -> None:
    me = desk.session.me.id
    own = desk.reads.case_list(ListFilter("all", judge=me)).rows
    assert {row.id for row in own} == {case.id for case in Case.select() if expected(desk, case, DAY).judge_id == me}
    assert 0 < len(own) < 50
    with at_will(desk.session, "test.cases") as act:
        row = Assignment.get(Assignment.case == own[0].id)
        act.change(act.get(Assignment, row.id), ends_on=DAY - timedelta(days=1))
        later = Assignment.get(Assignment.case == own[1].id)
        act.change(act.get(Assignment, later.id), starts_on=DAY + timedelta(days=1))
    again = desk.reads.case_list(ListFilter("all", judge=me)).rows
    assert {row.id for row in again} == {row.id for row in own} - {own[0].id, own[1].id}, "an act is seen at once"
    tomorrow = desk.session.store.clock
    tomorrow.day = DAY + timedelta(days=1)  # type: ignore[attr-defined]
    assert own[1].id in {row.id for row in desk.reads.case_list(ListFilter("all", judge=me)).rows}, "and a day comes by itself"


def test_what_waits_is_listed_for_whom_it_waits(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    case = Case.get(Case.number == NUMBER)

    def todo(account: str) -> list[str]:
        court_store.change(desk, account)
        return [row.node for row in desk.reads.case_list(ListFilter("todo")).rows]

    def write(record: Any, **values: Any) -> None:
        with at_will(desk.session, "test.waiting", case=case.id) as act:
            if record.struck is None and values:
                act.change(act.get(type(record), record.id), **values)
            else:
                act.add(record)

    assert todo("judge") == []
    request = Request(case=case.id, matter="freeze_deposit", title="冻结", circumstances={}, applicant=desk.session.me.id, state="draft")
    write(request)
    paper = Document(case=case.id, request=request.id, type_id="notice_execution", title="执行通知书", series="notice", state="draft", inputs={})
    write(paper)
    told = {}
    for state in ("draft", "submitted", "returned", "approved", "lapsed"):
        write(request, state=state)
        told[state] = todo("clerk"), todo("judge"), todo("seal")
    assert told == {
        "draft": ([], ["待提交"], []), "submitted": ([], [], []), "returned": ([], ["被退回"], []), "approved": ([], ["待签发"], []),
        "lapsed": ([], ["批准失效"], []),
    }
    write(request, state="used")
    write(paper, state="to_seal")
    assert (todo("clerk"), todo("judge"), todo("seal")) == ([], [], ["待盖章"])
    write(paper, state="issued")
    assert (todo("clerk"), todo("judge"), todo("seal")) == (["待送达"], ["待送达"], []), "the clerk registers cases and looks after all"
    write(Service(document=paper.id, recipient="林例一", method="direct", served_on=DAY, served_by=desk.session.me.id))
    assert (todo("clerk"), todo("judge")) == ([], [])
    party = Party.get(Party.case == case.id, Party.side == "debtor")
    measure = Measure(
        case=case.id, party=party.id, property=new_id(), kind="freeze", term_kind="bank_deposit", words="存款", months=12, state="live", served_on=DAY,
        effective_on=DAY,
    )
    write(measure)
    assert todo("judge") == ["待回执"]
    write(AssistReply(measure=measure.id, received_on=DAY, result="full"))
    assert todo("judge") == []


class Slow(dict[str, Any]):
    """A memory in which the next thread looks before this one has written."""

    def get(self, key: str, default: Any = None) -> Any:
        found = super().get(key, default)
        time.sleep(0.02)
        return found


def test_two_who_ask_at_once_share_one(desk: Desk) -> None:
    store = SimpleNamespace(heads=dict, listeners=[])
    session: Any = SimpleNamespace(store=store, memory=Slow(), day=DAY, me=SimpleNamespace(id="me"))
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(search_of, [session, session])
    assert first is second
    assert len(store.listeners) <= 1
    desk.session.store.followers.clear()
    with ThreadPoolExecutor(2) as pool:
        boards = list(pool.map(board_of, [desk.session, desk.session]))
    assert boards[0] is boards[1] and desk.session.store.followers == boards[:1]
