"""What the bytes of a signed PDF are worth by themselves, judged by pyHanko: intact, wholly covered, changed by nobody afterwards.

Whose certificate it is and whether it counts is not said here: that stands in the journal (:mod:`execdesk.issue.verdict`). Rules beyond
pyHanko's own: the last signature covers the whole file (an addition after it is a forgery even where other readers call the signatures
valid), the first certifies, no revision is nobody's, and the pages hold nothing that could show something else later.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Iterator
from typing import Any

from execdesk.documents.pdfservice import PdfFacts, SignatureFacts
from reports.block import SEAL_FIELD
from reports.coverage import hole_faults, revision_end, tail_faults, unsigned_revisions
from reports.extract import text
from reports.hidden import hidden

__all__ = ["examine", "text"]

_SILENT = logging.NullHandler()


def examine(pdf: bytes) -> PdfFacts:
    """The signatures of a file and the faults of its bytes. Never raises for a bad file: ``unreadable`` says what is wrong."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    for logger in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(logger).addHandler(_SILENT)  # what it would print stands in the faults
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        found = list(reader.embedded_signatures)
        facts = tuple(_facts(pdf, one, number, found) for number, one in enumerate(found))
        return PdfFacts(facts, _fields(reader, filled=False), tuple(_of_file(pdf, reader, found)))
    except (PdfError, ValueError, KeyError, TypeError, OSError, IndexError, AttributeError, RecursionError) as error:
        return PdfFacts(unreadable=type(error).__name__)


def _fields(reader: Any, *, filled: bool) -> tuple[str, ...]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return tuple(name for name, _, _ in enumerate_sig_fields(reader, filled_status=filled))


def _of_file(pdf: bytes, reader: Any, found: list[Any]) -> Iterator[str]:
    yield from hidden(reader)
    if len(_fields(reader, filled=True)) != len(found):
        yield "有一处签名不是本院所用的形式，无法核验"
    if found:
        yield from unsigned_revisions(reader, found)
        yield from tail_faults(pdf, found)


def _facts(pdf: bytes, signature: Any, number: int, found: list[Any]) -> SignatureFacts:
    certificate = signature.signer_cert
    subject = certificate.subject.native
    return SignatureFacts(
        field=signature.field_name, seal=signature.field_name == SEAL_FIELD,
        name=str(subject.get("common_name", "")), post=str(subject.get("title", "")), stated=signature.self_reported_timestamp,
        certificate=certificate.dump(), chain=tuple(one.dump() for one in signature.other_embedded_certs),
        revision=hashlib.sha256(pdf[: revision_end(signature)]).hexdigest(), faults=tuple(_faults(pdf, signature, number, found)),
    )


def _faults(pdf: bytes, signature: Any, number: int, found: list[Any]) -> list[str]:
    from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel

    if signature.sig_object_type != "/Sig":
        return ["不是人的签名"]
    if not _intact(signature):
        return ["签名所盖的内容已被改动"]
    signature.compute_integrity_info()
    status = signature.summarise_integrity_info()
    changed = signature.diff_result
    out = hole_faults(pdf, signature)
    if signature.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        out = out or ["签名没有覆盖整个文件"]
    elif not isinstance(changed, DiffResult) or changed.modification_level == ModificationLevel.OTHER or status["docmdp_ok"] is False:
        out.append("签名之后文件被作了不允许的改动")
    if number == 0 and signature.docmdp_level is None:
        out.append("首个签名不是认证签名")
    return out


def _intact(signature: Any) -> bool:
    """Whether the bytes are those that were signed, by the key of the certificate the signature names."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    inside = signature.signed_data["encap_content_info"]
    if inside["content"].native is not None:
        return False
    return all(validate_sig_integrity(signature.signer_info, signature.signer_cert, inside["content_type"].native, signature.compute_digest()))
