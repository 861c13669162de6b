"""Who decides, in what order, and what does not count (plan, article 6; T01–T05, T16)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from execdesk.records.approvals import Decision, Panel, Permit, Request
from execdesk.records.cases import Case
from execdesk.records.papers import Document
from tests.at_will import at_will
from tests.flow.bureau import DEBTOR, Bureau


def propose(bureau: Bureau, case: str, matter: str, **more: Any) -> str:
    """A matter without papers, put forward by the judge in charge."""
    desk = bureau.at(bureau.judge(case))
    request = desk.do("request.open", case=case, matter=matter, **more).ids("Request")[0]
    desk.do("request.submit", request=request)
    return request


def kinds(request: str) -> list[str]:
    return [d.kind for d in Decision.select().where(Decision.request == request).order_by(Decision.at, Decision.id)]


@pytest.fixture
def case(bureau: Bureau) -> str:
    return bureau.register()


@pytest.mark.parametrize(
    ("matter", "level", "right"),
    [
        ("extend_enforcement_period", "院长或院长授权的副院长", "president"), ("detention", "院长或院长授权的副院长", "president"),
        ("release_freeze", "执行局局长", "director"),
    ],
)
def test_a_judge_is_refused_above_his_level_with_the_clause(bureau: Bureau, case: str, matter: str, level: str, right: str) -> None:
    request = propose(bureau, case, matter)
    for account in (bureau.judge(case), "judge-3", "clerk", "deputy", "police", "admin"):
        refusal = bureau.refused(account, "request.approve", request=request)
        assert refusal.code.startswith("authority.") and level in refusal.text and refusal.clauses, account
    bureau.at(right).do("request.approve", request=request, opinion="同意")
    assert bureau.state(request) == "approved"


def test_the_director_does_not_approve_his_own_release(bureau: Bureau, case: str) -> None:
    bureau.at("admin").do("post.prepare", person="director", post="judge", starts_on=bureau.day, group="mountain")
    from execdesk.records.people import Post

    post = Post.select().where(Post.state == "prepared").get()
    bureau.at("president").do("post.countersign", posts=[post.id])
    bureau.at("director").do("case.assign", case=case, judge="director", reason="重大案件由局长承办")
    assert bureau.judge(case) == "director"
    desk = bureau.at("director")
    request = desk.do("request.open", case=case, matter="release_freeze").ids("Request")[0]
    desk.do("request.submit", request=request)
    refusal = bureau.refused("director", "request.approve", request=request)
    assert refusal.code == "authority.self" and "院长" in refusal.text
    bureau.at("president").do("request.approve", request=request)
    assert bureau.state(request) == "approved"


def test_the_director_does_not_hand_the_case_on_to_approve_what_he_put_forward(bureau: Bureau, case: str) -> None:
    """His clerk opens it, he submits it as the judge in charge, then gives the case away."""
    bureau.at("admin").do("post.prepare", person="director", post="judge", starts_on=bureau.day, group="mountain")
    from execdesk.records.people import Post

    bureau.at("president").do("post.countersign", posts=[Post.select().where(Post.state == "prepared").get().id])
    bureau.at("director").do("case.assign", case=case, judge="director", reason="重大案件由局长承办")
    request = bureau.at("clerk").do("request.open", case=case, matter="release_freeze").ids("Request")[0]
    bureau.at("director").do("request.submit", request=request)
    bureau.desk.do("case.assign", case=case, judge="judge-1", reason="改由法官承办")
    assert bureau.judge(case) == "judge-1"
    assert bureau.refused("director", "request.approve", request=request).code == "authority.self"
    bureau.at("president").do("request.approve", request=request)
    assert bureau.state(request) == "approved"


def test_a_delegate_within_his_letter_only(bureau: Bureau, case: str) -> None:
    named, reserved, outside = (propose(bureau, case, m) for m in ("extend_enforcement_period", "detention", "recusal_adjudicator"))
    assert bureau.refused("vice", "request.approve", request=reserved).code == "authority.delegation"
    assert "没有写明" in bureau.refused("vice", "request.approve", request=reserved).text
    assert bureau.refused("vice", "request.approve", request=outside).code == "authority.delegation"
    bureau.at("vice").do("request.approve", request=named)
    assert Decision.get(Decision.request == named).delegation is not None
    late = propose(bureau, case, "extend_enforcement_period")
    bureau.at("vice", date(2019, 1, 1))
    refusal = bureau.refused("vice", "request.approve", request=late)
    assert refusal.code == "authority.delegation" and "2018-12-31" in refusal.text


def test_a_revoked_letter_counts_no_more(bureau: Bureau, case: str) -> None:
    from execdesk.records.people import Delegation

    request = propose(bureau, case, "extend_enforcement_period")
    bureau.at("president").do("delegation.revoke", delegation=Delegation.get().id, revoked_on=bureau.day, reason="收回")
    assert "撤销" in bureau.refused("vice", "request.approve", request=request).text


def test_an_unlisted_matter_is_a_declared_conflict_for_the_director(bureau: Bureau, case: str) -> None:
    request = propose(bureau, case, "向某单位发函了解情况")
    assert bureau.refused(bureau.judge(case), "request.approve", request=request).code == "authority.level"
    bureau.at("director").do("request.approve", request=request)
    assert Decision.get(Decision.request == request).conflict


def test_dishonest_list_needs_the_judge_and_then_the_president(bureau: Bureau, case: str) -> None:
    request = propose(bureau, case, "list_dishonest", party=DEBTOR)
    bureau.at(bureau.judge(case)).do("request.approve", request=request)
    assert kinds(request) == ["approve"]
    assert bureau.refused(bureau.judge(case), "request.sign", request=request).code.startswith("authority.")
    assert bureau.refused("vice", "request.sign", request=request).code == "authority.delegation"
    bureau.at("president").do("request.sign", request=request)
    assert kinds(request) == ["approve", "sign_issue"]
    assert bureau.refused("president", "request.sign", request=request).code == "request.state"


def test_flagging_and_unflagging_a_special_subject_reopens(bureau: Bureau, case: str) -> None:
    request = propose(bureau, case, "list_dishonest", party=DEBTOR)
    bureau.at(bureau.judge(case)).do("request.approve", request=request)
    bureau.desk.do("party.special", case=case, party=DEBTOR, kinds=["人大代表"], source="代表证")
    assert bureau.state(request) == "lapsed" and "特殊主体" in Request.get_by_id(request).note
    bureau.desk.do("request.submit", request=request)
    assert bureau.refused(bureau.judge(case), "request.approve", request=request).code == "authority.level"
    bureau.at("director").do("request.approve", request=request)
    bureau.at(bureau.judge(case)).do("party.special", case=case, party=DEBTOR, kinds=[], source="任期届满")
    assert bureau.state(request) == "lapsed"
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    assert bureau.state(request) == "approved"


def test_another_debtors_flag_leaves_the_request_alone(bureau: Bureau) -> None:
    case = bureau.register(debtors=[{"name": DEBTOR, "address": "九所镇某村", "born_on": date(1988, 8, 8)}, {"name": "陈例二", "address": "九所镇某村"}])
    request = propose(bureau, case, "list_dishonest", party=DEBTOR)
    bureau.desk.do("party.special", case=case, party="陈例二", kinds=["人大代表"], source="代表证")
    assert bureau.state(request) == "submitted"
    bureau.desk.do("request.approve", request=request)


def test_comment_stops_comment_and_do_not_approve(bureau: Bureau, case: str) -> None:
    request = propose(bureau, case, "extend_enforcement_period")
    bureau.at("director").do("request.comment", request=request, opinion="拟同意")
    assert bureau.state(request) == "submitted" and kinds(request) == ["comment"]
    assert bureau.refused("director", "request.approve", request=request).code == "authority.level"
    assert bureau.refused("clerk", "request.comment", request=request, opinion="同意").code == "authority.comment"
    bureau.at("president").do("request.approve", request=request)


def test_return_withdraw_void_and_what_was_said_before_counts_no_more(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    request = propose(bureau, case, "list_dishonest", party=DEBTOR)
    bureau.desk.do("request.approve", request=request)
    bureau.at("president").do("request.sign", request=request)
    bureau.at("president").do("request.return", request=request, opinion="事实不清")
    assert bureau.state(request) == "lapsed"
    bureau.at(judge).do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    from execdesk.approval.requests import live_decisions

    assert [d.kind for d in live_decisions(Request.get_by_id(request))] == ["approve"], "the earlier signature is of an earlier round"
    bureau.desk.do("request.withdraw", request=request, reason="补充材料")
    bureau.desk.do("request.submit", request=request)
    assert bureau.refused("clerk", "request.void", request=request, reason="误报").code == "request.not_mine"
    bureau.at(judge).do("request.void", request=request, reason="误报")
    assert bureau.refused(judge, "request.submit", request=request).code == "request.state"
    assert bureau.refused(judge, "request.approve", request=request).code == "request.state"


def test_a_higher_level_decides_only_what_the_judge_referred(bureau: Bureau, case: str) -> None:
    request = bureau.freeze(case).ids("Request")[0]
    bureau.notice(case)
    bureau.at(bureau.judge(case)).do("request.submit", request=request)
    assert bureau.refused("president", "request.approve", request=request).code == "authority.upward"
    bureau.at(bureau.judge(case)).do("request.refer", request=request, opinion="案情重大")
    bureau.at("director").do("request.approve", request=request)
    assert bureau.refused("clerk", "request.open", case=case, matter="seize_property", upward=True).code == "authority.refer"


def test_a_stale_screen_does_not_approve(bureau: Bureau, case: str) -> None:
    request = propose(bureau, case, "extend_enforcement_period")
    seen = Request.get_by_id(request).version
    bureau.at(bureau.judge(case)).do("request.refer", request=request, opinion="请尽快")
    assert bureau.refused("president", "request.approve", request=request, seen_version=seen).code == "store.stale"


def test_the_panel_gate(bureau: Bureau, case: str) -> None:
    matter = next(m.id for m in bureau.services.authority.choosable() if m.panel == "required" and m.level == "judge")
    judge = bureau.judge(case)
    request = propose(bureau, case, matter)
    assert bureau.refused(judge, "request.approve", request=request).code == "request.panel"
    assert bureau.refused("judge-3", "panel.ask", request=request, reason="重大").code == "request.not_mine"
    bureau.at(judge).do("panel.ask", request=request, reason="重大事项")
    assert bureau.refused(judge, "panel.designate", request=request, presiding="judge-1", members=["judge-2", "judge-3"]).code == "access.duty"
    for members in ([], ["judge-2"], ["judge-2", "judge-2"], ["judge-2", "judge-1"], ["judge-2", "clerk"]):
        assert bureau.refused("director", "panel.designate", request=request, presiding="judge-1", members=members).code.startswith("panel.")
    bureau.at("director").do("panel.designate", request=request, presiding="judge-1", members=["judge-2", "judge-3"])
    assert bureau.refused(judge, "request.approve", request=request).code == "request.panel"
    votes: list[dict[str, str]] = [{"member": name, "vote": "agree", "opinion": "同意"} for name in ("judge-1", "judge-2")]
    assert bureau.refused("clerk", "panel.conclude", request=request, minutes=votes, outcome="同意").code == "panel.minutes"
    for odd, why in (({"member": "judge-3", "vote": "maybe"}, "field.value"), (votes[0], "panel.minutes"), ({"member": "judge-3"}, "field.missing")):
        assert bureau.refused("clerk", "panel.conclude", request=request, minutes=[*votes, odd], outcome="同意").code == why
    votes.append({"member": "judge-3", "vote": "dissent", "opinion": "起拍价偏低"})
    assert bureau.refused("officer", "panel.conclude", request=request, minutes=votes, outcome="同意").code == "access.duty"
    bureau.at("clerk").do("panel.conclude", request=request, minutes=votes, outcome="多数同意")
    assert len(Panel.get().minutes) == 3
    bureau.at(judge).do("request.approve", request=request)


def test_detaining_a_deputy_waits_for_the_permit(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    bureau.at(judge).do("party.special", case=case, party=DEBTOR, kinds=["人大代表"], source="代表证")
    request = propose(bureau, case, "detention", party=DEBTOR)
    permit = Permit.get()
    assert permit.granted_on is None and "许可" in permit.text
    bureau.at(judge).do("request.withdraw", request=request, reason="补正")
    bureau.desk.do("request.submit", request=request)
    assert Permit.select().count() == 1, "the same permit is asked for once"
    assert bureau.refused("judge-3", "permit.record", request=request, text="县人大常委会许可").code == "request.not_mine"
    bureau.at(judge).do("permit.record", request=request, text="县人大常委会〔2018〕1号许可决定")
    permit = Permit.get()
    assert permit.granted_on == bureau.day and "〔2018〕1号" in permit.text
    assert bureau.refused(judge, "permit.record", request=request, text="再来一份").code == "permit.none"


def test_the_table_in_force_on_the_day_of_decision(early: Bureau) -> None:
    case = early.register("（2017）琼9027执1号")
    judge = early.judge(case)
    early.at(judge, date(2017, 7, 31))
    request = early.desk.do("request.open", case=case, matter="seize_property").ids("Request")[0]
    other = early.desk.do("request.open", case=case, matter="seize_property").ids("Request")[0]
    early.desk.do("request.submit", request=request)
    early.desk.do("request.submit", request=other)
    early.desk.do("request.approve", request=other)
    assert early.state(other) == "submitted", "the first step of three"
    assert early.refused(judge, "request.approve", request=other).code.startswith("authority."), "the second is the director's"
    assert early.refused("president", "request.approve", request=other).code.startswith("authority.")
    early.at("director").do("request.approve", request=other)
    early.at("president").do("request.approve", request=other)
    assert early.state(other) == "approved" and kinds(other) == ["approve"] * 3
    early.at(judge, date(2017, 8, 1)).do("request.approve", request=request)
    assert early.state(request) == "approved" and kinds(request) == ["approve"], "decided under the plan, though submitted before it"


def test_review_office_and_closed_cases_take_no_request(bureau: Bureau) -> None:
    other = bureau.register("（2018）琼9027执异1号")
    assert bureau.refused("clerk", "request.open", case=other, matter="seize_property").code == "case.review_office"
    assert bureau.refused("judge-1", "measure.propose", case=other, party=DEBTOR, kind="bank_deposit", amount=1).code == "case.review_office"
    case = bureau.register()
    request = propose(bureau, case, "extend_enforcement_period")
    with at_will(bureau.desk.session, "case.close", case=case) as act:
        act.change(act.get(Case, case), state="closed", closed_on=bureau.day)
    assert bureau.refused("president", "request.approve", request=request).code == "case.closed"


def test_a_document_goes_only_with_a_matter_it_serves(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    desk = bureau.at(judge)
    request = desk.do("request.open", case=case, matter="freeze_deposit").ids("Request")[0]
    desk.do("document.draft", case=case, type="decision_detention", request=request, inputs={
        "days": 15, "ground": "refuse", "found_facts": "有能力而拒不履行", "reasoning": "构成妨害执行", "sanction_number": "（2018）琼9027司惩1号",
    })
    assert bureau.refused(judge, "request.submit", request=request).code == "document.matter"
    assert Document.get().state == "draft"


def test_a_draft_goes_with_a_request_of_its_own_case_only(bureau: Bureau, case: str) -> None:
    other = bureau.register("（2018）琼9027执2号")
    request = bureau.at(bureau.judge(case)).do("request.open", case=case, matter="freeze_deposit").ids("Request")[0]
    assert bureau.refused(bureau.judge(other), "document.draft", case=other, type="ruling_freeze", request=request).code == "document.case"


def test_a_judge_does_not_turn_his_freeze_into_a_release(bureau: Bureau, case: str) -> None:
    bureau.freeze(case)
    notice = Document.get(Document.type_id == "notice_assist_deposit")
    for inputs in ({"action": "解除冻结"}, {"amount_fen": 1}, {"fixed_end": "2030-01-01"}):
        assert bureau.refused(bureau.judge(case), "document.fill", document=notice.id, inputs=inputs).code == "document.input"


def test_a_matter_is_put_forward_by_its_everyday_name_and_with_what_applies_to_it(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    request = bureau.at(judge).do("request.open", case=case, matter="终本").ids("Request")[0]
    assert Request.get_by_id(request).matter == "terminate_this_round"
    assert bureau.refused(judge, "request.open", case=case, matter="罚款", circumstances=["抵债"]).code == "authority.inapplicable"
    assert bureau.refused(judge, "request.open", case=case, matter="冻结").code == "authority.several"
    assert bureau.refused(judge, "request.open", case=case, matter="执行局局长兜底").code == "authority.catch_all"
