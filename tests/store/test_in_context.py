"""Which store tables mean: that in context, and no other, nested, in threads, in acts; without one they say so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from execdesk.records.base import NoStore, in_context
from execdesk.records.cases import Case
from execdesk.store.act import open_act
from execdesk.store.merge import take_in
from execdesk.store.replay import all_entries
from execdesk.store.store import Store
from tests.store.desks import Bureau, bureau, case


@pytest.fixture
def two() -> Bureau:
    """Two desks, each with a case of its own that the other has not."""
    made = bureau("HQ", "HL")
    for number, desk in enumerate(made, 1):
        with open_act(desk.store, "case.register") as act:
            act.add(case(number, cause=desk.store.site))
    in_context.set(None)
    return made


def sites() -> list[str]:
    """The cases of the store in context, by the desk that entered them."""
    return [row.cause for row in Case.select().order_by(Case.number)]


def test_without_a_store_in_context_a_query_says_so(two: Bureau) -> None:
    query = Case.select()
    for ask in (lambda: list(query), lambda: Case.get(Case.number == "x"), lambda: Case.select().exists(), lambda: Case.insert(id="x").execute()):
        with pytest.raises(NoStore, match=r"store\.reading\(\)"):
            ask()


def test_nested_blocks_each_mean_their_own_store(two: Bureau) -> None:
    a, b = (desk.store for desk in two)
    with a.reading():
        assert sites() == ["HQ"]
        with b.reading():
            assert sites() == ["HL"]
            with a.reading():
                assert sites() == ["HQ"]
            assert sites() == ["HL"]
        assert sites() == ["HQ"]
        query = Case.select()
        with b.reading():
            assert [row.cause for row in query] == ["HL"], "a query belongs to where it is asked"
    with pytest.raises(NoStore):
        sites()


def test_a_block_ends_with_an_error_too(two: Bureau) -> None:
    a, b = (desk.store for desk in two)
    with a.reading():
        with pytest.raises(ZeroDivisionError), b.reading():
            raise ZeroDivisionError
        assert sites() == ["HQ"]


def test_an_act_on_one_store_while_another_is_in_context_writes_to_its_own(two: Bureau) -> None:
    a, b = (desk.store for desk in two)
    before = b.head
    with b.reading():
        seen: list[list[str]] = []
        a.listeners.append(lambda changes: seen.append(sites()))
        with open_act(a, "case.register") as act:
            assert sites() == ["HQ"], "inside the act its own store is in context"
            act.add(case(9, cause="act"))
        assert sites() == ["HL"] and b.head == before
    assert seen == [["HQ", "act"]], "and for what follows from it"
    with a.reading():
        assert sites() == ["HQ", "act"]


def test_settings_and_heads_are_asked_of_their_own_store(two: Bureau) -> None:
    a, b = (desk.store for desk in two)
    with b.reading():
        a.set_meta("note", "of a")
        assert (a.meta("note"), b.meta("note"), a.site, b.site) == ("of a", None, "HQ", "HL")
        assert a.head != b.head


def test_lines_come_from_one_store_into_the_other_whichever_is_in_context(two: Bureau) -> None:
    a, b = two
    for around in (a.store, b.store):
        with around.reading():
            take_in(b.store, all_entries(a.store), b.fresh_judge())
    with b.store.reading():
        assert sites() == ["HQ", "HL"]
    with a.store.reading():
        assert sites() == ["HQ"]


def test_threads_do_not_see_each_others_store(two: Bureau) -> None:
    a, b = (desk.store for desk in two)

    def work(store: Store) -> set[str]:
        found = set()
        for _ in range(50):
            with store.reading():
                found.add(in_context.get() is store.base)
        return {str(one) for one in found}

    with a.reading(), ThreadPoolExecutor(2) as pool:
        assert pool.submit(in_context.get).result() is None, "a thread begins with none"
        assert [one.result() for one in [pool.submit(work, store) for store in (a, b) * 4]] == [{"True"}] * 8
        assert in_context.get() is a.base
