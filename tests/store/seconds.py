"""Second persons with certificates that can be verified."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID

from execdesk.records.people import Certificate, Person

START = datetime(2018, 1, 1, tzinfo=UTC)


class Second:
    """A second person with a certificate of his own."""

    def __init__(self, person: Person, certificate: str, private: ec.EllipticCurvePrivateKey) -> None:
        self.person, self.certificate, self.private = person.id, certificate, private

    @classmethod
    def of(cls, account: str) -> Second:
        """One who was certified when the court was founded."""
        person = Person.get(Person.account == account)
        return cls(person, Certificate.get(Certificate.person == person.id, Certificate.site == "HQ").id, common()[1])

    def cosign(self, digest: bytes) -> bytes:
        return self.private.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))


def issued() -> tuple[str, ec.EllipticCurvePrivateKey]:
    """A certificate (PEM) and its key."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "演示")])
    made = x509.CertificateBuilder(name, name, private.public_key(), 1, START, START + timedelta(days=999)).sign(private, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode(), private


@cache
def common() -> tuple[str, ec.EllipticCurvePrivateKey]:
    """The certificate and key that all founding certificates of the tests share, to make them quickly."""
    return issued()


def certified(person: Person) -> tuple[Certificate, ec.EllipticCurvePrivateKey]:
    pem, private = issued()
    return Certificate(person=person.id, site="HQ", serial="9", pem=pem, purpose="person", state="valid", issued_at=START), private
