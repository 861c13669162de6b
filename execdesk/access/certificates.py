"""The court's own certificates: a root, one issuing certificate per desk, certificates of persons and of the seal.

All keys are P-256. A signature certificate carries digitalSignature and contentCommitment (critical), which pyHanko and
pdfsig ask for. Days are days of the court (UTC+8). The clock is handed in; only serial numbers and keys are random.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from execdesk.store.clock import COURT_TIME

DEMO_MARK = "演示"
Kind = Literal["root", "issuing", "person", "seal"]
_USAGE = {"root": (False, True), "issuing": (False, True), "person": (True, False), "seal": (True, False)}
_PATH_LENGTH = {"root": 1, "issuing": 0}


@dataclass(frozen=True)
class CertificateSubject:
    """Who a certificate names: the name as printed, the post, the court, and the row id that ties it to the records."""

    name: str
    post: str = ""
    court: str = ""
    row_id: str = ""

    def as_name(self) -> x509.Name:
        """The X.509 name; empty parts are left out."""
        parts = [
            (NameOID.COUNTRY_NAME, "CN"),
            (NameOID.ORGANIZATION_NAME, self.court),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, self.post),
            (NameOID.TITLE, self.post),
            (NameOID.SERIAL_NUMBER, self.row_id),
            (NameOID.COMMON_NAME, self.name),
        ]
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


@dataclass(frozen=True)
class Validity:
    """First and last day, both included."""

    first: date
    last: date

    @classmethod
    def years(cls, first: date, years: int) -> Validity:
        """From ``first`` for whole years: 2016-01-01 for 3 years ends on 2018-12-31."""
        try:
            end = first.replace(year=first.year + years)
        except ValueError:  # 29 February
            end = first.replace(year=first.year + years, month=3, day=1)
        return cls(first, end - timedelta(days=1))

    def moments(self) -> tuple[datetime, datetime]:
        """The first and the last second."""
        start = datetime.combine(self.first, time(), COURT_TIME)
        return start, datetime.combine(self.last, time(23, 59, 59), COURT_TIME)


@dataclass(frozen=True)
class Issued:
    """A certificate with its private key and those above it, nearest first, the root last."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> str:
        """The certificate and those above it except the root, as text for the journal."""
        return pem(self.certificate, *(one for one in self.chain if one.issuer != one.subject))

    @property
    def serial(self) -> str:
        """The serial number, hexadecimal, by which a revocation names the certificate."""
        return serial(self.certificate)


def court_root(court: str, validity: Validity, *, demo: bool) -> Issued:
    """A fresh self-signed root for ``court``; a demonstration root says so in its name."""
    subject = CertificateSubject(f"{court} 证书根（{DEMO_MARK}）" if demo else f"{court} 证书根", court=court)
    key = ec.generate_private_key(ec.SECP256R1())
    return Issued(key, _build(subject, key.public_key(), "root", validity, key, None))


def issuing(root: Issued, desk: str, court: str, validity: Validity, line_key: str = "") -> Issued:
    """The key and certificate with which one desk issues certificates; it cannot make further issuers.

    ``line_key`` is the desk's public Ed25519 key (hexadecimal): the root thereby vouches for what the desk signs in the journal.
    """
    return issue(CertificateSubject(f"{court} {desk} 签发证书", desk, court, line_key), "issuing", validity, root)


def signature_certificate(issuer: Issued, subject: CertificateSubject, validity: Validity, kind: Kind = "person") -> Issued:
    """A key and certificate for a person or the seal; never valid beyond its issuer."""
    above = issuer.certificate.not_valid_after_utc.astimezone(COURT_TIME).date()
    return issue(subject, kind, Validity(validity.first, min(validity.last, above)), issuer)


def der(certificate: x509.Certificate) -> bytes:
    """The certificate as DER bytes."""
    return certificate.public_bytes(serialization.Encoding.DER)


def pem(*certificates: x509.Certificate) -> str:
    """Certificates as text, one after the other."""
    return "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in certificates)


def read_pem(text: str) -> tuple[x509.Certificate, ...]:
    """The certificates in a text, at least one; ``ValueError`` if there is none."""
    return tuple(x509.load_pem_x509_certificates(text.encode()))


def serial(certificate: x509.Certificate) -> str:
    """The serial number, hexadecimal."""
    return f"{certificate.serial_number:x}"


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 over the DER bytes, hexadecimal; the root's stands in line 1 and on approval sheets."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def is_demo(root: x509.Certificate) -> bool:
    """Whether a root belongs to a demonstration store."""
    return f"（{DEMO_MARK}）" in _text(root, NameOID.COMMON_NAME)


def subject_of(certificate: x509.Certificate) -> CertificateSubject:
    """Who the certificate names."""
    return CertificateSubject(
        name=_text(certificate, NameOID.COMMON_NAME),
        post=_text(certificate, NameOID.TITLE),
        court=_text(certificate, NameOID.ORGANIZATION_NAME),
        row_id=_text(certificate, NameOID.SERIAL_NUMBER),
    )


def issue(subject: CertificateSubject, kind: Kind, validity: Validity, issuer: Issued) -> Issued:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _build(subject, key.public_key(), kind, validity, issuer.key, issuer.certificate)
    return Issued(key, certificate, (issuer.certificate, *issuer.chain))


def _build(
    subject: CertificateSubject,
    public: ec.EllipticCurvePublicKey,
    kind: Kind,
    validity: Validity,
    signing_key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
) -> x509.Certificate:
    first, last = validity.moments()
    name = subject.as_name()
    builder = x509.CertificateBuilder(issuer.subject if issuer else name, name, public, x509.random_serial_number(), first, last)
    for extension, critical in _extensions(kind, public, signing_key.public_key()):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signing_key, hashes.SHA256())


def _extensions(
    kind: Kind, public: ec.EllipticCurvePublicKey, above: ec.EllipticCurvePublicKey
) -> Iterable[tuple[x509.ExtensionType, bool]]:
    signs, issues = _USAGE[kind]
    yield x509.BasicConstraints(ca=issues, path_length=_PATH_LENGTH.get(kind)), True
    usage = x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )
    yield usage, True
    yield x509.SubjectKeyIdentifier.from_public_key(public), False
    if kind != "root":
        yield _authority(above), False


def _authority(public: ec.EllipticCurvePublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(public)


def _text(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
