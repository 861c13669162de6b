"""What was done under authority that the other desk took back at the same time: 院长 ratifies or annuls it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from execdesk.approval.ratifying import record_provisional
from execdesk.records.approvals import Decision
from execdesk.records.incidents import Incident
from execdesk.records.papers import Document
from execdesk.records.people import Certificate, Delegation, Person, Post
from tests.flow.bureau import Bureau
from tests.flow.conftest import DAY
from tests.flow.test_two_desks import send
from tests.looking import look_at
from tests.moves.walking import Walk, walks
from tests.world import Notes

Branch = Callable[[Bureau], Bureau]


def at(bureau: Bureau, account: str) -> Bureau:
    """Somebody at one of the two desks, which is looked at from now on."""
    bureau.at(account)
    look_at(bureau.desk)
    return bureau


def put_before_the_president(hq: Bureau, hl: Bureau) -> None:
    send(hl, hq)
    send(hq, hl)
    at(hq, "president")
    record_provisional(hq.desk.session)


def incident_of(request: str) -> str:
    decision = Decision.get(Decision.request == request)
    return str(Incident.get(Incident.place == f"Decision:{decision.id}").id)


def annul(bureau: Bureau, incident: str) -> None:
    at(bureau, "president").desk.do("provisional.annul", incident=incident, reason="当面核对")


@pytest.fixture
def world() -> str:
    return "registered"


@walks(
    Request="provisional.annul submitted>returned approved>lapsed",
    Incident="""
        provisional.ratify open>settled
        provisional.annul open>settled
    """,
)
def test_a_decision_under_a_letter_taken_back(walk: Walk, bureau: Bureau, notes: Notes, branch: Branch) -> None:
    judge, requests = notes["judge"], []
    for _ in range(3):
        requests += bureau.at(judge).do("request.open", case=notes["case"], matter="extend_enforcement_period").ids("Request")
        bureau.desk.do("request.submit", request=requests[-1])
    hl = branch(bureau)
    at(bureau, "president").desk.do("delegation.revoke", delegation=Delegation.get().id, revoked_on=DAY, reason="收回")
    for request in requests:
        at(hl, "vice").desk.do("request.approve", request=request, opinion="同意")
    put_before_the_president(bureau, hl)
    ratified, lapsed, returned = requests
    bureau.desk.do("provisional.ratify", incident=incident_of(ratified), reason="当面核对")
    annul(bureau, incident_of(lapsed))
    at(bureau, judge).desk.do("request.withdraw", request=returned, reason="补充材料")
    bureau.desk.do("request.submit", request=returned)
    annul(bureau, incident_of(returned))
    assert [bureau.state(request) for request in requests] == ["approved", "lapsed", "returned"]


@walks(
    Document="provisional.annul submitted>draft",
)
def test_what_a_post_taken_back_approved_goes_back_with_its_papers(walk: Walk, bureau: Bureau, notes: Notes, branch: Branch) -> None:
    bureau.at("clerk")
    bureau.notice(notes["case"])
    measure = bureau.frozen(notes["case"])
    request = bureau.at(notes["judge"]).do("measure.release", measure=measure, ground="other", cause="另行提供了足额现金").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    hl = branch(bureau)
    at(bureau, "director")
    post = Post.get(Post.person == Person.get(Person.account == "director").id)
    bureau.desk.do("post.end", post=post.id, ends_on=post.starts_on, reason="免职")
    at(hl, "director").desk.do("request.approve", request=request, opinion="同意")
    put_before_the_president(bureau, hl)
    annul(bureau, incident_of(request))
    assert {row.state for row in Document.select().where(Document.request == request)} == {"draft"}


@walks(
    Incident="provisional.annul >open",
)
def test_other_lines_under_a_certificate_taken_back_leave_something_to_set_right(walk: Walk, bureau: Bureau, notes: Notes, branch: Branch) -> None:
    bureau.at("clerk")
    hl = branch(bureau)
    at(bureau, "admin")
    judge = Person.get(Person.account == notes["judge"]).id
    bureau.desk.do("certificate.revoke", certificate=Certificate.get(Certificate.person == judge).id, reason="遗失")
    at(hl, notes["judge"]).desk.do("request.open", case=notes["case"], matter="extend_enforcement_period")
    put_before_the_president(bureau, hl)
    annul(bureau, Incident.get(Incident.place.startswith("HL.1:")).id)
    assert Incident.select().where(Incident.kind == "annulled").count() == 1
