"""What was approved is what is issued: a changed fact, name or citation lapses the approval and is named; a day or a number alone does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from execdesk.drafting.assembly import assembly_of, checks_on
from execdesk.records.approvals import Request
from execdesk.records.journal import Line
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, TakenNumber
from tests.at_will import SetRight
from tests.flow.bureau import DEBTOR, Bureau
from tests.world import Notes


def approved_freeze(bureau: Bureau, case: str) -> tuple[str, list[Document]]:
    changes = bureau.freeze(case)
    request = changes.ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    return request, bureau.papers(request)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> str:
    return "noticed" if "case" in request.fixturenames else "demo"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    """A case with its execution notice issued."""
    bureau.at("clerk")
    return str(notes["case"])


CHANGES: list[tuple[str, str, dict[str, Any], str]] = [
    ("name", "party.change", {"party": DEBTOR, "values": {"name": "林例乙"}, "reason": "更正"}, "林例乙"),
    ("address", "party.change", {"party": DEBTOR, "values": {"address": "海南省乐东黎族自治县佛罗镇某村"}, "reason": "更正"}, "佛罗镇"),
    ("obligation", "case.obligation", {"obligation": "立即交还房屋"}, "立即交还房屋"),
    ("recovered", "case.opening_recovered", {"amount": 100, "source": "自动履行"}, "未全部履行"),
]


@pytest.mark.parametrize(("what", "action", "values", "named"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_changed_fact_lapses_the_approval_and_is_named(
    bureau: Bureau, case: str, what: str, action: str, values: dict[str, Any], named: str
) -> None:
    request, papers = approved_freeze(bureau, case)
    judge = bureau.account
    bureau.at("clerk").do(action, case=case, **values)
    refusal = bureau.refused(judge, "document.issue", document=papers[0].id)
    assert refusal.code == "approval.lapsed" and named in refusal.text, refusal.text
    row = Request.get_by_id(request)
    assert row.state == "lapsed" and named in (row.note or "")
    assert {d.state for d in bureau.papers(request)} == {"draft"}
    assert Line.select().where(Line.act == "request.lapse").count() == 1
    assert TakenNumber.select().where(TakenNumber.document == papers[0].id).count() == 0
    bureau.at(judge).do("request.submit", request=request)
    assert bureau.refused(judge, "document.issue", document=papers[0].id).code == "document.not_approved"
    bureau.desk.do("request.approve", request=request)
    bureau.desk.do("document.issue", document=papers[0].id)


def test_a_changed_amount_lapses_the_approval(bureau: Bureau, case: str, set_right: SetRight) -> None:
    _, papers = approved_freeze(bureau, case)
    judge, desk = bureau.account, bureau.desk
    set_right(desk.session, Measure, str(papers[0].measure), amount_fen=4999999)
    refusal = bureau.refused(judge, "document.issue", document=papers[0].id)
    assert refusal.code == "approval.lapsed" and "由「50123.45」变为「49999.99」" in refusal.text


def test_another_judge_lapses_the_approval(bureau: Bureau, case: str) -> None:
    _, papers = approved_freeze(bureau, case)
    other = "judge-2" if bureau.judge(case) == "judge-1" else "judge-1"
    bureau.at("director", date(2018, 1, 3)).do("case.assign", case=case, judge=other, reason="原承办法官调离")
    refusal = bureau.refused(other, "document.issue", document=papers[0].id)
    assert refusal.code == "approval.lapsed" and "署名由「法官" in refusal.text


def test_neither_a_later_day_nor_a_number_taken_meanwhile_lapses_it(bureau: Bureau, case: str) -> None:
    _, first = approved_freeze(bureau, case)
    _, second = approved_freeze(bureau, case)
    judge = bureau.account
    bureau.at(judge, date(2018, 2, 27)).do("document.issue", document=second[0].id)
    bureau.desk.do("document.issue", document=first[0].id)
    rows = [Document.get_by_id(d.id) for d in (second[0], first[0])]
    assert [r.number for r in rows] == ["（2018）琼9027执1号", "（2018）琼9027执1号之一"]
    assert {r.signed_on for r in rows} == {date(2018, 2, 27)}
    assert Measure.get_by_id(rows[0].measure).end_printed == date(2019, 2, 26)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        (date(2021, 12, 31), date(2022, 1, 1), "第二百四十二条", "第二百四十九条"),
        (date(2022, 4, 9), date(2022, 4, 10), "第四百八十七条", "第四百八十五条"),
    ],
)
def test_redated_across_a_change_of_law_the_citation_is_named(bureau: Bureau, before: date, after: date, old: str, new: str) -> None:
    bureau.at("clerk", before)
    case = bureau.register(f"（{before.year}）琼9027执1号")
    bureau.notice(case)
    request, papers = approved_freeze(bureau, case)
    judge = bureau.account
    bureau.at(judge, after)
    refusal = bureau.refused(judge, "document.issue", document=papers[0].id)
    assert refusal.code == "approval.lapsed" and old in refusal.text and new in refusal.text, refusal.text
    asked = [c for c in checks_on(bureau.desk.session, assembly_of(bureau.desk.session, Document.get_by_id(papers[0].id), after)) if old in c.sentence and new in c.sentence]
    assert asked, "the draft shows the changed articles before it is submitted again"
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    bureau.desk.do("document.issue", document=papers[0].id)
