"""Properties of three desks on random histories: one state, one list of clashes, nothing lost, nothing forged taken in.

The seeds stand in ``seeds.json``: those under ``always`` run each time (put a seed there that once failed), the others count up
from ``first``; ``make prove`` counts further.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.journal import Clash
from execdesk.store.act import open_act
from execdesk.store.check import check
from execdesk.store.line import Entry, seal
from execdesk.store.replay import fold, stored_rows
from tests.looking import look_at
from tests.store.desks import Bureau, bureau, case, contents, judge
from tests.store.histories import History
from tests.tries import times

SEEDS = json.loads(Path(__file__).with_name("seeds.json").read_text(encoding="utf-8"))
STEPS = 60


def run(seed: int) -> History:
    history = History(seed, bureau())
    try:
        history.run(STEPS)
        tamper(history)
        history.exchange_everything()
        hashes = {desk.hash() for desk in history.desks}
        assert len(hashes) == 1
        for desk in history.desks:
            history.compare(desk)
            assert fold(desk.lines()) == stored_rows(desk.store)
        settle_all(history)
        assert check(history.desks[0].store, judge()).faults == []
    except BaseException as error:
        error.add_note(f"history with seed {seed}: put it under \"always\" in seeds.json")
        raise
    finally:
        for desk in history.desks:
            desk.store.close()
    return history


def tamper(history: History) -> None:
    """A flipped bit and a second line under one number are refused, and the store is what it was."""
    source, target = history.random.sample(history.desks, 2)
    own = [history.model.made[ref].entry for ref in sorted(history.model.have[source.store.chain])]
    last = max((e for e in own if e.chain == source.store.chain), key=lambda e: e.number)
    body = bytearray(last.body)
    body[history.random.randrange(len(body))] ^= 1 << history.random.randrange(8)
    assert source.store.signer is not None
    forked = seal(last.body.replace(b'"reason":"', b'"reason":"x'), source.store.signer)
    before = contents(target.store)
    for bad in (Entry(bytes(body), last.hash, last.signature), forked):
        with pytest.raises(Refusal) as refused:
            target.take([*own, bad])
        assert refused.value.code == ("exchange.fork" if bad is forked else "exchange.signature")
        assert contents(target.store) == before


def settle_all(history: History) -> None:
    """Once one desk has settled every clash, none is left on any."""
    first = history.desks[0]
    look_at(first.store)
    with open_act(first.store, "clash.settle") as act:
        for clash in list(Clash.select()):
            from execdesk.records.tables import BY_NAME

            model = BY_NAME[clash.table]
            record = act.get(model, clash.row)
            act.settle(record, "当面核对", **{name: getattr(record, name) for name in model.fields_of(clash.fact)})
    history.model.wrote(first, set())
    history.exchange_everything()
    for desk in history.desks:
        look_at(desk.store)
        assert Clash.select().count() == 0
    assert len({desk.hash() for desk in history.desks}) == 1


def report(histories: list[History]) -> str:
    return (
        f"histories {len(histories)}, lines {sum(len(h.model.made) for h in histories)}, "
        f"clashes met {sum(h.clashes_met for h in histories)} (strikes {sum(h.strikes_met for h in histories)}), "
        f"settled {sum(h.settled for h in histories)}, acts refused {sum(h.refused for h in histories)}"
    )


@pytest.mark.parametrize(("many", "strikes"), [(12, 0), pytest.param(150, 30, marks=pytest.mark.slow)])
def test_three_desks(many: int, strikes: int, capsys: pytest.CaptureFixture[str]) -> None:
    first = SEEDS["first"]
    done = [run(seed) for seed in (*SEEDS["always"], *range(first, first + times(many)))]
    with capsys.disabled():
        print(f"\n{report(done)}")
    assert sum(h.clashes_met for h in done) > len(done)
    assert sum(h.strikes_met for h in done) >= strikes


@pytest.fixture
def desks() -> Iterator[Bureau]:
    made = bureau()
    yield made
    for desk in made:
        desk.store.close()


def test_a_waiting_line_names_the_first_that_is_missing(desks: Bureau) -> None:
    hq, hl, js = desks
    look_at(hq.store)
    for n in range(4):
        with open_act(hq.store, "case.register") as act:
            act.add(case(n))
    hl.take(hq.lines())
    look_at(hl.store)
    with open_act(hl.store, "event") as act:
        act.add(case(9))
    mine = hl.line(hl.store.head.number)
    own = hq.lines()
    receipt = js.take([own[-1], mine])
    assert receipt.applied == []
    assert receipt.waiting == {own[-1].ref: "HQ.1:2", mine.ref: "HL.1:1"}
    receipt = js.take(own[:3])
    assert receipt.applied == ["HQ.1:2", "HQ.1:3"] and receipt.known == 1
    assert receipt.waiting == {own[-1].ref: "HQ.1:4", mine.ref: "HL.1:1"}
    receipt = js.take([*own, *hl.lines()])
    assert receipt.waiting == {}
    assert js.store.heads() == {**hl.store.heads(), "JS.1": 1}


def test_a_fork_between_lines_that_only_wait(desks: Bureau) -> None:
    hq, _, js = desks
    look_at(hq.store)
    for n in range(2):
        with open_act(hq.store, "case.register") as act:
            act.add(case(n))
    last = hq.line(hq.store.head.number)
    assert hq.store.signer is not None
    other = seal(last.body.replace(b'"reason":"', b'"reason":"x'), hq.store.signer)
    with pytest.raises(Refusal) as refused:
        js.take([last, other])
    assert refused.value.code == "exchange.fork"
    js.take([last])
    before = contents(js.store)
    with pytest.raises(Refusal) as refused:
        js.take([other])
    assert refused.value.code == "exchange.fork" and last.hash[:12] in refused.value.text
    assert contents(js.store) == before
