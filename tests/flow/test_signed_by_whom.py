"""A signature counts only as the line that keeps it: whose certificate in which field, who keeps it, revoked or over by the order of lines."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from execdesk.access.certificates import Validity
from execdesk.access.founding import new_certificate
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import verdict_of
from execdesk.law.refusal import Refusal
from execdesk.records.papers import Document, DocumentState, KeptFile
from execdesk.records.people import Certificate, CertificateState, Person
from execdesk.store.act import Act
from tests.at_will import at_will
from tests.flow.bureau import Bureau
from tests.flow.forging import (
    add_by_two,
    add_certificate,
    blank,
    issuing_key,
    keep,
    keep_by_right,
    key_of,
    seal_key,
    sign,
    subject,
)
from tests.flow.judging import UNLAWFUL, certificate, judge_of, judged, refused, states
from tests.flow.test_panel_signs import seat
from tests.world import DAY, Notes


@pytest.fixture
def world() -> str:
    return "noticed"


@pytest.fixture
def panel(bureau: Bureau, notes: Notes) -> tuple[str, list[str]]:
    """A ruling that its presiding judge has signed, and the three of its panel: the other two may each keep pages for it."""
    bureau.at("clerk")
    changes, judge = bureau.freeze(notes["case"]), bureau.account
    members = [next(a for a in ("judge-1", "judge-2") if a != judge), judge, "judge-3"]
    seat(bureau, changes.ids("Request")[0], members)
    ruling = str(bureau.papers(changes.ids("Request")[0])[0].id)
    bureau.at(members[0]).do("document.issue", document=ruling)
    return ruling, members


def cosigned(bureau: Bureau, ruling: str, field: str, key: Any) -> bytes:
    """The ruling with one more signature, by whoever's key."""
    return sign(bureau.desk.session, pages_of(Document.get_by_id(ruling)), field, key, first=False)


# -- whose certificate stands in which field ------------------------------------------------------------------------------


@pytest.mark.attack("8.2")
@pytest.mark.parametrize("kept_by_line", [True, False])
@pytest.mark.parametrize("account", ["judge-3", "clerk", "president"])
def test_nobody_else_of_the_court_signs_in_the_judges_field(bureau: Bureau, paper: str, account: str, kept_by_line: bool) -> None:
    key = key_of(bureau, account)
    session = bureau.desk.session
    pdf = sign(session, blank(session, paper), "Judge1", key)
    if kept_by_line:
        keep(session, paper, pdf)
    refused(bureau, pdf, "此处应由", f"用的却是{session.me.name}的证书", *([UNLAWFUL] if kept_by_line else []))


def test_nor_where_the_judge_himself_keeps_it(bureau: Bureau, approved: str, notes: Notes) -> None:
    key, name = key_of(bureau, "judge-3"), bureau.desk.session.me.name
    session = bureau.at(judge_of(notes)).session
    pdf = sign(session, blank(session, approved), "Judge1", key)
    keep_by_right(session, approved, pdf)
    refused(bureau, pdf, "此处应由", f"用的却是{name}的证书")
    assert judged(bureau, pdf).held


@pytest.mark.attack("8.2")
def test_a_member_of_the_panel_does_not_sign_in_anothers_field(bureau: Bureau, panel: tuple[str, list[str]]) -> None:
    ruling, members = panel
    key = key_of(bureau, members[1])
    third, own = (cosigned(bureau, ruling, field, key) for field in ("Judge3", "Judge2"))
    keep_by_right(bureau.desk.session, ruling, third, "document.cosign", DocumentState.TO_COSIGN)
    refused(bureau, third, f"此处应由审判员{Person.get(Person.account == 'judge-3').name}签名", "用的却是")
    assert judged(bureau, third).held
    keep_by_right(bureau.at(members[1]).session, ruling, own, "document.cosign", DocumentState.TO_COSIGN)
    assert judged(bureau, own).valid


@pytest.mark.attack("8.2")
def test_the_seal_in_a_judges_field_and_a_person_in_the_field_of_the_seal(bureau: Bureau, approved: str, notes: Notes) -> None:
    seal, judge = seal_key(bureau), key_of(bureau, judge_of(notes))
    session = bureau.desk.session
    first = sign(session, blank(session, approved), "Judge1", seal)
    refused(bureau, first, "签名位置上用的是院印证书，不是个人证书")
    session = bureau.at(judge_of(notes)).session
    true = sign(session, blank(session, approved), "Judge1", judge)
    keep_by_right(session, approved, true)
    for account in (judge_of(notes), "president", "seal"):
        key = key_of(bureau, account)
        session = bureau.desk.session
        sealed = sign(session, true, "CourtSeal", key, first=False)
        if account == "seal":
            keep_by_right(session, approved, sealed, "document.seal", DocumentState.ISSUED)
        else:
            keep(session, approved, sealed, "sealed", "document.seal")
        refused(bureau, sealed, "院印位置上用的是个人证书，不是院印证书", *([] if account == "seal" else [UNLAWFUL]))
        assert judged(bureau, sealed).held is (account == "seal")


@pytest.mark.attack("8.2")
def test_a_signature_that_another_person_keeps_is_not_his(bureau: Bureau, panel: tuple[str, list[str]]) -> None:
    """The judge signed and thought better of it; another member, who may keep his own, keeps what was left on the desk."""
    ruling, members = panel
    key, holder = key_of(bureau, members[2]), bureau.desk.session.me.name
    pdf = cosigned(bureau, ruling, "Judge3", key)
    session = bureau.at(members[1]).session
    keep_by_right(session, ruling, pdf, "document.cosign", DocumentState.TO_COSIGN)
    refused(bureau, pdf, f"这次签名由{session.me.name}留存，不是证书的持有人{holder}")
    assert judged(bureau, pdf).held


def test_whoever_has_nothing_to_sign_keeps_nothing(bureau: Bureau, approved: str, notes: Notes) -> None:
    key = key_of(bureau, judge_of(notes))
    session = bureau.at("clerk").session
    pdf = sign(session, blank(session, approved), "Judge1", key)
    with pytest.raises(Refusal) as caught, session.act("document.issue", case=notes["case"]) as act:
        act.add(KeptFile(document=approved, sha256=act.keep_file(pdf), size=len(pdf), kind="signed", person=session.me.id, at=act.at))
    assert caught.value.code == "store.owner"
    line = keep(session, approved, pdf)
    refused(bureau, pdf, UNLAWFUL, line, "写下了无权写的留存文件")
    verdict = judged(bureau, pdf)
    assert not verdict.held and verdict.signatures[0].at is None, "nor does the line prove a moment"


# -- when: by the order of lines and their moments, never by what the signer says --------------------------------------------


def test_a_certificate_taken_back_afterwards_takes_nothing_back(bureau: Bureau, paper: str, notes: Notes) -> None:
    pdf = pages_of(Document.get_by_id(paper))
    taken = [certificate(judge_of(notes)).id, certificate("seal", "seal").id]
    for row in taken:
        bureau.at("admin", DAY + timedelta(days=3)).do("certificate.revoke", certificate=row, reason="遗失")
    assert {states(bureau)[row] for row in taken} == {CertificateState.REVOKED}
    assert judged(bureau, pdf).valid


@pytest.mark.attack("8.2")
def test_a_certificate_taken_back_before_signs_nothing(bureau: Bureau, panel: tuple[str, list[str]]) -> None:
    ruling, members = panel
    key, begun = key_of(bureau, members[2]), bureau.desk.session.store.clock.now()
    bureau.at("admin", DAY + timedelta(days=3)).do("certificate.revoke", certificate=certificate(members[2]).id, reason="遗失")
    session = bureau.at(members[1]).session
    pdf = sign(session, pages_of(Document.get_by_id(ruling)), "Judge3", key, first=False, at=begun)
    refused(bureau, pdf, "撤销，没有留痕证明签名在此之前")
    keep_by_right(bureau.at(members[1]).session, ruling, pdf, "document.cosign", DocumentState.TO_COSIGN)
    refused(bureau, pdf, "证书在文件留存之前已于2018年1月5日撤销")
    assert judged(bureau, pdf).held


@pytest.mark.attack("8.2")
@pytest.mark.parametrize("moment", [timedelta(days=300), timedelta(days=-300)])
def test_a_certificate_is_taken_back_at_the_moment_of_the_line_and_at_no_other(bureau: Bureau, paper: str, notes: Notes, moment: timedelta) -> None:
    session, row = bureau.at("admin").session, certificate(judge_of(notes)).id

    def take_back(act: Act) -> None:
        act.change(act.get(Certificate, row), state=CertificateState.REVOKED, revoked_at=act.at + moment, reason="补记")

    with pytest.raises(Refusal) as caught, session.act("certificate.revoke") as honest:
        take_back(honest)
    assert caught.value.code == "store.owner"
    with at_will(session, "certificate.revoke") as forged:
        take_back(forged)
    assert Certificate.get_by_id(row).state == CertificateState.REVOKED
    assert states(bureau)[row] == CertificateState.VALID, "the line has no effect"
    assert judged(bureau, pages_of(Document.get_by_id(paper))).valid


def test_a_certificate_that_was_over_when_the_line_was_written(bureau: Bureau, paper: str, panel: tuple[str, list[str]]) -> None:
    true, (ruling, members) = pages_of(Document.get_by_id(paper)), panel
    short = new_certificate(issuing_key(bureau), subject(bureau, members[2], "执行法官"), "person", Validity.years(DAY, 1))
    add_by_two(bureau, short, members[2])
    session, begun = bureau.at(members[1]).session, bureau.desk.session.store.clock.now()
    intime, late = (sign(session, pages_of(Document.get_by_id(ruling)), "Judge3", short, first=False, at=begun + timedelta(hours=n)) for n in (0, 1))
    keep_by_right(session, ruling, intime, "document.cosign", DocumentState.TO_COSIGN)
    refused(bureau, intime, "不是证书的持有人")
    assert "有效期" not in judged(bureau, intime).text
    bureau.at(members[1], date(2020, 1, 2))
    keep_by_right(session, ruling, late, "document.cosign", DocumentState.TO_COSIGN)
    refused(bureau, late, "文件于2020年1月2日留存，证书那时不在有效期内")
    assert judged(bureau, late).held and "有效期" not in judged(bureau, intime).text
    assert judged(bureau, true).valid, "what was kept in time stands for ever"


LATER = date(2040, 1, 2)  # the certificates of the demonstration end twenty years after 2016


def test_nobody_keeps_anything_with_a_certificate_that_is_over(bureau: Bureau, paper: str, approved: str, notes: Notes) -> None:
    true, key = pages_of(Document.get_by_id(paper)), key_of(bureau, judge_of(notes))
    session = bureau.desk.session
    later = sign(session, blank(session, approved), "Judge1", key)
    bureau.at(judge_of(notes), LATER)
    with pytest.raises(Refusal) as caught:
        keep_by_right(session, approved, later)
    assert "签名所用证书已过有效期" in caught.value.text
    keep(session, approved, later)
    verdict = verdict_of(session, later)  # the clerk's certificate is over too: nobody else signs in any more
    assert not verdict.valid and UNLAWFUL in verdict.text and "签名所用证书已过有效期" in verdict.text, verdict.text
    keep(session, paper, true)
    assert verdict_of(session, true).valid, "what was kept in time stands for ever, though it be kept again"


@pytest.mark.attack("8.2")
def test_a_certificate_made_after_the_file_was_kept(bureau: Bureau, approved: str, notes: Notes) -> None:
    """Two who conspire make a certificate; the judge signs with it and keeps, and a line follows that makes the certificate."""
    issued = new_certificate(issuing_key(bureau), subject(bureau, judge_of(notes), "执行法官"), "person", Validity.years(DAY, 3))
    session = bureau.at(judge_of(notes)).session
    pdf = sign(session, blank(session, approved), "Judge1", issued)
    keep_by_right(session, approved, pdf)
    refused(bureau, pdf, "证书没有经两人签发并记入本院留痕")
    with at_will(bureau.at("admin").session, "certificate.issue") as act:
        add_certificate(act, issued, judge_of(notes))
    refused(bureau, pdf, "证书没有经两人签发并记入本院留痕")


def test_a_certificate_made_by_right_after_the_file_was_kept(bureau: Bureau, approved: str, notes: Notes) -> None:
    issued = new_certificate(issuing_key(bureau), subject(bureau, judge_of(notes), "执行法官"), "person", Validity.years(DAY, 3))
    session = bureau.at(judge_of(notes)).session
    pdf = sign(session, blank(session, approved), "Judge1", issued)
    keep_by_right(session, approved, pdf)
    add_by_two(bureau, issued, judge_of(notes))
    refused(bureau, pdf, "文件留存之后证书才签发")
    assert judged(bureau, pdf).held


@pytest.mark.attack("8.2")
@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=300), timedelta(days=-20)])
def test_the_time_a_signer_claims_is_not_asked(bureau: Bureau, approved: str, notes: Notes, back: timedelta) -> None:
    session, key = bureau.at(judge_of(notes)).session, key_of(bureau, judge_of(notes))
    now = session.store.clock.now()
    pdf = sign(session, blank(session, approved), "Judge1", key, at=now - back)
    unkept = judged(bureau, pdf)
    assert unkept.signatures[0].at is None and "没有留痕可以证明签名的时间" in unkept.signatures[0].text
    session = bureau.at(judge_of(notes)).session
    keep_by_right(session, approved, pdf)
    verdict = judged(bureau, pdf)
    at = verdict.signatures[0].at
    assert isinstance(at, datetime) and at - now < timedelta(hours=1), "the moment of the line, not the one that was claimed"
    assert "2018年1月2日" in verdict.text and "2018年1月2日" in verdict.signatures[0].text
