"""An order of 院长 forged in six ways and more: another reader calls every signature valid, the program refuses and says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import main
from execdesk.access import certificates as certs
from execdesk.access.certificates import Validity
from execdesk.access.founding import new_certificate
from execdesk.issue.keeping import pages_of
from execdesk.issue.verdict import ABSENT, verdict_of
from execdesk.records.papers import Document
from execdesk.records.people import Certificate, Person
from tests.flow.bureau import Bureau
from tests.flow.forging import (
    appended,
    blank,
    issuing_key,
    keep,
    key_of,
    noted,
    painted,
    pdfsig,
    seal_key,
    sign,
    subject,
)
from tests.world import DAY, Notes

FIELD = "President"


@pytest.fixture
def world() -> str:
    return "ordered"


def by_a_root_of_his_own(bureau: Bureau, order: str) -> bytes:
    """The clerk founds a court of his own and certifies himself as 院长."""
    root = certs.court_root(subject(bureau).court, Validity.years(DAY, 10), demo=True)
    issuing = certs.issuing(root, "HQ", "x", Validity.years(DAY, 5))
    return sign(bureau.desk.session, blank(bureau.desk.session, order), FIELD, new_certificate(issuing, subject(bureau), "person", Validity.years(DAY, 3)))


def by_two_who_conspire(bureau: Bureau, order: str) -> bytes:
    """Two holders of shares make a certificate that no line tells of; the chain to the court's root is a true one."""
    issued = new_certificate(issuing_key(bureau), subject(bureau), "person", Validity.years(DAY, 3))
    return sign(bureau.desk.session, blank(bureau.desk.session, order), FIELD, issued)


def by_a_judge_in_his_place(bureau: Bureau, order: str) -> bytes:
    """A judge signs with his own true certificate in 院长's field and keeps the file by a line of his own."""
    key = key_of(bureau, "judge-1")
    pdf = sign(bureau.desk.session, blank(bureau.desk.session, order), FIELD, key)
    keep(bureau.desk.session, order, pdf)
    return pdf


def by_the_seal_in_his_place(bureau: Bureau, order: str) -> bytes:
    """The keeper signs with the seal's certificate in 院长's field and keeps the file."""
    key = seal_key(bureau)
    pdf = sign(bureau.desk.session, blank(bureau.desk.session, order), FIELD, key)
    keep(bureau.desk.session, order, pdf)
    return pdf


def by_painting_over_a_true_one(bureau: Bureau, order: str) -> bytes:
    """A true order, changed by a revision after the seal."""
    return appended(pages_of(Document.get_by_id(order)), painted)


def by_a_seal_over_a_note(bureau: Bureau, order: str) -> bytes:
    """A note laid over what 院长 signed, then sealed by the keeper himself and kept by his line."""
    key = seal_key(bureau)
    session = bureau.desk.session
    pdf = sign(session, blank(session, order), FIELD, key_of(bureau, "president"))
    pdf = sign(bureau.at("seal").session, appended(pdf, noted), "CourtSeal", key, first=False)
    keep(bureau.desk.session, order, pdf, "sealed", "document.seal")
    return pdf


def by_a_certificate_taken_back(bureau: Bureau, order: str) -> bytes:
    """院长's key is stolen and taken back; the thief signs with a time before that, and a clerk keeps it."""
    key, before = key_of(bureau, "president"), bureau.desk.session.store.clock.now()
    certificate = Certificate.get(Certificate.person == Person.get(Person.account == "president").id)
    bureau.at("admin", DAY + timedelta(days=9)).do("certificate.revoke", certificate=certificate.id, reason="遗失")
    session = bureau.at("clerk").session
    pdf = sign(session, blank(session, order), FIELD, key, at=before)
    keep(session, order, pdf)
    return pdf


def by_another_number(bureau: Bureau, order: str) -> bytes:
    """A true order under a number that was never given, signed with his unlocked key, kept by nobody."""
    session, key = bureau.desk.session, key_of(bureau, "president")
    return sign(session, blank(session, order, number="（2018）琼9027执1号之九十九"), FIELD, key)


WAYS: list[tuple[Callable[[Bureau, str], bytes], list[str]]] = [
    (by_a_root_of_his_own, ["院长甲（院长）：证书不是本院签发，来源不可信", "与本席位留存的《限制消费令》"]),
    (by_two_who_conspire, ["院长甲（院长）：证书没有经两人签发并记入本院留痕，不能采信", "不是同一个文件"]),
    (by_a_judge_in_his_place, ["此处应由院长院长甲签名，用的却是法官", "的证书"]),
    (by_the_seal_in_his_place, ["签名位置上用的是院印证书，不是个人证书"]),
    (by_painting_over_a_true_one, ["签名之后文件又被添加了内容", "个字节不在任何签名之内", "不是同一个文件"]),
    (by_a_seal_over_a_note, ["次修订没有人签名", "页面上盖有批注"]),
    (by_a_certificate_taken_back, ["证书已于2018年1月11日撤销，没有留痕证明签名在此之前", "写下了无权写的留存文件"]),
    (by_another_number, [ABSENT, "本席位从未取得黄流人民法庭的数据"]),
]


@pytest.mark.attack("8.2")
@pytest.mark.parametrize(("way", "told"), WAYS, ids=[way.__name__ for way, _ in WAYS])
def test_another_reader_is_fooled_and_the_program_is_not(bureau: Bureau, notes: Notes, tmp_path: Path, way: Callable[[Bureau, str], bytes], told: list[str]) -> None:
    bureau.at("clerk")
    pdf = way(bureau, notes["order"])
    verdict = verdict_of(bureau.at("clerk").session, pdf)
    said = pdfsig(tmp_path, pdf)
    assert said.count("Signature is Valid") == len(verdict.signatures) > 0, said
    assert not verdict.valid and not [words for words in told if words not in verdict.text], verdict.text
    assert ("签名无效，请勿采用" in verdict.text) is (ABSENT not in told), "what is not held is told from what is forged"


def test_the_true_order_stands(bureau: Bureau, notes: Notes, tmp_path: Path) -> None:
    bureau.at("clerk")
    pdf = pages_of(Document.get_by_id(notes["order"]))
    verdict = verdict_of(bureau.desk.session, pdf)
    assert verdict.valid and verdict.held, verdict.text
    assert pdfsig(tmp_path, pdf).count("Signature is Valid") == len(verdict.signatures)


@pytest.mark.file("a command opens the file of the folder")
def test_the_command_says_the_same(bureau: Bureau, notes: Notes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "order.pdf"
    bureau.at("clerk")
    file.write_bytes(by_a_judge_in_his_place(bureau, notes["order"]))
    bureau.close()
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    assert main.main(["document", "verify", str(file), "--data", str(bureau.folder), "--user", "clerk"]) == 1
    assert "此处应由院长院长甲签名" in capsys.readouterr().out
