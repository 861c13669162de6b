"""Whether a certificate could sign at a moment: its chain to the court's root, its validity, and revocations."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import asn1crypto.x509
from cryptography import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import ExpiredError, NotYetValidError, PathError, ValidationError

from execdesk.access.certificates import der, serial, subject_of
from execdesk.law.refusal import Refusal
from execdesk.store.clock import COURT_TIME


def verify_chain(
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate],
    root: x509.Certificate,
    at: datetime,
    revoked: Mapping[str, datetime] | None = None,
) -> None:
    """Return if ``certificate`` could sign at ``at``; else refuse.

    ``revoked`` maps serial numbers to the moment from which they are void, for issuers too. Codes: ``access.certificate_revoked``,
    ``…_expired``, ``…_not_yet``, ``…_untrusted`` (no chain to this root, or not made for signing).
    """
    whose = subject_of(certificate).name
    for one in (certificate, *chain):
        since = (revoked or {}).get(serial(one))
        if since is not None and since <= at:
            raise _refusal(f"“{whose}”的签名证书已于 {_day(since)} 撤销", "revoked")
    try:
        asyncio.run(_validate(certificate, chain, root, at))
    except ExpiredError:
        raise _refusal(f"“{whose}”的签名证书在 {_day(at)} 已过有效期（至 {_day(certificate.not_valid_after_utc)}）", "expired") from None
    except NotYetValidError:
        raise _refusal(f"“{whose}”的签名证书在 {_day(at)} 尚未生效（自 {_day(certificate.not_valid_before_utc)} 起）", "not_yet") from None
    except (PathError, ValidationError):
        raise _refusal(f"“{whose}”的签名证书不是由本院证书根签发的", "untrusted") from None
    if not _signs(certificate):
        raise _refusal(f"“{whose}”的证书不是签名证书", "untrusted")


async def _validate(
    certificate: x509.Certificate, chain: Sequence[x509.Certificate], root: x509.Certificate, at: datetime
) -> None:
    context = ValidationContext(
        trust_roots=[_asn1(root)],
        other_certs=[_asn1(one) for one in chain if one != root],
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    await CertificateValidator(_asn1(certificate), validation_context=context).async_validate_path()


def _signs(certificate: x509.Certificate) -> bool:
    """Whether the certificate was made for signatures that bind (digitalSignature, contentCommitment), not for issuing."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature and usage.content_commitment and not usage.key_cert_sign


def _asn1(certificate: x509.Certificate) -> asn1crypto.x509.Certificate:
    return asn1crypto.x509.Certificate.load(der(certificate))


def _day(moment: datetime) -> str:
    return moment.astimezone(COURT_TIME).date().isoformat()


def _refusal(text: str, code: str) -> Refusal:
    return Refusal(f"{text}，不能签名。请系统管理员为其重新签发证书。", code=f"access.certificate_{code}")
