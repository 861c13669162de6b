"""A session's key: bound once by the certificate, gone when locked, judged by the journal's check."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

import pytest

import main
from execdesk.access import certificates as c
from execdesk.access.session_keys import (
    Binding,
    CertificateCosigner,
    DeskSigner,
    SessionSigner,
    bind,
    binding_of,
    opened_at,
    verify_binding,
)
from execdesk.access.trust import Trust
from execdesk.law.refusal import Refusal
from execdesk.records.base import moment_text, new_id
from execdesk.store.verifying import holds, statement

COURT = "海南省乐东黎族自治县人民法院"
AT = datetime(2018, 1, 2, 1, 0, 0, 123456, tzinfo=UTC)
PERSON, ROW = new_id(), new_id()
VALIDITY = c.Validity.years(date(2016, 1, 1), 5)


@pytest.fixture(scope="module")
def root() -> c.Issued:
    return c.court_root(COURT, VALIDITY, demo=True)


@pytest.fixture(scope="module")
def judge(root: c.Issued) -> c.Issued:
    desk = c.issuing(root, "HQ", COURT, VALIDITY)
    return c.signature_certificate(desk, c.CertificateSubject("法官甲", "执行法官", COURT, PERSON), VALIDITY)


def certificate_row(issued: c.Issued, **other: Any) -> dict[str, Any]:
    return {"id": ROW, "person": PERSON, "serial": issued.serial, "pem": issued.pem, "revoked_at": None, **other}


def session_row(issued: c.Issued, signer: SessionSigner, at: datetime = AT, **other: Any) -> dict[str, Any]:
    binding = Binding(PERSON, ROW, "HQ", 1, signer.key, moment_text(opened_at(at)))
    row = {"person": PERSON, "certificate": ROW, "site": "HQ", "public": signer.key, "opened_at": binding.at}
    return {**row, "binding": bind(binding, issued.key), **other}


def test_signs_until_locked() -> None:
    signer, digest = SessionSigner(PERSON), hashlib.sha256(b"line").digest()
    signature = signer.sign(digest)
    assert holds(statement(signer.key, digest.hex(), signature))
    assert not holds(statement(signer.key, hashlib.sha256(b"other").hexdigest(), signature))
    assert not holds(statement("zz", digest.hex(), signature))
    assert not signer.locked
    signer.lock()
    assert signer.locked
    with pytest.raises(Refusal) as refused:
        signer.sign(digest)
    assert refused.value.code == "access.locked"


def test_desk_key_comes_back_from_its_bytes() -> None:
    desk = DeskSigner()
    again = DeskSigner(desk.private_bytes())
    assert (again.key, again.person) == (desk.key, "")
    assert holds(statement(desk.key, (b"x" * 32).hex(), again.sign(b"x" * 32)))


def test_binding_round_trip(judge: c.Issued) -> None:
    row = session_row(judge, SessionSigner(PERSON))
    binding, signature = binding_of(row)
    assert binding.incarnation == 1
    assert verify_binding(binding, signature, judge.certificate)


@pytest.mark.parametrize("field", ["person", "certificate", "site", "public", "opened_at"])
def test_every_field_of_the_statement_is_covered(judge: c.Issued, field: str) -> None:
    row = session_row(judge, SessionSigner(PERSON))
    other = "2018-01-03T00:00:00.000+00:00" if field == "opened_at" else new_id()
    binding, signature = binding_of({**row, field: other})
    assert not verify_binding(binding, signature, judge.certificate)


def test_incarnation_is_covered(judge: c.Issued) -> None:
    row = session_row(judge, SessionSigner(PERSON))
    binding, signature = binding_of({**row, "binding": row["binding"].replace('"incarnation":1', '"incarnation":2')})
    assert binding.incarnation == 2
    assert not verify_binding(binding, signature, judge.certificate)


@pytest.mark.parametrize("text", ["", "{}", "null", '{"incarnation":1,"signature":"***"}', '{"incarnation":"x","signature":""}'])
def test_unreadable_statements_are_said(root: c.Issued, judge: c.Issued, text: str) -> None:
    row = session_row(judge, SessionSigner(PERSON), binding=text)
    with pytest.raises(ValueError, match="session"):
        binding_of(row)
    assert Trust(root.certificate)(row, certificate_row(judge)) == "的登录凭证无法读取"


def test_trust_accepts_and_names_each_fault(root: c.Issued, judge: c.Issued) -> None:
    trust, signer = Trust(root.certificate), SessionSigner(PERSON)
    row = session_row(judge, signer)
    assert trust.fingerprint == c.fingerprint(root.certificate)
    assert trust(row, certificate_row(judge)) is None
    assert "没有签名证书" in str(trust(row, None))
    assert "别人" in str(trust(row, certificate_row(judge, person=new_id())))
    assert "不符" in str(trust(session_row(judge, SessionSigner(PERSON), public=signer.key, site="HL"), certificate_row(judge)))
    assert "已撤销" in str(trust(row, certificate_row(judge, revoked_at="2018-01-02T01:00:00.000+00:00")))
    assert trust(row, certificate_row(judge, revoked_at="2018-01-02T01:00:00.124+00:00")) is None
    assert "有效期" in str(trust(session_row(judge, signer, datetime(2021, 1, 1, tzinfo=UTC)), certificate_row(judge)))
    assert "无法读取" in str(trust(row, certificate_row(judge, pem="x")))
    assert "编号" in str(trust(row, certificate_row(judge, pem=judge.pem + "\n", serial="1")))


def test_trust_refuses_another_courts_root(judge: c.Issued) -> None:
    other = c.court_root(COURT, VALIDITY, demo=True)
    row = session_row(judge, SessionSigner(PERSON))
    assert "不是由本院证书根" in str(Trust(other.certificate)(row, certificate_row(judge)))


def test_cosigner_signs_the_digest_itself(judge: c.Issued) -> None:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    digest = hashlib.sha256(b"line").digest()
    signature = CertificateCosigner(PERSON, ROW, judge.key).cosign(digest)
    judge.key.public_key().verify(signature, b"line", ec.ECDSA(hashes.SHA256()))


def test_a_desk_introduces_itself_with_a_certificate_of_the_root(root: c.Issued, judge: c.Issued) -> None:
    trust, key = Trust(root.certificate), DeskSigner().key
    desk = c.issuing(root, "HL", COURT, VALIDITY, key)
    assert trust.site_vouched({"code": "HL", "key": key, "certificate": desk.pem}) is None
    assert "这个席位" in str(trust.site_vouched({"code": "HQ", "key": key, "certificate": desk.pem}))
    assert "这个席位" in str(trust.site_vouched({"code": "HL", "key": DeskSigner().key, "certificate": desk.pem}))
    foreign = c.issuing(c.court_root(COURT, VALIDITY, demo=True), "HL", COURT, VALIDITY, key)
    for text in (foreign.pem, judge.pem, "x", None):
        assert "证书根" in str(trust.site_vouched({"code": "HL", "key": key, "certificate": text}))


def test_a_second_persons_certificate_is_judged_at_the_moment(root: c.Issued, judge: c.Issued) -> None:
    trust = Trust(root.certificate)
    assert trust.vouched(certificate_row(judge), AT) is None
    assert "会签时不在有效期" in str(trust.vouched(certificate_row(judge), datetime(2022, 1, 1, tzinfo=UTC)))
    assert trust.judge({}, main.build().authority).root == trust.fingerprint
