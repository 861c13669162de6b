"""A certificate that waits for 院长: its holder drafts, and decides, signs and seals nothing, with whatever program."""

from __future__ import annotations

from typing import Any

import pytest

from execdesk.access.certificates import Validity
from execdesk.access.founding import new_certificate
from execdesk.access.signin import second_person
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import verdict_of
from execdesk.reads.consenting import consents
from execdesk.records.approvals import Request
from execdesk.records.base import new_id
from execdesk.records.incidents import Incident
from execdesk.records.papers import Document
from execdesk.records.people import Certificate, Post
from tests.at_will import at_will
from tests.flow.bureau import Bureau
from tests.flow.forging import add_certificate, blank, issuing_key, keep, key_of, seal_key, sign, subject
from tests.flow.test_forging import named
from tests.world import Notes

RENEWED = {"password": "demo", "own_password": "demo", "witness": "director", "witness_password": "demo"}


@pytest.fixture
def world() -> str:
    return "noticed"


def renewed(bureau: Bureau, account: str, **more: Any) -> str:
    """A new certificate for somebody by administrator and 局长; its row."""
    changes = bureau.at("admin").do("certificate.issue", person=account, **{**RENEWED, **more})
    bureau.account = ""  # whoever sat there signs in anew
    return str(Certificate.get(Certificate.id.in_(changes.ids("Certificate")), Certificate.state != "revoked").id)


def test_a_judge_signs_and_the_keeper_seals_once_the_president_consents(bureau: Bureau, notes: Notes) -> None:
    judge = str(notes["judge"])
    rows = [renewed(bureau, judge), renewed(bureau, "seal", purpose="seal")]
    request = bureau.freeze(notes["case"]).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    refusal = bureau.refused(judge, "request.approve", request=request, opinion="同意")
    assert (refusal.code, "院长甲" in refusal.text, Request.get_by_id(request).state) == ("certificate.awaiting", True, "submitted")
    found, = consents(bureau.at("president").session)
    assert found.values["certificates"] == rows and found.title.startswith("2 张")
    bureau.desk.do("certificate.ratify", certificates=rows[:1])
    bureau.at(judge).do("request.approve", request=request, opinion="同意")
    papers = bureau.issue_all(request, judge, seal=False)
    assert bureau.refused("seal", "document.seal", document=papers[0]).code == "certificate.awaiting"
    bureau.at("president").do(found.action, certificates=rows[1:])
    assert consents(bureau.desk.session) == ()
    bureau.at("seal").do("document.seal", document=papers[0])
    assert bureau.desk.check().whole


def test_what_is_signed_with_the_envelope_beside_two_is_listed_to_the_president(bureau: Bureau, notes: Notes) -> None:
    judge = str(notes["judge"])
    renewed(bureau, judge, recovery_code=notes["recovery"])
    paper = bureau.through(bureau.freeze(notes["case"]))[0]
    found, = consents(bureau.at("president").session)
    row = Document.get_by_id(paper)
    assert [line for line in found.lines if row.title in line and str(row.number) in line and "签名" in line]
    assert any("批准" in line for line in found.lines)
    assert consents(bureau.at(judge).session) == ()
    assert bureau.desk.check().whole


def test_a_paper_signed_with_it_by_another_program_is_worth_nothing(bureau: Bureau, notes: Notes) -> None:
    judge, paper = str(notes["judge"]), str(notes["notice"])
    row = renewed(bureau, judge)
    key = key_of(bureau, judge)
    session = bureau.desk.session
    pdf = sign(session, blank(session, paper), "Judge1", key)
    line = keep(session, paper, pdf)
    assert "待院长同意" in named(bureau)[line]
    assert not verdict_of(session, pdf).valid
    bureau.at("president").do("certificate.ratify", certificates=[row])
    assert line in named(bureau), "consenting afterwards makes nothing good that was signed before"
    assert not verdict_of(bureau.desk.session, pdf).valid


def test_the_seal_put_on_with_it_by_another_program_has_no_effect(bureau: Bureau, notes: Notes) -> None:
    renewed(bureau, "seal", purpose="seal")
    papers = bureau.through(bureau.freeze(notes["case"]), seal=False)
    key = seal_key(bureau)
    session = bureau.desk.session
    pdf = sign(session, pages_of(Document.get_by_id(papers[0])), "CourtSeal", key, first=False)
    line = keep(session, papers[0], pdf, "sealed", "document.seal")
    assert "待院长同意" in named(bureau)[line]
    assert not verdict_of(session, pdf).valid


def test_who_waits_is_told_as_he_signs_in(bureau: Bureau, notes: Notes) -> None:
    judge = str(notes["judge"])
    row = renewed(bureau, judge)
    assert [words for words in bureau.at(judge).notices if "您的证书待院长" in words]
    bureau.at("president").do("certificate.ratify", certificates=[row])
    assert not [words for words in bureau.at(judge).notices if "您的证书待院长" in words]


def test_countersigning_with_it_by_another_program_has_no_effect(bureau: Bureau) -> None:
    post = bureau.at("admin").do("post.prepare", person="clerk", post="judge", starts_on=bureau.day).ids("Post")[0]
    bureau.at("admin").do("certificate.issue", person="director", **{**RENEWED, "witness": "deputy"})
    session = bureau.at("director").session
    with at_will(session, "post.countersign") as act:
        act.change(act.get(Post, post), state="effective", countersigned_by=session.me.id)
    assert act.changes is not None and act.changes.lines[0] in named(bureau)


@pytest.mark.attack("8.1")
@pytest.mark.parametrize(
    ("state", "noted", "told"), [("valid", False, "没有经院长同意"), ("provisional", False, "没有记为事件"), ("provisional", True, ""), ("awaiting", False, "")],
)
def test_two_who_conspire_make_a_judges_certificate_that_waits_or_is_an_incident(bureau: Bureau, state: str, noted: bool, told: str) -> None:
    key = issuing_key(bureau)
    session = bureau.at("admin").session
    made = new_certificate(key, subject(bureau, "judge-1", "执行法官"), "person", Validity.years(bureau.day, 1))
    second, _ = second_person(session.store, bureau.folder, "director", "demo")

    with at_will(session, "certificate.issue", cosigner=second.as_cosigner()) as act:
        row = add_certificate(act, made, "judge-1", state)
        if noted:
            act.add(Incident(id=new_id(), kind="recovery_envelope", place=f"Certificate:{row}", text="x", found_at=act.at, state="open"))
    assert act.changes is not None
    assert told in named(bureau).get(act.changes.lines[0], "") and bool(told) == (act.changes.lines[0] in named(bureau))
    if state == "awaiting":
        with at_will(bureau.at("director").session, "certificate.ratify") as consent:
            consent.change(consent.get(Certificate, row), state="valid")
        assert consent.changes is not None and consent.changes.lines[0] in named(bureau), "局长 consents to none"
