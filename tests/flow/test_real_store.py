"""One issue in a real store: the plan's office-holders, real passwords, a root apart; the type is adopted by the court first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.access.founding import NewPerson, Wanted
from execdesk.access.setup import set_up
from execdesk.desk import AppServices
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import verdict_of, verdict_on
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import PaperApproval
from execdesk.records.court import Adoption
from execdesk.records.papers import Document
from execdesk.records.people import Person, Post
from execdesk.store.clock import SystemClock
from tests.court_store import SAYS
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.test_paper_approval import PDF
from tests.world import CHEAP, Shelf, recipe

PASSWORD = "椰林 小镇 渔港 晨光 2018"


@recipe("real today")
def real_today(_shelf: Shelf, folder: Path) -> dict[str, Any]:
    """The bureau with its office-holders' names, by the machine's own clock."""
    services = main.build()
    holders = {h.post: h.name for h in services.organisation.holders}
    people = [
        NewPerson(holders["president"], "president", PASSWORD, posts=("president",)),
        NewPerson(holders["director"], "director", PASSWORD, posts=("director",), group="mountain"),
        NewPerson("法官一", "judge-1", PASSWORD, posts=("judge",), group="coastal"),
        NewPerson("书记员甲", "clerk", PASSWORD, posts=("clerk",), group="coastal"),
        NewPerson("印章员一", "seal", PASSWORD, posts=("seal_keeper",)),
        NewPerson("管理员一", "admin", PASSWORD, staffing="public_service", posts=("admin",)),
    ]
    wanted = Wanted(
        replace(services.organisation, court=replace(services.organisation.court, **SAYS)), people, root_to=folder.with_name("院长的盘") / "root.json", passphrase="山海之间 有座小城 灯火", cost=CHEAP
    )
    folder.with_name("院长的盘").mkdir()
    set_up(folder, wanted, SystemClock())
    return {}


@pytest.fixture
def real(services: AppServices, worlds: Shelf, tmp_path: Path) -> Iterator[Bureau]:
    found = Bureau(services, worlds.get("real today").copy(tmp_path / "real"), SystemClock().day_of(SystemClock().now()), PASSWORD, clock=lambda day: SystemClock())
    yield found
    found.close()


def adopt(bureau: Bureau, type_id: str) -> None:
    bureau.at("admin").do("adoption.prepare", document_types=[type_id])
    row = Adoption.get(Adoption.type_id == type_id)
    assert bureau.refused("admin", "adoption.approve", adoptions=[row.id]).code == "access.duty"
    bureau.at("director").do("adoption.approve", adoptions=[row.id])


def test_one_issue_after_adoption(real: Bureau) -> None:
    case = real.register(f"（{real.day.year}）琼9027执1号")
    judge = real.judge(case)
    request = real.at(judge).do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    assert real.refused(judge, "request.submit", request=request).code == "document.not_adopted"
    adopt(real, "notice_execution")
    real.at(judge).do("request.submit", request=request)
    real.desk.do("request.approve", request=request)
    paper = real.issue_all(request, judge)[0]
    adopt(real, "ruling_freeze")
    adopt(real, "notice_assist_deposit")
    real.frozen(case)
    session = real.desk.session
    for row in (Document.get_by_id(paper), Document.get(Document.type_id == "ruling_freeze")):
        text = session.pdf.text(pages_of(row))
        assert "样本" not in text and "（样）" not in text and "法官一" in text
        assert verdict_on(session, row.id).valid
    assert not (real.folder / "root.json").exists()
    verdict = real.desk.check()
    assert verdict.whole, [f.text for f in verdict.faults]


def test_the_president_of_the_plan_signs_here(real: Bureau) -> None:
    for type_id in ("notice_execution", "order_consumption"):
        adopt(real, type_id)
    case = real.register(f"（{real.day.year}）琼9027执1号")
    real.notified(case)
    request = real.at(real.judge(case)).do("order.consumption", case=case, party=DEBTOR).ids("Request")[0]
    real.desk.do("request.submit", request=request)
    real.at("president").do("request.approve", request=request)
    paper = real.issue_all(request, "president")[0]
    assert "马雪涛" in real.desk.session.pdf.text(pages_of(Document.get_by_id(paper)))


@pytest.mark.attack("8.6")
def test_the_ladder_is_history_here_and_counts_only_of_who_held_the_post_then(real: Bureau, tmp_path: Path) -> None:
    scan = tmp_path / "呈批表.pdf"
    scan.write_bytes(PDF)
    case = real.register("（2017）琼9027执1号", filed_on=date(2017, 7, 3))
    judge = real.judge(case)
    request = real.at(judge).do("request.open", case=case, matter="seize_property").ids("Request")[0]
    real.desk.do("request.submit", request=request)
    sheet: dict[str, Any] = {
        "party": DEBTOR, "matter": "seize_property", "code": None, "amount": None, "approvers": [judge, "director", "president"],
        "applied_on": date(2017, 7, 19), "scan": str(scan),
    }
    assert real.refused("clerk", "request.paper_approval", request=request, approved_on=date(2017, 8, 1), **sheet).code == "paper.code"
    late = real.refused("clerk", "request.paper_approval", request=request, approved_on=date(2017, 7, 20), **sheet)
    assert late.code == "paper.approver" and "才生效" in late.text, "nobody's post of that time is recorded here"
    assert real.state(request) == "submitted"
    assert [way.action for way in late.ways] == ["post.prepare"] and "补记" in late.text
    terms_of_then(real, judge)
    real.at("clerk").do("request.paper_approval", request=request, approved_on=date(2017, 7, 20), **sheet)
    assert real.state(request) == "approved"
    real.at("president").do("paper.confirm", paper=PaperApproval.get().id)
    told = " ".join(real.desk.notices)
    assert "补记的以前任职" in told and "由前任" not in told, "a term of 院长 or 局长 is told to everyone who approves"
    verdict = real.desk.check()
    assert verdict.whole, [f.text for f in verdict.faults]


def terms_of_then(real: Bureau, judge: str) -> None:
    """The administrator enters from the files who held which post in 2017; 院长 or 局长 countersigns, nobody his own."""
    for account, post in (("president", "president"), ("director", "director"), (judge, "judge")):
        real.at("admin").do("post.prepare", person=account, post=post, starts_on=date(2015, 3, 1), ends_on=real.day - timedelta(days=1), note="某人大任〔2015〕3号")
    rows = {Person.get_by_id(row.person).account: row.id for row in Post.select().where(Post.state == "prepared")}
    assert real.refused("president", "post.countersign", posts=[rows["president"]]).code == "access.oneself"
    assert real.refused("director", "post.countersign", posts=[rows["director"]]).code == "access.oneself"
    assert real.refused("admin", "post.countersign", posts=[rows["president"]]).code == "access.duty"
    consents = {one.key: one for one in real.at("president").reads.inbox().consents}
    real.desk.do("post.countersign", posts=[rows["director"], rows[judge]])
    assert set(consents["posts"].values["posts"]) == {rows["director"], rows[judge]}, "listed to him, his own not"
    real.at("director").do("post.countersign", posts=[rows["president"]])


@pytest.mark.attack("8.7")
@pytest.mark.parametrize("ends", [0, None])
def test_a_term_that_is_not_over_is_no_term_of_then(real: Bureau, ends: int | None) -> None:
    """Who is 院长 or 局长 today is not told by a term that runs on: that needs the former one, or the root."""
    last = None if ends is None else real.day
    post = real.at("admin").do("post.prepare", person="judge-1", post="president", starts_on=date(2015, 3, 1), ends_on=last).ids("Post")[0]
    assert real.refused("director", "post.countersign", posts=[post]).code == "post.succession"


def test_a_demonstration_paper_is_nothing_here(real: Bureau, bureau: Bureau) -> None:
    case = bureau.register()
    paper = bureau.notice(case)
    pdf = pages_of(Document.get_by_id(paper))
    assert verdict_on(bureau.desk.session, paper).valid
    bureau.close()
    verdict = verdict_of(real.at("clerk").session, pdf)
    assert not verdict.valid and "来源不可信" in verdict.text


def test_the_day_of_a_real_store_is_the_machines(real: Bureau) -> None:
    desk = real.at("clerk")
    assert desk.day == SystemClock().day_of(SystemClock().now())
    with pytest.raises(Refusal):
        desk.do("case.register", number=f"（{real.day.year}）琼9027执1号", cause="x", filed_on=real.day + timedelta(days=1), applicants=["甲某"], debtors=["乙某"])
