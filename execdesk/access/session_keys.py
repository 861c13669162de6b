"""A session: a fresh Ed25519 key signs the lines of one person, and his certificate vouches for that key once.

The binding statement names person, certificate, site, incarnation, session key and moment; it is signed with the person's P-256
key at sign-in and becomes a line of its own. Locking the window drops every private key of the session.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from execdesk.access.files import canonical
from execdesk.law.refusal import Refusal, WayOn

_KIND = "execdesk session 1"


@dataclass(frozen=True)
class Binding:
    """What a session certificate says: ``certificate`` is the row id of the person's, ``at`` as the journal writes moments."""

    person: str
    certificate: str
    site: str
    incarnation: int
    public: str
    at: str

    def statement(self) -> bytes:
        """The bytes that are signed."""
        return canonical({"kind": _KIND, **asdict(self)})


class SessionSigner:
    """Signs the lines of one session; after :meth:`lock` it refuses and holds no private key any more."""

    def __init__(self, person: str) -> None:
        key = Ed25519PrivateKey.generate()
        self.person = person
        self.key: str = key.public_key().public_bytes_raw().hex()
        self._private: Ed25519PrivateKey | None = key

    def sign(self, digest: bytes) -> bytes:
        """The 64-byte signature over ``digest``; refuses with ``access.locked`` once locked."""
        if self._private is None:
            raise Refusal("窗口已锁定，请重新输入密码后再办理。", code="access.locked", ways=(WayOn("解锁", "unlock"),))
        return self._private.sign(digest)

    @property
    def locked(self) -> bool:
        """Whether the key is gone."""
        return self._private is None

    def lock(self) -> None:
        """Forget the private key; a new session makes a new one."""
        self._private = None


class DeskSigner:
    """The desk's own key, for the closed list of acts behind which no person stands."""

    person = ""

    def __init__(self, private: bytes | None = None) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(private) if private else Ed25519PrivateKey.generate()
        self.key: str = self._private.public_key().public_bytes_raw().hex()

    def sign(self, digest: bytes) -> bytes:
        """The 64-byte signature over ``digest``."""
        return self._private.sign(digest)

    def private_bytes(self) -> bytes:
        """The key itself, to be kept inside the encrypted store."""
        return self._private.private_bytes_raw()


@dataclass(frozen=True)
class CertificateCosigner:
    """The second person of an act of two, signing with the key of his certificate (row id ``certificate``)."""

    person: str
    certificate: str
    private: ec.EllipticCurvePrivateKey

    def cosign(self, digest: bytes) -> bytes:
        """The ECDSA signature over a line's SHA-256."""
        return self.private.sign(digest, ec.ECDSA(Prehashed(SHA256())))


def bind(binding: Binding, private: ec.EllipticCurvePrivateKey) -> str:
    """The text kept in the session's row: incarnation and signature of the certificate's key over the statement."""
    signature = private.sign(binding.statement(), ec.ECDSA(SHA256()))
    return canonical({"incarnation": binding.incarnation, "signature": b64encode(signature).decode()}).decode()


def binding_of(session: Mapping[str, Any]) -> tuple[Binding, bytes]:
    """The statement and signature in a session's journaled values; ``ValueError`` if they cannot be read."""
    try:
        kept = json.loads(session["binding"])
        signature = b64decode(kept["signature"], validate=True)
        incarnation = int(kept["incarnation"])
        texts = [str(session[name]) for name in ("person", "certificate", "site", "public", "opened_at")]
    except (Base64Error, KeyError, TypeError, ValueError):
        raise ValueError("no session statement") from None
    person, certificate, site, public, at = texts
    return Binding(person, certificate, site, incarnation, public, at), signature


def verify_binding(binding: Binding, signature: bytes, certificate: x509.Certificate) -> bool:
    """Whether the holder of ``certificate`` vouched for this session key. Its chain is a matter of :mod:`chain`."""
    public = certificate.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(signature, binding.statement(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def opened_at(moment: datetime) -> datetime:
    """A moment to the millisecond, as it survives the journal."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
