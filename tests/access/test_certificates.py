"""Certificates of the court: accepted by pyHanko and pdfsig, refused out of time, after revocation, from another root."""

from __future__ import annotations

import io
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asn1crypto.x509
import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import SimpleSigner, signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from execdesk.access import certificates as c
from execdesk.access import key_file
from execdesk.access.chain import verify_chain
from execdesk.law.refusal import Refusal

COURT = "海南省乐东黎族自治县人民法院"
START = date(2016, 1, 1)
AT = datetime(2018, 1, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def root() -> c.Issued:
    return c.court_root(COURT, c.Validity.years(START, 20), demo=True)


@pytest.fixture(scope="module")
def desk(root: c.Issued) -> c.Issued:
    return c.issuing(root, "HQ", COURT, c.Validity.years(START, 15))


@pytest.fixture(scope="module")
def judge(desk: c.Issued) -> c.Issued:
    subject = c.CertificateSubject("法官甲", "执行法官", COURT, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    return c.signature_certificate(desk, subject, c.Validity.years(START, 5))


def refused(*args: object) -> str:
    with pytest.raises(Refusal) as refusal:
        verify_chain(*args)  # type: ignore[arg-type]
    return refusal.value.code


def test_names_and_marks(root: c.Issued, judge: c.Issued) -> None:
    assert c.is_demo(root.certificate)
    assert not c.is_demo(c.court_root(COURT, c.Validity.years(START, 1), demo=False).certificate)
    assert c.subject_of(judge.certificate) == c.CertificateSubject("法官甲", "执行法官", COURT, "01ARZ3NDEKTSV4RRFFQ69G5FAV")
    assert len(c.fingerprint(root.certificate)) == 64
    assert [c.fingerprint(one) for one in judge.chain][-1] == c.fingerprint(root.certificate)


def test_signature_certificate_profile(judge: c.Issued) -> None:
    extensions = judge.certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature and usage.value.content_commitment and not usage.value.key_cert_sign
    assert extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    assert extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    assert isinstance(judge.certificate.public_key(), ec.EllipticCurvePublicKey)


@pytest.mark.parametrize(
    ("first", "years", "last"),
    [
        (date(2016, 1, 1), 3, date(2018, 12, 31)),
        (date(2016, 2, 29), 1, date(2017, 2, 28)),
        (date(2016, 2, 29), 4, date(2020, 2, 28)),
        (date(2017, 8, 1), 1, date(2018, 7, 31)),
    ],
)
def test_validity_in_whole_years(first: date, years: int, last: date) -> None:
    assert c.Validity.years(first, years).last == last


def test_never_beyond_the_issuer(desk: c.Issued) -> None:
    long = c.signature_certificate(desk, c.CertificateSubject("法官乙"), c.Validity.years(START, 30))
    assert long.certificate.not_valid_after_utc == desk.certificate.not_valid_after_utc


def test_the_boundaries_of_validity_to_the_second(root: c.Issued, judge: c.Issued) -> None:
    first = datetime(2015, 12, 31, 16, 0, 0, tzinfo=UTC)  # 2016-01-01 00:00 in the court
    last = datetime(2020, 12, 31, 15, 59, 59, tzinfo=UTC)
    args = (judge.certificate, judge.chain, root.certificate)
    verify_chain(*args, first)
    verify_chain(*args, last)
    assert refused(*args, first - timedelta(seconds=2)) == "access.certificate_not_yet"
    assert refused(*args, last + timedelta(seconds=2)) == "access.certificate_expired"


def test_revoked_from_the_moment_on_and_not_before(root: c.Issued, judge: c.Issued, desk: c.Issued) -> None:
    args = (judge.certificate, judge.chain, root.certificate)
    for void in (judge.serial, desk.serial):
        assert refused(*args, AT, {void: AT}) == "access.certificate_revoked"
        verify_chain(*args, AT, {void: AT + timedelta(milliseconds=1)})


def test_another_root_another_kind_and_a_desk_that_makes_desks_are_refused(root: c.Issued, desk: c.Issued, judge: c.Issued) -> None:
    other = c.court_root(COURT, c.Validity.years(START, 20), demo=True)
    assert refused(judge.certificate, judge.chain, other.certificate, AT) == "access.certificate_untrusted"
    assert refused(desk.certificate, desk.chain, root.certificate, AT) == "access.certificate_untrusted"
    below = c.issue(c.CertificateSubject("冒名席位"), "issuing", c.Validity.years(START, 5), desk)
    forged = c.signature_certificate(below, c.CertificateSubject("法官甲"), c.Validity.years(START, 5))
    assert refused(forged.certificate, forged.chain, root.certificate, AT) == "access.certificate_untrusted"
    minted = c.signature_certificate(judge, c.CertificateSubject("院长"), c.Validity.years(START, 5))
    assert refused(minted.certificate, minted.chain, root.certificate, AT) == "access.certificate_untrusted"


def test_pem_keeps_the_chain_without_the_root(judge: c.Issued, desk: c.Issued) -> None:
    assert c.read_pem(judge.pem) == (judge.certificate, desk.certificate)
    assert x509.load_pem_x509_certificate(judge.pem.encode()) == judge.certificate


def test_key_file_round_trip_and_wrong_secret(judge: c.Issued) -> None:
    secret = bytes(range(32))
    data = key_file.pack(judge, secret)
    again = key_file.unpack(data, secret)
    assert (again.certificate, again.chain) == (judge.certificate, judge.chain)
    assert again.key.private_numbers() == judge.key.private_numbers()
    for broken, key in ((data, bytes(32)), (data[:-40], secret), (b"", secret)):
        with pytest.raises(Refusal) as refusal:
            key_file.unpack(broken, key)
        assert refusal.value.code == "access.key_file"


def test_root_under_the_presidents_passphrase(root: c.Issued) -> None:
    data = key_file.pack_root(root, "院长 自己的 口令 十二字")
    assert key_file.unpack_root(data, "院长 自己的 口令 十二字").certificate == root.certificate
    with pytest.raises(Refusal) as refusal:
        key_file.unpack_root(data, "院长 自己的 口令 十三字")
    assert refusal.value.code == "access.root_passphrase"
    with pytest.raises(Refusal) as refusal:
        key_file.pack_root(root, "abc")
    assert refusal.value.code == "access.short_passphrase"


def _signed_page(judge: c.Issued) -> bytes:
    blank = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(blank)
    secret = bytes(32)
    signer = SimpleSigner.load_pkcs12_data(
        key_file.pack(judge, secret), other_certs=[], passphrase=key_file.key_file_password(secret)
    )
    assert signer is not None
    meta = signers.PdfSignatureMetadata(field_name="Judge1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    out = io.BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(blank), meta, signer=signer, output=out)
    return out.getvalue()


def test_a_pdf_signed_from_the_key_file_is_trusted_by_pyhanko(root: c.Issued, judge: c.Issued) -> None:
    reader = PdfFileReader(io.BytesIO(_signed_page(judge)))
    context = ValidationContext(trust_roots=[asn1crypto.x509.Certificate.load(c.der(root.certificate))], moment=AT, allow_fetching=False)
    status = validate_pdf_signature(reader.embedded_signatures[0], context)
    assert status.bottom_line, status.pretty_print_details()


def test_pdfsig_calls_it_valid_and_trusted(root: c.Issued, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()  # pdfsig judges by the machine's clock
    own = c.court_root(COURT, c.Validity.years(today - timedelta(days=2), 2), demo=True)
    desk = c.issuing(own, "HQ", COURT, c.Validity.years(today - timedelta(days=2), 2))
    judge = c.signature_certificate(desk, c.CertificateSubject("法官甲"), c.Validity.years(today - timedelta(days=2), 1))
    (tmp_path / "page.pdf").write_bytes(_signed_page(judge))
    (tmp_path / "root.pem").write_text(c.pem(own.certificate))
    nss = tmp_path / "nss"
    nss.mkdir()
    for command in (["-N", "--empty-password"], ["-A", "-n", "root", "-t", "C,C,C", "-i", str(tmp_path / "root.pem")]):
        subprocess.run(["certutil", "-d", f"sql:{nss}", *command], check=True, capture_output=True)
    told = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{nss}", str(tmp_path / "page.pdf")], check=False, capture_output=True, text=True
    ).stdout
    assert "Signature is Valid" in told
    assert "Certificate is Trusted" in told, told
