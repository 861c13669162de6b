"""Taking in: clashes and settling them, what was known when, lines that bend the order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical
from execdesk.records.cases import Case, Party
from execdesk.records.journal import Clash, Line
from execdesk.records.measures import Measure
from execdesk.store.act import open_act
from execdesk.store.line import Entry, seal
from execdesk.store.replay import as_known, stored_rows
from tests.looking import look_at
from tests.store.desks import Bureau, Desk, FixedClock, bureau, case, contents, measure, party


@pytest.fixture
def court() -> Iterator[Bureau]:
    made = bureau("HQ", "HL")
    yield made
    for desk in made:
        desk.store.close()


def shared(court: Bureau) -> tuple[Case, Party, Measure]:
    hq, hl = court.desks
    look_at(hq.store)
    with open_act(hq.store, "case.register") as act:
        of = act.add(case(1))
        who = act.add(party(of))
        frozen = act.add(measure(of, who))
    hl.take(hq.lines())
    hq.take(hl.lines())
    return of, who, frozen


def change(desk: Desk, model: type, row: str, **values: object) -> None:
    look_at(desk.store)
    with open_act(desk.store, "edit") as act:
        act.change(act.get(model, row), **values)


def exchange(court: Bureau) -> None:
    hq, hl = court.desks
    hq.take(hl.lines())
    hl.take(hq.lines())


def test_one_legal_fact_clashes_as_one_and_is_settled_by_a_person(court: Bureau) -> None:
    hq, hl = court.desks
    *_, frozen = shared(court)
    change(hq, Measure, frozen.id, end_told=date(2019, 1, 2))
    change(hl, Measure, frozen.id, rank=2)
    change(hl, Measure, frozen.id, assisting_unit="某某银行")
    exchange(court)
    (clash,) = Clash.select()
    assert (clash.table, clash.row, clash.fact) == ("Measure", frozen.id, "state")
    assert [(v["rank"], v["end_told"]) for v in clash.values] == [(1, "2019-01-02"), (2, None)] or len(clash.values) == 2
    with pytest.raises(Refusal) as refused:
        change(hl, Measure, frozen.id, state="live")
    assert refused.value.code == "store.clash"
    change(hl, Measure, frozen.id, words="存款余额")
    with pytest.raises(Refusal) as refused, open_act(hl.store, "clash.settle") as act:
        act.settle(act.get(Measure, frozen.id), "", rank=2)
    assert refused.value.code == "store.settle_reason"
    with pytest.raises(Refusal) as refused, open_act(hl.store, "clash.settle") as act:
        act.settle(act.get(Measure, frozen.id), "核对回执", assisting_unit="1")
    assert refused.value.code == "store.no_clash"
    shown = Measure.get_by_id(frozen.id)
    with open_act(hl.store, "clash.settle") as act:
        act.settle(act.get(Measure, frozen.id), "核对回执", rank=shown.rank)
    last = hl.line(hl.store.head.number)
    assert last.data["reason"] == "核对回执"
    assert sorted(last.changes[0].over["state"].split(" ")) == sorted(clash.lines)
    exchange(court)
    for desk in court:
        look_at(desk.store)
        assert Clash.select().count() == 0
    assert hq.hash() == hl.hash()


def test_the_same_value_twice_is_no_clash(court: Bureau) -> None:
    of, *_ = shared(court)
    for desk in court:
        change(desk, Case, of.id, cause="其他")
    exchange(court)
    assert Clash.select().count() == 0


def test_a_strike_against_a_new_child(court: Bureau) -> None:
    hq, hl = court.desks
    of, *_ = shared(court)
    look_at(hq.store)
    with open_act(hq.store, "case.strike") as act:
        act.strike(act.get(Case, of.id), "重复登记")
    look_at(hl.store)
    with open_act(hl.store, "party.add") as act:
        act.add(party(of, "演示乙"))
    exchange(court)
    for desk in court:
        look_at(desk.store)
        (clash,) = Clash.select()
        assert (clash.fact, len(clash.lines)) == ("struck", 2)
        assert {"重复登记", "演示乙"} <= {v.get("struck") for v in clash.values} | {v.get("name") for v in clash.values}
    with open_act(hl.store, "clash.settle") as act:
        act.settle(act.get(Case, of.id), "并非重复", struck=None)
    exchange(court)
    look_at(hq.store)
    assert Case.get_by_id(of.id).struck is None and Clash.select().count() == 0


def test_two_desks_that_strike_for_the_same_reason_agree(court: Bureau) -> None:
    of, *_ = shared(court)
    for desk in court:
        look_at(desk.store)
        with open_act(desk.store, "case.strike") as act:
            act.strike(act.get(Case, of.id), "重复登记")
    exchange(court)
    assert Clash.select().count() == 0


def test_a_past_moment_is_shown_as_it_was_known_here(court: Bureau) -> None:
    hq, hl = court.desks
    start = datetime.fromisoformat("2018-03-01T01:00:00+00:00")
    hl.store.clock = FixedClock(start, confirmed=True)
    look_at(hl.store)
    with open_act(hl.store, "case.register") as act:
        added = act.add(case(5))
    hq.store.clock = FixedClock(start + timedelta(days=2), confirmed=True)
    hq.take(hl.lines())
    change(hq, Case, added.id, cause="其他")
    key = ("Case", added.id)
    assert key not in as_known(hq.store, start + timedelta(days=1)), "written by then, but not yet here"
    assert as_known(hl.store, start + timedelta(days=1))[key]["cause"] == "借款合同纠纷"
    assert as_known(hq.store, start + timedelta(days=3)) == stored_rows(hq.store)


def rewritten(entry: Entry, desk: Desk, **header: object) -> Entry:
    assert desk.store.signer is not None
    return seal(canonical({**entry.data, **header}).encode(), desk.store.signer)


@pytest.mark.parametrize(("header", "code"), [
    ({"height": 99}, "exchange.signature"), ({"previous": "0" * 64}, "exchange.signature"), ({"seen": {"HQ.1": 1}}, "exchange.signature"),
    ({"at": "2018-01-02"}, "exchange.malformed"), ({"seen": {"HL.1": "1"}}, "exchange.malformed"), ({"number": 0}, "exchange.malformed"),
    ({"changes": [["Case", "x"]]}, "exchange.malformed"), ({"changes": [["Case", "0" * 26, 0, {"cause": "x"}, {}]]}, "exchange.malformed"),
    ({"height": "1"}, "exchange.malformed"),
])
def test_lines_that_are_not_as_the_program_writes_them(court: Bureau, header: dict[str, object], code: str) -> None:
    hq, hl = court.desks
    shared(court)
    look_at(hq.store)
    with open_act(hq.store, "event") as act:
        act.add(case(2))
    bad = rewritten(hq.line(hq.store.head.number), hq, **header)
    before = contents(hl.store)
    with pytest.raises(Refusal) as refused:
        hl.take([bad])
    assert refused.value.code == code
    assert contents(hl.store) == before


def test_an_own_line_is_known_to_all_that_follow(court: Bureau) -> None:
    hq, _ = court.desks
    shared(court)
    look_at(hq.store)
    assert hq.take(hq.lines()).applied == []
    assert Line.select().where(Line.site == "HQ").count() == hq.store.head.number
