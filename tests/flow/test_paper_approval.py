"""凭纸批: a request is approved by hand on a coded sheet, entered by another, provisional until its approver has spoken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from execdesk.approval.paper import code_of, named_in, overdue_papers, record_overdue
from execdesk.approval.proof import require_proven
from execdesk.issue.printing import approval_facts, paper_sheet
from execdesk.records.approvals import Decision, PaperApproval, Request
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident
from execdesk.records.measures import Measure
from execdesk.records.people import Person, Post
from execdesk.store.files import kept_file
from execdesk.store.replay import state_hash, stored_rows
from tests.flow.bureau import DEBTOR, FULL, Bureau
from tests.flow.test_documents import text_of
from tests.flow.test_two_desks import send
from tests.looking import look_at
from tests.scans import ONE_PAGE
from tests.world import Notes

PDF = ONE_PAGE


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "scan.pdf"
    path.write_bytes(PDF)
    return str(path)


@pytest.fixture
def world() -> str:
    return "frozen"


@pytest.fixture
def release(bureau: Bureau, notes: Notes) -> str:
    """A release that a judge put forward on the day after his freeze; 局长 decides it and is not at his desk."""
    bureau.at("clerk")
    bureau.at(bureau.judge(str(notes["case"])), bureau.day + timedelta(days=1))
    request = bureau.desk.do("measure.release", measure=notes["measure"], ground="other", cause="另行提供了足额现金").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    return request


def told(request: str, paper: str, **other: Any) -> dict[str, Any]:
    """What is typed from the signed sheet."""
    row = Request.get_by_id(request)
    return {
        "request": request, "code": code_of(row), "party": DEBTOR, "matter": row.matter, "amount": FULL, "approvers": ["director"],
        "approved_on": date(2018, 1, 3), "scan": paper, **other,
    }


def entered(bureau: Bureau, request: str, scan: str, **other: Any) -> str:
    """The sheet printed by the judge and entered by the clerk; the row."""
    bureau.at(bureau.judge(Request.get_by_id(request).case)).do("paper.print", request=request)
    return bureau.at("clerk").do("request.paper_approval", **told(request, scan, **other)).ids("PaperApproval")[0]


def test_a_release_approved_on_paper_is_issued_and_confirmed(bureau: Bureau, release: str, scan: str, tmp_path: Path) -> None:
    judge = bureau.judge(Request.get_by_id(release).case)
    assert bureau.refused("clerk", "request.paper_approval", **told(release, scan)).code == "paper.code", "no sheet was printed"
    bureau.at(judge).do("paper.print", request=release)
    (tmp_path / "sheet.pdf").write_bytes(paper_sheet(bureau.desk.session, release))
    words = text_of(tmp_path / "sheet.pdf")
    for part in (code_of(Request.get_by_id(release)), DEBTOR, "50123.45元", "执行局局长", "批准人职务、签名"):
        assert part in words, part
    bureau.desk.do("paper.print", request=release)
    assert PaperApproval.select().count() == 1, "printed again, it is the same application"
    assert bureau.refused(judge, "request.paper_approval", **told(release, scan)).code == "paper.own"
    paper = bureau.at("clerk").do("request.paper_approval", **told(release, scan, opinion="同意")).ids("PaperApproval")[0]
    row = PaperApproval.get_by_id(paper)
    assert kept_file(row.scan) == PDF and bureau.state(release) == "approved" and (row.state, row.alone) == ("entered", False)
    facts = approval_facts(bureau.desk.session, Request.get_by_id(release))
    assert "待确认" in facts.state and facts.decisions[-1].name == "局长甲" and "凭纸批" in facts.decisions[-1].outcome
    bureau.issue_all(release, judge)
    inbox = bureau.at("director").reads.inbox()
    assert [one.id for one in inbox.to_confirm] == [release] and inbox.waiting >= 1
    page = bureau.desk.reads.request_page(release)
    assert page.scan is not None and bureau.desk.reads.paper_scan(page.scan.id) == PDF, "he confirms what he sees"
    assert {"paper_confirm", "paper_deny"} <= page.offered and "执行裁定书" in page.provisional and "待确认" in page.state_words
    case = bureau.desk.reads.case(Case.get().number)
    assert [one.state_words for one in case.requests if one.id == release] == ["已签发（凭纸批，待确认）"]
    assert all("待确认" in one.state_words for one in case.documents if one.request == release)
    assert bureau.refused("president", "paper.confirm", paper=paper).code == "paper.not_yours"
    assert bureau.refused("clerk", "paper.confirm", paper=paper).code == "paper.not_yours"
    bureau.at("director").do("paper.confirm", paper=paper)
    assert not bureau.desk.reads.inbox().to_confirm and "待确认" not in bureau.desk.reads.request_page(release).state_words
    assert Decision.get(Decision.kind == "confirm").person == Person.get(Person.account == "director").id
    assert bureau.refused("director", "paper.deny", paper=paper, opinion="不是我签的").code == "paper.state"
    assert bureau.desk.check().whole, [f.text for f in bureau.desk.check().faults]


@pytest.mark.attack("8.6")
def test_what_was_typed_is_compared_with_what_was_put_forward(bureau: Bureau, release: str, scan: str, tmp_path: Path) -> None:
    """By code, party, kind and amount; the signature not older than sheet and facts; by a real holder of the post on that day."""
    judge = bureau.judge(Request.get_by_id(release).case)
    bureau.at(judge).do("paper.print", request=release)
    drawn = tmp_path / "scan.txt"
    drawn.write_text("同意")
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG broken")
    for other, code in (
        ({"scan": str(broken)}, "scan.unreadable"), ({"code": "AAAA-BBBB-CCCC"}, "paper.code"), ({"code": None}, "paper.code"), ({"code": None, "applied_on": date(2018, 1, 3)}, "paper.code"),
        ({"party": "符示例"}, "paper.party"), ({"party": f"{DEBTOR}、符示例"}, "paper.party"), ({"matter": "seize_property"}, "paper.kind"),
        ({"amount": FULL - 1}, "paper.amount"), ({"amount": None}, "paper.amount"), ({"approved_on": date(2018, 1, 2)}, "paper.day"),
        ({"approved_on": date(2018, 1, 4)}, "field.value"), ({"approvers": ["judge-2"]}, "paper.approver"), ({"approvers": ["vice"]}, "paper.approver"),
        ({"approvers": ["director", "president"]}, "paper.steps"), ({"scan": str(drawn)}, "paper.scan"), ({"scan": str(tmp_path / "none.pdf")}, "file.unreadable"),
    ):
        assert bureau.refused("clerk", "request.paper_approval", **told(release, scan, **other)).code == code, other
    assert bureau.state(release) == "submitted" and PaperApproval.get().state == "printed"
    assert bureau.refused("director", "request.paper_approval", **told(release, scan)).code in ("access.duty", "paper.self")
    bureau.at(judge).do("request.withdraw", request=release, reason="改")
    bureau.desk.do("request.submit", request=release)
    old = told(release, scan)["code"]
    assert bureau.refused("clerk", "request.paper_approval", **told(release, scan)).code == "paper.code", "another submission, another sheet"
    bureau.at(judge).do("paper.print", request=release)
    bureau.at("clerk").do("request.paper_approval", **told(release, scan, code=f" {old.lower().replace('-', ' ')} "))
    assert bureau.state(release) == "approved", "a code is read however it is spaced"


@pytest.mark.attack("8.6")
def test_a_sheet_is_no_older_than_the_freeze_it_releases(bureau: Bureau, release: str) -> None:
    """The facts a request names have days too: what the sheet may not be older than is the latest of them."""
    row = Request.get_by_id(release)
    named = named_in(bureau.desk.session, row, Case.get_by_id(row.case))
    assert (named.since, named.amount, named.parties) == (Measure.get().ordered_on, FULL, frozenset({DEBTOR}))


@pytest.mark.parametrize("issued", [False, True])
def test_denied_it_counts_no_more(bureau: Bureau, release: str, scan: str, issued: bool) -> None:
    paper = entered(bureau, release, scan)
    judge = bureau.judge(Request.get_by_id(release).case)
    if issued:
        bureau.issue_all(release, judge)
    bureau.at("director").do("paper.deny", paper=paper, opinion="不是我签的")
    assert bureau.state(release) == ("used" if issued else "lapsed")
    assert [row.kind for row in Incident.select()] == (["annulled"] if issued else [])
    if issued:
        assert "不会自动撤销" in Incident.get().text and "执行裁定书" in Incident.get().text
    else:
        bureau.at(judge).do("request.submit", request=release)
        assert bureau.refused(judge, "document.issue", document=bureau.papers(release)[0].id).code == "document.not_approved"
    assert bureau.desk.check().whole, [f.text for f in bureau.desk.check().faults]


@pytest.mark.attack("8.6")
def test_after_ten_days_it_is_an_incident_until_somebody_speaks(bureau: Bureau, release: str, scan: str) -> None:
    paper = entered(bureau, release, scan)
    bureau.at("president", date(2018, 1, 13))
    assert overdue_papers(bureau.desk.session) == [] and not bureau.desk.reads.inbox().to_confirm
    bureau.at("president", date(2018, 1, 14))
    record_overdue(bureau.desk.session)
    assert record_overdue(bureau.desk.session) == [], "named once"
    (incident,) = Incident.select()
    assert incident.kind == "paper" and "局长甲" in incident.text
    assert bureau.refused("president", "incident.settle", incident=incident.id, who="院长查", found="没有问题啊").code == "incident.paper"
    (row,) = bureau.desk.reads.inbox().to_confirm
    assert (row.chip, row.tone) == ("逾期 1 天", "late")
    bureau.desk.do("paper.confirm", paper=paper, opinion="已电话核实")
    assert Incident.get().state == "settled" and PaperApproval.get().state == "confirmed"


@pytest.mark.attack("8.6")
@pytest.mark.parametrize("matter", ["detention", "issue_search_warrant", "issue_eviction_announcement", "compulsory_summons"])
def test_liberty_search_and_eviction_are_decided_at_a_desk(bureau: Bureau, notes: Notes, matter: str) -> None:
    case = str(notes["case"])
    bureau.at("clerk")
    request = bureau.at(bureau.judge(case)).do("request.open", case=case, matter=matter).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    refused = bureau.refused(bureau.judge(case), "paper.print", request=request)
    assert refused.code == "paper.matter" and ("紧急拘留补办批准" in refused.text) is (matter == "detention")


def test_the_emergency_path_may_go_on_paper(bureau: Bureau, notes: Notes, scan: str) -> None:
    case = str(notes["case"])
    bureau.at("clerk")
    request = bureau.at(bureau.judge(case)).do("request.open", case=case, matter="detention", circumstances=["urgent_on_scene"]).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("paper.print", request=request)
    values = told(request, scan, matter="urgent_detention_ratify", amount=None, approvers=["president"], approved_on=bureau.day)
    bureau.at("clerk").do("request.paper_approval", **values)
    assert {row.kind for row in Decision.select().where(Decision.request == request)} == {"approve", "sign_issue"}, "院长 signs by the same hand"


def test_an_old_sheet_of_the_ladder_names_every_step(early: Bureau, scan: str) -> None:
    case = early.register("（2017）琼9027执1号")
    judge = early.judge(case)
    early.at(judge, date(2018, 3, 1))
    request = early.desk.do("request.open", case=case, matter="seize_property").ids("Request")[0]
    early.desk.do("request.submit", request=request)
    sheet = told(request, scan, code=None, amount=None, approvers=["president", judge, "director"], applied_on=date(2017, 7, 19), approved_on=date(2017, 7, 20))
    assert early.refused(judge, "request.paper_approval", **sheet).code in ("paper.own", "paper.self"), "not by the judge whose it is"
    for other, code in (
        ({"approved_on": date(2017, 8, 1)}, "paper.code"), ({"applied_on": date(2017, 7, 21)}, "paper.day"), ({"applied_on": date(2017, 6, 30)}, "paper.day"),
        ({"approvers": ["president", judge]}, "paper.steps"), ({"approvers": ["president", "judge-2", "vice"]}, "paper.approver"),
    ):
        assert early.refused("clerk", "request.paper_approval", **{**sheet, **other}).code == code, other
    early.at("clerk").do("request.paper_approval", **sheet)
    row = PaperApproval.get()
    assert [Person.get_by_id(one).account for one in row.approvers] == [judge, "director", "president"], "in the order of the steps"
    assert early.state(request) == "approved" and Decision.get(Decision.request == request).on == date(2017, 7, 20)
    early.at("president").do("paper.confirm", paper=row.id)


@pytest.mark.attack("8.6")
def test_alone_at_a_desk_it_waits_for_the_president(bureau: Bureau, branch: Callable[[Bureau], Bureau], release: str, scan: str) -> None:
    judge = bureau.judge(Request.get_by_id(release).case)
    away = bureau.at("president").session.day - timedelta(days=1)
    for post in Post.select().join(Person, on=(Post.person == Person.id)).where(Post.site == "HL", Person.account != judge):
        bureau.desk.do("post.end", post=post.id, ends_on=away, reason="调回院机关")
    other = branch(bureau)
    other.at(judge).do("paper.print", request=release)
    paper = other.desk.do("request.paper_approval", **told(release, scan)).ids("PaperApproval")[0]
    assert PaperApproval.get_by_id(paper).alone
    row = Request.get_by_id(release)
    require_proven(other.desk.session, Decision.get(Decision.request == release), row, Case.get_by_id(row.case))
    assert other.refused("director", "paper.confirm", paper=paper).code == "paper.not_yours", "his hand is on the sheet, and nobody saw it entered"
    bureau.at("president")
    assert send(other, bureau).breaches == {}
    look_at(bureau.desk)
    require_proven(bureau.desk.session, Decision.get(Decision.request == release), Request.get_by_id(release), Case.get_by_id(row.case))
    assert [one.id for one in bureau.desk.reads.inbox().to_confirm] == [release]
    bureau.desk.do("paper.confirm", paper=paper)
    assert PaperApproval.get_by_id(paper).state == "confirmed"
    assert bureau.desk.check().whole, [f.text for f in bureau.desk.check().faults]
    send(bureau, other)
    assert state_hash(stored_rows(bureau.desk.session.store)) == state_hash(stored_rows(other.desk.session.store))
