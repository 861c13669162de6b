"""Certificates of one's own making: with a modified program and one password nobody reaches the issuing key, and what it signs counts for nothing."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

import main
from execdesk.access import certificates as certs
from execdesk.access import key_file, places, slots
from execdesk.access.certificates import Issued, Validity, read_pem
from execdesk.access.founding import certificate_row, new_certificate
from execdesk.access.issuing import current_certificate, open_issuing_key
from execdesk.access.session import Session
from execdesk.issue.verdict import ABSENT, verdict_of
from execdesk.law.refusal import Refusal
from execdesk.records.people import Certificate, Person
from execdesk.store.database import open_sqlite
from execdesk.store.rows import put
from tests.at_will import at_will
from tests.flow.bureau import Bureau
from tests.flow.forging import Held, add_certificate, issuing_key, subject
from tests.world import DAY, Shelf

HOLDERS = ("president", "director", "deputy", "admin")


@pytest.fixture
def code(worlds: Shelf) -> str:
    """The recovery code in the envelope of the demonstration court."""
    return str(worlds.get("demo").notes["recovery"])


def cells(path: Path, key: bytes) -> Iterator[bytes]:
    """Every value in every table of an encrypted file."""
    base = open_sqlite(path, key)
    names = [row[0] for row in base.execute_sql("SELECT name FROM sqlite_master WHERE type='table'")]
    for name in names:
        for row in base.execute_sql(f'SELECT * FROM "{name}"'):
            yield from (value if isinstance(value, bytes) else str(value).encode() for value in row if value is not None)
    base.close()


def keys_in(value: bytes, secrets: list[bytes]) -> Iterator[ec.EllipticCurvePrivateKey]:
    """Private keys that a value is, however it is written: PEM, PKCS#12 under a secret in reach, a bare scalar."""
    for block in re.findall(rb"-----BEGIN[ A-Z]* PRIVATE KEY-----.+?-----END[ A-Z]* PRIVATE KEY-----", value, re.DOTALL):
        found = load_pem_private_key(block, None)
        if isinstance(found, ec.EllipticCurvePrivateKey):
            yield found
    for secret in secrets if value[:1] == b"0" else ():
        try:
            found = pkcs12.load_key_and_certificates(value, secret)[0]
        except (ValueError, UnsupportedAlgorithm):
            continue
        if isinstance(found, ec.EllipticCurvePrivateKey):
            yield found
    scalars = [value] if len(value) == 32 else [bytes.fromhex(value.decode())] if re.fullmatch(rb"[0-9a-f]{64}", value) else []
    yield from (ec.derive_private_key(int.from_bytes(one), ec.SECP256R1()) for one in scalars if 0 < int.from_bytes(one) < 1 << 255)


def reached(folder: Path, account: str, password: str) -> set[bytes]:
    """The public halves of all private keys that one password opens, whatever program reads the folder."""
    opened = slots.open_slot(places.slots_file(folder), account, password)
    values = [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".db"]
    for path in folder.glob("*.db"):
        values += cells(path, opened.data_key)
    share = opened.share[1:]
    secrets = [key_file.key_file_password(one) for one in (opened.p12_secret, opened.data_key, opened.share, share) if one]
    return {public(key.public_key()) for value in values for key in keys_in(value, secrets)}


def public(key: Any) -> bytes:
    return certs.x509.SubjectKeyIdentifier.from_public_key(key).digest


@pytest.mark.attack("8.1")
@pytest.mark.file("what one password opens is searched in the files of the folder")
@pytest.mark.parametrize("account", ["clerk", "judge-1", "seal", *HOLDERS, slots.RECOVERY])
def test_no_password_alone_reaches_the_issuing_key(bureau: Bureau, code: str, account: str) -> None:
    store = bureau.at("clerk").session.store
    wanted = public(read_pem(current_certificate(store))[0].public_key())
    own = {public(read_pem(row.pem)[0].public_key()) for row in Certificate.select().join(Person, on=Certificate.person == Person.id).where(Person.account == account)}
    found = reached(bureau.folder, account, code if account == slots.RECOVERY else "demo")
    assert own <= found, "the search finds the keys that are the person's"
    assert wanted not in found


def test_only_those_who_may_attend_hold_a_share_and_any_two_open_the_key(bureau: Bureau, code: str) -> None:
    store, file = bureau.at("clerk").session.store, places.slots_file(bureau.folder)
    assert set(slots.holders(file)) == {*HOLDERS, slots.RECOVERY}
    shares = {name: slots.open_slot(file, name, code if name == slots.RECOVERY else "demo").share for name in slots.holders(file)}
    wanted = read_pem(current_certificate(store))[0].public_key()
    for one, other in itertools.combinations(shares.values(), 2):
        assert open_issuing_key(store, bureau.folder, (one, other)).issued.key.public_key() == wanted
    for share in shares.values():
        with pytest.raises(Refusal) as refused:
            open_issuing_key(store, bureau.folder, (share, share))
        assert refused.value.code == "issuing.shares"


def forged(session: Session, issued: Issued) -> bytes:
    """An order that bears the signature of whomever the certificate names."""
    blank = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(blank)
    writer = IncrementalPdfFileWriter(blank)
    append_signature_field(writer, SigFieldSpec("Judge1"))
    writer.write_in_place()
    return bytes(session.pdf.sign(blank.getvalue(), "Judge1", Held(issued), certify=True, reason="签发", at=session.store.clock.now()))


def by_a_root_of_his_own(bureau: Bureau) -> Issued:
    root = certs.court_root(subject(bureau).court, Validity.years(DAY, 10), demo=True)
    return new_certificate(certs.issuing(root, "HQ", "x", Validity.years(DAY, 5)), subject(bureau), "person", Validity.years(DAY, 3))


def by_his_own_certificate(bureau: Bureau) -> Issued:
    key = bureau.at("clerk").session.key
    assert key is not None
    return new_certificate(key.material(), subject(bureau), "person", Validity.years(DAY, 3))


def by_two_without_a_line(bureau: Bureau) -> Issued:
    return new_certificate(issuing_key(bureau), subject(bureau), "person", Validity.years(DAY, 3))


def with_the_number_of_the_true_one(bureau: Bureau) -> Issued:
    issued = by_two_without_a_line(bureau)
    true = Certificate.get(Certificate.person == Person.get(Person.account == "president").id)
    builder = certs.x509.CertificateBuilder(
        issued.chain[0].subject, issued.certificate.subject, issued.key.public_key(), int(true.serial, 16),
        issued.certificate.not_valid_before_utc, issued.certificate.not_valid_after_utc, list(issued.certificate.extensions),
    )
    return Issued(issued.key, builder.sign(issuing_key(bureau).key, certs.hashes.SHA256()), issued.chain)


def with_a_row_behind_the_journal(bureau: Bureau) -> Issued:
    issued = by_two_without_a_line(bureau)
    row = certificate_row(issued, Person.get(Person.account == "president"), "HQ", "person")
    row.issued_at = bureau.desk.session.store.clock.now()
    put(bureau.desk.session.store.base, Certificate, row.id, row.journal_values(), {})
    return issued


def with_a_line_of_his_own(bureau: Bureau) -> Issued:
    issued = by_two_without_a_line(bureau)
    with at_will(bureau.at("clerk").session, "certificate.issue") as act:
        add_certificate(act, issued, "president")
    return issued


WAYS: list[tuple[Callable[[Bureau], Issued], str]] = [
    (by_a_root_of_his_own, "不是本院签发"), (by_his_own_certificate, "不是本院签发"), (by_two_without_a_line, "没有经两人签发"),
    (with_the_number_of_the_true_one, "没有经两人签发"), (with_a_row_behind_the_journal, "没有经两人签发"), (with_a_line_of_his_own, "没有经两人签发"),
]


@pytest.mark.attack("8.2")
@pytest.mark.parametrize(("way", "told"), WAYS, ids=[way.__name__ for way, _ in WAYS])
def test_a_forged_order_of_the_president_is_refused(bureau: Bureau, way: Callable[[Bureau], Issued], told: str) -> None:
    bureau.at("clerk")
    issued = way(bureau)
    pdf = forged(bureau.at("clerk").session, issued)
    verdict = verdict_of(bureau.desk.session, pdf)
    assert [s.name for s in verdict.signatures] == ["院长甲"]
    assert not verdict.valid and told in verdict.text, verdict.text


def test_a_page_under_the_true_certificate_that_nobody_kept_is_not_held_here(bureau: Bureau) -> None:
    session = bureau.at("president").session
    assert session.key is not None
    verdict = verdict_of(session, forged(session, session.key.material()))
    assert not verdict.valid and not verdict.held and verdict.text.startswith(ABSENT), verdict.text
    assert "无效" not in verdict.text


@pytest.mark.attack("8.2")
@pytest.mark.file("a command opens the file of the folder")
def test_the_command_calls_a_forged_order_forged(bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "order.pdf"
    file.write_bytes(forged(bureau.at("clerk").session, by_two_without_a_line(bureau)))
    folder = bureau.folder
    bureau.close()
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    assert main.main(["document", "verify", str(file), "--data", str(folder), "--user", "clerk"]) == 1
    assert "没有经两人签发" in capsys.readouterr().out
