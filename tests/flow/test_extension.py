"""More time for a case: 院长 signs, the closing term ends later wherever it shows; void, it ends as before."""

from __future__ import annotations

from datetime import date

import pytest

from execdesk.issue.printing import copy_for
from execdesk.reads.casewhere import ListFilter
from execdesk.records.board import NEVER, BoardWaiting
from execdesk.records.cases import Case
from execdesk.records.course import Extension
from execdesk.records.papers import Document
from tests.flow.bureau import Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])
BEFORE, AFTER, ASKED = date(2018, 7, 2), date(2018, 10, 2), date(2018, 6, 29)


def due(bureau: Bureau) -> set[date | None]:
    """The nearest day of the case as the list and its page tell it, and the nearest days of the week's list."""
    reads = bureau.desk.reads
    (row,) = reads.cases(ListFilter("open"))
    return {row.due_on, reads.case(row.number).case.due_on}


def test_a_signed_decision_puts_off_the_end_of_the_term(bureau: Bureau) -> None:
    desk = bureau.at("clerk")
    case = Case.get()
    judge = bureau.judge(case.id)
    desk = bureau.at(judge, ASKED)
    assert due(bureau) == {BEFORE} and len(desk.reads.cases(ListFilter("soon"))) == 1
    changes = desk.do("document.propose", case=case.id, type="decision_extend", matter="extend_enforcement_period")
    paper, request = changes.ids("Document")[0], changes.ids("Request")[0]
    desk.do("document.fill", document=paper, inputs={"special": "查封的房屋正在评估，尚待拍卖"})
    desk.do("request.submit", request=request)
    assert bureau.refused(judge, "request.approve", request=request, opinion="同意").code == "authority.level"
    bureau.at("president").do("request.approve", request=request, opinion="同意")
    assert due(bureau) == {BEFORE}, "an approval is no decision"
    bureau.issue_all(request, "president")
    text = "".join(desk.session.pdf.text(copy_for(desk.session, paper).pdf).split())
    assert "执行期限至2018年7月2日届满" in text and "延长执行期限三个月，至2018年10月2日止。" in text
    (row,) = Extension.select()
    assert (row.case, row.document, row.months, row.decided_on) == (case.id, paper, 3, ASKED)
    desk = bureau.at("clerk")
    assert due(bureau) == {AFTER} and not desk.reads.cases(ListFilter("soon"))
    assert Document.get_by_id(paper).state == "issued"
    assert not any(step.target == paper for step in desk.reads.case_and_steps(case.id)[1]), "it stays in the file and is served on nobody"
    assert not BoardWaiting.select().where(BoardWaiting.row == paper, BoardWaiting.until == NEVER).exists()


def test_a_decision_declared_void_gives_no_time(bureau: Bureau) -> None:
    desk = bureau.at("clerk")
    case = Case.get()
    desk = bureau.at(bureau.judge(case.id), ASKED)
    changes = desk.do("document.propose", case=case.id, type="decision_extend", matter="extend_enforcement_period")
    paper, request = changes.ids("Document")[0], changes.ids("Request")[0]
    desk.do("document.fill", document=paper, inputs={"special": "查封的房屋正在评估，尚待拍卖"})
    desk.do("request.submit", request=request)
    bureau.at("president").do("request.approve", request=request, opinion="同意")
    bureau.issue_all(request, "president")
    assert due(bureau) == {AFTER}
    bureau.at("president").do("document.void", document=paper, reason="理由有误")
    assert due(bureau) == {BEFORE} and Extension.get().struck


def test_more_time_is_applied_for_in_the_last_days_of_the_term_and_a_further_decision_says_so(bureau: Bureau) -> None:
    bureau.at("clerk")
    case = Case.get()
    judge = bureau.judge(case.id)
    for early, asked, told in ((date(2018, 6, 26), ASKED, False), (date(2018, 9, 26), date(2018, 10, 1), True)):
        desk = bureau.at(judge, early)
        changes = desk.do("document.propose", case=case.id, type="decision_extend", matter="extend_enforcement_period")
        paper, request = changes.ids("Document")[0], changes.ids("Request")[0]
        desk.do("document.fill", document=paper, inputs={"special": "房屋正在评估"})
        assert "应在" in bureau.refused(judge, "request.submit", request=request).text
        bureau.at(judge, asked).do("request.submit", request=request)
        bureau.at("president").do("request.approve", request=request, opinion="同意")
        bureau.issue_all(request, "president")
        text = "".join(desk.session.pdf.text(copy_for(desk.session, paper).pdf).split())
        assert ("此前已延长一次" in text) is told


def test_a_term_that_has_ended_is_not_extended(bureau: Bureau) -> None:
    bureau.at("clerk")
    case = Case.get()
    judge = bureau.judge(case.id)
    desk = bureau.at(judge, date(2018, 7, 3))
    changes = desk.do("document.propose", case=case.id, type="decision_extend", matter="extend_enforcement_period")
    desk.do("document.fill", document=changes.ids("Document")[0], inputs={"special": "房屋正在评估"})
    assert "期限届满后不能办理" in bureau.refused(judge, "request.submit", request=changes.ids("Request")[0]).text
