"""A small certificate authority for tests: root → desk → people and the seal, all P-256."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reports.keys import SoftwareKey

BEGIN, END = datetime(2016, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def usage(**on: bool) -> x509.KeyUsage:
    """A KeyUsage with only the named bits."""
    bits = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
            "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{bit: on.get(bit, False) for bit in bits})


def name(common: str, title: str = "") -> x509.Name:
    """A subject with a post."""
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    return x509.Name(parts + ([x509.NameAttribute(NameOID.TITLE, title)] if title else []))


@dataclass(frozen=True)
class Authority:
    """A root and a desk's issuing key."""

    root: x509.Certificate
    desk: x509.Certificate
    desk_key: ec.EllipticCurvePrivateKey

    def issue(self, common: str, title: str = "", end: datetime = END) -> SoftwareKey:
        """A signing key with its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = build(name(common, title), key, self.desk.subject, self.desk_key, ca=None, end=end)
        return SoftwareKey(key, made, (self.desk, self.root))


def build(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey, issuer: x509.Name, signer: ec.EllipticCurvePrivateKey, *, ca: int | None, end: datetime = END
) -> x509.Certificate:
    """One certificate; ``ca`` is its path length, or None for a leaf."""
    leaf = ca is None
    use = usage(digital_signature=True, content_commitment=True) if leaf else usage(key_cert_sign=True, crl_sign=True)
    return (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(BEGIN).not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=not leaf, path_length=ca), critical=True)
        .add_extension(use, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )  # fmt: skip


def authority() -> Authority:
    """A new root and desk."""
    root_key, desk_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, desk_name = name("演示法院根证书"), name("演示法院HQ签发")
    root = build(root_name, root_key, root_name, root_key, ca=1)
    return Authority(root, build(desk_name, desk_key, root_name, root_key, ca=0), desk_key)
