"""What is counted beside the board is what the lists hold, act by act, in a file and on a server."""

from __future__ import annotations

from datetime import date, timedelta

from execdesk.casefile import boardsums
from execdesk.desk import Desk
from execdesk.reads.casesums import COUNTED
from execdesk.reads.casewhere import ListFilter
from tests.flow.bureau import Bureau


def _agree(desk: Desk, group: str) -> int:
    """How many open cases there are, after every count was held against its list."""
    for of in ("", group):
        for judge in ("", desk.session.me.id):
            views = desk.reads.case_counts(of, judge).views
            for view in COUNTED:
                page = desk.reads.case_list(ListFilter(view, "" if view == "ungrouped" else of, "", judge))
                assert page.total == len(page.rows) == views[view], (view, of, judge)
                assert page.claim_fen == sum(row.claim_fen or 0 for row in page.rows), (view, of, judge)
    with desk.reading():
        base = desk.session.store.base
        assert boardsums.kept(base) == boardsums.counted(base) != {}
    return views["open"]


def test_counts_and_totals_agree_with_the_lists_after_every_act(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    desk = bureau.at(judge, date(2018, 1, 4))
    group = desk.reads.case(case).case.group or ""
    assert group and _agree(desk, group) > 0
    bureau.through(bureau.freeze(case, immediate=True))
    desk = bureau.at(judge)
    _agree(desk, group)
    for later in (10, 400):
        desk = bureau.at(judge, date(2018, 1, 4) + timedelta(days=later))
        _agree(desk, group)
    desk.do("case.obligation", case=case, obligation="支付借款本金1元")
    _agree(desk, group)
