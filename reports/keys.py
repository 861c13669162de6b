"""Keys that sign: P-256 keys in software (PKCS#12) and on PKCS#11 tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from execdesk.law.refusal import Refusal, WayOn

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer


class SigningKey(Protocol):
    """What :func:`reports.signing.sign` needs: a certificate, and a pyHanko signer over the key."""

    @property
    def certificate(self) -> x509.Certificate: ...

    def signer(self) -> Signer: ...


def _foreign(certificate: x509.Certificate) -> Any:
    from asn1crypto import x509 as asn1

    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@dataclass(frozen=True)
class SoftwareKey:
    """A private key in memory with its certificate and the certificates above it (root last)."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @classmethod
    def from_pkcs12(cls, data: bytes, passphrase: str | bytes) -> SoftwareKey:
        """Opens a PKCS#12 file. Refusal ``key.passphrase`` if the passphrase is wrong or the file is damaged."""
        secret = passphrase.encode() if isinstance(passphrase, str) else passphrase
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(data, secret)
        except ValueError as error:
            raise Refusal("签名证书打不开：口令不对，或证书文件已损坏。请重新输入口令。", code="key.passphrase") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
            raise Refusal("证书文件里没有可用的签名私钥，请向系统管理员重新申领证书。", code="key.kind")
        return cls(key, certificate, tuple(others))

    def signer(self) -> Signer:
        """A pyHanko signer over this key."""
        from asn1crypto import keys
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        raw = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([_foreign(c) for c in self.chain])
        return SimpleSigner(_foreign(self.certificate), keys.PrivateKeyInfo.load(raw), store)


# One session per token and process, with the PIN that opened it: a second login is refused by the module whatever its PIN.
_SESSIONS: dict[tuple[str, str], tuple[Any, str]] = {}


@dataclass(frozen=True)
class TokenKey:
    """A key on a PKCS#11 token; the session stays open until :meth:`close`."""

    module: str
    token: str
    pin: str = field(repr=False)
    key_label: str
    cert_label: str
    certificate: x509.Certificate
    chain: Sequence[x509.Certificate] = ()

    def signer(self) -> Signer:
        """A pyHanko signer over the token. Refusal ``key.token`` without driver or token, ``key.pin`` if the PIN is wrong."""
        try:
            from pyhanko.sign.pkcs11 import PKCS11Signer
        except ImportError as error:
            raise Refusal("本机没有安装电子钥匙（PKCS#11）支持，请系统管理员安装 python-pkcs11。", code="key.token") from error
        chain = [_foreign(c) for c in self.chain]
        return PKCS11Signer(
            self._session(), cert_label=self.cert_label, key_label=self.key_label, ca_chain=chain,
            use_raw_mechanism=True,  # plain ECDSA is what every token offers
        )  # fmt: skip

    def _session(self) -> Any:
        import pkcs11.exceptions as faults
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import open_pkcs11_session

        place = (self.module, self.token)
        if place in _SESSIONS:
            session, pin = _SESSIONS[place]
            if pin != self.pin:
                raise wrong_pin()
            return session
        try:
            session = open_pkcs11_session(self.module, token_criteria=TokenCriteria(label=self.token), user_pin=self.pin)
        except (faults.PinIncorrect, faults.PinLocked, faults.PinInvalid, faults.PinLenRange) as error:
            raise wrong_pin() from error
        except (faults.PKCS11Error, OSError, RuntimeError) as error:
            raise no_token() from error
        _SESSIONS[place] = (session, self.pin)
        return session

    def close(self) -> None:
        """Ends the session of this token."""
        found = _SESSIONS.pop((self.module, self.token), None)
        if found is not None:
            found[0].close()


def wrong_pin() -> Refusal:
    """The refusal of a PIN."""
    return Refusal("电子钥匙的PIN码不对，请重新输入；多次输错会被锁定。", code="key.pin")


def no_token() -> Refusal:
    """The refusal when the token is not there, or went away while signing."""
    return Refusal("没有找到电子钥匙，请插好钥匙并确认驱动已安装，再试一次。", code="key.token", ways=(WayOn("重试", "document.sign"),))


@contextmanager
def token_faults() -> Iterator[None]:
    """Turns what a token says while signing into a refusal; its session is not used again."""
    try:
        yield
    except Exception as error:
        if type(error).__module__ != "pkcs11.exceptions":
            raise
        _SESSIONS.clear()
        raise no_token() from error


def check_valid(certificate: x509.Certificate, at: datetime) -> None:
    """Refuses (``key.expired``) a certificate that is not valid at the moment of signing."""
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begin <= at <= end:
        raise Refusal(
            f"签名证书的有效期为{begin:%Y-%m-%d}至{end:%Y-%m-%d}，不能在{at:%Y-%m-%d}签名。请换发证书后再签。",
            code="key.expired",
            ways=(WayOn("申请换发证书", "access.certificate"),),
        )
