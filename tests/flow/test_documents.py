"""Every document of the first issue, issued once by the people whose it is, and judged as a file: archive form, signatures, text."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from execdesk.desk import AppServices
from execdesk.documents.assemble import fill
from execdesk.drafting.drafts import frozen, view_draft
from execdesk.issue.issuing import marks_for, numbers_of
from execdesk.issue.keeping import pages_of
from execdesk.issue.printing import approval_sheet, copy_for, service_receipt
from execdesk.issue.verdict import verdict_of, verdict_on
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.journal import Line
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, KeptFile, Printing
from execdesk.records.people import Post
from reports.archive import archived, to_archive
from tests.flow.bureau import ACCOUNT, APPLICANT, BANK, DEBTOR, Bureau
from tests.flow.conftest import DAY
from tests.looking import kept, look_at
from tests.world import Shelf

NOTICE, REPORT, FREEZE, ASSIST = "notice_execution", "order_property_report", "ruling_freeze", "notice_assist_deposit"
RENEW, RELEASE, DEDUCT = "ruling_renew_control", "ruling_release_control", "ruling_deduct"
CORRECT, DETAIN, CONSUME = "ruling_correction", "decision_detention", "order_consumption"


@pytest.fixture(scope="module")
def done(services: AppServices, worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    bureau = Bureau(services, worlds.get("demo").copy(tmp_path_factory.mktemp("done") / "data"), DAY)
    everything(bureau)
    yield bureau
    bureau.close()


def everything(bureau: Bureau) -> None:
    """A case in which everything happens."""
    case = bureau.register()
    judge = bureau.judge(case)
    bureau.notified(case)
    bureau.at(judge)
    bureau.through(bureau.desk.do("order.property_report", case=case, party=DEBTOR, days=10))
    measure = bureau.frozen(case)
    bureau.at("clerk", date(2018, 1, 5)).do(
        "measure.reply", measure=measure, received_on=date(2018, 1, 5), controlled=5012345, ends_on=date(2019, 1, 1), receipt_no="R1"
    )
    ruling = Document.get(Document.type_id == FREEZE)
    bureau.at(judge)
    bureau.through(bureau.desk.do("document.correct", document=ruling.id, wrong="某某银行乐东支行", right="某某银行乐东县支行"))
    act = bureau.obstruction(case)
    upward(bureau, bureau.at(judge).do(
        "sanction.detain", case=case, act=act, party=DEBTOR, days=15, ground="refuse", facts="被执行人林例一有能力履行而拒不履行。",
        reasoning="其行为构成拒不履行人民法院已经发生法律效力的判决。", sanction_number="（2018）琼9027司惩1号",
    ), "president", judge)
    upward(bureau, bureau.at(judge).do("order.consumption", case=case, party=DEBTOR), "president", "president")
    upward(bureau, bureau.at(judge).do("order.consumption", case=case, party=DEBTOR, signer="vice"), "vice", "vice")
    bureau.at(judge)
    bureau.through(bureau.desk.do("measure.deduct", measure=measure, amount=2000000))
    bureau.at(judge, date(2018, 12, 20))
    bureau.desk.do("file.enter", case=case, entries=[{"item": "renewal_applied", "on": date(2018, 12, 18), "page": "40"}])
    bureau.through(bureau.desk.do("measure.renew", measure=measure, months=12, applied_on=date(2018, 12, 18)))
    upward(bureau, bureau.at(judge).do("measure.release", measure=measure, ground="other", cause="被执行人另行提供了足额现金"), "director", judge)


def upward(bureau: Bureau, changes: object, approver: str, signer: str) -> None:
    """Submitted by the judge, approved above him, issued by whose paper it is, sealed."""
    request = changes.ids("Request")[0]  # type: ignore[attr-defined]
    bureau.desk.do("request.submit", request=request)
    bureau.at(approver).do("request.approve", request=request, opinion="同意")
    bureau.issue_all(request, signer)


def documents(bureau: Bureau) -> list[Document]:
    look_at(bureau.desk)
    return list(Document.select().order_by(Document.id))


def text_of(path: Path) -> str:
    return "".join(tool("pdftotext", str(path), "-").split())


def tool(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, check=True)
    return ran.stdout.decode() + ran.stderr.decode()


def test_every_type_is_issued_and_sealed(done: Bureau) -> None:
    found = documents(done)
    assert {d.type_id for d in found} == {NOTICE, REPORT, FREEZE, ASSIST, RENEW, RELEASE, DEDUCT, CORRECT, DETAIN, CONSUME}
    assert {d.state for d in found} == {"issued"}
    numbers = [(d.series, d.number) for d in found]
    assert len(set(numbers)) == len(numbers)
    assert ("sanction", "（2018）琼9027司惩1号") in numbers
    verdict = done.desk.check()
    assert verdict.whole, [f.text for f in verdict.faults]


def test_archive_form_before_signing_and_the_same_bytes_again(done: Bureau) -> None:
    session = done.desk.session
    for row in documents(done):
        content = fill(frozen(row), row.number or "", row.signed_on, numbers_of(row))
        rendered = session.pdf.render(content, marks_for(session))
        bare = archived(rendered.pdf)
        with pikepdf.open(io.BytesIO(bare)) as document:
            assert pdfa.check(document, "2b").verdict == "pass", row.title
        first = KeptFile.get(KeptFile.document == row.id, KeptFile.kind == "signed")

        assert (kept().get(first.sha256) or b"").startswith(to_archive(rendered)), f"{row.title}: other bytes than at issue"


def test_signatures_fonts_structure_and_text(done: Bureau, tmp_path: Path) -> None:
    session = done.desk.session
    for row in documents(done):
        path = tmp_path / f"{row.id}.pdf"
        path.write_bytes(pages_of(row))
        verdict = verdict_on(session, row.id)
        assert verdict.valid and not verdict.pending, f"{row.title}: {verdict.text}"
        said = tool("pdfsig", "-nocert", str(path))
        assert said.count("Signature is Valid") == 2 and "Total document signed" in said, said
        assert "No syntax or stream encoding errors" in tool("qpdf", "--check", str(path))
        fonts = tool("pdffonts", str(path)).splitlines()[2:]
        assert fonts and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), fonts
        told = text_of(path)
        assert (row.number or "") in told and DEBTOR in told, row.title
        assert "⟦" not in told and "××" not in told


WORDS = {
    NOTICE: ["执行通知书", APPLICANT], REPORT: ["报告财产令"], FREEZE: ["执行裁定书", "50123.45", ACCOUNT, BANK, "一年", APPLICANT, "审判员"],
    RENEW: ["续行", "2019年1月2日", "2020年1月1日"], RELEASE: ["解除", ACCOUNT], DEDUCT: ["划拨", "20000"], CORRECT: ["某某银行乐东县支行", "补正"],
    DETAIN: ["拘留决定书", "被拘留人：林例一，女，1988年8月8日出生", "十五日", "（2018）琼9027司惩1号", "审判员"], CONSUME: ["限制消费令"], ASSIST: [ACCOUNT, "回执", "协助"],
}


def test_the_text_says_what_the_case_says(done: Bureau, tmp_path: Path) -> None:
    for row in documents(done):
        path = tmp_path / f"{row.id}.pdf"
        path.write_bytes(pages_of(row))
        told = text_of(path)
        missing = [word for word in WORDS[row.type_id] if word not in told]
        assert not missing, (row.title, missing, told)


def test_orders_of_the_president_bear_him_or_the_delegate_by_his_own_post(done: Bureau, tmp_path: Path) -> None:
    first, second = (d for d in documents(done) if d.type_id == CONSUME)
    for row, name, post in ((first, "院长甲", "院长"), (second, "副院长甲", "副院长")):
        (tmp_path / "o.pdf").write_bytes(pages_of(row))
        assert f"{post}{name}" in text_of(tmp_path / "o.pdf")
        assert verdict_on(done.desk.session, row.id).signatures[0].name == name


def test_a_form_is_printed_for_a_case_and_never_put_forward(done: Bureau, tmp_path: Path) -> None:
    """What is filled in by hand is printed, counted in the journal, and takes no approval, number or seal."""
    case = Case.get().id
    desk = done.at("clerk")
    offered = dict(next(one for one in desk.reads.form("form.print", case=case).fields if one.field.name == "type").field.pairs)
    assert offered.keys() == {"record_inquiry", "form_tnr_check", "receipt_money", "form_pay_in", "list_seized", "label_service"}
    desk.do("form.print", case=case, type="record_inquiry")
    assert Line.select().order_by(Line.taken.desc()).first().act == "form.print"
    (tmp_path / "form.pdf").write_bytes(desk.reads.form_pages(case=case, type="record_inquiry"))
    assert "翻译人员" in text_of(tmp_path / "form.pdf")
    assert done.refused("clerk", "form.print", case=case, type="ruling_tnr").code == "document.way"
    judge = done.judge(case)
    assert done.refused(judge, "document.propose", case=case, type="record_inquiry", matter="compulsory_summons").code == "document.way"
    types = next(one for one in done.at(judge).reads.form("document.propose", case=case).fields if one.field.name == "type").field.pairs
    assert offered.keys().isdisjoint(kind for kind, _ in types) and "ruling_tnr" in dict(types)
    (tmp_path / "pay.pdf").write_bytes(done.desk.reads.form_pages(case=case, type="form_pay_in"))
    assert done.desk.session.court.account_no in text_of(tmp_path / "pay.pdf"), "the account is the court's own"
    done.at("president").do("court.change", reason="账户注销", address="某某路1号", telephone="0898-85520000")
    with pytest.raises(Refusal, match="执行款账户户名") as refused:
        done.desk.reads.form_pages(case=case, type="form_pay_in")
    assert [way.action for way in refused.value.ways] == ["court.change"]


def test_approval_sheet_and_service_receipt(done: Bureau, tmp_path: Path) -> None:
    session = done.desk.session
    release = next(d for d in documents(done) if d.type_id == RELEASE)
    (tmp_path / "sheet.pdf").write_bytes(approval_sheet(session, release.request))
    told = text_of(tmp_path / "sheet.pdf")
    for word in ("执行局局长", "局长甲", "同意", "解除", "第6条", "林例一", "民间借贷纠纷"):
        assert word in told, (word, told)
    (tmp_path / "receipt.pdf").write_bytes(service_receipt(session, [release.id], DEBTOR, "直接送达"))
    told = text_of(tmp_path / "receipt.pdf")
    assert "送达回证" in told and DEBTOR in told and f"{release.number}执行裁定书1份" in told


def test_a_wet_copy_has_the_same_pages_without_the_seal(done: Bureau) -> None:
    row = next(d for d in documents(done) if d.type_id == FREEZE)
    copy = copy_for(done.desk.session, row.id, "wet_seal").pdf
    assert not verdict_of(done.desk.session, copy).signatures
    with pikepdf.open(io.BytesIO(copy)) as bare, pikepdf.open(io.BytesIO(pages_of(row))) as full:
        assert [p.Contents.read_bytes() for p in bare.pages] == [p.Contents.read_bytes() for p in full.pages]


def test_the_measure_knows_its_days(done: Bureau) -> None:
    first, second = Measure.select().order_by(Measure.id)
    assert (first.end_printed, first.end_told) == (date(2019, 1, 1), date(2019, 1, 1))
    assert (second.end_printed, second.state) == (date(2020, 1, 1), "ordered")


def test_copies_and_reprints_are_counted_each_with_its_place(bureau: Bureau) -> None:
    case = bureau.register()
    paper = bureau.notice(case)
    kept = copy_for(bureau.desk.session, paper).pdf
    for kind, copies in (("sealed_copy", 3), ("duplicate", 1), ("sealed_copy", 1)):
        bureau.at("clerk").do("document.print", document=paper, kind=kind, copies=copies)
    found = [(p.ordinal, p.kind, p.copies) for p in Printing.select().where(Printing.document == paper).order_by(Printing.ordinal)]
    assert found == [(1, "sealed_copy", 3), (2, "duplicate", 1), (3, "sealed_copy", 1)]
    assert copy_for(bureau.desk.session, paper).pdf == kept, "a reprint is the kept file"
    for copies in (0, 100):
        assert bureau.refused("clerk", "document.print", document=paper, copies=copies).code == "field.value"


def test_a_desk_without_a_seal_keeper_reaches_issued_by_recording_the_wet_seal(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    paper = bureau.through(bureau.at(judge).do("notice.execution", case=case, party=DEBTOR), seal=False)[0]
    with bureau.at("admin").session.act("post.end") as act:
        for post in Post.select().where(Post.post == "seal_keeper"):
            act.change(act.get(Post, post.id), ends_on=date(2018, 1, 1))
    bureau.at(judge).do("document.print", document=paper, kind="wet_seal")
    assert bureau.refused(judge, "document.wet_seal", document=paper, note="  ").code == "field.missing"
    bureau.at(judge).do("document.wet_seal", document=paper, note="书记员甲在院本部办公室加盖")
    assert Document.get_by_id(paper).state == "issued"
    assert bureau.refused(judge, "document.wet_seal", document=paper, note="再盖").code == "document.state"
    verdict = verdict_on(bureau.desk.session, paper)
    assert verdict.valid and verdict.pending == ("CourtSeal",)


def test_what_depends_on_the_day_is_shown_filled_and_marked(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notice(case)
    request = bureau.freeze(case).ids("Request")[0]
    view = view_draft(bureau.desk.session, bureau.papers(request)[0], date(2018, 2, 28))
    shown = {mark: (words, why) for mark, words, why in view.open_slots}
    assert shown["⟦signed_on⟧"] == ("2018年2月28日", "随签发日")
    assert shown["⟦signed_on+12m-1d⟧"] == ("2019年2月27日", "随签发日")
