"""What is counted beside the board is what the lists hold, act by act, in a file and on a server."""

from __future__ import annotations

from datetime import date, timedelta

from execdesk.casefile import boardsums
from execdesk.desk import Desk
from execdesk.reads.casesums import COUNTED
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.listing import ALL, ListWanted, lists
from tests.flow.bureau import Bureau
from tests.reads import inboxoracle


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
    _lists_agree(desk)
    return views["open"]


def _lists_agree(desk: Desk) -> None:
    """Every other list: each view holds what is counted of it, and those of approvals what the records say one by one."""
    for name in lists():
        for count in desk.reads.list_counts(name):
            page = desk.reads.list_page(ListWanted(name, count.view), count=ALL)
            assert page.total == len(page.rows) == count.number, (name, count.view)
    day = desk.reads.team_day(desk.day)
    for group in day.groups:
        assert group.cases == desk.reads.case_list(ListFilter("open", group.id)).total
        assert all(team.cases == desk.reads.case_list(ListFilter("open", judge=team.judge_id)).total for team in group.teams if team.judge_id)
    with desk.reading():
        waiting, papers, finishing = inboxoracle.requests(desk.session), inboxoracle.papers(desk.session), inboxoracle.finishing(desk.session)
    assert list(desk.reads.list_page(ListWanted("requests"), count=ALL).rows) == waiting
    for view, ids in papers.items():
        assert [row.id for row in desk.reads.list_page(ListWanted("papers", view), count=ALL).rows] == ids
    assert desk.reads.inbox().waiting == sum(row.group == "mine" for row in waiting) + len(papers["cosign"]) + len(papers["seal"]) + len(finishing)


def test_counts_and_totals_agree_with_the_lists_after_every_act(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    desk = bureau.at(judge, date(2018, 1, 4))
    group = desk.reads.case(case).case.group or ""
    assert group and _agree(desk, group) > 0
    changes = bureau.freeze(case, immediate=True)
    for account in (judge, "director"):
        _lists_agree(bureau.at(account))
    bureau.at(judge)
    bureau.through(changes, seal=False)
    for account in (judge, "seal"):
        _lists_agree(bureau.at(account))
    papers = [row.id for row in bureau.at("seal").reads.list_page(ListWanted("papers", "seal")).rows]
    for paper in papers:
        bureau.at("seal").do("document.seal", document=paper)
        _lists_agree(bureau.at("seal"))
    assert len(papers) > 1
    desk = bureau.at(judge)
    _agree(desk, group)
    for later in (10, 400):
        desk = bureau.at(judge, date(2018, 1, 4) + timedelta(days=later))
        _agree(desk, group)
    desk.do("case.obligation", case=case, obligation="支付借款本金1元")
    _agree(desk, group)
