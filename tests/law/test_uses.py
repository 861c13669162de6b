"""Where a figure is used is said rightly: what a sheet rests on is named for its calculator, and no pattern is idle."""

from __future__ import annotations

import pytest

from execdesk.law.calculators import CALCULATORS
from execdesk.law.closing import closing_nodes
from execdesk.law.uses import BESIDE, BY_CALCULATOR, LISTED, fits, used_in
from tests.law.calculator_samples import TYPED
from tests.law.rules import BOOK, CALENDAR


@pytest.mark.parametrize("name", list(CALCULATORS))
def test_what_a_sheet_rests_on_is_named(name: str) -> None:
    for typed in TYPED[name]:
        for value in CALCULATORS[name].run(BOOK, CALENDAR, typed).basis:
            assert fits(value.key, BY_CALCULATOR.get(name, ())), value.key
            assert f"计算：{CALCULATORS[name].title}" in used_in(BOOK, value.key)


def test_no_pattern_is_idle_and_every_calculator_is_known() -> None:
    assert BY_CALCULATOR.keys() <= CALCULATORS.keys()
    for patterns in (*BY_CALCULATOR.values(), *BESIDE.values()):
        for pattern in patterns:
            assert any(fits(key, (pattern,)) for key in BOOK.values), pattern


def test_a_figure_for_reading_only_is_used_nowhere() -> None:
    assert used_in(BOOK, "consumption.items") == ()
    assert used_in(BOOK, "deadline.closing.money") == ("计算：节点期限", "计算：执行期限（扣除停走）", "案件列表的期限")


def test_every_node_that_closes_a_case_is_used_by_the_list() -> None:
    nodes = closing_nodes(BOOK)
    assert {"closing.money", "closing.criminal_property"} < nodes
    assert all(LISTED in used_in(BOOK, f"deadline.{node}") for node in nodes)
    assert LISTED not in used_in(BOOK, "deadline.closing.extension")
