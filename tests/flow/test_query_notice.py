"""A bank is asked what a debtor has with it: drafted like any paper, approved by the judge, issued, served with its slip."""

from __future__ import annotations

import pytest

from execdesk.issue.printing import copy_for
from execdesk.records.cases import Case
from execdesk.records.papers import Document
from tests.flow.bureau import BANK, DEBTOR, Bureau

pytestmark = pytest.mark.parametrize("world", ["registered"])


def test_a_bank_is_asked_for_what_a_debtor_has(bureau: Bureau) -> None:
    bureau.at("clerk")
    case = Case.get().id
    judge = bureau.judge(case)
    desk = bureau.at(judge)
    asked = {"type": "notice_assist_query", "matter": "query_property", "party": DEBTOR, "addressee": BANK}
    changes = desk.do("document.propose", case=case, **asked)
    paper = changes.ids("Document")[0]
    assert bureau.refused(judge, "request.submit", request=changes.ids("Request")[0]).code == "document.incomplete"  # what is asked for
    desk.do("document.fill", document=paper, inputs={"targets": "银行账户、存款"})
    assert bureau.through(changes) == [paper]
    issued = Document.get_by_id(paper)
    assert (issued.state, issued.addressee) == ("issued", BANK) and issued.number
    text = "".join(desk.session.pdf.text(copy_for(desk.session, paper).pdf).split())
    assert f"请协助查询被执行人{DEBTOR}（证件号：469027198808080008）的银行账户、存款情况。" in text and "协助查询通知书（回执）" in text
    bureau.at("clerk").do("service.record", document=paper, recipient=BANK, method="direct", served_on=bureau.day)
    assert not any(step.action == "service.record" and step.target == paper for step in desk.reads.case_and_steps(case)[1])
