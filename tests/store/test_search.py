"""Search: any part of any text, own acts and foreign lines, struck and moved rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from execdesk.records.cases import Case, Party
from execdesk.records.journal import SearchEntry
from execdesk.records.property import Property
from execdesk.store import search as searching
from execdesk.store import searchmemory
from execdesk.store.act import open_act
from execdesk.store.search import Hit, Search, initials, normal
from execdesk.store.store import Store
from tests.looking import look_at
from tests.store.desks import Desk, bureau, case, measure, party


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = bureau("HQ").desks[0]
    with open_act(made.store, "case.register") as act:
        for number, name in enumerate(["演示建国", "单于演示", "海南演示椰岛实业有限公司", "Ｍａｒｙ Demo"], 1):
            of = act.add(case(number * 111))
            who = act.add(party(of, name))
            who = act.add(Party(case=of.id, side="applicant", position=1, kind="natural", name=f"甲{number}", id_no=f"4600331990010{number}0000"))
            for kind, words, told in (
                ("bank_deposit", f"演示银行 尾号 567{number}", {"account_no": f"6222 0000 1234 567{number}", "bank": "演示银行"}),
                ("vehicle", f"琼B·A12{number}5 小型轿车", {"plate": f"琼B·A12{number}5", "brand": "小型轿车"}),
            ):
                thing = act.add(Property(kind=kind, identifiers=told, words=words, found_by="answer", found_on="2018-01-02"))
                act.add(measure(of, who, property=thing.id, words=words))
    yield made
    made.store.close()


def cases(search: Search, text: str, limit: int = 20) -> list[int]:
    return [Case.get_by_id(hit.case).sequence for hit in search.find(text, limit)]


@pytest.mark.parametrize(("text", "wanted"), [
    ("（2017）琼9027执222号", [222]), ("(2017) 琼9027执222", [222]), ("２０１７执２２２", [222]), ("执222", [222]), ("222", [222, 111, 333, 444]),
    ("建国", [111]), ("演示建国", [111]), ("ysjg", [111]), ("syys", [222]), ("dyys", [222]), ("cyys", [222]), ("椰岛", [333]), ("yds", [333]),
    ("mary", [444]), ("Mary d", [444]), ("琼BA1225", [222]), ("琼b·a1225", [222]), ("a1235", [333]), ("5674", [444]), ("12345672", [222]),
    ("46003319900103", [333]), ("没有", []), ("", []), ("（ ）", []),
])
def test_find(desk: Desk, text: str, wanted: list[int]) -> None:
    assert cases(Search(desk.store), text) == wanted


def test_what_is_shown(desk: Desk) -> None:
    search = Search(desk.store)
    first = Case.get(Case.sequence == 111).id
    assert search.find("ysjg") == [Hit(first, "initials", "演示建国")]
    assert search.find("5671") == [Hit(first, "account", "演示银行 6222 0000 1234 5671")]
    assert search.find("琼ba1215") == [Hit(first, "plate", "琼BA1215")]


def test_one_hit_for_each_case_up_to_the_limit_beginnings_first(desk: Desk) -> None:
    search = Search(desk.store)
    assert cases(search, "演示") == [111, 222, 333]
    assert cases(search, "hn") == [333]
    assert cases(search, "3") == [333, 111, 222, 444], "a text that begins with it comes first"
    assert cases(search, "2017", 2) == [111, 222]


def test_it_follows_acts(desk: Desk) -> None:
    search = Search(desk.store)
    search.listen()
    assert cases(search, "新名") == []
    with open_act(desk.store, "case.register") as act:
        of = act.add(case(9))
        who = act.add(party(of, "新名"))
    assert cases(search, "新名") == [9]
    with open_act(desk.store, "party.edit") as act:
        act.change(act.get(Party, who.id), name="改名")
    assert (cases(search, "新名"), cases(search, "gm")) == ([], [9])
    with open_act(desk.store, "party.move") as act:
        act.change(act.get(Party, who.id), case=Case.get(Case.sequence == 111).id)
    assert cases(search, "改名") == [111]
    with open_act(desk.store, "case.strike") as act:
        act.strike(act.get(Case, Case.get(Case.sequence == 111).id), "误登")
    assert cases(search, "改名") == []
    assert cases(search, "椰岛") == [333], "what did not change is still there"


def test_it_follows_foreign_lines_and_a_restart() -> None:
    hq, hl = bureau("HQ", "HL").desks
    search = Search(hl.store)
    assert search.find("外来") == []
    look_at(hq.store)
    with open_act(hq.store, "case.register") as act:
        act.add(party(act.add(case(7)), "外来"))
    hl.take(hq.lines())
    assert search.catch_up() == 1
    assert cases(search, "外来") == [7]
    again = Search(hl.store)
    assert again.catch_up() == 0
    assert cases(again, "wl") == [7]


def test_what_another_pc_indexed_anew_is_found_here_too(desk: Desk) -> None:
    """Several PCs on one database: each has the texts in its own memory, and one of them writes the index."""
    there, here = Search(desk.store), Search(desk.store)
    with open_act(desk.store, "case.register") as act:
        newest = act.add(case(9))
    assert cases(here, "执333号") == [333] and cases(here, "执9号") == [9]
    for of in (Case.get(Case.sequence == 333), newest, newest):  # the newest stands last in the index, so its rows follow its old ones
        with open_act(desk.store, "case.edit") as act:
            act.add(party(act.get(Case, of.id), "后来人"))
        there.catch_up()
        assert cases(here, f"执{of.sequence}号") == [of.sequence]


def test_many_changes_spread_over_several_strings_in_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searchmemory, "CHUNK", 3)
    search = Search(desk.store)
    search.listen()
    assert cases(search, "执222") == [222]
    with open_act(desk.store, "ledger.import") as act:
        act.add_many([case(n) for n in range(5000, 5010)])
    assert cases(search, "执5009") == [5009]
    assert cases(search, "执222") == [222]
    with open_act(desk.store, "case.edit") as act:
        act.change(act.get(Case, Case.get(Case.sequence == 5009).id), number="（2018）琼9027执6009号")
    assert (cases(search, "执6009"), cases(search, "执5009"), cases(search, "执5008")) == ([5009], [], [5008])


def test_the_newest_case_struck_leaves_nothing_that_a_later_one_could_be_taken_for(desk: Desk) -> None:
    search = Search(desk.store)
    with open_act(desk.store, "case.register") as act:
        last = act.add(case(7))
    assert cases(search, "执7号") == [7]
    with open_act(desk.store, "case.strike") as act:
        act.strike(act.get(Case, last.id), "误登")
    assert cases(search, "执7号") == []
    with open_act(desk.store, "case.register") as act:
        act.add(case(8))
    assert (cases(search, "执7号"), cases(search, "执8号")) == ([], [8])


def many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """So small slices that the index of a few cases takes many of them, more than anybody would wait for."""
    for name, value in (("TOUCHES", 3), ("TEXTS", 5), ("AT_ONCE", 1)):
        monkeypatch.setattr(searching, name, value)
    with open_act(store, "ledger.import") as act:
        act.add_many([case(n) for n in range(5000, 5030)])


def step(search: Search) -> bool:
    """A whole slice, both halves."""
    if (part := search.look()) is not None:
        search.write(part)
    return part is not None or search.lay_out()


def test_the_index_is_made_in_slices_and_goes_on_after_a_restart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    many(desk.store, monkeypatch)
    search, left = Search(desk.store), []
    for _ in range(5):
        assert step(search)
        left.append(search.remaining().touches)
    assert left == sorted(left, reverse=True) and left[-1] > 0
    again = Search(desk.store)
    assert again.remaining().touches == left[-1], "the next session goes on where this one stopped"
    percents = [again.remaining().percent]
    while step(again):
        percents.append(again.remaining().percent)
    assert percents == sorted(percents) and len(set(percents)) > 5
    assert again.remaining().touches == again.remaining().texts == 0
    assert again.find_at_once("ysjg")[0] == Search(desk.store).find("ysjg") != []


def test_while_it_is_made_numbers_and_names_are_found_and_nobody_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    many(desk.store, monkeypatch)
    search = Search(desk.store)
    for text, wanted in (("2017琼9027执5007", [5007]), ("(2017) 琼9027执222号", [222]), ("执444", [444]), ("建国", [111]), ("演示 建国", [111]), ("100%", []), ("  ", [])):
        hits, remaining = search.find_at_once(text)
        assert [Case.get_by_id(hit.case).sequence for hit in hits] == wanted, text
        assert not remaining.little
    assert search.find_at_once("ysjg")[0] == [], "initials are found once the index is there"
    assert search.remaining().touches > 40, "asking does not make it"


def test_a_part_that_an_act_overtook_is_dropped(desk: Desk) -> None:
    search = Search(desk.store)
    search.listen()
    with open_act(desk.store, "case.register") as act:
        who = act.add(party(act.add(case(9)), "旧名"))
    desk.store.set_meta("search.touched", "0")
    part = search.look()
    assert part is not None
    with open_act(desk.store, "party.edit") as act:
        act.change(act.get(Party, who.id), name="新名")
    search.write(part)
    assert (cases(search, "旧名"), cases(search, "新名")) == ([], [9])
    assert search.remaining().touches == 0


def test_an_act_does_not_make_a_long_index_by_itself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    search = Search(desk.store)
    search.listen()
    many(desk.store, monkeypatch)
    assert search.remaining().touches > 30
    while step(search):
        pass
    with open_act(desk.store, "case.register") as act:
        act.add(case(9))
    assert search.remaining().touches == 0


def test_rebuilding_changes_nothing(desk: Desk) -> None:
    search = Search(desk.store)
    search.catch_up()
    before = [(e.case_id, e.kind, e.text, e.shown) for e in SearchEntry.select().order_by(SearchEntry.id)]
    assert search.rebuild() == 4
    assert [(e.case_id, e.kind, e.text, e.shown) for e in SearchEntry.select().order_by(SearchEntry.id)] == before


def test_spelling() -> None:
    assert normal("（２０１７）琼９０２７执 １２ 号") == "2017琼9027执12号"
    assert initials("重庆")[:2] == ("cq", "zq")
    assert len(initials("单单单单")) <= 8
