"""A signature counts only by the line that keeps it: whose certificate in which field, revoked or over by the order of lines, kept at all,
changed afterwards; and what this desk does not hold is told from what is forged."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from execdesk.access import certificates as certs
from execdesk.access import places
from execdesk.access.certificates import Issued, Validity
from execdesk.access.founding import new_certificate
from execdesk.access.key_file import unpack_root
from execdesk.access.setup import DEMO_PASSPHRASE
from execdesk.documents.pdfservice import PdfVerdict
from execdesk.integrity.history import line_verifier
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import ABSENT, verdict_of, verdict_on
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.papers import Document, DocumentState, KeptFile
from execdesk.records.people import Certificate, CertificateState, Person
from execdesk.store.act import Act
from execdesk.store.files import digest_of
from execdesk.store.rows import put
from tests.at_will import SetRight, at_will
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.forging import (
    add_by_two,
    add_certificate,
    appended,
    approved_notice,
    blank,
    issuing_key,
    keep,
    keep_by_right,
    key_of,
    layered,
    noted,
    other_face,
    painted,
    seal_key,
    sign,
    subject,
    texted,
)
from tests.flow.test_panel_signs import seat
from tests.flow.test_two_desks import send
from tests.looking import kept, look_at
from tests.world import DAY, Notes

NOT_HELD = "本席位没有此件"
UNLAWFUL = "留存它的留痕不成立"


@pytest.fixture
def world() -> str:
    return "noticed"


@pytest.fixture
def paper(bureau: Bureau, notes: Notes) -> str:
    """A notice signed by the judge in charge, sealed and kept."""
    bureau.at("clerk")
    return str(notes["notice"])


@pytest.fixture
def approved(bureau: Bureau, notes: Notes) -> str:
    """A second notice, approved and not yet issued: the judge in charge may keep pages for it."""
    return approved_notice(bureau, judge_of(notes), notes["case"])


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


def judged(bureau: Bureau, pdf: bytes) -> PdfVerdict:
    return verdict_of(bureau.at("clerk").session, pdf)


def refused(bureau: Bureau, pdf: bytes, *told: str) -> None:
    verdict = judged(bureau, pdf)
    assert not verdict.valid and verdict.text.startswith("签名无效，请勿采用：")
    assert not [words for words in told if words not in verdict.text], verdict.text


def judge_of(notes: Notes) -> str:
    return str(notes["judge"])


def certificate(account: str, purpose: str = "person") -> Any:
    return Certificate.get(Certificate.person == Person.get(Person.account == account).id, Certificate.purpose == purpose)


def states(bureau: Bureau) -> dict[str, str]:
    """The states of the certificates, as lines with effect tell them."""
    return {row["id"]: row["state"] for row in line_verifier(bureau.desk.session).made()}


# -- whose certificate stands in which field ------------------------------------------------------------------------------


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


def test_a_member_of_the_panel_does_not_sign_in_anothers_field(bureau: Bureau, panel: tuple[str, list[str]]) -> None:
    ruling, members = panel
    key = key_of(bureau, members[1])
    third, own = (cosigned(bureau, ruling, field, key) for field in ("Judge3", "Judge2"))
    keep_by_right(bureau.desk.session, ruling, third, "document.cosign", DocumentState.TO_COSIGN)
    refused(bureau, third, f"此处应由审判员{Person.get(Person.account == 'judge-3').name}签名", "用的却是")
    assert judged(bureau, third).held
    keep_by_right(bureau.at(members[1]).session, ruling, own, "document.cosign", DocumentState.TO_COSIGN)
    assert judged(bureau, own).valid


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
    assert not judged(bureau, pdf).held


# -- when: by the order of lines and their moments, never by what the signer says --------------------------------------------


def test_a_certificate_taken_back_afterwards_takes_nothing_back(bureau: Bureau, paper: str, notes: Notes) -> None:
    pdf = pages_of(Document.get_by_id(paper))
    taken = [certificate(judge_of(notes)).id, certificate("seal", "seal").id]
    for row in taken:
        bureau.at("admin", DAY + timedelta(days=3)).do("certificate.revoke", certificate=row, reason="遗失")
    assert {states(bureau)[row] for row in taken} == {CertificateState.REVOKED}
    assert judged(bureau, pdf).valid


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


# -- kept, and unchanged -----------------------------------------------------------------------------------------------------


def test_signed_as_it_should_be_but_kept_by_no_line(bureau: Bureau, paper: str, notes: Notes) -> None:
    session, key = bureau.at(judge_of(notes)).session, key_of(bureau, judge_of(notes))
    unknown = sign(session, blank(session, paper, number="（2018）琼9027执1号之三十"), "Judge1", key)
    verdict = judged(bureau, unknown)
    assert not verdict.valid and not verdict.held and verdict.text.startswith(NOT_HELD) and ABSENT == NOT_HELD
    assert not verdict.signatures[0].valid, "nor does the signature count by itself"
    again = sign(session, blank(session, paper), "Judge1", key, at=session.store.clock.now() - timedelta(hours=9))
    refused(bureau, again, f"与本席位留存的《{Document.get_by_id(paper).title}》", "不是同一个文件")
    kept().put({digest_of(unknown): unknown})
    row = KeptFile(id=new_id(), document=paper, sha256=digest_of(unknown), size=len(unknown), kind="signed", person=session.me.id, at=session.store.clock.now())
    put(session.store.base, KeptFile, row.id, row.journal_values(), {})
    assert not judged(bureau, unknown).held, "a row behind the journal keeps nothing"


def test_a_kept_file_swapped(bureau: Bureau, paper: str, notes: Notes, set_right: SetRight) -> None:
    session, row = bureau.desk.session, Document.get_by_id(paper)
    true, other = pages_of(row), bureau.through(bureau.at(judge_of(notes)).do("notice.execution", case=notes["case"], party=DEBTOR))[0]
    foreign = pages_of(Document.get_by_id(other))
    kept().base.execute_sql("UPDATE kept_bytes SET data = ? WHERE sha256 = ?".replace("?", kept().base.param), (foreign, digest_of(true)))
    with pytest.raises(Refusal) as caught:
        verdict_on(session, paper)
    assert caught.value.code == "document.file_damaged"
    kept().base.execute_sql("UPDATE kept_bytes SET data = ? WHERE sha256 = ?".replace("?", kept().base.param), (true, digest_of(true)))
    assert verdict_on(session, paper).valid
    with pytest.raises(Refusal) as caught, bureau.at(judge_of(notes)).session.act("document.void", case=notes["case"]) as act:
        act.change(act.get(Document, paper), state=DocumentState.VOID, file=digest_of(foreign))
    assert caught.value.code == "store.owner", "no act names the file of another"
    set_right(bureau.desk.session, Document, paper, file=digest_of(foreign))  # by a line with effect: the document names it
    verdict = verdict_on(session, paper)
    assert "留存的是另一份文书的文件" in verdict.text and UNLAWFUL not in verdict.text, verdict.text
    session.store.base.execute_sql(f'UPDATE document SET file = {session.store.base.param} WHERE id = {session.store.base.param}', (digest_of(true), paper))
    assert "在数据库中是" in verdict_on(session, paper).text, "and by hand"


def prepared(bureau: Bureau, paper: str, account: str, change: Callable[[Any], None]) -> bytes:
    """Pages made ready for a later change before they are signed; the judge himself signs and keeps them."""
    session, key = bureau.at(account).session, key_of(bureau, account)
    pdf = sign(session, appended(blank(session, paper), change), "Judge1", key)
    keep_by_right(session, paper, pdf)
    return pdf


APPENDED = {
    "painted": painted, "noted": noted, "a layer": layered, "another seal": other_face("CourtSeal"), "another name": other_face("Judge1"), "a field": texted,
    "nothing": lambda writer: writer.update_root(),
}


@pytest.mark.parametrize("name", APPENDED)
def test_whatever_is_appended_after_the_seal_is_named(bureau: Bureau, paper: str, name: str) -> None:
    true = pages_of(Document.get_by_id(paper))
    forged = appended(true, APPENDED[name])
    refused(bureau, forged, f"末尾{len(forged) - len(true)}个字节不在任何签名之内", "不是同一个文件")


@pytest.mark.parametrize(("change", "told"), [
    (layered, "有可以切换显示的图层"), (noted, "页面上盖有批注"), (texted, "有签名以外的可填写内容"),
], ids=["layer", "note", "field"])
def test_pages_made_ready_to_show_something_else_are_refused_whoever_signed(
    bureau: Bureau, approved: str, notes: Notes, change: Callable[[Any], None], told: str
) -> None:
    pdf = prepared(bureau, approved, judge_of(notes), change)
    refused(bureau, pdf, told)
    assert judged(bureau, pdf).held, "though his line keeps it"


def test_the_hidden_layer_switched_after_the_signature(bureau: Bureau, approved: str, notes: Notes) -> None:
    shown = prepared(bureau, approved, judge_of(notes), partial(layered, shown=False))
    refused(bureau, appended(shown, layered), "签名之后文件又被添加了内容", "有可以切换显示的图层")


def named_script(pdf: Any) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[]))


def opening(pdf: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo)


def attached(pdf: Any) -> None:
    pdf.attachments["a.txt"] = b"x"


@pytest.mark.parametrize(("change", "told"), [(named_script, "含有脚本"), (opening, "自动执行动作"), (attached, "夹带了附件")])
def test_what_a_paper_never_holds(bureau: Bureau, paper: str, notes: Notes, change: Callable[[Any], None], told: str) -> None:
    session, key = bureau.at(judge_of(notes)).session, key_of(bureau, judge_of(notes))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(blank(session, paper))) as pdf:
        change(pdf)
        pdf.save(out)
    refused(bureau, sign(session, out.getvalue(), "Judge1", key), told)


def holes(pdf: bytes) -> list[tuple[int, int]]:
    """Where the values of the signatures stand in the file."""
    return [(found.start(1), found.end(1)) for found in re.finditer(rb"/Contents <([0-9a-fA-F]{2000,})>", pdf)]


def test_bytes_in_the_hole_of_a_signature_are_named(bureau: Bureau, paper: str) -> None:
    true = pages_of(Document.get_by_id(paper))
    begin, end = holes(true)[-1]
    padded = bytearray(true)
    padded[end - 8 : end] = b"41424344"
    refused(bureau, bytes(padded), "签名值之后夹带了", "个未经签名的字节")
    ragged = bytearray(true)
    ragged[end - 4 : end] = b"/A 1"
    assert not judged(bureau, bytes(ragged)).valid
    narrow = re.sub(rb"/ByteRange \[0 (\d+)", lambda found: b"/ByteRange [0 " + str(int(found[1]) - 1).encode().rjust(len(found[1])), true)
    assert not judged(bureau, narrow).valid and begin > 0


@pytest.mark.parametrize("change", [painted, noted, lambda writer: writer.update_root()], ids=["painted", "noted", "empty"])
def test_a_revision_between_two_signatures_that_nobody_signed(bureau: Bureau, approved: str, notes: Notes, change: Callable[[Any], None]) -> None:
    bureau.at(judge_of(notes)).do("document.issue", document=approved)
    seal = seal_key(bureau)
    session = bureau.desk.session
    two = sign(session, appended(pages_of(Document.get_by_id(approved)), change), "CourtSeal", seal, first=False)
    keep_by_right(session, approved, two, "document.seal", DocumentState.ISSUED)
    verdict = verdict_of(session, two)
    assert not verdict.valid and verdict.held and "次修订没有人签名" in verdict.text, verdict.text


def test_a_signature_whose_revision_was_never_kept(bureau: Bureau, approved: str, notes: Notes) -> None:
    """The keeper of the seal puts it to another signature of the judge than the one that the judge kept."""
    key = key_of(bureau, judge_of(notes))
    bureau.desk.do("document.issue", document=approved)
    seal = seal_key(bureau)
    session = bureau.desk.session
    two = sign(session, sign(session, blank(session, approved), "Judge1", key), "CourtSeal", seal, first=False)
    keep_by_right(session, approved, two, "document.seal", DocumentState.ISSUED)
    refused(bureau, two, "带有这次签名的文件没有留存过")
    assert judged(bureau, two).held


# -- another desk's paper ----------------------------------------------------------------------------------------------------


def test_another_desks_paper_is_told_from_a_forged_one(
    bureau: Bureau, paper: str, notes: Notes, branch: Callable[[Bureau], Bureau], set_right: SetRight
) -> None:
    set_right(bureau.desk.session, Case, notes["case"], held_by="HL")
    hl = branch(bureau)
    first = hl.through(hl.at(judge_of(notes)).do("notice.execution", case=notes["case"], party=DEBTOR))[0]
    pdf = pages_of(Document.get_by_id(first))
    look_at(bureau.at("clerk"))
    verdict = judged(bureau, pdf)
    assert verdict.text.startswith(NOT_HELD) and "本席位从未取得黄流人民法庭的数据" in verdict.text, verdict.text
    send(hl, bureau)
    look_at(hl.desk)
    second = hl.through(hl.at(judge_of(notes)).do("notice.execution", case=notes["case"], party=DEBTOR))[0]
    later = pages_of(Document.get_by_id(second))
    look_at(bureau.at("clerk", DAY + timedelta(days=5)))
    assert judged(bureau, pdf).valid, "its line is here now"
    verdict = judged(bureau, later)
    assert verdict.text.startswith(NOT_HELD) and "黄流人民法庭的数据截至2018年1月2日（5天前）" in verdict.text, verdict.text
    refused(bureau, appended(later, painted), "签名之后文件又被添加了内容")


def test_a_certificate_taken_back_elsewhere_at_the_same_time_stands_until_the_president_has_looked(
    bureau: Bureau, paper: str, notes: Notes, branch: Callable[[Bureau], Bureau], set_right: SetRight
) -> None:
    set_right(bureau.desk.session, Case, notes["case"], held_by="HL")
    hl = branch(bureau)
    first = hl.through(hl.at(judge_of(notes)).do("notice.execution", case=notes["case"], party=DEBTOR))[0]
    pdf = pages_of(Document.get_by_id(first))
    look_at(bureau.at("admin"))
    assert "互不知晓" not in verdict_on(bureau.desk.session, paper).signatures[0].text
    bureau.desk.do("certificate.revoke", certificate=certificate(judge_of(notes)).id, reason="遗失")
    send(hl, bureau)
    verdict = judged(bureau, pdf)
    assert verdict.valid and "与这次签名互不知晓，待院长追认" in verdict.signatures[0].text, verdict.signatures[0].text
    assert "互不知晓" not in verdict_on(bureau.desk.session, paper).signatures[0].text, "the one before was seen"


def under(bureau: Bureau, site: str) -> Issued:
    """An issuing key that the root made for a desk."""
    root = unpack_root((bureau.folder / places.DEMO_ROOT_FILE).read_bytes(), DEMO_PASSPHRASE)
    return certs.issuing(root, site, bureau.desk.session.court.name, Validity.years(DAY, 5))


@pytest.mark.file("the root lies in the folder")
@pytest.mark.parametrize(("site", "told"), [("HL", "的证书由黄流人民法庭签发，本席位没有签发它的留痕"), ("HQ", "没有经两人签发"), ("XX", "没有经两人签发")])
def test_a_certificate_of_another_desk_is_not_held_one_of_this_desk_is_forged(bureau: Bureau, paper: str, notes: Notes, site: str, told: str) -> None:
    issued = new_certificate(under(bureau, site), subject(bureau, judge_of(notes), "执行法官"), "person", Validity.years(DAY, 3))
    session = bureau.desk.session
    verdict = judged(bureau, sign(session, blank(session, paper, number="（2018）琼9027执1号之六十"), "Judge1", issued))
    assert not verdict.valid and told in verdict.text and verdict.text.startswith(NOT_HELD) is (site == "HL"), verdict.text
