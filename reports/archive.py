"""The archive form: PDF/A-2b, then every empty signature field, in order (signers first, the seal last).

All fields exist before the first signature, which certifies: a field added later would break the certification.
The result is a function of the pages: the same rendering gives the same bytes.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from execdesk.documents.content import FieldPlace, Rendered

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

FLAVOUR = "2b"


def to_archive(rendered: Rendered) -> bytes:
    """The rendering as PDF/A-2b with its empty signature fields; raises if the validator finds anything."""
    return add_fields(archived(rendered.pdf), rendered.fields)


def archived(pdf: bytes) -> bytes:
    """The pages as PDF/A-2b, validated as written; deterministic. Raises ``pikepdf.pdfa.PdfaError`` with the findings."""
    import pikepdf
    from pikepdf import pdfa

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        pdfa.prepare(document, FLAVOUR)
        _fix_metadata_date(document)
        kept = pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True)
        out = io.BytesIO()  # never a temporary file: pages stay off the disk, and a full disk would end the process
        document.save(out, **kept)
    report = pdfa.validate_written(io.BytesIO(out.getvalue()), FLAVOUR, save_kwargs=kept)
    if report.verdict != "pass":
        raise pdfa.PdfaError(report)
    return out.getvalue()


def _fix_metadata_date(document: Pdf) -> None:
    """The moment of conversion would make each run differ: the day of the document stands there instead."""
    packet = document.Root.Metadata.read_bytes()
    made = re.search(rb"<xmp:CreateDate>([^<]*)</xmp:CreateDate>", packet)
    if made is None:
        raise ValueError("the rendering bears no creation date")
    fixed = re.sub(rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)", rb"\g<1>" + made.group(1) + rb"\g<2>", packet)
    document.Root.Metadata.write(fixed)


def add_fields(pdf: bytes, fields: tuple[FieldPlace, ...]) -> bytes:
    """The same pages with empty signature fields in the order given; nothing else changes."""
    import pikepdf

    if not fields:
        return pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        made = [_field(document, place) for place in fields]
        document.Root.AcroForm = document.make_indirect(
            pikepdf.Dictionary(Fields=pikepdf.Array(made), SigFlags=1, DR=pikepdf.Dictionary())
        )
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _field(document: Pdf, place: FieldPlace) -> Object:
    import pikepdf

    page = document.pages[place.page]
    x0, y0, x1, y1 = (round(v, 3) for v in place.box)
    blank = pikepdf.Stream(
        document, b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, x1 - x0, y1 - y0])
    )
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T=place.name,
        Rect=pikepdf.Array([x0, y0, x1, y1]), P=page.obj, F=132,
    )  # fmt: skip
    if x1 > x0:
        widget.AP = pikepdf.Dictionary(N=document.make_indirect(blank))
    made = document.make_indirect(widget)
    if "/Annots" not in page.obj:
        page.obj.Annots = pikepdf.Array()
    page.obj.Annots.append(made)
    return made


def without_seal(pdf: bytes) -> bytes:
    """The same frozen pages without any signature or seal appearance, for printing and wet sealing; not a signed file."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            kept = [a for a in page.obj.get("/Annots", []) if a.get("/Subtype") != pikepdf.Name.Widget]
            page.obj.Annots = pikepdf.Array(kept)
        for key in ("/AcroForm", "/Perms", "/DSS"):
            if key in document.Root:
                del document.Root[key]
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()
