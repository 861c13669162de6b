"""A scan or a photograph as pages: a PDF is what it is, a picture stands on an A4 page."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from execdesk.law.refusal import Refusal

EDGE = 24.0  # points around a picture


def scan_pages(data: bytes) -> bytes:
    """The bytes of a scan as PDF.

    Raises:
        Refusal: ``scan.unreadable`` for a picture that cannot be read.
    """
    if data.startswith(b"%PDF"):
        return data
    out = io.BytesIO()
    try:
        picture = ImageReader(io.BytesIO(data))
        width, height = picture.getSize()
        scale = min((A4[0] - 2 * EDGE) / width, (A4[1] - 2 * EDGE) / height)
        canvas = Canvas(out, pagesize=A4)
        canvas.drawImage(picture, (A4[0] - width * scale) / 2, A4[1] - EDGE - height * scale, width * scale, height * scale)
        canvas.save()
    except (OSError, ValueError, ZeroDivisionError):
        raise Refusal("这份扫描件打不开，可能不是图片或者已损坏，请重新扫描或者拍照。", code="scan.unreadable") from None
    return out.getvalue()
