"""Every matter that is offered without a paper can be brought to its end; what cannot is neither offered nor taken."""

from __future__ import annotations

import pytest

from execdesk.access.providers import FormContext
from execdesk.approval.permitted import standing_of, who_decides
from execdesk.casefile.forms import matters_alone
from execdesk.law.authority import Ruling
from execdesk.records.approvals import Request
from execdesk.records.cases import Case
from execdesk.records.people import Person
from tests.flow.bureau import Bureau
from tests.world import Notes


@pytest.fixture
def world() -> str:
    return "registered"


def decider(bureau: Bureau, request: str) -> str:
    """The account of one who may say the word that is awaited."""
    row = Request.get_by_id(request)
    case = Case.get_by_id(row.case)
    names = who_decides(bureau.desk.session, row, case, standing_of(bureau.desk.session, row, case))
    assert names, f"nobody decides {row.title}"
    return str(Person.get(Person.name == names[0]).account)


def through(bureau: Bureau, request: str, ruling: Ruling, judge: str) -> str:
    """Everything that the table asks for, then what was done; the state it ends in."""
    bureau.at(decider(bureau, request)).do("request.approve", request=request)
    if ruling.statute_signer and standing_of(bureau.desk.session, Request.get_by_id(request), Case.get_by_id(Request.get_by_id(request).case)).signs:
        bureau.at(decider(bureau, request)).do("request.sign", request=request)
    bureau.at(judge).do("request.done", request=request, done_on=bureau.day, outcome="已按批准办理，纸面文书入卷")
    return bureau.state(request)


def test_what_is_offered_without_a_paper_is_decided_by_somebody_and_ends(bureau: Bureau, notes: Notes) -> None:
    case, judge = str(notes["case"]), str(notes["judge"])
    desk = bureau.at(judge)
    offered = [key for key, _words in matters_alone(FormContext(desk.session, case=case))]
    table, ways = desk.session.authority, set[tuple[str, str]]()
    assert len(offered) > 40
    for matter in offered:
        ruling = table.decide(matter, on=bureau.day)
        kind = (ruling.level, ruling.statute_signer)
        if kind not in ways and ruling.panel != "required":  # what is decided alike ends alike
            ways.add(kind)
            request = bureau.at(judge).do("request.open", case=case, matter=matter).ids("Request")[0]
            bureau.desk.do("request.submit", request=request)
            assert through(bureau, request, ruling, judge) == "done", matter
    assert {level for level, _ in ways} >= {"judge", "director", "president_or_authorised_vice"} and any(signer for _, signer in ways)


def test_what_a_body_decides_is_neither_offered_nor_taken(bureau: Bureau, notes: Notes) -> None:
    case, judge = str(notes["case"]), str(notes["judge"])
    session = bureau.at(judge).session
    offered = {key for key, _words in matters_alone(FormContext(session, case=case))}
    table, codes = session.authority, dict[str, str]()
    for row in table.choosable():
        level = table.data.levels[table.decide(row.id, on=bureau.day).level]
        if level.elsewhere or not level.posts:
            assert row.id not in offered
            refused = bureau.refused(judge, "request.open", case=case, matter=row.id)
            assert level.name in refused.text and refused.ways
            codes[level.id] = refused.code
    assert codes["review_office"] == "request.review_office" and codes["adjudication_committee"] == "request.body"
