"""The program of the helper that draws the pages of a PDF from outside: what comes back are pictures of them, which do nothing."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from execdesk.helpers import serve
from execdesk.law.refusal import Refusal
from reports.reader import ALONE, count_pages

LONGEST_SIDE = 1754  # pixels; A4 at 150 dpi
LARGEST_SIDE = 14_400.0  # points; a page that says it is larger is drawn as large as this


def answer(question: list[Any], data: bytes, tell: Callable[[list[Any]], None]) -> None:
    """``page`` (done, in all) on the way, then ``pages``: the same pages as pictures in a PDF; ``refused`` or ``full``."""
    del question
    try:
        tell(["pages", b64encode(_pictures(data, tell)).decode()])
    except Refusal as refusal:
        tell(["refused", refusal.code, refusal.text])
    except MemoryError:
        tell(["full"])


def _pictures(data: bytes, tell: Callable[[list[Any]], None]) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
    from PySide6.QtPdf import QPdfDocument
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from ui.pdfpictures import on_white, with_seal

    if not count_pages(data):
        return b""
    document, source = QPdfDocument(), QBuffer()
    source.setData(QByteArray(with_seal(data)))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(source)
    total = document.pageCount() if document.status() == QPdfDocument.Status.Ready else 0
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(total):
        tell(["page", number, total])
        points = document.pagePointSize(number)
        width, height = (min(max(side, 1.0), LARGEST_SIDE) for side in (points.width(), points.height()))
        scale = LONGEST_SIDE / max(width, height)
        picture = QBuffer()
        picture.open(QIODevice.OpenModeFlag.WriteOnly)
        on_white(document, number, QSize(max(1, round(width * scale)), max(1, round(height * scale)))).save(picture, "JPG", 88)  # type: ignore[call-overload]
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(bytes(picture.data().data()))), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue() if total else b""


if __name__ == "__main__":
    serve(answer, ALONE)
