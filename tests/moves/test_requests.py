"""What becomes of a request and of a panel."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from execdesk.approval.paper import code_of, record_overdue
from execdesk.records.approvals import TO_CHANGE, UNDER_WAY, Request, RequestState
from tests.flow.bureau import DEBTOR, Bureau
from tests.moves.walking import Walk, walks
from tests.scans import ONE_PAGE
from tests.world import Notes

MATTER = "extend_enforcement_period"
S = RequestState


@pytest.fixture
def world() -> str:
    return "registered"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


def brought(bureau: Bureau, case: str, state: str, matter: str = MATTER) -> str:
    """A request without papers in one of its states, its judge at the desk."""
    judge = bureau.judge(case)
    request = bureau.at(judge).do("request.open", case=case, matter=matter).ids("Request")[0]
    if state != S.DRAFT:
        bureau.desk.do("request.submit", request=request)
    if state in (S.APPROVED, S.LAPSED):
        bureau.at("president").do("request.approve", request=request)
    if state in (S.RETURNED, S.LAPSED):
        bureau.at("president").do("request.return", request=request, opinion="事实不清")
    if state == S.WITHDRAWN:
        bureau.desk.do("request.withdraw", request=request, reason="补充材料")
    bureau.at(judge)
    assert bureau.state(request) == state
    return request


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "scan.pdf"
    path.write_bytes(ONE_PAGE)
    return str(path)


@walks(
    Request="""
        * >draft
        request.submit draft>submitted returned>submitted lapsed>submitted withdrawn>submitted
        request.approve submitted>approved
        request.return submitted>returned approved>lapsed
        request.withdraw submitted>withdrawn approved>withdrawn returned>withdrawn lapsed>withdrawn
        request.void draft>void returned>void lapsed>void withdrawn>void submitted>void approved>void
    """,
)
def test_a_request_is_submitted_taken_back_and_ended(walk: Walk, bureau: Bureau, case: str) -> None:
    for state in TO_CHANGE:
        bureau.desk.do("request.submit", request=brought(bureau, case, state))
    for state in (*UNDER_WAY, S.RETURNED, S.LAPSED):
        request = brought(bureau, case, state)
        bureau.desk.do("request.withdraw", request=request, reason="补充材料")
    for state in (*TO_CHANGE, *UNDER_WAY):
        request = brought(bureau, case, state)
        bureau.desk.do("request.void", request=request, reason="误报")


@walks(
    Request="""
        request.comment submitted>submitted
        request.refer submitted>submitted
        request.sign approved>approved
    """,
)
def test_words_on_the_way(walk: Walk, bureau: Bureau, case: str) -> None:
    request = brought(bureau, case, S.SUBMITTED)
    bureau.desk.do("request.refer", request=request, opinion="案情重大")
    bureau.at("director").do("request.comment", request=request, opinion="拟同意")
    listed = brought(bureau, case, S.DRAFT, "list_dishonest")
    bureau.desk.do("request.submit", request=listed)
    bureau.desk.do("request.approve", request=listed)
    bureau.at("president").do("request.sign", request=listed)


@walks(
    Request="request.done approved>done",
)
def test_a_matter_without_paper_ends_with_what_was_done(walk: Walk, bureau: Bureau, case: str) -> None:
    judge, day = bureau.judge(case), bureau.day
    told = {"done_on": day, "outcome": "已在县电视台公布"}
    request = brought(bureau, case, S.SUBMITTED, "media_exposure")
    assert bureau.refused(judge, "request.done", request=request, **told).code == "request.state"
    bureau.desk.do("request.approve", request=request)
    assert bureau.refused(judge, "request.done", request=request, done_on=day - timedelta(days=1), outcome="已公布").code == "request.day"
    assert bureau.refused("clerk", "request.done", request=request, **told).code == "request.not_mine"
    bureau.at(judge).do("request.done", request=request, **told)
    row = Request.get_by_id(request)
    assert (row.state, row.done_on, row.outcome) == (S.DONE, day, "已在县电视台公布")
    assert bureau.refused(judge, "request.withdraw", request=request, reason="不办").code == "request.state"
    search = brought(bureau, case, S.DRAFT, "list_dishonest")
    for act in ("request.submit", "request.approve"):
        bureau.desk.do(act, request=search)
    refused = bureau.refused(judge, "request.done", request=search, **told)
    assert refused.code == "document.not_signed" and "院长签发" in refused.text
    bureau.at("president").do("request.sign", request=search)
    bureau.at(judge).do("request.done", request=search, **told)
    paper = bureau.at(judge).do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    for act in ("request.submit", "request.approve"):
        bureau.desk.do(act, request=paper)
    assert bureau.refused(judge, "request.done", request=paper, **told).code == "request.papers"


@walks(
    Request="party.special submitted>returned approved>lapsed",
)
def test_a_special_party_sends_requests_back(walk: Walk, bureau: Bureau, case: str) -> None:
    requests = [brought(bureau, case, state) for state in UNDER_WAY]
    bureau.desk.do("party.special", case=case, party=DEBTOR, kinds=["人大代表"], source="代表证")
    assert [bureau.state(request) for request in requests] == [S.RETURNED, S.LAPSED]


@walks(
    Request="""
        request.approve submitted>submitted
        request.paper_approval submitted>approved
    """,
    PaperApproval="request.paper_approval >entered",
)
def test_before_the_reform_each_step_approves_or_an_old_sheet_is_entered(walk: Walk, early: Bureau, scan: str) -> None:
    case = early.register("（2017）琼9027执1号")
    judge = early.judge(case)
    desk = early.at(judge, date(2017, 7, 31))
    climbing, on_paper = (desk.do("request.open", case=case, matter="seize_property").ids("Request")[0] for _ in range(2))
    for request in (climbing, on_paper):
        desk.do("request.submit", request=request)
    desk.do("request.approve", request=climbing)
    early.at("director").do("request.approve", request=climbing)
    early.at("president").do("request.approve", request=climbing)
    early.at("clerk", date(2018, 3, 1)).do(
        "request.paper_approval", request=on_paper, party=DEBTOR, matter="seize_property", approvers=[judge, "director", "president"],
        applied_on=date(2017, 7, 31), approved_on=date(2017, 7, 31), scan=scan,
    )


@walks(
    Request="""
        paper.print submitted>submitted
        request.paper_approval submitted>approved
        paper.deny approved>lapsed
    """,
    PaperApproval="""
        paper.print >printed
        request.paper_approval printed>entered
        paper.confirm entered>confirmed
        paper.deny entered>denied
    """,
    Document="paper.deny submitted>draft",
    Incident="""
        paper.deny >open open>settled
        paper.confirm open>settled
    """,
)
def test_an_approval_by_hand_is_confirmed_or_denied(walk: Walk, bureau: Bureau, case: str, scan: str) -> None:
    """Denied before anything is issued, denied after, confirmed when it was already overdue."""
    judge, day = bureau.judge(case), bureau.day
    bureau.notified(case)
    for issued, spoken in ((False, "paper.deny"), (True, "paper.deny"), (False, "paper.confirm")):
        request = bureau.at(judge, day).do("order.consumption", case=case, party=DEBTOR).ids("Request")[0]
        bureau.desk.do("request.submit", request=request)
        bureau.desk.do("paper.print", request=request)
        row = Request.get_by_id(request)
        paper = bureau.at("clerk").do(
            "request.paper_approval", request=request, code=code_of(row), party=DEBTOR, matter=row.matter, approvers=["president"], approved_on=day, scan=scan,
        ).ids("PaperApproval")[0]
        if issued:
            bureau.issue_all(request, "president")
        bureau.at("president", day + timedelta(days=11))
        record_overdue(bureau.desk.session)
        bureau.desk.do(spoken, paper=paper, opinion="已核对")
        day = bureau.day


@walks(
    Request="""
        panel.ask draft>draft returned>returned lapsed>lapsed withdrawn>withdrawn submitted>submitted
        panel.designate draft>draft returned>returned lapsed>lapsed withdrawn>withdrawn submitted>submitted
        panel.conclude submitted>submitted
    """,
    Panel="""
        panel.ask >asked
        panel.designate asked>designated designated>designated
        panel.conclude designated>concluded
    """,
)
def test_a_panel_is_asked_for_at_any_time_before_approval(walk: Walk, bureau: Bureau, case: str) -> None:
    for state in (*TO_CHANGE, S.SUBMITTED):
        request = brought(bureau, case, state)
        bureau.desk.do("panel.ask", request=request, reason="重大事项")
        bureau.at("director").do("panel.designate", request=request, presiding="judge-1", members=["judge-2", "judge-3"])
    bureau.desk.do("panel.designate", request=request, presiding="judge-1", members=["judge-2", "judge-4"])
    votes = [{"member": member, "vote": "agree", "opinion": "同意"} for member in ("judge-1", "judge-2", "judge-4")]
    bureau.at("clerk").do("panel.conclude", request=request, minutes=votes, outcome="一致同意")
