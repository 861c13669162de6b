"""Key files: a certificate with its private key as PKCS#12, under the person's key-file secret or a passphrase."""

from __future__ import annotations

import unicodedata

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from execdesk.access.certificates import Issued, subject_of
from execdesk.law.refusal import Refusal, WayOn


def pack(issued: Issued, secret: bytes) -> bytes:
    """The key file under the 32-byte secret of the person's slot."""
    return _pack(issued, key_file_password(secret))


def unpack(data: bytes, secret: bytes) -> Issued:
    """The key, certificate and chain in a key file; refuses with ``access.key_file`` if file and secret do not match."""
    try:
        return _unpack(data, key_file_password(secret))
    except ValueError:
        raise Refusal(
            "签名证书文件已损坏，或者与本人的钥匙槽不一致。请从最近的备份恢复，或者请系统管理员重新签发证书。",
            code="access.key_file",
            ways=(WayOn("从备份恢复", "restore"), WayOn("重新签发证书", "certificate.issue")),
        ) from None


def pack_root(root: Issued, passphrase: str) -> bytes:
    """The root under 院长's passphrase, to be kept apart from the data; refuses one under 12 characters."""
    typed = _typed(passphrase)
    if len(typed) < 12:
        raise Refusal("证书根的口令不得少于 12 个字符，请重新设定并密封保存。", code="access.short_passphrase")
    return _pack(root, typed)


def unpack_root(data: bytes, passphrase: str) -> Issued:
    """The root; refuses with ``access.root_passphrase`` if it does not open."""
    try:
        return _unpack(data, _typed(passphrase))
    except ValueError:
        raise Refusal(
            "证书根打不开：口令不对，或者文件已损坏。请由院长重新输入口令，或者换用另一份保存的证书根。", code="access.root_passphrase"
        ) from None


def _pack(issued: Issued, password: bytes) -> bytes:
    name = subject_of(issued.certificate).name.encode()
    return pkcs12.serialize_key_and_certificates(
        name, issued.key, issued.certificate, issued.chain, BestAvailableEncryption(password)
    )


def _unpack(data: bytes, password: bytes) -> Issued:
    key, certificate, others = pkcs12.load_key_and_certificates(data, password)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        raise ValueError("no P-256 key with its certificate")
    return Issued(key, certificate, _ordered(certificate, others))


def _ordered(certificate: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The chain nearest first, whatever the order in the file."""
    by_subject = {other.subject: other for other in others}
    chain: list[x509.Certificate] = []
    while certificate.issuer in by_subject and certificate.issuer != certificate.subject:
        certificate = by_subject.pop(certificate.issuer)
        chain.append(certificate)
    return tuple(chain)


def key_file_password(secret: bytes) -> bytes:
    """The password of a key file made by :func:`pack`."""
    return secret.hex().encode()


def _typed(passphrase: str) -> bytes:
    return unicodedata.normalize("NFKC", passphrase).encode()
