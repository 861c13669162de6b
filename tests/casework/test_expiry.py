"""到期: the list of thousands says of each measure what its own page says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from execdesk.casework.control.views import measure_title, view_of
from execdesk.desk import Desk
from execdesk.records.measures import Measure
from tests import many_measures
from tests.at_will import at_will
from tests.court_store import DAY, NUMBER


def test_every_row_agrees_with_the_measure_itself(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    many_measures.add(desk, 400, DAY)
    found = desk.reads.expiry()
    by_id = {row.id: row for row in found.rows}
    assert len(by_id) == 400
    for measure in Measure.select():
        row, view = by_id[measure.id], view_of(desk.session, measure, DAY)
        assert (row.ends_on, row.rules, row.title) == (view.state.ends_on, view.ruling_end, measure_title(measure))
        assert (row.urgency == "lapsed") == (view.state.state == "lapsed")
        if view.state.days_left is not None:
            assert row.days_left == view.state.days_left
            assert (row.urgency == "soon") == (view.state.state == "due")
    assert {row.number for row in found.rows} == {NUMBER}
    assert {row.state_words for row in found.rows} == {"已届满", "待送达", "轮候", "控制中"}


def test_the_nearest_end_stands_first_and_the_unknown_last(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    many_measures.add(desk, 60, DAY)
    ends = [row.ends_on for row in desk.reads.expiry().rows]
    known = [end for end in ends if end is not None]
    assert ends == [*sorted(known), *[None] * (len(ends) - len(known))]
    assert None in ends


def test_soon_begins_thirty_days_before_and_the_last_day_still_holds(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    many_measures.add(desk, 4, DAY)
    rows = {}
    for measure, end in zip(Measure.select(), (date(2018, 2, 1), date(2018, 2, 2), DAY, date(2018, 1, 1)), strict=True):
        with at_will(desk.session, "test.measures") as act:
            act.change(act.get(Measure, measure.id), end_told=end, state="live", rank=1, effective_on=date(2017, 2, 1))
        rows[measure.id] = end
    found = {rows[row.id]: (row.days_left, row.urgency) for row in desk.reads.expiry().rows}
    assert found[DAY] == (0, "soon")
    assert found[date(2018, 1, 1)] == (-1, "lapsed")


def test_what_was_released_or_renewed_is_not_live(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    many_measures.add(desk, 3, DAY)
    released, renewed, renewal = Measure.select().order_by(Measure.id)
    with at_will(desk.session, "test.measures") as act:
        act.change(act.get(Measure, released.id), state="released", released_on=DAY)
        act.change(act.get(Measure, renewal.id), renewed_from=renewed.id)
    assert [row.id for row in desk.reads.expiry().rows] == [renewal.id]
