"""What becomes of a paper, of its number, and of the request it goes with."""

from __future__ import annotations

import pytest

from execdesk.records.measures import Measure
from execdesk.records.papers import Document, DocumentState
from execdesk.records.people import Person, Post
from tests.flow.bureau import DEBTOR, Bureau
from tests.moves.walking import Walk, walks
from tests.world import Notes

S = DocumentState


@pytest.fixture
def world() -> str:
    return "noticed"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


def state(paper: str) -> str:
    return str(Document.get_by_id(paper).state)


def frozen(bureau: Bureau, case: str, *, approved: bool = False) -> tuple[str, list[str]]:
    """A freeze submitted, or approved too: its request and papers, its judge at the desk."""
    request = bureau.freeze(case).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    if approved:
        bureau.desk.do("request.approve", request=request)
    return request, [row.id for row in bureau.papers(request)]


def seated(bureau: Bureau, request: str, members: list[str]) -> None:
    """A panel sits on what is submitted, and the judge in charge approves."""
    judge = bureau.account
    bureau.desk.do("panel.ask", request=request, reason="标的较大")
    bureau.at("director").do("panel.designate", request=request, presiding=members[0], members=members[1:])
    votes = [{"member": member, "vote": "agree", "opinion": "同意"} for member in members]
    bureau.at("clerk").do("panel.conclude", request=request, minutes=votes, outcome="一致同意")
    bureau.at(judge).do("request.approve", request=request)


@walks(
    Request="document.issue approved>used",
    Document="""
        * >draft
        document.fill draft>draft
        request.submit draft>submitted
        request.return submitted>draft
        request.withdraw submitted>draft
        party.special submitted>draft
        request.void draft>void submitted>void
        document.issue submitted>to_seal
        document.seal to_seal>issued
    """,
    TakenNumber="document.issue >used",
)
def test_a_draft_goes_forward_and_back(walk: Walk, bureau: Bureau, case: str) -> None:
    request, papers = frozen(bureau, case)
    bureau.desk.do("request.withdraw", request=request, reason="补充")
    bureau.desk.do("document.fill", document=papers[0], inputs={})
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.refer", request=request, opinion="请局长看")
    bureau.at("director").do("request.return", request=request, opinion="事实不清")
    bureau.at(bureau.judge(case)).do("request.void", request=request, reason="误报")
    again, _ = frozen(bureau, case)
    bureau.desk.do("request.void", request=again, reason="误报")
    special, papers = frozen(bureau, case)
    bureau.desk.do("party.special", case=case, party=DEBTOR, kinds=["人大代表"], source="代表证")
    assert {state(paper) for paper in papers} == {S.DRAFT}


@walks(
    Request="request.lapse approved>lapsed",
    Document="request.lapse submitted>draft",
)
def test_a_changed_fact_takes_the_approval_away_at_issue(walk: Walk, bureau: Bureau, case: str) -> None:
    request, papers = frozen(bureau, case, approved=True)
    judge = bureau.account
    bureau.at("clerk").do("party.change", case=case, party=DEBTOR, values={"name": "林例乙"}, reason="更正")
    assert bureau.refused(judge, "document.issue", document=papers[0]).code == "approval.lapsed"
    assert (bureau.state(request), state(papers[0])) == ("lapsed", S.DRAFT)


@walks(
    Request="document.issue approved>approved",
    Document="""
        document.print to_seal>to_seal issued>issued
        service.record issued>issued
    """,
)
def test_papers_are_issued_one_by_one_printed_sealed_served(walk: Walk, bureau: Bureau, case: str) -> None:
    request, papers = frozen(bureau, case, approved=True)
    judge = bureau.account
    for paper in papers:
        bureau.desk.do("document.issue", document=paper)
        bureau.desk.do("document.print", document=paper, kind="original", copies=1)
    for paper in papers:
        bureau.at("seal").do("document.seal", document=paper)
        bureau.at(judge).do("document.print", document=paper, kind="sealed_copy", copies=1)
    notice = Document.get_by_id(papers[1])
    bureau.at("clerk").do("service.record", document=notice.id, recipient=notice.addressee, method="direct", served_on=bureau.day)
    assert bureau.state(request) == "used"


@walks(
    Document="""
        document.issue submitted>to_cosign
        document.cosign to_cosign>to_cosign to_cosign>to_seal
        document.print to_cosign>to_cosign
    """,
)
def test_every_member_of_a_panel_signs(walk: Walk, bureau: Bureau, case: str) -> None:
    request, papers = frozen(bureau, case)
    judge = bureau.account
    members = [judge, *(a for a in ("judge-1", "judge-2", "judge-3") if a != judge)]
    seated(bureau, request, members)
    ruling = papers[0]
    bureau.at(judge).do("document.issue", document=ruling)
    bureau.desk.do("document.print", document=ruling, kind="original", copies=1)
    for member in members[1:]:
        bureau.at(member).do("document.cosign", document=ruling)
    assert state(ruling) == S.TO_SEAL


@walks(
    Panel="request.submit concluded>designated",
)
def test_a_panel_sits_again_on_changed_content(walk: Walk, bureau: Bureau, case: str) -> None:
    request, _ = frozen(bureau, case)
    judge = bureau.account
    seated(bureau, request, [judge, *(a for a in ("judge-1", "judge-2", "judge-3") if a != judge)])
    bureau.at(judge).do("request.withdraw", request=request, reason="更正")
    bureau.at("clerk").do("party.change", case=case, party=DEBTOR, values={"name": "林例乙"}, reason="更正")
    bureau.at(judge).do("request.submit", request=request)


@walks(
    Document="document.wet_seal to_seal>issued",
)
def test_a_desk_without_a_keeper_of_the_seal_records_the_wet_one(walk: Walk, bureau: Bureau, case: str) -> None:
    _, papers = frozen(bureau, case, approved=True)
    judge = bureau.account
    bureau.desk.do("document.issue", document=papers[0])
    keeper = Post.get(Post.post == "seal_keeper", Post.person == Person.get(Person.account == "seal").id)
    bureau.at("president").do("post.end", post=keeper.id, ends_on=keeper.starts_on, reason="免职")
    bureau.at(judge).do("document.wet_seal", document=papers[0], note="今日在办公室盖印")
    assert state(papers[0]) == S.ISSUED


@walks(
    Measure="document.void ordered>proposed",
    Document="document.void to_seal>void issued>void",
    TakenNumber="document.void used>void",
)
def test_an_issued_paper_is_declared_void_and_its_number_with_it(walk: Walk, bureau: Bureau, case: str) -> None:
    _, waiting = frozen(bureau, case, approved=True)
    judge = bureau.account
    bureau.desk.do("document.issue", document=waiting[0])
    bureau.desk.do("document.void", document=waiting[0], reason="误写")
    assert Measure.get_by_id(Document.get_by_id(waiting[0]).measure).state == "proposed"
    _, sealed = frozen(bureau, case, approved=True)
    bureau.desk.do("document.issue", document=sealed[0])
    bureau.at("seal").do("document.seal", document=sealed[0])
    bureau.at(judge).do("document.void", document=sealed[0], reason="误写")


@walks(
    Document="document.void to_cosign>void",
)
def test_a_paper_that_waits_for_a_signature_is_declared_void(walk: Walk, bureau: Bureau, case: str) -> None:
    request, papers = frozen(bureau, case)
    judge = bureau.account
    members = [judge, *(a for a in ("judge-1", "judge-2", "judge-3") if a != judge)]
    seated(bureau, request, members)
    bureau.at(judge).do("document.issue", document=papers[0])
    bureau.desk.do("document.void", document=papers[0], reason="误写")


def issued(bureau: Bureau, case: str, number: int = 2) -> tuple[str, list[str]]:
    """A freeze approved, so many of its papers issued, the ruling first; its judge at the desk."""
    request, papers = frozen(bureau, case, approved=True)
    for paper in papers[:number]:
        bureau.desk.do("document.issue", document=paper)
    return request, papers


@walks(
    Request="""
        document.void used>approved
        document.replace approved>approved
    """,
    Document="document.replace >submitted",
)
def test_a_void_paper_is_replaced_under_the_approval_that_was_given(walk: Walk, bureau: Bureau, case: str) -> None:
    request, (ruling, notice) = issued(bureau, case)
    judge = bureau.account
    first = Document.get_by_id(ruling).number
    assert bureau.refused(judge, "document.void", document=ruling, reason="错印").code == "document.order", "the notice names its number"
    for paper in (notice, ruling):
        bureau.desk.do("document.void", document=paper, reason="错印")
    assert bureau.state(request) == "approved", "what was approved lacks its papers again"
    for paper in (ruling, notice):
        bureau.desk.do("document.replace", document=paper)
    assert bureau.refused(judge, "document.replace", document=ruling).code == "document.replace", "once"
    again = {paper.replaces: paper for paper in bureau.papers(request) if paper.replaces}
    assert {row: paper.content_hash for row, paper in again.items()} == {row: Document.get_by_id(row).content_hash for row in (ruling, notice)}
    bureau.desk.do("document.issue", document=again[ruling].id)
    bureau.desk.do("document.issue", document=again[notice].id)
    now = Document.get_by_id(again[ruling].id)
    assert (bureau.state(request), now.state, now.number != first) == ("used", S.TO_SEAL, True)
    assert Measure.get_by_id(now.measure).state == "ordered"


@walks(
    Request="""
        document.replace approved>lapsed lapsed>lapsed withdrawn>withdrawn returned>returned
    """,
    Document="document.replace submitted>draft",
)
def test_a_void_paper_with_another_text_is_approved_again(walk: Walk, bureau: Bureau, case: str) -> None:
    request, (ruling, notice) = issued(bureau, case, 1)
    bureau.desk.do("document.void", document=ruling, reason="账号有误")
    bureau.desk.do("document.replace", document=ruling, text="changed")
    assert (bureau.state(request), state(notice)) == ("lapsed", S.DRAFT)
    drawn = next(paper for paper in bureau.papers(request) if paper.replaces)
    assert (drawn.state, drawn.content_hash) == (S.DRAFT, None)
    for act in ("request.submit", "request.approve"):
        bureau.desk.do(act, request=request)
    bureau.desk.do("document.issue", document=drawn.id)
    bureau.desk.do("document.issue", document=notice)
    assert bureau.state(request) == "used"
    for sent_back, account, act in (("withdrawn", "", "request.withdraw"), ("lapsed", "director", "request.return")):
        request, (ruling, _) = issued(bureau, case, 1)
        judge = bureau.account
        bureau.desk.do("document.void", document=ruling, reason="账号有误")
        bureau.at(account or judge).do(act, request=request, **{"reason" if act == "request.withdraw" else "opinion": "重报"})
        refused = bureau.refused(judge, "request.submit", request=request)
        assert refused.code == "document.replace" and refused.ways[0].action == f"document.replace:{case},{ruling}"
        bureau.at(judge).do("document.replace", document=ruling)
        assert (bureau.state(request), [paper.state for paper in bureau.papers(request) if paper.replaces]) == (sent_back, [S.DRAFT])
    request, (ruling, notice) = issued(bureau, case)
    judge = bureau.account
    for paper in (notice, ruling):
        bureau.desk.do("document.void", document=paper, reason="账号有误")
    bureau.desk.do("document.replace", document=ruling, text="changed")
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.refer", request=request, opinion="请局长看")
    bureau.at("director").do("request.return", request=request, opinion="缺协助执行通知书")
    bureau.at(judge).do("document.replace", document=notice)
    assert bureau.state(request) == "returned"
