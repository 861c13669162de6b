"""Authority taken back at one desk while it is used at the other: the word stands, 院长 ratifies or annuls it; seen before, it never stood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from execdesk.access.desk_keys import trust_of
from execdesk.approval.proof import require_proven
from execdesk.approval.ratifying import provisional_lines, record_provisional
from execdesk.integrity.invariants import broken_invariants
from execdesk.records.approvals import Decision, Request
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident
from execdesk.records.papers import TakenNumber
from execdesk.records.people import Certificate, Delegation, Person, Post
from execdesk.records.teams import Team, TeamMember
from execdesk.store.merge import Receipt, take_in
from execdesk.store.primed import prime
from execdesk.store.replay import all_entries, state_hash, stored_rows
from tests.at_will import at_will
from tests.flow.bureau import Bureau
from tests.flow.conftest import DAY
from tests.looking import look_at


@pytest.fixture
def pair(bureau: Bureau, branch: Callable[[Bureau], Bureau]) -> tuple[Bureau, Bureau, str]:
    """HQ, and a copy of it that goes on as HL; an extension that waits for 院长 or the vice-president with a letter."""
    case = bureau.register()
    request = bureau.at(bureau.judge(case)).do("request.open", case=case, matter="extend_enforcement_period").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    other = branch(bureau)
    other.at("vice")
    bureau.at("president")
    return bureau, other, request


def send(source: Bureau, target: Bureau) -> Receipt:
    """All lines of one desk come to the other."""
    lines = list(all_entries(source.desk.session.store))
    store = target.desk.session.store
    look_at(store)
    judge = prime(store.base, trust_of(store).judge(target.services.organisation.posts, target.services.authority))
    return take_in(store, lines, judge)


def proven(bureau: Bureau, request: str) -> None:
    row = Request.get_by_id(request)
    require_proven(bureau.desk.session, Decision.get(Decision.request == request), row, Case.get_by_id(row.case))


def approved_at(desk: Bureau, request: str) -> None:
    look_at(desk.desk)
    desk.at("vice").do("request.approve", request=request, opinion="同意")


def take_back(desk: Bureau, what: str) -> None:
    look_at(desk.desk)
    vice = Person.get(Person.account == "vice").id
    if what == "letter":
        desk.at("president").do("delegation.revoke", delegation=Delegation.get().id, revoked_on=desk.day, reason="收回")
    elif what == "post":
        desk.at("president").do("post.end", post=Post.get(Post.person == vice).id, ends_on=Post.get(Post.person == vice).starts_on, reason="免职")
    else:
        desk.at("admin").do("certificate.revoke", certificate=Certificate.get(Certificate.person == vice).id, reason="遗失")


@pytest.mark.parametrize("what", ["letter", "post", "certificate"])
@pytest.mark.parametrize("yes", [True, False])
def test_taken_back_at_the_same_time_it_stands_until_the_president_has_looked(pair: tuple[Bureau, Bureau, str], what: str, yes: bool) -> None:
    hq, hl, request = pair
    take_back(hq, what)
    approved_at(hl, request)
    assert send(hl, hq).breaches == {}
    assert send(hq, hl).breaches == {}
    hq.at("president")
    look_at(hq.desk)
    decision = Decision.get(Decision.request == request)
    found = provisional_lines(hq.desk.session)
    assert f"Decision:{decision.id}" in {one.place for one in found}, found
    look_at(hl.desk)
    assert [one.place for one in provisional_lines(hl.desk.session)] == [one.place for one in found], "both desks say the same"
    look_at(hq.desk)
    proven(hq, request)
    assert len(record_provisional(hq.desk.session)) == len(found)
    assert record_provisional(hq.desk.session) == [], "put before him once"
    row = Incident.get(Incident.place == f"Decision:{decision.id}")
    assert hq.refused("director", "provisional.ratify", incident=row.id).code == "access.duty"
    assert hq.refused("director", "incident.settle", incident=row.id, who="局长查", found="没有问题啊").code == "incident.provisional"
    assert hq.refused("president", "provisional.annul", incident=row.id, reason=" ").code == "field.missing"
    hq.desk.do("provisional.ratify" if yes else "provisional.annul", incident=row.id, reason="当面核对")
    assert hq.state(request) == ("approved" if yes else "lapsed")
    assert (Decision.get_by_id(decision.id).struck is None) is yes
    assert hq.refused("president", "provisional.ratify", incident=row.id).code == "incident.state"
    assert hq.desk.check().whole, [f.text for f in hq.desk.check().faults]
    send(hq, hl)
    send(hl, hq)
    assert state_hash(stored_rows(hq.desk.session.store)) == state_hash(stored_rows(hl.desk.session.store))


@pytest.mark.parametrize("what", ["letter", "certificate"])
def test_seen_before_it_is_refused(pair: tuple[Bureau, Bureau, str], what: str) -> None:
    hq, hl, request = pair
    take_back(hq, what)
    send(hq, hl)
    refusal = hl.refused("vice", "request.approve", request=request)
    assert refusal.code == ("authority.delegation" if what == "letter" else "access.certificate_revoked"), refusal.text
    assert provisional_lines(hl.desk.session) == []


def test_what_was_approved_before_noon_stands_when_the_letter_is_taken_back_after_it(bureau: Bureau) -> None:
    case = bureau.register()
    request = bureau.at(bureau.judge(case)).do("request.open", case=case, matter="extend_enforcement_period").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.at("vice").do("request.approve", request=request, opinion="同意")
    take_back(bureau, "letter")
    proven(bureau, request)
    assert provisional_lines(bureau.desk.session) == []


def test_what_a_program_of_ones_own_writes_at_one_desk_is_nothing_at_the_other(pair: tuple[Bureau, Bureau, str]) -> None:
    """The vice-president at HL makes himself president and approves; HQ keeps his lines, counts none of them, and says so."""
    hq, hl, request = pair
    look_at(hl.desk)
    vice = Person.get(Person.account == "vice")
    store = hl.at("vice").session.store
    with at_will(store, "post.countersign") as act:
        post = Post(id=new_id(), person=vice.id, post="president", site="HL", starts_on=DAY, state="effective", countersigned_by=vice.id)
        act.add(post)
    assert act.changes is not None
    forged = act.changes.lines[0]
    receipt = send(hl, hq)
    assert "任职" in receipt.breaches[forged]
    look_at(hl.desk)
    assert hl.refused("vice", "request.approve", request=request).code == "journal.incident", "not even at his own desk by the actions"
    hq.at("president")
    look_at(hq.desk)
    assert Post.get_or_none(Post.id == post.id) is None
    verdict = hq.desk.check()
    assert verdict.whole, [f.text for f in verdict.faults]
    hq.desk.note_check(verdict)
    hq.desk.note_check(verdict)
    (row,) = Incident.select().where(Incident.kind == "breach")
    assert row.place == forged and hq.desk.reads.health().incidents[0].may_settle
    hq.desk.do("request.approve", request=request)


def test_two_judges_put_into_one_team_apart_are_an_incident(pair: tuple[Bureau, Bureau, str]) -> None:
    hq, hl, _ = pair
    team = Team.get(Team.ends_on.is_null()).id
    for desk, account in ((hq, "judge-3"), (hl, "judge-4")):
        look_at(desk.desk)
        with desk.at("director").session.act("team.judge") as act:
            for held in TeamMember.select().where(TeamMember.team == team, TeamMember.role == "judge"):
                act.change(act.get(TeamMember, held.id), ends_on=DAY)
            person = Person.get(Person.account == account).id
            act.add(TeamMember(id=new_id(), team=team, person=person, role="judge", starts_on=DAY + timedelta(days=1)))
    look_at(hl.desk)
    assert broken_invariants(hl.desk.session) == []
    send(hl, hq)
    look_at(hq.desk)
    hq.desk.note_check(hq.desk.check())
    hq.desk.note_check(hq.desk.check())
    (row,) = Incident.select().where(Incident.kind == "invariant")
    assert "两名法官" in row.text


def test_a_number_given_twice_is_an_incident(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notice(case)
    taken = TakenNumber.get()
    with at_will(bureau.desk.session, "event", case=case) as act:
        act.add(TakenNumber(id=new_id(), case=case, series=taken.series, suffix=taken.suffix, number=taken.number, state="used"))
    bureau.desk.note_check(bureau.desk.check())
    (row,) = Incident.select().where(Incident.kind == "invariant")
    assert taken.number in row.text and row.case == case


def test_one_number_in_two_series_is_no_incident(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notice(case)
    taken = TakenNumber.get()
    with at_will(bureau.desk.session, "event", case=case) as act:
        act.add(TakenNumber(id=new_id(), case=case, series="ruling" if taken.series != "ruling" else "notice", suffix=taken.suffix, number=taken.number, state="used"))
    bureau.desk.note_check(bureau.desk.check())
    assert broken_invariants(bureau.desk.session) == [] and not Incident.select().where(Incident.kind == "invariant").exists()
