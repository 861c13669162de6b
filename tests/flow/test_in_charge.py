"""Who is in charge of a case works in it; another judge or officer is told whose it is and how he comes to be lent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from execdesk.approval.offering import next_steps
from execdesk.casefile.charge import in_charge
from execdesk.casefile.view import CaseView
from execdesk.records.approvals import Request
from execdesk.records.cases import Case
from execdesk.records.teams import Team
from tests.flow.bureau import ACCOUNT, BANK, DEBTOR, FULL, Bureau
from tests.flow.test_property import CAR
from tests.world import Notes

DEPOSIT = {"kind": "bank_deposit", "identifiers": {"bank": BANK, "account_no": ACCOUNT}, "amount": FULL}
VALUES: dict[str, dict[str, Any]] = {  # what a person does in a case, each as it would be taken from who is in charge
    "notice.execution": {"party": DEBTOR}, "order.consumption": {"party": DEBTOR}, "measure.propose": {"party": DEBTOR, **DEPOSIT},
    "property.register": {"party": DEBTOR, "kind": "vehicle", "identifiers": CAR}, "note.record": {"kind": "call", "words": "已联系"},
    "obstruction.record": {"party": DEBTOR, "statute_item": "refuse", "words": "拒不履行。"}, "request.open": {"matter": "extend_enforcement_period"},
}
DATED = {"note.record", "obstruction.record"}


@pytest.fixture
def world(request: pytest.FixtureRequest) -> str:
    return "frozen" if "measure" in request.fixturenames else "noticed"


@pytest.fixture
def case(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["case"])


@pytest.fixture
def measure(bureau: Bureau, notes: Notes) -> str:
    bureau.at("clerk")
    return str(notes["measure"])


def strange(bureau: Bureau, case: str) -> str:
    """A judge in whose hands the case is not."""
    return "judge-2" if bureau.judge(case) == "judge-1" else "judge-1"


def values_of(bureau: Bureau, case: str, action: str) -> dict[str, Any]:
    return {"case": case, **VALUES[action], **({"on": bureau.day} if action in DATED else {})}


@pytest.mark.parametrize("action", sorted(VALUES))
def test_another_judge_does_nothing_in_the_case_and_its_own_does(bureau: Bureau, case: str, action: str) -> None:
    values = values_of(bureau, case, action)
    refused = bureau.refused(strange(bureau, case), action, **values)
    assert refused.code == "access.case" and "（2018）琼9027执1号" in refused.text and "编入" in refused.text
    assert [way.action for way in refused.ways] == ["team.join", "case.assign"]
    bureau.at(bureau.judge(case)).do(action, **values)


def test_another_judge_neither_releases_nor_answers_nor_books_nor_voids(bureau: Bureau, measure: str, notes: Notes) -> None:
    case, other = str(notes["case"]), strange(bureau, str(notes["case"]))
    request = bureau.at(bureau.judge(case)).do("measure.release", measure=measure, ground="satisfied").ids("Request")[0]
    for action, values in {
        "measure.release": {"measure": measure, "ground": "satisfied"}, "measure.renew": {"measure": measure},
        "measure.deduct": {"measure": measure, "amount": 1},
        "measure.reply": {"measure": measure, "received_on": bureau.day, "controlled": FULL, "receipt_no": "R9"},
        "receipt.deducted": {"measure": measure, "amount": 1, "on": bureau.day, "receipt_no": "D9"},
        "receipt.book": {"case": case, "amount": 1, "received_on": bureau.day, "bank_ref": "B9"},
        "document.fill": {"document": bureau.papers(request)[0].id, "inputs": {}},
        "party.special": {"case": case, "party": DEBTOR, "kinds": ["人大代表"], "source": "证件"},
    }.items():
        assert bureau.refused(other, action, **values).code == "access.case", action
    assert bureau.refused(other, "request.void", request=request, reason="误").code == "request.not_mine"


def test_an_officer_works_in_the_cases_of_his_team_and_where_he_is_lent_for_the_days_he_is(bureau: Bureau, case: str) -> None:
    note = values_of(bureau, case, "note.record")
    assert bureau.judge(case) == "judge-1"
    asked = bureau.at("officer").do("request.open", case=case, matter="extend_enforcement_period").ids("Request")[0]
    bureau.at("director").do("case.assign", case=case, judge="judge-2", reason="工作需要")
    assert bureau.refused("officer", "note.record", **note).code == "access.case"
    assert bureau.refused("judge-1", "note.record", **note).code == "access.case", "it is his no more"
    assert bureau.refused("officer", "request.void", request=asked, reason="误").code == "access.case", "not even what he asked for"
    last = bureau.day + timedelta(days=10)
    team = Team.get(Team.name == "法官乙团队").id
    bureau.at("director").do("team.join", team=team, person="officer", starts_on=bureau.day, ends_on=last)
    bureau.at("officer", last).do("note.record", **note)
    bureau.at("officer", last + timedelta(days=1))
    assert bureau.refused("officer", "note.record", **note).code == "access.case"
    bureau.at("judge-2").do("request.void", request=asked, reason="不再需要")
    assert Request.get_by_id(asked).state == "void"


def test_the_registry_enters_what_comes_in_for_every_case_and_drafts_only_where_it_is_assigned(bureau: Bureau, case: str) -> None:
    bureau.at("director").do("case.assign", case=case, clerk="书记员乙", reason="工作需要")
    bureau.at("clerk").do("receipt.book", case=case, amount=1, received_on=bureau.day, bank_ref="B1")
    bureau.desk.do("property.register", **values_of(bureau, case, "property.register"))
    assert bureau.refused("clerk", "notice.execution", **values_of(bureau, case, "notice.execution")).code == "access.case"


def test_a_case_without_a_judge_is_everybodys_and_nothing_is_offered_as_open_to_strangers(bureau: Bureau, case: str) -> None:
    for account, mine in ((bureau.judge(case), True), (strange(bureau, case), False), ("clerk", True), ("director", True), ("president", False)):
        view = CaseView(bureau.at(account).session, Case.get_by_id(case))
        assert in_charge(view.session, view.case) is mine, account
        closed = {step.closed for step in next_steps(view) if step.action == "measure.propose"}
        assert closed == {"由承办人提出" if account == strange(bureau, case) else ""}, account
