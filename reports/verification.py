"""What the signatures of a PDF are worth, in plain words, judged by pyHanko.

Two rules beyond pyHanko's own verdict: the last signature must cover the whole file (an addition to the file after it is a
forgery even where other readers call the signatures valid), and the first must certify the document.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from execdesk.documents.pdfservice import PdfVerdict, SignatureVerdict
from reports.block import SEAL_FIELD
from reports.extract import text

__all__ = ["text", "verify"]

CHINA = timezone(timedelta(hours=8))
_SILENT = logging.NullHandler()


def verify(
    pdf: bytes, roots: Sequence[bytes], *, revoked: Mapping[int, datetime] | None = None, at: datetime | None = None,
    known: Collection[bytes] | None = None,
) -> PdfVerdict:
    """Judges every signature. ``roots``: DER certificates trusted here; ``revoked``: serial number → moment of revocation; ``known``:
    the signing certificates (DER) that count, where not every one under a root does.

    ``at``: the moment to judge at (where the file's hash stands in the journal, its moment); without it the time the signature
    states. Never raises for a bad file: the verdict says what is wrong.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    for logger in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(logger).addHandler(_SILENT)  # what it would print stands in the verdict
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        found = list(reader.embedded_regular_signatures)
        pending = _pending(reader)
        judged = [_SignatureVerifier(s, n, len(found), roots, revoked or {}, at, known).verdict() for n, s in enumerate(found)]
    except (PdfError, ValueError, KeyError, TypeError, OSError, IndexError, AttributeError) as error:
        return PdfVerdict(False, f"文件已损坏或被改动，签名无法核验（{type(error).__name__}）。请勿采用，重新取得原件。")
    if not judged:
        return PdfVerdict(False, "文件没有电子签名，不能证明出自本院。", pending=pending)
    valid = all(s.valid for s in judged)
    return PdfVerdict(valid, _summary(judged, pending), tuple(judged), pending)


def _summary(judged: list[SignatureVerdict], pending: tuple[str, ...]) -> str:
    if not all(s.valid for s in judged):
        bad = "；".join(s.text.rstrip("。") for s in judged if not s.valid)
        return f"签名无效，请勿采用：{bad}。"
    waiting = f"，尚待{'、'.join(map(field_name, pending))}" if pending else ""
    return f"共{len(judged)}个签名，全部有效，文件自最后一次签名后未被改动{waiting}。"


def field_name(field: str) -> str:
    """A field in words."""
    return "盖院印" if field == SEAL_FIELD else f"「{field}」签名"


def _pending(reader: Any) -> tuple[str, ...]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return tuple(name for name, value, _ in enumerate_sig_fields(reader) if value is None)


class _SignatureVerifier:
    """One signature before pyHanko."""

    def __init__(
        self, signature: Any, number: int, count: int, roots: Sequence[bytes], revoked: Mapping[int, datetime], at: datetime | None,
        known: Collection[bytes] | None,
    ) -> None:
        self.signature = signature
        self.first, self.last = number == 0, number == count - 1
        self.roots = roots
        self.revoked, self.known = revoked, known
        self.stated: datetime | None = signature.self_reported_timestamp
        self.moment = at or self.stated

    def verdict(self) -> SignatureVerdict:
        """Asks pyHanko, then applies the two rules of the house."""
        certificate = self.signature.signer_cert
        subject = certificate.subject.native
        name, post = str(subject.get("common_name", "")), str(subject.get("title", ""))
        faults = self._faults()
        when = f"{self.stated.astimezone(CHINA):%Y年%m月%d日%H时%M分}" if self.stated else "时间不明"
        verb = "盖章" if self.signature.field_name == SEAL_FIELD else "签名"
        who = f"{name}（{post}）" if post else name
        said = f"{who}于{when}{verb}，" + ("；".join(faults) if faults else "内容完整，证书可信") + "。"
        return SignatureVerdict(self.signature.field_name, name, post, self.stated, not faults, said, certificate.dump())

    def _faults(self) -> list[str]:
        from pyhanko.sign.diff_analysis import ModificationLevel
        from pyhanko.sign.validation import SignatureCoverageLevel

        status = self._status()
        if not status.intact or not status.valid:
            return ["签名所盖的内容已被改动"]
        out = []
        if self.last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
            out.append("签名之后文件又被添加了内容")
        elif status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
            out.append("签名没有覆盖整个文件")
        elif status.modification_level == ModificationLevel.OTHER or status.docmdp_ok is False:
            out.append("签名之后文件被作了不允许的改动")
        if self.first and self.signature.docmdp_level is None:
            out.append("首个签名不是认证签名")
        return out + self._certificate_faults(status)

    def _certificate_faults(self, status: Any) -> list[str]:
        gone = self._revoked_at(status)
        if gone is not None:
            return [f"证书已于{gone.astimezone(CHINA):%Y年%m月%d日}吊销"]
        if status.trusted and self.known is not None and self.signature.signer_cert.dump() not in self.known:
            return ["证书没有经两人签发并记入本院留痕，不能采信"]
        if status.trusted:
            return [] if status.bottom_line or status.modification_level is not None else ["签名不符合验证规则"]
        validity = self.signature.signer_cert["tbs_certificate"]["validity"]
        begin, end = validity["not_before"].native, validity["not_after"].native
        if self.moment and not begin <= self.moment <= end:
            return ["签名时证书不在有效期内"]
        return ["证书不是本院签发，来源不可信"]

    def _revoked_at(self, status: Any) -> datetime | None:
        path = list(status.validation_path) if status.validation_path else [self.signature.signer_cert]
        for certificate in path:
            gone = self.revoked.get(getattr(certificate, "serial_number", -1))
            if gone is not None and (self.moment is None or gone <= self.moment):
                return gone
        return None

    def _status(self) -> Any:
        from asn1crypto import x509
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko_certvalidator import ValidationContext

        trusted = [x509.Certificate.load(root) for root in self.roots]
        context = ValidationContext(trust_roots=trusted, moment=self.moment, allow_fetching=False, revocation_mode="soft-fail")
        return validate_pdf_signature(self.signature, signer_validation_context=context)
