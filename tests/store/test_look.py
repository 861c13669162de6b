"""In a look nothing is asked twice; what is written ends what it remembers; another store has nothing of it."""

from __future__ import annotations

import pytest

from execdesk.records.cases import Case
from execdesk.store.act import open_act
from execdesk.store.look import Look, looking, seen
from tests.counting import asked_of
from tests.store.desks import Bureau, bureau, case


@pytest.fixture
def two() -> Bureau:
    return bureau("HQ", "HL")


def count() -> int:
    return seen("cases", Case.select().count)


def test_within_a_look_it_is_asked_once_and_outside_each_time(two: Bureau) -> None:
    store = two.desks[0].store
    with store.reading(), asked_of(store.base) as asked:
        assert (count(), count()) == (0, 0) and len(asked) == 2 and not looking()
        with Look():
            assert (count(), count()) == (0, 0) and len(asked) == 3 and looking()
            with Look():
                assert count() == 0 and len(asked) == 3, "a look within a look is part of it"
            assert count() == 0 and len(asked) == 3
        assert count() == 0 and len(asked) == 4


def test_an_act_asks_for_itself_and_ends_what_was_remembered(two: Bureau) -> None:
    store = two.desks[0].store
    with store.reading(), Look():
        assert count() == 0
        with open_act(store, "case.register") as act:
            assert not looking()
            act.add(case(1))
            assert count() == 1
        assert count() == 1
        with pytest.raises(ZeroDivisionError), open_act(store, "case.register") as act:
            act.add(case(2))
            raise ZeroDivisionError
        assert count() == 1
        seen("note", lambda: store.meta("note"))
        store.set_meta("note", "x")
        assert seen("note", lambda: store.meta("note")) == "x"


def test_a_look_is_of_one_store(two: Bureau) -> None:
    a, b = (desk.store for desk in two)
    with open_act(b, "case.register") as act:
        act.add(case(1))
    with a.reading(), Look():
        assert count() == 0
        with b.reading():
            assert count() == 1 and not looking()
            with Look():
                assert count() == 1
        assert count() == 0
