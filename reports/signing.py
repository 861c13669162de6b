"""Signatures on archived pages: PAdES B-B through pyHanko, each an addition to the file, offline.

The first signature certifies and allows nothing but further signatures in the fields already there; the seal comes last, and
its appearance is the picture of the seal, 42 mm across. Importing this module is cheap: pyHanko is loaded at the first signature.
"""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from execdesk.law.refusal import Refusal
from reports.keys import SigningKey, check_valid, token_faults
from reports.seal import BLEND, INK, SealPicture

CHINA = timezone(timedelta(hours=8))


def sign(
    pdf: bytes, field: str, key: SigningKey, *, certify: bool, reason: str, at: datetime, seal: SealPicture | None = None
) -> bytes:
    """The file with one more signature in the empty field ``field``, dated ``at`` (aware).

    ``certify``: exactly for the first signature. ``seal``: the picture shown in the field; without it the field stays blank.
    Raises Refusal ``signature.field`` (no such field), ``signature.taken`` (already signed), ``signature.order`` (certify on a
    signed file, or not on an unsigned one), ``key.expired``, ``key.token``, ``key.pin``.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    check_valid(key.certificate, at)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=True)
    _check_field(writer, field, certify)
    out = io.BytesIO()
    with token_faults():
        _signer(field, key, certify, reason, at, seal).sign_pdf(writer, existing_fields_only=True, output=out)
    return out.getvalue()


def _check_field(writer: Any, field: str, certify: bool) -> None:
    from pyhanko.sign.fields import enumerate_sig_fields

    fields = {name: value for name, value, _ in enumerate_sig_fields(writer.prev)}
    if field not in fields:
        raise Refusal(f"文书里没有「{field}」这个签名位置，不能签名。请核对文书版式。", code="signature.field")
    if fields[field] is not None:
        raise Refusal("这个位置已经签过名，不能重复签名。", code="signature.taken")
    if certify == any(value is not None for value in fields.values()):
        raise Refusal("第一个签名须为认证签名，其后的签名须为普通签名：签名顺序不对。", code="signature.order")


def _signer(field: str, key: SigningKey, certify: bool, reason: str, at: datetime, seal: SealPicture | None) -> Any:
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    about = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason or None,
        certify=certify, docmdp_permissions=MDPPerm.FILL_FORMS,
    )  # fmt: skip
    signer = _dated_signer()(about, key.signer(), stamp_style=_appearance(seal))
    signer.moment = at.astimezone(CHINA)
    return signer


@lru_cache(maxsize=1)
def _dated_signer() -> Any:
    """pyHanko's signer with the moment handed in instead of read from the clock."""
    from pyhanko.sign.signers import PdfSigner

    class DatedSigner(PdfSigner):
        moment: datetime

        def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
            session = super().init_signing_session(pdf_out, existing_fields_only)
            session.system_time = self.moment
            return session

    return DatedSigner


def _appearance(seal: SealPicture | None) -> Any:
    from pyhanko.pdf_utils import content, layout
    from pyhanko.stamp import StaticStampStyle
    from pyhanko.stamp.noop import NoOpStampStyle

    if seal is None:
        return NoOpStampStyle()
    box = layout.BoxConstraints(width=round(seal.size, 3), height=round(seal.size, 3))
    middle = layout.AxisAlignment.ALIGN_MID
    return StaticStampStyle(
        border_width=0, background=content.RawContent(seal.stream, resources=_ink(), box=box), background_opacity=1.0,
        background_layout=layout.SimpleBoxLayoutRule(middle, middle, margins=layout.Margins(0, 0, 0, 0)),
    )  # fmt: skip


def _ink() -> Any:
    """The graphics state of the seal's drawing: its red multiplies with the black under it instead of hiding it."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.content import PdfResources, ResourceType

    name, found = generic.pdf_name, PdfResources()
    found[ResourceType.EXT_G_STATE][name(f"/{INK}")] = generic.DictionaryObject({name("/BM"): name(f"/{BLEND}")})
    return found
