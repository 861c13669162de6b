"""A file counts only as the line that keeps it: kept at all, changed afterwards; and what this desk does not hold is told from what is forged."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
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
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import ABSENT, verdict_of, verdict_on
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.papers import Document, DocumentState, KeptFile
from execdesk.store.files import digest_of
from execdesk.store.rows import put
from tests.at_will import SetRight
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.forging import (
    appended,
    blank,
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
from tests.flow.judging import NOT_HELD, UNLAWFUL, certificate, judge_of, judged, refused
from tests.flow.test_two_desks import send
from tests.looking import kept, look_at
from tests.world import DAY, Notes


@pytest.fixture
def world() -> str:
    return "noticed"


# -- kept, and unchanged -----------------------------------------------------------------------------------------------------


@pytest.mark.attack("8.2")
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


@pytest.mark.attack("8.2")
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


@pytest.mark.attack("8.2")
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


@pytest.mark.attack("8.2")
def test_the_hidden_layer_switched_after_the_signature(bureau: Bureau, approved: str, notes: Notes) -> None:
    shown = prepared(bureau, approved, judge_of(notes), partial(layered, shown=False))
    refused(bureau, appended(shown, layered), "签名之后文件又被添加了内容", "有可以切换显示的图层")


def named_script(pdf: Any) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[]))


def opening(pdf: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo)


def attached(pdf: Any) -> None:
    pdf.attachments["a.txt"] = b"x"


@pytest.mark.attack("8.2")
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


@pytest.mark.attack("8.2")
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


@pytest.mark.attack("8.2")
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


@pytest.mark.attack("8.2")
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
