"""A paper of each form that is no ruling, order or notice, from the draft to the page: 公告, 红头信函, 传票, 清单, 标签."""

from __future__ import annotations

import pytest

from execdesk.issue.printing import copy_for
from execdesk.records.cases import Party
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.test_property import CAR, proposed, served
from tests.world import Notes

PLATE = "琼D·A1234"  # as papers write it

pytestmark = pytest.mark.parametrize("world", ["noticed"])


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    """A case with its execution notice issued."""
    bureau.at("clerk")
    return str(notes["case"])


def words(bureau: Bureau, paper: str) -> str:
    """The words of an issued paper, without blanks."""
    session = bureau.desk.session
    return "".join(session.pdf.text(copy_for(session, paper).pdf).split())


def form(bureau: Bureau, case: str, type_id: str) -> str:
    """The words of a form printed for a case, without blanks."""
    bureau.desk.do("form.print", case=case, type=type_id)
    return "".join(bureau.desk.session.pdf.text(bureau.desk.reads.form_pages(case=case, type=type_id)).split())


def test_a_summons_is_issued_without_a_number_in_two_parts(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    changes = bureau.at(judge).do("document.propose", case=case, type="summons", matter="issue_summons", party=DEBTOR)
    paper = changes.ids("Document")[0]
    assert bureau.refused(judge, "request.submit", request=changes.ids("Request")[0]).code == "document.incomplete"
    bureau.desk.do(
        "document.fill", document=paper,
        inputs={"purpose": "接受询问、报告财产", "appear_on": bureau.day.replace(month=bureau.day.month + 1).isoformat(), "appear_time": "9时30分", "appear_at": "本院执行局谈话室"},
    )
    assert bureau.through(changes) == [paper]
    issued = Document.get_by_id(paper)
    assert (issued.state, issued.number) == ("issued", None)
    told = words(bureau, paper)
    assert told.count("传票") >= 2 and "（存根）" in told and "本联送达被传唤人" in told and told.count(f"被传唤人{DEBTOR}") == 2


def test_a_judicial_advice_bears_the_red_head_and_a_number_of_the_year(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    changes = bureau.at(judge).do("document.propose", case=case, type="letter_judicial_advice", matter="judicial_advice", addressee="海南某某建设工程有限公司")
    paper, request = changes.ids("Document")[0], changes.ids("Request")[0]
    bureau.desk.do("document.fill", document=paper, inputs={
        "problem": "你单位未按协助执行通知书的要求停止支付被执行人的工程款", "advice": [{"text": "指定专人办理协助执行事项"}, {"text": "支付工程款以前核对有无协助执行通知书"}],
        "copied": "乐东黎族自治县住房和城乡建设局",
    })
    bureau.desk.do("request.submit", request=request)
    assert bureau.refused(judge, "request.approve", request=request, opinion="同意").code
    bureau.at("director").do("request.approve", request=request, opinion="同意")
    bureau.issue_all(request, judge)
    issued = Document.get_by_id(paper)
    assert (issued.state, issued.number) == ("issued", f"乐法建〔{bureau.day.year}〕1号")
    told = words(bureau, paper)
    assert f"{bureau.day.year}年{bureau.day.month}月{bureau.day.day}日" in told and "抄送：乐东黎族自治县住房和城乡建设局。" in told
    assert "一、指定专人办理协助执行事项。二、支付工程款以前核对有无协助执行通知书。" in told


def test_a_seizure_is_made_public_once_it_is_in_effect(bureau: Bureau, case: str) -> None:
    measure = Measure.get_by_id(served(bureau, proposed(bureau, case, "vehicle", CAR)))
    judge = bureau.judge(case)
    changes = bureau.at(judge).do("document.propose", case=case, type="ann_seizure", matter="seize_property", measure=measure.id)
    [paper] = bureau.through(changes)
    issued = Document.get_by_id(paper)
    assert issued.state == "issued" and issued.series == "announcement"
    told = words(bureau, paper)
    day = measure.effective_on
    assert f"于{day.year}年{day.month}月{day.day}日查封了被执行人{DEBTOR}名下车牌号为{PLATE}的" in told and "特此公告。" in told


def test_a_list_holds_what_is_seized_and_rows_to_write_in(bureau: Bureau, case: str) -> None:
    judge = bureau.judge(case)
    bureau.at(judge)
    assert "执行人员：" in (bare := form(bureau, case, "list_seized")) and PLATE not in bare
    served(bureau, proposed(bureau, case, "vehicle", CAR))
    bureau.at(judge)
    full = form(bureau, case, "list_seized")
    assert f"{DEBTOR}名下车牌号为{PLATE}的" in full and "查封" in full


def test_a_label_for_every_party(bureau: Bureau, case: str) -> None:
    bureau.at("clerk")
    told = form(bureau, case, "label_service")
    for party in Party.select().where(Party.case == case):
        assert f"{party.name}收" in told and "".join((party.address or "").split()) in told
