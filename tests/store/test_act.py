"""Acts: all or nothing, whole facts, stale rows, strikes, who may sign."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, Party
from execdesk.records.journal import Line, Touch
from execdesk.records.measures import Measure
from execdesk.store.act import LINE_ROWS, Changes, StaleRecord, open_act
from execdesk.store.check import check
from execdesk.store.replay import fold, stored_rows
from tests.looking import kept, look_at
from tests.store.desks import Desk, Key, bureau, case, contents, empty_store, found, judge, measure, party


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = bureau("HQ").desks[0]
    yield made
    assert fold(made.lines()) == stored_rows(made.store)
    made.store.close()


def test_rows_and_line_leave_together(desk: Desk) -> None:
    before = desk.store.head
    with open_act(desk.store, "case.register", reason="立案") as act:
        added = act.add(case(1))
    assert act.changes == Changes("case.register", None, (f"HQ.1:{before.number + 1}",), frozenset({("Case", added.id)}))
    entry = desk.line(before.number + 1)
    assert entry.data["previous"] == before.hash
    assert entry.data["reason"] == "立案"
    assert entry.changes[0].new and entry.changes[0].values["number"] == "（2017）琼9027执1号"
    assert Case.get_by_id(added.id).filed_on == date(2017, 8, 1)


def test_an_exception_keeps_nothing(desk: Desk) -> None:
    with open_act(desk.store, "case.register") as act:
        kept = act.add(case(1))
    before = contents(desk.store)
    with pytest.raises(ZeroDivisionError), open_act(desk.store, "case.edit") as act:
        act.change(act.get(Case, kept.id), cause="其他")
        act.add(party(kept))
        act.strike(act.get(Case, kept.id), "误登")
        act.keep_file(b"paper")
        raise ZeroDivisionError
    assert contents(desk.store) == before
    assert desk.store.acting is None
    with open_act(desk.store, "case.edit") as act:
        act.change(act.get(Case, kept.id), cause="其他")


def test_a_refusal_of_the_listener_does_not_undo(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []

    def broken(changes: Changes) -> None:
        raise RuntimeError("view")

    desk.store.listeners += [broken, lambda changes: told.append(changes.act)]
    with open_act(desk.store, "case.register") as act:
        act.add(case(1))
    assert told == ["case.register"]
    assert "after act case.register" in caplog.text
    assert Case.select().count() == 1


def test_stale_screen(desk: Desk) -> None:
    with open_act(desk.store, "case.register") as act:
        added = act.add(case(1))
    shown = Case.get_by_id(added.id)
    with open_act(desk.store, "case.edit") as act:
        act.change(act.get(Case, added.id), cause="其他")
    with pytest.raises(StaleRecord) as stale, open_act(desk.store, "case.edit") as act:
        act.change(shown, cause="再改")
    assert stale.value.code == "store.stale"
    with pytest.raises(StaleRecord), open_act(desk.store, "case.edit") as act:
        act.get(Case, added.id, seen_version=1)
    with open_act(desk.store, "case.edit") as act:
        assert act.get(Case, added.id, seen_version=2).cause == "其他"


def test_missing_row(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused, open_act(desk.store, "case.edit") as act:
        act.get(Case, "0" * 26)
    assert refused.value.code == "store.missing"


def test_strike_stays_legible_and_final(desk: Desk) -> None:
    with open_act(desk.store, "case.register") as act:
        added = act.add(case(1))
    with pytest.raises(Refusal) as refused, open_act(desk.store, "case.strike") as act:
        act.strike(act.get(Case, added.id), "  ")
    assert refused.value.code == "store.strike_reason"
    with open_act(desk.store, "case.strike") as act:
        act.strike(act.get(Case, added.id), "重复登记")
    struck = Case.get_by_id(added.id)
    assert (struck.struck, struck.number) == ("重复登记", "（2017）琼9027执1号")
    with pytest.raises(Refusal) as refused, open_act(desk.store, "case.edit") as act:
        act.change(act.get(Case, added.id), cause="其他")
    assert refused.value.code == "store.struck"
    assert "重复登记" in refused.value.text


def test_a_fact_is_written_whole_and_names_what_it_replaces(desk: Desk) -> None:
    with open_act(desk.store, "measure.propose") as act:
        of = act.add(case(1))
        frozen = act.add(measure(of, act.add(party(of))))
    (first,) = act.changes.lines
    with open_act(desk.store, "measure.live") as act:
        act.change(act.get(Measure, frozen.id), end_told=date(2019, 1, 2))
    (second,) = act.changes.lines
    change = desk.line(desk.store.head.number).changes[0]
    assert set(change.values) == set(Measure.FACTS["state"])
    assert {name for name, value in change.values.items() if value is not None} == {"state", "rank", "end_told"}
    assert change.over == {"state": first}
    with open_act(desk.store, "measure.live") as act:
        act.change(act.get(Measure, frozen.id), state="live", assisting_unit="某某银行")
    change = desk.line(desk.store.head.number).changes[0]
    assert change.over == {"state": second, "assisting_unit": first}
    assert change.values["end_told"] == "2019-01-02"


def test_no_change_writes_no_field(desk: Desk) -> None:
    with open_act(desk.store, "case.register") as act:
        added = act.add(case(1))
    with open_act(desk.store, "case.edit") as act:
        act.change(act.get(Case, added.id), cause="借款合同纠纷")
    assert desk.line(desk.store.head.number).changes == ()
    assert Case.get_by_id(added.id).version == 1


def test_several_changes_of_one_row_are_one_change(desk: Desk) -> None:
    with open_act(desk.store, "case.register") as act:
        added = act.add(case(1))
        act.change(added, cause="其他")
        act.change(added, claim_fen=5)
    (change,) = desk.line(desk.store.head.number).changes
    assert change.new and change.over == {} and change.values["cause"] == "其他" and change.values["claim_fen"] == 5
    with open_act(desk.store, "case.edit") as act:
        act.change(added, cause="甲")
        act.change(added, cause="乙", remarks="丙")
    (change,) = desk.line(desk.store.head.number).changes
    assert change.values == {"cause": "乙", "remarks": "丙"}
    assert set(change.over.values()) == {f"HQ.1:{desk.store.head.number - 1}"}


@pytest.mark.parametrize(("count", "lines"), [(LINE_ROWS, 1), (LINE_ROWS + 1, 2), (2 * LINE_ROWS + 1, 3)])
def test_a_large_act_spans_lines_that_commit_together(desk: Desk, count: int, lines: int) -> None:
    before = desk.store.head.number
    with open_act(desk.store, "ledger.import") as act:
        act.add_many([case(n) for n in range(count)])
    assert len(act.changes.lines) == lines
    assert desk.store.head.number == before + lines
    assert Touch.select().where(Touch.table == "Case").count() == count
    last = Case.get(Case.sequence == count - 1)
    assert last.writes == f'{{"": "HQ.1:{before + lines}"}}'
    assert check(desk.store, judge()).faults == []


def test_an_act_without_rows_is_a_line(desk: Desk) -> None:
    with open_act(desk.store, "session.close") as act:
        pass
    assert len(act.changes.lines) == 1


def test_no_act_inside_an_act(desk: Desk) -> None:
    with pytest.raises(RuntimeError, match="inside act outer"), open_act(desk.store, "outer"), open_act(desk.store, "inner"):
        pass
    with open_act(desk.store, "case.register") as act:
        act.add(case(1))


def test_two_threads_take_turns(tmp_path) -> None:  # type: ignore[no-untyped-def]
    store = empty_store("HQ", tmp_path / "store.db", b"k" * 32)
    key = Key()
    people, _ = found(store, key, {"HQ": key.key})
    store.signer = Key(people[0].id)
    failures: list[BaseException] = []

    def work(start: int) -> None:
        try:
            for n in range(start, start + 10):
                with open_act(store, "case.register") as act:
                    act.add(case(n))
        except BaseException as error:
            failures.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=work, args=(n * 100,)) for n in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert failures == []
    look_at(store)
    assert [line.number for line in Line.select().order_by(Line.number)] == list(range(1, 32))
    assert check(store, lambda entry: None).faults == []
    store.close()


def test_nobody_signed_in(desk: Desk) -> None:
    desk.store.signer = None
    with pytest.raises(Refusal) as refused, open_act(desk.store, "case.register"):
        raise AssertionError("the block must not be entered")
    assert refused.value.code == "store.locked"


def test_the_desk_key_does_nothing_else(desk: Desk) -> None:
    desk.store.signer = desk.key
    with pytest.raises(Refusal) as refused, open_act(desk.store, "case.register"):
        raise AssertionError("the block must not be entered")
    assert refused.value.code == "store.desk_key"
    with open_act(desk.store, "store.incident"):
        pass
    assert check(desk.store, judge()).faults == []


def test_a_broken_chain_closes_all_but_signing_in_and_incidents(desk: Desk) -> None:
    desk.store.closed_reason = "HQ.1:2 被改动"
    with pytest.raises(Refusal) as refused, open_act(desk.store, "case.register"):
        raise AssertionError("the block must not be entered")
    assert refused.value.code == "journal.closed" and "HQ.1:2" in refused.value.text
    with open_act(desk.store, "incident.settle"):
        pass


def test_a_kept_file_is_kept_once(desk: Desk) -> None:
    with open_act(desk.store, "document.issue") as act:
        assert act.keep_file(b"%PDF") == act.keep_file(b"%PDF")
    assert kept().count() == 1


def test_many_rows_of_several_tables(desk: Desk) -> None:
    first, second = case(1), case(2)
    with open_act(desk.store, "ledger.import") as act:
        act.add_many([first, party(first), second, party(second)])
    assert (Case.select().count(), Party.select().count()) == (2, 2)
